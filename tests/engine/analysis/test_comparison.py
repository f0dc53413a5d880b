"""As it is beside as it would be."""

from dataclasses import replace

from fenglian.engine.analysis.comparison import compare
from fenglian.engine.analysis.throughput import throughput
from fenglian.engine.chain.changes import Changes, NewPlant
from fenglian.engine.chain.intervals import UNKNOWN, exactly
from tests.chains import example, shipped


def test_a_plant_at_the_bottleneck_lets_more_be_built_and_the_ladder_goes_on() -> None:
    found = compare(example(), Changes((NewPlant("seal", 240000.0, 6e6),)))
    assert found.gained == 60000.0
    assert found.cost_of_one == 100.0
    assert found.before.ladder[0].products == ("seal",)
    assert found.after.ladder[0].products == ("inner-ring",)


def test_a_plant_elsewhere_gains_nothing_and_has_no_price_a_unit() -> None:
    found = compare(example(), Changes((NewPlant("ball", 1e6, 6e6),)))
    assert found.gained == 0.0
    assert found.cost == 6e6
    assert found.cost_of_one is None


def test_only_what_a_change_moves_is_listed() -> None:
    found = compare(example(), Changes(dropped=("example-balls-01",)))
    assert [row.product for row in found.rows] == ["ball"]
    assert found.after.alone.total.high == 0.0


def test_without_a_change_nothing_differs() -> None:
    chain = example()
    found = compare(chain, Changes(), throughput(chain))
    assert found.rows == ()
    assert found.gained == 0.0
    assert found.cost is None


def test_a_cost_that_is_not_known_makes_the_whole_unknown() -> None:
    plants = (NewPlant("seal", 1.0, 5.0), NewPlant("ball", 1.0))
    assert compare(example(), Changes(plants)).cost is None


def test_another_demand_moves_every_coverage() -> None:
    chain = shipped()
    found = compare(chain, Changes(demand=3.0))
    assert {row.product for row in found.rows} >= {"tower-steel"}


def test_a_maker_of_unknown_size_that_falls_out_changes_no_known_limit() -> None:
    assert compare(shipped(), Changes(dropped=("dingxiang",))).gained == 0.0


def test_where_the_known_limit_leaves_another_maker_of_unknown_size_no_gain_is_known() -> None:
    chain = example()
    sizes = {"example-rings-01": UNKNOWN, "example-rings-02": exactly(20000.0)}
    more = tuple(
        replace(each, amount=sizes.get(each.organisation, UNKNOWN)) for each in chain.capacities
    )
    inside = {name: tuple(each for each in more if each.product == name) for name in chain.inside}
    looked = tuple(each for each in chain.looked if each.status != "stated_none")
    rings = tuple(
        replace(each, amount=exactly(20000.0)) if each.organisation == "example-rings-02" else each
        for each in inside["inner-ring"]
        if each.organisation == "example-rings-02"
    )
    one = replace(chain, looked=looked, inside={**inside, "inner-ring": rings}, capacities=more)
    assert compare(one, Changes()).before.alone.room.working == 20000.0
    freed = compare(one, Changes(dropped=("example-rings-02",)))
    assert freed.gained is None


def test_a_known_limit_that_falls_away_is_not_a_loss_that_is_known() -> None:
    chain = shipped()
    makers = {each.organisation for each in chain.makers("tower-steel", "operating", "trial")}
    found = compare(chain, Changes(dropped=tuple(sorted(makers))))
    assert found.after.alone.total.high == 0.0
    assert found.gained == -(found.before.alone.room.working or 0.0)
