"""What a measure saves, against cases by hand."""

import pytest

from fenglian.engine.analysis.reinforcement import (
    NewSource,
    SecondSource,
    Stock,
    effect_of,
    reinforcement,
)
from fenglian.engine.chain.link_faults import UnknownFirm
from fenglian.engine.chain.supply_network import SupplyNetwork, make_network


def two_of_a_sector(**columns: list[float | str]) -> SupplyNetwork:
    """a supplies c; b, of the same sector, supplies nobody."""
    return make_network(
        ["a", "b", "c"], ["s", "s", "t"], [("a", "c", 2.0)], {("s", "t"): 2},
        weight=[1.0, 1.0, 2.0], **columns,
    )  # fmt: skip


def test_a_second_source_halves_the_loss() -> None:
    # a fails: a and c are lost, (1 + 2) / 4; with b beside it half of c.
    effect = effect_of(two_of_a_sector(), SecondSource("c", "a", "b"), ["a"])
    assert (effect.before, effect.after, effect.saved) == (0.75, 0.5, 0.25)


def test_a_stock_holds_the_customer_up() -> None:
    # Of c a quarter is lost; a itself buys nothing any more, and counts as lost.
    effect = effect_of(two_of_a_sector(), Stock("a", 0.75), ["a"])
    assert effect.after == pytest.approx((1 + 2 * 0.25) / 4)
    assert effect_of(two_of_a_sector(), Stock("a", 1.0), ["a"]).after == 0.25


def test_second_sources_are_found_where_there_is_another_firm() -> None:
    [effect] = reinforcement(two_of_a_sector())
    assert effect.measure == SecondSource("c", "a", "b")
    # a, b and c fail in turn. Before: 0.75, 0.25 and, with its supplier, 0.75. After: 0.5 and 0.5
    # with half of c each, and 1 for c with both of its suppliers: what helps c burdens b.
    assert (effect.before, effect.after, effect.saved) == pytest.approx((1.75, 2.0, -0.25))


@pytest.mark.parametrize(
    "links",
    [
        two_of_a_sector(owner=["g", "g", ""]),
        make_network(["a", "c"], ["", "t"], [("a", "c", 2.0, 2)], weight=[1.0, 1.0]),
        make_network(["a", "c"], ["s", "t"], [("a", "c", 2.0)], {("s", "t"): 2}, weight=[1.0, 1.0]),
    ],
)
def test_where_nobody_else_could_supply_nothing_is_tried(links: SupplyNetwork) -> None:
    assert reinforcement(links) == ()


def test_a_link_that_is_not_there_cannot_be_split() -> None:
    with pytest.raises(UnknownFirm, match="b → c"):
        effect_of(two_of_a_sector(), SecondSource("c", "b", "a"), ["a"])


def test_a_new_plant_halves_the_loss_without_weighing_anything_itself() -> None:
    # As with a second source: it takes over half, and the economy that is lost stays the same.
    effect = effect_of(two_of_a_sector(), NewSource("c", "a"), ["a"])
    assert (effect.before, effect.after, effect.saved) == (0.75, 0.5, 0.25)


def test_new_plants_are_tried_where_there_is_no_other_firm() -> None:
    alone = make_network(
        ["a", "c"], ["s", "t"], [("a", "c", 2.0)], {("s", "t"): 2}, weight=[1.0, 2.0]
    )
    assert reinforcement(alone) == ()
    [effect] = reinforcement(alone, plants=True)
    assert effect.measure == NewSource("c", "a")
    assert effect.saved > 0
