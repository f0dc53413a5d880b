"""How is a stranger's workbook or CSV file read, so that it can do no harm?

An xlsx or ods is looked at before it is unpacked (``archive``); they and the old xls are parsed in a
child process that may use 1 GiB and 30 s of computing. A formula is never evaluated: the value that the file keeps of it is taken, and
the cell says so. CSV is decoded by the same rules as any document.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from fenglian.engine.intake.charset import decode_whole
from fenglian.engine.intake.sheets import Cell, CellValue, Sheet, SheetRow, Sheets, place_of
from fenglian.outside import faults
from fenglian.outside.archive import (
    COMPOUND,
    ENCRYPTED,
    LIMITS,
    SIGNATURE,
    Limits,
    check_archive,
)
from fenglian.outside.running import ABORTED, Room, run_parser

_GUARDS = "=' "  # in front of words that are not taken as they stand
_DELIMITERS = ",\t;"
# What an export of ours guards with an apostrophe, which is taken off again.
_GUARDED = tuple("=+-@'\uff1d\uff0b\uff0d\uff20")
_GUARDED_CONTROLS = tuple("\t\r\n\0")


def read_workbook(
    content: bytes, name: str, *, charset: str | None = None, limits: Limits = LIMITS
) -> Sheets:
    """Return the rows of an xlsx, xls, ods or CSV file, whatever its name says it is.

    ``charset`` is for CSV, where the sender knows better. A ``WorkbookError`` or a
    ``DocumentError`` names why a file is not read.
    """
    if len(content) > limits.file_bytes:
        raise faults.WorkbookTooLarge(name=name, size=len(content), limit=limits.file_bytes)
    if content.startswith(COMPOUND):
        if ENCRYPTED in content:
            raise faults.NotAWorkbook(name=name, found_zh="带有密码", found_en="it has a password")
        return _parse(content, name, limits)
    if content.startswith(SIGNATURE):
        check_archive(content, name, limits)
        return _parse(content, name, limits)
    text, _, _ = decode_whole(content, name, charset, limit=limits.file_bytes)
    return Sheets(name, (_read_delimited(text, name, limits),))


def _parse(content: bytes, name: str, limits: Limits) -> Sheets:
    """Let the child read: at once, or cell by cell where that tells more."""
    room = Room(limits.memory_bytes, limits.seconds)
    bounds = (limits.rows, limits.columns, limits.cells)
    found = _assemble(run_parser("book", content, room, bounds), name, limits)
    if found is None:
        found = _assemble(run_parser("sparse_book", content, room, bounds), name, limits)
    if found is None:
        raise faults.ReadingGaveUp(name=name, seconds=limits.seconds)
    return found


def _assemble(lines: Iterator[dict[str, Any]], name: str, limits: Limits) -> Sheets | None:
    """Return what the lines of a child say; None where the slower parser must read."""
    found: list[tuple[str, list[SheetRow]]] = []
    cells = _Cells()
    for line in lines:
        if "v" in line:
            found[-1][1].append(SheetRow(line["r"], cells.of_row(line["v"])))
        elif "sheet" in line:
            found.append((line["sheet"], []))
        elif line["end"] == "sparse" or line.get("code") == ABORTED:
            return None
        else:
            _check_end(line, name, limits)
    return Sheets(name, tuple(Sheet(sheet, tuple(rows)) for sheet, rows in found))


class _Cells(dict[object, Cell]):
    """Cells as they are needed: what stands in many of them is one value."""

    def __missing__(self, key: object) -> Cell:
        """Make the cell of a text, or of the value behind its kind."""
        found = self[key] = Cell(key if type(key) is str else key[1])  # type: ignore[index]
        return found

    def of_row(self, values: list[Any]) -> dict[int, Cell]:
        """Return the cells of a row by column, from 1."""
        return {
            at: self[value] if type(value) is str else self.of(value)
            for at, value in enumerate(values, start=1)
            if value is not None
        }

    def of(self, value: Any) -> Cell:
        """Return the cell that holds a value as a parser wrote it."""
        if isinstance(value, dict):
            return _cell(value["k"], value["v"], bool(value.get("f")))
        return self[type(value), value]


class _Written(dict[str, Cell | None]):
    """Cells by what a CSV file writes; None where that is blank."""

    def __missing__(self, words: str) -> Cell | None:
        """Make the cell of words that were not seen before."""
        if not words or words.isspace():
            found = None
        elif words[0] in _GUARDS or words[-1] == " ":
            found = _guarded(words)
        else:
            found = Cell(words)
        self[words] = found
        return found


def _check_end(line: dict[str, Any], name: str, limits: Limits) -> None:
    end, at = line["end"], line.get("at", "")
    if end == "far":
        cell = place_of(*line["place"])
        raise faults.FarCell(
            name=name, sheet=at, cell=cell, rows=limits.rows, columns=limits.columns
        )
    if end == "rows":
        raise faults.TooManyRows(name=name, limit=limits.rows)
    if end == "cells":
        raise faults.TooManyCells(name=name, limit=limits.cells)
    if end == "password":
        raise faults.NotAWorkbook(name=name, found_zh="带有密码", found_en="it has a password")
    if end == "broken":
        raise faults.BrokenWorkbook(name=name, part=at)
    if end != "done":
        raise faults.ReadingGaveUp(name=name, seconds=limits.seconds)


def _cell(kind: str, value: Any, formula: bool) -> Cell:
    read: CellValue = value
    if kind == "m":
        read = datetime.fromisoformat(value)
    elif kind == "d":
        read = date.fromisoformat(value)
    elif kind == "t":
        read = time.fromisoformat(value)
    return Cell(read, formula=formula, error=kind == "e")


def _read_delimited(text: str, name: str, limits: Limits) -> Sheet:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows: list[SheetRow] = []
    filled, known = 0, _Written()
    for number, record in enumerate(_records(text, delimiter, name), start=1):
        cells = {
            at: cell
            for at, words in enumerate(record, start=1)
            if (cell := known[words]) is not None
        }
        if not cells:
            continue
        if len(record) > limits.columns and max(cells) > limits.columns:
            far = place_of(number, max(cells))
            raise faults.FarCell(
                name=name, sheet=name, cell=far, rows=limits.rows, columns=limits.columns
            )
        rows.append(SheetRow(number, cells))
        filled += len(cells)
        if len(rows) > limits.rows:
            raise faults.TooManyRows(name=name, limit=limits.rows)
        if filled > limits.cells:
            raise faults.TooManyCells(name=name, limit=limits.cells)
    return Sheet(Path(name).stem or name, tuple(rows))


def _records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as fault:
        raise faults.BadDelimited(name=name, row=reader.line_num, found=str(fault)) from None


def _guarded(words: str) -> Cell:
    """Return a cell without the apostrophe that an export put before it; = begins a formula."""
    text = words.strip(" ")
    if text.startswith("="):
        return Cell(None, formula=True)
    if text.startswith("'"):
        rest = text[1:]
        seen = next((each for each in rest if unicodedata.category(each)[0] not in "ZC"), "")
        if rest.startswith(_GUARDED_CONTROLS) or seen.startswith(_GUARDED):
            return Cell(rest)
    return Cell(text)
