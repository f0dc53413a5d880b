"""Sources of inputs by firm, owner and region."""

import pytest

from fenglian.engine.analysis.sourcing import sourcing
from fenglian.engine.chain.supply_network import make_network


def test_two_equal_suppliers_are_as_good_as_two() -> None:
    links = make_network(["a", "b", "c"], ["s", "s", "t"], [("a", "c", 2.0), ("b", "c", 2.0)])
    [row] = sourcing(links).rows
    assert (row.buyer, row.product, row.value) == ("c", "s", 4.0)
    assert row.hhi == 0.5
    assert row.effective_suppliers == 2.0
    assert not row.single_source
    assert not row.single_owner
    assert row.hhi_region is None
    assert sourcing(links).single_sources == ()


def test_two_firms_of_one_owner_are_one_source() -> None:
    links = make_network(
        ["a", "b", "c"], ["s", "s", "t"], [("a", "c", 1.0), ("b", "c", 3.0)], {("s", "t"): 2},
        owner=["g", "g", ""], region=["x", "y", "x"],
    )  # fmt: skip
    [row] = sourcing(links).single_sources
    assert row.suppliers == ("b", "a")
    assert (row.hhi, row.hhi_owner, row.hhi_region) == (0.625, 1.0, 0.625)


def test_essential_and_large_inputs_come_first_and_unknown_ones_stand_alone() -> None:
    links = make_network(
        ["a", "b", "c", "d"], ["s", "", "", "t"],
        [("a", "d", 1.0), ("b", "d", 5.0), ("c", "d", 7.0)], {("s", "t"): 2},
    )  # fmt: skip
    rows = sourcing(links).rows
    assert [(row.product, row.value) for row in rows] == [("s", 1.0), (None, 7.0), (None, 5.0)]
    assert all(row.single_source for row in rows)
    assert sourcing(links).single_sources == rows[:1]


def test_nobody_who_buys_gives_no_row() -> None:
    assert sourcing(make_network(["a"], ["s"], [])).rows == ()


def test_shares_add_up_by_owner() -> None:
    links = make_network(
        ["a", "b", "c", "d"], ["s", "s", "s", "t"],
        [("a", "d", 1.0), ("b", "d", 1.0), ("c", "d", 2.0)], owner=["g", "g", "", ""],
    )  # fmt: skip
    [row] = sourcing(links).rows
    assert row.hhi == pytest.approx(0.375)
    assert row.hhi_owner == 0.5
