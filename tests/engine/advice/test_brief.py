"""A brief: no number without unit and source, whatever the chain it was composed from."""

from dataclasses import replace
from datetime import date

import pytest

import fenglian as fl
from fenglian.engine.advice.brief import (
    Amount,
    Brief,
    Chart,
    Paragraph,
    Table,
    bare_amounts,
    unlisted_sources,
)
from fenglian.engine.advice.compose import (
    CALCULATION,
    IN_TABLE,
    PER_VERB,
    Heading,
    compose_brief,
)
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


def test_the_pages_tell_the_first_items_and_the_annex_all(real: tuple[Chain, Brief]) -> None:
    chain, brief = real
    advice = fl.verbs(chain)
    leads = [block.lead.zh for block in brief.blocks if isinstance(block, Paragraph) and block.lead]
    first = [item for verb in Verb for item in advice.of(verb)[:PER_VERB]]
    assert leads == [chain.product(item.product).name.zh for item in first]
    assert len(brief.annex_tables[2].rows) == len(advice.items)
    assert len(brief.annex_tables[1].rows) == sum(len(item.figures) for item in advice.items)
    [table] = [block for block in brief.blocks if isinstance(block, Table)]
    assert len(table.rows) == IN_TABLE


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
    for block in real[1].blocks:
        if isinstance(block, Paragraph) and block.lead:
            told += [
                (block.lead, piece.interval) for piece in block.pieces if isinstance(piece, Amount)
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
