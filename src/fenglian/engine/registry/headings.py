"""Which table is on a sheet, in which row are its headings, and what does each of them mean?

A heading is known by its Chinese or English wording or by an alias, in any order, below any rows
of titles; a mark for required columns and a unit in brackets may stand beside it. The unit in
brackets counts: who writes 注册资本（元） means yuan, whatever the template said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from fenglian.engine.errors import FenglianError, QuantityError, SheetFault
from fenglian.engine.intake.sheets import Sheet, SheetRow, place_of
from fenglian.engine.quantities import fold_width
from fenglian.engine.registry import faults
from fenglian.engine.registry.cells import words_of
from fenglian.engine.registry.figures import read_figure, read_unit
from fenglian.engine.registry.tables import Column, TableDescription

_DEEPEST = 20  # rows in which headings are looked for
FEWEST = 2  # headings that make a row of headings
_BRACKETS = re.compile(r"[(\[【](?P<within>[^)\]】]*)[)\]】]")
_SILENT = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Headings:
    """The headings of a sheet; ``columns`` counts from 1."""

    table: TableDescription
    row: int  # the last row of headings
    columns: dict[int, Column] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)  # column name → unit in the heading
    unknown: set[int] = field(default_factory=set)
    faults: list[SheetFault] = field(default_factory=list)  # each refuses every row
    warnings: list[SheetFault] = field(default_factory=list)


def find_headings(
    sheet: Sheet, tables: Mapping[str, TableDescription], *, fewest: int = FEWEST
) -> Headings | None:
    """Return the table and the headings of a sheet; None where fewer than that are known."""
    named = [table for table in tables.values() if _silent(sheet.name) in _names(table)]
    best: tuple[int, int, int] | None = None
    found: tuple[SheetRow, TableDescription] | None = None
    for row in sheet.rows[:_DEEPEST]:
        for order, table in enumerate(named or tables.values()):
            score = (_score(row, table), -row.number, -order)
            if score[0] >= fewest and (best is None or score > best):
                best, found = score, (row, table)
    if found is None:
        return None
    return _read_headings(sheet, *found)


def _score(row: SheetRow, table: TableDescription) -> int:
    known = _vocabulary(table)
    columns = {
        column.name
        for cell in row.cells.values()
        if (column := _meant(words_of(cell.value), known))
    }
    return len(columns)


def _read_headings(sheet: Sheet, row: SheetRow, table: TableDescription) -> Headings:
    known = _vocabulary(table)
    found = Headings(table, row.number)
    first: dict[str, str] = {}
    for at, cell in sorted(row.cells.items()):
        words = words_of(cell.value)
        place = {"sheet": sheet.name, "cell": place_of(row.number, at), "value": words}
        column = _meant(words, known)
        if column is None:
            found.unknown.add(at)
            found.warnings.append(faults.UnknownHeading(**place, nearest=_nearest(words, table)))
        elif column.name in first:
            found.faults.append(faults.DuplicateHeading(**place, first=first[column.name]))
        else:
            found.columns[at] = column
            first[column.name] = str(place["cell"])
            _read_heading_unit(found, column, words, place)
    _check_missing(sheet, found)
    _skip_translations(sheet, found, known)
    return found


def _check_missing(sheet: Sheet, found: Headings) -> None:
    present = {column.name for column in found.columns.values()}
    for column in found.table.columns:
        if column.needed and column.name not in present:
            place = {"sheet": sheet.name, "cell": "", "value": ""}
            label = column.label
            found.faults.append(
                faults.MissingHeading(**place, column_zh=label.zh, column_en=label.en)
            )


def _skip_translations(sheet: Sheet, found: Headings, known: Mapping[str, Column]) -> None:
    """Pass over rows below that say the same headings again, in the other language."""
    for row in sheet.rows:
        if row.number <= found.row:
            continue
        meant = [
            _meant(words_of(cell.value), known) is found.columns[at]
            for at, cell in row.cells.items()
            if at in found.columns
        ]
        if len(meant) < FEWEST or not all(meant):
            return
        found.row = row.number


def _read_heading_unit(
    found: Headings, column: Column, words: str, place: Mapping[str, object]
) -> None:
    if column.type != "quantity" or column.unit_column:
        return
    for match in _BRACKETS.finditer(fold_width(words)):
        try:
            read_unit(match["within"])
        except QuantityError:
            continue  # （必填）: a remark, no unit
        try:
            read_figure(f"1{match['within']}", column.unit)
        except FenglianError as cause:
            found.faults.append(faults.BadCell(**place, cause=cause))
            continue
        found.units[column.name] = match["within"]


def _vocabulary(table: TableDescription) -> dict[str, Column]:
    return {
        _silent(word): column
        for column in table.columns
        for word in (*column.aliases, column.name, column.label.en, column.label.zh)
    }


def _names(table: TableDescription) -> set[str]:
    return {_silent(word) for word in (table.name, table.label.zh, table.label.en)}


def _meant(words: str, known: Mapping[str, Column]) -> Column | None:
    """Return the column that a heading names, whole or by one of its lines."""
    text = fold_width(words)
    for line in (text, *text.splitlines()):
        for spoken in (line, _BRACKETS.sub("", line)):
            if column := known.get(_silent(spoken)):
                return column
    return None


def _silent(words: str) -> str:
    return _SILENT.sub("", fold_width(words)).lower()


def _nearest(words: str, table: TableDescription) -> str:
    spoken = {
        _silent(word): word
        for column in table.columns
        for word in (column.label.zh, column.label.en)
    }
    close = get_close_matches(_silent(words), sorted(spoken), n=1, cutoff=0.4)
    return spoken[close[0]] if close else "–"
