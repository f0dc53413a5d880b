"""The first page: facts of record, skyline, verbs, questions, tiles, and what to do where empty."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.web.intake import actions
from fenglian.web.intake.models import Document
from fenglian.web.overview import tiles
from fenglian.web.overview.skyline import for_page
from fenglian.web.registry.listings import listed, makings
from tests.web.conftest import secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(document: Document) -> Document:
    """Return the founding article with every statement accepted."""
    me = secretary()
    for statement in document.statements.all():
        actions.accept_statement(me, statement.identifier)
    return document


def test_an_empty_alliance_says_what_to_do_next(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "还没有有据的事实" in page
    assert "去读文" in page or "/intake/" in page


def test_the_facts_of_record_are_one_click_from_their_words(
    client: Client, accepted: Document
) -> None:
    page = client.get("/").content.decode()
    for words in ("2023-04-07", "66", "160", "太原重型机械集团有限公司", "21", "亿元"):
        assert words in page
    assert f"/intake/{accepted.sha256}/?statement=" in page


def test_what_waits_is_not_called_unknown_for_good(client: Client, document: Document) -> None:
    for statement in document.statements.filter(fact="signing"):
        actions.accept_statement(secretary(), statement.identifier)
    assert "可能在待核的陈述里" in client.get("/").content.decode()


def test_the_skyline_has_no_inline_style(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'class="skyline"' in page
    assert " style=" not in page
    assert 'fill="var(--d' in page


def test_colours_become_tokens_and_styles_attributes() -> None:
    drawn = for_page('<svg ><text style="font-size:12px;font-family:X;" fill="#1f6aa5">', "a<b")
    assert 'font-size="12px" fill="var(--d1)"' in drawn
    assert "a&lt;b" in drawn
    assert "style" not in drawn


def test_a_tile_opens_its_counties(client: Client) -> None:
    page = client.get("/?place=140900").content.decode()
    assert "定襄县" in page
    assert "示意" in page
    assert client.get("/?place=110000").status_code == 404


def test_tiles_add_up_to_what_the_pack_lists() -> None:
    found = tiles.sketch(listed("shanxi"), makings("shanxi"))
    placed = sum(tile.tally.organisations for tile in found.tiles)
    assert placed + found.unplaced.organisations == found.total.organisations
    assert len({(tile.column, tile.row) for tile in found.tiles}) == len(found.tiles) == 11
    for tile in found.tiles:
        counties, elsewhere = tiles.count_counties(tile.code, listed("shanxi"), makings("shanxi"))
        inside = sum(county.tally.organisations for county in counties)
        assert inside + elsewhere.organisations == tile.tally.organisations


def test_the_page_speaks_english(english: Client) -> None:
    page = english.get("/").content.decode()
    assert "Overview" in page
    assert "Coverage skyline" in page


def test_a_stranger_is_asked_to_sign_in(stranger: Client) -> None:
    assert stranger.get("/").status_code == 302


def test_the_page_keeps_to_its_queries(
    client: Client, accepted: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")
    with django_assert_num_queries(11):  # facts 1, what is new 3, waiting 2, who is there 2, places
        client.get("/")
