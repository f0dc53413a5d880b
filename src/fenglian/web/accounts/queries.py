"""Who is this, where may they go, which keys do they have?"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from fenglian.web.accounts.actor import Actor, Membership, Role
from fenglian.web.accounts.models import Alliance, Key, Seat, User


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as its owner sees it; the key itself is shown once, when it is made."""

    id: int
    name: str
    alliance: str
    created_at: datetime


def find_actor(user: int, slug: str | None = None) -> Actor | None:
    """Return a person at work in an alliance: the one asked for, else their first one."""
    seats = list(
        _standing(Seat.objects.filter(user_id=user, user__is_active=True))
        .select_related("alliance", "user", "owner")
        .order_by("alliance__synthetic", "alliance_id")
    )
    if not seats:
        return None
    places = tuple(_membership(seat) for seat in seats)
    here = next((place for place in places if place.slug == slug), places[0])
    return _actor(seats[0].user, here, places)


def find_actor_by_key(key: str) -> Actor | None:
    """Return whom a key lets act, in the alliance that it was made for."""
    digest = sha256(key.encode()).hexdigest()
    keyed = Seat.objects.filter(keys__digest=digest, user__is_active=True)
    seat = _standing(keyed).select_related("alliance", "user", "owner").first()
    if seat is None:
        return None
    place = _membership(seat)
    return _actor(seat.user, place, (place,))


def _standing(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Leave out the seats of units that have left: their people's rights end with the day."""
    return seats.exclude(owner__left_on__lt=timezone.localdate())


def _actor(user: User, here: Membership, places: tuple[Membership, ...]) -> Actor:
    return Actor(user.pk, str(user), user.name_en or str(user), here, places)


def _membership(seat: Seat) -> Membership:
    alliance = seat.alliance
    return Membership(
        id=alliance.pk,
        slug=alliance.slug,
        zh=alliance.zh,
        en=alliance.en,
        synthetic=alliance.synthetic,
        pack=alliance.pack,
        role=Role(seat.role),
        owner=seat.owner_id,
        owner_name=seat.owner.name if seat.owner else "",
    )


def find_demo_user(role: Role) -> User:
    """Return the one-click user of a role; raises ``User.DoesNotExist`` where there is none."""
    return User.objects.get(demo=True, is_active=True, username=f"demo-{role}")


def has_demo_users() -> bool:
    """Whether this installation holds one-click users."""
    return User.objects.filter(demo=True, is_active=True).exists()


def has_people() -> bool:
    """Whether anybody was ever added to this installation."""
    return User.objects.exists()


def list_keys(actor: Actor) -> list[KeyLine]:
    """Return the keys of a person, the latest first."""
    rows = Key.objects.filter(seat__user_id=actor.user).select_related("seat__alliance")
    return [
        KeyLine(row.pk, row.name, row.seat.alliance.slug, row.created_at)
        for row in rows.order_by("-id")
    ]


def find_alliance(slug: str) -> Alliance:
    """Return an alliance by its short name."""
    return Alliance.objects.get(slug=slug)
