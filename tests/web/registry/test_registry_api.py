"""The registry for programs."""

import pytest
from django.test import Client

from fenglian.web.intake.models import Document
from tests.web.registry.test_registry_pages import CHAIR, accept_everything, slug

pytestmark = pytest.mark.django_db
API = "/api/v1/registry"


@pytest.fixture
def accepted(document: Document) -> Document:
    accept_everything(document)
    return document


def test_organisations_are_found_by_two_characters(client: Client, accepted: Document) -> None:
    body = client.get(f"{API}/organisations", {"q": "九鼎"}).json()
    assert body["synthetic"] is False
    [line] = body["organisations"]
    assert (line["name"], line["parts"]) == ("江苏九鼎集团有限公司", ["signed"])
    assert line["evidence"]


def test_an_organisation_comes_with_everything_and_its_evidence(
    client: Client, accepted: Document
) -> None:
    body = client.get(f"{API}/organisations/{slug(CHAIR)}").json()
    assert [each["post"] for each in body["unit_posts"]] == ["chair_unit"]
    [signing] = body["signings"]
    assert len(signing["placeholders"]) == 4
    assert signing["totals"][0]["value"] == {
        "figure": "2100000000", "bound": "gt", "unit": "yuan", "top": None
    }  # fmt: skip
    assert signing["totals"][0]["evidence"]
    assert "shanxi/organisations/taizhong" in body["organisation"]["name"]["evidence"]


def test_the_overview_is_as_of_a_day(client: Client, accepted: Document) -> None:
    now = client.get(f"{API}/overview").json()
    assert [each["type"] for each in now["events"]].count("alliance_founded") == 1
    before = client.get(f"{API}/overview", {"as_of": "2023-04-06"}).json()
    assert before["events"] == before["signings"] == before["unit_posts"] == []


@pytest.mark.parametrize("query", ["page=0", "as_of=yesterday", f"q={'长' * 61}"])
def test_what_cannot_be_meant_is_refused(client: Client, query: str) -> None:
    assert client.get(f"{API}/organisations?{query}").status_code == 422


def test_an_unknown_organisation_is_not_found(client: Client) -> None:
    assert client.get(f"{API}/organisations/{'0' * 16}").status_code == 404
