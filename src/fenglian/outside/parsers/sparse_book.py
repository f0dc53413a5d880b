"""Reads an xlsx cell by cell: slow, and at ease with sheets that are huge and almost empty.

Lines as ``book`` yields them. ``book`` hands over what would fill the memory as a rectangle.
"""

import io
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

_SHOWN = 200  # characters of a cell that is an error
_PLACE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


def read(content: bytes, rows: int, columns: int, cells: int) -> Iterator[dict[str, Any]]:
    """Yield every row that has something in it, and at last how it ended."""
    import openpyxl  # noqa: PLC0415  after the limits are set

    at = "workbook"
    count = filled = 0
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        for sheet in book.worksheets:
            at = sheet.title
            yield {"sheet": at}
            for row in _sheet_rows(sheet):
                found = _cells(row)
                far = [cell for cell in found if cell[0] > columns]
                if not found:
                    continue
                if row[0] < 1:
                    yield {"end": "broken", "at": at}
                    return
                if far or row[0] > rows:
                    place = [row[0], (far or found)[0][0]]
                    yield {"end": "far", "at": at, "place": place}
                    return
                count, filled = count + 1, filled + len(found)
                if count > rows or filled > cells:
                    yield {"end": "rows" if count > rows else "cells", "at": at}
                    return
                yield {"r": row[0], "v": _placed(found)}
    except MemoryError:
        yield {"end": "memory", "at": at}
    except Exception:  # noqa: BLE001  whatever a hostile file makes the parser do, it is broken
        yield {"end": "broken", "at": at}
    else:
        yield {"end": "done", "at": at}


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Yield row number and cells; the parser beneath ``iter_rows``, which would fill gaps."""
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415
    from openpyxl.xml.constants import SHEET_MAIN_NS  # noqa: PLC0415

    formula = f"{{{SHEET_MAIN_NS}}}f"
    value_tag = f"{{{SHEET_MAIN_NS}}}v"
    inline_tag, text_tag = f"{{{SHEET_MAIN_NS}}}is", f"{{{SHEET_MAIN_NS}}}t"

    class Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
        def parse_cell(self, element: Any) -> dict[str, Any]:
            inline = element.find(inline_tag)
            if inline is not None and len(inline) == 1 and inline[0].tag == text_tag:
                # Text in its own cell, as exporters write it; openpyxl's way takes twice as long.
                element.set("t", "str")
                inline[0].tag = value_tag
                element.append(inline[0])
            try:
                cell: dict[str, Any] = super().parse_cell(element)
            except (ValueError, IndexError, OverflowError, TypeError):
                if not _PLACE.fullmatch(element.get("r") or ""):
                    raise
                shown = (element.findtext(value_tag) or "")[:_SHOWN]
                cell = {"row": self.row_counter, "column": self.col_counter}
                cell |= {"value": shown, "data_type": "e"}
            cell["formula"] = element.find(formula) is not None
            return cell

    book = sheet.parent
    with sheet._get_source() as source:
        parser = Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        yield from parser.parse()


def _cells(row: tuple[int, list[dict[str, Any]]]) -> list[list[Any]]:
    found = []
    for cell in row[1]:
        value, formula = cell["value"], bool(cell["formula"])
        if value is None and not formula:
            continue
        if isinstance(value, str) and not value.strip() and not formula:
            continue
        kind, shown = ("e", str(value)) if cell["data_type"] == "e" else _written(value)
        found.append([cell["column"], kind, shown, formula])
    return found


def _placed(found: list[list[Any]]) -> list[Any]:
    """Return the values of a row from column A on."""
    values: list[Any] = [None] * max(cell[0] for cell in found)
    for column, kind, value, formula in found:
        plain = kind in "snb" and not formula
        values[column - 1] = value if plain else {"k": kind, "v": value, "f": formula}
    return values


def _written(value: Any) -> tuple[str, Any]:
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, float) and not math.isfinite(value):
        return "e", str(value)
    if isinstance(value, int | float):
        return "n", value
    for kind, form in (("m", datetime), ("d", date), ("t", time)):
        if isinstance(value, form):
            return kind, value.isoformat()
    return "s", None if value is None else str(value)
