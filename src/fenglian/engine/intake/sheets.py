"""What is in a workbook or a CSV file, once its bytes are read: rows of cells, nothing judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeAlias

CellValue: TypeAlias = str | int | float | bool | datetime | date | time | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell."""

    value: CellValue  # of a formula the value that the file keeps of it; None: none is kept
    formula: bool = False
    error: bool = False  # the value is a spreadsheet's own error: #REF!, #N/A


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not blank."""

    number: int  # as the spreadsheet counts, from 1
    cells: Mapping[int, Cell]  # column, from 1, → cell; empty cells are left out


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a CSV file is one."""

    name: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Everything that a file holds."""

    name: str  # of the file, as the sender calls it
    sheets: tuple[Sheet, ...]


@lru_cache(maxsize=1024)  # places are told row by row, in the same few columns
def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 1.

    Examples
    --------
    >>> column_letters(1), column_letters(28), column_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(row: int, column: int) -> str:
    """Return the place of a cell as a spreadsheet names it: C5."""
    return f"{column_letters(column)}{row}"
