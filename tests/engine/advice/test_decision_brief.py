"""A decision as an official document: two pages to decide on, every number with its source."""

from dataclasses import replace
from datetime import date

import pytest

from fenglian.engine.advice.brief import Brief, Words, bare_amounts, unlisted_sources
from fenglian.engine.advice.case import Case, make_case
from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.decision_brief import Chosen, compose_decision
from fenglian.engine.advice.options import Way
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.render.pdf import write_pdf
from tests.chains import shipped
from tests.engine.advice.test_gaps import DAY, gaps, kept
from tests.render.pdf_text import page_texts

HEADING = Heading(Label("链长办", "Chain office"), DAY, DataClass.S1)
CHOSEN = Chosen(Way.ATTRACT, "先例齐全。", "演示部门", date(2027, 6, 30), "王处长", DAY)


def real() -> Case:
    return make_case(shipped(), gaps(shipped()), "main-bearing", DAY)


@pytest.fixture(params=["demo", "real"])
def brief(request: pytest.FixtureRequest) -> Brief:
    case = kept("pitch-system") if request.param == "demo" else real()
    return compose_decision(case, HEADING, CHOSEN)


def test_no_number_is_without_source(brief: Brief) -> None:
    assert bare_amounts(brief) == ()
    assert unlisted_sources(brief) == ()
    assert brief.data_class is DataClass.S1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_to_be_decided_takes_two_pages(brief: Brief, language: str) -> None:
    pages = page_texts(write_pdf(brief, language))
    basis = "测算依据" if language == "zh" else "Basis and precedents"
    # The grounds begin on a page of their own; the name of the annex stands on the page before.
    starts = [number for number, text in enumerate(pages) if basis in text.replace("\n", "")]
    assert max(starts) == 2


def test_the_decision_says_who_does_what_by_when() -> None:
    brief = compose_decision(kept("pitch-system"), HEADING, CHOSEN)
    said = "".join(each.label.zh for each in brief.pieces() if isinstance(each, Words))
    for words in ("招引", "先例齐全", "演示部门", "2027年6月30日", "王处长"):
        assert words in said


def test_before_a_choice_it_lays_out_what_is_to_be_decided() -> None:
    brief = compose_decision(kept("pitch-system"), HEADING)
    assert brief.title.zh.endswith("处置建议")
    assert brief.synthetic
    assert not compose_decision(real(), HEADING).synthetic


def test_many_suppliers_are_cut_and_counted() -> None:
    case = kept("pitch-system")
    many = [case.inside[0]] * 9
    brief = compose_decision(replace(case, inside=tuple(many)), HEADING)
    notes = [block.note.zh for block in brief.blocks if getattr(block, "note", None)]  # type: ignore[union-attr]
    assert "另有 3 家。" in notes
