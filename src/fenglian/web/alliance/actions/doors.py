"""The only writer of links to apply, and of what comes in through them and through QR codes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.quantities import fold_width
from fenglian.engine.registry.codes import check_uscc
from fenglian.web.access.table import Act, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actions import create_owner
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Alliance, Owner
from fenglian.web.alliance.actions.applying import Handed, Wanted, apply
from fenglian.web.alliance.actions.records import note, said
from fenglian.web.alliance.faults import DoorBusy, KnownAlready, NotSignInTime, UnitNotHere
from fenglian.web.alliance.models import Application, Door, Meeting, Presence
from fenglian.web.alliance.queries.outward import DoorVisit, SignIn, door_digest, unit_at
from fenglian.web.audit.actions import Occurrence, System, record
from fenglian.web.registry import actions as registry
from fenglian.web.registry import queries as units

TOKEN_BYTES = 32
DAYS, MOST_DAYS, MOST_TAKEN = 30, 180, 50
LONGEST = 120
FORMS = ("profile", "sites", "offerings", "capacities", "contacts")  # that a newcomer fills in next


@dataclass(frozen=True, slots=True)
class NewDoor:
    """A link to apply, just made; the token is told this once."""

    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """An application that came in through a link, and the link to what is filled in next."""

    unit: str
    token: str
    until: datetime


@transaction.atomic
def make_door(actor: Actor, days: int = DAYS) -> NewDoor:
    """Make a link through which firms without an account apply."""
    require(actor, Act.KEEP_MEMBERS)
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    row = Door.objects.create(
        alliance_id=actor.alliance.id,
        digest=door_digest(token),
        until=now + timedelta(days=min(max(days, 1), MOST_DAYS)),
        made_at=now,
        made_by_id=actor.user,
    )
    note(actor, "add", row)
    return NewDoor(token, row.until)


@transaction.atomic
def close_door(actor: Actor, slug: str) -> None:
    """Take a link to apply back; raises ``ObjectDoesNotExist`` where there is none open."""
    require(actor, Act.KEEP_MEMBERS)
    rows = Door.objects.filter(alliance_id=actor.alliance.id, slug=slug, closed_at=None)
    row = rows.first()
    if row is None:
        raise ObjectDoesNotExist
    rows.update(closed_at=timezone.now())
    note(actor, "end", row)


@transaction.atomic
def apply_by_link(visit: DoorVisit, name: str, wanted: Wanted, papers: Sequence[Handed]) -> Arrived:
    """Take the application of a firm without an account, and open it the forms that come next.

    Raises
    ------
    ObjectDoesNotExist, DoorBusy
        Where the link was taken back while the page was open, or has taken its number.
    CodeError, KnownAlready, FieldMissing, PaperMissing, PaperUnknown, PaperTooLarge, UnknownTier
        Where the code is wrong, the firm is here, or something is missing or not what it may be.
    """
    with on_behalf_of_the_house():
        door = Door.objects.select_for_update().get(slug=visit.door, closed_at=None)
        if door.taken >= MOST_TAKEN:
            raise DoorBusy(most=MOST_TAKEN)
        written = " ".join(said(name, "单位名称", "the unit's name").split())[:LONGEST]
        code = fold_width(wanted.code).strip().upper()
        check_uscc(code)
        here = visit.alliance.id
        _refuse_known(visit, here, written, code)
        owner = create_owner(Alliance.objects.get(pk=here), written)
        actor = unit_at(visit, owner.pk, owner.name, here)
        region = wanted.region or code[2:8]
        apply(actor, owner.slug, _with_region(wanted, region), papers)
        link = registry.make_link(actor, owner.pk, FORMS)
        door.taken += 1
        door.save(update_fields=["taken"])
    return Arrived(owner.name, link.token, link.until)


def _refuse_known(visit: DoorVisit, here: int, name: str, code: str) -> None:
    nobody = unit_at(visit, 0, "", here)
    asked = Application.objects.whole().filter(alliance_id=here, code=code, ended_at=None)
    if (
        Owner.objects.filter(alliance_id=here, name=name).exists()
        or asked.exists()
        or code in units.list_codes(nobody, besides=0)
    ):
        raise KnownAlready


def _with_region(wanted: Wanted, region: str) -> Wanted:
    return Wanted(wanted.tier, wanted.code, region, wanted.delegate, wanted.title, wanted.words)


@transaction.atomic
def sign_in(visit: SignIn, unit: str, persons: int | None, names: str) -> str:
    """Note that a unit came, by whoever stands before the QR code; return the unit's name.

    It counts for a quorum once the secretariat has confirmed it; what the secretariat noted itself
    is not written over.

    Raises ``NotSignInTime`` and ``UnitNotHere``.
    """
    if not visit.open:
        begins, ends = (timezone.localtime(each) for each in (visit.begins, visit.ends))
        raise NotSignInTime(begins=f"{begins:%m-%d %H:%M}", ends=f"{ends:%m-%d %H:%M}")
    with on_behalf_of_the_house():
        here = visit.alliance.id
        owner = Owner.objects.filter(alliance_id=here, name=unit.strip(), left_on=None).first()
        if owner is None:
            raise UnitNotHere(name=unit.strip()[:LONGEST])
        meeting = Meeting.objects.get(slug=visit.meeting)
        rows = Presence.objects.whole().filter(meeting_id=meeting.pk, owner_id=owner.pk)
        words = {"persons": persons, "names": names.strip()[:400], "noted_at": timezone.now()}
        if rows.exists():
            rows.filter(by_code=True).update(**words)
        else:
            Presence.objects.create(
                alliance_id=here,
                owner=owner,
                meeting=meeting,
                by_code=True,
                noted_by_id=visit.caller,
                **words,
            )
        done = Occurrence("link", "alliance.presence", (owner.slug,), owner.pk, "S1")
        record(System("link", visit.alliance.slug), [done])
    return owner.name
