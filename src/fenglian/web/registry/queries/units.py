"""Which units are there, and how far has each got with its forms?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.disclosure.parts import part_of, row_class
from fenglian.engine.labels import Label
from fenglian.engine.registry.completeness import Meter, completeness
from fenglian.engine.registry.profile import make_record
from fenglian.engine.registry.tables import TableDescription
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner, Seat
from fenglian.web.registry.models import InternalRow, OwnedRow, PublicRow
from fenglian.web.registry.profile_tables import profile_tables, unpack
from fenglian.web.registry.queries.derived import owners_coded
from fenglian.web.registry.queries.links import open_links

PAGE = 50  # units of one page
PROFILE, CODE = "profile", "uscc"
OPEN = (DataClass.S0, DataClass.S1)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the secretariat knows of a unit besides its name."""

    known: int  # cells of S0 and S1 that are answered
    asked: int
    links: int  # that are open
    people: int  # seated


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list."""

    slug: str
    name: str
    code: str  # empty: it has not said
    left: bool
    progress: Progress | None  # None: not for this reader


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One page of the units."""

    lines: tuple[UnitLine, ...]
    total: int
    number: int
    has_more: bool


def list_units(actor: Actor, words: str = "", page: int = 1, size: int = PAGE) -> UnitPage:
    """Return units by name or code: all of them to the secretariat, to others those with a public profile."""
    require(actor, Act.READ)
    rows = Owner.objects.filter(alliance_id=actor.alliance.id).order_by("name")
    keeps = may(actor, Act.KEEP_UNITS)
    if not keeps:
        rows = rows.filter(pk__in=_profiles(actor).values("owner_id"))
    if words.strip():
        coded = owners_coded(actor, words)
        rows = rows.filter(Q(name__icontains=words.strip()) | Q(pk__in=coded))
    start = (page - 1) * size
    found = list(rows[start : start + size + 1])
    shown = found[:size]
    numbers = [row.pk for row in shown]
    codes = _codes(actor, numbers)
    progress = _progress(actor, numbers) if keeps else {}
    today = timezone.localdate()
    return UnitPage(
        lines=tuple(
            UnitLine(
                slug=row.slug,
                name=row.name,
                code=codes.get(row.pk, ""),
                left=row.left_on is not None and row.left_on <= today,
                progress=progress.get(row.pk),
            )
            for row in shown
        ),
        total=rows.count(),
        number=page,
        has_more=len(found) > size,
    )


def _profiles(actor: Actor) -> QuerySet[PublicRow]:
    rows: QuerySet[PublicRow] = PublicRow.objects.visible_to(actor)
    return rows.filter(form=PROFILE, ended_at=None)


def _codes(actor: Actor, owners: Iterable[int]) -> dict[int, str]:
    rows = _profiles(actor).filter(owner_id__in=owners).order_by()
    return {
        owner: str(values.get(CODE) or "")
        for owner, values in rows.values_list("owner_id", "values")
    }


def list_names(actor: Actor) -> list[str]:
    """Return the names of all units to those who keep them or have them do things; else nothing."""
    if not (may(actor, Act.KEEP_UNITS) or may(actor, Act.CHOOSE)):
        return []
    rows = Owner.objects.filter(alliance_id=actor.alliance.id, left_on=None)
    return list(rows.order_by("name").values_list("name", flat=True))


def list_codes(actor: Actor, *, besides: int) -> dict[str, str]:
    """Return the codes that units gave: code → name of the unit; of all but one."""
    owners = dict(
        Owner.objects.filter(alliance_id=actor.alliance.id)
        .exclude(pk=besides)
        .values_list("pk", "name")
    )
    return {code: owners[owner] for owner, code in _codes(actor, owners).items() if code}


def open_meters(actor: Actor, owners: list[int]) -> dict[int, tuple[int, int]]:
    """Return of each unit how many cells that members see are answered, and how many are asked."""
    return {owner: (meter.known, meter.asked) for owner, meter in _meters(actor, owners).items()}


def open_questions(actor: Actor, owner: int) -> tuple[Label, ...]:
    """Return what a unit has not answered of what members see."""
    [meter] = _meters(actor, [owner]).values()
    return tuple(each.text for section in meter.sections for each in section.questions)


def _meters(actor: Actor, owners: list[int]) -> dict[int, Meter]:
    said: dict[int, list[OwnedRow]] = defaultdict(list)
    for model in (PublicRow, InternalRow):
        for row in model.objects.visible_to(actor).filter(owner_id__in=owners, ended_at=None):
            said[row.owner_id].append(row)
    return {owner: _meter(said[owner]) for owner in owners}


def _progress(actor: Actor, owners: list[int]) -> dict[int, Progress]:
    links = _counted(open_links().filter(owner_id__in=owners))
    seats = Seat.objects.filter(owner_id__in=owners, user__is_active=True, ended_at=None)
    people = _counted(seats)
    return {
        owner: Progress(meter.known, meter.asked, links.get(owner, 0), people.get(owner, 0))
        for owner, meter in _meters(actor, owners).items()
    }


def _counted(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(
        rows.order_by().values("owner_id").annotate(n=Count("pk")).values_list("owner_id", "n")
    )


@cache
def _open_tables() -> Mapping[str, TableDescription]:
    """Return the forms without the columns that members do not see."""
    return {
        name: replace(
            table,
            columns=tuple(each for each in table.columns if part_of(table, each) in OPEN),
        )
        for name, table in profile_tables().items()
        if row_class(table) in OPEN
    }


def _meter(rows: Iterable[OwnedRow]) -> Meter:
    stored: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row in rows:
        stored[row.form, row.slug] |= row.values
    records = defaultdict(list)
    for (form, _slug), values in stored.items():
        table = profile_tables()[form]
        whole = {each.name: unpack(each, values.get(each.name)) for each in table.columns}
        records[form].append(make_record(form, whole))
    return completeness(records, _open_tables())
