"""What do the rows of a workbook say, and which of them cannot be taken?

Every row below a heading has one outcome: accepted, rejected with its faults, or a duplicate; and
rows in = accepted + rejected + duplicate. A row's key depends on its content alone, so that the
same file imported twice adds nothing.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from types import MappingProxyType
from typing import Literal

from fenglian.engine.errors import SheetFault
from fenglian.engine.intake.sheets import Cell, Sheet, SheetRow, Sheets, place_of
from fenglian.engine.quantities import Quantity, plain
from fenglian.engine.registry import faults
from fenglian.engine.registry.cells import Known, missing, read_cell, words_of
from fenglian.engine.registry.figures import split_rate
from fenglian.engine.registry.headings import Headings, find_headings
from fenglian.engine.registry.profile import RECORDS, Record, Value, make_record
from fenglian.engine.registry.tables import EXPLANATION, LISTS, Column, TableDescription

Status = Literal["accepted", "rejected", "duplicate"]
OWNER = "uscc"  # column that says whose row it is
PROFILE = "profile"
_EMPTY = Cell(None)
_NOTHING: Mapping[str, Value] = MappingProxyType({})
_NOWHERE: Mapping[str, int] = MappingProxyType({})
_quote = json.encoder.encode_basestring  # what JSON writes of a text, without a detour


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row."""

    sheet: str
    row: int  # as the spreadsheet counts
    table: str | None  # None: the sheet's headings are not known
    status: Status
    record: Record | None  # of an accepted row or a duplicate
    key: str | None  # of table and whole content: the same row again has the same
    identity: str | None  # of table and key columns: the same item again has the same
    faults: tuple[SheetFault, ...] = ()  # why it was rejected
    warnings: tuple[SheetFault, ...] = ()  # what was done with it that its writer may not expect
    # By column, where the table makes no record.
    values: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)
    # Where the headings of such a table stand.
    at: Mapping[str, int] = field(default_factory=lambda: _NOWHERE)

    def place(self, column: str) -> dict[str, object]:
        """Return where a column of the row stands, and what is there, as faults take it."""
        at = self.at.get(column)
        words = words_of(_plain(self.values.get(column)))
        return {"sheet": self.sheet, "cell": place_of(self.row, at) if at else "", "value": words}


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What became of a file."""

    rows: tuple[RowOutcome, ...]  # in the order of the file
    warnings: tuple[SheetFault, ...]  # of headings
    left_aside: tuple[str, ...]  # sheets of a template that hold no rows

    def of(self, status: Status) -> tuple[RowOutcome, ...]:
        """Return the rows with that outcome."""
        return tuple(row for row in self.rows if row.status == status)

    @property
    def records(self) -> tuple[Record, ...]:
        """What was accepted."""
        return tuple(row.record for row in self.of("accepted") if row.record is not None)


@dataclass(slots=True)
class _Draft:
    sheet: str
    row: int
    table: TableDescription | None
    at: Mapping[str, int] = field(default_factory=dict)  # column name → where its heading stands
    values: dict[str, Value] = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)
    warnings: list[SheetFault] = field(default_factory=list)

    def place(self, column: str, value: object) -> dict[str, object]:
        """Return where a column of the row stands; a column that is not there has no cell."""
        return {"sheet": self.sheet, "cell": self.cell(column) or f"{self.row}", "value": value}

    def cell(self, column: str) -> str:
        """Return the cell of a column; empty where the sheet does not have it."""
        place = self.at.get(column)
        return place_of(self.row, place) if place else ""


def read_profile_sheets(
    sheets: Sheets,
    tables: Mapping[str, TableDescription],
    *,
    known: Known | None = None,
    owner: str | None = None,
    seen: Collection[str] = frozenset(),
) -> SheetReading:
    """Read what members say of themselves.

    Parameters
    ----------
    sheets
        Rows of cells, as the file holds them.
    tables
        What may be said; see ``describe_tables``.
    known
        Divisions and products that cells may name; what is not handed in is not looked up.
    owner
        Code of the one organisation that the file may speak of; None: of any.
    seen
        Keys of rows taken earlier; such a row is a duplicate.

    Returns
    -------
    SheetReading
        One outcome for every row that is not blank and stands below headings, or on a sheet
        without known headings.
    """
    drafts: list[_Draft] = []
    warnings: list[SheetFault] = []
    aside = []
    for sheet in sheets.sheets:
        if sheet.name in (EXPLANATION.zh, EXPLANATION.en, LISTS.zh, LISTS.en):
            aside.append(sheet.name)
            continue
        headings = find_headings(sheet, tables)
        if headings is None:
            drafts.extend(_refuse_sheet(sheet, tables))
            continue
        warnings.extend(headings.warnings)
        drafts.extend(_read_rows(sheet, headings, known or Known()))
    default = owner or _only_owner(drafts)
    for draft in drafts:
        _own(draft, owner, default)
        _check_row(draft)
    return SheetReading(tuple(_outcomes(drafts, seen)), tuple(warnings), tuple(aside))


def _refuse_sheet(sheet: Sheet, tables: Mapping[str, TableDescription]) -> Iterator[_Draft]:
    words = {
        "known_zh": "、".join(table.label.zh for table in tables.values()),
        "known_en": ", ".join(table.label.en for table in tables.values()),
    }
    for row in sheet.rows:
        if _is_blank(row):
            continue
        draft = _Draft(sheet.name, row.number, None)
        place = {"sheet": sheet.name, "cell": str(row.number), "value": sheet.name}
        draft.faults.append(faults.UnknownSheet(**place, **words))
        yield draft


def _is_blank(row: SheetRow) -> bool:
    return not any(
        words_of(cell.value) or cell.formula or cell.error for cell in row.cells.values()
    )


@dataclass(slots=True)
class _Present:
    """A column that the sheet has, and what its cells said so far that gave no fault."""

    column: Column
    name: str
    at: int
    unit: str  # its own, or its heading's
    unit_column: str | None
    said: dict[object, Value] = field(default_factory=dict)  # see ``_spoken``


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the rows of one sheet are read: worked out once, for there may be 100,000 of them."""

    sheet: str
    headings: Headings
    known: Known
    at: Mapping[str, int]
    columns: tuple[_Present, ...]
    blank: Mapping[str, None]  # names, as the table has them
    placed: frozenset[int]  # columns that have a heading


def _plan(sheet: Sheet, headings: Headings, known: Known) -> _Plan:
    at = {column.name: place for place, column in headings.columns.items()}
    table = headings.table
    # What stands in the unit that another column names is read after that one.
    columns = sorted(table.columns, key=lambda each: each.unit_column is not None)
    present = tuple(
        _Present(
            each,
            each.name,
            at[each.name],
            headings.units.get(each.name, each.unit),
            each.unit_column,
        )
        for each in columns
        if each.name in at  # a missing required column is one fault of the headings
    )
    placed = frozenset((*headings.columns, *headings.unknown))
    blank = dict.fromkeys(column.name for column in table.columns)
    return _Plan(sheet.name, headings, known, at, present, blank, placed)


def _read_rows(sheet: Sheet, headings: Headings, known: Known) -> Iterator[_Draft]:
    plan = _plan(sheet, headings, known)
    for row in sheet.rows:
        if row.number <= headings.row or _is_blank(row):
            continue
        cells, values = row.cells, dict[str, Value](plan.blank)
        draft = _Draft(sheet.name, row.number, headings.table, plan.at, values)
        draft.faults.extend(headings.faults)
        for each in plan.columns:
            cell = cells.get(each.at, _EMPTY)
            # The same words in the same column mean the same: most cells were read before.
            spoken = _spoken(cell) if each.unit_column is None else None
            if spoken is not None and spoken in each.said:
                values[each.name] = each.said[spoken]
            else:
                _read_column(draft, each, cell, plan)
        if not cells.keys() <= plan.placed:
            _warn_of_stray(draft, row, plan)
        yield draft


def _spoken(cell: Cell) -> object:
    """Return what tells a cell's value from others; None where its place counts as well."""
    value = cell.value
    if cell.formula or cell.error:
        return None
    return value if type(value) is str else (type(value), value)


def _read_column(draft: _Draft, present: _Present, cell: Cell, plan: _Plan) -> None:
    column, unit, spoken = present.column, present.unit, _spoken(cell)
    if present.unit_column:
        stated = draft.values.get(present.unit_column)
        if stated is None and draft.faults:
            if column.needed and not words_of(cell.value):
                draft.faults.append(missing(column, draft.place(column.name, "")))
            return  # what is wrong with the unit is a fault already
        unit = str(stated or "")  # without one the cell's own words must say it: 300台
        spoken = None if spoken is None else (unit, spoken)
        if spoken in present.said:
            draft.values[column.name] = present.said[spoken]
            return
    try:
        value, warnings = read_cell(cell, column, unit, draft.place(column.name, ""), plan.known)
    except SheetFault as fault:
        draft.faults.append(fault)
        return
    draft.values[column.name] = value
    draft.warnings.extend(warnings)
    if spoken is not None and not warnings:  # faults and warnings name their own place
        present.said[spoken] = value


def _warn_of_stray(draft: _Draft, row: SheetRow, plan: _Plan) -> None:
    for at, cell in sorted(row.cells.items()):
        words = words_of(cell.value)
        if at not in plan.placed and words:
            place = {"sheet": draft.sheet, "cell": place_of(row.number, at), "value": words}
            draft.warnings.append(faults.StrayCells(**place))
            return


def _only_owner(drafts: list[_Draft]) -> str | None:
    owners = {
        str(draft.values[OWNER])
        for draft in drafts
        if draft.table and draft.table.name == PROFILE and draft.values.get(OWNER)
    }
    return owners.pop() if len(owners) == 1 else None


def _own(draft: _Draft, owner: str | None, default: str | None) -> None:
    """Say whose row it is, where the row does not; refuse another's."""
    if draft.table is None or OWNER not in draft.values:
        return
    stated = draft.values[OWNER]
    if stated is None:
        if any(fault.facts["cell"] == draft.cell(OWNER) for fault in draft.faults):
            return
        draft.values[OWNER] = default
        if default is None:
            draft.faults.append(faults.MissingOwner(**draft.place(OWNER, "")))
    elif owner is not None and stated != owner:
        draft.faults.append(faults.OtherOwner(**draft.place(OWNER, stated), wanted=owner))


def _check_row(draft: _Draft) -> None:
    """Hold the cells of a row against each other."""
    values = draft.values
    start, end = values.get("valid_from"), values.get("valid_to")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        place = draft.place("valid_to", end.isoformat())
        draft.faults.append(faults.EndBeforeStart(**place, start=start.isoformat()))
    whole, free = values.get("quantity"), values.get("free")
    if isinstance(whole, Quantity) and isinstance(free, Quantity) and _exceeds(free, whole):
        place = draft.place("free", plain(free.figure))
        draft.faults.append(faults.FreeAboveCapacity(**place, whole=plain(whole.figure)))
    unit, period = values.get("unit"), values.get("period")
    if isinstance(unit, str) and isinstance(period, str):
        rate = split_rate(unit)[1]
        if rate is not None and rate != ("month" if "-" in period else "year"):
            draft.faults.append(faults.UnitOfPeriod(**draft.place("unit", unit), period=period))


def _exceeds(part: Quantity, whole: Quantity) -> bool:
    least, most = part.low, whole.high
    return part.unit == whole.unit and least is not None and most is not None and least > most


def _outcomes(drafts: list[_Draft], seen: Collection[str]) -> Iterator[RowOutcome]:
    first: dict[str, tuple[str, str, int]] = {}  # identity → key, sheet and row of the first such
    keys: dict[str, tuple[str, ...]] = {}  # table → columns that tell its rows apart
    spelling = _Spelling()
    for draft in drafts:
        table = draft.table
        if table is None or draft.faults:
            yield _outcome(draft, "rejected")
            continue
        if table.name not in keys:
            keys[table.name] = tuple(sorted(table.key))
        spelt = spelling.of_row(draft.values)
        identity = _digest(table.name, (spelt[name] for name in keys[table.name] if name in spelt))
        key = _digest(table.name, spelt.values())
        here = (key, draft.sheet, draft.row)
        earlier = first.setdefault(identity, here)
        if earlier[0] != key:
            draft.faults.append(_conflict(draft, table, earlier))
            yield _outcome(draft, "rejected")
            continue
        repeated = key in seen or earlier is not here
        yield _outcome(draft, "duplicate" if repeated else "accepted", key, identity)


def _conflict(draft: _Draft, table: TableDescription, earlier: tuple[str, str, int]) -> SheetFault:
    spoken = " · ".join(words_of(_plain(draft.values[name])) for name in table.key)
    place = draft.place(table.key[-1], spoken)
    return faults.ConflictingRow(**place, first=f"{earlier[1]}!{earlier[2]}")


def _outcome(
    draft: _Draft, status: Status, key: str | None = None, identity: str | None = None
) -> RowOutcome:
    table = draft.table.name if draft.table else None
    recorded = table is not None and table in RECORDS
    record = None
    if table is not None and recorded and key is not None:
        record = make_record(table, draft.values)
    return RowOutcome(
        draft.sheet,
        draft.row,
        table,
        status,
        record,
        key,
        identity,
        tuple(draft.faults),
        tuple(draft.warnings),
        _NOTHING if recorded else draft.values,
        _NOWHERE if recorded else draft.at,
    )


def row_key(table: str, values: Mapping[str, Value]) -> str:
    """Return a key of 32 hexadecimal digits that depends on the values and on nothing else.

    Examples
    --------
    >>> row_key("sites", {"name": "一厂"}) == row_key("sites", {"name": "一厂"})
    True
    """
    return _digest(table, _Spelling().of_row(values).values())


class _Spelling:
    """The JSON of values, member by member; of a value that comes again it is known."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Value, str]] = {}  # id → the value, so that it stays, and JSON

    def of_row(self, values: Mapping[str, Value]) -> dict[str, str]:
        """Return what JSON writes of each member that is known, in the order of the names."""
        return {
            name: f'"{name}": {_quote(value) if type(value) is str else self.of(value)}'
            for name in sorted(values)
            if (value := values[name]) is not None
        }

    def of(self, value: Value) -> str:
        """Return what JSON writes of one value."""
        found = self.known.get(id(value))
        if found is None:
            found = self.known[id(value)] = value, _quote(_plain(value))
        return found[1]


def _digest(table: str, members: Iterable[str]) -> str:
    """Return the digest of the JSON of a table's name and an object of these members."""
    return sha256(f'["{table}", {{{", ".join(members)}}}]'.encode()).hexdigest()[:32]


def _plain(value: Value) -> str:
    if type(value) is str:
        return value
    if isinstance(value, Quantity):
        ends = [value.figure] if value.top is None else [value.figure, value.top]
        return f"{value.bound} {'-'.join(plain(Decimal(end)) for end in ends)} {value.unit}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
