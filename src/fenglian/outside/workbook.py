"""How is a stranger's workbook or CSV file read, so that it can do no harm?

An xlsx is looked at before it is unpacked (``archive``), then parsed in a child process that may
use 1 GiB and 30 s of computing. A formula is never evaluated: the value that the file keeps of it is taken, and
the cell says so. CSV is decoded by the same rules as any document.
"""

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from fenglian.engine.intake.charset import decode_text
from fenglian.engine.intake.sheets import Cell, CellValue, Sheet, SheetRow, Sheets, place_of
from fenglian.outside import child, faults
from fenglian.outside.archive import LIMITS, SIGNATURE, Limits, check_archive

_COMPOUND = b"\xd0\xcf\x11\xe0"  # xls, and xlsx under a password
_PATIENCE = 2  # times the child's seconds: those are of computing, and the machine may be busy
_NEEDED = ("SYSTEMROOT",)  # without it Python does not start on Windows
_DELIMITERS = ",\t;"
# What an export of ours guards with an apostrophe, which is taken off again.
_GUARDED = tuple("=+-@'\uff1d\uff0b\uff0d\uff20")
_GUARDED_CONTROLS = tuple("\t\r\n\0")


def read_workbook(
    content: bytes, name: str, *, charset: str | None = None, limits: Limits = LIMITS
) -> Sheets:
    """Return the rows of an xlsx or CSV file, whatever its name says it is.

    ``charset`` is for CSV, where the sender knows better. A ``WorkbookError`` or a
    ``DocumentError`` names why a file is not read.
    """
    if len(content) > limits.file_bytes:
        raise faults.WorkbookTooLarge(name=name, size=len(content), limit=limits.file_bytes)
    if content.startswith(_COMPOUND):
        raise faults.NotAWorkbook(
            name=name,
            found_zh="是旧的 .xls，或者带有密码",
            found_en="it is an old .xls, or has a password",
        )
    if content.startswith(SIGNATURE):
        check_archive(content, name, limits)
        return _parse(content, name, limits)
    text, _, _ = decode_text(content, name, charset, limit=limits.file_bytes)
    return Sheets(name, (_read_delimited(text, name, limits),))


def _parse(content: bytes, name: str, limits: Limits) -> Sheets:
    """Let the child read, and put together what it says."""
    bounds = (limits.memory_bytes, limits.seconds, limits.rows, limits.columns, limits.cells)
    command = [sys.executable, "-I", "-X", "utf8", str(Path(child.__file__)), *map(str, bounds)]
    environment = {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True"}
    environment |= {key: os.environ[key] for key in _NEEDED if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter, our own file, numbers
            command,
            input=content,
            capture_output=True,
            timeout=_PATIENCE * limits.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise faults.ReadingGaveUp(name=name, seconds=limits.seconds) from None
    return _assemble(done.stdout, name, limits)


def _assemble(output: bytes, name: str, limits: Limits) -> Sheets:
    found: list[tuple[str, list[SheetRow]]] = []
    for words in io.BytesIO(output):  # line by line: json keeps line ends within words apart
        try:
            line = json.loads(words)
        except ValueError:
            break  # cut off in the middle: it was stopped
        if "sheet" in line:
            found.append((line["sheet"], []))
        elif "end" not in line:
            cells = {at: _cell(kind, value, formula) for at, kind, value, formula in line["c"]}
            found[-1][1].append(SheetRow(line["r"], cells))
        else:
            _check_end(line, name, limits)
            return Sheets(name, tuple(Sheet(sheet, tuple(rows)) for sheet, rows in found))
    raise faults.ReadingGaveUp(name=name, seconds=limits.seconds)


def _check_end(line: dict[str, Any], name: str, limits: Limits) -> None:
    end, at = line["end"], line["at"]
    if end == "far":
        cell = place_of(*line["place"])
        raise faults.FarCell(
            name=name, sheet=at, cell=cell, rows=limits.rows, columns=limits.columns
        )
    if end == "rows":
        raise faults.TooManyRows(name=name, limit=limits.rows)
    if end == "cells":
        raise faults.TooManyCells(name=name, limit=limits.cells)
    if end == "memory":
        raise faults.ReadingGaveUp(name=name, seconds=limits.seconds)
    if end == "broken":
        raise faults.BrokenWorkbook(name=name, part=at)


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
    filled = 0
    for number, record in enumerate(_records(text, delimiter, name), start=1):
        cells = {at: _guarded(words) for at, words in enumerate(record, start=1) if words.strip()}
        if not cells:
            continue
        if max(cells) > limits.columns:
            cell = place_of(number, max(cells))
            raise faults.FarCell(
                name=name, sheet=name, cell=cell, rows=limits.rows, columns=limits.columns
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
