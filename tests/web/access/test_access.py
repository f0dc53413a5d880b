"""Every page and every endpoint: closed to strangers, and to roles that the table leaves out."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from fenglian.web.access.table import LABELS, TABLE, Act, NotPermitted, may, require
from fenglian.web.accounts.actor import Role
from fenglian.web.api import api
from fenglian.web.intake import actions
from fenglian.web.intake.models import Decision, Document
from fenglian.web.registry import actions as registry
from tests.web.conftest import person, secretary

pytestmark = pytest.mark.django_db
OPEN = {
    "accounts:sign-in",
    "accounts:code",
    "accounts:set-up",
    "accounts:join",
    "accounts:sign-out",
    "accounts:demo",
    "language",
    "theme",
    "fill:form",
    "fill:workbook",
    "fill:language",
    "public:page",
    "public:apply",
    "public:sign-in",
}
VALUES = {"sha256": "0" * 64, "identifier": "0" * 16, "slug": "0" * 16, "act": "accept", "role": "bank", "key": "1", "pack": "a", "table": "b"}  # fmt: skip


def names(patterns: Any, space: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in patterns:
        if isinstance(each, URLResolver):
            if each.namespace != "api-1":
                inner = f"{each.namespace}:" if each.namespace else ""
                found |= names(each.url_patterns, space + inner)
        elif isinstance(each, URLPattern):
            found[f"{space}{each.name}"] = each.callback
    return found


def test_every_page_but_the_doors_is_closed_to_strangers() -> None:
    views = names(get_resolver().url_patterns)
    assert len(views) > 20
    opened = {name for name, view in views.items() if getattr(view, "open_to_strangers", False)}
    assert opened == OPEN


@pytest.mark.parametrize(
    "path", ["/", "/intake/", "/registry/", "/intake/statements.csv", "/api/v1/docs", "/accounts/"]
)
def test_a_stranger_is_led_to_the_door_and_back(stranger: Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/sign-in/?next=%2F")


def test_what_a_stranger_sends_is_not_done(stranger: Client, document: Document) -> None:
    stranger.post(f"/intake/{document.sha256}/accept-undoubted/")
    assert Decision.objects.count() == 0


def test_every_endpoint_is_closed_to_strangers(stranger: Client) -> None:
    paths = api.get_openapi_schema()["paths"]
    assert len(paths) > 6
    for path, methods in paths.items():
        for method in methods:
            address = re.sub(r"\{\w+\}", "0" * 16, path)
            answer = getattr(stranger, method)(address)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["title"] == "请先登录"


def test_the_table_names_every_act_and_only_the_secretariat_decides() -> None:
    assert set(TABLE) == set(LABELS) == set(Act)
    assert TABLE[Act.DECIDE] == {Role.SECRETARIAT}
    assert TABLE[Act.READ] == set(Role) - {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}


@pytest.mark.parametrize("role", sorted(TABLE[Act.READ] - {Role.SECRETARIAT}))
def test_who_only_reads_sees_no_button_and_is_refused(document: Document, role: Role) -> None:
    client = person(role)
    page = client.get(f"/intake/{document.sha256}/").content.decode()
    assert "重磅" in page
    assert 'data-act="accept"' not in page
    assert "accept-undoubted" not in page
    statement = document.statements.all()[0]
    for path in (
        f"/intake/statements/{statement.identifier}/accept/",
        f"/intake/statements/{statement.identifier}/edit/",
        f"/intake/{document.sha256}/accept-undoubted/",
        f"/intake/{document.sha256}/undo/",
    ):
        answer = client.post(path, {"subject": "x", "value": "y"})
        assert answer.status_code == 403, path
        assert "秘书处" in answer.content.decode()
    assert Decision.objects.count() == 0


def test_the_refusal_is_said_in_the_readers_language(document: Document) -> None:
    client = person(Role.BANK, english=True)
    page = client.post(f"/intake/{document.sha256}/accept-undoubted/").content.decode()
    assert "As Bank you may not decide on statements here" in page


def test_only_some_have_documents_read(member: Client) -> None:
    assert 'name="text"' not in member.get("/intake/").content.decode()
    assert member.post("/intake/", {"text": "一篇", "name": "a"}).status_code == 403
    analyst = person(Role.ANALYST)
    assert analyst.post("/intake/", {"text": "一篇报道。", "name": "a"}).status_code == 302
    assert Document.objects.count() == 1


def test_the_edit_form_does_not_open_for_who_may_not_decide(
    member: Client, document: Document
) -> None:
    statement = document.statements.get(fact="amount")
    page = member.get(f"/intake/{document.sha256}/?edit={statement.identifier}").content.decode()
    assert "data-correction" not in page


def test_the_actions_themselves_refuse(document: Document) -> None:
    member = secretary().__class__  # the frozen record itself
    actor = secretary()
    alliance = actor.alliance.__class__(
        **{name: getattr(actor.alliance, name) for name in actor.alliance.__slots__ if name != "role"},
        role=Role.MEMBER,
    )  # fmt: skip
    reader = member(actor.user, actor.zh, actor.en, alliance, (alliance,))
    assert may(reader, Act.READ)
    with pytest.raises(NotPermitted):
        require(reader, Act.DECIDE)
    for refused in (
        lambda: actions.accept_undoubted(reader, document.sha256),
        lambda: actions.undo_last(reader, document.sha256),
        lambda: actions.receive_document(reader, content=b"x", name="x"),
        lambda: registry.judge_names(reader, "a", "b", same=True),
        lambda: registry.withdraw_verdict(reader, "a", "b"),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_the_decision_names_who_made_it(client: Client, document: Document) -> None:
    statement = document.statements.all()[0]
    client.post(f"/intake/statements/{statement.identifier}/accept/")
    [decision] = Decision.objects.select_related("decided_by")
    assert decision.decided_by is not None
    assert decision.decided_by.username == "demo-secretariat"


def test_a_decision_in_one_alliance_does_not_touch_the_other(document: Document) -> None:
    there = secretary("demo")
    with pytest.raises(document.statements.model.DoesNotExist):
        actions.accept_statement(there, document.statements.all()[0].identifier)
    with pytest.raises(Document.DoesNotExist):
        actions.accept_undoubted(there, document.sha256)
    twin = actions.receive_document(there, content=bytes(document.content), name="twin")
    assert not twin.found_again
    assert twin.pk != document.pk
