"""Long and strange pages: the work grows with the page and no faster."""

import sys
from types import FrameType
from typing import Any

import pytest

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.facts import CATALOGUE
from fenglian.engine.intake.mentions.organisations import Organisation, Register, find_organisations
from fenglian.engine.intake.mentions.prose import LONGEST, sentences
from tests.engine.intake.pages import TABLES, page_of

HEAD = "发布时间:2023-04-18 来源:山西日报\n\n"


def _calls(unit: str, size: int) -> int:
    """How many calls finding all facts takes: the work without the clock."""
    count = 0

    def _count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += 1

    text = HEAD + unit * (size // len(unit))
    sys.setprofile(_count)
    try:
        page = page_of(text)
        for fact in CATALOGUE:
            list(fact.extract(page, TABLES))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "\n风\n",
        "\n下一篇\n",
        "太重集团与",
        "4月7日",
        "山西省风电联盟",
        "太原重工集团董事长王勇表示。",
        "县委书记王勇山西省太原市",
        "太重集团投资9亿元,",
        "\n4月7日太重集团与山西公司签约。",
    ],
)
def test_twice_the_page_is_twice_the_work(unit: str) -> None:
    _calls(unit, 200)  # rules compiled
    assert _calls(unit, 6_000) < 2.5 * _calls(unit, 3_000)


def test_what_never_ends_is_cut_where_a_comma_stands() -> None:
    page = page_of(HEAD + "风电产业,发展" * 1_000)
    found = sentences(page)
    assert "".join(page.text[slice(*span)] for span in found) == page.text[page.body[0].start :]
    assert max(span.end - span.start for span in found) <= LONGEST
    assert all(page.text[span.end - 1] == "," for span in found[:-1])


def test_a_name_inside_another_is_not_told_twice() -> None:
    text = "山西省风电装备产业联盟、太重集团、太重集团"
    found = find_organisations(text, (Span(0, len(text)),))
    assert [mention.name for mention in found] == ["山西省风电装备产业联盟", "太重集团", "太重集团"]


def test_the_register_answers_by_place() -> None:
    first = Organisation("太重集团", "firm", Span(0, 4))
    second = Organisation("风电联盟", "association", Span(6, 10))
    register = Register((first, second))
    assert register.within(0, 6) == (first,)
    assert register.within(1, 7) == (second,)
    assert register.ending_at(10) is second
    assert register.ending_at(9) is None
    assert register.last_begun(6) is first
    assert register.last_ended(10) is second
    assert register.last_ended(3) is None
    assert register.first_begun(5) is second
    assert register.first_begun(7) is None
    assert register.of_kind("firm").mentions == (first,)
    assert register.named_so("联盟").mentions == (second,)
