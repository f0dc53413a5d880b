"""The only writer of proposals: what others suggest to a unit, and what it decides.

Only columns that members may see are proposed. A proposal names the columns that it changes, and
those that tell the row; taken over, it leaves all other columns as they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.utils import timezone

from fenglian.engine.registry.cells import write_cell
from fenglian.engine.registry.profile import row_of
from fenglian.engine.registry.sheets import RowOutcome, read_profile_sheets
from fenglian.engine.registry.tables import TableDescription
from fenglian.web.access.rights import Right
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner, Seat
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.registry.actions.filling import Receipt, code_of_unit, sheet_of
from fenglian.web.registry.actions.owned import Entry, save_for_the_house
from fenglian.web.registry.faults import NothingProposed
from fenglian.web.registry.models import OWNED, OwnedRow, Proposal, Way
from fenglian.web.registry.profile_tables import known_names, pack, profile_tables, unpack
from fenglian.web.registry.queries.owned import proposable

PROPOSAL = "registry.proposal"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of a proposal: the way it was read, and whether it waits or took effect."""

    receipt: Receipt
    waits: bool = False


def propose_row(
    actor: Actor, owner: int, form: str, typed: Mapping[str, str], *, row: str = ""
) -> Proposed:
    """Suggest a row as typed, new or in place of the one of that slug.

    Raises
    ------
    PermissionDenied
        Where the role may propose nothing of this form, or not to this unit.
    ObjectDoesNotExist
        Where there is no such unit or row.
    NothingProposed
        Where all of it stands already.
    """
    table = profile_tables()[form]
    if not Owner.objects.filter(pk=owner, alliance_id=actor.alliance.id).exists():
        raise ObjectDoesNotExist
    open_columns = set(proposable(actor, table, owner))
    if not open_columns:
        raise PermissionDenied
    offered = replace(
        table,
        columns=tuple(
            each if each.name in open_columns or each.is_key else replace(each, required="no")
            for each in table.columns
        ),
    )
    before = _standing(actor, owner, form, row)
    shown = {name: words for name, words in typed.items() if name in open_columns}
    if before is not None:  # which row it is does not change
        shown |= _key_words(table, before)
    reading = read_profile_sheets(
        sheet_of(offered, [shown]),
        {form: offered},
        known=known_names(actor.alliance.pack),
        owner=code_of_unit(actor, owner),
    )
    receipt = Receipt(reading.rows, reading.warnings)
    if receipt.rejected or not receipt.rows:
        return Proposed(receipt)
    [outcome] = receipt.rows
    entry = _changes(table, outcome, open_columns, before)
    return Proposed(receipt, waits=propose(actor, owner, form, entry) is not None)


def _standing(actor: Actor, owner: int, form: str, slug: str) -> Entry | None:
    """Return the row that is corrected, as far as members see it; None: a new one is proposed."""
    if not slug:
        return None
    found: list[OwnedRow] = []
    for model in OWNED[:2]:  # S0 and S1: more is not proposed
        rows = model.objects.visible_to(actor).filter(owner_id=owner, form=form)
        found.extend(rows.filter(slug=slug, ended_at=None))
    if not found:
        raise ObjectDoesNotExist
    values: dict[str, Any] = {}
    for each in found:
        values |= each.values
    return Entry(found[0].key, values)


def _key_words(table: TableDescription, before: Entry) -> dict[str, str]:
    return {
        name: str(write_cell(unpack(column, before.values.get(name)), column, column.unit, "zh"))
        for name in table.key
        for column in [table.column(name)]
    }


def _changes(
    table: TableDescription, outcome: RowOutcome, columns: set[str], before: Entry | None
) -> Entry:
    """Return the columns that a proposal changes, beside those that tell which row it is."""
    assert outcome.record is not None  # noqa: S101  # accepted rows have one
    read = row_of(outcome.record)
    values = {
        each.name: pack(each, read.get(each.name)) for each in table.columns if each.name in columns
    }
    if before is None:  # should there be such a row after all, it loses nothing
        stated = {name: value for name, value in values.items() if value is not None}
        return Entry(outcome.identity or "", stated)
    named = {name: before.values.get(name) for name in table.key}
    changed = {
        name: value
        for name, value in values.items()
        if name not in named and value != before.values.get(name)
    }
    if not changed:
        raise NothingProposed
    return Entry(before.key, named | changed)


@transaction.atomic
def propose(actor: Actor, owner: int, form: str, entry: Entry) -> Proposal | None:
    """Suggest columns of a row to its unit, which confirms; a unit without people takes it at once.

    Returns
    -------
    Proposal | None
        None where it took effect at once.

    Raises
    ------
    PermissionDenied
        Where the role may not propose all of these columns.
    """
    table = profile_tables()[form]
    if not set(entry.values) <= set(proposable(actor, table, owner)):
        raise PermissionDenied
    with on_behalf_of_the_house():
        seats = Seat.objects.filter(owner_id=owner, user__is_active=True, ended_at=None)
        if not seats.exists():
            save_for_the_house(actor, owner, form, [entry], Way.SECRETARIAT, whole=False)
            return None
        row: Proposal = Proposal.objects.create(
            alliance_id=actor.alliance.id,
            owner_id=owner,
            form=form,
            key=entry.key,
            values=dict(entry.values),
            proposed_by_id=actor.user,
            proposed_at=timezone.now(),
        )
        record(actor, [_occurrence(row, "propose", {"form": form, "fields": sorted(row.values)})])
    return row


@transaction.atomic
def decide_proposal(actor: Actor, slug: str, *, take: bool) -> None:
    """Take over what another suggested of one's own unit, or turn it down.

    Columns that were not proposed stay as they stand. Raises ``ObjectDoesNotExist`` where no
    such proposal waits for the actor's unit.
    """
    rows = Proposal.objects.visible_to(actor, Right.WRITE)
    row = rows.get(slug=slug, state=Proposal.State.WAITS)
    if take:
        entry = Entry(row.key, row.values)
        save_for_the_house(actor, row.owner_id, row.form, [entry], Way.CONFIRMED, whole=False)
    state = Proposal.State.TAKEN if take else Proposal.State.REFUSED
    rows.filter(pk=row.pk).update(state=state, decided_by_id=actor.user, decided_at=timezone.now())
    record(actor, [_occurrence(row, state.value, {"form": row.form})])


def _occurrence(row: Proposal, act: str, detail: Mapping[str, Any]) -> Occurrence:
    return Occurrence(
        act=act,
        table=PROPOSAL,
        rows=(row.slug,),
        owner=row.owner_id,
        data_class=row.data_class.value,
        detail=detail,
    )
