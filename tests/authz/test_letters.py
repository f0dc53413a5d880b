"""No letter carries more than its reader may see: every letter, read for every unit's secrets."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from fenglian.web.alliance import actions
from fenglian.web.alliance.actions import Errand
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
