"""Delivered, late, waiting; and who supplies whom by what is confirmed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.contracts.flows import find_flows, local_sourcing
from fenglian.engine.contracts.fulfilment import ages_of, fulfil, waiting
from fenglian.engine.contracts.ranges import UNKNOWN, Range
from fenglian.engine.contracts.records import BOTH, Contract, Delivery, Payment

TODAY = date(2024, 4, 7)


def yuan(low: int, high: int | None = None) -> Range:
    return Range(Decimal(low), Decimal(low if high is None else high))


ORDER = Contract("1", "contract", "a", "x", yuan(100), "flange", date(2023, 4, 7), confirmed=BOTH)


def test_a_step_that_is_overdue_counts_until_today_and_one_made_late_until_it_came() -> None:
    steps = [
        Delivery("1", date(2023, 6, 1), date(2023, 6, 11), yuan(40), accepted=True),
        Delivery("1", date(2024, 4, 1), None, yuan(30)),
        Delivery("1", date(2024, 6, 1), None, yuan(30)),
        Delivery("1", None, None, UNKNOWN),
    ]
    [found] = fulfil([ORDER], steps, [Payment("1", TODAY, yuan(25))], on=TODAY)
    assert [(each.days, each.over) for each in found.delays] == [(10, True), (6, False)]
    assert found.delivered.low == Decimal(40)
    assert (found.rate.low, found.rate.high) == (Decimal("0.4"), Decimal("0.4"))
    assert found.paid == yuan(25)


def test_what_comes_later_is_not_known_yet() -> None:
    steps = [Delivery("1", date(2023, 6, 1), date(2023, 6, 11), yuan(40))]
    [found] = fulfil([ORDER], steps, [Payment("1", TODAY, yuan(25))], on=date(2023, 6, 5))
    assert found.delivered.high == Decimal(0)
    assert found.paid == UNKNOWN
    assert [(each.days, each.over) for each in found.delays] == [(4, False)]


def test_nothing_reported_is_not_nothing_delivered() -> None:
    [found] = fulfil([ORDER], [], [], on=TODAY)
    assert (found.reported, found.rate.low, found.rate.high) == (False, None, None)


def test_young_signings_count_as_long_as_they_were_watched() -> None:
    # Kaplan–Meier by hand: of 5, one came on day 10, one was watched for 20 days only, one came on
    # day 30, two are still waiting on day 40: 4/5, then 4/5 · 2/3.
    steps = waiting([(40, False), (10, True), (20, False), (30, True), (40, False)])
    assert [(each.day, each.at_risk, each.open_share) for each in steps] == [
        (10, 5, Fraction(4, 5)),
        (30, 3, Fraction(8, 15)),
    ]


@given(st.lists(st.integers(0, 50), min_size=1))
def test_where_all_came_the_share_is_the_share_that_had_not_come(days: list[int]) -> None:
    for step in waiting((day, True) for day in days):
        assert step.open_share == Fraction(sum(day > step.day for day in days), len(days))


def test_the_age_of_a_signing_ends_with_its_first_delivery() -> None:
    late = replace(ORDER, id="2", signed_on=date(2024, 3, 8))
    undated = replace(ORDER, id="3", signed_on=None)
    steps = [
        Delivery("1", None, date(2023, 6, 6), yuan(1)),
        Delivery("1", None, date(2023, 5, 7), yuan(1)),
        Delivery("2", None, date(2024, 5, 1), yuan(1)),
    ]
    assert ages_of([ORDER, late, undated], steps, on=TODAY) == ((30, True), (30, False))


def test_links_come_from_contracts_alone_and_carry_what_is_sure_and_what_is_said() -> None:
    said = replace(ORDER, id="2", amount=yuan(50), confirmed=frozenset({"supplier"}))
    letter = replace(ORDER, id="3", kind="intent")
    nobody = replace(ORDER, id="4", buyer=None)
    [flow] = find_flows([ORDER, said, letter, nobody])
    assert (flow.amount.low, flow.amount.high) == (Decimal(100), Decimal(150))
    assert flow.confirmed
    assert flow.contracts == ("1", "2")


def test_the_local_rate_is_an_interval_and_says_where_the_next_points_are() -> None:
    orders = [
        ORDER,
        replace(ORDER, id="2", supplier="b", product="tower", amount=yuan(300)),
        replace(ORDER, id="3", supplier="c", amount=yuan(100), confirmed=frozenset({"buyer"})),
    ]
    found = local_sourcing(find_flows(orders), "x", local={"a", "c"})
    assert (found.rate.low, found.rate.high) == (Decimal("0.25"), Decimal("0.4"))
    assert found.local_suppliers == ("a", "c")
    assert {name: amount.low for name, amount in found.products.items()} == {"tower": 300}
    whole = local_sourcing(find_flows(orders), "x", local={"a", "c"}, purchases=yuan(1000))
    assert (whole.rate.low, whole.rate.high) == (Decimal("0.1"), Decimal("0.2"))
    heads = local_sourcing(find_flows(orders), "x", local={"a", "c"}, measure="suppliers")
    assert (heads.rate.low, heads.rate.high) == (Decimal("0.5"), Decimal(2) / 3)
    assert local_sourcing([], "x", local={"a"}).rate == UNKNOWN
