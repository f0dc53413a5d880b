"""Fast hashing, a clock that the test sets, and people who come in by both factors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.happened import Happening, happened
from fenglian.web.accounts.models import Alliance, User
from fenglian.web.accounts.second_factor import draw_secret

PASSWORD = "lanse-fengche-7"  # noqa: S105  # of nobody
SIGN_IN = "/accounts/sign-in/"


@dataclass
class Clock:
    """A clock that stands still until it is told to move."""

    now: datetime = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Heard:
    """What was told, in order."""

    told: list[tuple[Actor | None, Happening]] = field(default_factory=list)

    def acts(self) -> list[str]:
        return [each.act for _actor, each in self.told]

    def last(self, act: str) -> tuple[Actor | None, Happening]:
        return next(pair for pair in reversed(self.told) if pair[1].act == act)


@pytest.fixture(autouse=True)
def fast_hashing(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard = Heard()

    def listen(actor: Actor | None, happenings: tuple[Happening, ...], **_rest: Any) -> None:
        heard.told.extend((actor, each) for each in happenings)

    happened.connect(listen)
    yield heard
    happened.disconnect(listen)


def here(slug: str = actions.REAL) -> Alliance:
    """Return an alliance of the demo, made where it was missing."""
    actions.open_demo()
    return Alliance.objects.get(slug=slug)


def make(
    username: str, role: Role = Role.ANALYST, unit: str = "", alliance: Alliance | None = None
) -> Actor:
    """Seat a new person who signs in with ``PASSWORD``, and return them at work."""
    alliance = alliance or here()
    owner = actions.create_owner(alliance, unit) if unit else None
    return actions.create_user(username, PASSWORD, alliance=alliance, role=role, owner=owner)


def again(actor: Actor) -> Actor:
    """Return a person as the next request would find them."""
    found = queries.find_actor(actor.user, actor.alliance.slug)
    assert found is not None
    return found


def give_factor(actor: Actor) -> str:
    """Set up a person's second factor; return its secret."""
    secret = draw_secret()
    user = User.objects.get(pk=actor.user)
    actions.set_second_factor(user, secret, code_at(secret))
    return secret


def code_at(secret: str, steps: int = 0) -> str:
    """Return the code of now, or of so many steps later."""
    moment = timezone.now() + timedelta(seconds=30 * steps)
    return pyotp.TOTP(secret).at(moment)


def browser(actor: Actor) -> Client:
    """Return a browser in which a person is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user))
    return client


def type_password(
    client: Client, username: str, password: str = PASSWORD, *, to: str = "/", **rest: Any
) -> Any:
    typed = {"username": username, "password": password, "next": to}
    return client.post(SIGN_IN, typed, **rest)
