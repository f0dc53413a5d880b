"""A year in figures: nothing but rows and a rule, and unknown where nobody may know or said."""

from datetime import date
from decimal import Decimal

from fenglian.engine.advice.brief import bare_amounts, unlisted_sources
from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.yearly import ASKED, KINDS, STANDING, Row, months_after, report_year
from fenglian.engine.advice.yearly_brief import compose_year, write_numbers
from fenglian.engine.contracts.ranges import UNKNOWN, Range
from fenglian.engine.labels import Label

FIRST = date(2025, 11, 1)
WHAT = Label("演示", "demo")


def yuan(low: int, high: int | None = None) -> Range:
    """Return an amount."""
    return Range(Decimal(low), Decimal(low if high is None else high))


ROWS = (
    Row("fee/1", "fee", date(2025, 11, 1), "甲", WHAT, yuan(2_000)),
    Row("fee/2", "fee", date(2026, 10, 31), "甲", WHAT, yuan(3_000, 4_000)),
    Row("fee/3", "fee", date(2026, 11, 1), "乙", WHAT, yuan(9_000)),  # a day late for this year
    Row("met/1", "met", date(2026, 1, 7), "", WHAT, None, frozenset(("minutes",))),
    Row("met/2", "met", date(2026, 1, 9), "", WHAT),
    Row("came/1", "came", date(2026, 1, 7), "甲", WHAT, UNKNOWN),
    Row("came/2", "came", date(2026, 1, 7), "乙", WHAT, yuan(3)),
    Row("member/1", "member", date(2020, 1, 7), "甲", WHAT),  # stands, though it began before
)


def test_events_count_in_their_year_and_what_stands_counts_at_its_end() -> None:
    found = report_year(ROWS, FIRST, open_kinds=KINDS)
    assert (found.first, found.last) == (FIRST, date(2026, 10, 31))
    assert found.figure("fees").rows == ("fee/1", "fee/2")
    assert found.figure("fees").value == yuan(5_000, 6_000)
    assert found.figure("payers").value == yuan(1)
    assert found.figure("members").value == yuan(1)
    assert found.figure("minutes").rows == ("met/1",)


def test_a_sum_of_which_a_part_is_not_known_has_an_open_end() -> None:
    found = report_year(ROWS, FIRST, open_kinds=KINDS).figure("persons")
    assert (found.value.low, found.value.high) == (Decimal(3), None)
    assert len(found.rows) == 2


def test_a_sum_that_nobody_reported_is_unknown_and_a_count_is_nought() -> None:
    found = report_year(ROWS, FIRST, open_kinds=KINDS)
    assert not found.figure("paid").value.known
    assert found.figure("signed").value == yuan(0)


def test_what_is_not_open_to_the_reader_is_unknown_and_lists_no_row() -> None:
    found = report_year(ROWS, FIRST, open_kinds=STANDING | {"met"})
    fees = found.figure("fees")
    assert (fees.open, fees.rows, fees.value.known) == (False, (), False)
    assert {row.kind for row in found.rows} == {"met", "member"}


def test_every_row_of_the_report_is_behind_a_figure_and_has_a_number() -> None:
    found = report_year(ROWS, FIRST, open_kinds=KINDS)
    behind = {name for figure in found.figures for name in figure.rows}
    assert {row.id for row in found.rows} == behind
    assert sorted(found.numbers.values()) == list(range(1, len(found.rows) + 1))


def test_the_months_add_up_to_the_year() -> None:
    found = report_year(ROWS, FIRST, open_kinds=KINDS)
    assert [month.first for month in found.months][:: len(found.months) - 1] == [
        FIRST,
        date(2026, 10, 1),
    ]
    for place, figure in enumerate(found.months[0].figures):
        rows = [name for month in found.months for name in month.figures[place].rows]
        assert sorted(rows) == sorted(found.figure(figure.asked.name).rows)


def test_every_kind_is_asked_for_and_every_question_has_both_languages() -> None:
    assert {each.kind for each in ASKED} == set(KINDS)
    assert all(each.label.zh and each.label.en for each in ASKED)
    assert len({each.name for each in ASKED}) == len(ASKED)


def test_the_document_lists_its_rows_and_no_figure_stands_without_its_source() -> None:
    report = report_year(ROWS, FIRST, open_kinds=frozenset(KINDS) - {"signed"})
    heading = Heading(organ=Label("秘书处", "Secretariat"), date=report.last)
    brief = compose_year(report, heading, Label("演示联盟", "Demo alliance"), synthetic=True)
    assert brief.synthetic
    assert "2025年11月至2026年10月" in brief.title.zh
    assert bare_amounts(brief) == ()
    assert unlisted_sources(brief) == ()
    annex = brief.tables[-1]
    assert len(annex.rows) == len(report.rows)


def test_runs_of_numbers_are_drawn_together() -> None:
    assert write_numbers([]) == ""
    assert write_numbers([4]) == "4"
    assert write_numbers([5, 1, 2]) == "1–2, 5"


def test_months_go_over_the_end_of_a_year_and_backwards() -> None:
    assert months_after(date(2025, 11, 1), 2) == date(2026, 1, 1)
    assert months_after(date(2026, 1, 1), -1) == date(2025, 12, 1)
