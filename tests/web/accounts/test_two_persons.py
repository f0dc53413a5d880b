"""Rights of those who guard: proposed by one, confirmed by another, never one's own."""

import re
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from fenglian.engine.labels import Label
from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.faults import (
    AlreadyDecided,
    AlreadyInstalled,
    LinkSpent,
    MayNot,
    TooManyStewards,
    UnitUnwanted,
)
from fenglian.web.accounts.happened import Happening, happened, tell
from fenglian.web.accounts.models import Alliance, Invitation, Proposal, Seat, SecondFactor, User
from fenglian.web.accounts.roles import GUARDIANS
from tests.web.accounts.conftest import (
    PASSWORD,
    Clock,
    Heard,
    again,
    browser,
    code_at,
    give_factor,
    here,
    make,
)

pytestmark = pytest.mark.django_db
NEW = "hongse-fengche-8"


def waiting() -> str:
    return Proposal.objects.filter(state="open").latest("id").slug


@pytest.fixture
def admin(db: None) -> Actor:
    return make("admin", Role.SYSTEM_ADMIN)


@pytest.fixture
def guard(db: None) -> Actor:
    return make("guard", Role.SECURITY_ADMIN)


@pytest.fixture
def second(db: None) -> Actor:
    return make("second", Role.SECURITY_ADMIN)


def test_a_guardian_is_seated_by_two_persons(
    admin: Actor, guard: Actor, clock: Clock, heard: Heard
) -> None:
    page = browser(admin)
    typed = {"guardian_name": "王五", "guardian_role": "auditor"}
    assert page.post("/accounts/people/propose/", typed).status_code == 302
    assert 'name="confirm"' not in page.get("/accounts/people/").content.decode()
    decide = f"/accounts/proposals/{waiting()}/decide/"
    assert page.post(decide, {"confirm": "1"}).status_code == 403
    other = browser(guard)
    assert 'name="confirm"' in other.get("/accounts/people/").content.decode()
    answer = other.post(decide, {"confirm": "1"}).content.decode()
    found = re.search(r"/accounts/join/([\w-]+)/", answer)
    assert found is not None
    actions.join(found[1], username="wang", name="王五", password=PASSWORD)
    assert Seat.objects.get(user__username="wang").role == "auditor"
    told = [act for act in heard.acts() if act in ("propose", "invite", "confirm", "join")]
    assert told == ["propose", "invite", "confirm", "join"]


def test_who_may_propose_and_who_may_confirm(clock: Clock) -> None:
    """The whole matrix: every role as proposer, every role as the second person."""
    first = {role: make(f"first-{role}", role) for role in Role}
    others = {role: make(f"other-{role}", role) for role in Role}
    done = set()
    for proposer, confirmer in product(Role, Role):
        try:
            actions.propose_guardian(first[proposer], name="x", role=Role.AUDITOR)
            actions.confirm(others[confirmer], waiting())
            done.add((proposer, confirmer))
        except MayNot:
            Proposal.objects.filter(state="open").delete()
    assert done == {
        (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
        (Role.SECURITY_ADMIN, Role.SECURITY_ADMIN),
    }


def test_nobody_confirms_what_they_proposed(guard: Actor, clock: Clock) -> None:
    actions.propose_guardian(guard, name="x", role=Role.STEWARD)
    with pytest.raises(MayNot):
        actions.confirm(guard, waiting())
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state="confirmed", decided_by=guard.user)


def test_one_person_with_two_seats_is_one_person(admin: Actor, clock: Clock) -> None:
    """Proposed as system administrator, confirmed after becoming security administrator."""
    actions.propose_guardian(admin, name="x", role=Role.STEWARD)
    user = User.objects.get(pk=admin.user)
    actions.seat_user(user, here(), Role.SECURITY_ADMIN)
    as_guard = again(admin)
    assert as_guard.role == Role.SECURITY_ADMIN
    assert not Proposal.objects.filter(state="open").exists()  # withdrawn with the former role
    Proposal.objects.update(state="open", decided_at=None)
    with pytest.raises(MayNot):
        actions.confirm(as_guard, waiting())
    assert not Proposal.objects.filter(state="confirmed").exists()


def test_a_security_administrator_of_another_alliance_confirms_nothing_here(
    admin: Actor, clock: Clock
) -> None:
    there = make("there", Role.SECURITY_ADMIN, alliance=here(actions.SYNTHETIC))
    actions.seat_user(User.objects.get(pk=admin.user), there_alliance(), Role.SECURITY_ADMIN)
    actions.propose_guardian(admin, name="x", role=Role.STEWARD)
    for actor in (there, find_in(admin, actions.SYNTHETIC)):
        with pytest.raises(Proposal.DoesNotExist):
            actions.confirm(actor, waiting())


def there_alliance() -> Alliance:
    return Alliance.objects.get(slug=actions.SYNTHETIC)


def find_in(actor: Actor, slug: str) -> Actor:
    found = queries.find_actor(actor.user, slug)
    assert found is not None
    return found


def test_nobody_raises_or_ends_themselves(clock: Clock) -> None:
    for role in Role:
        actor = make(f"p-{role}", role)
        for wanted in Role:
            for act in (actions.change_seat, actions.propose_change):
                with pytest.raises(MayNot):
                    act(actor, f"p-{role}", wanted, "")
        for end in (actions.end_seat, actions.propose_end, actions.propose_renewal):
            with pytest.raises(MayNot):
                end(actor, f"p-{role}")
        page = browser(actor)
        page.post(f"/accounts/seats/p-{role}/change/", {"role": "system_admin", "unit": ""})
        page.post(f"/accounts/seats/p-{role}/end/")
        assert again(actor).role == role
    assert not Proposal.objects.exists()


def test_nobody_confirms_what_concerns_themselves(
    guard: Actor, second: Actor, clock: Clock
) -> None:
    actions.propose_end(guard, "second")
    with pytest.raises(MayNot):
        actions.confirm(second, waiting())
    third = make("third", Role.SECURITY_ADMIN)
    actions.confirm(third, waiting())
    assert not Seat.objects.filter(user_id=second.user, ended_at=None).exists()


def test_a_change_into_or_out_of_guard_takes_two(
    admin: Actor, guard: Actor, clock: Clock, heard: Heard
) -> None:
    make("zhang")
    for role in GUARDIANS:
        with pytest.raises(MayNot):
            actions.change_seat(admin, "zhang", role, "")
    page = browser(admin)
    page.post("/accounts/seats/zhang/change/", {"role": "auditor", "unit": ""})
    assert Seat.objects.get(user__username="zhang").role == "analyst"
    actions.confirm(guard, waiting())
    assert Seat.objects.get(user__username="zhang").role == "auditor"
    for role in (Role.ANALYST, Role.MEMBER):
        with pytest.raises(MayNot):
            actions.change_seat(admin, "zhang", role, "虚构单位")
    with pytest.raises(MayNot):
        actions.end_seat(admin, "zhang")
    assert page.post("/accounts/seats/zhang/end/").status_code == 302
    actions.confirm(guard, waiting())
    assert Seat.objects.get(user__username="zhang").ended_at is not None
    assert heard.acts()[-2:] == ["end", "confirm"]


def test_ordinary_seats_are_changed_and_ended_by_who_gives_them(client: Client) -> None:
    actor = make("zhang")
    key = actions.issue_key(actor, "p")
    change = "/accounts/seats/zhang/change/"
    assert client.post(change, {"role": "member", "unit": ""}).status_code == 422
    assert client.post(change, {"role": "auditor", "unit": ""}).status_code == 422
    assert client.post(change, {"role": "member", "unit": "虚构单位"}).status_code == 302
    assert again(actor).alliance.owner_name == "虚构单位"
    inside = browser(actor)
    assert client.post("/accounts/seats/zhang/end/").status_code == 302
    assert inside.get("/registry/").status_code == 302
    program = Client(headers={"authorization": f"Bearer {key}"})
    assert program.get("/api/v1/intake/documents").status_code == 401
    assert client.get("/accounts/seats/zhang/").status_code == 404
    actions.seat_user(User.objects.get(pk=actor.user), here(), Role.ANALYST)
    assert program.get("/api/v1/intake/documents").status_code == 401
    assert client.post("/accounts/seats/demo-auditor/end/").status_code == 403


def test_a_guardian_speaks_for_no_unit(admin: Actor, clock: Clock) -> None:
    make("zhang")
    with pytest.raises(UnitUnwanted):
        actions.propose_change(admin, "zhang", Role.STEWARD, "虚构单位")


def test_an_alliance_has_three_stewards_at_most(admin: Actor, guard: Actor, clock: Clock) -> None:
    assert Seat.objects.filter(role=Role.STEWARD, alliance=here()).count() == 1  # the demo's
    for _ in range(2):
        actions.propose_guardian(admin, name="x", role=Role.STEWARD)
    early = [each.slug for each in Proposal.objects.all()]
    make("zhang")
    actions.propose_change(admin, "zhang", Role.STEWARD, "")
    change = waiting()
    links = [actions.confirm(guard, slug) for slug in early]
    with pytest.raises(TooManyStewards):  # one seated, two links wait
        actions.propose_guardian(admin, name="x", role=Role.STEWARD)
    actions.confirm(guard, change)
    joined = 0
    for number, link in enumerate(links):
        assert link is not None
        try:
            actions.join(link.token, username=f"n{number}", name="x", password=PASSWORD)
            joined += 1
        except TooManyStewards:
            continue
    assert joined == 1
    assert Seat.objects.filter(role=Role.STEWARD, alliance=here()).count() == 3
    with pytest.raises(TooManyStewards):
        make("s5", Role.STEWARD)


def test_a_proposal_is_decided_once(
    admin: Actor, guard: Actor, second: Actor, clock: Clock
) -> None:
    actions.propose_guardian(admin, name="x", role=Role.AUDITOR)
    slug = waiting()
    page = browser(guard)
    page.post(f"/accounts/proposals/{slug}/decide/", {"refuse": "1"})
    assert Proposal.objects.get(slug=slug).state == "refused"
    for act in (actions.confirm, actions.refuse):
        with pytest.raises(AlreadyDecided):
            act(second, slug)
    page.post(f"/accounts/proposals/{slug}/decide/", {"confirm": "1"})
    assert Proposal.objects.get(slug=slug).state == "refused"


def test_who_proposed_may_take_it_back_and_others_may_not(
    admin: Actor, guard: Actor, clock: Clock
) -> None:
    actions.propose_guardian(admin, name="x", role=Role.AUDITOR)
    with pytest.raises(MayNot):
        actions.refuse(make("admin-2", Role.SYSTEM_ADMIN), waiting())
    actions.refuse(admin, waiting())


def test_what_somebody_proposed_ends_with_their_seat(
    admin: Actor, guard: Actor, second: Actor, clock: Clock
) -> None:
    actions.propose_guardian(admin, name="x", role=Role.AUDITOR)
    slug = waiting()
    actions.propose_end(guard, "admin")
    actions.confirm(second, waiting())
    with pytest.raises(AlreadyDecided):
        actions.confirm(guard, slug)


def test_a_proposal_for_a_seat_that_ended_meanwhile_does_nothing(
    admin: Actor, guard: Actor, clock: Clock
) -> None:
    make("zhang")
    actions.propose_change(admin, "zhang", Role.AUDITOR, "")
    slug = waiting()
    actions.end_seat(admin, "zhang")
    with pytest.raises(AlreadyDecided):
        actions.confirm(guard, slug)


def test_whether_a_password_is_enough_takes_two(admin: Actor, guard: Actor, clock: Clock) -> None:
    page = browser(admin)
    page.post("/accounts/people/factors/", {"password_only": "1"})
    assert not here().password_only
    actions.confirm(guard, waiting())
    assert here().password_only
    page.post("/accounts/people/factors/")
    actions.confirm(guard, waiting())
    assert not here().password_only
    assert browser(make("zhang")).post("/accounts/people/factors/").status_code == 403


def test_a_new_way_in_replaces_password_and_phone_and_ends_sessions(
    admin: Actor, guard: Actor, clock: Clock, stranger: Client
) -> None:
    actor = make("zhang")
    give_factor(actor)
    inside = browser(actor)
    browser(admin).post("/accounts/seats/zhang/renew/")
    link = actions.confirm(guard, waiting())
    assert link is not None
    path = f"/accounts/join/{link.token}/"
    assert "zhang" in stranger.get(path).content.decode()
    with pytest.raises(LinkSpent):
        actions.join(link.token, username="li", name="x", password=PASSWORD)
    with pytest.raises(LinkSpent):
        actions.join_as(make("wang", alliance=here(actions.SYNTHETIC)), link.token)
    weak = stranger.post(path, {"password": "12345678", "again": "12345678"})
    assert weak.status_code == 422
    typed = {"password": NEW, "again": NEW}
    assert stranger.post(path, typed).headers["Location"] == "/accounts/second-step/"
    assert inside.get("/registry/").status_code == 302
    assert User.objects.get(pk=actor.user).check_password(NEW)
    assert not SecondFactor.objects.exists()
    with pytest.raises(LinkSpent):
        actions.renew(link.token, password=NEW)


def test_administrators_of_one_alliance_give_no_way_into_another(
    admin: Actor, clock: Clock
) -> None:
    actor = make("zhang")
    actions.seat_user(User.objects.get(pk=actor.user), there_alliance(), Role.ANALYST)
    for name in ("zhang", "demo-bank"):
        with pytest.raises(MayNot):
            actions.propose_renewal(admin, name)


def test_an_installation_opens_with_one_system_administrator(db: None, heard: Heard) -> None:
    label = Label("甲联盟", "Alliance A")
    first = actions.open_installation("a", label, username="root", password=PASSWORD)
    assert (first.role, first.alliance.slug) == (Role.SYSTEM_ADMIN, "a")
    with pytest.raises(AlreadyInstalled):
        actions.open_installation("a", label, username="other", password=PASSWORD)
    assert not User.objects.filter(username="other").exists()
    assert heard.acts() == ["add", "add", "seat"]


def test_what_happened_is_told_inside_the_transaction_and_a_listener_can_undo_it(
    client: Client, clock: Clock
) -> None:
    inside = []

    def refuse(**_told: object) -> None:
        inside.append(transaction.get_connection().in_atomic_block)
        raise RuntimeError("no room in the log")

    maker = make("maker", Role.SECRETARIAT)
    happened.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            actions.invite(maker, name="x", role=Role.ANALYST)
    finally:
        happened.disconnect(refuse)
    assert inside == [True]
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        tell(None, Happening("x", "accounts.x", ()))


def test_codes_at_different_times_differ(clock: Clock) -> None:
    secret = give_factor(make("zhang"))
    assert code_at(secret) != code_at(secret, 5)


def test_a_proposal_that_will_not_do_says_why(admin: Actor, clock: Clock) -> None:
    page = browser(admin)
    propose = "/accounts/people/propose/"
    for typed in ({"guardian_name": "x", "guardian_role": "member"}, {}):
        assert page.post(propose, typed).status_code == 422
    for number in range(2):
        make(f"s{number}", Role.STEWARD)  # with the demo's there are three now
    answer = page.post(propose, {"guardian_name": "x", "guardian_role": "steward"})
    assert answer.status_code == 422
    assert "最多 3 名" in answer.content.decode()
    assert not Proposal.objects.exists()
