"""What was granted to whom, and which purposes stand?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.models import Grant, Purpose
from fenglian.web.access.rights import cell
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.sql import fetch, kept

STANDING = """
    SELECT words FROM access_purpose
    WHERE alliance_id = %s AND user_id = %s AND data_class = %s
        AND confirmed_by_id IS NOT NULL AND ended_at IS NULL AND until > %s
    ORDER BY id DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as giver and reader see it."""

    slug: str
    owner: str
    reader: str
    data_class: DataClass
    purpose: str
    until: date
    revoked: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class PurposeLine:
    """A purpose as those see it who state and confirm."""

    slug: str
    user: int
    name: str
    data_class: DataClass
    words: str
    until: datetime
    confirmed_by: str
    stands: bool
    waits: bool


def standing_grants(actor: Actor) -> QuerySet[Grant]:
    """Return the grants that hold today in the alliance that is open."""
    today = timezone.localdate()
    return Grant.objects.filter(
        Q(owner__left_on=None) | Q(owner__left_on__gt=today),
        alliance_id=actor.alliance.id,
        revoked_at=None,
        until__gte=today,
    )


def granted_owners(actor: Actor, data_class: DataClass) -> QuerySet[Grant, int]:
    """Return the units that let the actor's unit read a class of their rows, today."""
    found = standing_grants(actor).filter(reader_id=actor.owner, data_class=data_class)
    return found.order_by().values_list("owner_id", flat=True)


def standing_purpose(actor: Actor, data_class: DataClass) -> str:
    """Return the words of a confirmed purpose that has not run out; empty: there is none."""
    asked = (actor.alliance.id, actor.user, data_class.value, kept(timezone.now()))
    return next((str(words) for (words,) in fetch(STANDING, asked)), "")


def has_confirmed_purpose(actor: Actor, data_class: DataClass) -> bool:
    """Whether a second person confirmed what the actor wants others' rows for."""
    return bool(standing_purpose(actor, data_class))


def reasons_of(actor: Actor, data_class: DataClass, owners: Iterable[int]) -> dict[int, str]:
    """Return why the actor may read owners' rows, in the words on record; empty: own or open."""
    others = [owner for owner in owners if owner != actor.owner]
    if not others:
        return {}
    granted: dict[int, str] = {}
    if actor.owner:
        grants = standing_grants(actor).filter(reader_id=actor.owner, data_class=data_class)
        # Of several grants of one owner the first counts: read backwards, it is written last.
        granted = dict(grants.reverse().values_list("owner_id", "purpose"))
    stated = (
        standing_purpose(actor, data_class)
        if cell(actor.role, data_class).stated and not set(others) <= set(granted)
        else ""
    )
    return {owner: granted.get(owner) or stated for owner in others}


def list_readers(actor: Actor) -> list[str]:
    """Return the names of the other units to which one could grant."""
    rows = Owner.objects.filter(alliance_id=actor.alliance.id, left_on=None)
    return list(rows.exclude(pk=actor.owner or 0).order_by("name").values_list("name", flat=True))


def list_grants(actor: Actor) -> tuple[list[GrantLine], list[GrantLine]]:
    """Return the grants that the actor's unit gave, and those it received."""
    if actor.owner is None:
        return [], []
    rows = Grant.objects.filter(alliance_id=actor.alliance.id).select_related("owner", "reader")
    standing = set(standing_grants(actor).values_list("pk", flat=True))
    given, received = rows.filter(owner_id=actor.owner), rows.filter(reader_id=actor.owner)
    return [_line(row, standing) for row in given], [_line(row, standing) for row in received]


def _line(row: Grant, standing: set[int]) -> GrantLine:
    return GrantLine(
        slug=row.slug,
        owner=row.owner.name,
        reader=row.reader.name,
        data_class=DataClass(row.data_class),
        purpose=row.purpose,
        until=row.until,
        revoked=row.revoked_at is not None,
        stands=row.pk in standing,
    )


def list_purposes(actor: Actor, *, everybody: bool) -> list[PurposeLine]:
    """Return one's own purposes, or those of everybody in the alliance, the latest first."""
    now = timezone.now()
    rows = Purpose.objects.filter(alliance_id=actor.alliance.id)
    if not everybody:
        rows = rows.filter(user_id=actor.user)
    return [
        PurposeLine(
            slug=row.slug,
            user=row.user_id,
            name=str(row.user),
            data_class=DataClass(row.data_class),
            words=row.words,
            until=row.until,
            confirmed_by=str(row.confirmed_by) if row.confirmed_by else "",
            stands=row.confirmed_by is not None and row.ended_at is None and row.until > now,
            waits=row.confirmed_by is None and row.ended_at is None and row.until > now,
        )
        for row in rows.select_related("user", "confirmed_by")
    ]
