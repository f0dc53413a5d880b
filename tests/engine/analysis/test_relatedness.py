"""Relatedness of a table: filters, warnings, and what lies nearest."""

import numpy as np
import pytest

from fenglian.engine.analysis.relatedness import (
    FRAGILE,
    IN_PARTS,
    SMALL_PLACES,
    Choice,
    relatedness,
)
from fenglian.engine.chain.product_table import ProductTable, product_table
from fenglian.engine.kernels.faults import TooFewLeft
from tests.trade import table


def made(*rows: str) -> ProductTable:
    """Return a table of rows such as a:xyz, one unit each."""
    pairs = [(row[0], product) for row in rows for product in row[2:]]
    return product_table([a for a, _ in pairs], [b for _, b in pairs], [1.0] * len(pairs))


NESTED = made("a:vwxyz", "b:vwxy", "c:vwx", "d:vz", "e:v")


def test_what_lies_nearest_comes_first_and_what_is_there_does_not_come() -> None:
    found = relatedness(made("a:xyz", "b:xy", "c:yz", "d:zw", "e:w"))
    names = [product for product, _ in found.nearby("b")]
    assert names[0] == "z"
    assert not {"x", "y"} & set(names)


def test_small_places_are_left_out_where_asked_and_stay_in_shape() -> None:
    all_of_them, large = relatedness(NESTED), relatedness(NESTED, Choice(least_total=2))
    assert SMALL_PLACES in all_of_them.assumptions
    assert SMALL_PLACES not in large.assumptions
    assert "e" in large.left_out[0]
    assert large.eci.shape == all_of_them.eci.shape


def test_thin_places_are_left_out_where_asked() -> None:
    amounts = table("world_trade_1998_2000.csv.gz")
    world = ProductTable(tuple(amounts[0]), tuple(amounts[1]), amounts[2])
    found = relatedness(world, Choice(fewest_products=10, fewest_places=5))
    assert found.diversity[~np.isnan(found.eci)].min() >= 10
    assert found.ubiquity[~np.isnan(found.pci)].min() >= 5
    assert found.left_out[0]


def test_nothing_left_is_an_error_and_not_an_empty_answer() -> None:
    with pytest.raises(TooFewLeft) as raised:
        relatedness(NESTED, Choice(least_total=1e9))
    assert "放宽筛选" in raised.value.message("zh")


def test_a_table_in_parts_says_so() -> None:
    found = relatedness(made("a:xy", "b:xz", "c:yz", "d:uv", "e:uw", "f:vw"))
    assert found.second == pytest.approx(1)
    assert IN_PARTS in found.assumptions


def test_eigenvalues_that_are_close_say_so() -> None:
    ring = made("a:uv", "b:vw", "c:wx", "d:xy", "e:yu")  # a ring has each eigenvalue twice
    found = relatedness(ring)
    assert found.second == pytest.approx(found.third)
    assert FRAGILE in found.assumptions


def test_the_order_of_rows_does_not_matter() -> None:
    back = product_table(["b", "a", "a"], ["x", "y", "x"], [1.0, 2.0, 3.0])
    there = product_table(["a", "a", "b"], ["x", "y", "x"], [3.0, 2.0, 1.0])
    assert (back.places, back.products) == (there.places, there.products)
    assert (back.amounts == there.amounts).all()
