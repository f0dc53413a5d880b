"""Whose part, whose successor? What units say of each other in their profiles, as relations.

A unit writes a name or a code. It becomes a relation where exactly one organisation of the same
registry is meant; where none is, or several may be, the words stay words. Whether there is such
an organisation elsewhere is not told.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from fenglian.engine.labels import Label
from fenglian.engine.registry.search import searchable
from fenglian.web.access.reading import look_at
from fenglian.web.access.ready import of_unit
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.registry.models import Organisation, PublicRow
from fenglian.web.registry.profile_words import CODE, all_as_compared, as_compared
from fenglian.web.registry.queries.derived import Filter, named
from fenglian.web.registry.queries.owned import ProfileView, on_record
from fenglian.web.registry.queries.units import PROFILE
from fenglian.web.sql import fetch, inside, places

# What a unit may say of another, and what that makes the unit for the other.
BACK: Mapping[str, str] = MappingProxyType(
    {
        "parent": "child",
        "control_group": "group_unit",
        "predecessor": "successor",
        "successor": "predecessor",
    }
)
LABELS: Mapping[str, Label] = MappingProxyType(
    {
        "parent": Label("上级单位", "parent"),
        "child": Label("下级单位", "subordinate unit"),
        "control_group": Label("所属集团", "control group"),
        "group_unit": Label("集团所属单位", "unit of the group"),
        "predecessor": Label("前身", "predecessor"),
        "successor": Label("承继单位", "successor"),
    }
)

HERE = """
    SELECT o.id, o.name, o.owner_id, u.slug, {names}
    FROM registry_organisation o LEFT JOIN accounts_owner u ON u.id = o.owner_id
    WHERE o.alliance_id = %s AND {column} = %s"""


@dataclass(frozen=True, slots=True)
class Meant:
    """The organisation that words name."""

    key: str
    slug: str
    name: str
    province: str
    owner: int | None  # number of the unit that it is here; None: it has no data of its own


@dataclass(frozen=True, slots=True)
class Relation:
    """Another organisation, and what it is to this one."""

    kind: str  # see LABELS
    words: str  # its name here, else as the unit wrote it
    slug: str  # of the organisation; empty: not found in this registry
    own: bool  # this one's unit says so
    other: bool  # the other one's unit says so


@dataclass(frozen=True, slots=True)
class UnitSays:
    """Where an organisation's own words stand, and the code that it gave."""

    slug: str
    code: str  # empty: it has not said


@dataclass(frozen=True, slots=True)
class Said:
    """What an organisation's unit says of it, and of whom else; what others say of it."""

    unit: UnitSays | None  # None: it has no data of its own here
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class _Here:
    """The organisation whose relations are asked for."""

    pk: int
    owner: int | None
    unit: str
    names: tuple[str, ...]


def find_meant(actor: Actor, words: str) -> Meant | None:
    """Return the one organisation that words name, by code, full name or any way it is written.

    None where there is none, or more than one.
    """
    require(actor, Act.READ)
    found = _meant(actor, words, "")
    return None if found is None else _as_meant(found)


def find_keys(actor: Actor, keys: Iterable[str]) -> dict[str, Meant]:
    """Return the organisations that have the keys; of others nothing."""
    require(actor, Act.READ)
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, key__in=tuple(keys))
    return {row.key: _as_meant(row) for row in rows}


def find_kinds(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Return of which kind organisations are; empty: no source says."""
    require(actor, Act.READ)
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, key__in=tuple(keys))
    return dict(rows.values_list("key", "kind"))


def _as_meant(row: Organisation) -> Meant:
    return Meant(row.key, row.slug, row.name, row.province, row.owner_id)


def list_relations(actor: Actor, organisation: str, as_of: str = "") -> tuple[Relation, ...]:
    """Return what an organisation's unit says of others, and other units of it, on a day's record."""
    return find_said(actor, organisation, as_of).relations


def find_said(actor: Actor, organisation: str, as_of: str = "") -> Said:
    """Return where an organisation's own words stand, and its relations, on a day's record."""
    require(actor, Act.READ)
    here = _find_here(actor, "o.slug", organisation)
    if here is None:
        return Said(None, ())
    values = _own_words(actor, here.owner, as_of)
    unit = None if here.owner is None else UnitSays(here.unit, str(values.get(CODE) or ""))
    return Said(unit, _relations(actor, here, values, as_of))


def list_unit_relations(actor: Actor, view: ProfileView, as_of: str = "") -> tuple[Relation, ...]:
    """Return the same for a unit whose profile has been found, as it was on that day."""
    require(actor, Act.READ)
    here = _find_here(actor, "o.owner_id", view.owner)
    if here is None:
        return ()
    rows = next(form.rows for form in view.forms if form.table.name == PROFILE)
    return _relations(actor, here, rows[0].values if rows else {}, as_of)


def _find_here(actor: Actor, column: str, value: str | int) -> _Here | None:
    asked = HERE.format(column=column, names=inside("o.record", "names"))
    for number, name, owner, unit, names in fetch(asked, (actor.alliance.id, value))[:1]:
        written = (str(each["value"]) for each in json.loads(names or "[]"))
        return _Here(number, owner, unit or "", (name, *written))
    return None


def _own_words(actor: Actor, owner: int | None, as_of: str) -> Mapping[str, Any]:
    if owner is None:
        return {}
    rows: Iterable[PublicRow] = (
        _profiles(actor, as_of).filter(owner_id=owner).order_by()
        if as_of
        else look_at(actor, of_unit(actor, PublicRow, owner, PROFILE))
    )
    return next((row.values for row in rows), {})


def _relations(
    actor: Actor, here: _Here, values: Mapping[str, Any], as_of: str
) -> tuple[Relation, ...]:
    found: dict[tuple[str, str], Relation] = {}
    for each in (*_said_by(actor, here, values, as_of), *_said_of(actor, here, values, as_of)):
        key = (each.kind, each.slug or each.words)
        known = found.setdefault(key, each)
        found[key] = replace(known, own=known.own or each.own, other=known.other or each.other)
    order = list(LABELS)
    return tuple(sorted(found.values(), key=lambda each: (order.index(each.kind), each.words)))


def _profiles(actor: Actor, as_of: str) -> QuerySet[PublicRow]:
    rows: QuerySet[PublicRow] = on_record(PublicRow.objects.visible_to(actor), as_of)
    return rows.filter(form=PROFILE)


def _holding(
    actor: Actor, as_of: str, columns: Iterable[str], words: Iterable[str]
) -> list[PublicRow]:
    """Return the profiles on record that have one of the words in one of the columns."""
    sought, wanted = tuple(columns), all_as_compared(words)
    if not wanted:
        return []
    held = fetch(
        f"""SELECT row_id FROM registry_profileword WHERE alliance_id = %s
            AND "column" IN ({places(len(sought))}) AND text IN ({places(len(wanted))})""",  # noqa: S608
        (actor.alliance.id, *sought, *wanted),
    )
    return list(_profiles(actor, as_of).filter(pk__in=[pk for (pk,) in held])) if held else []


def _said_by(
    actor: Actor, here: _Here, values: Mapping[str, Any], as_of: str
) -> Iterator[Relation]:
    for kind in BACK:
        words = str(values.get(kind) or "").strip()
        if words:
            other = _meant(actor, words, as_of)
            if other is None or other.pk == here.pk:
                yield Relation(kind, words, "", own=True, other=False)
            else:
                yield Relation(kind, other.name, other.slug, own=True, other=False)


def _said_of(
    actor: Actor, here: _Here, values: Mapping[str, Any], as_of: str
) -> Iterator[Relation]:
    names = {*here.names, *_called(values)}
    if values.get(CODE):
        names.add(str(values[CODE]))
    saying = {row.owner_id: row for row in _holding(actor, as_of, BACK, names)}
    if not saying:
        return
    wanted = set(all_as_compared(names))
    others = Organisation.objects.filter(alliance_id=actor.alliance.id, owner_id__in=saying)
    for other in others.exclude(pk=here.pk):
        said = saying[other.owner_id].values if other.owner_id else {}
        for kind, back in BACK.items():
            words = str(said.get(kind) or "").strip()
            meant = _meant(actor, words, as_of) if as_compared(words) in wanted else None
            if meant is not None and meant.pk == here.pk:
                yield Relation(back, other.name, other.slug, own=False, other=True)


def _meant(actor: Actor, words: str, as_of: str) -> Organisation | None:
    """Return the one organisation that words name by code, full name, or any way it is written."""
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id)
    coded = _holding(actor, as_of, (CODE,), (words,))
    if coded and (by_code := list(rows.filter(owner_id__in=[row.owner_id for row in coded])[:2])):
        return _only(by_code)
    name = searchable(words)
    if not name:
        return None
    # By the index of the search; a line of what is written is to be the name, whole.
    similar = rows.filter(pk__in=named(actor, Filter(words=words)).order_by())
    found = [row for row in similar if name in row.written.split("\n")]
    full = [row for row in found if searchable(row.name) == name]
    return _only(full or found)


def _only(rows: list[Organisation]) -> Organisation | None:
    return rows[0] if len(rows) == 1 else None


def _called(values: Mapping[str, Any]) -> Iterable[str]:
    """Return what a unit says it is called."""
    for column in ("name_zh", "name_en"):
        if values.get(column):
            yield str(values[column])
    for column in ("short_names", "former_names"):
        yield from map(str, values.get(column) or ())
