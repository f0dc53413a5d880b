"""A unit with data of its own is an organisation of the registry: which one, or a new one?"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Max

from fenglian.data import tables
from fenglian.engine.registry.build import build_registry
from fenglian.engine.registry.gathering import Background
from fenglian.engine.registry.listing import Listed
from fenglian.engine.registry.records import KINDS, Kind
from fenglian.engine.registry.search import index_tokens, searchable
from fenglian.web.accounts.models import Owner
from fenglian.web.registry import records
from fenglian.web.registry.actions.slugs import slug_of
from fenglian.web.registry.listings import regions
from fenglian.web.registry.models import (
    Organisation,
    PlaceCount,
    PublicRow,
    Token,
    TokenCount,
)

SELF = "profile"  # what the evidence of a unit's own words begins with
OWNERS = f"{SELF}/owners/"
CALLED = ("name_zh", "name_en", "short_names", "former_names")  # columns of the profile


def own_listings(alliance: int) -> tuple[Listed, ...]:
    """Return the units of an alliance that have data of their own, as rows that name them."""
    owners = Owner.objects.filter(alliance_id=alliance).order_by("id")
    rows = PublicRow.objects.whole().filter(alliance_id=alliance, form=SELF, ended_at=None)
    profiles = {row.owner_id: row.values for row in rows}
    return tuple(_listed(owner, profiles.get(owner.pk, {})) for owner in owners)


def _listed(owner: Owner, profile: dict[str, str]) -> Listed:
    region = profile.get("region") or ""
    return Listed(
        id=f"{OWNERS}{owner.slug}",
        name=owner.name,
        kind=_kind(profile.get("kind")),
        province=f"{region[:2]}0000" if region else None,
        place="",
        note="",
        sources=(),
        day=None,
    )


def _kind(word: str | None) -> Kind | None:
    return next((each for each in KINDS if each == word), None)


def link_owner(alliance: int, number: int) -> None:
    """Tie a unit to its organisation in the registry; one that nobody named yet is added.

    What the unit says it is called besides is found by the search from now on. A full rebuild
    finds the same; this spares it when one unit of many thousands changes.
    """
    owner = Owner.objects.get(pk=number, alliance_id=alliance)
    names = names_said(alliance, number).get(number, ())
    own = Organisation.objects.filter(alliance_id=alliance, owner=owner)
    row = own.first() or _find(alliance, owner)
    if row is None:
        _add(alliance, owner, names)
        return
    written = list(dict.fromkeys((*_recorded(row), *names)))
    before = _tokens(row.written.split("\n"))
    row.owner, row.written = owner, "\n".join(written)
    row.save(update_fields=["owner", "written"])
    after = _tokens(written)
    Token.objects.filter(organisation=row, text__in=before - after).delete()
    counts = TokenCount.objects.filter(alliance_id=alliance, text__in=before - after)
    counts.update(count=F("count") - 1)
    counts.filter(count=0).delete()
    _index(row, after - before)


def names_said(alliance: int, *owners: int) -> dict[int, tuple[str, ...]]:
    """Return what units say they are called, as the search compares it; of all units or some."""
    rows = PublicRow.objects.whole().filter(alliance_id=alliance, form=SELF, ended_at=None)
    if owners:
        rows = rows.filter(owner_id__in=owners)
    return {
        number: tuple(dict.fromkeys(filter(None, map(searchable, _called(values)))))
        for number, values in rows.values_list("owner_id", "values")
    }


def _called(values: dict[str, Any]) -> Iterator[str]:
    for column in CALLED:
        said = values.get(column) or ()
        yield from (said,) if isinstance(said, str) else said


def _find(alliance: int, owner: Owner) -> Organisation | None:
    name = searchable(owner.name)
    named = Organisation.objects.filter(alliance_id=alliance, written__contains=name)
    # By what sources call it: another unit's former name does not make it that unit.
    return next((row for row in named if name in _recorded(row)), None)


def _recorded(row: Organisation) -> tuple[str, ...]:
    """Return every way in which an organisation is written in a source, as the search compares."""
    record = records.ORGANISATION.unpack(row.record)
    written = (record.name, *record.names)
    return tuple(dict.fromkeys(searchable(each.value) for each in written))


def _tokens(names: Iterable[str]) -> set[str]:
    return {token for name in names for token in index_tokens(name)}


def _index(row: Organisation, tokens: set[str]) -> None:
    Token.objects.bulk_create(
        Token(alliance_id=row.alliance_id, organisation=row, text=text, rank=row.rank)
        for text in sorted(tokens)
    )
    known = TokenCount.objects.filter(alliance_id=row.alliance_id, text__in=tokens)
    there = set(known.values_list("text", flat=True))
    known.update(count=F("count") + 1)
    TokenCount.objects.bulk_create(
        TokenCount(alliance_id=row.alliance_id, text=text, count=1)
        for text in sorted(tokens - there)
    )


def _add(alliance: int, owner: Owner, names: tuple[str, ...]) -> None:
    rows = PublicRow.objects.whole().filter(owner=owner, form=SELF, ended_at=None)
    profile = rows.values_list("values", flat=True).first() or {}
    background = Background(
        divisions=tables().divisions, regions=regions(), listed=(_listed(owner, profile),)
    )
    [found] = build_registry((), background).organisations
    written = list(dict.fromkeys((searchable(owner.name), *names)))
    last = Organisation.objects.filter(alliance_id=alliance).aggregate(n=Max("rank"))["n"]
    row = Organisation.objects.create(
        alliance_id=alliance,
        key=found.key,
        slug=slug_of(found.key),
        name=found.name.value,
        written="\n".join(written),
        kind=found.kind or "",
        province=found.provinces[0].value if found.provinces else "",
        listed=True,
        rank=0 if last is None else last + 1,
        owner=owner,
        record=records.ORGANISATION.pack(found),
    )
    place = PlaceCount.objects.filter(alliance_id=alliance, kind=row.kind, province=row.province)
    if not place.update(count=F("count") + 1):
        PlaceCount.objects.create(
            alliance_id=alliance, kind=row.kind, province=row.province, count=1
        )
    _index(row, _tokens(written))
