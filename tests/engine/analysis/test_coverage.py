"""Coverage: not found is never missing and never nought."""

import pytest

from fenglian.engine.analysis.coverage import (
    STATED_NOW,
    TRIAL_COUNTS,
    Coverage,
    Coverages,
    Status,
    coverage,
)
from fenglian.engine.chain.intervals import NOTHING, UNKNOWN, Interval
from fenglian.engine.chain.model import build_chain
from fenglian.engine.chain.pack import build_pack
from tests.chains import example, shipped, tower
from tests.planting import put, sound


def row(report: Coverages, product: str) -> Coverage:
    found = report.of(product)
    assert found is not None
    return found


def test_steel_towers_of_shanxi_are_short_over_the_whole_interval() -> None:
    found = row(coverage(shipped()), "tower-steel")
    assert found.status is Status.SHORT
    assert found.sure
    assert found.ratio.working == pytest.approx(60_000 / 299.8 / 560, rel=1e-3)
    assert found.makers == ("sxjt-steel",)
    assert found.pipeline == ("yunda-xf",)
    assert found.state.zh == "不足"


def test_a_capacity_that_was_not_found_is_unknown_and_not_nought() -> None:
    found = row(coverage(shipped()), "flange")
    assert found.status is Status.UNKNOWN
    assert found.capacity == UNKNOWN
    assert found.ratio == UNKNOWN
    assert found.unsized == ("dingxiang", "hengyue", "taizhong", "tianbao")
    assert found.gap == Interval(None, None, found.required.high)


def test_a_product_without_a_known_maker_is_not_missing() -> None:
    report = coverage(shipped())
    assert not [found.product for found in report.rows if found.status is Status.MISSING]
    bearing = row(report, "main-bearing")
    assert bearing.looked is not None
    assert bearing.looked.status == "not_found"
    assert (bearing.status, bearing.capacity) == (Status.UNKNOWN, UNKNOWN)


def test_only_a_source_that_says_so_makes_a_product_missing() -> None:
    found = row(coverage(example()), "seal")
    assert found.status is Status.MISSING
    assert found.capacity == NOTHING
    assert found.ratio.ends() == (0, 0, 0)
    assert found.gap == found.required
    assert found.sure
    looked = put("coverage_found", "seal,stated_none", "seal,not_found")
    assert row(coverage(example(looked)), "seal").status is Status.UNKNOWN


def test_a_maker_found_after_all_outweighs_a_source_that_says_there_is_none() -> None:
    found = row(
        coverage(example(put("capacities", "example-cages,cage", "example-cages,seal"))), "seal"
    )
    assert found.status is Status.UNKNOWN
    assert found.makers == ("example-cages",)


def test_capacities_add_up_and_are_compared_end_by_end() -> None:
    found = row(coverage(example()), "inner-ring")
    assert found.capacity.ends() == (60_000, 60_000, 60_000)
    assert found.ratio.ends() == pytest.approx((0.5, 0.6, 0.75))
    assert (found.status, found.sure) == (Status.SHORT, True)


def test_an_overlap_of_the_intervals_is_not_sure() -> None:
    changed = put(
        "capacities", "inner-ring,makes,40000,40000,40000", "inner-ring,makes,70000,70000,70000"
    )
    found = row(coverage(example(changed)), "inner-ring")
    assert found.ratio.ends() == pytest.approx((0.75, 0.9, 1.125))
    assert (found.status, found.sure) == (Status.SHORT, False)


def test_one_known_maker_may_be_enough_whatever_the_others_make() -> None:
    changed = put("capacities", "example-rings-01,outer-ring", "example-cages,inner-ring")
    more = put(
        "capacities", "inner-ring,makes,40000,40000,40000", "inner-ring,makes,400000,400000,400000"
    )
    found = row(coverage(example(changed, more)), "inner-ring")
    assert found.capacity == Interval(420_000, None, None)
    assert (found.status, found.sure) == (Status.MET, True)
    few = row(coverage(example(changed)), "inner-ring")
    assert few.capacity == Interval(60_000, None, None)
    assert few.status is Status.UNKNOWN
    assert few.ratio.low == pytest.approx(0.5)


def test_trial_lines_count_in_working_value_and_high_end_only() -> None:
    trial = put(
        "capacities", "40000,40000,40000,pc,2025,operating", "40000,40000,40000,pc,2025,trial"
    )
    report = coverage(example(trial))
    assert row(report, "inner-ring").capacity == Interval(20_000, 60_000, 60_000)
    assert TRIAL_COUNTS in report.assumptions
    assert TRIAL_COUNTS not in coverage(example()).assumptions
    assert STATED_NOW in report.assumptions


@pytest.mark.parametrize("status", ["planned", "unclear", "former"])
def test_planned_unclear_and_former_lines_do_not_count(status: str) -> None:
    changed = put(
        "capacities", "40000,40000,40000,pc,2025,operating", f"40000,40000,40000,pc,2025,{status}"
    )
    found = row(coverage(example(changed)), "inner-ring")
    assert found.capacity.working == 20_000
    assert found.pipeline == (() if status == "former" else ("example-rings-01",))


def test_makers_elsewhere_are_named_and_not_counted() -> None:
    found = row(coverage(shipped()), "wtg")
    assert found.elsewhere == ("shdq", "tz-chayou")
    assert "shdq" not in found.makers


def test_without_a_region_everything_is_unknown() -> None:
    report = coverage(build_chain(build_pack(sound("wind"))))
    assert {found.status for found in report.rows} == {Status.UNKNOWN}


def test_a_larger_scenario_never_covers_more() -> None:
    base, high = coverage(shipped("sx-base")), coverage(shipped("cn-industry"))
    low, more = row(base, "tower-steel").ratio, row(high, "tower-steel").ratio
    assert low.working is not None
    assert more.working is not None
    assert more.working < low.working


def test_every_row_has_sources_and_says_whether_it_rests_on_a_guess() -> None:
    for report in (coverage(shipped()), coverage(tower()), coverage(example())):
        assert all(found.sources for found in report.rows)
        assert all(found.assumed for found in report.rows)
