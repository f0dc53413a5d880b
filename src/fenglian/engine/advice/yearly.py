"""What did the alliance do in twelve months? Figures, and for each the rows that it comes from.

A figure is nothing but its rows and a rule: how many there are, how many units they name, or what
they add up to. Whoever has the rows can work the figure out again, and a test does. What the
reader may not know of is unknown, and so is a sum of which nobody reported a part; it is never 0.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from fenglian.engine.contracts.ranges import UNKNOWN, Range, add
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

Kind = Literal[
    "member", "applied", "admitted", "refused", "left", "fee", "checked", "met", "came",
    "decided", "voted", "set", "done", "overdue", "signed", "delivered", "paid",
]  # fmt: skip
Rule = Literal["count", "units", "sum"]
Section = Literal["members", "meetings", "tasks", "agreements"]
KINDS: Mapping[Kind, Label] = {
    "member": Label("在册成员", "member"),
    "applied": Label("提交申请", "application"),
    "admitted": Label("批准入会", "admission"),
    "refused": Label("不予通过", "refusal"),
    "left": Label("退会或除名", "leaving"),
    "fee": Label("会费", "fee"),
    "checked": Label("年检", "yearly check"),
    "met": Label("会议", "meeting"),
    "came": Label("到会", "attendance"),
    "decided": Label("决议", "resolution"),
    "voted": Label("表决", "vote"),
    "set": Label("交办", "task set"),
    "done": Label("办结", "task done"),
    "overdue": Label("逾期未办", "overdue"),
    "signed": Label("签约", "signing"),
    "delivered": Label("交付", "delivery"),
    "paid": Label("付款", "payment"),
}
STANDING: frozenset[Kind] = frozenset(("member", "overdue"))  # as of the last day, not events
SECTIONS: Mapping[Section, Label] = {
    "members": Label("成员和会费", "Members and fees"),
    "meetings": Label("会议和表决", "Meetings and votes"),
    "tasks": Label("交办和办结", "Tasks"),
    "agreements": Label("签约和履约", "Agreements and what came of them"),
}
YUAN = Label("元", "yuan")
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is on record."""

    id: str  # of the record, unique in the report
    kind: Kind
    day: date
    who: str  # the unit; empty: of none
    what: Label
    amount: Range | None = None  # yuan or persons, where the kind has one; open: nobody said
    marks: frozenset[str] = frozenset()  # passed, carried, both, late …


@dataclass(frozen=True, slots=True)
class Asked:
    """What the report asks: the rows of a kind, with a mark where one is named, and the rule."""

    name: str
    section: Section
    label: Label
    unit: Label
    kind: Kind
    rule: Rule = "count"
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report, and the rows behind it."""

    asked: Asked
    value: Range
    rows: tuple[str, ...]  # ids, by day
    open: bool  # the reader may know of rows of this kind


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in one month."""

    first: date
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """Twelve months of an alliance, as one reader may know them."""

    first: date
    last: date
    figures: tuple[Figure, ...]
    months: tuple[Month, ...]
    rows: tuple[Row, ...]  # those behind some figure, by day
    data_class: DataClass

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each row, from 1, by which a figure on paper names it."""
        return {row.id: number for number, row in enumerate(self.rows, 1)}

    def of(self, section: Section) -> tuple[Figure, ...]:
        """Return the figures of a section."""
        return tuple(each for each in self.figures if each.asked.section == section)

    def figure(self, name: str) -> Figure:
        """Return the figure of a name."""
        return next(each for each in self.figures if each.asked.name == name)


_UNITS, _PIECES = Label("家", "units"), Label("份", "")
_TIMES, _TASKS = Label("次", ""), Label("件", "")
ASKED: tuple[Asked, ...] = (
    Asked("members", "members", Label("期末成员", "Members at the end"), _UNITS, "member", "units"),
    Asked("applied", "members", Label("收到入会申请", "Applications"), _PIECES, "applied"),
    Asked("admitted", "members", Label("批准入会", "Admitted"), _UNITS, "admitted", "units"),
    Asked("refused", "members", Label("不予通过", "Refused"), _UNITS, "refused", "units"),
    Asked("left", "members", Label("退会、除名", "Left"), _UNITS, "left", "units"),
    Asked("fees", "members", Label("收到会费", "Fees received"), YUAN, "fee", "sum"),
    Asked("payers", "members", Label("交费单位", "Units that paid"), _UNITS, "fee", "units"),
    Asked("checked", "members", Label("年检", "Yearly checks"), _UNITS, "checked", "units"),
    Asked("passed", "members", Label("年检通过", "Checks passed"), _UNITS, "checked", "units", "passed"),
    Asked("met", "meetings", Label("开会", "Meetings held"), _TIMES, "met"),
    Asked("minutes", "meetings", Label("有纪要的", "With minutes"), _TIMES, "met", mark="minutes"),
    Asked("came", "meetings", Label("到会单位次数", "Attendances of units"), _TIMES, "came"),
    Asked("persons", "meetings", Label("到会人次", "Persons that came"), Label("人次", ""), "came", "sum"),
    Asked("decided", "meetings", Label("表决事项", "Matters put to the vote"), _TASKS, "decided"),
    Asked("carried", "meetings", Label("通过的决议", "Carried"), _TASKS, "decided", mark="carried"),
    Asked("ballots", "meetings", Label("记名票", "Votes on record"), Label("张", ""), "voted"),
    Asked("set", "tasks", Label("交办事项", "Tasks set"), _TASKS, "set"),
    Asked("done", "tasks", Label("办结", "Done"), _TASKS, "done"),
    Asked("in_time", "tasks", Label("按时办结", "Done in time"), _TASKS, "done", mark="in time"),
    Asked("overdue", "tasks", Label("期末逾期未办", "Overdue at the end"), _TASKS, "overdue"),
    Asked("signed", "agreements", Label("签订合同", "Contracts signed"), _PIECES, "signed"),
    Asked("worth", "agreements", Label("合同金额", "Worth"), YUAN, "signed", "sum"),
    Asked("both", "agreements", Label("双方确认的合同", "Confirmed by both"), _PIECES, "signed", mark="both"),
    Asked("deliveries", "agreements", Label("交付批次", "Deliveries"), _TIMES, "delivered"),
    Asked("delivered", "agreements", Label("交付金额", "Delivered"), YUAN, "delivered", "sum"),
    Asked("late", "agreements", Label("迟于计划的批次", "Later than planned"), _TIMES, "delivered", mark="late"),
    Asked("paid", "agreements", Label("付款金额", "Paid"), YUAN, "paid", "sum"),
)  # fmt: skip
BY_MONTH = ("admitted", "met", "carried", "done", "signed", "delivered", "paid")


def evaluate(rule: Rule, rows: Collection[Row]) -> Range:
    """Return what rows come to: their number, the units that they name, or their sum.

    Examples
    --------
    >>> one, two = (Row(x, "fee", date(2026, 1, 7), "甲", Label("", "")) for x in "ab")
    >>> evaluate("count", (one, two)).low, evaluate("units", (one, two)).low
    (Decimal('2'), Decimal('1'))
    >>> evaluate("sum", ()).known
    False
    """
    if rule == "sum":
        amounts = [row.amount or UNKNOWN for row in rows]
        return add(amounts) if any(each.known for each in amounts) else UNKNOWN
    number = Decimal(len({row.who for row in rows}) if rule == "units" else len(rows))
    return Range(number, number)


def report_year(
    rows: Iterable[Row],
    first: date,
    *,
    open_kinds: Collection[Kind],
    data_class: DataClass = DataClass.S0,
) -> YearlyReport:
    """Return the report of the twelve months that begin on a day.

    Parameters
    ----------
    rows
        Events of any time, and what stands on the last day; in any order, ids unique.
    first
        First day of a month.
    open_kinds
        Of what the reader may know; figures of other kinds are unknown.
    data_class
        The highest of what the rows rest on.
    """
    last = date.fromordinal(months_after(first, MONTHS).toordinal() - 1)
    kept = [row for row in rows if row.kind in STANDING or first <= row.day <= last]
    kept.sort(key=lambda row: (row.day, row.kind, row.id))
    figures = tuple(_figure(each, kept, open_kinds) for each in ASKED)
    used = {name for figure in figures for name in figure.rows}
    return YearlyReport(
        first=first,
        last=last,
        figures=figures,
        months=tuple(
            _month(months_after(first, number), kept, open_kinds) for number in range(MONTHS)
        ),
        rows=tuple(row for row in kept if row.id in used),
        data_class=data_class,
    )


def months_after(first: date, months: int) -> date:
    """Return the first day of the month so many months later.

    Examples
    --------
    >>> months_after(date(2025, 11, 1), 12)
    datetime.date(2026, 11, 1)
    """
    whole = first.year * MONTHS + first.month - 1 + months
    return date(whole // MONTHS, whole % MONTHS + 1, 1)


def _month(first: date, rows: Iterable[Row], open_kinds: Collection[Kind]) -> Month:
    own = [row for row in rows if (row.day.year, row.day.month) == (first.year, first.month)]
    asked = [each for each in ASKED if each.name in BY_MONTH]
    return Month(first, tuple(_figure(each, own, open_kinds) for each in asked))


def _figure(asked: Asked, rows: Iterable[Row], open_kinds: Collection[Kind]) -> Figure:
    if asked.kind not in open_kinds:
        return Figure(asked, UNKNOWN, (), open=False)
    own = [
        row
        for row in rows
        if row.kind == asked.kind and (not asked.mark or asked.mark in row.marks)
    ]
    return Figure(asked, evaluate(asked.rule, own), tuple(row.id for row in own), open=True)
