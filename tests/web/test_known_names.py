"""What the registry and the reviewed aliases know is found on the next page."""

from typing import Any

import pytest
from django.test import Client

from fenglian.web.intake import actions
from fenglian.web.intake.corrections import Correction
from fenglian.web.intake.models import Document, Statement
from tests.web.conftest import secretary
from tests.web.test_two_person_review import steward

pytestmark = pytest.mark.django_db

PAGE = "风电配套座谈会召开\n\n发布时间:2024-05-06 来源:山西日报\n\n  {}\n"
FULL = "澜沧九岳风电装备有限公司"
SHORT = "澜沧九岳"
AGAIN = "座谈会上,澜沧九岳的代表发了言。"


def receive(text: str) -> Document:
    content = PAGE.format(text).encode()
    return actions.receive_document(secretary(), content=content, name="剪报")


def organisations(document: Document) -> dict[str, Statement]:
    rows = document.statements.filter(fact="organisation", property="kind")
    return {row.subject: row for row in rows}


@pytest.fixture(autouse=True)
def rules_alone(settings: Any) -> None:
    settings.NER = False


def test_a_reviewed_alias_is_found_at_once_with_the_kind_of_its_unit() -> None:
    first = receive(f"{FULL}到会。")
    assert SHORT not in organisations(receive(AGAIN.replace("发", "也发")))
    actions.accept_statement(secretary(), organisations(first)[FULL].identifier)
    slug = actions.state_identity(secretary(), "organisation", SHORT, FULL, same=True)
    assert SHORT not in organisations(receive(AGAIN.replace("发", "再发")))  # nobody confirmed it
    actions.second_identity(steward(), slug)
    found = organisations(receive(AGAIN))
    assert (SHORT in found, found[SHORT].value) == (True, "firm")
    actions.withdraw_identity(secretary(), slug)
    assert SHORT not in organisations(receive(AGAIN.replace("发", "都发")))


def test_a_unit_of_the_registry_is_found_though_no_rule_sees_it() -> None:
    first = receive(f"{FULL}到会。")
    row = organisations(first)[FULL]
    actions.accept_statement(secretary(), row.identifier)
    corrected = Correction(subject=SHORT, value="firm", quantity=None, qualifiers=())
    actions.edit_statement(secretary(), row.identifier, corrected)
    assert organisations(receive(AGAIN))[SHORT].value == "firm"


def test_the_tagger_reads_where_it_is_switched_on(client: Client, settings: Any) -> None:
    text = "国务院国资委和华锐风电派人到会。"
    assert "华锐风电" not in organisations(receive(text))
    settings.NER = True
    document = receive(text.replace("派", "都派"))
    row = organisations(document)["华锐风电"]
    assert "guessed" in row.doubts
    page = client.get(f"/intake/{document.sha256}/").content.decode()
    assert "名称由识别模型猜得" in page
