"""What takes two persons: one proposes, another decides.

Guardians are seated, changed and unseated this way, a person gets a new way in, and an alliance
says whether a password is enough. Who confirms is a security administrator, is not who proposed,
and is not whom it concerns; persons are compared, not seats.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.actions.invitations import Link, make_link
from fenglian.web.accounts.actions.seats import (
    NOT_YOURS,
    OWN_RIGHTS,
    hold,
    new_slug,
    refuse_fourth_steward,
    seat_of,
    seat_user,
    unit_for,
    vacate,
)
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.faults import AlreadyDecided, MayNot, TooManyStewards
from fenglian.web.accounts.happened import Happening, tell
from fenglian.web.accounts.models import Alliance, Proposal, Seat
from fenglian.web.accounts.queries import open_links
from fenglian.web.accounts.roles import CONFIRMS, GUARDIANS, MOST_STEWARDS, PROPOSES

Kind, State = Proposal.Kind, Proposal.State
ANOTHER = _("Who proposed it cannot decide on it. Another security administrator does.")
ELSEWHERE = _(
    "This person has a seat in another alliance too; the administrators of one cannot give a new "
    "way in to both. Whoever runs the server can."
)


@transaction.atomic
def propose_guardian(actor: Actor, *, name: str, role: Role) -> None:
    """Propose that a person be invited as a guardian."""
    alliance = hold(actor)
    if role not in GUARDIANS:
        raise MayNot(NOT_YOURS)
    _refuse_unless_proposes(actor)
    if role == Role.STEWARD:
        _refuse_another_steward(alliance)
    _keep(actor, Proposal(kind=Kind.INVITE, name=name, role=role))


@transaction.atomic
def propose_change(actor: Actor, username: str, role: Role, unit: str) -> None:
    """Propose that a seated person have another role or unit."""
    alliance = hold(actor)
    seat = _seat_of_another(actor, username)
    owner = unit_for(alliance, role, unit, by=actor)
    _keep(actor, Proposal(kind=Kind.CHANGE, seat=seat, role=role, owner=owner))


@transaction.atomic
def propose_end(actor: Actor, username: str) -> None:
    """Propose that a person's seat end."""
    hold(actor)
    _keep(actor, Proposal(kind=Kind.END, seat=_seat_of_another(actor, username)))


@transaction.atomic
def propose_renewal(actor: Actor, username: str) -> None:
    """Propose a new way in for one who lost the password, or the phone and the recovery codes."""
    hold(actor)
    seat = _seat_of_another(actor, username)
    _refuse_elsewhere(seat)
    _keep(actor, Proposal(kind=Kind.RENEW, seat=seat))


@transaction.atomic
def propose_factors(actor: Actor, *, password_only: bool) -> None:
    """Propose whether a password is enough in this alliance."""
    hold(actor)
    _refuse_unless_proposes(actor)
    _keep(actor, Proposal(kind=Kind.PASSWORD_ONLY if password_only else Kind.BOTH_FACTORS))


def _refuse_unless_proposes(actor: Actor) -> None:
    if actor.role not in PROPOSES:
        raise MayNot(NOT_YOURS)


def _seat_of_another(actor: Actor, username: str) -> Seat:
    _refuse_unless_proposes(actor)
    seat = seat_of(actor, username)
    if seat.user_id == actor.user:
        raise MayNot(OWN_RIGHTS)
    return seat


def _refuse_elsewhere(seat: Seat) -> None:
    others = Seat.objects.filter(user=seat.user, ended_at=None).exclude(alliance=seat.alliance)
    if others.exists() or seat.user.demo:
        raise MayNot(ELSEWHERE)


def _refuse_another_steward(alliance: Alliance) -> None:
    """Count the links that wait, too: two of them would make a fourth steward of a third."""
    refuse_fourth_steward(alliance)
    seated = Seat.objects.filter(alliance=alliance, role=Role.STEWARD, ended_at=None).count()
    invited = open_links().filter(alliance=alliance, role=Role.STEWARD).count()
    if seated + invited >= MOST_STEWARDS:
        raise TooManyStewards(most=MOST_STEWARDS)


def _keep(actor: Actor, proposal: Proposal) -> None:
    proposal.alliance_id = actor.alliance.id
    proposal.slug = new_slug()
    proposal.proposed_by_id = actor.user
    proposal.proposed_at = timezone.now()
    proposal.save()
    _tell_of(actor, "propose", proposal)


def _tell_of(actor: Actor, act: str, row: Proposal) -> None:
    detail = {
        "kind": str(row.kind),
        "role": str(row.role),
        "user": row.seat.user_id if row.seat else None,
    }
    owner = row.owner_id or 0
    tell(actor, Happening(act, "accounts.proposal", (row.slug,), owner, detail=detail))


@transaction.atomic
def confirm(actor: Actor, slug: str) -> Link | None:
    """Carry out what another proposed; where it makes a link, return it to be shown once."""
    alliance = hold(actor)
    row = _open_proposal(actor, slug)
    if row.proposed_by_id == actor.user:
        raise MayNot(ANOTHER)
    if row.seat is not None and row.seat.user_id == actor.user:
        raise MayNot(OWN_RIGHTS)
    link = _carry_out(actor, alliance, row)
    _decide(actor, row, State.CONFIRMED)
    _tell_of(actor, "confirm", row)
    return link


@transaction.atomic
def refuse(actor: Actor, slug: str) -> None:
    """Refuse what another proposed, or withdraw what one proposed oneself."""
    hold(actor)
    row = _open_proposal(actor, slug, decides=False)
    if actor.role not in CONFIRMS and row.proposed_by_id != actor.user:
        raise MayNot(NOT_YOURS)
    _decide(actor, row, State.REFUSED)
    _tell_of(actor, "refuse", row)


def _open_proposal(actor: Actor, slug: str, *, decides: bool = True) -> Proposal:
    if decides and actor.role not in CONFIRMS:
        raise MayNot(NOT_YOURS)
    rows = Proposal.objects.select_related("seat__user", "seat__alliance", "seat__owner", "owner")
    row = rows.get(alliance_id=actor.alliance.id, slug=slug)
    if row.state != State.OPEN:
        raise AlreadyDecided
    return row


def _decide(actor: Actor, row: Proposal, state: Proposal.State) -> None:
    row.state, row.decided_by_id, row.decided_at = state, actor.user, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])


def _carry_out(actor: Actor, alliance: Alliance, row: Proposal) -> Link | None:
    if row.kind == Kind.INVITE:
        if row.role == Role.STEWARD:
            _refuse_another_steward(alliance)
        return make_link(alliance, actor, name=row.name, role=Role(row.role), owner=None)
    if row.kind in (Kind.PASSWORD_ONLY, Kind.BOTH_FACTORS):
        alliance.password_only = row.kind == Kind.PASSWORD_ONLY
        alliance.save(update_fields=["password_only"])
        return None
    seat = row.seat
    if seat is None or seat.ended_at is not None:
        raise AlreadyDecided
    if row.kind == Kind.RENEW:
        _refuse_elsewhere(seat)
        name = str(seat.user)
        return make_link(
            alliance, actor, name=name, role=Role(seat.role), owner=seat.owner, renews=seat
        )
    if row.kind == Kind.END:
        vacate(seat, by=actor)
    else:
        seat_user(seat.user, alliance, Role(row.role), row.owner, by=actor)
    return None
