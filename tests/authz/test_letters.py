"""No letter carries more than its reader may see: every letter, read for every unit's secrets."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from fenglian.web.alliance import actions
from fenglian.web.alliance.actions import Errand
from fenglian.web.audit.models import Entry
from tests.authz.conftest import address_of, browser_of
from tests.authz.routes import MEMBERS, Places, all_routes
from tests.authz.test_proof import forbidden
from tests.authz.world import UNITS, World

pytestmark = pytest.mark.django_db


def test_no_letter_carries_more_than_its_reader_may_see(
    world: World, places: Places, settings: Any
) -> None:
    settings.MAIL = True
    secretary, soon = world.people["secretary"], timezone.localdate() + timedelta(days=2)
    for unit in MEMBERS:
        owner = world.owners[unit]
        # A question is between two: whose it is to answer, and who asked.
        words = world.question() if unit == "member" else world.handed(unit)
        asked = actions.set_action(world.people[unit], Errand("question", words, soon))
        actions.hand_on(secretary, asked, owner.name)
        actions.mail_welcome(secretary, owner.slug)
    actions.mail_notice(secretary, places.meeting)
    actions.mail_reminders(secretary)
    assert len(mail.outbox) == 3 * len(MEMBERS)
    readers = {unit: [m for m in mail.outbox if _is_to(m, unit)] for unit in MEMBERS}
    assert sum(map(len, readers.values())) == len(mail.outbox)  # each to one unit alone
    for unit, letters in readers.items():
        assert len(letters) == 3
        secrets = forbidden(world, unit)
        for letter in letters:
            told = letter.message().as_bytes().decode("utf-8", "replace") + letter.body
            assert {word for word in secrets if word in told + letter.subject} == set()
            assert not letter.cc
            assert not letter.bcc
    [reminder] = [
        each for each in readers["member"] if world.applications["member"][-1] in each.body
    ]
    assert world.applications["chair"][-1] not in reminder.body


def test_no_reminder_of_the_installation_carries_more_than_its_reader_may_see(
    world: World, places: Places, settings: Any
) -> None:
    settings.MAIL = True
    secretary, today = world.people["secretary"], timezone.localdate()
    for unit in UNITS:
        # What all may know, what only this unit may, and a question that goes from one to another.
        owner = world.owners[unit]
        actions.set_action(secretary, Errand("advice", f"演示事{unit}", today, "演示", owner.name))
    asked = actions.set_action(
        world.people["chair"], Errand("support", world.handed("chair"), today)
    )
    actions.hand_on(secretary, asked, UNITS["chair"][1])
    waiting = actions.list_waiting(secretary.alliance.slug, today + timedelta(days=3650))
    assert {each.unit.name for each in waiting} == {name for _role, name in UNITS.values()}
    sent = actions.send_waiting(waiting)
    assert (sent.units, len(mail.outbox)) == (len(UNITS), len(UNITS))
    for unit in UNITS:
        [letter] = [each for each in mail.outbox if _is_to(each, unit)]
        told = letter.message().as_bytes().decode("utf-8", "replace") + letter.body
        secrets = forbidden(world, unit)
        assert {word for word in secrets if word in told + letter.subject} == set()
        assert f"演示事{unit}" in told
        assert not any(f"演示事{other}" in told for other in UNITS if other != unit)
    looks = Entry.objects.filter(act="read", who="fenglian remind")
    assert {each.unit for each in looks} == {name for _role, name in UNITS.values()}
    assert all(world.owners[unit].pk in {each.owner for each in looks} for unit in UNITS)
    assert all(each.owner == _owner_of(world, each.unit) for each in looks)  # its own, and no more


def _owner_of(world: World, name: str) -> int:
    return next(int(each.pk) for each in world.owners.values() if each.name == name)


def test_a_stranger_reads_no_word_of_any_unit_on_the_pages_that_are_open(
    world: World, places: Places
) -> None:
    client, routes = browser_of(world, "stranger"), all_routes()
    words = {word for found in world.canaries.values() for word in found}
    words |= {word for found in world.applications.values() for word in found}
    pages = ""
    for route in routes:
        if route.name.startswith("public:"):
            answer = client.get(address_of(route, places, "member"))
            assert answer.status_code == 200
            pages += answer.content.decode()
    assert UNITS["chair"][1] in pages  # which said that it may be named
    assert UNITS["member"][1] not in pages  # which did not
    assert {word for word in words if word in pages} == set()


def _is_to(message: Any, unit: str) -> bool:
    return all(address.startswith(f"canary{unit}") for address in message.to)
