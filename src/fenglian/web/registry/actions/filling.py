"""What a unit fills in, in a form, a workbook or through a link, becomes its rows.

Every row has one outcome, and rows in = accepted + rejected + duplicate. The same file again adds
nothing. All of a file is kept in one transaction, or none of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fenglian.engine.errors import SheetFault
from fenglian.engine.intake.sheets import Cell, Sheet, SheetRow, Sheets
from fenglian.engine.registry.faults import CodeTaken, HeldBack
from fenglian.engine.registry.profile import row_of
from fenglian.engine.registry.sheets import RowOutcome, read_profile_sheets
from fenglian.engine.registry.tables import TableDescription
from fenglian.web.access.rights import Right
from fenglian.web.accounts.actor import Actor
from fenglian.web.registry.actions.owned import Entry, may_write, save_rows
from fenglian.web.registry.models import Import, ProfileWord, PublicRow, Way
from fenglian.web.registry.profile_tables import known_names, pack, profile_tables
from fenglian.web.registry.profile_words import CODE, all_as_compared

PROFILE = "profile"
FORM_NAME = "form"  # what a fault calls a sheet that nobody named
Screen = Callable[[RowOutcome], RowOutcome]  # refuses rows that would else be taken


def as_it_is(row: RowOutcome) -> RowOutcome:
    """Refuse nothing."""
    return row


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of what was sent in: nothing is lost."""

    rows: tuple[RowOutcome, ...]
    warnings: tuple[SheetFault, ...] = ()
    left_aside: tuple[str, ...] = ()

    def count(self, status: str) -> int:
        """Return how many rows had an outcome."""
        return sum(row.status == status for row in self.rows)

    @property
    def accepted(self) -> int:
        """Rows that were kept."""
        return self.count("accepted")

    @property
    def rejected(self) -> int:
        """Rows that were not, each with its fault."""
        return self.count("rejected")

    @property
    def duplicate(self) -> int:
        """Rows that were here before."""
        return self.count("duplicate")

    @property
    def faults(self) -> tuple[SheetFault, ...]:
        """Everything that was wrong."""
        return tuple(fault for row in self.rows for fault in row.faults)


@transaction.atomic
def receive_sheets(
    actor: Actor,
    owner: int,
    sheets: Sheets,
    way: Way,
    *,
    digest: str = "",
    screen: Screen = as_it_is,
    tables: Mapping[str, TableDescription] | None = None,
    whole: bool = False,
) -> Receipt:
    """Keep the rows that a unit sends in, each once; of a ``whole`` file all or none.

    Through a link the sender sees nothing of what is kept: what is left empty there is not
    taken away, whereas the unit's own people see what they empty.

    Raises ``PermissionDenied`` where the actor may not write for that unit.
    """
    reading = read_profile_sheets(
        sheets,
        tables or profile_tables(),
        known=known_names(actor.alliance.pack),
        owner=code_of_unit(actor, owner),
    )
    screened = _refuse_taken(actor, owner, [screen(row) for row in reading.rows])
    if whole:
        screened = _all_or_none(screened)
    rows = _keep(actor, owner, screened, way)
    receipt = Receipt(rows, reading.warnings, reading.left_aside)
    if digest:
        _remember(actor, owner, sheets.name, digest, receipt)
    return receipt


def _refuse_taken(actor: Actor, owner: int, rows: Sequence[RowOutcome]) -> Iterable[RowOutcome]:
    """Refuse all rows where the profile among them has the code of another unit."""
    codes = [
        str(row_of(row.record)[CODE])
        for row in rows
        if row.status == "accepted" and row.table == PROFILE and row.record
    ]
    held = ProfileWord.objects.filter(
        alliance_id=actor.alliance.id, column=CODE, text__in=all_as_compared(codes)
    )
    others = PublicRow.objects.visible_to(actor, Right.READ).exclude(owner_id=owner)
    taken = others.filter(pk__in=held.values("row_id"), ended_at=None).first() if codes else None
    if taken is None:
        return rows
    code = str(taken.values[CODE])
    return [_refused(row, code) if row.status == "accepted" else row for row in rows]


def _all_or_none(rows: Iterable[RowOutcome]) -> Sequence[RowOutcome]:
    """Refuse the sound rows too where any is faulty."""
    found = list(rows)
    faulty = sum(row.status == "rejected" for row in found)
    return [_held_back(row, faulty) if faulty else row for row in found]


def _held_back(row: RowOutcome, faulty: int) -> RowOutcome:
    if row.status != "accepted":
        return row
    fault = HeldBack(sheet=row.sheet, cell=str(row.row), value="", others=faulty)
    return replace(row, status="rejected", record=None, faults=(fault,))


def _refused(row: RowOutcome, code: str) -> RowOutcome:
    fault = CodeTaken(sheet=row.sheet, cell=str(row.row), value=code)
    return replace(row, status="rejected", record=None, faults=(fault,))


def _keep(actor: Actor, owner: int, rows: Iterable[RowOutcome], way: Way) -> tuple[RowOutcome, ...]:
    outcomes = list(rows)
    forms: dict[str, dict[str, Entry]] = defaultdict(dict)
    for row in outcomes:
        if row.status == "accepted" and row.table and row.record and row.identity:
            forms[row.table][row.identity] = _entry(profile_tables()[row.table], row, way)
    same: set[tuple[str, str]] = set()
    for form, entries in forms.items():
        saved = save_rows(actor, owner, form, entries.values(), way, whole=way is not Way.LINK)
        same |= {(form, key) for key in saved.same}
    return tuple(
        replace(row, status="duplicate")
        if row.status == "accepted" and (row.table, row.identity) in same
        else row
        for row in outcomes
    )


def _entry(table: TableDescription, row: RowOutcome, way: Way) -> Entry:
    assert row.record is not None  # noqa: S101  # accepted rows have one
    read = row_of(row.record)
    values = {each.name: pack(each, read.get(each.name)) for each in table.columns}
    if way is Way.LINK:
        values = {name: value for name, value in values.items() if value is not None}
    return Entry(key=row.identity or "", values=values)


def code_of_unit(actor: Actor, owner: int) -> str | None:
    """Return the code that a unit's profile has; None: it has none yet."""
    rows = PublicRow.objects.visible_to(actor, Right.READ).filter(
        owner_id=owner, form=PROFILE, ended_at=None
    )
    row = rows.first()
    return row.values.get(CODE) if row else None


def _remember(actor: Actor, owner: int, name: str, digest: str, receipt: Receipt) -> None:
    before = Import.objects.whole().filter(owner_id=owner, sha256=digest)
    if before.exists():
        return
    Import.objects.create(
        alliance_id=actor.alliance.id,
        owner_id=owner,
        sha256=digest,
        name=name[:255],
        rows=len(receipt.rows),
        accepted=receipt.accepted,
        rejected=receipt.rejected,
        duplicate=receipt.duplicate,
        imported_by_id=actor.user or None,
        imported_at=timezone.now(),
    )


def fill_form(
    actor: Actor, owner: int, form: str, typed: Mapping[str, str], way: Way = Way.OWNER
) -> Receipt:
    """Keep one row of a form as a person typed it, column by column.

    Raises ``PermissionDenied`` where the actor may not write for that unit.
    """
    return fill_rows(actor, owner, form, [typed], way)


def fill_rows(
    actor: Actor,
    owner: int,
    form: str,
    rows: Sequence[Mapping[str, str]],
    way: Way = Way.OWNER,
    *,
    screen: Screen = as_it_is,
) -> Receipt:
    """Keep rows of a form as typed, by column; the first one is row 2, below the headings.

    Raises ``PermissionDenied`` where the actor may not write for that unit.
    """
    if not may_write(actor, form, owner):
        raise PermissionDenied
    return receive_sheets(actor, owner, sheet_of(profile_tables()[form], rows), way, screen=screen)


def sheet_of(table: TableDescription, rows: Sequence[Mapping[str, str]]) -> Sheets:
    """Return typed rows as a sheet of the form, under its headings."""
    heading = {number: Cell(each.label.zh) for number, each in enumerate(table.columns, 1)}
    lines = [SheetRow(1, heading)]
    for at, typed in enumerate(rows, 2):
        words = {number: typed.get(each.name, "") for number, each in enumerate(table.columns, 1)}
        cells = {number: Cell(word.strip()) for number, word in words.items() if word.strip()}
        lines.append(SheetRow(at, cells))
    return Sheets(FORM_NAME, (Sheet(table.label.zh, tuple(lines)),))


def fills(actor: Actor, owner: int) -> tuple[str, ...]:
    """Return the forms that an actor may fill in for a unit."""
    return tuple(form for form in profile_tables() if may_write(actor, form, owner))
