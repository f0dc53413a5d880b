"""A unit's own table comes in: its headings are told apart, looked at, confirmed once, and kept.

A look before keeping does everything that keeping does, and takes it back: so what it foretells is
what happens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fenglian.engine.intake.sheets import Sheets
from fenglian.engine.registry.mapping import Recognised, recognise, with_mapping
from fenglian.engine.registry.sheets import SheetReading
from fenglian.outside.workbook import read_workbook
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.registry.actions.filling import PROFILE, Receipt, receive_sheets
from fenglian.web.registry.actions.owned import may_write
from fenglian.web.registry.models import Heading, Way
from fenglian.web.registry.profile_tables import profile_tables

LONGEST_HEADING, MOST_HEADINGS = 200, 400  # characters of one; of a unit
Meanings = Mapping[str, Mapping[str, str]]  # form → heading as written → column; empty: of no use


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds, what its headings were taken for, and what became of its rows."""

    sheets: Sheets
    seen: tuple[Recognised, ...]
    receipt: Receipt
    kept: bool  # False: it was only looked at

    @property
    def reading(self) -> SheetReading:
        """The outcomes as the engine has them."""
        return SheetReading(self.receipt.rows, self.receipt.warnings, self.receipt.left_aside)


def import_workbook(
    actor: Actor,
    owner: int,
    *,
    content: bytes,
    name: str,
    meanings: Meanings | None = None,
    whole: bool = False,
) -> Receipt:
    """Bring a file of a unit in; see ``bring_workbook``."""
    brought = bring_workbook(
        actor, owner, content=content, name=name, meanings=meanings, whole=whole, keep=True
    )
    return brought.receipt


def bring_workbook(
    actor: Actor,
    owner: int,
    *,
    content: bytes,
    name: str,
    meanings: Meanings | None = None,
    whole: bool = False,
    keep: bool = False,
) -> Brought:
    """Bring a workbook or a CSV file of a unit in, or only look what would become of it.

    Parameters
    ----------
    meanings
        What a person says that headings mean; remembered for the unit's next files once it is kept.
    whole
        All rows or none, instead of row by row.
    keep
        False: nothing is kept, the outcomes are those that keeping would have.

    Raises
    ------
    PermissionDenied
        Where the actor may not write for that unit.
    WorkbookError, DocumentError
        Where the file is not read at all.
    """
    if not may_write(actor, PROFILE, owner):
        raise PermissionDenied
    sheets = read_workbook(content, name)  # in a child with limits, before anything is locked
    said = _sound(meanings or {})
    with transaction.atomic():
        tables = with_mapping(profile_tables(), _together(_remembered(owner), said), name)
        receipt = receive_sheets(
            actor,
            owner,
            sheets,
            Way.IMPORT,
            digest=sha256(content).hexdigest(),
            tables=tables,
            whole=whole,
        )
        if keep:
            _remember_headings(actor, owner, said)
        else:
            transaction.set_rollback(True)
    return Brought(sheets, recognise(sheets, tables), receipt, keep)


def _sound(meanings: Meanings) -> dict[str, dict[str, str]]:
    """Return the meanings that name a form and a column of it that there is."""
    found: dict[str, dict[str, str]] = {}
    for form, table in profile_tables().items():
        columns = {column.name for column in table.columns}
        said = {
            heading: column
            for heading, column in meanings.get(form, {}).items()
            if column in columns and 0 < len(heading) <= LONGEST_HEADING
        }
        if said:
            found[form] = said
    return found


def _remembered(owner: int) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = Heading.objects.whole().filter(owner_id=owner)
    for form, words, column in rows.values_list("form", "words", "column"):
        found.setdefault(form, {})[words] = column
    return _sound(found)  # a column that the form no longer has means nothing


def _together(first: Meanings, second: Meanings) -> dict[str, dict[str, str]]:
    forms = {*first, *second}
    return {form: {**first.get(form, {}), **second.get(form, {})} for form in sorted(forms)}


def _remember_headings(actor: Actor, owner: int, said: Meanings) -> None:
    before = _remembered(owner)
    room = MOST_HEADINGS - sum(map(len, before.values()))
    new = [
        Heading(
            alliance_id=actor.alliance.id,
            owner_id=owner,
            form=form,
            words=words,
            column=column,
            confirmed_by_id=actor.user or None,
            confirmed_at=timezone.now(),
        )
        for form, headings in said.items()
        for words, column in headings.items()
        if before.get(form, {}).get(words) != column
    ][: max(room, 0)]
    if not new:
        return
    Heading.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=("owner", "form", "words"),
        update_fields=("column", "confirmed_by", "confirmed_at"),
    )
    told = Occurrence(
        act="add",
        table="registry.heading",
        rows=tuple(sorted({each.form for each in new})),
        owner=owner,
        data_class=Heading.data_class.value,
        detail={"columns": sorted({each.column for each in new})},
    )
    record(actor, [told])
