"""A need held against an offering: yes, no, or a question; never a guess."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fenglian.engine.contracts.needs import Need, Offered, Verdict, find_fits, fit
from fenglian.engine.contracts.ranges import UNKNOWN, Range

TODAY = date(2026, 1, 7)
NEED = Need(
    "n", "buyer", "flange", Range(Decimal(100), Decimal(120)), "t", date(2026, 3, 1), ("认证 甲",)
)
MINE = Offered("o", "flange", "F1", ("认证甲", "认证乙"), 30, Range(Decimal(120), None), "t")


def test_what_holds_in_every_point_fits() -> None:
    found = fit(NEED, MINE, on=TODAY)
    assert [each.holds for each in found.checks] == [True, True, True]
    assert found.verdict is Verdict.FITS


def test_a_certificate_that_lacks_is_named() -> None:
    found = fit(replace(NEED, certificates=("认证丙", "认证乙")), MINE, on=TODAY)
    assert (found.verdict, found.failing) == (Verdict.FAILS, ("certificate",))
    assert found.checks[0].words == ("认证丙",)


def test_what_the_offering_does_not_say_is_a_question() -> None:
    silent = replace(MINE, certificates=None, lead_days=None, free=UNKNOWN)
    found = fit(NEED, silent, on=TODAY)
    assert [each.holds for each in found.checks] == [None, None, None]
    assert found.verdict is Verdict.OPEN


def test_what_the_need_does_not_ask_is_not_checked() -> None:
    bare = Need("n", "buyer", "flange", UNKNOWN, "", None, ())
    assert fit(bare, MINE, on=TODAY).checks == ()
    assert fit(bare, MINE, on=TODAY).verdict is Verdict.FITS


@pytest.mark.parametrize(("days", "holds"), [(53, True), (54, False)])
def test_the_lead_time_runs_from_the_order(days: int, holds: bool) -> None:
    found = fit(NEED, replace(MINE, lead_days=days), on=TODAY)
    assert found.checks[1].holds is holds


@pytest.mark.parametrize(
    ("low", "high", "unit", "holds"),
    [(120, 130, "t", True), (90, 99, "t", False), (90, 130, "t", None), (500, 500, "set", None)],
)
def test_free_capacity_must_cover_all_of_what_may_be_wanted(
    low: int, high: int, unit: str, holds: bool | None
) -> None:
    free = Range(Decimal(low), Decimal(high))
    found = fit(NEED, replace(MINE, free=free, unit=unit), on=TODAY)
    assert found.checks[2].holds is holds


def test_the_best_offering_stands_for_a_need_and_fitting_needs_come_first() -> None:
    worse = replace(MINE, id="p", certificates=())
    stays = replace(NEED, id="m", certificates=("认证丙",))
    over = replace(NEED, id="over", needed_by=date(2026, 1, 6))
    other = replace(NEED, id="other", product="hub")
    found = find_fits([stays, over, NEED, other], [worse, MINE], on=TODAY)
    assert [(each.need.id, each.offered.id) for each in found] == [("n", "o"), ("m", "o")]
