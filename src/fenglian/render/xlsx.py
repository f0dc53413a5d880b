"""A brief's figures as a workbook: one sheet a table, every number with its ends and sources.

A cell holds a number or a text, never a formula; what is not known is the text 未查到, never 0
and never empty. An end that is open, because only the other is known, stays empty.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fenglian.engine.advice.brief import Amount, Brief, Column, Piece, Table
from fenglian.engine.labels import Label
from fenglian.render.printed import NOT_FOUND, SOURCES, SYNTHETIC, set_text, write_day

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Text stays text, whatever it begins with: no formula, no number, no address is made of it.
PLAIN_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_LOW, _WORKING, _HIGH = Label("下限", "low"), Label("采用值", "working"), Label("上限", "high")
_UNIT, _ASSUMED = Label("单位", "unit"), Label("含假设", "assumed")
_YES, _NO = Label("是", "yes"), Label("否", "no")
_NOTES = Label("说明", "Notes")
_READING = Label(
    "空的下限或上限表示这一端不知道；“未查到”表示没有找到，不等于没有，也不等于零。来源编号见最后一张表。",
    "An empty low or high end is not known; 'not found' is neither none nor zero. "
    "The last sheet lists the sources.",
)
_SOURCE_HEADS = (
    Label("编号", "id"),
    Label("标题", "title"),
    Label("发布者", "publisher"),
    Label("日期", "date"),
    Label("等级", "grade"),
)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31  # characters of a sheet's name
_FIRST_ROW = 4  # of the heads; above it title, note and badge
Cell = str | float | None


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    head: Format
    text: Format
    number: Format
    unknown: Format
    badge: Format


def write_xlsx(brief: Brief, language: str) -> bytes:
    """Return the annex of the brief; the same brief gives the same bytes."""
    language = "zh" if language.startswith("zh") else "en"
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN_TEXT) as workbook:
        moment = datetime.combine(brief.date, time(), UTC).replace(tzinfo=None)
        title, organ = brief.title.text(language), brief.organ.text(language)
        workbook.set_properties({"title": title, "author": organ, "created": moment})
        book = _Book(workbook, _make_formats(workbook), brief, language)
        book.notes()
        for table in brief.tables:
            book.table(table)
        book.sources()
    return stream.getvalue()


def _make_formats(workbook: xlsxwriter.Workbook) -> _Formats:
    line = {"valign": "top", "font_size": 11}
    hatch = {"pattern": 14, "fg_color": "#98A5B1", "bg_color": "#FFFFFF"}
    return _Formats(
        title=workbook.add_format({"bold": True, "font_size": 14}),
        head=workbook.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#EDF1F4", **line}
        ),
        text=workbook.add_format({"text_wrap": True, **line}),
        number=workbook.add_format({"num_format": "#,##0.###", "align": "right", **line}),
        unknown=workbook.add_format({"align": "right", **hatch, **line}),
        badge=workbook.add_format({"font_color": "#8F4B06", "border": 3}),
    )


class _Book:
    def __init__(
        self, workbook: xlsxwriter.Workbook, formats: _Formats, brief: Brief, language: str
    ) -> None:
        self.workbook = workbook
        self.formats = formats
        self.brief = brief
        self.language = language
        self.names: set[str] = set()

    def words(self, label: Label | None) -> str:
        return set_text(label.text(self.language), self.language) if label else ""

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet with the badge on it and on every printed page."""
        sheet = self.workbook.add_worksheet(self.sheet_name(name))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        badge = SYNTHETIC.text(self.language) if self.brief.synthetic else ""
        sheet.set_header(f"&L{_plain(self.words(self.brief.class_label))}&R{_plain(badge)}")
        sheet.set_footer("&C— &P —")
        if badge:
            sheet.write_string(2, 0, badge, self.formats.badge)
        return sheet

    def sheet_name(self, name: str) -> str:
        """Return a name that a sheet may have and no other has."""
        clean = _FORBIDDEN.sub(" ", name).strip() or "1"
        found, number = clean[:_LONGEST_NAME], 1
        while found.casefold() in self.names:
            number += 1
            found = f"{clean[: _LONGEST_NAME - 4]} {number}"
        self.names.add(found.casefold())
        return found

    def notes(self) -> None:
        brief = self.brief
        sheet = self.sheet(self.words(_NOTES))
        sheet.set_column(0, 0, 80, self.formats.text)
        lines = (
            self.words(brief.organ),
            write_day(brief.date, self.language),
            self.words(brief.class_label),
            _READING.text(self.language),
        )
        sheet.write_string(0, 0, self.words(brief.title), self.formats.title)
        for number, line in enumerate(lines):
            sheet.write_string(_FIRST_ROW + number, 0, line, self.formats.text)

    def table(self, table: Table) -> None:
        sheet = self.sheet(self.words(table.title))
        sheet.write_string(0, 0, self.words(table.title), self.formats.title)
        sheet.write_string(1, 0, self.words(table.note))
        place = 0
        for number, column in enumerate(table.columns):
            cells = [row[number] for row in table.rows]
            place = self.column(sheet, place, column, cells)
        self.row_sources(sheet, place, table)
        sheet.freeze_panes(_FIRST_ROW + 1, 1)
        sheet.repeat_rows(_FIRST_ROW)
        if table.rows:
            sheet.autofilter(_FIRST_ROW, 0, _FIRST_ROW + len(table.rows), place)

    def column(self, sheet: Worksheet, place: int, column: Column, cells: list[Piece]) -> int:
        """Write one column of a table; return where the next one begins."""
        name = self.words(column.label)
        if not any(isinstance(cell, Amount) for cell in cells):
            texts = [self.words(cell.label) for cell in cells if not isinstance(cell, Amount)]
            sheet.set_column(place, place, min(60, 8 + 14 * column.share))
            self.fill(sheet, place, name, texts)
            return place + 1
        parts = (_LOW, _WORKING, _HIGH, _UNIT, SOURCES, _ASSUMED)
        amounts = [self.spread(cell) for cell in cells]
        for offset, part in enumerate(parts):
            head = f"{name} {part.text(self.language)}"
            self.fill(sheet, place + offset, head, [amount[offset] for amount in amounts])
        sheet.set_column(place, place + len(parts) - 1, 12)
        sheet.set_column(place + parts.index(SOURCES), place + parts.index(SOURCES), 28)
        return place + len(parts)

    def spread(self, cell: Piece) -> tuple[Cell, ...]:
        """Return low, working, high, unit, sources and whether it is assumed."""
        if not isinstance(cell, Amount):
            words = self.words(cell.label)
            return (words, words, words, "", ", ".join(cell.sources), "")
        sources = ", ".join(cell.sources)
        assumed = (_YES if cell.assumed else _NO).text(self.language)
        unit = self.words(cell.unit)
        if not cell.known:
            unknown = NOT_FOUND.text(self.language)
            return (unknown, unknown, unknown, unit, sources, assumed)
        return (*cell.interval.ends(), unit, sources, assumed)

    def row_sources(self, sheet: Worksheet, place: int, table: Table) -> None:
        """Write the sources of the words of each row, at its end."""
        found = [
            dict.fromkeys(
                name for cell in row if not isinstance(cell, Amount) for name in cell.sources
            )
            for row in table.rows
        ]
        self.fill(sheet, place, SOURCES.text(self.language), [", ".join(each) for each in found])
        sheet.set_column(place, place, 40)

    def fill(self, sheet: Worksheet, place: int, head: str, cells: Iterable[Cell]) -> None:
        formats, unknown = self.formats, NOT_FOUND.text(self.language)
        sheet.write_string(_FIRST_ROW, place, head, formats.head)
        for row, cell in enumerate(cells, _FIRST_ROW + 1):
            if cell is None:
                sheet.write_blank(row, place, None, formats.number)
            elif isinstance(cell, str):
                style = formats.unknown if cell == unknown else formats.text
                sheet.write_string(row, place, cell, style)
            else:
                sheet.write_number(row, place, cell, formats.number)

    def sources(self) -> None:
        sheet = self.sheet(SOURCES.text(self.language))
        sheet.write_string(0, 0, SOURCES.text(self.language), self.formats.title)
        each = self.brief.sources
        columns: tuple[Iterable[str], ...] = (
            [source.id for source in each],
            [source.title for source in each],
            [source.publisher for source in each],
            [source.date for source in each],
            [source.grade for source in each],
        )
        for place, (head, cells, width) in enumerate(
            zip(_SOURCE_HEADS, columns, (14, 70, 30, 16, 8), strict=True)
        ):
            sheet.set_column(place, place, width)
            self.fill(sheet, place, head.text(self.language), cells)
        sheet.freeze_panes(_FIRST_ROW + 1, 0)


def _plain(text: str) -> str:
    """Double the sign that begins a command in a header."""
    return text.replace("&", "&&")
