"""Every fault has a page and a problem+json, in both languages."""

import pytest
from django.conf import LazySettings
from django.test import Client

from fenglian.engine import errors
from fenglian.web.accounts.actor import Role
from fenglian.web.problems import status_of
from tests.web.conftest import person


@pytest.mark.django_db
def test_a_lost_visitor_is_told_the_address_and_the_way_out(
    client: Client, english: Client
) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "/nowhere/ 没有内容" in answer.content.decode()
    assert "去总览" in answer.content.decode()
    lost = client.get("/contracts/0123456789abcdef/").content.decode()
    assert 'href="/contracts/">回到“签约与履约”</a>' in lost
    assert "Nothing is kept at this address" in english.get("/nowhere/").content.decode()


@pytest.mark.django_db
def test_programs_get_problem_json_in_their_language(client: Client, english: Client) -> None:
    for visitor, title in (
        (client, "这个地址没有内容"),
        (english, "Nothing is kept at this address"),
    ):
        answer = visitor.get("/api/v1/intake/documents/" + "0" * 64)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"
        body = answer.json()
        assert body["title"] == title
        assert (body["status"], body["type"]) == (404, "urn:fenglian:problem:http-404")
        assert body["instance"].startswith("/api/v1/intake/documents/0")


@pytest.mark.django_db
def test_an_unknown_address_of_the_api_is_a_problem_too(client: Client) -> None:
    answer = client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_the_wrong_method_names_the_right_one(client: Client) -> None:
    page = client.delete("/intake/")
    assert page.status_code == 405
    assert "GET, HEAD, POST" in page.content.decode()
    answer = client.put("/api/v1/intake/documents")
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/intake/", "GET, HEAD, POST"),
        ("/intake/statements/", "GET, HEAD"),
        ("/preferences/theme/", "POST"),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_the_wrong_method_is_said_before_the_token_is_asked_for(
    path: str, allowed: str, method: str
) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert f"不接受 {method}" in answer.content.decode()


@pytest.mark.django_db
def test_a_body_over_the_limit_is_refused_unread(client: Client, settings: LazySettings) -> None:
    settings.BODY_LIMIT = 100
    body = {"name": "a", "text": "字" * 200}
    answer = client.post("/api/v1/intake/readings", body, content_type="application/json")
    assert answer.status_code == 413
    assert "一次最多收 100 字节" in answer.json()["detail"]
    assert client.post("/intake/", {"text": "字" * 200}).status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_pages_of_other_sites_may_not_write(client: Client, headers: dict[str, str]) -> None:
    body = {"name": "a", "text": "字"}
    answer = client.post(
        "/api/v1/intake/readings", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 403
    assert "别的网站" in answer.json()["detail"]


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_a_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/intake/", {"text": "字"})
    assert answer.status_code == 403
    assert "表单已失效" in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_of_ours_shows_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(actor: object) -> None:
        raise RuntimeError("the innermost secret")

    monkeypatch.setattr("fenglian.web.intake.views.queries.list_documents", break_down)
    monkeypatch.setattr("fenglian.web.intake.api.queries.list_documents", break_down)
    visitor = person(Role.SECRETARIAT)
    visitor.raise_request_exception = False
    page = visitor.get("/intake/")
    assert page.status_code == 500
    assert "系统出错" in page.content.decode()
    answer = visitor.get("/api/v1/intake/documents")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"secret" not in page.content + answer.content


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (errors.EmptyDocument(name="a"), 422),
        (errors.DocumentTooLarge(name="a", size=2, limit=1), 413),
        (errors.NotText(name="a", found="0x00", offset=1), 415),
        (errors.UndecidedCharset(name="a", offset=1), 422),
        (errors.NotANumber(words="x"), 422),
    ],
)
def test_each_engine_fault_has_its_status(fault: errors.FenglianError, status: int) -> None:
    assert status_of(fault) == status
