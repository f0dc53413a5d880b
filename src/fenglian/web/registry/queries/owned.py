"""What does a unit say of itself, as far as the one who asks may see it?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.registry.profile import Value
from fenglian.engine.registry.tables import TableDescription
from fenglian.web.access.reading import look_at, look_at_all
from fenglian.web.access.ready import of_unit
from fenglian.web.access.rights import Relation, Right, cell, ever
from fenglian.web.access.scope import Row, ScopedQuerySet
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.registry.models import OWNED, OwnedRow, Proposal
from fenglian.web.registry.profile_tables import form_classes, profile_tables, unpack
from fenglian.web.sql import fetch

CONTACTS = "contacts"
OWNER = ("id", "alliance_id", "slug", "name", "left_on")
FIND_OWNER = f"SELECT {', '.join(OWNER)} FROM accounts_owner WHERE alliance_id = %s AND slug = %s"  # noqa: S608
PARTS: Mapping[DataClass, type[OwnedRow]] = {model.data_class: model for model in OWNED}


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a form with the columns that the reader may see."""

    slug: str
    key: str
    values: Mapping[str, Value]
    way: str  # how it came, in words
    recorded_at: datetime  # of its latest part


@dataclass(frozen=True, slots=True)
class FormView:
    """A form of one unit: its rows, and what of it the reader may not see."""

    table: TableDescription
    rows: tuple[RowView, ...]
    columns: tuple[str, ...]  # that the reader may see here, by right or grant
    writable: bool
    proposable: tuple[str, ...]  # columns that the reader may propose to the unit
    hidden: tuple[
        DataClass, ...
    ]  # classes of parts that are not shown, whether there are any or not


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row that another suggests to the unit."""

    slug: str
    table: TableDescription
    key: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one part of a row: when it held in the world, and when it was on record."""

    form: str
    row: str
    data_class: DataClass
    values: Mapping[str, Any]  # as kept
    valid_from: date | None
    valid_to: date | None
    way: str
    recorded_at: datetime
    ended_at: datetime | None  # None: it stands


@dataclass(frozen=True, slots=True)
class ProfileView:
    """What a unit says of itself."""

    owner: int
    slug: str
    name: str
    own: bool
    forms: tuple[FormView, ...]
    data_class: DataClass  # the highest that is shown


def find_owner(actor: Actor, slug: str) -> Owner:
    """Return a unit of the open alliance by its address; raises ``ObjectDoesNotExist``."""
    require(actor, Act.READ)
    rows = fetch(FIND_OWNER, (actor.alliance.id, slug))
    if not rows:
        raise ObjectDoesNotExist
    return Owner.from_db(None, OWNER, rows[0])


def own_slug(actor: Actor) -> str | None:
    """Return the address of the unit that an actor speaks for; None: for none."""
    found = Owner.objects.filter(pk=actor.owner or 0).values_list("slug", flat=True)
    return found.first()


def day_of(words: str) -> str:
    """Return a day that an address asks for; empty where it is none."""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return ""


def find_profile(actor: Actor, slug: str, as_of: str = "") -> ProfileView:
    """Return what a unit says of itself, as it was on record on a day (empty: now).

    Of sensitive classes the look is logged. Raises ``ObjectDoesNotExist`` for a unit of another
    alliance and for none alike.
    """
    owner = find_owner(actor, slug)
    models = [model for model in OWNED if ever(actor.role, model.data_class)]
    asked = [
        _on_record(model, actor, owner.pk, as_of) if as_of else of_unit(actor, model, owner.pk)
        for model in models
    ]
    found = look_at_all(actor, asked)
    parts = {model.data_class: rows for model, rows in zip(models, found, strict=True)}
    forms = tuple(
        _form(actor, owner.pk, name, table, parts) for name, table in profile_tables().items()
    )
    shown = [each for each, rows in parts.items() if rows]
    return ProfileView(
        owner=owner.pk,
        slug=owner.slug,
        name=owner.name,
        own=owner.pk == actor.owner,
        forms=forms,
        data_class=highest(shown or [DataClass.S0]),
    )


def _on_record(
    model: type[OwnedRow], actor: Actor, owner: int, as_of: str
) -> ScopedQuerySet[OwnedRow]:
    rows: ScopedQuerySet[OwnedRow] = model.objects.visible_to(actor).filter(owner_id=owner)
    return on_record(rows, as_of)


def on_record(rows: ScopedQuerySet[Row], as_of: str) -> ScopedQuerySet[Row]:
    """Leave the versions that were on record on a day; empty: now."""
    if not as_of:
        return rows.filter(ended_at=None)
    end = datetime.combine(date.fromisoformat(as_of), time.max, timezone.get_current_timezone())
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=end), recorded_at__lte=end)


def _form(
    actor: Actor,
    owner: int,
    name: str,
    table: TableDescription,
    parts: Mapping[DataClass, Iterable[OwnedRow]],
) -> FormView:
    classes = form_classes(name).every
    found: dict[str, list[OwnedRow]] = {}
    for data_class in classes:
        for row in parts.get(data_class, ()):
            if row.form == name:
                found.setdefault(row.slug, []).append(row)
    relation = Relation.OWN if owner == actor.owner else Relation.OTHER
    open_to = {each for each in classes if Right.READ in cell(actor.role, each).of(relation)}
    open_to -= {
        each for each in open_to if relation is Relation.OTHER and cell(actor.role, each).stated
    }
    open_to |= {each for each in classes if any(row.form == name for row in parts.get(each, ()))}
    return FormView(
        table=table,
        rows=tuple(_row(table, slug, rows) for slug, rows in found.items()),
        columns=tuple(each for each, of in form_classes(name).columns.items() if of in open_to),
        writable=all(Right.WRITE in cell(actor.role, each).of(relation) for each in classes),
        proposable=proposable(actor, table, owner),
        hidden=tuple(each for each in classes if each not in open_to),
    )


def proposable(actor: Actor, table: TableDescription, owner: int) -> tuple[str, ...]:
    """Return the columns that an actor may propose to a unit; of one's own one proposes nothing.

    None of a more guarded class than that of members, whatever else the role may propose: a
    proposal itself is of that class.
    """
    if owner == actor.owner:
        return ()
    rights = {each: cell(actor.role, each) for each in (DataClass.S0, DataClass.S1)}
    classes = {each for each, of in rights.items() if Right.PROPOSE in of.other and not of.stated}
    form = form_classes(table.name)
    if form.row not in classes:
        return ()
    return tuple(each for each, of in form.columns.items() if of in classes)


def _row(table: TableDescription, slug: str, rows: Iterable[OwnedRow]) -> RowView:
    found = list(rows)
    stored: dict[str, Any] = {}
    for row in found:
        stored |= row.values
    latest = max(found, key=lambda row: row.recorded_at)
    return RowView(
        slug=slug,
        key=found[0].key,
        values={
            column.name: unpack(column, stored[column.name])
            for column in table.columns
            if column.name in stored
        },
        way=latest.get_way_display(),
        recorded_at=latest.recorded_at,
    )


def list_proposals(actor: Actor) -> list[Suggestion]:
    """Return what waits for the actor's unit to take over or turn down."""
    if actor.owner is None:
        return []
    rows = Proposal.objects.visible_to(actor).filter(owner_id=actor.owner)
    return [
        Suggestion(
            slug=row.slug,
            table=(table := profile_tables()[row.form]),
            key=row.key,
            values={
                column.name: unpack(column, row.values[column.name])
                for column in table.columns
                if column.name in row.values
            },
        )
        for row in rows.filter(state=Proposal.State.WAITS)
    ]


def list_contacts(actor: Actor, owner: int | None = None) -> dict[int, list[Mapping[str, Value]]]:
    """Return the contacts that an actor may see, by unit or of one; each look is logged."""
    model, table = PARTS[DataClass.P], profile_tables()[CONTACTS]
    if not ever(actor.role, model.data_class):
        return {}
    rows = model.objects.visible_to(actor).filter(form=CONTACTS, ended_at=None)
    if owner is not None:
        rows = rows.filter(owner_id=owner)
    found: dict[int, list[Mapping[str, Value]]] = defaultdict(list)
    for row in look_at(actor, rows):
        values = {
            each.name: unpack(each, row.values[each.name])
            for each in table.columns
            if each.name in row.values
        }
        found[row.owner_id].append(values)
    return found


def list_versions(actor: Actor) -> list[Version]:
    """Return every version of every row of the actor's own unit; the look is logged."""
    found: list[Version] = []
    for model in OWNED:
        if actor.owner is None or not ever(actor.role, model.data_class):
            continue
        rows = model.objects.visible_to(actor).filter(owner_id=actor.owner)
        found.extend(
            Version(
                form=row.form,
                row=row.slug,
                data_class=model.data_class,
                values=row.values,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                way=row.way,
                recorded_at=row.recorded_at,
                ended_at=row.ended_at,
            )
            for row in look_at(actor, rows)
        )
    return found
