"""The reading page: three columns, the repairs coloured, furniture with its reason."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.web.intake import actions
from fenglian.web.intake.models import Document
from tests.web.conftest import SMALL, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, document: Document) -> str:
    return client.get(f"/intake/{document.sha256}/").content.decode()


def column(page: str, name: str) -> str:
    start = page.index(f'class="scroll {name}"')
    return page[start : page.index("</section>", start)]


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_the_raw_text_is_whole_and_shows_what_was_taken_away(page: str) -> None:
    raw = column(page, "raw")
    assert '<span class="gloss">(fēng)</span>' in raw
    assert '<span class="shift">' in raw
    assert "江安县|" in plain(raw)
    assert "山西省風(fēng)電裝備產(chǎn)業(yè)聯(lián)盟成立大會" in plain(raw)


def test_the_clean_text_shows_what_was_repaired(page: str) -> None:
    clean = column(page, "clean")
    assert "山西省风电装备产业联盟成立大会在太原举行" in plain(clean)
    assert '<span class="shift">市场规</span>' in clean
    assert '<span class="gloss">' in clean
    assert '<span class="script">' in clean


def test_the_link_farm_is_cut_with_a_reason_and_yields_no_fact(page: str) -> None:
    clean = column(page, "clean")
    assert "平陆县" not in clean
    assert "不是正文" in clean
    assert "此处剔除" in clean
    assert "平陆县" not in page[page.index('class="facts"') :]


def test_the_words_of_a_fact_stand_in_both_texts_and_in_the_list(
    page: str, document: Document
) -> None:
    statement = document.statements.get(fact="amount")
    link = f'href="#s-{statement.identifier}"'
    assert link in column(page, "raw")
    assert link in column(page, "clean")
    assert f'id="s-{statement.identifier}"' in page


def test_a_sum_is_shown_with_its_bound_word_and_unit(page: str, document: Document) -> None:
    assert '<span class="b">逾</span> <span class="v">21</span> <span class="u">亿元</span>' in page


def test_the_strip_counts_what_was_done(page: str) -> None:
    strip = plain(page[page.index('id="summary"') : page.index('class="tri"')])
    for words in ("拼音夹注", "334 字", "2 处", "0 字", "sha256 ec2ff17a", "UTF-8"):
        assert words in strip


def test_a_page_in_english_says_the_same(english: Client, document: Document) -> None:
    page = english.get(f"/intake/{document.sha256}/").content.decode()
    assert "over</span>" in page
    assert "billion yuan" in page
    assert "Accept the" in page


def test_the_page_keeps_to_its_queries(
    client: Client, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # who is there: 3; document, statements, their edits, what can be undone, the next document, what waits
    with django_assert_num_queries(8):
        client.get(f"/intake/{document.sha256}/")


def test_the_next_document_is_offered(client: Client, document: Document) -> None:
    other = actions.receive_document(secretary(), content=SMALL.encode(), name="b")
    assert f"/intake/{other.sha256}/" in client.get(f"/intake/{document.sha256}/").content.decode()


def test_the_repair_log_lists_every_edit(client: Client, document: Document) -> None:
    page = client.get(f"/intake/{document.sha256}/repairs/").content.decode()
    assert page.count("<tr>") > len(document.edits)
    assert "(fēng)" in page
    assert "版权" in page


def test_a_clean_page_says_that_nothing_was_repaired(client: Client, db: None) -> None:
    document = actions.receive_document(secretary(), content=SMALL.encode(), name="b")
    assert "没有修复" in client.get(f"/intake/{document.sha256}/repairs/").content.decode()


@pytest.mark.parametrize("page", ["", "repairs/", "original/"])
def test_an_unknown_document_is_not_found(client: Client, page: str) -> None:
    assert client.get(f"/intake/{'0' * 64}/{page}").status_code == 404


def test_text_is_escaped_wherever_it_is_shown(client: Client) -> None:
    evil = "<script>alert(1)</script>公司签约，总额逾21亿元。<img src=x onerror=alert(2)>"
    document = actions.receive_document(secretary(), content=evil.encode(), name="<b>x</b>.txt")
    for page in ("", "repairs/"):
        html = client.get(f"/intake/{document.sha256}/{page}").content.decode()
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "<b>x</b>" not in html
