"""Government decides on a gap through the API: the same acts, the same people, the same refusals."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenglian.engine.labels import Label
from fenglian.web.access.wall import lower_wall
from fenglian.web.accounts.actions import create_alliance, create_owner
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.advice.models import Record
from fenglian.web.alliance.queries import list_tasks
from tests.authz.test_chain import browser
from tests.authz.world import seat

pytestmark = pytest.mark.django_db
API, GAP, ABSENT = "/api/v1/advice", "main-bearing", "0" * 16
PARTS = {
    "department": Role.GOVERNMENT, "secretary": Role.SECRETARIAT, "analyst": Role.ANALYST,
}  # fmt: skip


@pytest.fixture
def people() -> Iterator[dict[str, Actor]]:
    here = create_alliance("decide", Label("演示决定", "Decide"), synthetic=True, pack="demo")
    found = {who: seat(who, here, role, None) for who, role in PARTS.items()}
    found["member"] = seat("member", here, Role.MEMBER, create_owner(here, "演示法兰01厂"))
    yield found
    lower_wall()


def choice(**more: str) -> dict[str, str]:
    due = timezone.localdate() + timedelta(days=100)
    return {"way": "attract", "reason": "演示理由", "due_on": due.isoformat(), **more}


def send(client: Client, path: str, body: dict[str, Any], status: int = 200) -> Any:
    answer = client.post(f"{API}{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_gap_is_decided_published_and_taken_back(people: dict[str, Actor]) -> None:
    department, member = browser(people["department"]), browser(people["member"])
    kept = send(department, f"/gaps/{GAP}/decision", choice(unit="演示法兰01厂"), 201)
    assert (kept["state"], kept["way"], kept["published"]) == ("open", "attract", False)
    assert (kept["reason"], kept["task"]["unit"]) == ("演示理由", "演示法兰01厂")
    place = f"/history/{kept['slug']}"
    assert department.get(f"{API}{place}").json() == kept
    assert member.get(f"{API}{place}").status_code == 404
    assert send(department, f"{place}/publication", {})["published"] is True
    assert member.get(f"{API}{place}").json()["reason"] == "演示理由"
    dropped = send(department, f"{place}/withdrawal", {"reason": "改主意"})
    assert (dropped["state"], dropped["dropped_for"]) == ("dropped", "改主意")


def test_advice_is_given_first_and_chosen_on_later(people: dict[str, Actor]) -> None:
    given = send(browser(people["secretary"]), f"/gaps/{GAP}/advice", {"to": "链长办"}, 201)
    assert (given["state"], given["way"], given["given_to"]) == ("given", None, "链长办")
    chosen = send(
        browser(people["department"]), f"/history/{given['slug']}/choice", choice(way="substitute")
    )
    assert (chosen["state"], chosen["way"]) == ("open", "substitute")
    [task] = list_tasks(people["secretary"])
    assert task.slug == chosen["task"]["slug"]


def test_a_scenario_that_is_named_is_the_one_that_is_kept(people: dict[str, Actor]) -> None:
    department = browser(people["department"])
    gaps = department.get(f"{API}/gaps").json()
    scenario = gaps["about"]["scenario"]["id"]
    given = send(department, f"/gaps/{GAP}/advice?scenario={scenario}", {"to": "局"}, 201)
    assert given["case"]["scenario_id"] == scenario
    send(department, f"/gaps/{GAP}/advice?scenario=none", {"to": "局"}, 422)


@pytest.mark.parametrize("who", ["secretary", "member", "analyst"])
def test_only_government_chooses(people: dict[str, Actor], who: str) -> None:
    slug = send(browser(people["department"]), f"/gaps/{GAP}/advice", {"to": "局"}, 201)["slug"]
    client = browser(people[who])
    send(client, f"/gaps/{GAP}/decision", choice(), 403)
    for path in ("choice", "publication", "withdrawal"):
        send(client, f"/history/{slug}/{path}", choice(), 403)
    if who != "secretary":
        send(client, f"/gaps/{GAP}/advice", {"to": "x"}, 403)
    row = Record.objects.get()
    assert (row.way, row.published_at, row.dropped_at) == ("", None, None)


def test_what_cannot_stand_is_refused_with_the_way_out(people: dict[str, Actor]) -> None:
    department = browser(people["department"])
    assert send(department, f"/gaps/{GAP}/decision", choice(way="pray"), 422)
    assert "理由" in send(department, f"/gaps/{GAP}/decision", choice(reason=" "), 422)["detail"]
    assert send(department, "/gaps/wind-farm/decision", choice(), 422)
    assert not Record.objects.exists()  # what was refused left nothing behind
    slug = send(department, f"/gaps/{GAP}/advice", {"to": "局"}, 201)["slug"]
    send(department, f"/history/{slug}/publication", {}, 422)  # nothing chosen yet
    send(department, f"/history/{ABSENT}/choice", choice(), 404)
    send(Client(), f"/gaps/{GAP}/decision", choice(), 401)
