"""What would doing an item change? Against the relief gains and the losses of the throughput."""

from dataclasses import replace

import pytest

from fenglian.engine.advice.items import AdviceItem
from fenglian.engine.advice.outcomes import (
    NO_LIMIT,
    NOT_FELT,
    NOT_KNOWN,
    NOT_NEEDED,
    NOTHING_MORE,
    NOTHING_TO_LOSE,
    outcome_of,
)
from fenglian.engine.advice.verbs import verbs
from fenglian.engine.analysis.throughput import throughput
from fenglian.engine.chain.model import Chain
from tests.chains import example, shipped
from tests.planting import put


def item_of(chain: Chain, name: str) -> AdviceItem:
    return next(item for item in verbs(chain).items if item.id == name)


def test_building_what_is_missing_makes_room_for_what_the_next_limit_allows() -> None:
    chain = example()
    found = outcome_of(chain, throughput(chain), item_of(chain, "build:seal"))
    assert found.item == "build:seal"
    assert found.more.working == pytest.approx(60_000)  # the inner rings do for no more
    assert "60,000" in found.words.zh
    assert "60,000" in found.words.en


def test_patching_what_something_else_holds_back_gains_nothing_by_itself() -> None:
    chain = example()
    found = outcome_of(chain, throughput(chain), item_of(chain, "patch:inner-ring"))
    assert found.words is NOTHING_MORE  # no seals: not one more with more inner rings
    assert found.more.working == 0.0


def test_with_the_last_known_limit_gone_nothing_known_limits() -> None:
    chain = shipped()
    found = outcome_of(chain, throughput(chain), item_of(chain, "patch:tower-steel"))
    assert found.words is NO_LIMIT
    assert not found.more.known


def test_what_nobody_knows_is_not_worked_out() -> None:
    chain = shipped()
    limits = throughput(chain)
    found = outcome_of(chain, limits, item_of(chain, "patch:generator-dfig"))
    assert found.words is NOT_KNOWN
    found = outcome_of(chain, limits, item_of(chain, "extend:gearbox-reman"))
    assert found.words is NOT_NEEDED


def test_a_second_source_saves_what_a_stop_of_the_only_one_costs() -> None:
    chain = example(put("coverage_found", "seal,stated_none", "seal,not_found"))
    limits, item = throughput(chain), item_of(chain, "strengthen:ball")
    found = outcome_of(chain, limits, item)
    assert found.more.working == pytest.approx(60_000)  # without balls not one is built
    assert "100 %" in found.words.en
    assert "60,000" in found.words.zh
    assert outcome_of(chain, replace(limits, losses=()), item).words is NOT_FELT


def test_where_nothing_can_be_built_no_stop_costs_anything() -> None:
    chain = example()  # without seals, of which there are none
    found = outcome_of(chain, throughput(chain), item_of(chain, "strengthen:ball"))
    assert found.words is NOTHING_TO_LOSE
    assert not found.more.known


def test_every_item_of_the_shipped_chain_has_an_outcome_in_both_languages() -> None:
    chain = shipped()
    limits = throughput(chain)
    for item in verbs(chain).items:
        words = outcome_of(chain, limits, item).words
        assert words.zh
        assert words.en
