"""Neighbours in the product tree."""

from fenglian.engine.analysis.adjacency import adjacency
from tests.chains import shipped


def test_ring_forgings_lead_to_bearings_and_flanges() -> None:
    found = adjacency(shipped()).of("ring-forging")
    assert found is not None
    assert found.outputs == ("flange", "main-bearing", "pitch-bearing", "yaw-bearing")
    assert found.inputs == ("steel-alloy-round", "steel-bearing")
    assert found.makers == ("dingxiang", "tianbao", "zhonggong")


def test_a_product_knows_what_goes_in_beside_it_and_what_serves_it() -> None:
    report = adjacency(shipped())
    blade = report.of("blade")
    assert blade is not None
    assert "hub" in blade.siblings
    assert "blade" not in blade.siblings
    assert blade.after_market == ("blade-mould", "blade-recycling", "blade-repair")
    reman = report.of("gearbox-reman")
    assert reman is not None
    assert reman.serves == ("gearbox", "gearbox-ms")
    assert reman.made_nearby == ("gearbox",)
    assert reman.assumed


def test_every_product_of_the_chain_has_a_row() -> None:
    assert len(adjacency(shipped()).rows) == len(shipped().products)
    assert adjacency(shipped()).of("nothing") is None
