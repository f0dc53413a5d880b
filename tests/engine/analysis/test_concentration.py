"""Concentration: groups count once, clusters are never a single source."""

import numpy as np
import pytest

from fenglian.engine.analysis.concentration import (
    Concentration,
    concentration,
    herfindahl,
)
from fenglian.engine.chain.model import Chain
from tests.chains import example, shipped, tower
from tests.planting import put


def row(chain: Chain, product: str) -> Concentration:
    found = concentration(chain).of(product)
    assert found is not None
    return found


def test_a_cluster_is_never_a_single_source() -> None:
    found = row(example(), "cage")
    assert found.clusters == ("example-cages",)
    assert found.groups == 1
    assert not found.single_source
    assert found.hhi is None


def test_dingxiang_alone_would_still_be_many_firms() -> None:
    others = [
        put("capacities", f"\n{name},flange,makes", f"\n{name},flange,uses")
        for name in ("taizhong", "tianbao", "hengyue")
    ]
    found = row(tower(*others), "flange")
    assert found.makers == ("dingxiang",)
    assert not found.single_source


def test_firms_of_one_group_are_one_source() -> None:
    found = row(shipped(), "gearbox")
    assert found.makers == ("taiyuan-hi", "taizhong")
    assert found.groups == 1
    assert found.single_source


def test_two_equal_makers_give_one_half() -> None:
    assert herfindahl(np.array([7.0, 7.0])) == 0.5
    changed = put("capacities", "40000,40000,40000", "20000,20000,20000")
    found = row(example(changed), "inner-ring")
    assert found.hhi == pytest.approx(0.5)
    assert found.effective_makers == pytest.approx(2)


def test_an_unknown_capacity_leaves_the_concentration_unknown() -> None:
    found = row(example(), "outer-ring")
    assert found.single_source
    assert found.hhi is None
    assert found.effective_makers is None


def test_products_without_a_known_maker_have_no_row() -> None:
    assert concentration(shipped()).of("main-bearing") is None
