"""A session begins anew, ends by itself, and can be ended from elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from fenglian.web.accounts.actions import end_overdue_visits, visits
from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.arrivals import device_of
from fenglian.web.accounts.models import Seat, User, Visit
from fenglian.web.accounts.queries import visit_id
from fenglian.web.accounts.sessions import SessionStore
from tests.web.accounts.conftest import (
    PASSWORD,
    Clock,
    Heard,
    browser,
    code_at,
    give_factor,
    here,
    make,
    type_password,
)

pytestmark = pytest.mark.django_db
CODE, NEW = "/accounts/sign-in/code/", "hongse-fengche-8"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0"
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def test_the_key_changes_at_every_door(stranger: Client, clock: Clock) -> None:
    """Session fixation: a key planted in somebody's browser opens nothing later."""
    secret = give_factor(make("zhang"))
    clock.move(minutes=1)
    planted = stranger.session
    planted["planted"] = "1"
    planted.save()
    keys = [key_of(stranger)]
    type_password(stranger, "zhang")
    keys.append(key_of(stranger))
    stranger.post(CODE, {"code": code_at(secret)})
    keys.append(key_of(stranger))
    assert len(set(keys)) == 3
    assert "planted" not in stranger.session
    thief = Client()
    for key in keys[:2]:
        thief.cookies["sessionid"] = key
        assert thief.get("/registry/").status_code == 302
    assert Visit.objects.count() == 1


def test_a_session_ends_after_half_an_hour_without_a_request(clock: Clock) -> None:
    page = browser(make("zhang"))
    for _ in range(3):
        clock.move(minutes=29)
        assert page.get("/accounts/").status_code == 200
    clock.move(minutes=31)
    assert page.get("/accounts/").status_code == 302
    assert Visit.objects.count() == 0


def test_how_long_it_may_idle_is_a_setting(clock: Clock, settings: Settings) -> None:
    settings.IDLE_MINUTES = 5
    page = browser(make("zhang"))
    clock.move(minutes=6)
    assert page.get("/accounts/").status_code == 302


def test_a_session_ends_after_twelve_hours_whatever_happens(clock: Clock) -> None:
    page = browser(make("zhang"))
    for _ in range(35):
        clock.move(minutes=20)
        page.post("/accounts/alliance/", {"alliance": "shanxi-wind"})  # writes the session, too
    assert page.get("/accounts/").status_code == 200
    clock.move(minutes=21)
    assert page.get("/accounts/").status_code == 302


def test_a_session_that_idled_out_is_told_once_by_the_browser_that_comes_back(
    clock: Clock, heard: Heard
) -> None:
    actor = make("zhang", Role.SECRETARIAT)
    page = browser(actor)
    page.post("/accounts/alliance/", {"alliance": "shanxi-wind"})
    name, last = visit_id(key_of(page)), clock.now
    clock.move(hours=2)
    for _again in range(2):
        page.get("/accounts/")
    assert heard.acts().count("session-end") == 1
    who, told = heard.last("session-end")
    assert who is not None
    assert (who.user, who.alliance.slug) == (actor.user, "shanxi-wind")
    assert told.rows == (name,)
    assert told.detail == {
        "why": "idle",
        "minutes": 30,
        "ended": (last + timedelta(minutes=30)).isoformat(timespec="seconds"),
        "user": actor.user,
    }


def test_a_session_whose_browser_never_comes_back_is_told_at_the_next_sign_in(
    stranger: Client, clock: Clock, heard: Heard
) -> None:
    alliance = here()
    alliance.password_only = True
    alliance.save()
    make("li")
    away, began = browser(make("zhang")), clock.now
    SessionStore().create()  # half-way at the door: nobody yet
    for _ in range(36):
        clock.move(minutes=20)
        away.get("/accounts/")
    clock.move(minutes=1)
    type_password(stranger, "li")
    clock.move(minutes=1)
    type_password(Client(), "li")
    [told] = [each for _actor, each in heard.told if each.act == "session-end"]
    assert told.detail["why"] == "time"
    assert told.detail["minutes"] == 12 * 60
    assert told.detail["ended"] == (began + timedelta(hours=12)).isoformat(timespec="seconds")
    assert Visit.objects.count() == 2  # of li


def test_an_end_is_told_of_a_person_who_has_no_seat_any_more(clock: Clock, heard: Heard) -> None:
    actor = make("zhang")
    browser(actor)
    Seat.objects.filter(user_id=actor.user).update(ended_at=clock.now)
    clock.move(hours=1)
    end_overdue_visits()
    who, told = heard.last("session-end")
    assert who is None
    assert told.detail["user"] == actor.user


def test_a_session_that_is_used_meanwhile_is_not_ended(clock: Clock, heard: Heard) -> None:
    page = browser(make("zhang"))
    stale = Visit.objects.get()
    clock.move(minutes=29)
    page.get("/accounts/")
    clock.move(minutes=2)
    visits._end(stale)  # who read the row before it was used
    end_overdue_visits()
    assert Visit.objects.count() == 1
    assert "session-end" not in heard.acts()


def test_being_there_is_written_once_a_minute_at_most(
    clock: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = browser(make("zhang"))
    page.get("/accounts/password/")
    before = Visit.objects.get().seen_at
    with django_assert_num_queries(5):  # session, user, seats; account, second factor joined; waits
        clock.move(seconds=59)
        page.get("/accounts/password/")
    assert Visit.objects.get().seen_at == before
    with django_assert_num_queries(6):
        clock.move(seconds=1)
        page.get("/accounts/password/")
    assert Visit.objects.get().seen_at == clock.now


def test_sessions_are_listed_with_device_and_address_and_never_with_their_key(
    stranger: Client, clock: Clock
) -> None:
    alliance = here()
    alliance.password_only = True
    alliance.save()
    make("zhang")
    phone = Client(headers={"user-agent": WECHAT}, REMOTE_ADDR="203.0.113.7")
    type_password(phone, "zhang")
    desk = Client(headers={"user-agent": EDGE})
    type_password(desk, "zhang")
    page = desk.get("/accounts/").content.decode()
    for words in ("WeChat · Android", "203.0.113.7", "Edge · Windows", "127.0.0.1"):
        assert words in page
    assert page.count("当前") == 1
    for client in (phone, desk):
        assert key_of(client) not in page


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (EDGE, "Edge · Windows"),
        (WECHAT, "WeChat · Android"),
        (IPHONE, "Safari · iPhone"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_two_words(rf: Any, agent: str, device: str) -> None:
    assert device_of(rf.get("/", HTTP_USER_AGENT=agent)) == device


def test_one_session_or_all_others_can_be_ended(clock: Clock, heard: Heard) -> None:
    actor = make("zhang")
    first, second, third = browser(actor), browser(actor), browser(actor)
    name = visit_id(key_of(second))
    assert first.post(f"/accounts/sessions/{name}/end/").status_code == 302
    assert second.get("/accounts/").status_code == 302
    assert third.get("/accounts/").status_code == 200
    assert heard.last("session-end")[1].rows == (name,)
    first.post("/accounts/sessions/others/end/")
    assert third.get("/accounts/").status_code == 302
    assert first.get("/accounts/").status_code == 200


def test_nobody_ends_somebody_elses_session(clock: Clock) -> None:
    zhang, li = browser(make("zhang")), browser(make("li"))
    name = visit_id(key_of(zhang))
    for path in (name, "0" * 16):
        assert li.post(f"/accounts/sessions/{path}/end/").status_code == 404
    li.post("/accounts/sessions/others/end/")
    assert zhang.get("/accounts/").status_code == 200


def test_a_new_password_ends_all_other_sessions(clock: Clock, heard: Heard) -> None:
    actor = make("zhang")
    page, other = browser(actor), browser(actor)
    typed = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert page.post("/accounts/password/", typed).headers["Location"] == "/accounts/"
    assert page.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302
    assert Visit.objects.count() == 1
    assert User.objects.get(pk=actor.user).check_password(NEW)
    assert heard.acts()[-2:] == ["password", "session-end"]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"current": "wrong", "password": NEW, "again": NEW}, 422),
        ({"current": PASSWORD, "password": NEW, "again": "other"}, 422),
        ({"current": PASSWORD, "password": "12345678", "again": "12345678"}, 422),
        ({"current": PASSWORD, "password": "x" * 300, "again": "x" * 300}, 422),
        ({}, 422),
    ],
)
def test_a_password_is_not_changed_by_halves(
    clock: Clock, typed: dict[str, str], status: int
) -> None:
    actor = make("zhang")
    page = browser(actor)
    assert page.post("/accounts/password/", typed).status_code == status
    assert User.objects.get(pk=actor.user).check_password(PASSWORD)
    assert page.get("/accounts/").status_code == 200


def test_guessing_the_password_from_an_open_session_locks_too(clock: Clock) -> None:
    page = browser(make("zhang"))
    typed = {"current": "wrong", "password": NEW, "again": NEW}
    answers = [page.post("/accounts/password/", typed).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_signing_out_is_told(clock: Clock, heard: Heard) -> None:
    actor = make("zhang")
    page = browser(actor)
    page.post("/accounts/sign-out/")
    told = heard.last("sign-out")[0]
    assert told is not None
    assert told.user == actor.user
    assert Visit.objects.count() == 0


def test_a_session_that_was_ended_meanwhile_does_not_come_back(clock: Clock) -> None:
    page = browser(make("zhang"))
    store = SessionStore(key_of(page))
    store["x"] = 1
    Visit.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert Visit.objects.count() == 0
