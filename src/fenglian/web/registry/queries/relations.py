"""Whose part, whose successor? What units say of each other in their profiles, as relations.

A unit writes a name or a code. It becomes a relation where exactly one organisation of the same
registry is meant; where none is, or several may be, the words stay words. Whether there is such
an organisation elsewhere is not told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from fenglian.engine.labels import Label
from fenglian.engine.registry.search import searchable
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.registry import records
from fenglian.web.registry.models import Organisation, ProfileWord, PublicRow
from fenglian.web.registry.profile_words import CODE, all_as_compared, as_compared
from fenglian.web.registry.queries.derived import Filter, named
from fenglian.web.registry.queries.owned import on_record
from fenglian.web.registry.queries.units import PROFILE

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


def _as_meant(row: Organisation) -> Meant:
    return Meant(row.key, row.slug, row.name, row.province, row.owner_id)


def list_relations(actor: Actor, organisation: str, as_of: str = "") -> tuple[Relation, ...]:
    """Return what an organisation's unit says of others, and other units of it, on a day's record."""
    require(actor, Act.READ)
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, slug=organisation)
    return _relations(actor, rows.first(), as_of)


def list_unit_relations(actor: Actor, unit: str, as_of: str = "") -> tuple[Relation, ...]:
    """Return the same for a unit, by its own address."""
    require(actor, Act.READ)
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id, owner__slug=unit)
    return _relations(actor, rows.first(), as_of)


def _relations(actor: Actor, here: Organisation | None, as_of: str) -> tuple[Relation, ...]:
    if here is None:
        return ()
    found: dict[tuple[str, str], Relation] = {}
    for each in (*_said_by(actor, here, as_of), *_said_of(actor, here, as_of)):
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
) -> QuerySet[PublicRow]:
    """Return the profiles on record that have one of the words in one of the columns."""
    held = ProfileWord.objects.filter(
        alliance_id=actor.alliance.id, column__in=tuple(columns), text__in=all_as_compared(words)
    )
    return _profiles(actor, as_of).filter(pk__in=held.values("row_id"))


def _said_by(actor: Actor, here: Organisation, as_of: str) -> Iterator[Relation]:
    if here.owner_id is None:
        return
    for row in _profiles(actor, as_of).filter(owner_id=here.owner_id):
        for kind in BACK:
            words = str(row.values.get(kind) or "").strip()
            if words:
                other = _meant(actor, words, as_of)
                if other is None or other.pk == here.pk:
                    yield Relation(kind, words, "", own=True, other=False)
                else:
                    yield Relation(kind, other.name, other.slug, own=True, other=False)


def _said_of(actor: Actor, here: Organisation, as_of: str) -> Iterator[Relation]:
    names = set(_names(here))
    for row in _profiles(actor, as_of).filter(owner_id=here.owner_id or 0):
        names |= set(_called(row.values))
        names |= {str(row.values[CODE])} if row.values.get(CODE) else set()
    saying = {row.owner_id: row for row in _holding(actor, as_of, BACK, names)}
    wanted = set(all_as_compared(names))
    others = Organisation.objects.filter(alliance_id=actor.alliance.id, owner_id__in=saying)
    for other in others.exclude(pk=here.pk):
        values = saying[other.owner_id].values if other.owner_id else {}
        for kind, back in BACK.items():
            words = str(values.get(kind) or "").strip()
            named_so = as_compared(words) in wanted
            meant = _meant(actor, words, as_of) if named_so else None
            if meant is not None and meant.pk == here.pk:
                yield Relation(back, other.name, other.slug, own=False, other=True)


def _meant(actor: Actor, words: str, as_of: str) -> Organisation | None:
    """Return the one organisation that words name by code, full name, or any way it is written."""
    rows = Organisation.objects.filter(alliance_id=actor.alliance.id)
    coded = _holding(actor, as_of, (CODE,), (words,))
    by_code = list(rows.filter(owner_id__in=coded.values("owner_id"))[:2])
    if by_code:
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


def _names(row: Organisation) -> Iterable[str]:
    record = records.ORGANISATION.unpack(row.record)
    return (row.name, *(each.value for each in record.names))


def _called(values: Mapping[str, Any]) -> Iterable[str]:
    """Return what a unit says it is called."""
    for column in ("name_zh", "name_en"):
        if values.get(column):
            yield str(values[column])
    for column in ("short_names", "former_names"):
        yield from map(str, values.get(column) or ())
