"""Reads xlsx, xls, xlsb and ods at once, with calamine.

A line is ``{"sheet": title}`` or a row of that sheet, ``{"r": row, "v": [value, …]}`` from column A
on: text, number, yes or no, null where nothing stands, or ``{"k": kind, "v": value, "f": formula}``
for what JSON has no word for. Kinds: s text, n number, b yes or no, d day, m moment, t time of day,
e a spreadsheet's error. The last is ``{"end": …}``, ``done`` or the name of what stopped it.

Calamine says neither what is a formula nor what is an error, and holds a sheet as one rectangle. So
the parts of an xlsx are looked through first, and whatever has one, or reaches far, is left to the
slower ``sparse_book``, which tells them apart cell by cell.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

RECTANGLE = 8_000_000  # cells of a sheet, with what is empty within it, at most
_TAG = r"<(?:[A-Za-z_][\w.-]*:)?"
_TELLING = re.compile(
    # A formula; an error; a column or a row far out.
    rf"""{_TAG}f[\s>/]|\st\s*=\s*["']e["']|"""
    r"""\sr\s*=\s*["'](?:[A-Z]{3}[0-9]|[A-Z]{0,3}(?:[0-9]{7}|[2-9][0-9]{5}))""".encode()
)
_CELL = re.compile(rf"{_TAG}v[\s>]|{_TAG}t[\s>]".encode())
_PLAIN = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*<(?:\?xml(?![^>]*encoding=["'](?!utf-?8|us-ascii)))?""", re.IGNORECASE
)
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001  of a day that does not matter
_ZIP = b"PK\x03\x04"


def read(content: bytes, rows: int, columns: int, cells: int) -> Iterator[dict[str, Any]]:
    """Yield every row that has something in it, and at last how it ended."""
    import python_calamine as calamine  # noqa: PLC0415  after the limits are set

    packed = content.startswith(_ZIP)
    try:
        if packed and _tells(content):
            yield {"end": "sparse"}
        else:
            yield from _lines(content, (rows, columns, cells), calamine)
    except calamine.PasswordError:
        yield {"end": "password"}
    except MemoryError:
        yield {"end": "memory"}
    except GeneratorExit:
        raise
    except BaseException:  # noqa: BLE001  a panic of calamine is no Exception
        # The slower parser passes over a cell that calamine stumbles on.
        yield {"end": "sparse" if packed else "broken"}


def _lines(content: bytes, bounds: tuple[int, int, int], calamine: Any) -> Iterator[dict[str, Any]]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    counts = [0, 0]
    for number, data in enumerate(book.sheets_metadata):
        if data.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        yield {"sheet": data.name}
        sheet = book.get_sheet_by_index(number)
        if sheet.total_height * sheet.total_width > RECTANGLE:
            yield {"end": "sparse"}
            return
        for line in _sheet_lines(sheet, bounds, counts):
            yield {**line, "at": data.name} if "end" in line else line
            if "end" in line:
                return
    missed = counts[0] == 0 and content.startswith(_ZIP) and _holds(content)
    yield {"end": "sparse" if missed else "done"}


def _tells(content: bytes) -> bool:
    """Whether a sheet has what calamine would not tell, or a part a charset that it cannot read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/") and name.endswith(".xml"):
                part = archive.read(name)
                if not _PLAIN.match(part) or b"\0" in part[:200]:
                    return True
                if _SHEETS.fullmatch(name) and (
                    not part.rstrip().endswith(b"worksheet>") or _TELLING.search(part)
                ):
                    return True
    return False


def _holds(content: bytes) -> bool:
    """Whether any sheet has a cell with something in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if _SHEETS.fullmatch(name)]
        return any(_CELL.search(archive.read(name)) for name in names)


def _sheet_lines(
    sheet: Any, bounds: tuple[int, int, int], counts: list[int]
) -> Iterator[dict[str, Any]]:
    rows, columns, cells = bounds
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        values = [_written(each) for each in row]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if number > rows or len(values) > columns:
            first = next(place for place, each in enumerate(values, 1) if each is not None)
            yield {"end": "far", "place": [number, first if number > rows else len(values)]}
            return
        counts[0] += 1
        counts[1] += len(values) - values.count(None)
        if counts[0] > rows or counts[1] > cells:
            yield {"end": "rows" if counts[0] > rows else "cells"}
            return
        yield {"r": number, "v": values}


def _written(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value if value and not value.isspace() else None
    if kind is float:
        if not math.isfinite(value):
            return {"k": "e", "v": str(value)}
        whole = int(value)
        return whole if whole == value and abs(whole) < 1 << 53 else value
    if kind is bool or kind is int or value is None:
        return value
    for word, form in (("m", datetime), ("d", date), ("t", time)):
        if isinstance(value, form):
            return {"k": word, "v": value.isoformat()}
    return _duration(value) if isinstance(value, timedelta) else str(value)


def _duration(value: timedelta) -> dict[str, str]:
    """Return a time of day, as which a duration under a day is read elsewhere."""
    if timedelta() <= value < timedelta(days=1):
        return {"k": "t", "v": str((_MIDNIGHT + value).time())}
    return {"k": "e", "v": str(value)}
