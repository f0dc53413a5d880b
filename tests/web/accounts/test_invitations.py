"""A link seats one person once, in the alliance, unit and role that it was made for."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from fenglian.web.accounts import actions
from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.faults import (
    AccountFault,
    LinkSpent,
    MayNot,
    SeatTaken,
    UnitLeft,
    UnitMissing,
)
from fenglian.web.accounts.models import Invitation, Owner, Seat, User
from fenglian.web.accounts.roles import GIVES, GUARDIANS, NEEDS_UNIT
from tests.web.accounts.conftest import (
    PASSWORD,
    Clock,
    Heard,
    again,
    browser,
    code_at,
    here,
    make,
)
from tests.web.conftest import person

pytestmark = pytest.mark.django_db
INVITE = "/accounts/people/invite/"
WEAK = "1" * 8
UNIT = "虚构轴承有限公司"
TYPED = {"username": "li", "name": "李四", "password": PASSWORD, "again": PASSWORD}


def link_for(role: Role = Role.MEMBER, unit: str = UNIT, days: int = 7) -> str:
    """Return the token of a link that a new secretary made."""
    maker = make(f"maker-{Seat.objects.count()}", Role.SECRETARIAT)
    return actions.invite(maker, name="李四", role=role, unit=unit, days=days).token


def join(token: str, username: str = "li") -> Any:
    return actions.join(token, username=username, name="李四", password=PASSWORD)


def test_a_link_is_shown_once_and_leads_into_the_unit_that_it_names(
    client: Client, stranger: Client, clock: Clock, heard: Heard
) -> None:
    typed = {"name": "李四", "role": "member", "unit": UNIT, "days": 7}
    page = client.post(INVITE, typed)
    found = re.search(
        r'id="link"[^>]*>http://testserver(/accounts/join/[\w-]+/)<', page.content.decode()
    )
    assert found is not None
    path = found[1]
    assert page.headers["Cache-Control"] == "no-store"
    row = Invitation.objects.get()
    token = path.split("/")[3]
    assert token not in (row.digest, row.slug)
    people = client.get("/accounts/people/").content.decode()
    assert "李四" in people
    assert token not in people

    offer = stranger.get(path).content.decode()
    for words in ("山西省风电装备产业联盟", UNIT, "会员企业", "李四"):
        assert words in offer
    assert stranger.post(path, TYPED).headers["Location"] == "/accounts/second-step/"
    assert stranger.get("/registry/").status_code == 302
    setting = stranger.get("/accounts/second-step/").content.decode()
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', setting)
    assert secret is not None
    stranger.post("/accounts/second-step/", {"code": code_at(secret[1].replace(" ", ""))})
    frame = stranger.get("/registry/").content.decode()
    assert f'<span class="where unit">{UNIT}</span>' in frame
    seat = Seat.objects.get(user__username="li")
    assert (seat.role, seat.owner and seat.owner.name) == ("member", UNIT)
    told = [act for act in heard.acts() if act in ("invite", "seat", "join", "sign-in")]
    assert told[-4:] == ["invite", "seat", "join", "sign-in"]
    assert "张三" not in str(heard.told[-4:][0][1].rows)


def test_a_link_works_once(stranger: Client, clock: Clock) -> None:
    token = link_for()
    join(token)
    with pytest.raises(LinkSpent):
        join(token, "wang")
    answer = stranger.get(f"/accounts/join/{token}/")
    assert answer.status_code == 404
    assert "不能用了" in answer.content.decode()
    assert stranger.post(f"/accounts/join/{token}/", TYPED).status_code == 404
    assert not User.objects.filter(username="wang").exists()


def test_of_two_who_open_a_link_at_once_one_comes_in(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first one's password is hashed, the second one is through."""
    token = link_for()
    original = User.set_password

    def meanwhile(self: User, password: str | None) -> None:
        monkeypatch.setattr(User, "set_password", original)
        original(self, password)
        join(token, "faster")

    monkeypatch.setattr(User, "set_password", meanwhile)
    with pytest.raises(LinkSpent):
        join(token, "slower")
    assert User.objects.filter(username="faster").exists()
    assert not User.objects.filter(username="slower").exists()
    assert Seat.objects.filter(owner__name=UNIT).count() == 1


def test_a_link_runs_out(clock: Clock) -> None:
    token = link_for(days=2)
    clock.move(days=2, seconds=1)
    with pytest.raises(LinkSpent):
        join(token)


def test_a_link_can_be_taken_back(client: Client, clock: Clock, heard: Heard) -> None:
    token = link_for()
    slug = Invitation.objects.get().slug
    assert client.post(f"/accounts/invitations/{slug}/revoke/").status_code == 302
    with pytest.raises(LinkSpent):
        join(token)
    assert heard.last("revoke")[1].rows == (slug,)
    assert "已收回" in client.get("/accounts/people/").content.decode()
    client.post(f"/accounts/invitations/{slug}/revoke/")
    assert heard.acts().count("revoke") == 1


def test_links_of_another_alliance_are_not_there_to_take_back(clock: Clock) -> None:
    link_for()
    other = make("other", Role.SECRETARIAT, alliance=here(actions.SYNTHETIC))
    with pytest.raises(Invitation.DoesNotExist):
        actions.revoke_invitation(other, Invitation.objects.get().slug)


def test_a_link_seats_in_its_own_alliance_and_nowhere_else(clock: Clock) -> None:
    there = here(actions.SYNTHETIC)
    maker = make("maker", Role.SECRETARIAT, alliance=there)
    link = actions.invite(maker, name="李四", role=Role.MEMBER, unit=UNIT)
    guest = make("guest")  # of the other alliance
    page = browser(guest)
    assert "演示联盟" in page.get(f"/accounts/join/{link.token}/").content.decode()
    assert page.post(f"/accounts/join/{link.token}/").status_code == 302
    assert {seat.alliance_id: seat.role for seat in Seat.objects.filter(user_id=guest.user)} == {
        guest.alliance.id: "analyst",
        there.pk: "member",
    }


def test_who_has_a_seat_there_changes_it_by_no_link_and_leaves_the_link_whole(
    clock: Clock,
) -> None:
    token = link_for(Role.MEMBER)
    analyst = make("analyst")
    with pytest.raises(SeatTaken):
        actions.join_as(analyst, token)
    assert browser(analyst).post(f"/accounts/join/{token}/").status_code == 422
    assert again(analyst).role == Role.ANALYST
    join(token)


def test_a_demo_user_takes_no_seat(member: Client, clock: Clock) -> None:
    token = link_for()
    assert member.post(f"/accounts/join/{token}/").status_code == 403
    join(token)


@pytest.mark.parametrize(
    "typed",
    [
        {**TYPED, "password": "12345678", "again": "12345678"},
        {**TYPED, "again": "another-one-9"},
        {**TYPED, "username": "taken"},
        {**TYPED, "username": "with space"},
        {**TYPED, "name": ""},
        {},
    ],
)
def test_a_form_that_will_not_do_leaves_the_link_whole(
    stranger: Client, clock: Clock, typed: dict[str, str]
) -> None:
    token = link_for()
    make("taken")
    answer = stranger.post(f"/accounts/join/{token}/", typed)
    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode()
    join(token)


def test_the_action_itself_refuses_a_weak_password(clock: Clock) -> None:
    token = link_for()
    with pytest.raises(ValidationError):
        actions.join(token, username="li", name="李四", password=WEAK)
    join(token)


def test_who_may_give_which_role(clock: Clock) -> None:
    """The whole matrix: every role as the one who invites, every role as what is given."""
    alliance, allowed = here(), set()
    for giver in Role:
        actor = make(f"giver-{giver}", giver)
        for role in Role:
            unit = UNIT if role in NEEDS_UNIT else ""
            try:
                actions.invite(actor, name="x", role=role, unit=unit)
                allowed.add((giver, role))
            except MayNot:
                continue
    ordinary = {"member", "council", "institute", "bank", "government", "analyst"}
    assert {str(role) for giver, role in allowed if giver == Role.SECRETARIAT} == ordinary
    assert {str(role) for giver, role in allowed if giver == Role.SYSTEM_ADMIN} == ordinary | {
        "secretariat"
    }
    assert (
        {giver for giver, _role in allowed} == {Role.SECRETARIAT, Role.SYSTEM_ADMIN} == set(GIVES)
    )
    assert not {role for _giver, role in allowed} & GUARDIANS
    assert Invitation.objects.filter(alliance=alliance).count() == len(allowed)


@pytest.mark.parametrize("role", list(Role))
def test_the_page_offers_what_may_be_given_and_is_closed_to_the_others(
    clock: Clock, role: Role
) -> None:
    client = person(role)
    page = client.get("/accounts/people/")
    if role in {Role.SECRETARIAT, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}:
        assert page.status_code == 200
        assert ('id="id_unit"' in page.content.decode()) is (role in GIVES)
    else:
        assert page.status_code == 403
    typed = {"name": "x", "role": "member", "unit": UNIT, "days": 7}
    answer = client.post(INVITE, typed)
    assert (answer.status_code == 200) is (role in GIVES)
    assert Invitation.objects.count() == (role in GIVES)


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "x", "role": "member", "unit": "", "days": 7},
        {"name": "x", "role": "secretariat", "unit": "", "days": 7},
        {"name": "x", "role": "security_admin", "unit": "", "days": 7},
        {"name": "x", "role": "king", "unit": "", "days": 7},
        {"name": "x", "role": "member", "unit": UNIT, "days": 31},
        {"name": "", "role": "member", "unit": UNIT, "days": 7},
        {},
    ],
)
def test_an_invitation_that_will_not_do_is_refused(
    client: Client, clock: Clock, typed: dict[str, Any]
) -> None:
    answer = client.post(INVITE, typed)
    assert answer.status_code == 422
    assert Invitation.objects.count() == 0


def test_a_role_that_speaks_for_a_unit_needs_one(clock: Clock) -> None:
    maker = make("maker", Role.SECRETARIAT)
    for role in NEEDS_UNIT:
        with pytest.raises(UnitMissing):
            actions.invite(maker, name="x", role=role, unit="  ")
    with pytest.raises(ValueError, match="30"):
        actions.invite(maker, name="x", role=Role.ANALYST, days=31)


def test_links_and_proposals_of_one_who_goes_go_too(clock: Clock) -> None:
    maker, admin = make("maker", Role.SECRETARIAT), make("admin", Role.SYSTEM_ADMIN)
    link = actions.invite(maker, name="x", role=Role.ANALYST)
    actions.end_seat(admin, "maker")
    with pytest.raises(LinkSpent):
        join(link.token)


def test_a_unit_that_leaves_takes_its_people_and_its_links_along_at_once(
    client: Client, clock: Clock, heard: Heard
) -> None:
    actor = make("zhang", Role.MEMBER, UNIT)
    inside = browser(actor)
    key = actions.issue_key(actor, "p")
    token = link_for()
    assert inside.get("/registry/").status_code == 200
    slug = Owner.objects.get(name=UNIT).slug
    assert client.post(f"/accounts/units/{slug}/leave/").status_code == 302
    assert inside.get("/registry/").status_code == 302
    program = Client(headers={"authorization": f"Bearer {key}"})
    assert program.get("/api/v1/intake/documents").status_code == 401
    with pytest.raises(LinkSpent):
        join(token)
    assert heard.acts()[-2:] == ["end", "leave"]
    again_invited = {"name": "x", "role": "member", "unit": UNIT, "days": 7}
    answer = client.post(INVITE, again_invited)
    assert answer.status_code == 422
    assert "退出" in answer.content.decode()
    client.post(f"/accounts/units/{slug}/return/")
    assert inside.get("/registry/").status_code == 302  # its people are invited anew
    assert client.post(INVITE, again_invited).status_code == 200
    assert client.post(f"/accounts/units/{slug}/return/").status_code == 404


def test_only_who_invites_lets_units_leave_and_not_with_their_own_seat(clock: Clock) -> None:
    slug = actions.create_owner(here(), UNIT).slug
    for role in set(Role) - set(GIVES):
        actor = make(f"p-{role}", role)
        for act in (actions.let_unit_leave, actions.let_unit_return):
            with pytest.raises(MayNot):
                act(actor, slug)
    own = make("own", Role.SECRETARIAT, UNIT)
    with pytest.raises(MayNot):
        actions.let_unit_leave(own, slug)
    assert Owner.objects.get(slug=slug).left_on is None
    Owner.objects.update(left_on="2026-01-01")
    maker = make("maker", Role.SECRETARIAT)
    with pytest.raises(UnitLeft):
        actions.invite(maker, name="x", role=Role.MEMBER, unit=UNIT)


def test_who_invites_nobody_sees_the_people_of_the_own_unit_only(clock: Clock) -> None:
    zhang = make("zhang", Role.MEMBER, UNIT)
    make("colleague", Role.MEMBER, UNIT)
    make("rival", Role.MEMBER, "虚构叶片有限公司")
    link_for()
    page = browser(zhang).get("/accounts/people/").content.decode()
    assert "colleague" in page
    for hidden in ("rival", "虚构叶片", "demo-secretariat", "李四"):
        assert hidden not in page
    for name in ("rival", "colleague", "nobody"):
        assert browser(zhang).get(f"/accounts/seats/{name}/").status_code == 404


def test_the_faults_of_accounts_speak_both_languages() -> None:
    facts = {"name": "甲", "day": "2026-01-01", "until": "x", "most": 3}
    for fault in AccountFault.__subclasses__():
        made = fault(**facts)
        assert made.message("zh") != made.message("en")


def test_a_link_is_made_with_the_servers_own_name(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["fenglian.example"]
    typed = {"name": "x", "role": "analyst", "unit": "", "days": 1}
    page = client.post(INVITE, typed, headers={"host": "fenglian.example"}).content.decode()
    assert "http://fenglian.example/accounts/join/" in page
    assert client.post(INVITE, typed, headers={"host": "evil.example"}).status_code == 400
