"""Who is this, and where may they go?"""

from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from fenglian.web.accounts.actor import Actor, Membership, Role
from fenglian.web.accounts.models import Alliance, Seat, User


def find_actor(user: int, slug: str | None = None) -> Actor | None:
    """Return a person at work in an alliance: the one asked for, else their first one."""
    seats = list(
        standing(Seat.objects.filter(user_id=user, user__is_active=True))
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
    seat = standing(keyed).select_related("alliance", "user", "owner").first()
    if seat is None:
        return None
    place = _membership(seat)
    return _actor(seat.user, place, (place,))


def standing(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Leave out seats that ended, and those of units that have left."""
    return seats.filter(ended_at=None).exclude(owner__left_on__lte=timezone.localdate())


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


def find_alliance(slug: str) -> Alliance:
    """Return an alliance by its short name."""
    return Alliance.objects.get(slug=slug)
