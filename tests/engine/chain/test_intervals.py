"""Intervals: what is unknown stays unknown, and words say how much is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.chain.intervals import (
    NOTHING,
    UNKNOWN,
    Interval,
    add,
    exactly,
    write_number,
)
from fenglian.engine.labels import Label

SETS = Label("套", "sets")


def test_a_ratio_crosses_the_ends() -> None:
    ratio = Interval(143, 200, 248).over(Interval(336, 560, 896))
    assert ratio.ends() == pytest.approx((143 / 896, 200 / 560, 248 / 336))


def test_what_is_unknown_stays_unknown() -> None:
    assert UNKNOWN.times(exactly(2)) == UNKNOWN
    assert UNKNOWN.over(exactly(2)) == UNKNOWN
    assert not UNKNOWN.known
    assert NOTHING.known
    assert add([]) == UNKNOWN
    assert add([exactly(1), Interval(1, None, 3)]) == Interval(2, None, 4)
    assert exactly(1).over(NOTHING) == UNKNOWN


def test_a_gap_may_be_all_where_the_capacity_is_unknown() -> None:
    assert UNKNOWN.short_of(Interval(1, 2, 3)) == Interval(None, None, 3)
    assert Interval(1, 2, 3).short_of(Interval(2, 2, 9)) == Interval(0, 0, 8)


@pytest.mark.parametrize(
    ("interval", "chinese", "english"),
    [
        (Interval(480, 800, 1280), "800 套（480–1,280）", "800 sets (480–1,280)"),
        (exactly(800), "800 套", "800 sets"),
        (Interval(1, 2, None), "2 套（1–?）", "2 sets (1–?)"),
        (Interval(0, None, 12.8), "0–12.8 套", "0–12.8 sets"),
        (Interval(5, None, None), "不少于 5 套", "at least 5 sets"),
        (Interval(None, None, 5), "不超过 5 套", "at most 5 sets"),
        (UNKNOWN, "未查到", "not found"),
        (Interval(0, None, None), "未查到", "not found"),
    ],
)
def test_words_say_how_much_is_known(interval: Interval, chinese: str, english: str) -> None:
    assert interval.text("zh", SETS) == chinese
    assert interval.text("en", SETS) == english


def test_numbers_have_three_figures() -> None:
    numbers = (0, 0.01234, 1.5, 99.96, 1234.5, 1.2e9, 0.3)
    assert [write_number(number) for number in numbers] == [
        "0", "0.0123", "1.5", "100", "1,230", "1,200,000,000", "0.3",
    ]  # fmt: skip


@given(*[st.floats(0.01, 1e6)] * 6)
def test_a_ratio_holds_every_ratio_within(
    a: float, b: float, c: float, d: float, e: float, f: float
) -> None:
    part, whole = Interval(*sorted((a, b, c))), Interval(*sorted((d, e, f)))
    low, working, high = part.over(whole).ends()
    assert low is not None
    assert working is not None
    assert high is not None
    assert low <= working * (1 + 1e-12)
    assert working <= high * (1 + 1e-12)
