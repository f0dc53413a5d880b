"""Wrong tries add up, lock, and tell nothing about who exists."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from pytest_django import Settings

from fenglian.web.accounts import actions, arrivals
from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.faults import Locked, MayNot, NotLetIn, WrongCode
from fenglian.web.accounts.models import Tries, User
from tests.web.accounts.conftest import (
    PASSWORD,
    Clock,
    Heard,
    browser,
    code_at,
    give_factor,
    make,
    type_password,
)

pytestmark = pytest.mark.django_db


def fail(username: str, times: int, address: str = "") -> None:
    for _ in range(times):
        with pytest.raises(NotLetIn):
            actions.try_password(username, "wrong", address)


def test_five_wrong_tries_lock_a_name_for_a_quarter_of_an_hour(
    stranger: Client, clock: Clock, heard: Heard
) -> None:
    make("zhang")
    for _ in range(5):
        assert type_password(stranger, "zhang", "wrong").status_code == 422
    answer = type_password(stranger, "zhang")
    assert answer.status_code == 429
    assert "2026-05-06 16:15" in answer.content.decode()  # Shanghai's clock
    assert heard.last("lock")[1].detail == {"by": "name", "minutes": 15}
    clock.move(minutes=15, seconds=1)
    assert type_password(stranger, "zhang").status_code == 302


def test_four_wrong_tries_and_a_right_one_do_not_lock(clock: Clock) -> None:
    make("zhang")
    fail("zhang", 4)
    actions.try_password("zhang", PASSWORD, "")
    fail("zhang", 1)
    with pytest.raises(Locked):
        actions.try_password("zhang", PASSWORD, "")


def test_wrong_tries_are_forgotten_once_somebody_came_in(clock: Clock) -> None:
    actor = make("zhang")
    fail("zhang", 4)
    actions.note_entry(User.objects.get(pk=actor.user))
    fail("zhang", 4)
    actions.try_password("zhang", PASSWORD, "")


def test_tries_further_apart_than_a_quarter_of_an_hour_do_not_add_up(clock: Clock) -> None:
    make("zhang")
    fail("zhang", 4)
    clock.move(minutes=16)
    fail("zhang", 4)
    actions.try_password("zhang", PASSWORD, "")


def test_each_lock_lasts_twice_as_long_up_to_a_day_and_is_forgotten_in_the_end(
    clock: Clock,
) -> None:
    lengths = []
    for _ in range(9):
        fail("zhang", 5)
        until = Tries.objects.get().locked_until
        assert until is not None
        lengths.append((until - clock.now) // timedelta(minutes=1))
        clock.now = until + timedelta(seconds=1)
    assert lengths == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    clock.move(days=2)
    fail("zhang", 5)
    assert Tries.objects.get().locks == 1


def test_a_lock_stands_against_the_right_password_and_code_too(clock: Clock) -> None:
    actor = make("zhang")
    secret, user = give_factor(actor), User.objects.get(pk=actor.user)
    clock.move(minutes=1)
    fail("zhang", 5)
    with pytest.raises(Locked):
        actions.try_password("zhang", PASSWORD, "")
    with pytest.raises(Locked):
        actions.try_code(user, code_at(secret), "")


def test_a_right_password_buys_no_further_tries_of_the_code(clock: Clock) -> None:
    actor = make("zhang")
    give_factor(actor)
    user = User.objects.get(pk=actor.user)
    for _ in range(5):
        actions.try_password("zhang", PASSWORD, "")
        with pytest.raises(WrongCode):
            actions.try_code(user, "000000", "")
    with pytest.raises(Locked):
        actions.try_password("zhang", PASSWORD, "")


def test_many_at_the_same_moment_get_no_more_tries_than_one(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password is checked while others wait for theirs: the tries count before, not after."""
    make("zhang")
    checked: list[str] = []

    def check(_request: None, username: str, password: str) -> None:
        checked.append(password)
        if len(checked) < 100:  # the next one comes before this one is answered
            with pytest.raises((Locked, NotLetIn)):
                actions.try_password(username, f"guess {len(checked)}", "")

    monkeypatch.setattr("fenglian.web.accounts.actions.doors.authenticate", check)
    with pytest.raises(NotLetIn):
        actions.try_password("zhang", "guess 0", "")
    assert len(checked) == 5


def test_a_name_that_nobody_has_answers_costs_and_locks_the_same(
    settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
    hashed: list[str] = []
    original = PBKDF2PasswordHasher.encode

    def encode(self: Any, password: str, *rest: Any) -> str:
        hashed.append(password)
        return original(self, password, *rest)

    make("zhang")
    gone = make("gone")
    User.objects.filter(pk=gone.user).update(is_active=False)
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", encode)
    told = {}
    for name in ("zhang", "nobody", "gone", "demo-bank"):
        visitor, answers = Client(REMOTE_ADDR=""), []
        for _ in range(7):
            hashed.clear()
            answer = type_password(visitor, name, "wrong")
            body = answer.content.decode().replace(name, "x").split("csrfmiddlewaretoken")
            answers.append((answer.status_code, len(hashed), body[0], body[1][100:]))
        told[name] = answers
    assert [status for status, *_rest in told["zhang"]] == [422] * 5 + [429] * 2
    assert [work for _status, work, *_rest in told["zhang"]] == [1] * 5 + [0] * 2
    assert all(answers == told["zhang"] for answers in told.values())


def test_spellings_of_one_name_count_together(clock: Clock) -> None:
    for name in ("Zhang", "zhang", "ZHANG", "\uff3a\uff48\uff41\uff4e\uff47", "zhanG"):
        fail(name, 1)
    with pytest.raises(Locked):
        actions.try_password("zhang", PASSWORD, "")


def test_fifty_wrong_tries_lock_an_address_for_every_name(clock: Clock, heard: Heard) -> None:
    make("zhang")
    for number in range(50):
        fail(f"nobody-{number}", 1, "203.0.113.7")
    assert heard.last("lock")[1].detail["by"] == "address"
    with pytest.raises(Locked):
        actions.try_password("zhang", PASSWORD, "203.0.113.7")
    actions.try_password("zhang", PASSWORD, "203.0.113.8")


def test_right_tries_do_not_count_against_an_address(clock: Clock) -> None:
    make("zhang")
    for _ in range(60):
        actions.try_password("zhang", PASSWORD, "203.0.113.7")


def test_one_visitor_with_many_ipv6_addresses_counts_as_one() -> None:
    near = {arrivals.neighbourhood(f"2001:db8:1:2::{number}") for number in (1, 2, 3)}
    assert near == {"2001:db8:1:2::/64"}
    assert arrivals.neighbourhood("2001:db8:1:3::1") not in near


def test_the_address_is_what_our_own_proxy_saw(rf: Any, settings: Settings) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "10.9.9.9, 203.0.113.7", "REMOTE_ADDR": "127.0.0.1"}
    assert arrivals.address_of(rf.get("/", **forged)) == "127.0.0.1"
    settings.PROXIED = True
    assert arrivals.address_of(rf.get("/", **forged)) == "203.0.113.7"
    assert arrivals.address_of(rf.get("/", HTTP_X_FORWARDED_FOR="<b>")) == ""


def test_invented_names_do_not_fill_the_table(clock: Clock) -> None:
    for number in range(5):
        fail(f"nobody-{number}", 1)
    clock.move(days=3)
    fail("another", 1)
    assert Tries.objects.count() == 1


def test_a_typed_name_is_not_kept(clock: Clock) -> None:
    fail("my-password-by-mistake", 1)
    assert "mistake" not in Tries.objects.get().key


def test_only_a_security_administrator_unlocks(clock: Clock, heard: Heard) -> None:
    make("zhang")
    guard, other = make("guard", Role.SECURITY_ADMIN), make("secretary", Role.SECRETARIAT)
    fail("zhang", 5)
    with pytest.raises(MayNot):
        actions.unlock(other, "zhang")
    page = browser(guard)
    unlock = "/accounts/seats/zhang/unlock/"
    assert unlock in page.get("/accounts/seats/zhang/").content.decode()
    assert page.post(unlock).status_code == 302
    assert heard.last("unlock")[0] is not None
    actions.try_password("zhang", PASSWORD, "")
    assert unlock not in page.get("/accounts/seats/zhang/").content.decode()
