"""Two days side by side: the founding day beside today; unknown is unknown on both."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from fenglian.engine.labels import Label
from fenglian.web.accounts.actions import create_alliance
from fenglian.web.contracts.queries import open_book
from fenglian.web.intake import actions
from fenglian.web.intake.models import Document
from fenglian.web.overview import then_and_now
from tests.web.conftest import confirm, secretary

pytestmark = pytest.mark.django_db
FOUNDED = "2023-04-07"


@pytest.fixture
def accepted(document: Document) -> Document:
    """Return the founding article with every statement accepted."""
    me = secretary()
    for statement in document.statements.all():
        actions.accept_statement(me, statement.identifier)
    confirm(document)
    return document


def test_it_begins_with_the_founding_and_what_nobody_knew_then_is_unknown_never_nought(
    client: Client, accepted: Document
) -> None:
    page = client.get("/overview/replay/").content.decode()
    assert f'<th scope="col">{FOUNDED}</th>' in page
    for words in ("太原重型机械集团有限公司", "66", "理事长单位", "韩珍堂", "未知"):
        assert words in page
    found = client.get("/api/v1/overview/replay?then=2023-04-06&now=2023-04-07").json()
    assert found["founded"] == FOUNDED
    assert (found["then"]["unit_posts"], found["then"]["signings"]) == ([], [])
    assert len(found["now"]["signings"]) == 1
    assert [each["post"] for each in found["now"]["unit_posts"]] == ["chair_unit"]
    for side in ("then", "now"):
        assert found[side]["contracts"] is found[side]["members"] is None
        for sum_ in ("worth", "delivered", "paid"):
            assert found[side][sum_] == {"low": None, "high": None, "strict": False}


def test_an_alliance_without_a_founding_on_record_begins_a_year_ago() -> None:
    assert then_and_now.founding_day(secretary()) == date(2023, 4, 7)  # by its pack
    other = create_alliance("other", Label("另一联盟", "Another"))
    actor = replace(secretary(), alliance=replace(secretary().alliance, id=other.id, pack=""))
    assert then_and_now.founding_day(actor) is None
    assert then_and_now.default_day(actor, date(2024, 2, 29)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    "query", ["then=2023-99-99", "then=2026-01-02&now=2026-01-01", "now=2999-01-01"]
)
def test_days_that_cannot_be_compared_are_refused_with_the_way_out(
    client: Client, query: str
) -> None:
    answer = client.get(f"/overview/replay/?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_program_gets_the_same_refusal(client: Client) -> None:
    answer = client.get("/api/v1/overview/replay?then=2026-01-02&now=2026-01-01")
    assert answer.status_code == 422
    assert "2026-01-02" in answer.json()["detail"]


def test_all_products_stand_there_where_asked(client: Client) -> None:
    some = client.get("/overview/replay/?then=2023-04-07").content.decode()
    every = client.get("/overview/replay/?then=2023-04-07&show=all").content.decode()
    assert every.count("<tr>") > some.count("<tr>")


def test_nothing_signed_is_not_a_sum_of_nought() -> None:
    standing = open_book(secretary()).standing(date(2023, 4, 7))
    assert standing.contracts == ()
    assert not standing.amount.known
    assert not standing.delivered.known
