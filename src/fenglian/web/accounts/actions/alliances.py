"""Alliances, their first people, and the demo's cast."""

from contextlib import suppress

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from fenglian.engine.labels import Label
from fenglian.web.accounts.actions.seats import create_owner, seat_user
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.faults import AlreadyInstalled, TooManyStewards
from fenglian.web.accounts.happened import Happening, tell
from fenglian.web.accounts.models import Alliance, Owner, Seat, User
from fenglian.web.accounts.queries import find_actor

REAL, SYNTHETIC = "shanxi-wind", "demo"
DEMO_ALLIANCES = (  # slug, name, synthetic, region pack
    (REAL, Label("山西省风电装备产业联盟", "Shanxi Wind Equipment Alliance"), False, "shanxi"),
    (SYNTHETIC, Label("演示联盟", "Demo alliance"), True, "demo"),
)
DEMO_UNITS = {  # for whom the demo's people speak, in the synthetic alliance alone
    Role.MEMBER: "演示法兰01厂",
    Role.COUNCIL: "演示整机01厂",
    Role.INSTITUTE: "演示研究院02",
    Role.BANK: "演示银行01",
}
DEMO_NAMES = {
    Role.SECRETARIAT: Label("演示用户甲", "Demo user A"),
    Role.MEMBER: Label("演示用户乙", "Demo user B"),
    Role.GOVERNMENT: Label("演示用户丙", "Demo user C"),
    Role.INSTITUTE: Label("演示用户丁", "Demo user D"),
    Role.BANK: Label("演示用户戊", "Demo user E"),
    Role.ANALYST: Label("演示用户己", "Demo user F"),
    Role.COUNCIL: Label("演示用户庚", "Demo user G"),
    Role.STEWARD: Label("演示用户辛", "Demo user H"),
    Role.SYSTEM_ADMIN: Label("演示用户壬", "Demo user I"),
    Role.SECURITY_ADMIN: Label("演示用户癸", "Demo user J"),
    Role.AUDITOR: Label("演示用户子", "Demo user K"),
}


@transaction.atomic
def open_demo() -> dict[str, Actor]:
    """Make sure that the demo's alliances and its one-click users are there.

    Returns the secretariat's actor in each alliance, by the alliance's slug.
    """
    alliances = [
        create_alliance(slug, label, synthetic=synthetic, pack=pack)
        for slug, label, synthetic, pack in DEMO_ALLIANCES
    ]
    for role, name in DEMO_NAMES.items():
        user, is_new = User.objects.get_or_create(
            username=f"demo-{role}",
            defaults={"name": name.zh, "name_en": name.en, "demo": True},
        )
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        for alliance in alliances:
            invented = DEMO_UNITS.get(role) if alliance.synthetic else None
            owner = create_owner(alliance, invented) if invented else None
            # Where real stewards hold all the seats there are, the demo goes without.
            with suppress(TooManyStewards):
                seat_user(user, alliance, role, owner)
    secretary = User.objects.get(username=f"demo-{Role.SECRETARIAT}")
    return {each.slug: _actor(secretary, each) for each in alliances}


@transaction.atomic
def create_alliance(
    slug: str, label: Label, *, synthetic: bool = False, pack: str = ""
) -> Alliance:
    """Return the alliance of that short name, made where it was missing."""
    defaults = {"zh": label.zh, "en": label.en, "synthetic": synthetic, "pack": pack}
    alliance, is_new = Alliance.objects.get_or_create(slug=slug, defaults=defaults)
    if is_new:
        tell(None, Happening("add", "accounts.alliance", (slug,)))
    return alliance


@transaction.atomic
def open_installation(
    slug: str, label: Label, *, username: str, password: str, pack: str = ""
) -> Actor:
    """Open a new installation: its alliance, and the system administrator who invites the others.

    Raises ``AlreadyInstalled`` where the alliance has one, and ``ValidationError`` where the name
    is taken or the password too weak. Who guards besides is added by ``fenglian user``.
    """
    alliance = create_alliance(slug, label, pack=pack)
    seats = Seat.objects.filter(alliance=alliance, role=Role.SYSTEM_ADMIN, ended_at=None)
    if seats.exists():
        raise AlreadyInstalled(name=label.zh)
    return create_user(username, password, alliance=alliance, role=Role.SYSTEM_ADMIN)


@transaction.atomic
def create_user(
    username: str, password: str, *, alliance: Alliance, role: Role, owner: Owner | None = None
) -> Actor:
    """Add a person who signs in with a password, seated in an alliance.

    Raises ``ValidationError`` where the name is taken or the password too weak.
    """
    user = User(username=username, name=username)
    user.full_clean(exclude=["password"])
    validate_password(password, user)
    user.set_password(password)
    user.save()
    tell(None, Happening("add", "accounts.user", (str(user.pk),)))
    seat_user(user, alliance, role, owner)
    return _actor(user, alliance)


def _actor(user: User, alliance: Alliance) -> Actor:
    actor = find_actor(user.pk, alliance.slug)
    if actor is None:
        raise Seat.DoesNotExist(f"{user} has no seat in {alliance}")
    return actor
