"""The analyses for programs: every answer says for whom, on what, and under which assumptions."""

from typing import Any

import pytest
from django.test import Client

from fenglian.engine.analysis import CATALOGUE
from fenglian.web.accounts.actions import SYNTHETIC

pytestmark = pytest.mark.django_db
API = "/api/v1/analysis"


def ask(client: Client, path: str) -> Any:
    answer = client.get(f"{API}{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def demo(client: Client) -> Client:
    client.post("/accounts/alliance/", {"alliance": SYNTHETIC})
    return client


def test_the_questions_are_those_of_the_catalogue(client: Client) -> None:
    assert [each["name"] for each in ask(client, "")] == [each.name for each in CATALOGUE]


@pytest.mark.parametrize("name", [each.name for each in CATALOGUE])
def test_every_answer_has_rows_assumptions_sources_and_a_class(client: Client, name: str) -> None:
    body = ask(client, f"/{name}")
    assert body["question"] == name
    assert body["answer"]["rows"]
    assert body["assumptions"]
    assert body["about"]["data_class"] == "S0"
    cited = {source for row in body["answer"]["rows"] for source in row["sources"]}
    assert cited == {source["id"] for source in body["sources"]}


def test_what_can_be_built_comes_with_its_ladder_and_its_losses(client: Client) -> None:
    answer = ask(client, "/throughput")["answer"]
    assert answer["ladder"][0]["products"] == ["tower-steel"]
    assert {each["level"] for each in answer["losses"]} == {"firm", "site", "city"}
    assert ask(demo(client), "/throughput")["answer"]["ladder"][0]["total"] == 850.0


def test_neighbours_can_be_named(client: Client) -> None:
    answer = ask(client, "/throughput?neighbour=CN-NM")["answer"]
    assert answer["neighbours"]["from_outside"] == ["CN-NM"]
    assert client.get(f"{API}/throughput?neighbour=nowhere").status_code == 422


def test_an_index_is_null_and_never_nought_where_too_few_links_are_known(client: Client) -> None:
    body = ask(client, "/risk")
    assert (body["indices"], body["losses"], body["measures"]) == (None, None, None)
    assert body["links_with_amount"] == 0
    assert body["links"]


def test_indices_measures_and_a_cascade_where_links_are_known(client: Client) -> None:
    body = ask(demo(client), "/risk?firm=demo-steel-01")
    assert body["about"]["synthetic"]
    assert body["shocked"] == "demo-steel-01"
    assert body["losses"][0]["lost"] == 1.0
    assert {each["kind"] for each in body["measures"]} == {"SecondSource", "NewSource"}
    index = [each["esri"] for each in body["indices"]]
    assert index == sorted(index, reverse=True)
    assert client.get(f"{API}/risk?firm=nobody").status_code == 422


def test_what_if_answers_and_keeps_nothing(client: Client) -> None:
    path = "/what-if?plant=tower-steel:50:1e8&drop=dingxiang&demand=3"
    body = ask(client, path)
    assert body["changes"]["plants"] == [{"product": "tower-steel", "amount": 50.0, "cost": 1e8}]
    assert body["gained"] > 0
    assert body["cost_of_one"] == pytest.approx(1e8 / body["gained"])
    assert {each["product"] for each in body["differences"]} >= {"tower-steel"}
    assert sum("假如" in each["zh"] for each in body["assumptions"]) >= 3
    assert ask(client, path) == body
    assert ask(client, "/what-if")["differences"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nonsense", 404),
        ("/what-if?plant=flange", 422),
        ("/what-if?plant=flange:1:2:3", 422),
        ("/what-if?plant=nonsense:5", 422),
        ("/what-if?demand=-1", 422),
        ("/what-if?drop=nobody", 422),
        ("/coverage?scenario=nonsense", 422),
    ],
)
def test_bad_input_is_refused_by_name(client: Client, path: str, status: int) -> None:
    assert client.get(f"{API}{path}").status_code == status


def test_a_stranger_is_turned_away(stranger: Client) -> None:
    assert stranger.get(f"{API}/throughput").status_code == 401
