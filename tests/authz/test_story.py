"""One story with every kind of event in it: what chance may leave out is told here in order."""

from datetime import timedelta

import pytest

from fenglian.web.accounts.actor import Role
from tests.authz.stage import AWAY, HOME, Cast
from tests.authz.test_sequences import Sequences

pytestmark = pytest.mark.django_db
STORY = (
    ("grant", {"who": "member", "reader": "chair", "data_class": "S3", "days": 1}),
    ("grant", {"who": "bank", "reader": "member", "data_class": "S2", "days": 0}),
    ("take_grant_back", {"who": "bank", "number": 1}),
    ("state", {"who": "department", "data_class": "S2"}),
    ("confirm", {"who": "security", "number": 0}),
    ("end_purpose", {"who": "second", "number": 0}),
    ("state", {"who": "steward", "data_class": "P"}),
    ("confirm", {"who": "second", "number": 0}),
    ("end_seat", {"who": "steward"}),
    ("seat_again", {"who": "steward", "unit": "member"}),
    ("write", {"who": "member", "unit": "member", "form": "sites", "again": True}),
    ("write", {"who": "institute", "unit": "institute", "form": "capacity_plans", "again": False}),
    ("end_row", {"who": "member", "number": 0}),
    ("propose", {"who": "secretary", "unit": "chair", "form": "offerings"}),
    ("decide", {"who": "chair", "number": 0, "take": True, "is_theirs": True}),
    ("propose", {"who": "second", "unit": "chair", "form": "honours"}),
    ("decide", {"who": "chair", "number": 0, "take": False, "is_theirs": True}),
    ("make_link", {"who": "member", "unit": "member", "form": "contacts"}),
    ("fill_by_link", {"number": 0}),
    ("make_link", {"who": "secretary", "unit": "bank", "form": "honours"}),
    ("take_link_back", {"who": "bank", "number": 1}),
    ("fill_by_link", {"number": 0}),
    ("switch", {"slug": AWAY}),
    ("switch", {"slug": HOME}),
    ("change_seat", {"who": "member", "role": Role.INSTITUTE, "unit": "member"}),
    ("leave", {"unit": "member"}),
    ("fill_by_link", {"number": 1}),
    ("propose", {"who": "secretary", "unit": "member", "form": "honours"}),
    ("come_back", {"unit": "member"}),
    ("seat_again", {"who": "member", "unit": "member"}),
    ("time_goes_by", {"passed": timedelta(hours=5)}),
    ("time_goes_by", {"passed": timedelta(days=2)}),
    ("look_behind_the_pages", {"who": "member"}),
    ("look_behind_the_pages", {"who": "chair"}),
)
EVENTS = {
    "grant", "take a grant back", "state", "confirm", "end a purpose", "time goes by",
    "change a seat", "end a seat", "seat again", "leave", "come back", "switch", "write",
    "end a row", "propose", "a proposal counts at once", "take over", "turn down",
    "make a link", "take a link back", "come by a link",
}  # fmt: skip


def test_every_kind_of_event_goes_through_and_opens_what_it_should() -> None:
    stage = Cast()

    class Told(Sequences):
        cast, steps, done = stage, 0, set()

    machine = Told()
    for name, words in STORY:
        getattr(machine, name)(**words)
        for _both in range(2):  # by turns they look at one half of the people
            machine.queries_answer_as_told()
            machine.pages_answer_as_told()
    machine.teardown()
    assert EVENTS - machine.done == set()
