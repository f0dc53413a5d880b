"""Who sits in the alliance, for which unit; which links and proposals wait?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import get_language

from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Alliance, Invitation, Owner, Proposal, Seat, Tries, User
from fenglian.web.accounts.queries.links import tries_key
from fenglian.web.accounts.roles import CONFIRMS, GIVES, GUARDIANS, PROPOSES, SEES_ALL

LATELY = 20  # links and proposals that are done with and still shown


class State(StrEnum):
    """What became of a link."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody seated, as who may see it is told."""

    username: str
    name: str
    role: Role
    unit: str
    has_second_factor: bool
    demo: bool
    last_in: datetime | None
    locked_until: datetime | None
    is_self: bool
    gives: bool  # the viewer may change and end this seat alone
    proposes: bool  # the viewer may propose it


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its people; the empty slug gathers who speaks for none."""

    slug: str
    name: str
    left_on: date | None
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """A link as its makers see it; the link itself was shown once."""

    slug: str
    name: str
    role: Role
    unit: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    state: State
    used_by: str
    renews: bool
    revocable: bool


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """What one person proposed and another decides on."""

    slug: str
    kind: str  # a value of Proposal.Kind
    about: str  # the person; empty where it is about the alliance
    role: str  # in words; empty where none is given
    unit: str
    proposed_by: str
    proposed_at: datetime
    state: str
    state_label: str
    decided_by: str
    confirmable: bool
    refusable: bool


def sees_people(actor: Actor) -> bool:
    """Whether a person may see who is seated: of the alliance, or of the own unit."""
    return actor.role in SEES_ALL or actor.owner is not None


def list_units(actor: Actor) -> list[Unit]:
    """Return units with the people seated for them; who may not see all sees the own unit."""
    seats = Seat.objects.filter(alliance_id=actor.alliance.id, ended_at=None)
    owners = Owner.objects.filter(alliance_id=actor.alliance.id)
    if actor.role not in SEES_ALL:
        # No unit is 0, which nobody has: None would be everybody who has none.
        seats = seats.filter(owner_id=actor.owner or 0)
        owners = owners.filter(pk=actor.owner or 0)
    rows = seats.select_related("user", "user__second_factor", "owner").order_by("role", "user_id")
    people: dict[int | None, list[Person]] = {}
    locks = _locks(row.user.username for row in rows)
    for row in rows:
        people.setdefault(row.owner_id, []).append(_person(actor, row, locks))
    units = [
        Unit(each.slug, each.name, each.left_on, tuple(people.get(each.pk, ())))
        for each in owners.order_by("left_on", "name")
    ]
    units.sort(key=lambda unit: unit.left_on is not None)
    return [*units, Unit("", "", None, tuple(people[None]))] if None in people else units


def find_person(actor: Actor, username: str) -> Person:
    """Return one seated person; raises ``Seat.DoesNotExist`` where the viewer may see none."""
    seats = Seat.objects.filter(alliance_id=actor.alliance.id, ended_at=None)
    if actor.role not in SEES_ALL:
        seats = seats.none()
    row = seats.select_related("user", "user__second_factor", "owner").get(user__username=username)
    return _person(actor, row, _locks([username]))


def _locks(usernames: Iterable[str]) -> dict[str, datetime]:
    keys = {tries_key("name", name): name for name in usernames}
    rows = Tries.objects.filter(locked_until__gt=timezone.now(), key__in=list(keys))
    return {keys[row.key]: row.locked_until for row in rows if row.locked_until}


def _person(actor: Actor, row: Seat, locks: dict[str, datetime]) -> Person:
    user: User = row.user
    is_self = user.pk == actor.user
    return Person(
        username=user.username,
        name=_name(user),
        role=Role(row.role),
        unit=row.owner.name if row.owner else "",
        has_second_factor=getattr(user, "second_factor", None) is not None,
        demo=user.demo,
        last_in=user.last_login,
        locked_until=locks.get(user.username),
        is_self=is_self,
        gives=not is_self and row.role in GIVES.get(actor.role, frozenset()),
        proposes=not is_self and actor.role in PROPOSES,
    )


def _name(user: User | None) -> str:
    if user is None:
        return ""
    is_english = (get_language() or "zh").startswith("en")
    return user.name_en if is_english and user.name_en else str(user)


def users_of(owner: int) -> list[int]:
    """Return who speaks for a unit, or did last."""
    return list(Seat.objects.filter(owner_id=owner).values_list("user_id", flat=True))


def list_unit_names(actor: Actor) -> list[str]:
    """Return the names of the units that somebody can be invited for."""
    owners = Owner.objects.filter(alliance_id=actor.alliance.id, left_on=None)
    return list(owners.order_by("name").values_list("name", flat=True))


def list_invitations(actor: Actor) -> list[InvitationLine]:
    """Return the alliance's links: all that are open, and the latest of the others."""
    if actor.role not in SEES_ALL:
        return []
    rows = Invitation.objects.filter(alliance_id=actor.alliance.id)
    lines = [_line(actor, row) for row in rows.select_related("owner", "made_by", "used_by")]
    waiting = [line for line in lines if line.state == State.OPEN]
    return waiting + [line for line in lines if line.state != State.OPEN][:LATELY]


def _line(actor: Actor, row: Invitation) -> InvitationLine:
    state = _state(row)
    guarded = row.role in GUARDIANS or row.renews_id is not None
    allowed = actor.role in PROPOSES if guarded else row.role in GIVES.get(actor.role, frozenset())
    return InvitationLine(
        slug=row.slug,
        name=row.name,
        role=Role(row.role),
        unit=row.owner.name if row.owner else "",
        made_by=_name(row.made_by),
        made_at=row.made_at,
        expires_at=row.expires_at,
        state=state,
        used_by=_name(row.used_by),
        renews=row.renews_id is not None,
        revocable=allowed and state == State.OPEN,
    )


def _state(row: Invitation) -> State:
    if row.used_at is not None:
        return State.USED
    if row.revoked_at is not None or (row.owner is not None and row.owner.left_on is not None):
        return State.REVOKED
    return State.OPEN if row.expires_at > timezone.now() else State.EXPIRED


def list_proposals(actor: Actor) -> list[ProposalLine]:
    """Return what waits for a second person, and the latest that was decided."""
    if actor.role not in SEES_ALL:
        return []
    rows = Proposal.objects.filter(alliance_id=actor.alliance.id)
    rows = rows.select_related("seat__user", "owner", "proposed_by", "decided_by")
    waiting = list(rows.filter(state=Proposal.State.OPEN))
    decided = list(rows.exclude(state=Proposal.State.OPEN)[:LATELY])
    return [_proposal(actor, row) for row in waiting + decided]


def _proposal(actor: Actor, row: Proposal) -> ProposalLine:
    is_open = row.state == Proposal.State.OPEN
    own = row.proposed_by_id == actor.user
    concerned = row.seat is not None and row.seat.user_id == actor.user
    return ProposalLine(
        slug=row.slug,
        kind=str(row.get_kind_display()),
        about=_name(row.seat.user) if row.seat else row.name,
        role=str(Role(row.role).label) if row.role else "",
        unit=row.owner.name if row.owner else "",
        proposed_by=_name(row.proposed_by),
        proposed_at=row.proposed_at,
        state=row.state,
        state_label=str(row.get_state_display()),
        decided_by=_name(row.decided_by),
        confirmable=is_open and actor.role in CONFIRMS and not own and not concerned,
        refusable=is_open and (actor.role in CONFIRMS or own),
    )


def is_password_enough(actor: Actor) -> bool:
    """Whether the alliance lets a password do, of all but its guardians."""
    return Alliance.objects.get(pk=actor.alliance.id).password_only
