"""Who goes takes along what was opened for and by them, and it does not come back with them."""

import pytest
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.actions import confirm_purpose, give_grant, state_purpose
from fenglian.web.access.models import Grant, Purpose
from fenglian.web.access.reading import look_at
from fenglian.web.accounts import actions as accounts
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Alliance, Seat, User
from fenglian.web.audit.models import Entry as Logged
from fenglian.web.registry.actions import Entry, make_link, propose
from fenglian.web.registry.models import ConfidentialRow, PublicRow, SensitiveRow
from fenglian.web.registry.models import Link as KeptLink
from fenglian.web.registry.queries import list_units, open_link
from tests.authz.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def sees(actor: Actor, unit: int) -> bool:
    rows = look_at(actor, ConfidentialRow.objects.visible_to(actor))
    return unit in {row.owner_id for row in rows}


def test_what_a_unit_granted_ends_the_moment_it_leaves_and_stays_ended(world: World) -> None:
    chair, member, owner = world.people["chair"], world.people["member"], world.owners["member"]
    today = timezone.localdate()
    give_grant(member, "演示整机厂", DataClass.S3, purpose="询价", until=today)
    received = give_grant(chair, "演示法兰厂", DataClass.S3, purpose="询价", until=today)
    assert sees(chair, owner.pk)
    accounts.let_unit_leave(world.people["secretary"], owner.slug)
    assert not sees(chair, owner.pk)
    accounts.let_unit_return(world.people["secretary"], owner.slug)
    assert not sees(chair, owner.pk)
    entry = Logged.objects.get(act="revoke")
    assert (entry.owner, entry.data_class, entry.purpose) == (owner.pk, "S3", "询价")
    # What others opened for it is theirs to take back.
    assert Grant.objects.get(slug=received).revoked_at is None


def test_a_link_closes_the_moment_its_unit_leaves_and_stays_closed(world: World) -> None:
    owner = world.owners["member"]
    link = make_link(world.people["member"], owner.pk, ["contacts"])
    assert open_link(link.token) is not None
    accounts.let_unit_leave(world.people["secretary"], owner.slug)
    assert open_link(link.token) is None
    accounts.let_unit_return(world.people["secretary"], owner.slug)
    assert open_link(link.token) is None
    assert KeptLink.objects.get(slug=link.slug).revoked_at is not None
    assert Logged.objects.filter(act="link-revoked", owner=owner.pk).count() == 1


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_purpose_ends_with_the_role_that_it_was_confirmed_for(
    world: World, by_hand: bool
) -> None:
    person, secretary = world.people["department"], world.people["secretary"]
    confirm_purpose(world.people["steward"], state_purpose(person, DataClass.S2, "依法核查"))
    look = SensitiveRow.objects.visible_to
    assert look_at(person, look(person))
    if by_hand:
        accounts.change_seat(secretary, "authz-department", Role.ANALYST, "")
    else:
        accounts.end_seat(secretary, "authz-department")
    user, here = User.objects.get(pk=person.user), Alliance.objects.get(slug="authz")
    accounts.seat_user(user, here, Role.GOVERNMENT)
    assert look_at(person, look(person)) == []
    assert Purpose.objects.get().ended_at is not None
    ended = Logged.objects.filter(act="end", table="access.purpose").get()
    assert (ended.who, ended.purpose) == (secretary.zh, "依法核查")


def test_a_purpose_ends_too_where_the_command_line_gives_another_role(world: World) -> None:
    person = world.people["department"]
    state_purpose(person, DataClass.S2, "依法核查")
    user, here = User.objects.get(pk=person.user), Alliance.objects.get(slug="authz")
    accounts.seat_user(user, here, Role.ANALYST)
    ended = Logged.objects.filter(act="end", table="access.purpose").get()
    assert (ended.who, ended.alliance) == ("fenglian user", "authz")


def test_a_unit_whose_people_all_left_takes_a_proposal_at_once(world: World) -> None:
    owner, secretary = world.owners["member"], world.people["secretary"]
    accounts.end_seat(secretary, "authz-member")
    assert Seat.objects.filter(owner=owner).exists()  # kept, so that it can be told who sat here
    [line] = [each for each in list_units(secretary).lines if each.slug == owner.slug]
    assert line.progress is not None
    assert line.progress.people == 0
    assert propose(secretary, owner.pk, "honours", Entry("k", {"issuer": "演示机构"})) is None
    rows = PublicRow.objects.visible_to(secretary).filter(owner=owner, key="k")
    assert [row.values["issuer"] for row in rows] == ["演示机构"]
