"""What does everybody read of an alliance, and what does a link open? For strangers too."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor, Membership
from fenglian.web.accounts.models import Alliance
from fenglian.web.alliance.models import Door, Listed, Meeting, PublicPage
from fenglian.web.alliance.queries.readers import member_of

WHO = "link"  # who the log says that it was
SALT = "alliance.sign-in"
BEFORE, AFTER = timedelta(hours=2), timedelta(hours=1)  # a meeting that sign-in is open


@dataclass(frozen=True, slots=True)
class PublicView:
    """The public page: class S0 throughout."""

    alliance: Membership
    how: str
    members: tuple[dict[str, str], ...]
    posts: tuple[dict[str, str], ...]
    meetings: tuple[dict[str, str], ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A link to apply as the secretariat sees it; the address itself is not kept."""

    slug: str
    made_at: datetime
    until: datetime
    taken: int
    open: bool


@dataclass(frozen=True, slots=True)
class DoorVisit:
    """What a link to apply opens: one form, for writing only."""

    door: str
    alliance: Membership
    maker: int  # who made the link, and answers for it
    until: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A meeting as whoever stands before its QR code sees it."""

    meeting: str
    title: str
    place: str
    starts_at: datetime
    alliance: Membership
    caller: int
    begins: datetime
    ends: datetime
    open: bool


def find_public(slug: str) -> PublicView:
    """Return the public page of an alliance; raises ``ObjectDoesNotExist`` where it has none open."""
    row = PublicPage.objects.select_related("alliance").get(alliance__slug=slug, closed_at=None)
    shown: dict[str, Any] = row.shown
    return PublicView(
        alliance=member_of(row.alliance),
        how=row.how,
        members=tuple(shown.get("members", ())),
        posts=tuple(shown.get("posts", ())),
        meetings=tuple(shown.get("meetings", ())),
        made_at=row.made_at,
    )


def own_public(actor: Actor) -> PublicView | None:
    """Return the public page of the own alliance; None: it has none open."""
    require(actor, Act.MEET)
    try:
        return find_public(actor.alliance.slug)
    except ObjectDoesNotExist:
        return None


def is_listed(actor: Actor, owner: int) -> bool:
    """Whether a member lets itself be named in public."""
    found: bool = Listed.objects.visible_to(actor).filter(owner_id=owner).exists()
    return found


# Links to apply.


def door_digest(token: str) -> str:
    """Return what is kept of a link's token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def list_doors(actor: Actor) -> list[DoorLine]:
    """Return the links to apply, to the secretariat; nothing to others."""
    if not may(actor, Act.KEEP_MEMBERS):
        return []
    now = timezone.now()
    rows = Door.objects.filter(alliance_id=actor.alliance.id)
    return [
        DoorLine(row.slug, row.made_at, row.until, row.taken, not row.closed_at and row.until > now)
        for row in rows
    ]


def open_door(token: str) -> DoorVisit | None:
    """Return what a token opens; None alike for unknown, run out and taken back."""
    rows = Door.objects.filter(
        digest=door_digest(token), closed_at=None, until__gt=timezone.now()
    ).select_related("alliance")
    row = rows.first()
    if row is None:
        return None
    return DoorVisit(row.slug, member_of(row.alliance), row.made_by_id, row.until)


def unit_at(visit: DoorVisit, owner: int, name: str, alliance: int) -> Actor:
    """Return who acts for a unit that came in through a link: nobody with an account."""
    row = Alliance.objects.get(pk=alliance)
    here = member_of(row, owner, name)
    return Actor(user=visit.maker, zh=WHO, en=WHO, alliance=here, alliances=(here,))


# Sign-in to a meeting.


def sign_in_token(actor: Actor, meeting: str) -> str:
    """Return what stands in the QR code of a meeting; only the secretariat hangs it up."""
    require(actor, Act.KEEP_MEMBERS)
    return signing.Signer(salt=SALT, sep=".").sign(meeting)


def find_sign_in(token: str) -> SignIn:
    """Return the meeting that a QR code leads to; raises ``ObjectDoesNotExist``."""
    try:
        slug = signing.Signer(salt=SALT, sep=".").unsign(token)
    except signing.BadSignature:
        raise ObjectDoesNotExist from None
    row = Meeting.objects.select_related("alliance").get(slug=slug)
    begins, ends, now = row.starts_at - BEFORE, row.ends_at + AFTER, timezone.now()
    return SignIn(
        meeting=row.slug,
        title=row.title,
        place=row.place,
        starts_at=row.starts_at,
        alliance=member_of(row.alliance),
        caller=row.called_by_id,
        begins=begins,
        ends=ends,
        open=begins <= now <= ends,
    )
