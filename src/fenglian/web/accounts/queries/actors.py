"""Who is this, and where may they go?"""

from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import Actor, Membership, Role
from fenglian.web.accounts.models import Alliance, Seat, User
from fenglian.web.sql import fetch

# In the order of the model: Django fills the fields of a row in its own order.
ACCOUNT = ("id", "password", "username", "is_active", "name", "name_en")
FOREVER = "9999-12-31"
SEATED = """
    SELECT u.id, u.password, u.username, u.is_active, u.name, u.name_en, s.id, o.left_on,
        a.id, a.slug, a.zh, a.en, a.synthetic, a.pack, s.role, s.owner_id, o.name
    FROM accounts_user u
    LEFT JOIN accounts_seat s ON s.user_id = u.id AND s.ended_at IS NULL
    LEFT JOIN accounts_alliance a ON a.id = s.alliance_id
    LEFT JOIN accounts_owner o ON o.id = s.owner_id
    WHERE u.id = %s AND u.is_active ORDER BY a.synthetic, a.id"""


def find_actor(user: int, slug: str | None = None) -> Actor | None:
    """Return a person at work in an alliance: the one asked for, else their first one."""
    found = find_seated(user)
    return actor_of_account(found, slug) if found else None


def find_seated(user: int) -> User | None:
    """Return an account that is active, with what it has standing; None: there is none.

    Only the columns that every request needs; the others are fetched when somebody asks for one.
    """
    rows = fetch(SEATED, (user,))
    if not rows:
        return None
    found = User.from_db(None, ACCOUNT, rows[0][: len(ACCOUNT)])
    today = timezone.localdate().isoformat()
    found.standing = tuple(
        _place(*row[len(ACCOUNT) + 2 :])
        for row in rows
        if row[len(ACCOUNT)] is not None and str(row[len(ACCOUNT) + 1] or FOREVER) >= today
    )
    return found


def actor_of_account(user: User, slug: str | None = None) -> Actor | None:
    """Return a person at work, as ``find_actor`` does, by the seats that came with the account."""
    if user.standing is None:
        return find_actor(user.pk, slug)
    if not user.standing:
        return None
    here = next((place for place in user.standing if place.slug == slug), user.standing[0])
    return _actor(user, here, user.standing)


def _place(*columns: Any) -> Membership:
    number, slug, zh, en, synthetic, pack, role, owner, owner_name = columns
    return Membership(
        number, slug, zh, en, bool(synthetic), pack, Role(role), owner, owner_name or ""
    )


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


def list_alliances() -> dict[str, Label]:
    """Return the names of all alliances of this installation by short name, for its commands."""
    rows = Alliance.objects.order_by("slug")
    return {row.slug: Label(row.zh, row.en) for row in rows}
