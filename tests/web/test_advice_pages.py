"""The four verbs and the brief: shown to all, written for those whose role allows it."""

import io
import zipfile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.web.accounts.actor import Role
from tests.web.conftest import person

pytestmark = pytest.mark.django_db
STARTS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF"}


def test_the_four_verbs_stand_in_their_order(member: Client) -> None:
    page = member.get("/advice/").content.decode()
    at = [page.index(f"<b>{verb}</b>") for verb in ("建链", "延链", "补链", "强链")]
    assert at == sorted(at)


def test_an_item_has_numbers_evidence_and_a_question(client: Client) -> None:
    page = client.get("/advice/?verb=patch&item=patch:flange").content.decode()
    assert "年产能多少" in page or "一年能做多少" in page
    assert "年需求" in page
    assert "popovertarget" in page
    assert "待核实" in page


def test_the_page_speaks_english(english: Client) -> None:
    page = english.get("/advice/?verb=extend").content.decode()
    assert "Four verbs" in page
    assert "next to what is made here" in page


def test_all_items_can_be_seen(client: Client) -> None:
    few = client.get("/advice/?verb=build").content.decode()
    everything = client.get("/advice/?verb=build&show=all").content.decode()
    assert few.count('id="build:') < everything.count('id="build:')
    assert "再看" in few


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/advice/?verb=mend", 404),
        ("/advice/?scenario=nonsense", 422),
        ("/advice/brief.odt", 404),
        ("/advice/brief.docx?class=secret", 404),
        ("/api/v1/advice?verb=mend", 422),
    ],
)
def test_bad_input_is_refused(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_stranger_is_asked_to_sign_in(stranger: Client) -> None:
    assert stranger.get("/advice/").status_code == 302
    assert stranger.get("/advice/brief.docx").status_code == 302
    assert stranger.get("/api/v1/advice").status_code == 401


@pytest.mark.parametrize("form", STARTS)
def test_the_brief_is_handed_out(client: Client, form: str) -> None:
    answer = client.get(f"/advice/brief.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(STARTS[form])
    assert f".{form}" in answer.headers["Content-Disposition"]


def test_the_brief_bears_its_class(client: Client) -> None:
    answer = client.get("/advice/brief.docx?class=internal")
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "内部" in text
    assert "四链建议" in text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.BANK, Role.INSTITUTE])
def test_a_brief_is_not_written_for_every_role(role: Role) -> None:
    visitor = person(role)
    assert visitor.get("/advice/brief.docx").status_code == 403
    assert "出简报" not in visitor.get("/advice/").content.decode()


def test_the_endpoint_lists_the_items(client: Client) -> None:
    body = client.get("/api/v1/advice?verb=patch").json()
    assert body["items"]
    assert {item["verb"] for item in body["items"]} == {"patch"}
    cited = {name for item in body["items"] for name in item["evidence"]}
    assert cited <= {source["id"] for source in body["sources"]}


def test_the_page_keeps_to_its_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/advice/")
    with django_assert_num_queries(4):  # who is there: 2; addresses of organisations; the menu
        client.get("/advice/")
