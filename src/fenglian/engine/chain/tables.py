"""What does a table of a pack say? CSV bytes become typed rows, and every fault is kept."""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from fenglian.engine.chain import faults
from fenglian.engine.chain.columns import NUMBERS, Column
from fenglian.engine.errors import PackFault

Value: TypeAlias = str | float | int | bool | tuple[str, ...] | None
Grade = Literal["A", "B", "C", "D"]

SOURCES = "sources"
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_FLAGS = {"yes": True, "no": False}
_NOT_FINITE = {"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row, typed; an empty cell is None."""

    line: int  # as a spreadsheet counts: 1 is the header
    values: dict[str, Value]
    grade: Grade = "D"  # of the weakest source

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that the row rests on, sorted."""
        found = self.values.get(SOURCES)
        return found if isinstance(found, tuple) else ()

    @property
    def assumed(self) -> bool:
        """Whether a part of the row is an assumption or was never checked."""
        return self.grade == "D"

    def text(self, column: str) -> str:
        """Return the words of a cell; an empty one is ''."""
        value = self.values.get(column)
        return "" if value is None else str(value)

    def number(self, column: str) -> float | None:
        """Return the number of a cell, or None where it is not known."""
        value = self.values.get(column)
        return float(value) if isinstance(value, int | float) else None

    def flag(self, column: str) -> bool:
        """Return whether the cell says yes."""
        return self.values.get(column) is True


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a pack."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that tell rows apart."""
        return tuple(column.name for column in self.columns if column.is_key)


def read_table(
    name: str, content: bytes, columns: tuple[Column, ...]
) -> tuple[Table, tuple[PackFault, ...]]:
    """Read a table and find what is wrong with it by itself.

    Parameters
    ----------
    name
        Of the table, without ending.
    content
        CSV in UTF-8, with or without byte order mark.
    columns
        What the table may hold.

    Returns
    -------
    tuple
        The table with the cells that could be read, and the faults by row.
    """
    try:
        records = list(
            csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        )
    except (UnicodeDecodeError, csv.Error) as fault:
        return Table(name, columns, ()), (faults.UnreadableFile(table=name, value=str(fault)),)
    if not records:
        return Table(name, columns, ()), (faults.EmptyTable(table=name),)
    header = [cell.strip() for cell in records[0]]
    found: list[PackFault] = list(_check_header(name, header, columns))
    rows = []
    for line, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(header):
            length = faults.WrongRowLength(
                table=name, row=line, value=len(record), wanted=len(header)
            )
            found.append(length)
            continue
        row, wrong = _read_row(name, line, dict(zip(header, record, strict=True)), columns)
        rows.append(row)
        found.extend(wrong)
    return Table(name, columns, tuple(rows)), tuple(found)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like this one, or a dash."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.4)
    return close[0] if close else "–"


def _check_header(
    table: str, header: list[str], columns: tuple[Column, ...]
) -> Iterator[PackFault]:
    known = [column.name for column in columns]
    for name in header:
        if name not in known:
            yield faults.UnknownColumn(
                table=table, row=1, column=name, value=name, nearest=nearest(name, known)
            )
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield faults.DuplicateKey(table=table, row=1, column=name, value=name, first=1)
    for column in columns:
        if column.name not in header and column.required != "no":
            yield faults.MissingColumn(table=table, row=1, column=column.name)


def _read_row(
    table: str, line: int, cells: dict[str, str], columns: tuple[Column, ...]
) -> tuple[Row, list[PackFault]]:
    values: dict[str, Value] = {}
    wrong: list[PackFault] = []
    for column in columns:
        words = cells.get(column.name, "").strip()
        place = {"table": table, "row": line, "column": column.name, "value": words}
        value = _read_cell(words, column, place)
        if isinstance(value, PackFault):
            # A missing column is one fault, not one a row.
            if column.name in cells:
                wrong.append(value)
            value = None
        values[column.name] = value
    return Row(line, values), wrong


def _read_cell(words: str, column: Column, place: dict[str, object]) -> Value | PackFault:
    if not words:
        if column.kind == SOURCES:
            return faults.MissingSource(**place)
        return faults.MissingValue(**place) if column.needed else None
    if column.kind == SOURCES:
        return tuple(sorted({part.strip() for part in words.split(";") if part.strip()}))
    if column.kind in NUMBERS or column.kind == "integer":
        return _read_number(words, column.kind, place)
    if column.kind == "flag":
        found = _FLAGS.get(words)
        return faults.UnknownWord(**place, allowed="yes, no") if found is None else found
    if column.words and words not in column.words:
        return faults.UnknownWord(**place, allowed=", ".join(column.words))
    if column.kind == "slug" and not _SLUG.fullmatch(words):
        return faults.BadSlug(**place)
    return words


def _read_number(words: str, kind: str, place: dict[str, object]) -> Value | PackFault:
    if words.lower() in _NOT_FINITE:
        return faults.NotFinite(**place)
    if kind == "integer":
        return (
            int(words)
            if re.fullmatch(r"-?\d{1,15}", words)
            else (faults.WrongType(**place, wanted="integer"))
        )
    try:
        number = float(words) if re.fullmatch(r"[-+.\deE]+", words) else None
    except ValueError:
        number = None
    if number is None:
        return faults.WrongType(**place, wanted="number")
    if not math.isfinite(number):
        return faults.NotFinite(**place)
    if number < 0 and kind != "number":
        return faults.NegativeQuantity(**place)
    if number > 1 and kind == "share":
        return faults.WrongType(**place, wanted="share (0–1)")
    return number
