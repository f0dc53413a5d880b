"""What is imagined of a chain: what stands, what falls, and what cannot be meant."""

import math
from dataclasses import replace

import numpy as np
import pytest

from fenglian.engine.analysis.coverage import Status, coverage
from fenglian.engine.chain.change_faults import (
    NoAmountToAdd,
    NoCost,
    NoDemand,
    NothingAskedBefore,
    TooManyChanges,
    UnknownMaker,
    UnreadablePlant,
)
from fenglian.engine.chain.changes import Changes, NewPlant, change_chain, read_plant
from fenglian.engine.chain.intervals import NOTHING, exactly
from fenglian.engine.errors import UnknownProduct
from tests.chains import example, shipped


def test_a_plant_adds_to_what_is_known() -> None:
    changed = change_chain(example(), Changes((NewPlant("inner-ring", 40000.0),)))
    row = coverage(changed).of("inner-ring")
    assert row is not None
    assert row.capacity == exactly(100000.0)
    assert row.assumed
    assert "what-if-plant-1" in row.makers


def test_a_plant_beside_makers_of_unknown_size_raises_the_floor_alone() -> None:
    changed = change_chain(example(), Changes((NewPlant("outer-ring", 500.0),)))
    row = coverage(changed).of("outer-ring")
    assert row is not None
    assert (row.capacity.low, row.capacity.working, row.capacity.high) == (500.0, None, None)


def test_who_falls_out_takes_its_capacity_along() -> None:
    changed = change_chain(example(), Changes(dropped=("example-rings-01",)))
    row = coverage(changed).of("inner-ring")
    assert row is not None
    assert row.capacity == exactly(20000.0)


def test_without_its_only_known_maker_a_product_is_made_by_nobody_and_says_why() -> None:
    changed = change_chain(example(), Changes(dropped=("example-balls-01",)))
    row = coverage(changed).of("ball")
    assert row is not None
    assert row.capacity == NOTHING
    assert row.status is Status.MISSING
    assert row.looked is not None
    assert "演示钢球01厂" in row.looked.note.zh


def test_a_group_falls_out_as_one() -> None:
    chain = example()
    both = {"example-rings-01", "example-rings-02"}
    joined = tuple(
        replace(each, group="rings") if each.id in both else each for each in chain.organisations
    )
    changed = change_chain(
        replace(chain, organisations=joined), Changes(dropped=("example-rings-02",))
    )
    assert not {each.organisation for each in changed.capacities} & both


def test_another_demand_keeps_the_shares() -> None:
    chain = shipped()
    changed = change_chain(chain, Changes(demand=2 * (chain.scenario.demand.working or 0.0)))
    assert np.allclose(changed.demand[1], 2 * chain.demand[1], rtol=1e-12)
    assert np.array_equal(changed.demand[0], changed.demand[2])
    assert changed.scenario.assumed
    assert not changed.demand.flags.writeable


def test_what_was_imagined_is_said_and_the_chain_itself_stays() -> None:
    chain = example()
    before = chain.fingerprint, chain.assumptions, chain.capacities
    changes = Changes((NewPlant("seal", 10.0, 5e6),), ("example-balls-01",), 11.0)
    changed = change_chain(chain, changes)
    assert (chain.fingerprint, chain.assumptions, chain.capacities) == before
    assert changed.fingerprint != chain.fingerprint
    assert change_chain(chain, changes).fingerprint == changed.fingerprint
    said = [each.zh for each in changed.assumptions[len(chain.assumptions) :]]
    assert [words[:2] for words in said] == ["假如"] * 3


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (Changes((NewPlant("nothing", 1.0),)), UnknownProduct),
        (Changes((NewPlant("seal", 0.0),)), NoAmountToAdd),
        (Changes((NewPlant("seal", math.inf),)), NoAmountToAdd),
        (Changes((NewPlant("seal", 1.0, -1.0),)), NoCost),
        (Changes((NewPlant("seal", 1.0, math.nan),)), NoCost),
        (Changes(dropped=("nobody",)), UnknownMaker),
        (Changes(demand=0.0), NoDemand),
        (Changes(demand=math.nan), NoDemand),
        (Changes(tuple(NewPlant("seal", 1.0) for _ in range(13))), TooManyChanges),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_way_out(
    changes: Changes, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        change_chain(example(), changes)


def test_a_plant_that_costs_nothing_is_allowed() -> None:
    change_chain(example(), Changes((NewPlant("seal", 1.0, 0.0),)))


@pytest.mark.parametrize("words", ["", "seal", "seal:", "seal:many", ":5", "seal:1:2:3", "a:b:c"])
def test_a_plant_that_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(UnreadablePlant):
        read_plant(words)


def test_a_plant_is_read_with_and_without_its_cost() -> None:
    assert read_plant(" seal:10 ") == NewPlant("seal", 10.0)
    assert read_plant("seal:10:5e6") == NewPlant("seal", 10.0, 5e6)


def test_nothing_cannot_be_scaled() -> None:
    chain = example()
    idle = replace(chain, scenario=replace(chain.scenario, demand=NOTHING))
    with pytest.raises(NothingAskedBefore):
        change_chain(idle, Changes(demand=5.0))
