"""What is a person's own: the second factor, the sessions, the keys?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.utils import timezone

from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Key, RecoveryCode, Seat, SecondFactor, User, Visit
from fenglian.web.accounts.queries.actors import standing
from fenglian.web.accounts.roles import GUARDIANS
from fenglian.web.accounts.sessions import idle


class Step(StrEnum):
    """What stands between a right password and the house."""

    IN = "in"
    CODE = "code"
    SET_UP = "set-up"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A person's account as its owner sees it."""

    username: str
    demo: bool
    since: datetime | None  # of the second factor; None: there is none
    codes_left: int


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A browser in which a person is signed in."""

    id: str
    device: str
    address: str
    since: datetime
    seen_at: datetime
    here: bool  # the one that asks


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as its owner sees it; the key itself is shown once, when it is made."""

    id: int
    name: str
    alliance: str
    created_at: datetime


def next_step(user: User) -> Step:
    """Return what a person whose password was right has to do next."""
    seats = list(standing(Seat.objects.filter(user=user)).select_related("alliance"))
    if not seats:
        return Step.NOWHERE
    if SecondFactor.objects.filter(user=user).exists():
        return Step.CODE
    needed = any(not each.alliance.password_only or each.role in GUARDIANS for each in seats)
    return Step.SET_UP if needed and not user.demo else Step.IN


def find_user(user: int) -> User | None:
    """Return a person who may sign in, by primary key."""
    return User.objects.filter(pk=user, is_active=True).first()


def find_own(actor: Actor) -> OwnAccount:
    """Return what a person is told of the own account."""
    user = User.objects.select_related("second_factor").get(pk=actor.user)
    factor: SecondFactor | None = getattr(user, "second_factor", None)
    left = RecoveryCode.objects.filter(user=user, used_at=None).count() if factor else 0
    return OwnAccount(user.username, user.demo, factor.since if factor else None, left)


def visit_id(session_key: str) -> str:
    """Return the name under which a session may be shown: its key would open it."""
    return sha256(session_key.encode()).hexdigest()[:16]


def list_sessions(actor: Actor, session: str | None) -> list[SessionLine]:
    """Return the sessions of a person that still live; ``session`` is the key of this one."""
    now = timezone.now()
    rows = Visit.objects.filter(
        account_id=actor.user, expire_date__gt=now, seen_at__gte=now - idle()
    )
    return [
        SessionLine(
            id=visit_id(row.session_key),
            device=row.device,
            address=row.address,
            since=row.since,
            seen_at=row.seen_at,
            here=row.session_key == session,
        )
        for row in rows.order_by("-seen_at")
    ]


def list_keys(actor: Actor) -> list[KeyLine]:
    """Return the keys of a person, the latest first."""
    rows = Key.objects.filter(seat__user_id=actor.user).select_related("seat__alliance")
    return [
        KeyLine(row.pk, row.name, row.seat.alliance.slug, row.created_at)
        for row in rows.order_by("-id")
    ]
