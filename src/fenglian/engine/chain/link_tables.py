"""What do a user's own tables say: who supplies whom, who is who, which input is essential?

Each row is accepted, rejected with its place and the way out, or a duplicate; none is lost.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fenglian.engine.chain import faults, link_faults
from fenglian.engine.chain.link_faults import MissingHeading, NothingAccepted
from fenglian.engine.chain.supply_network import (
    UNKNOWN,
    SupplyNetwork,
    TableIntake,
    make_network,
)
from fenglian.engine.chain.tables import nearest
from fenglian.engine.errors import PackFault

CLASSES = ("0", "1", "2")
NUMBERS = ("revenue", "cost", "weight")
NAMES = ("sector", "market", "owner", "region")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as the user gave it."""

    name: str  # of the file; for messages only
    content: bytes


@dataclass(slots=True)
class RowCount:
    """What became of the rows so far."""

    name: str
    read: int = 0
    accepted: int = 0
    duplicates: int = 0
    wrong: list[PackFault] = field(default_factory=list)

    def take(self, row: "Callable[[], bool]") -> None:
        """Read one row: it is accepted, or a duplicate, or wrong."""
        self.read += 1
        try:
            if row():
                self.accepted += 1
            else:
                self.duplicates += 1
        except PackFault as fault:
            self.wrong.append(fault)

    def close(self) -> TableIntake:
        """Return the counts; a table of which nothing can be used is refused."""
        if not self.accepted:
            first = self.wrong[0] if self.wrong else faults.EmptyTable(table=self.name)
            raise NothingAccepted(
                name=self.name,
                count=self.read,
                first_zh=first.message("zh"),
                first_en=first.message("en"),
            )
        wrong = tuple(self.wrong)
        return TableIntake(self.name, self.read, self.accepted, len(wrong), self.duplicates, wrong)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row and its place."""

    table: str
    line: int  # as a spreadsheet counts: 1 is the header
    cells: dict[str, str]
    wanted: int
    found: int

    def fault(self, kind: type[PackFault], column: str = "", **facts: object) -> PackFault:
        """Return a fault of this row at a column."""
        place = {"table": self.table, "row": self.line, "column": column}
        return kind(**place, **{"value": self.cells.get(column, ""), **facts})

    def check(self) -> None:
        """Refuse a row of too many or too few cells."""
        if self.wanted != self.found:
            raise self.fault(faults.WrongRowLength, value=self.found, wanted=self.wanted)

    def text(self, column: str) -> str:
        """Return the words of a cell that must have some."""
        if not self.cells.get(column):
            raise self.fault(faults.MissingValue, column)
        return self.cells[column]

    def amount(self, column: str) -> float:
        """Return the number of a cell, NaN where it is empty."""
        words = self.cells.get(column, "")
        if not words:
            return math.nan
        if words.lower().lstrip("+-") in ("nan", "inf", "infinity"):
            raise self.fault(faults.NotFinite, column)
        if _THOUSANDS.fullmatch(words):
            words = words.replace(",", "")
        if not _NUMBER.fullmatch(words):
            raise self.fault(link_faults.NotAnAmount, column)
        number = float(words)
        if not math.isfinite(number):
            raise self.fault(faults.NotFinite, column)
        if number < 0:
            raise self.fault(faults.NegativeQuantity, column)
        return number

    def felt(self, column: str) -> int:
        """Return the class of a cell, UNKNOWN where it is empty."""
        words = self.cells.get(column, "")
        if not words:
            return UNKNOWN
        if words not in CLASSES:
            raise self.fault(faults.UnknownWord, column, allowed=", ".join(CLASSES))
        return int(words)


def read_network(
    links: TableFile, firms: TableFile, essentiality: TableFile | None = None
) -> SupplyNetwork:
    """Read a supply network from tables in CSV.

    Parameters
    ----------
    links
        Columns supplier, buyer, value, and if wanted class (0 not felt, 1 non-essential,
        2 essential) of this very link.
    firms
        Columns firm, sector, and if wanted market, revenue, cost, weight, owner, region.
    essentiality
        Columns input, output (sectors) and class; a pair that is not in it is non-essential.

    Returns
    -------
    SupplyNetwork
        With what became of every row in ``intakes``.

    Raises
    ------
    MissingHeading
        Where a table lacks a column.
    NothingAccepted
        Where no row of a table can be used.
    PackFault
        Where a table cannot be read at all.
    """
    counted, known = _read_firms(firms)
    rated_count, rated = _read_essentiality(essentiality) if essentiality else (None, None)
    links_count, pairs = _read_links(links, known)
    names = list(known)
    network_links = [(*pair, value, felt) for pair, (value, felt, _) in pairs.items()]
    columns: dict[str, list[float | str]] = {
        column: [known[name].amount(column) for name in names] for column in NUMBERS
    }
    for column in NAMES[1:]:
        columns[column] = [known[name].cells.get(column, "") for name in names]
    sectors = [known[name].cells.get("sector", "") for name in names]
    network = make_network(names, sectors, network_links, rated, **columns)
    intakes = [links_count, counted] + ([rated_count] if rated_count else [])
    object.__setattr__(network, "intakes", tuple(intakes))
    return network


def _read_firms(file: TableFile) -> tuple[TableIntake, dict[str, TableRow]]:
    count, known = RowCount(file.name), dict[str, TableRow]()

    def take(row: TableRow) -> bool:
        row.check()
        name = row.text("firm")
        for column in NUMBERS:
            row.amount(column)
        if name not in known:
            known[name] = row
            return True
        if known[name].cells == row.cells:
            return False
        raise row.fault(faults.DuplicateKey, "firm", first=known[name].line)

    for row in read_rows(file, ("firm", "sector")):
        count.take(lambda row=row: take(row))  # type: ignore[misc]  # bound at once
    return count.close(), known


def _read_essentiality(file: TableFile) -> tuple[TableIntake, dict[tuple[str, str], int]]:
    count, rated = RowCount(file.name), dict[tuple[str, str], tuple[int, int]]()  # class, line

    def take(row: TableRow) -> bool:
        row.check()
        pair = (row.text("input"), row.text("output"))
        row.text("class")
        felt = row.felt("class")
        if pair not in rated:
            rated[pair] = (felt, row.line)
            return True
        if rated[pair][0] == felt:
            return False
        raise row.fault(faults.DuplicateKey, "input", first=rated[pair][1])

    for row in read_rows(file, ("input", "output", "class")):
        count.take(lambda row=row: take(row))  # type: ignore[misc]  # bound at once
    return count.close(), {pair: felt for pair, (felt, _) in rated.items()}


Pairs = dict[tuple[str, str], tuple[float, int, int]]  # value, class, line of the first


def _read_links(file: TableFile, known: dict[str, TableRow]) -> tuple[TableIntake, Pairs]:
    count, pairs = RowCount(file.name), Pairs()

    def take(row: TableRow) -> bool:
        row.check()
        supplier, buyer = _firm(row, "supplier", known), _firm(row, "buyer", known)
        row.text("value")
        value, felt = row.amount("value"), row.felt("class")
        if supplier == buyer:
            raise row.fault(link_faults.OwnSupplier, "buyer")
        if value == 0:
            raise row.fault(link_faults.NothingSupplied, "value")
        before = pairs.get((supplier, buyer))
        if before is None:
            pairs[supplier, buyer] = (value, felt, row.line)
            return True
        if before[1] != felt:
            raise row.fault(link_faults.OtherClass, "class", first=before[2])
        pairs[supplier, buyer] = (before[0] + value, felt, before[2])
        return False

    for row in read_rows(file, ("supplier", "buyer", "value")):
        count.take(lambda row=row: take(row))  # type: ignore[misc]  # bound at once
    return count.close(), pairs


def _firm(row: TableRow, column: str, known: dict[str, TableRow]) -> str:
    name = row.text(column)
    if name not in known:
        # Nearest names cost a search through all firms: too much for every row of a large table.
        like = nearest(name, known) if len(known) <= 2_000 else "–"
        raise row.fault(faults.UnknownId, column, target="firms", nearest=like)
    return name


def read_rows(file: TableFile, needed: tuple[str, ...]) -> Iterator[TableRow]:
    """Yield the rows of a table that has these columns; empty ones are left out."""
    records = csv.reader(io.StringIO(_decode(file), newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(records, [])]
        for column in needed:
            if column not in header:
                raise MissingHeading(
                    name=file.name, column=column, found=", ".join(filter(None, header)) or "–"
                )
        for line, record in enumerate(records, start=2):
            cells = [cell.strip() for cell in record]
            if any(cells):
                pairs = dict(zip(header, cells, strict=False))
                yield TableRow(file.name, line, pairs, len(header), len(cells))
    except csv.Error as fault:
        raise faults.UnreadableFile(table=file.name, value=str(fault)) from None


def _decode(file: TableFile) -> str:
    """Return the text: UTF-8, or GB18030 as Chinese spreadsheets write it."""
    for charset in ("utf-8-sig", "gb18030"):
        try:
            text = file.content.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise faults.UnreadableFile(table=file.name, value="utf-8, gb18030")
