"""A brief: no number without unit and source, whatever the chain it was composed from."""

from dataclasses import replace
from datetime import date

import pytest

import fenglian as fl
from fenglian.engine.advice.brief import (
    Amount,
    Block,
    Brief,
    Chart,
    Paragraph,
    Table,
    Words,
    bare_amounts,
    unlisted_sources,
)
from fenglian.engine.advice.compose import IN_CHART, Heading, compose_brief
from fenglian.engine.advice.grounds import CALCULATION, PER_VERB
from fenglian.engine.advice.items import Verb
from fenglian.engine.chain.intervals import UNKNOWN, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.labels import Label
from tests.render.sample_brief import SETS, make_brief

HEADING = Heading(Label("秘书处", "Secretariat"), date(2026, 11, 2))


def _compose(pack: fl.Pack) -> tuple[Chain, Brief]:
    chain = fl.build_chain(pack)
    brief = compose_brief(chain, fl.coverage(chain), fl.verbs(chain), HEADING)
    return chain, brief


@pytest.fixture(scope="module")
def real() -> tuple[Chain, Brief]:
    return _compose(fl.join_region(fl.load_pack("wind"), fl.load_pack("shanxi")))


@pytest.fixture(scope="module")
def example() -> tuple[Chain, Brief]:
    return _compose(fl.load_pack("bearing"))


@pytest.fixture(scope="module", params=["real", "example"])
def brief(request: pytest.FixtureRequest) -> Brief:
    _, found = request.getfixturevalue(request.param)
    assert isinstance(found, Brief)
    return found


def test_no_number_is_without_source_or_unit(brief: Brief) -> None:
    assert bare_amounts(brief) == ()
    amounts = [piece for piece in brief.pieces() if isinstance(piece, Amount) and piece.known]
    assert amounts
    # A bare count in English has no word for its unit; in Chinese everything is counted in one.
    assert all(amount.unit.zh for amount in amounts)


def test_every_source_that_is_cited_is_listed_and_no_other(brief: Brief) -> None:
    assert unlisted_sources(brief) == ()
    assert [source.id for source in brief.sources] == list(brief.cited())
    assert CALCULATION in brief.cited(annex=False)


def test_unknown_stays_unknown(real: tuple[Chain, Brief]) -> None:
    chain, brief = real
    full = brief.annex_tables[0]
    rows = fl.coverage(chain).rows
    assert len(full.rows) == len(rows)
    for row, cells in zip(rows, full.rows, strict=True):
        required, capacity, ratio = cells[1:4]
        assert isinstance(required, Amount)
        assert isinstance(capacity, Amount)
        assert isinstance(ratio, Amount)
        assert required.interval == row.required
        assert capacity.known == row.capacity.known
        assert ratio.known == row.ratio.known


def _leads(blocks: tuple[Block, ...]) -> list[str]:
    return [block.lead.zh for block in blocks if isinstance(block, Paragraph) and block.lead]


def test_the_pages_tell_the_first_item_of_each_verb(real: tuple[Chain, Brief]) -> None:
    chain, brief = real
    advice = fl.verbs(chain)
    assert _leads(brief.blocks) == ["建链", "延链", "补链", "强链"]
    [table] = [block for block in brief.blocks if isinstance(block, Table)]
    shown = [row[0].label.zh for row in table.rows if isinstance(row[0], Words)]
    firsts = {advice.of(verb)[0].product for verb in Verb}
    assert len(shown) == len(firsts)
    for product in firsts:
        name = chain.product(product).name.zh.partition("（")[0]
        [found] = [cell for cell in shown if cell.startswith(f"{name}（")]
        verbs = {
            verb.label.zh[0] for verb in Verb if product in [i.product for i in advice.of(verb)]
        }
        assert set(found.removeprefix(f"{name}（").removesuffix("）")) == verbs
    assert table.note
    assert "附件1" in table.note.zh
    assert "附件2" in table.note.zh


def test_nothing_that_leaves_the_pages_is_lost(real: tuple[Chain, Brief]) -> None:
    chain, brief = real
    advice = fl.verbs(chain)
    items = [item for verb in Verb for item in advice.of(verb)[:PER_VERB]]
    assert _leads(brief.grounds) == [item.title.zh for item in items]
    told = [piece.label for piece in brief.pieces(annex=False) if isinstance(piece, Words)]
    assert {item.why for item in items} <= set(told)
    assert set(advice.assumptions) <= set(told)
    assert all(any(verb.meaning.zh in words.zh for words in told) for verb in Verb)
    [table] = [block for block in brief.grounds if isinstance(block, Table)]
    assert len(table.rows) == IN_CHART
    assert len(brief.annex_tables[2].rows) == len(advice.items)
    assert len(brief.annex_tables[1].rows) == sum(len(item.figures) for item in advice.items)
    # The tables on paper are extracts: the workbook has all of their figures, once.
    assert brief.tables == brief.annex_tables
    whole = {piece for table in brief.annex_tables for row in table.rows for piece in row}
    for block in brief.printed:
        if isinstance(block, Table):
            figures = [cell for row in block.rows for cell in row if isinstance(cell, Amount)]
            assert {(each.interval, each.unit) for each in figures if each.known} <= {
                (each.interval, each.unit) for each in whole if isinstance(each, Amount)
            }


def test_what_is_sure_is_said_as_such(example: tuple[Chain, Brief]) -> None:
    chain, brief = example
    told = [piece.label.zh for piece in brief.pieces(annex=False) if isinstance(piece, Words)]
    sure = {item.verb for item in fl.verbs(chain).items if not item.question}
    assert sure
    assert ("出处写明本地没有。" in told) == (not fl.verbs(chain).of(Verb.BUILD)[0].question)


def test_only_invented_data_are_marked_synthetic(
    real: tuple[Chain, Brief], example: tuple[Chain, Brief]
) -> None:
    assert not real[1].synthetic
    assert example[1].synthetic


def test_the_calculation_can_be_found_again(real: tuple[Chain, Brief]) -> None:
    chain, brief = real
    source = next(source for source in brief.sources if source.id == CALCULATION)
    assert chain.fingerprint[:12] in source.title
    assert source.grade == "D"  # the scenario is an assumption


def test_a_figure_is_told_once_on_the_pages(real: tuple[Chain, Brief]) -> None:
    told: list[tuple[object, ...]] = []
    for block in real[1].grounds:
        if isinstance(block, Paragraph) and block.lead:
            told += [
                (block.lead.zh.partition("：")[2], piece.interval)
                for piece in block.pieces
                if isinstance(piece, Amount)
            ]
    assert len(told) == len(set(told))


def test_the_same_chain_gives_the_same_brief(example: tuple[Chain, Brief]) -> None:
    assert _compose(fl.load_pack("bearing"))[1] == example[1]


def test_faults_of_a_brief_are_found() -> None:
    bare, unknown = Amount(exactly(3.0), SETS, ()), Amount(UNKNOWN, SETS, ())
    lost = Amount(exactly(3.0), SETS, ("LOST",))
    brief = replace(make_brief(), blocks=(Paragraph((bare, unknown, lost)),))
    assert bare_amounts(brief) == (bare,)
    assert unlisted_sources(brief) == ("LOST",)
    assert bare_amounts(make_brief()) == ()


def test_charts_cite_too() -> None:
    [chart] = [block for block in make_brief().blocks if isinstance(block, Chart)]
    assert replace(make_brief(), blocks=(chart,)).cited() == chart.sources
