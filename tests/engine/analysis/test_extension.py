"""What could be made next: beside what is made, ranked by value, relief and who is near."""

from dataclasses import replace

import pytest

import fenglian as fl
from fenglian.engine.analysis.coverage import coverage
from fenglian.engine.analysis.extension import extension
from fenglian.engine.analysis.throughput import throughput
from tests.chains import example, shipped


def test_only_what_nobody_makes_here_and_lies_beside_what_is_made_counts() -> None:
    chain = shipped()
    found = extension(chain)
    assert found.rows
    for row in found.rows:
        assert not chain.makers(row.product, "operating", "trial")
        assert all(chain.makers(name, "operating", "trial") for name in row.made_nearby)
        assert row.made_nearby
        assert row.ways
    assert found.of("ring-forging") is None  # it is made here
    assert found.of("nothing") is None


def test_it_says_where_a_product_lies_and_who_is_near() -> None:
    found = extension(shipped())
    bearing = found.of("main-bearing")
    assert bearing is not None
    assert "向下" in bearing.way.zh  # of ring forgings, made here
    assert {"dingxiang", "tianbao", "zhonggong"} <= set(bearing.near)
    reman = found.of("gearbox-reman")
    assert reman is not None
    assert reman.way.en == "after-market"
    assert not reman.retained.known  # nobody knows what is needed of it: not 0
    assert reman.relief is None


def test_the_rank_is_by_value_then_relief_then_makers() -> None:
    ranked = extension(fl.load_chain("wind", region="demo")).ranked
    assert [row.rank for row in ranked] == list(range(1, len(ranked) + 1))
    merits = [
        (
            row.retained.working or row.retained.high or row.retained.low or 0.0,
            row.relief or 0.0,
            row.makers_near,
        )
        for row in ranked
    ]
    assert merits == sorted(merits, reverse=True)
    assert merits[0][0] > 0


def test_what_would_be_retained_is_the_gap_at_its_price() -> None:
    chain = fl.load_chain("wind", region="demo")
    row = next(row for row in extension(chain).ranked if row.retained.known)
    price = next(each for each in chain.prices if each.product == row.product)
    cover = coverage(chain).of(row.product)
    assert cover is not None
    assert row.retained == cover.gap.times(price.amount)
    assert set(price.sources) <= set(row.sources)


def test_the_relief_is_that_of_the_throughput() -> None:
    chain = example()
    limits = throughput(chain)
    found = extension(chain, limits)
    seal = found.of("seal")
    assert seal is not None
    row = limits.of("seal")
    assert row is not None
    assert seal.relief == row.relief
    assert seal.relief == pytest.approx(60_000)  # what the inner rings leave room for
    assert found == extension(chain)


def test_without_makers_nothing_lies_beside_anything() -> None:
    chain = example()
    bare = replace(chain, capacities=(), inside={}, outside={})
    assert extension(bare).rows == ()
