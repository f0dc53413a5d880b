"""The drill room for programs: the same answers, notices and replies as on the pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from fenglian.web.access.wall import lower_wall
from fenglian.web.accounts.actor import Actor
from tests.authz.test_chain import browser, open_alliance

pytestmark = pytest.mark.django_db
API = "/api/v1/analysis"
FLANGE = "flange:demo-flange-04"


@pytest.fixture
def people() -> Iterator[dict[str, Actor]]:
    yield open_alliance()
    lower_wall()


def send(client: Client, path: str, body: dict[str, Any], status: int = 200) -> Any:
    answer = client.post(f"{API}{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.mark.slow
def test_a_drill_is_worked_out_kept_sent_and_answered(people: dict[str, Actor]) -> None:
    chair, member = browser(people["chair"]), browser(people["member"])
    found = chair.get(f"{API}/drill?stop={FLANGE}&weeks=2").json()
    assert found["stopped"] == ["demo-flange-04"]
    assert found["days"] == 14 + 60
    assert found["about"]["synthetic"] is True
    assert found["paths"][0]["stop_day"] == {"low": 1, "working": 1, "high": 1}
    assert len(found["daily_outside"][0]) == found["days"]
    assert {each["kind"] for each in found["steps"]} >= {"warn", "ask_room", "ask_stock"}
    assert found["assumptions"]
    assert found["unknown_stocks"]
    kept = send(chair, "/drills", {"stop": FLANGE, "weeks": 2})
    [line] = chair.get(f"{API}/drills").json()
    assert (line["id"], line["stop"], line["closed"]) == (kept, FLANGE, False)
    to = {"to": ["demo-flange-01:flange"], "words": "请速复"}
    assert send(chair, f"/drills/{kept}", to) == {"sent": 1}
    assert send(chair, f"/drills/{kept}", to) == {"sent": 0}
    [asked] = member.get(f"{API}/notices").json()
    assert (asked["words"], asked["asks"]) == ("请速复", ["ask_room"])
    said = {"verdict": "can", "room_yuan": 8_000_000, "stock_days": 9, "from_day": 8}
    answered = send(member, f"/notices/{asked['id']}", said)
    [notice] = chair.get(f"{API}/drills/{kept}").json()
    assert notice["replies"] == answered["replies"]
    assert notice["replies"][0]["room_yuan"] == 8_000_000
    send(chair, "/drills", {"stop": "flange:nobody"}, 422)
    send(member, f"/notices/{asked['id']}", {"verdict": "perhaps"}, 422)
    send(member, f"/notices/{'0' * 16}", said, 404)
    send(browser(people["analyst"]), "/drills", {"stop": FLANGE}, 403)
