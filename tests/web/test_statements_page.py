"""Accepted statements are listed, filtered, one click from their words, and leave as safe CSV."""

import csv
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.web.intake import actions
from fenglian.web.intake.export import BYTE_ORDER_MARK, harmless
from fenglian.web.intake.models import Document, Statement
from tests.web.conftest import secretary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_person")]


@pytest.fixture
def accepted(document: Document) -> list[Statement]:
    actions.accept_undoubted(secretary(), document.sha256)
    return list(document.statements.filter(state="accepted"))


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "还没有采纳任何陈述" in client.get("/intake/statements/").content.decode()


def test_every_accepted_statement_is_one_click_from_its_words(
    client: Client, accepted: list[Statement]
) -> None:
    page = client.get("/intake/statements/").content.decode()
    for statement in accepted:
        assert f'href="/intake/{statement.document.sha256}/#s-{statement.identifier}"' in page
    assert f"已采纳 {len(accepted)} 条" in page


def test_the_list_is_filtered_by_fact_type(client: Client, accepted: list[Statement]) -> None:
    page = client.get("/intake/statements/?fact=amount").content.decode()
    assert page.count("#s-") == sum(1 for each in accepted if each.fact == "amount") == 1
    assert '<span class="v">21</span>' in page
    assert client.get("/intake/statements/?fact=nonsense").content.decode().count("#s-") == 0


@pytest.mark.parametrize("figure", ["1E+999999", "9E+99999999", "1E-999999", "-5"])
def test_a_number_from_elsewhere_breaks_no_page(
    client: Client, accepted: list[Statement], figure: str
) -> None:
    [amount] = [each for each in accepted if each.fact == "amount"]
    Statement.objects.filter(pk=amount.pk).update(
        quantity={"figure": figure, "bound": "eq", "unit": "yuan", "top": None}, value=figure
    )
    reading = f"/intake/{amount.document.sha256}/"
    for path in (reading, f"{reading}?edit={amount.identifier}", "/intake/statements/"):
        assert len(client.get(path).content) < 500_000
    for path in ("/intake/statements.csv", "/api/v1/intake/statements"):
        assert figure in client.get(path).content.decode()


def test_the_list_keeps_to_its_queries(
    client: Client, accepted: list[Statement], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # who is there: 3; counts, statements with their documents, their edits, what waits
    with django_assert_num_queries(6):
        client.get("/intake/statements/")


def test_the_export_holds_every_accepted_statement(
    client: Client, accepted: list[Statement]
) -> None:
    answer = client.get("/intake/statements.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="statements.csv"'
    text = answer.content.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    assert [row["id"] for row in rows] == [each.identifier for each in accepted]
    [amount] = [row for row in rows if row["fact"] == "amount"]
    assert (amount["bound"], amount["figure"], amount["unit"]) == ("gt", "2100000000", "yuan")
    assert amount["words"] == "逾21亿元"


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", *"\uff1d\uff0b\uff0d\uff20"]
)
def test_no_cell_becomes_a_formula(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u200b", "\ufeff", "\xa0 \u2060", "\x1f", ""])
@pytest.mark.parametrize("words", ["=1+1", "＝1", "-1", "'=1", "'", "太重集团", ""])
def test_a_blank_before_a_formula_hides_it_not_and_the_words_come_back(
    blank: str, words: str
) -> None:
    cell = blank + words
    written = str(harmless(cell))
    assert written.startswith("'") == (words not in ("太重集团", ""))
    assert written.removeprefix("'") == cell


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert harmless(-5) == -5
    assert harmless("太重集团") == "太重集团"
