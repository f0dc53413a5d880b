"""A unit with data of its own is an organisation of the registry: which one, or a new one?"""

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
from fenglian.web.registry.models import (
    Organisation,
    PlaceCount,
    PublicRow,
    Token,
    TokenCount,
)

SELF = "profile"  # what the evidence of a unit's own words begins with
OWNERS = f"{SELF}/owners/"


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

    A full rebuild finds the same; this spares it when one unit of many thousands changes.
    """
    owner = Owner.objects.get(pk=number, alliance_id=alliance)
    if Organisation.objects.filter(alliance_id=alliance, owner=owner).exists():
        return
    name = searchable(owner.name)
    named = Organisation.objects.filter(alliance_id=alliance, written__contains=name)
    for row in named:
        if name in row.written.split("\n"):
            row.owner = owner
            row.save(update_fields=["owner"])
            return
    _add(alliance, owner, name)


def _add(alliance: int, owner: Owner, written: str) -> None:
    rows = PublicRow.objects.whole().filter(owner=owner, form=SELF, ended_at=None)
    profile = rows.values_list("values", flat=True).first() or {}
    background = Background(divisions=tables().divisions, listed=(_listed(owner, profile),))
    [found] = build_registry((), background).organisations
    last = Organisation.objects.filter(alliance_id=alliance).aggregate(n=Max("rank"))["n"]
    row = Organisation.objects.create(
        alliance_id=alliance,
        key=found.key,
        slug=slug_of(found.key),
        name=found.name.value,
        written=written,
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
    tokens = index_tokens(owner.name)
    Token.objects.bulk_create(
        Token(alliance_id=alliance, organisation=row, text=text, rank=row.rank) for text in tokens
    )
    known = TokenCount.objects.filter(alliance_id=alliance, text__in=tokens)
    there = set(known.values_list("text", flat=True))
    known.update(count=F("count") + 1)
    TokenCount.objects.bulk_create(
        TokenCount(alliance_id=alliance, text=text, count=1) for text in tokens if text not in there
    )
