"""Do the nodes keep pace? Capacities in final products, beside their middle."""

from dataclasses import replace

from fenglian.engine.analysis.synchrony import synchrony
from fenglian.engine.chain.intervals import NOTHING, UNKNOWN, exactly
from tests.chains import example, shipped


def test_capacities_are_compared_in_final_products() -> None:
    found = synchrony(example())
    # Inner rings 60,000; sets 150,000; balls 2,000,000 / 12; seals none: the middle of four.
    assert found.middle == (60000.0 + 150000.0) / 2
    shares = {row.product: row.share for row in found.rows}
    assert shares["inner-ring"] == 60000 / 105000
    assert shares["seal"] == 0.0
    assert shares["cage"] is None


def test_what_lies_far_behind_is_named_and_what_is_unknown_is_not() -> None:
    found = synchrony(example())
    assert [row.product for row in found.laggards] == ["seal"]
    states = {row.product: row.state.zh for row in found.rows}
    assert states["cage"] == "未查到"
    assert states["inner-ring"] == "跟上"


def test_what_lies_far_ahead_is_ahead() -> None:
    chain = example()
    more = tuple(
        replace(each, amount=exactly(9e6)) if each.product == "ball" else each
        for each in chain.capacities
    )
    inside = {
        product: tuple(each for each in more if each.product == product) for product in chain.inside
    }
    found = synchrony(replace(chain, capacities=more, inside=inside))
    assert {row.product: row.standing for row in found.rows}["ball"] == "ahead"


def test_where_no_capacity_is_known_there_is_no_middle() -> None:
    chain = shipped()
    bare = replace(
        chain,
        inside={
            product: tuple(replace(each, amount=UNKNOWN) for each in makers)
            for product, makers in chain.inside.items()
        },
    )
    found = synchrony(bare)
    assert found.middle is None
    assert all(row.share is None for row in found.rows)
    assert found.headlines[0].value == UNKNOWN
    assert found.headlines[1].value == NOTHING
