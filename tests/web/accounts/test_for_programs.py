"""What a program is told of accounts; it may read, and give no rights."""

import pytest
from django.test import Client

from fenglian.web.accounts import actions
from fenglian.web.accounts.actor import Role
from fenglian.web.api import api
from tests.web.accounts.conftest import browser, make

pytestmark = pytest.mark.django_db
UNIT = "虚构轴承有限公司"


def test_a_program_asks_as_whom_it_acts() -> None:
    key = actions.issue_key(make("zhang", Role.MEMBER, UNIT), "p")
    program = Client(headers={"authorization": f"Bearer {key}"})
    told = program.get("/api/v1/accounts/self").json()
    assert told == {
        "name": "zhang",
        "role": "member",
        "alliance": "shanxi-wind",
        "unit": UNIT,
        "synthetic": False,
    }


def test_units_and_people_are_listed_as_the_role_allows(client: Client) -> None:
    zhang = make("zhang", Role.MEMBER, UNIT)
    make("rival", Role.MEMBER, "虚构叶片有限公司")
    person = {"username": "zhang", "name": "zhang", "role": "member"}
    own = {"name": UNIT, "left_on": None, "people": [person]}
    assert browser(zhang).get("/api/v1/accounts/units").json() == [own]
    every = client.get("/api/v1/accounts/units").json()
    assert [unit["name"] for unit in every] == ["虚构叶片有限公司", UNIT, None]
    assert len(every[-1]["people"]) == len(Role)


def test_who_speaks_for_no_unit_and_invites_nobody_sees_no_people() -> None:
    answer = browser(make("zhang")).get("/api/v1/accounts/units")
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_no_program_gives_rights() -> None:
    paths = api.get_openapi_schema()["paths"]
    methods = {way for path, ways in paths.items() if "/accounts/" in path for way in ways}
    assert methods == {"get"}
