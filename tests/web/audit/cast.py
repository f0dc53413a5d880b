"""Who looks at the log in these tests: every role, a member of a unit, and one of another."""

from django.test import Client

from fenglian.web.accounts.actions import REAL, create_owner, open_demo, seat_user
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Alliance, Owner, User
from fenglian.web.accounts.queries import find_actor


def unit(name: str) -> Owner:
    """Return a unit of the real alliance."""
    open_demo()
    return create_owner(Alliance.objects.get(slug=REAL), name)


def seat(role: Role, owner: Owner | None = None) -> User:
    """Return the demo's person of a role, seated for a unit or for none."""
    open_demo()
    user = User.objects.get(username=f"demo-{role}")
    seat_user(user, Alliance.objects.get(slug=REAL), role, owner)
    return user


def actor_of_role(role: Role, owner: Owner | None = None) -> Actor:
    """Return the demo's person of a role at work."""
    found = find_actor(seat(role, owner).pk, REAL)
    assert found is not None
    return found


def browser_of(role: Role, owner: Owner | None = None, *, english: bool = False) -> Client:
    """Return the browser of that person."""
    client = Client(headers={"accept-language": "en"}) if english else Client()
    client.force_login(seat(role, owner))
    return client
