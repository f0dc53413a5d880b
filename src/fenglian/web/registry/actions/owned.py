"""The only writer of the versions of what units say of themselves.

A row is replaced, never altered; every change leaves an entry in the log, in the same
transaction, that names the fields and not what stands in them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.disclosure.parts import classes_of, part_of, split_row, split_rows
from fenglian.engine.registry.tables import TableDescription
from fenglian.web.access.rights import Relation, Right, cell
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.registry.actions.inserting import Version, insert_rows
from fenglian.web.registry.actions.linking import SELF, link_owner
from fenglian.web.registry.models import (
    OWNED,
    OwnedRow,
    ProfileWord,
    PublicRow,
    Way,
    new_slug,
)
from fenglian.web.registry.profile_tables import form_classes, profile_tables
from fenglian.web.registry.profile_words import words_of
from fenglian.web.registry.signals import rows_kept

PARTS: Mapping[DataClass, type[OwnedRow]] = {model.data_class: model for model in OWNED}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a form as its unit says it."""

    key: str  # tells whether it is the same thing as a row that is there
    values: Mapping[str, Any]  # by column, as kept


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of entries: as many as came in."""

    added: tuple[str, ...] = ()  # keys
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


@dataclass(slots=True)
class _Part:
    """What happens to the parts of one class."""

    model: type[OwnedRow]
    kept: dict[str, OwnedRow]
    added: list[Version] = field(default_factory=list)
    changed: list[Version] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)


def may_write(actor: Actor, form: str, owner: int, right: Right = Right.WRITE) -> bool:
    """Whether an actor may write, or propose, every part of rows of a form for a unit."""
    relation = Relation.OWN if owner == actor.owner else Relation.OTHER
    classes = form_classes(form).every
    return all(right in cell(actor.role, each).of(relation) for each in classes)


@transaction.atomic
def save_rows(
    actor: Actor,
    owner: int,
    form: str,
    entries: Iterable[Entry],
    way: Way = Way.OWNER,
    *,
    whole: bool = True,
) -> Saved:
    """Keep what a unit says of itself; equal rows are kept once, others get a new version.

    Of entries that are not ``whole``, columns that they do not name stay as they stand.

    Raises
    ------
    PermissionDenied
        Where the actor may not write rows of this form for this unit.
    """
    if not may_write(actor, form, owner):
        raise PermissionDenied
    return save_for_the_house(actor, owner, form, entries, way, whole=whole)


@transaction.atomic
def save_for_the_house(
    actor: Actor,
    owner: int,
    form: str,
    entries: Iterable[Entry],
    way: Way,
    *,
    whole: bool = True,
) -> Saved:
    """Keep rows of a unit without asking who may: demo data, and what was confirmed."""
    named = {each.key: each for each in entries}
    table = profile_tables()[form]
    classes = classes_of(table) if whole else _named_classes(table, named.values())
    parts = {each: _read_part(PARTS[each], owner, form, named) for each in classes}
    if not whole:
        named = {key: _upon(table, each, parts) for key, each in named.items()}
    return _save(actor, owner, form, named, parts, way)


def _named_classes(table: TableDescription, entries: Iterable[Entry]) -> tuple[DataClass, ...]:
    """Return the classes of the parts that entries touch; the row's own is always among them."""
    return tuple({each: None for entry in entries for each in split_row(table, entry.values)})


def _upon(table: TableDescription, entry: Entry, parts: Mapping[DataClass, _Part]) -> Entry:
    """Return an entry together with what stands in the columns that it does not name."""
    values: dict[str, Any] = {
        column.name: None for column in table.columns if part_of(table, column) in parts
    }
    for part in parts.values():
        if entry.key in part.kept:
            values |= part.kept[entry.key].values
    return Entry(entry.key, {**values, **entry.values})


def _save(
    actor: Actor,
    owner: int,
    form: str,
    entries: Mapping[str, Entry],
    parts: Mapping[DataClass, _Part],
    way: Way,
) -> Saved:
    table, now = profile_tables()[form], timezone.now()
    slugs = {key: row.slug for part in parts.values() for key, row in part.kept.items()}
    split = split_rows(table)
    for key, entry in entries.items():
        slug = slugs.get(key) or new_slug()
        for data_class, values in split(entry.values).items():
            _place(parts[data_class], _version(slug, entry, values))
    common: dict[str, Any] = {
        "alliance_id": actor.alliance.id,
        "owner_id": owner,
        "form": form,
        "way": way,
        "recorded_at": now,
        "recorded_by_id": actor.user or None,
    }
    for part in parts.values():
        _end(part.model, [part.kept[row.key].pk for row in part.changed], now)
        rows = [*part.added, *part.changed]
        if form == SELF:
            profiles = [part.model(**common, **asdict(row)) for row in rows]
            index_profiles(part.model.objects.bulk_create(profiles, batch_size=500))
        else:
            insert_rows(part.model(**common), rows)
    record(actor, list(_occurrences(parts.values(), owner, form, way)))
    if form == SELF:
        link_owner(actor.alliance.id, owner)
    rows_kept.send(sender=None, actor=actor, owner=owner, form=form)
    return _saved(entries, parts.values())


def index_profiles(rows: Iterable[OwnedRow]) -> None:
    """Write the words by which versions of public profiles are found."""
    ProfileWord.objects.bulk_create(
        (
            ProfileWord(alliance_id=row.alliance_id, row=row, column=column, text=text)
            for row in rows
            if isinstance(row, PublicRow)
            for column, text in words_of(row.values)
        ),
        batch_size=500,
    )


def _read_part(model: type[OwnedRow], owner: int, form: str, entries: Mapping[str, Entry]) -> _Part:
    rows = model.objects.whole().filter(owner_id=owner, form=form, ended_at=None)
    return _Part(model, {row.key: row for row in rows if row.key in entries})


def _place(part: _Part, row: Version) -> None:
    before = part.kept.get(row.key)
    if before is None:
        if any(value is not None for value in row.values.values()):
            part.added.append(row)
    elif before.values != row.values:
        part.changed.append(row)
        part.fields |= _differing(before.values, row.values)


def _saved(entries: Mapping[str, Entry], parts: Iterable[_Part]) -> Saved:
    found = list(parts)
    known = {key for part in found for key in part.kept}
    touched = {row.key for part in found for row in (*part.added, *part.changed)}
    return Saved(
        added=tuple(key for key in entries if key not in known),
        changed=tuple(key for key in entries if key in known and key in touched),
        same=tuple(key for key in entries if key in known and key not in touched),
    )


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}


def _version(slug: str, entry: Entry, values: dict[str, Any]) -> Version:
    said = entry.values
    return Version(
        slug,
        entry.key,
        str(said.get("product") or ""),
        values,
        _day(said.get("valid_from")),
        _day(said.get("valid_to")),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _end(model: type[OwnedRow], numbers: list[int], now: datetime) -> None:
    if numbers:
        model.objects.whole().filter(pk__in=numbers).update(ended_at=now)


def _occurrences(parts: Iterable[_Part], owner: int, form: str, way: Way) -> Iterator[Occurrence]:
    for part in parts:
        for act, rows in (("add", part.added), ("change", part.changed)):
            if rows:
                detail: dict[str, Any] = {"form": form, "way": way.value}
                if part.fields:
                    detail["fields"] = sorted(part.fields)
                slugs = tuple(row.slug for row in rows)
                yield _occurrence(part.model, owner, act, slugs, detail)


def _occurrence(
    model: type[OwnedRow],
    owner: int,
    act: str,
    slugs: tuple[str, ...],
    detail: Mapping[str, Any],
) -> Occurrence:
    return Occurrence(
        act=act,
        table=model._meta.label_lower,
        rows=slugs,
        owner=owner,
        data_class=model.data_class.value,
        detail=detail,
    )


@transaction.atomic
def end_row(actor: Actor, form: str, slug: str) -> None:
    """End a row of one's own unit: it counts no more, and stays on record.

    Raises ``ObjectDoesNotExist`` where the actor may write no such row: absent and foreign ones
    are alike.
    """
    if (
        actor.owner is None
        or form not in profile_tables()
        or not may_write(actor, form, actor.owner)
    ):
        raise ObjectDoesNotExist
    ended = []
    for data_class in classes_of(profile_tables()[form]):
        model = PARTS[data_class]
        rows = model.objects.visible_to(actor, Right.WRITE).filter(
            owner_id=actor.owner, form=form, slug=slug, ended_at=None
        )
        if rows.update(ended_at=timezone.now()):
            ended.append(_occurrence(model, actor.owner, "end", (slug,), {"form": form}))
    if not ended:
        raise ObjectDoesNotExist
    record(actor, ended)
    if form == SELF:
        link_owner(actor.alliance.id, actor.owner)
    rows_kept.send(sender=None, actor=actor, owner=actor.owner, form=form)
