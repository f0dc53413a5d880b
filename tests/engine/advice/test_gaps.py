"""Gaps in demand and in money, the three options, and a case that can be kept and compared."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from fenglian.engine.advice.case import (
    LACKING,
    Case,
    figures_of,
    hold_against,
    make_case,
    outlook,
)
from fenglian.engine.advice.gaps import Gaps, find_gaps
from fenglian.engine.advice.options import Option, Way, find_options
from fenglian.engine.advice.verbs import DEMAND, GAP, NEED, verbs
from fenglian.engine.analysis.coverage import Status, coverage
from fenglian.engine.analysis.throughput import throughput
from fenglian.engine.chain.intervals import UNKNOWN
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.plain import from_plain, to_plain
from fenglian.engine.errors import UnknownProduct
from tests.chains import example, shipped
from tests.engine.chain.test_known_links import demo
from tests.planting import put

DAY = date(2026, 11, 23)


def gaps(chain: Chain) -> Gaps:
    return find_gaps(chain, coverage(chain), verbs(chain))


@cache
def kept(product: str) -> Case:
    chain = demo()
    return make_case(chain, gaps(chain), product, DAY, throughput(chain))


def options(chain: Chain, product: str) -> dict[Way, Option]:
    return {each.way: each for each in find_options(chain, gaps(chain).of(product))}


def test_a_gap_in_demand_is_its_share_of_the_need_times_the_demand() -> None:
    gap = gaps(demo()).of("control-system")
    # 550 of 800 sets lack, on 5,000 MW of which every one needs its set.
    assert (gap.lacking.working, gap.cover.required.working) == (550, 800)
    assert gap.demand.working == pytest.approx(5000 * 550 / 800)


def test_only_the_demand_of_routes_that_use_the_product_lacks_it() -> None:
    gap = gaps(demo()).of("gearbox")  # 35 % of the demand has one
    required, lacking = gap.cover.required.working, gap.lacking.working
    assert required
    assert lacking
    assert gap.demand.working == pytest.approx(0.35 * 5000 * lacking / required)


def test_money_is_the_gap_at_the_price_and_adds_up() -> None:
    found = gaps(demo())
    bearing = found.of("main-bearing")
    assert bearing.value.working == pytest.approx(1600 * 600_000)
    priced = [gap.value.working for gap in found.known if gap.value.working is not None]
    assert found.value.working == pytest.approx(sum(priced))
    assert found.priced == len(priced) < len(found.known)


def test_what_is_not_known_is_a_list_of_its_own_with_questions() -> None:
    found = gaps(shipped())
    assert {gap.cover.status for gap in found.unknown} == {Status.UNKNOWN}
    assert {gap.cover.status for gap in found.known} <= {Status.SHORT, Status.MISSING}
    bearing = found.of("main-bearing")
    assert not bearing.known
    assert bearing.demand.working is None
    assert bearing.demand.high == 8000  # all of the most that may be asked for
    assert bearing.question is not None


def test_there_is_no_gap_where_there_is_enough() -> None:
    found = gaps(demo())
    met = next(row for row in coverage(demo()).rows if row.status is Status.MET)
    with pytest.raises(UnknownProduct, match=met.product):
        found.of(met.product)


def test_nothing_known_has_no_sum() -> None:
    found = replace(gaps(demo()), known=())
    assert found.value is UNKNOWN
    assert outlook([], found) == ()


def test_an_option_costs_what_its_precedents_took_by_unit() -> None:
    attract = options(demo(), "gearbox")[Way.ATTRACT]
    # One precedent states its capacity: 290 million yuan and 180 jobs for 110 pieces.
    assert attract.cost.working == pytest.approx(150 * 290e6 / 110)
    assert attract.jobs.working == pytest.approx(150 * 180 / 110)
    assert attract.months.ends() == (13, None, 60)  # not scaled; the other precedent took 60
    assert {"DEMO", "DLJ2601"} <= set(attract.sources)


def test_of_an_extension_the_makers_here_are_asked() -> None:
    expand = options(demo(), "gearbox")[Way.EXPAND]
    assert expand.open
    assert expand.who == ("demo-gearbox-01", "demo-gearbox-02")
    assert all(plant.extension for plant in expand.precedents)
    assert not options(demo(), "main-bearing")[Way.EXPAND].open


def test_a_substitute_costs_the_gap_a_year_and_names_the_routes_without_it() -> None:
    found = options(demo(), "gearbox")[Way.SUBSTITUTE]
    assert found.yearly
    assert found.cost.working == pytest.approx(150 * 2_600_000)
    assert set(found.routes) == {"mspm", "ddpm"}
    assert found.jobs == UNKNOWN
    assert options(demo(), "control-system")[Way.SUBSTITUTE].routes == ()


def test_without_a_source_nothing_is_known_and_nothing_assumed() -> None:
    found = options(shipped(), "main-bearing")
    attract = found[Way.ATTRACT]
    assert (attract.cost, attract.jobs) == (UNKNOWN, UNKNOWN)  # no precedent states its capacity
    assert attract.months.ends() == (16, None, 54)
    assert {plant.name for plant in attract.precedents} == {"瓦轴 大连", "沙电莱姆 大连"}
    assert found[Way.SUBSTITUTE].cost == UNKNOWN
    for way in Way:
        assert "ASSUME" not in found[way].sources


def test_plants_that_are_too_old_or_assumed_are_no_precedents() -> None:
    names = {plant.name for plant in shipped().plants}
    assert "明阳 吉林" not in names
    assert "上海电气 龙里" in names
    fine = {plant.name for plant in demo().plants}
    assumed = demo(put("plants_observed", "54,12000", "54,12000"))
    assert {plant.name for plant in assumed.plants} == fine


def test_a_case_stands_by_itself_and_comes_back_from_plain_values() -> None:
    case = kept("pitch-system")
    assert from_plain(Case, to_plain(case)) == case
    assert {name for figure in case.figures for name in figure.sources} <= {
        source.id for source in case.sources
    }
    assert case.fingerprint == demo().fingerprint
    assert case.synthetic
    assert case.offer(Way.ATTRACT).earliest == date(2027, 12, 24)


def test_what_it_would_do_is_asked_of_the_chain_with_the_plant() -> None:
    case = kept("pitch-system")
    assert case.effect.amount == case.figures[3].working
    assert case.effect.covered.working == pytest.approx(1)
    assert {name.zh for name in case.effect.next} == {"IGBT功率模块", "主轴轴承"}


def test_of_an_unknown_gap_what_closing_it_does_is_not_known() -> None:
    chain = shipped()
    case = make_case(chain, gaps(chain), "main-bearing", DAY)
    assert case.effect.amount is None
    assert case.effect.output_after == UNKNOWN
    assert [supplier.id for supplier in case.outside] == ["", ""]
    blade = make_case(chain, gaps(chain), "wtg", DAY)
    assert "运达 襄汾" not in {each.name.zh[:5] for each in blade.outside}  # it is in Shanxi


def test_a_case_is_held_against_todays_figures() -> None:
    then = kept("pitch-system")
    more = demo(put("capacities", ",420,380,460,set", ",620,560,680,set"))
    rows = {
        each.label: each
        for each in hold_against(then, figures_of(more, gaps(more), "pitch-system"))
    }
    assert rows[NEED].moved is False
    assert rows[GAP].change == -200
    assert rows[LACKING].change == pytest.approx(-200 * 420_000)


def test_a_gap_that_is_gone_lacks_nothing() -> None:
    case = kept("pitch-system")
    rows = {each.label: each for each in hold_against(case, None)}
    assert rows[GAP].now.working == 0
    was = case.figure(DEMAND)
    assert was is not None
    assert was.working
    assert rows[DEMAND].change == -was.working
    assert rows[NEED].now == UNKNOWN
    assert rows[NEED].change is None


def test_the_line_falls_by_each_gap_once() -> None:
    found = gaps(demo())
    whole = found.value.working
    bearing, pitch = kept("main-bearing"), kept("pitch-system")
    early, late = date(2027, 6, 1), date(2028, 1, 1)
    steps = outlook([(bearing, late), (pitch, early), (pitch, late)], found)
    assert whole is not None
    assert [day for day, _left in steps] == [early, late, late]
    assert steps[0][1] == pytest.approx(whole - 380 * 420_000)
    assert steps[-1][1] == pytest.approx(whole - 380 * 420_000 - 1600 * 600_000)


def test_a_chain_in_other_units_has_gaps_too() -> None:
    found = gaps(example())
    assert found.unit.zh
    assert [gap.product for gap in found.known][:1]
