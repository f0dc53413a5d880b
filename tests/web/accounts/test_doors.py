"""Who comes in, how, and in which alliance; keys for programs."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from fenglian.engine.labels import Label
from fenglian.web.accounts import actions
from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.models import Key, Seat, User
from fenglian.web.intake.models import Document
from tests.web.accounts.conftest import (
    SIGN_IN,
    Clock,
    code_at,
    give_factor,
    make,
    type_password,
)
from tests.web.conftest import person

pytestmark = pytest.mark.django_db
CODE = "/accounts/sign-in/code/"


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True


def enter(client: Client, role: str = "bank", **headers: Any) -> Any:
    return client.post(f"/accounts/demo/{role}/", {"next": "/registry/"}, **headers)


@pytest.mark.parametrize("role", list(Role))
def test_one_click_signs_in_as_a_role(stranger: Client, demo: None, role: Role) -> None:
    door = stranger.get(SIGN_IN).content.decode()
    assert f'action="/accounts/demo/{role}/"' in door
    assert enter(stranger, role).headers["Location"] == "/registry/"
    assert str(role.label) in stranger.get("/registry/").content.decode()


def test_one_click_is_not_there_where_this_is_no_demo(stranger: Client) -> None:
    assert "/accounts/demo/" not in stranger.get(SIGN_IN).content.decode()
    assert enter(stranger).status_code == 404


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.1", "2001:db8::1", "", "nonsense"])
def test_one_click_is_for_this_machine_only(stranger: Client, demo: None, address: str) -> None:
    assert enter(stranger, REMOTE_ADDR=address).status_code == 404
    door = stranger.get(SIGN_IN, REMOTE_ADDR=address).content.decode()
    assert "/accounts/demo/" not in door


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_has_several_addresses(stranger: Client, demo: None, address: str) -> None:
    assert enter(stranger, REMOTE_ADDR=address).status_code == 302


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA"])
def test_behind_a_proxy_nobody_is_at_this_machine(
    stranger: Client, demo: None, header: str
) -> None:
    assert enter(stranger, **{header: "127.0.0.1"}).status_code == 404


def test_an_installation_behind_a_proxy_has_no_one_click(
    stranger: Client, demo: None, settings: Settings
) -> None:
    settings.PROXIED = True
    assert enter(stranger).status_code == 404


def test_an_unknown_role_and_a_link_are_no_way_in(stranger: Client, demo: None) -> None:
    assert enter(stranger, "king").status_code == 404
    assert stranger.get("/accounts/demo/bank/").status_code == 405


def test_a_demo_user_has_no_password(stranger: Client) -> None:
    answer = stranger.post(SIGN_IN, {"username": "demo-secretariat", "password": ""})
    assert answer.status_code == 422
    assert not User.objects.get(username="demo-secretariat").has_usable_password()


def test_name_password_and_code_lead_back_to_the_page(stranger: Client, clock: Clock) -> None:
    secret = give_factor(make("zhang"))
    clock.move(minutes=1)
    answer = type_password(stranger, "zhang", to="/intake/statements/")
    assert answer.headers["Location"] == CODE
    assert stranger.get("/registry/").status_code == 302
    typed = {"code": code_at(secret)}
    assert stranger.post(CODE, typed).headers["Location"] == "/intake/statements/"
    assert "zhang" in stranger.get("/registry/").content.decode()
    assert stranger.get(SIGN_IN).headers["Location"] == "/"


def test_a_wrong_password_tells_nothing_about_the_name(stranger: Client) -> None:
    make("zhang")
    pages = []
    for name in ("zhang", "nobody"):
        answer = stranger.post(SIGN_IN, {"username": name, "password": "wrong"})
        assert answer.status_code == 422
        pages.append(answer.content.decode().replace(name, "x"))
    assert "不符" in pages[0]
    assert pages[0].split("csrf")[0] == pages[1].split("csrf")[0]


def test_the_way_back_leads_nowhere_else(stranger: Client, demo: None) -> None:
    for elsewhere in ("//evil.example/", "https://evil.example/", "javascript:alert(1)"):
        answer = stranger.post("/accounts/demo/bank/", {"next": elsewhere})
        assert answer.headers["Location"] == "/"


def test_a_weak_password_and_a_taken_name_are_refused() -> None:
    alliance = actions.create_alliance("a", Label("甲", "A"))
    with pytest.raises(ValidationError):
        actions.create_user("li", "12345678", alliance=alliance, role=Role.BANK)
    actions.create_user("li", "lanse-fengche-7", alliance=alliance, role=Role.BANK)
    with pytest.raises(ValidationError):
        actions.create_user("li", "lanse-fengche-8", alliance=alliance, role=Role.BANK)


def test_signing_out_ends_the_session(client: Client) -> None:
    assert client.post("/accounts/sign-out/").headers["Location"] == SIGN_IN
    assert client.get("/registry/").status_code == 302
    assert client.get("/accounts/sign-out/").status_code == 405


def test_a_person_without_a_seat_is_a_stranger(client: Client) -> None:
    Seat.objects.filter(user__username="demo-secretariat").delete()
    assert client.get("/registry/").headers["Location"].startswith(SIGN_IN)


def test_the_alliance_is_switched_and_each_keeps_to_itself(
    client: Client, document: Document
) -> None:
    page = client.get("/registry/").content.decode()
    assert "演示联盟" in page
    answer = client.post("/accounts/alliance/", {"alliance": "demo", "next": "/intake/"})
    assert answer.headers["Location"] == "/intake/"
    there = client.get("/intake/")
    assert document.name not in there.content.decode()
    assert "演示数据" in there.content.decode()
    assert there.headers["Fenglian-Data"] == "synthetic"
    assert client.get(f"/intake/{document.sha256}/").status_code == 404
    client.post("/accounts/alliance/", {"alliance": actions.REAL})
    assert client.get("/intake/").headers["Fenglian-Data"] == "sourced"


def test_an_alliance_of_others_is_not_told_from_none(client: Client) -> None:
    actions.create_alliance("others", Label("别家", "Others"))
    for slug in ("others", "nonsense", ""):
        assert client.post("/accounts/alliance/", {"alliance": slug}).status_code == 404


def test_a_key_is_shown_once_works_and_is_taken_away(client: Client, document: Document) -> None:
    page = client.post("/accounts/", {"name": "月报程序"}).content.decode()
    key = page.split('id="new-key">')[1].split("<")[0]
    assert Key.objects.get().digest == sha256(key.encode()).hexdigest()
    assert key not in client.get("/accounts/").content.decode()
    program = Client(headers={"authorization": f"Bearer {key}"})
    [line] = program.get("/api/v1/intake/documents").json()
    assert line["sha256"] == document.sha256
    client.post(f"/accounts/keys/{Key.objects.get().pk}/revoke/")
    assert program.get("/api/v1/intake/documents").status_code == 401


def test_a_key_may_do_what_its_owner_may(client: Client, document: Document) -> None:
    bank = person(Role.BANK)
    page = bank.post("/accounts/", {"name": "p"}).content.decode()
    key = page.split('id="new-key">')[1].split("<")[0]
    program = Client(headers={"authorization": f"Bearer {key}"})
    statement = document.statements.all()[0]
    path = f"/api/v1/intake/statements/{statement.identifier}/decisions"
    answer = program.post(path, {"kind": "accept"}, content_type="application/json")
    assert answer.status_code == 403
    assert "秘书处" in answer.json()["detail"]
    assert client.post(f"/accounts/keys/{Key.objects.get().pk}/revoke/").status_code == 404


def test_a_key_needs_a_name(client: Client) -> None:
    assert client.post("/accounts/", {"name": ""}).status_code == 422
    assert Key.objects.count() == 0


def test_the_account_page_keeps_to_its_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):  # who is there: 2; account; sessions; keys; what waits
        client.get("/accounts/")
