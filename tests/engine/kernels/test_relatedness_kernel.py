"""Relatedness: equal to a published programme, and right where a hand can check."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.faults import TooFewLeft
from fenglian.engine.kernels.relatedness import (
    comparative_advantage,
    complexity,
    core,
    density,
    nearest_only,
    outlook,
    proximity,
)
from tests.trade import TRADE, table

PANEL = np.sqrt(299 / 300)  # Stata takes standard deviations over the rows of the panel


def present(amounts: Floats) -> Floats:
    return (np.nan_to_num(comparative_advantage(amounts)) >= 1).astype(np.float64)


@pytest.mark.parametrize("measure", ["eci", "pci", "coi", "cog", "diversity"])
def test_it_equals_the_published_answers_of_the_stata_programme(measure: str) -> None:
    places, products, amounts = table("fixture_1995.csv")
    presence = present(amounts)
    found = complexity(presence)
    near = proximity(presence)
    coi, cog = outlook(presence, near, density(presence, near), found)
    ours: dict[str, Floats] = {
        "eci": found.places * PANEL,
        "pci": found.products * PANEL,
        "coi": coi * PANEL,
        "cog": cog * PANEL,
        "diversity": presence.sum(axis=1),
    }
    text = (TRADE / "fixture_1995_expected.csv").read_text()
    rows = [row for row in csv.DictReader(text.splitlines()) if row["measure"] == measure]
    assert rows
    for row in rows:
        where = [places.index(row["country"])] if row["country"] else []
        where += [products.index(row["product"])] if row["product"] else []
        # Two eigensolvers and a different order of sums: the last digits may differ.
        assert ours[measure][tuple(where)] == pytest.approx(float(row["value"]), abs=5e-14), row


def test_a_product_does_not_count_as_near_to_itself_unless_asked() -> None:
    places, products, amounts = table("fixture_1995.csv")
    presence = present(amounts)
    at = places.index("aut"), products.index("1704")
    assert density(presence, proximity(presence))[at] == pytest.approx(0.4625, abs=1e-12)
    including = density(presence, proximity(presence, include_self=True))[at]
    assert including == pytest.approx(0.4302, abs=5e-5)


def test_the_world_has_the_presences_and_eigenvalues_that_were_published() -> None:
    _, _, amounts = table("world_trade_1998_2000.csv.gz")
    presence = present(amounts)
    found = complexity(presence)
    assert presence.shape == (226, 785)
    assert presence.sum() == 31_951
    assert (found.second, found.third) == pytest.approx((0.179134, 0.120949), abs=5e-7)
    assert np.nanmean(found.places) == pytest.approx(0, abs=1e-12)
    assert np.nanstd(found.places) == pytest.approx(1)


def test_both_sides_give_the_same_index() -> None:
    _, _, amounts = table("fixture_1995.csv")
    presence = present(amounts)
    wide, tall = complexity(presence), complexity(np.vstack([presence] * 4))
    # Four copies of every place: the products know no difference.
    assert tall.products == pytest.approx(wide.products, abs=1e-10)


def test_an_empty_place_or_product_stays_without_a_number() -> None:
    _, _, amounts = table("fixture_1995.csv")
    padded = np.zeros((11, 31))
    padded[:10, :30] = amounts
    advantage = comparative_advantage(padded)
    assert np.isnan(advantage[10]).all()
    assert np.isnan(advantage[:, 30]).all()
    presence = present(padded)
    found, near = complexity(presence), proximity(presence)
    assert found.places[:10] == pytest.approx(complexity(present(amounts)).places)
    assert np.isnan(found.places[10])
    assert np.isnan(found.products[30])
    coi, cog = outlook(presence, near, density(presence, near), found)
    assert np.isnan(coi[10])
    assert np.isnan(cog[10]).all()
    assert np.isnan(cog[:, 30]).all()
    assert np.isnan(density(presence, near)[:, 30]).all()


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_an_amount_that_cannot_be_is_refused_by_its_place(bad: float) -> None:
    with pytest.raises(BadCoefficient) as raised:
        comparative_advantage(np.array([[1.0, 2.0], [bad, 1.0]]))
    assert raised.value.facts["place"] == 2


def test_a_row_of_numbers_is_no_table() -> None:
    with pytest.raises(WrongShape):
        comparative_advantage(np.ones(3))


@pytest.mark.parametrize("presence", [np.eye(2), np.ones((4, 4)), np.zeros((5, 5))])
def test_too_few_or_all_alike_has_no_complexity(presence: Floats) -> None:
    with pytest.raises(TooFewLeft):
        complexity(presence)


def test_the_nearest_stay_and_so_do_those_that_are_as_near() -> None:
    near = np.array([[0.0, 0.5, 0.5, 0.2], [0.5, 0.0, 0.1, 0.4]])
    assert nearest_only(near, 1).tolist() == [[0, 0.5, 0.5, 0], [0.5, 0, 0, 0]]
    assert nearest_only(near, 9) is near


def test_what_is_thin_goes_and_what_becomes_thin_thereby() -> None:
    presence = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]], np.bool_)
    places, products = core(presence, 2, 2)
    assert places.tolist() == [True, True, False, False]
    assert products.tolist() == [True, True, False, False]


@given(st.data())
def test_density_and_proximity_stay_between_nought_and_one(data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    flags = data.draw(st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns))
    presence = np.array(flags, np.float64).reshape(rows, columns)
    near = proximity(presence)
    assert (near == near.T).all()
    assert (np.diagonal(near) == 0).all()
    shares = density(presence, near)
    shares = shares[~np.isnan(shares)]
    assert ((near >= 0) & (near <= 1)).all()
    assert ((shares >= 0) & (shares <= 1 + 1e-12)).all()
