"""The API: documents in, statements out, decisions; strict JSON; the schema is kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.data import article
from fenglian.web.api import api
from fenglian.web.intake.models import Decision, Document, Statement
from tests.web.conftest import SMALL

SNAPSHOT = Path(__file__).parent / "openapi.json"
READINGS = "/api/v1/intake/readings"
pytestmark = pytest.mark.django_db


def post(client: Client, path: str, body: Any) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(path, text, content_type="application/json")


def test_the_schema_is_the_one_that_was_agreed() -> None:
    now = json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, default=str) + "\n"
    if not SNAPSHOT.exists():
        SNAPSHOT.write_text(now, "utf-8")
        pytest.fail(f"{SNAPSHOT.name} was missing and has been written: read and commit it")
    # To agree on a new one delete the file, run this twice and read the difference.
    assert now == SNAPSHOT.read_text("utf-8")


def test_every_endpoint_has_a_name_of_its_own() -> None:
    schema = api.get_openapi_schema()
    names = [
        each["operationId"] for methods in schema["paths"].values() for each in methods.values()
    ]
    assert len(set(names)) == len(names)
    assert all("fenglian" not in name for name in names)


def test_the_explanation_needs_nothing_from_outside(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "decide_statement" in page
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page


def test_a_file_is_read_whole_and_once(client: Client) -> None:
    file = SimpleUploadedFile("article.txt", article())
    answer = client.post(f"{READINGS}/file", {"file": file})
    assert answer.status_code == 201
    body = answer.json()
    assert body["sha256"].startswith("ec2ff17a")
    assert "逾21亿元" in body["clean_text"]
    [amount] = [each for each in body["statements"] if each["statement"]["fact"] == "amount"]
    assert amount["statement"]["quantity"] == {
        "figure": "2100000000", "bound": "gt", "unit": "yuan", "top": None
    }  # fmt: skip
    again = client.post(f"{READINGS}/file", {"file": SimpleUploadedFile("b.txt", article())})
    assert (again.status_code, again.json()) == (200, body)


def test_a_text_is_read(client: Client) -> None:
    answer = post(client, READINGS, {"name": "剪报", "text": SMALL})
    assert answer.status_code == 201
    assert answer.json()["raw_text"] == SMALL


def test_what_is_kept_is_listed_and_found(client: Client, document: Document) -> None:
    [line] = client.get("/api/v1/intake/documents").json()
    assert line["sha256"] == document.sha256
    assert line["proposed"] == line["statements"] == document.statements.count()
    whole = client.get(f"/api/v1/intake/documents/{document.sha256}").json()
    assert len(whole["edits"]) == len(document.edits)


def test_statements_are_filtered_by_state_fact_and_document(
    client: Client, document: Document
) -> None:
    path = "/api/v1/intake/statements"
    assert client.get(path).json() == []
    assert len(client.get(f"{path}?state=proposed").json()) == document.statements.count()
    assert len(client.get(f"{path}?state=proposed&fact=amount").json()) == 1
    assert client.get(f"{path}?state=proposed&document={'0' * 64}").json() == []
    assert client.get(f"{path}?state=nonsense").status_code == 422


def test_decisions_are_made_and_undone(client: Client, document: Document) -> None:
    count = document.statements.exclude(fact="amount")[0]  # one person decides on it
    path = f"/api/v1/intake/statements/{count.identifier}/decisions"
    for kind, state in (("accept", "accepted"), ("reject", "rejected"), ("undo", "accepted")):
        answer = post(client, path, {"kind": kind})
        assert (answer.status_code, answer.json()["state"]) == (200, state)
    assert Decision.objects.count() == 3


def test_an_edit_brings_its_correction(client: Client, document: Document) -> None:
    amount = document.statements.get(fact="amount")
    path = f"/api/v1/intake/statements/{amount.identifier}/decisions"
    quantity = {"figure": "2.2e9", "bound": "ge", "unit": "yuan"}
    correction = {"subject": "太重集团", "value": "ignored", "quantity": quantity}
    body = post(client, path, {"kind": "edit", "correction": correction}).json()
    assert body["statement"]["value"] == "2200000000"
    assert body["as_read"]["value"] == "2100000000"
    for wrong in ({"kind": "edit"}, {"kind": "accept", "correction": correction}):
        assert post(client, path, wrong).status_code == 422
    quantity["figure"] = "Infinity"
    assert post(client, path, {"kind": "edit", "correction": correction}).status_code == 422


QUANTITY: dict[str, Any] = {"figure": "2.2e9", "bound": "ge", "unit": "yuan"}


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"quantity": QUANTITY | {"figure": "1E+999999"}}, "quantity.figure"),
        ({"quantity": QUANTITY | {"figure": "1E-999999"}}, "quantity.figure"),
        ({"quantity": QUANTITY | {"figure": "0E+999999"}}, "quantity.figure"),
        ({"quantity": QUANTITY | {"figure": "1.0000000000000000000000000001"}}, "quantity.figure"),
        ({"quantity": QUANTITY | {"figure": -5}}, "quantity.figure"),
        ({"quantity": QUANTITY | {"top": "1"}}, "quantity.top"),
        ({"quantity": QUANTITY | {"top": "1E+19"}}, "quantity.top"),
        ({"quantity": QUANTITY | {"unit": "bananas"}}, "quantity.unit"),
        ({"quantity": QUANTITY | {"unit": "家" * 50}}, "quantity.unit"),
        ({"quantity": QUANTITY | {"unit": ""}}, "quantity.unit"),
        ({"quantity": QUANTITY | {"unit": "MW"}}, "quantity.unit"),
        ({"quantity": None}, "quantity"),
        ({"subject": ""}, "subject"),
        ({"subject": "\u2003"}, "subject"),
        ({"subject": "a\0"}, "subject"),
        ({"subject": "a\x1b[2J"}, "subject"),
        ({"subject": "字" * 401}, "subject"),
        ({"value": ""}, "value"),
        ({"qualifiers": [["invented", "a"]]}, "qualifiers"),
    ],
)
def test_an_edit_keeps_to_what_a_statement_can_be(
    client: Client, document: Document, changed: dict[str, Any], place: str
) -> None:
    amount = document.statements.get(fact="amount")
    path = f"/api/v1/intake/statements/{amount.identifier}/decisions"
    correction = {"subject": "太重集团", "value": "x", "quantity": QUANTITY} | changed
    answer = post(client, path, {"kind": "edit", "correction": correction})
    assert answer.status_code == 422
    facts = answer.json()["facts"]
    places = facts.get("places", [facts.get("field")])
    assert any(each.endswith(place) for each in places)
    assert not Decision.objects.exists()
    assert len(answer.content) < 2000


def test_what_is_no_quantity_stays_none(client: Client, document: Document) -> None:
    each = document.statements.filter(quantity__isnull=True).first()
    assert each is not None
    path = f"/api/v1/intake/statements/{each.identifier}/decisions"
    for more in ({"quantity": QUANTITY}, {"value": "a\x07"}, {"value": "\u200b"}):
        correction = {"subject": each.subject, "value": "太重集团"} | more
        assert post(client, path, {"kind": "edit", "correction": correction}).status_code == 422


def test_an_unknown_statement_is_not_found(client: Client) -> None:
    answer = post(client, f"/api/v1/intake/statements/{'0' * 16}/decisions", {"kind": "accept"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b" ", 422, "empty-document"),
        (b"%PDF-1.7", 422, "broken-file"),
        (("風電" * 40).encode("big5"), 422, "undecided-charset"),
    ],
)
def test_what_cannot_be_read_is_a_problem_of_its_own(
    client: Client, content: bytes, status: int, kind: str
) -> None:
    answer = client.post(f"{READINGS}/file", {"file": SimpleUploadedFile("a.txt", content)})
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == f"urn:fenglian:problem:{kind}"
    assert answer.json()["facts"]["name"] == "a.txt"
    assert not Document.objects.exists()


def test_a_charset_may_be_named(client: Client) -> None:
    file = SimpleUploadedFile("a.txt", ("風電裝備" * 40).encode("big5"))
    assert client.post(f"{READINGS}/file", {"file": file, "charset": "big5"}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ('{"name": "a"', 400, "Cannot parse"),
        ('{"name": "a", "text": NaN}', 400, "NaN"),
        ('{"name": "a", "name": "b", "text": "c"}', 400, "twice"),
        ('{"name": "a", "text": ' + "[" * 40 + "]" * 40 + "}", 400, "deeper than 32"),
        ('{"name": "a", "text": "\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}', 201, ""),
        ('{"name": "a", "text": "\\ud800"}', 400, "surrogate"),
        ('{"name": "a", "text": "b", "\\udfff": [["\\udc00"]]}', 400, "surrogate"),
        ('{"name": "a", "text": "\\ud83d\\ude00 b"}', 201, ""),
        ('{"name": "a"}', 422, "body"),
        ('{"name": 5, "text": "c"}', 422, "name"),
        ("[]", 422, "body"),
    ],
)
def test_json_is_taken_strictly(client: Client, body: str, status: int, words: str) -> None:
    answer = post(client, READINGS, body)
    assert answer.status_code == status
    if status != 201:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert words in answer.json()["detail"]


def test_a_head_is_answered_like_a_get_without_its_body(client: Client, document: Document) -> None:
    for path in ("documents", f"documents/{document.sha256}", "statements", "documents/none"):
        whole, head = client.get(f"/api/v1/intake/{path}"), client.head(f"/api/v1/intake/{path}")
        assert head.status_code == whole.status_code
        assert head.headers["Content-Type"] == whole.headers["Content-Type"]
        assert head.content == b""
    answer = client.head(READINGS)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_lists_keep_to_their_queries(
    client: Client, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert Statement.objects.exists()
    with django_assert_num_queries(4):  # who is there: 2; statements, their edits
        client.get("/api/v1/intake/statements?state=proposed")
    with django_assert_num_queries(6):  # and document, what can be undone
        client.get(f"/api/v1/intake/documents/{document.sha256}")
