"""Which links let somebody fill in a unit's forms, and what does a link open?"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.utils import timezone

from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import Actor, Membership, Role
from fenglian.web.accounts.models import Owner
from fenglian.web.registry.models import Link
from fenglian.web.registry.profile_tables import profile_tables

WHO = "link"  # who the log says that it was


@dataclass(frozen=True, slots=True)
class LinkVisit:
    """What a link opens: some forms of one unit, for writing only."""

    link: str  # its slug, which opens nothing
    actor: Actor  # without an account, at work for the unit
    owner: int
    unit: str
    forms: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as its unit and the secretariat see it; the address itself is not kept."""

    slug: str
    forms: tuple[str, ...]
    made_by: str
    made_at: datetime
    until: datetime
    used_at: datetime | None
    revoked: bool
    open: bool


def token_digest(token: str) -> str:
    """Return what is kept of a link's token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_links() -> QuerySet[Link]:
    """Return the links that still work; those of units that have left do not."""
    stays = Q(owner__left_on=None) | Q(owner__left_on__gt=timezone.localdate())
    return Link.objects.filter(stays, revoked_at=None, until__gt=timezone.now())


def open_link(token: str) -> LinkVisit | None:
    """Return what a token opens; None alike for unknown, expired, revoked, and a unit that left.

    Guessing is hopeless: a token has 256 random bits, and the digest of a guess is looked up.
    """
    found = open_links().filter(digest=token_digest(token))
    row = found.select_related("alliance", "owner").first()
    if row is None:
        return None
    here = Membership(
        id=row.alliance.pk,
        slug=row.alliance.slug,
        zh=row.alliance.zh,
        en=row.alliance.en,
        synthetic=row.alliance.synthetic,
        pack=row.alliance.pack,
        role=Role.MEMBER,
        owner=row.owner_id,
        owner_name=row.owner.name,
    )
    return LinkVisit(
        link=row.slug,
        actor=Actor(user=0, zh=WHO, en=WHO, alliance=here, alliances=(here,)),
        owner=row.owner_id,
        unit=row.owner.name,
        forms=_known(row),
        until=row.until,
    )


def _known(row: Link) -> tuple[str, ...]:
    return tuple(form for form in profile_tables() if form in row.forms)


def sees_links(actor: Actor, owner: Owner) -> bool:
    """Whether a person makes and revokes links of a unit: its own people, and the secretariat."""
    if owner.alliance_id != actor.alliance.id:
        return False
    return owner.pk == actor.owner or may(actor, Act.KEEP_UNITS)


def list_links(actor: Actor, owner: int) -> list[LinkLine]:
    """Return a unit's links, the latest first; none to whom they are no business."""
    unit = Owner.objects.filter(pk=owner, alliance_id=actor.alliance.id).first()
    if unit is None or not sees_links(actor, unit):
        return []
    rows = Link.objects.filter(owner_id=owner, alliance_id=actor.alliance.id)
    standing = set(open_links().filter(owner_id=owner).values_list("pk", flat=True))
    return [
        LinkLine(
            slug=row.slug,
            forms=_known(row),
            made_by=str(row.made_by),
            made_at=row.made_at,
            until=row.until,
            used_at=row.used_at,
            revoked=row.revoked_at is not None,
            open=row.pk in standing,
        )
        for row in rows.select_related("made_by")
    ]


def unit_of_link(actor: Actor, slug: str) -> str:
    """Return the address of the unit that a link is for; raises ``ObjectDoesNotExist``."""
    rows = Link.objects.filter(alliance_id=actor.alliance.id, slug=slug).select_related("owner")
    row = rows.first()
    if row is None or not sees_links(actor, row.owner):
        raise ObjectDoesNotExist
    return row.owner.slug
