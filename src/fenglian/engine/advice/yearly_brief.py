"""How does the report of a year become an official document? Figures with the numbers of their rows.

Every figure stands beside the numbers of the rows that it comes from; the rows are the annex.
"""

from collections.abc import Iterator
from itertools import pairwise

from fenglian.engine.advice.brief import (
    Amount,
    Block,
    Brief,
    Column,
    Paragraph,
    Piece,
    Table,
    Words,
    words,
)
from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.yearly import KINDS, SECTIONS, YUAN, Figure, Row, YearlyReport
from fenglian.engine.chain.intervals import UNKNOWN as NOT_KNOWN
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Source
from fenglian.engine.contracts.ranges import Range
from fenglian.engine.disclosure.classes import highest
from fenglian.engine.labels import Label

ROWS = "ROWS"  # id of the source that stands for the annex
ANNEX = Label("明细", "Rows")
CLOSED = Label("未向您开放", "not open to you")  # as the page says
_NONE = Label("无", "none")


def compose_year(
    report: YearlyReport, heading: Heading, alliance: Label, *, synthetic: bool
) -> Brief:
    """Return the report of a year as a brief, which is rendered as any other.

    Parameters
    ----------
    report
        As one reader may know it.
    heading
        Organ, date, class, recipient, red head.
    alliance
        Its name.
    synthetic
        Whether its units are invented; every page then says so.
    """
    first, last = report.first, report.last
    return Brief(
        organ=heading.organ,
        title=Label(
            f"{alliance.zh}{first.year}年{first.month}月至{last.year}年{last.month}月年度报告",
            f"{alliance.en}: report of the year {first:%Y-%m} to {last:%Y-%m}",
        ),
        date=heading.date,
        data_class=highest([heading.data_class, report.data_class]),
        banner=heading.banner,
        recipient=heading.recipient,
        blocks=(*_sections(report), *_months(report)),
        grounds_title=ANNEX,
        grounds=(_method(), _rows(report)),
        sources=(_source(report, alliance),),
        synthetic=synthetic,
    )


def _source(report: YearlyReport, alliance: Label) -> Source:
    return Source(
        id=ROWS,
        title=f"明细第 1 至 {len(report.rows)} 行 rows of the annex",
        publisher=f"{alliance.zh} {alliance.en}",
        date=report.last.isoformat(),
        kind="register",
        reference="",
        grade="A",
    )


def _method() -> Paragraph:
    return Paragraph(
        (
            words(
                "每个数只由它后面所列行号的行算出：件数、单位数或金额之和。“至少”表示有的行没有报数；"
                "“未查到”表示没有人报，“未向您开放”表示读者无权看这类记录；都不当作 0。",
                "Each figure comes only from the rows whose numbers stand beside it: their number, "
                "the units they name, or their sum. At least: some rows state no amount. Not found: "
                "nobody reported. Not open to you: the reader may not see such records. Neither is 0. ",
            ),
        )
    )


def _sections(report: YearlyReport) -> Iterator[Block]:
    for section, label in SECTIONS.items():
        yield Paragraph((Words(label),), 1)
        yield Table(
            label,
            _COLUMNS,
            tuple(_line(figure, report) for figure in report.of(section)),
        )


_COLUMNS = (
    Column(Label("事项", "What"), share=1.6),
    Column(Label("数", "Figure"), share=1.2),
    Column(Label("明细行号", "Rows"), share=2.6),
)


def _line(figure: Figure, report: YearlyReport) -> tuple[Piece, ...]:
    return Words(figure.asked.label), _amount(figure), _behind(figure, report)


def _amount(figure: Figure) -> Piece:
    if not figure.open:
        return Words(CLOSED)
    return Amount(_interval(figure.value), figure.asked.unit, (ROWS,))


def _behind(figure: Figure, report: YearlyReport) -> Words:
    if not figure.open:
        return words("—", "—")
    numbers = report.numbers
    text = write_numbers([numbers[name] for name in figure.rows])
    return Words(Label(text, text), (ROWS,)) if text else Words(_NONE)


def write_numbers(numbers: list[int]) -> str:
    """Return numbers with runs drawn together.

    Examples
    --------
    >>> write_numbers([1, 2, 3, 7, 9, 8])
    '1–3, 7–9'
    """
    ordered = sorted(numbers)
    starts = ordered[:1] + [b for a, b in pairwise(ordered) if b != a + 1]
    ends = [a for a, b in pairwise(ordered) if b != a + 1] + ordered[-1:]
    return ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))


def _months(report: YearlyReport) -> Iterator[Block]:
    title = Label("逐月", "Month by month")
    asked = [figure.asked for figure in report.months[0].figures]
    yield Paragraph((Words(title),), 1)
    yield Table(
        title,
        (
            Column(Label("月份", "Month"), share=1.2),
            *(Column(each.label, share=1.0) for each in asked),
        ),
        tuple(
            (
                words(f"{month.first:%Y-%m}", f"{month.first:%Y-%m}"),
                *(_amount(figure) for figure in month.figures),
            )
            for month in report.months
        ),
    )


_ROW_COLUMNS = (
    Column(Label("行号", "No."), share=0.5),
    Column(Label("日期", "Day"), share=1.0),
    Column(Label("类别", "Kind"), share=0.9),
    Column(Label("单位", "Unit"), share=1.4),
    Column(Label("内容", "What"), share=2.4),
    Column(Label("数额", "Amount"), share=1.2),
)


def _rows(report: YearlyReport) -> Table:
    return Table(
        ANNEX,
        _ROW_COLUMNS,
        tuple(_row(number, row) for number, row in enumerate(report.rows, 1)),
    )


def _row(number: int, row: Row) -> tuple[Piece, ...]:
    unit = YUAN if row.kind != "came" else Label("人", "persons")
    value = row.amount
    return (
        words(str(number), str(number)),
        words(row.day.isoformat(), row.day.isoformat()),
        Words(KINDS[row.kind]),
        words(row.who or "—", row.who or "—"),
        Words(row.what),
        words("—", "—") if value is None else Amount(_interval(value), unit, (ROWS,)),
    )


def _interval(value: Range) -> Interval:
    if not value.known:
        return NOT_KNOWN
    low, high = (None if end is None else float(end) for end in (value.low, value.high))
    return Interval(low, low if low == high else None, high)
