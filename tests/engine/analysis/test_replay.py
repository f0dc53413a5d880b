"""The chain of one day beside that of another: what was not known then is unknown, never 0."""

from datetime import date

import pytest

from fenglian.engine.analysis.coverage import Status, coverage
from fenglian.engine.analysis.replay import Replay, replay
from fenglian.engine.chain.faults import DaysNotInOrder
from fenglian.engine.chain.known import pack_known_by, published_by
from tests.chains import shipped, shipped_pack

FOUNDED, TODAY = date(2023, 4, 7), date(2026, 11, 1)


@pytest.fixture(scope="module")
def found() -> Replay:
    """Return the founding day beside today."""
    return replay(shipped_pack(), FOUNDED, None, today=TODAY)


def test_no_product_had_a_maker_that_only_later_sources_name(found: Replay) -> None:
    dates = {name: each.date for name, each in found.now.chain.sources.items()}
    for capacity in found.then.chain.capacities:
        assert any(published_by(dates[name], FOUNDED) for name in capacity.sources)
    assert found.then.makers < found.now.makers


def test_what_was_not_known_then_is_unknown_and_never_nought(found: Replay) -> None:
    later = [row for row in found.rows if row.found and not row.then.makers]
    assert later
    for row in later:
        assert row.then.status is Status.UNKNOWN
        assert row.then.capacity.ends() == (None, None, None)
        assert row.then.ratio.ends() == (None, None, None)


def test_nothing_was_stated_to_be_missing_before_a_source_said_so(found: Replay) -> None:
    dates = {name: each.date for name, each in found.now.chain.sources.items()}
    for row in found.then.covers.rows:
        if row.looked is not None:
            assert any(published_by(dates[name], FOUNDED) for name in row.looked.sources)


def test_today_is_the_chain_of_every_other_page(found: Replay) -> None:
    assert found.now.covers.rows == coverage(shipped()).rows


def test_both_days_are_asked_the_same_demand(found: Replay) -> None:
    assert found.then.chain.scenario == found.now.chain.scenario
    assert [row.then.required for row in found.rows] == [row.now.required for row in found.rows]


def test_a_product_of_which_nothing_else_is_known_is_not_listed_as_differing(
    found: Replay,
) -> None:
    assert 0 < len(found.differing) < len(found.rows)
    same = {row.product for row in found.rows} - {row.product for row in found.differing}
    for row in found.rows:
        if row.product in same:
            assert not row.found
            assert not row.gone


def test_two_days_on_either_side_of_a_publication_differ_by_it() -> None:
    pack = shipped_pack()
    before = replay(pack, date(2021, 1, 9), date(2021, 1, 10), today=TODAY)
    assert before.differing == ()
    after = replay(pack, date(2021, 1, 10), date(2021, 1, 11), today=TODAY)  # DY2101
    assert {name for row in after.rows for name in row.found} == {"yongji"}


@pytest.mark.parametrize(
    ("then", "now"), [(FOUNDED, FOUNDED), (TODAY, FOUNDED), (FOUNDED, date(2026, 11, 2))]
)
def test_days_that_are_not_in_order_are_refused_with_the_way_out(then: date, now: date) -> None:
    with pytest.raises(DaysNotInOrder) as fault:
        replay(shipped_pack(), then, now, today=TODAY)
    assert then.isoformat() in fault.value.message("zh")
    assert "Change the days" in fault.value.message("en")


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("2023-04-07", True),
        ("2023-04-08", False),
        ("2023-03", True),
        ("2023-04", False),
        ("2022", True),
        ("2023", False),
        ("2024-12 (undated in excerpt)", False),
        ("03-19, year not shown", False),
        ("", False),
        ("20230401", False),
    ],
)
def test_a_source_counts_when_its_date_is_over(words: str, known: bool) -> None:
    assert published_by(words, FOUNDED) is known


def test_a_pack_of_another_day_has_another_fingerprint() -> None:
    pack = shipped_pack()
    assert pack_known_by(pack, FOUNDED).fingerprint != pack_known_by(pack, TODAY).fingerprint
