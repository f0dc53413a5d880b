"""Units, and who sits for them: seats are given, changed and ended here."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.faults import (
    MayNot,
    TooManyStewards,
    UnitLeft,
    UnitMissing,
    UnitUnwanted,
)
from fenglian.web.accounts.happened import Happening, tell
from fenglian.web.accounts.models import (
    Alliance,
    Invitation,
    Key,
    Owner,
    Proposal,
    Seat,
    User,
    Visit,
)
from fenglian.web.accounts.roles import GIVES, GUARDIANS, MOST_STEWARDS, NEEDS_UNIT

SLUG_BYTES = 8
OWN_RIGHTS = _("Nobody changes their own rights. Ask another person who may.")
NOT_YOURS = _("Your role does not give or take this role.")
TWO_PERSONS = _("It takes two persons to seat or unseat a guardian. Propose it instead.")


def new_slug() -> str:
    """Return a random name for an address: it says nothing and counts nothing."""
    return secrets.token_hex(SLUG_BYTES)


def hold(actor: Actor) -> Alliance:
    """Return the actor's alliance, kept from others' changes of rights until the transaction ends."""
    return Alliance.objects.select_for_update().get(pk=actor.alliance.id)


@transaction.atomic
def create_owner(alliance: Alliance, name: str, *, by: Actor | None = None) -> Owner:
    """Return the unit of that name that owns data in an alliance, made where it was missing."""
    defaults = {"slug": new_slug()}
    owner, is_new = Owner.objects.get_or_create(alliance=alliance, name=name, defaults=defaults)
    if is_new:
        tell(by, Happening("add", "accounts.owner", (owner.slug,), owner.pk))
    return owner


def unit_for(alliance: Alliance, role: Role, name: str, *, by: Actor | None = None) -> Owner | None:
    """Return the unit that somebody in a role is to speak for; raises where role and unit differ."""
    name = " ".join(name.split())
    if not name:
        if role in NEEDS_UNIT:
            raise UnitMissing
        return None
    if role in GUARDIANS:
        raise UnitUnwanted
    owner = create_owner(alliance, name, by=by)
    if owner.left_on is not None:
        raise UnitLeft(name=owner.name, day=owner.left_on)
    return owner


@transaction.atomic
def seat_user(
    user: User,
    alliance: Alliance,
    role: Role,
    owner: Owner | None = None,
    *,
    by: Actor | None = None,
) -> Seat:
    """Give a person a role in an alliance; another role or unit than before replaces it."""
    before = Seat.objects.filter(user=user, alliance=alliance).first()
    is_seated = before is not None and before.ended_at is None
    owner_id = owner.pk if owner else None
    if is_seated and before and (before.role, before.owner_id) == (role, owner_id):
        return before
    if role == Role.STEWARD:
        refuse_fourth_steward(alliance, besides=user)
    if is_seated and before:
        _withdraw_what_was_begun(before)
    seat = {"role": role, "owner": owner, "ended_at": None}
    row = Seat.objects.update_or_create(user=user, alliance=alliance, defaults=seat)[0]
    detail = {"alliance": alliance.slug, "role": str(role)}
    tell(by, Happening("seat", "accounts.seat", (str(user.pk),), owner_id or 0, detail=detail))
    return row


def refuse_fourth_steward(alliance: Alliance, besides: User | None = None) -> None:
    """Raise where an alliance has all the stewards that it may have."""
    seated = Seat.objects.filter(alliance=alliance, role=Role.STEWARD, ended_at=None)
    if besides is not None:
        seated = seated.exclude(user=besides)
    if seated.count() >= MOST_STEWARDS:
        raise TooManyStewards(most=MOST_STEWARDS)


def seat_of(actor: Actor, username: str) -> Seat:
    """Return a seat of the actor's alliance that somebody sits in."""
    seats = Seat.objects.filter(alliance_id=actor.alliance.id, ended_at=None)
    return seats.select_related("user", "owner", "alliance").get(user__username=username)


def _refuse_unless_gives(actor: Actor, seat: Seat, *roles: str) -> None:
    if seat.user_id == actor.user:
        raise MayNot(OWN_RIGHTS)
    if GUARDIANS & set(roles):
        raise MayNot(TWO_PERSONS)
    if not set(roles) <= GIVES.get(actor.role, frozenset()):
        raise MayNot(NOT_YOURS)


@transaction.atomic
def change_seat(actor: Actor, username: str, role: Role, unit: str) -> None:
    """Give a seated person another role or unit; a guardian's takes two persons, see proposals."""
    alliance = hold(actor)
    seat = seat_of(actor, username)
    _refuse_unless_gives(actor, seat, seat.role, role)
    seat_user(seat.user, alliance, role, unit_for(alliance, role, unit, by=actor), by=actor)


@transaction.atomic
def end_seat(actor: Actor, username: str) -> None:
    """End a person's seat: from now on the alliance is closed to them."""
    hold(actor)
    seat = seat_of(actor, username)
    _refuse_unless_gives(actor, seat, seat.role)
    vacate(seat, by=actor)


def vacate(seat: Seat, *, by: Actor) -> None:
    """End a seat with all that hangs on it: keys, open links, and sessions that lead nowhere."""
    seat.ended_at = timezone.now()
    seat.save(update_fields=["ended_at"])
    Key.objects.filter(seat=seat).delete()
    _withdraw_what_was_begun(seat)
    if not Seat.objects.filter(user=seat.user, ended_at=None).exists():
        Visit.objects.filter(account=seat.user).delete()
    detail = {"alliance": seat.alliance.slug, "role": seat.role}
    ended = Happening(
        "end", "accounts.seat", (str(seat.user_id),), seat.owner_id or 0, detail=detail
    )
    tell(by, ended)


def _withdraw_what_was_begun(seat: Seat) -> None:
    """Close links and proposals of one whose rights end: they would outlive the rights."""
    links = Invitation.objects.filter(alliance=seat.alliance, made_by=seat.user)
    links.filter(used_at=None, revoked_at=None).update(revoked_at=timezone.now())
    begun = Proposal.objects.filter(alliance=seat.alliance, proposed_by=seat.user)
    begun.filter(state=Proposal.State.OPEN).update(
        state=Proposal.State.REFUSED, decided_at=timezone.now()
    )


@transaction.atomic
def let_unit_leave(actor: Actor, slug: str) -> None:
    """A unit leaves: its people's seats end now, and so do the links that wait for others."""
    alliance = hold(actor)
    if actor.role not in GIVES:
        raise MayNot(NOT_YOURS)
    owner = Owner.objects.get(alliance=alliance, slug=slug, left_on=None)
    seats = list(owner.seats.filter(ended_at=None).select_related("user", "owner", "alliance"))
    for seat in seats:
        _refuse_unless_gives(actor, seat, seat.role)
    for seat in seats:
        vacate(seat, by=actor)
    owner.left_on = timezone.localdate()
    owner.save(update_fields=["left_on"])
    Invitation.objects.filter(owner=owner, used_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    tell(actor, Happening("leave", "accounts.owner", (owner.slug,), owner.pk))


@transaction.atomic
def let_unit_return(actor: Actor, slug: str) -> None:
    """A unit that left is in again; its people are invited anew."""
    alliance = hold(actor)
    if actor.role not in GIVES:
        raise MayNot(NOT_YOURS)
    owner = Owner.objects.exclude(left_on=None).get(alliance=alliance, slug=slug)
    owner.left_on = None
    owner.save(update_fields=["left_on"])
    tell(actor, Happening("return", "accounts.owner", (owner.slug,), owner.pk))
