"""Who is a member since when, who holds which post, and when the next election is due."""

from datetime import date

import pytest

from fenglian.engine.alliance.membership import Step, StepName, fees_due, open_steps, stand
from fenglian.engine.alliance.terms import Term, find_clashes, holders, standing, years_after
from fenglian.engine.errors import StepNotOpen

PAPERS = {
    "application": "d1", "licence": "d2", "review": "d3", "resolution": "d4", "reminder": "d5",
    "receipt": "d6", "letter": "d7", "reason": "d8",
}  # fmt: skip


def steps(*taken: tuple[StepName, str]) -> list[Step]:
    return [Step(name, date.fromisoformat(day), PAPERS) for name, day in taken]


WHOLE = steps(
    ("apply", "2023-03-01"),
    ("review", "2023-03-10"),
    ("admit", "2023-04-07"),
    ("fall_behind", "2024-07-01"),
    ("pay", "2024-08-01"),
    ("withdraw", "2025-01-01"),
    ("apply", "2025-06-01"),
)


@pytest.mark.parametrize(
    ("day", "state", "member_since"),
    [
        ("2023-02-28", None, None),
        ("2023-04-06", "reviewed", None),
        ("2023-04-07", "admitted", "2023-04-07"),
        ("2024-07-15", "in_arrears", "2023-04-07"),
        ("2024-08-01", "admitted", "2023-04-07"),
        ("2025-01-01", "withdrawn", None),
        ("2025-06-01", "applied", None),
    ],
)
def test_a_unit_stands_where_its_steps_led_it(
    day: str, state: str | None, member_since: str | None
) -> None:
    found = stand(WHOLE, date.fromisoformat(day))
    assert found.state == state
    assert found.member_since == (date.fromisoformat(member_since) if member_since else None)


def test_a_step_that_is_not_open_names_those_that_are() -> None:
    with pytest.raises(StepNotOpen) as caught:
        stand(steps(("apply", "2023-03-01"), ("admit", "2023-03-02")), date(2023, 4, 7))
    assert "审核、不予通过、退会" in caught.value.message("zh")
    assert "review, refuse, withdraw" in caught.value.message("en")


def test_a_step_without_its_paper_is_refused_by_the_paper_s_name() -> None:
    with pytest.raises(StepNotOpen, match="missing: licence"):
        stand([Step("apply", date(2023, 3, 1), {"application": "d1"})], date(2023, 4, 7))


def test_who_was_expelled_does_not_come_back_by_applying() -> None:
    assert open_steps("expelled") == ()


def test_fees_fall_due_on_each_anniversary() -> None:
    since = date(2023, 4, 7)
    fees = fees_due(since, 3000, {since: date(2023, 4, 20)}, on=date(2025, 4, 7))
    assert [(each.due_on.year, each.paid_on is not None) for each in fees] == [
        (2023, True),
        (2024, False),
        (2025, False),
    ]
    assert fees_due(since, 3000, {since: date(2023, 4, 20)}, on=since)[0].paid_on is None


def test_a_term_is_due_before_it_ends_and_holds_until_another_is_elected() -> None:
    term = Term("taizhong", "chair_unit", date(2023, 4, 7), 5)
    assert term.last_day == date(2028, 4, 6)
    for day, word in (
        (date(2023, 4, 6), "to come"),
        (date(2023, 4, 7), "running"),
        (date(2027, 10, 8), "running"),
        (date(2027, 10, 9), "due"),
        (date(2028, 4, 6), "due"),
        (date(2028, 4, 7), "overdue"),
    ):
        assert standing(term, day) == word
    assert holders([term], "chair_unit", date(2030, 1, 1)) == ("taizhong",)
    assert standing(Term("x", "member", date(2023, 4, 7), None), date(2099, 1, 1)) == "running"


def test_a_post_of_one_with_two_holders_is_a_clash() -> None:
    first = Term("a", "chair_unit", date(2023, 4, 7), 5)
    second = Term("b", "chair_unit", date(2025, 1, 1), 5)
    [clash] = find_clashes([second, first], ["chair_unit"])
    assert (clash.first, clash.second, clash.since) == ("a", "b", date(2025, 1, 1))
    left = Term("a", "chair_unit", date(2023, 4, 7), 5, date(2025, 1, 1))
    assert find_clashes([second, left], ["chair_unit"]) == ()
    assert holders([second, left], "chair_unit", date(2025, 1, 1)) == ("b",)


def test_a_leap_day_has_its_anniversary_on_the_first_of_march() -> None:
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
