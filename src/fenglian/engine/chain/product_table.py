"""What does a user's own table of pairs say? Every row is taken, refused, or a repetition.

A table has three columns that matter: two names and an amount. Other columns are left alone.
Rows in = accepted + rejected + duplicate, and what was refused says why and what to do.
"""

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np

from fenglian.engine.chain import faults, table_faults
from fenglian.engine.errors import PackFault
from fenglian.engine.kernels.explosion import Floats, Integers

MAX_BYTES = 256 * 1024 * 1024
MAX_CELLS = 25_000_000  # 200 MB; the matrices that are computed from it have the same size
STEP = 20_000  # rows between two words about progress
Progress = Callable[[int, int], None]  # rows done, rows in all
Headings = Mapping[str, tuple[str, ...]]  # column → how its heading may be written

PRODUCT_HEADINGS: Headings = {
    "place": ("country", "place", "region", "county", "国家", "地区", "地方", "县"),
    "product": ("product", "product_id", "hs", "产品", "商品"),
    "value": ("value", "amount", "export", "数值", "金额", "产值", "出口额"),
}
FLOW_HEADINGS: Headings = {
    "supplier": ("supplier", "from", "供给部门", "投入部门"),
    "user": ("user", "to", "使用部门", "产出部门"),
    "value": ("value", "amount", "数值", "金额"),
}
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?")
_NOT_FINITE = {"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity"}


@dataclass(frozen=True, slots=True, eq=False)
class ProductTable:
    """Who makes, or trades, how much of what: two lists of names and a matrix."""

    places: tuple[str, ...]  # sorted
    products: tuple[str, ...]  # sorted
    amounts: Floats  # (places, products), in the unit of the table; 0 where no row says more


@dataclass(frozen=True, slots=True, eq=False)
class PairReading:
    """What became of a table's rows."""

    name: str
    firsts: tuple[str, ...]  # of accepted rows
    seconds: tuple[str, ...]
    values: tuple[float, ...]
    rejected: tuple[PackFault, ...]  # one a row, in the order of the file
    duplicates: tuple[int, ...]  # rows as a spreadsheet counts: 1 is the header

    @property
    def rows_in(self) -> int:
        """How many rows the file has below its header, blank ones not counted."""
        return len(self.values) + len(self.rejected) + len(self.duplicates)


def read_pairs(
    content: bytes, name: str, headings: Headings, progress: Progress | None = None
) -> PairReading:
    """Read a table of two names and an amount.

    Parameters
    ----------
    content
        CSV, in UTF-8 or GB18030, separated by commas, with a header.
    name
        Of the file, for messages.
    headings
        The three columns: first name, second name, amount.
    progress
        Told rows done and rows in all.

    Returns
    -------
    PairReading
        A pair that is there twice with one amount counts once; with two amounts the later row
        is rejected, for nobody knows which is right.

    Raises
    ------
    TableTooLarge
        Where there are more than 256 MiB.
    TableRefused
        Where it is no text, lacks a column, or no row can be taken.
    """
    if len(content) > MAX_BYTES:
        raise table_faults.TableTooLarge(name=name, size=len(content), limit=MAX_BYTES)
    records = _records(content, name)
    columns = _find_columns(records[0] if records else [], name, headings)
    reader = _Reader(name, columns, len(records[0]))
    for line, record in enumerate(records[1:], start=2):
        if progress and line % STEP == 0:
            progress(line, len(records))
        reader.take(line, record)
    if progress:
        progress(len(records), len(records))
    pairs = list(reader.seen)
    if not pairs:
        raise table_faults.TableRefused(
            name, tuple(reader.rejected) or (faults.EmptyTable(table=name),)
        )
    return PairReading(
        name=name,
        firsts=tuple(first for first, _ in pairs),
        seconds=tuple(second for _, second in pairs),
        values=tuple(value for value, _ in reader.seen.values()),
        rejected=tuple(reader.rejected),
        duplicates=tuple(reader.duplicates),
    )


def product_table(
    places: Iterable[str], products: Iterable[str], values: Iterable[float], *, name: str = "table"
) -> ProductTable:
    """Build a matrix of three columns that are equally long; equal pairs add up.

    Raises
    ------
    TableTooWide
        Where places × products are more than 25 million.

    Examples
    --------
    >>> table = product_table(["b", "a"], ["steel", "steel"], [2.0, 1.0])
    >>> table.places, table.amounts.ravel().tolist()
    (('a', 'b'), [1.0, 2.0])
    """
    rows, row_names = code_names(places)
    columns, column_names = code_names(products)
    shape = len(row_names), len(column_names)
    if shape[0] * shape[1] > MAX_CELLS:
        raise table_faults.TableTooWide(
            name=name, places=shape[0], products=shape[1], limit=MAX_CELLS
        )
    amounts: Floats = np.bincount(
        rows * shape[1] + columns,
        weights=np.fromiter(values, np.float64),
        minlength=shape[0] * shape[1],
    ).astype(np.float64, copy=False)
    return ProductTable(row_names, column_names, amounts.reshape(shape))


def code_names(names: Iterable[str]) -> tuple[Integers, tuple[str, ...]]:
    """Return the place of each name in the sorted list of names, and that list.

    Examples
    --------
    >>> codes, names = code_names(["b", "a", "b"])
    >>> codes.tolist(), names
    ([1, 0, 1], ('a', 'b'))
    """
    # One pass codes names as they come; that is half the time of collecting them first.
    met: defaultdict[str, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(met.__getitem__, names), np.int64)
    ordered = sorted(met)
    rank = np.empty(len(ordered), np.int64)
    rank[[met[name] for name in ordered]] = np.arange(len(ordered))
    return rank[codes], tuple(ordered)


class _Reader:
    """Takes rows one by one and remembers what became of them."""

    def __init__(self, name: str, columns: dict[str, int], width: int) -> None:
        self.name, self.columns, self.width = name, columns, width
        self.seen: dict[tuple[str, str], tuple[float, int]] = {}
        self.rejected: list[PackFault] = []
        self.duplicates: list[int] = []

    def take(self, line: int, record: list[str]) -> None:
        if not any(cell.strip() for cell in record):
            return
        if len(record) != self.width:
            fault = faults.WrongRowLength(
                table=self.name, row=line, value=len(record), wanted=self.width
            )
            self.rejected.append(fault)
            return
        first, second, words = (record[at].strip() for at in self.columns.values())
        value = self._amount(line, first, second, words)
        if isinstance(value, PackFault):
            self.rejected.append(value)
            return
        held = self.seen.setdefault((first, second), (value, line))
        if held[1] == line:
            return
        if held[0] == value:
            self.duplicates.append(line)
            return
        self.rejected.append(
            table_faults.Contradiction(
                table=self.name,
                row=line,
                column=list(self.columns)[2],
                value=words,
                pair=f"{first} · {second}",
                first=held[1],
            )
        )

    def _amount(self, line: int, first: str, second: str, words: str) -> float | PackFault:
        names = list(self.columns)
        for column, cell in zip(names[:2], (first, second), strict=True):
            if not cell:
                return faults.MissingValue(table=self.name, row=line, column=column, value="")
        return read_amount(words, {"table": self.name, "row": line, "column": names[2]})


def read_amount(words: str, place: dict[str, object]) -> float | PackFault:
    """Return the amount that a cell holds, or what is wrong with it."""
    if not words:
        return table_faults.EmptyAmount(**place, value="")
    if words.lower() in _NOT_FINITE:
        return table_faults.NotAnAmount(**place, value=words)
    if not _NUMBER.fullmatch(words) or not any(each.isdigit() for each in words):
        return table_faults.NotAnAmount(**place, value=words)
    number = float(words.replace(",", ""))
    if not math.isfinite(number):
        return table_faults.NotAnAmount(**place, value=words)
    return faults.NegativeQuantity(**place, value=words) if number < 0 else number


def _records(content: bytes, name: str) -> list[list[str]]:
    try:
        text = _decode(content)
        if "\0" in text:
            raise csv.Error("NUL")
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise table_faults.TableRefused(
            name, (faults.UnreadableFile(table=name, value=str(fault)),)
        ) from None


def _decode(content: bytes) -> str:
    """Return the text; spreadsheets in China still write GB18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _find_columns(header: list[str], name: str, headings: Headings) -> dict[str, int]:
    if not header:
        raise table_faults.TableRefused(name, (faults.EmptyTable(table=name),))
    written = [cell.strip().lower() for cell in header]
    found = {
        column: next((written.index(each) for each in known if each in written), -1)
        for column, known in headings.items()
    }
    missing = tuple(_missing(name, header, headings, found))
    if missing:
        raise table_faults.TableRefused(name, missing)
    return {header[at].strip(): at for at in found.values()}  # as the file calls them


def _missing(
    name: str, header: list[str], headings: Headings, found: dict[str, int]
) -> Iterator[PackFault]:
    for column, at in found.items():
        if at < 0:
            shown = ", ".join(cell.strip() for cell in header)[:120]
            yield table_faults.NoColumn(
                table=name, row=1, column=column, wanted=", ".join(headings[column]), found=shown
            )
