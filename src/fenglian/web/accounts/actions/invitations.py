"""Links that seat one person once: made, taken back, used."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.actions.seats import (
    NOT_YOURS,
    TWO_PERSONS,
    hold,
    new_slug,
    refuse_fourth_steward,
    seat_user,
    unit_for,
)
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.faults import LinkSpent, MayNot, SeatTaken
from fenglian.web.accounts.happened import Happening, tell
from fenglian.web.accounts.models import (
    Alliance,
    Invitation,
    Owner,
    RecoveryCode,
    Seat,
    SecondFactor,
    User,
    Visit,
)
from fenglian.web.accounts.queries import find_actor, open_links, token_digest
from fenglian.web.accounts.roles import GIVES, GUARDIANS, PROPOSES

TOKEN_BYTES = 32
DAYS, MOST_DAYS = 7, 30
EVERYBODYS = _("A demo user is everybody's and takes no seat. Sign out and open the link again.")


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation just made; the token is told this once."""

    token: str
    name: str
    role: Role
    unit: str
    expires_at: datetime


@transaction.atomic
def invite(actor: Actor, *, name: str, role: Role, unit: str = "", days: int = DAYS) -> Link:
    """Make a link for a person to be; guardians are proposed instead, see proposals."""
    alliance = hold(actor)
    if role in GUARDIANS:
        raise MayNot(TWO_PERSONS)
    if role not in GIVES.get(actor.role, frozenset()):
        raise MayNot(NOT_YOURS)
    owner = unit_for(alliance, role, unit, by=actor)
    return make_link(alliance, actor, name=name, role=role, owner=owner, days=days)


def make_link(
    alliance: Alliance,
    actor: Actor,
    *,
    name: str,
    role: Role,
    owner: Owner | None,
    days: int = DAYS,
    renews: Seat | None = None,
) -> Link:
    """Make a link; whether the actor may is decided before."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a link lives 1 to {MOST_DAYS} days, not {days}")
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    row = Invitation.objects.create(
        alliance=alliance,
        slug=new_slug(),
        digest=token_digest(token),
        name=name,
        role=role,
        owner=owner,
        renews=renews,
        made_by_id=actor.user,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    _tell_of(actor, "invite", row)
    return Link(token, name, role, owner.name if owner else "", row.expires_at)


def _tell_of(actor: Actor | None, act: str, row: Invitation) -> None:
    detail = {"alliance": row.alliance.slug, "role": row.role}
    owner = row.owner_id or 0
    tell(actor, Happening(act, "accounts.invitation", (row.slug,), owner, detail=detail))


@transaction.atomic
def revoke_invitation(actor: Actor, slug: str) -> None:
    """Take a link back that nobody used yet."""
    alliance = hold(actor)
    row = Invitation.objects.get(alliance=alliance, slug=slug)
    guarded = row.role in GUARDIANS or row.renews_id is not None
    allowed = actor.role in PROPOSES if guarded else row.role in GIVES.get(actor.role, frozenset())
    if not allowed:
        raise MayNot(NOT_YOURS)
    if not open_links().filter(pk=row.pk).update(revoked_at=timezone.now()):
        raise LinkSpent
    _tell_of(actor, "revoke", row)


def join(token: str, *, username: str, name: str, password: str) -> User:
    """Make the person whom a link was made for, and seat them; the link is spent.

    Raises ``LinkSpent``, and ``ValidationError`` where the name is taken or the password weak.
    """
    user = User(username=username, name=name)
    user.full_clean(exclude=["password"])
    validate_password(password, user)
    user.set_password(password)  # takes long on purpose: before the database is held
    with transaction.atomic():
        row = _spend(token)
        if row.renews_id is not None:
            raise LinkSpent
        user.save()
        _seat(row, user)
    return user


@transaction.atomic
def join_as(actor: Actor, token: str) -> None:
    """Seat a person who has an account already, and no seat in that alliance."""
    row = _spend(token)
    user = User.objects.get(pk=actor.user)
    if row.renews_id is not None:
        raise LinkSpent
    if user.demo:
        raise MayNot(EVERYBODYS)
    if Seat.objects.filter(user=user, alliance=row.alliance, ended_at=None).exists():
        raise SeatTaken(name=row.alliance.zh)
    _seat(row, user)


def renew(token: str, *, password: str) -> User:
    """Give a person who lost password or phone a new password; the second factor is set up anew."""
    found = open_links().filter(digest=token_digest(token)).exclude(renews=None)
    row = found.select_related("renews__user").first()
    if row is None or row.renews is None:
        raise LinkSpent
    user = row.renews.user
    validate_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        row = _spend(token)
        user.save(update_fields=["password"])
        Invitation.objects.filter(pk=row.pk).update(used_by=user)
        SecondFactor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        Visit.objects.filter(account=user).delete()
        _tell_of(find_actor(user.pk, row.alliance.slug), "renewed", row)
    return user


def _spend(token: str) -> Invitation:
    """Mark a link as used and return it; of two who come at once the second finds it spent."""
    digest = token_digest(token)
    if not open_links().filter(digest=digest).update(used_at=timezone.now()):
        raise LinkSpent
    return Invitation.objects.select_related("alliance", "owner", "made_by").get(digest=digest)


def _seat(row: Invitation, user: User) -> None:
    if row.role == Role.STEWARD:
        refuse_fourth_steward(row.alliance)
    Invitation.objects.filter(pk=row.pk).update(used_by=user)
    maker = find_actor(row.made_by_id, row.alliance.slug)
    seat_user(user, row.alliance, Role(row.role), row.owner, by=maker)
    _tell_of(find_actor(user.pk, row.alliance.slug), "join", row)
