"""How many pages? What is to be decided takes two, whatever the alliance, language and head."""

from datetime import date

import pytest

import fenglian as fl
from fenglian.engine.advice.brief import Brief, Table, Words
from fenglian.engine.advice.compose import Heading, compose_brief
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.render.pdf import write_pdf
from tests.render.pdf_text import page_texts
from tests.render.sample_brief import COVERAGE, make_brief

ORGAN = Label("演示风电装备产业联盟秘书处", "Secretariat, Demonstration Wind Power Alliance")
OFFICE = Label("演示链长办公室", "Office of the chain chief")
BANNER = Label("演示风电装备产业联盟简报", "Demonstration alliance brief")
DAY = date(2026, 11, 2)
HEADINGS = {
    "plain": Heading(ORGAN, DAY),
    "to": Heading(ORGAN, DAY, recipient=OFFICE),
    "banner": Heading(ORGAN, DAY, recipient=OFFICE, banner=BANNER),
}


def _pages(brief: Brief, language: str) -> list[str]:
    texts = page_texts(write_pdf(brief, language))
    return [text.replace(" ", "").replace("\u2060", "") for text in texts]


@pytest.mark.parametrize("head", HEADINGS)
@pytest.mark.parametrize("region", ["shanxi", "demo"])
def test_what_is_to_be_decided_takes_two_pages(region: str, head: str) -> None:
    chain = fl.build_chain(fl.join_region(fl.load_pack("wind"), fl.load_pack(region)))
    brief = compose_brief(chain, fl.coverage(chain), fl.verbs(chain), HEADINGS[head])
    for language, annexes in (("zh", "附件："), ("en", "Annexes:")):
        pages = _pages(brief, language)
        [last] = [number for number, text in enumerate(pages) if annexes in text]
        title = brief.grounds_title.text(language).replace(" ", "")
        grounds = next(at for at, text in enumerate(pages) if title in text and at != last)
        assert (last, grounds) == (1, 2), (language, len(pages))


def test_no_row_of_a_table_stands_alone_where_a_page_ends() -> None:
    for rows in range(7, 40):
        table = Table(
            Label("长表", "long table"),
            COVERAGE.columns[:1],
            tuple((Words(Label(f"行{row:02}", f"row {row:02}")),) for row in range(rows)),
        )
        brief = Brief(
            organ=ORGAN,
            title=Label("表", "table"),
            date=DAY,
            data_class=DataClass.S1,
            blocks=(table,),
            sources=make_brief().sources,
            synthetic=False,
        )
        counts = [text.count("行") for text in _pages(brief, "zh")]
        assert sum(counts) == rows
        assert 1 not in counts, rows
