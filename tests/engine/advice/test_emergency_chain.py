"""Makers of a chain stop: what it comes to is that of the drill of their network."""

import pytest

from fenglian.engine.advice.emergency_chain import drill_chain
from fenglian.engine.chain.drill_chain import Told, ToldRoom, ToldStock
from fenglian.engine.chain.drill_faults import NoSuchStop
from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import build_pack, join_region
from fenglian.packs import read_pack_files
from tests.engine.chain.test_drill_chain import TOWERS, TURBINE

FLANGE = "flange:demo-flange-04"


@pytest.fixture(scope="module")
def chain() -> Chain:
    packs = (build_pack(read_pack_files(name)) for name in ("wind", "demo"))
    return build_chain(join_region(*packs))


def test_a_flange_plant_stops_the_turbines_after_all_stocks_in_between(chain: Chain) -> None:
    told = Told((TOWERS,), (ToldStock(TURBINE, "tower-steel", 14),))
    found = drill_chain(chain, FLANGE, told=told)
    path = found.plan.found.of("演示整机01厂")
    assert path is not None
    # The day in use and 7 at the tower plant, a day on the way; then the day in use and 14.
    assert (path.stop_day.low, path.stop_day.working, path.stop_day.high) == (17, 24, None)
    assert found.plan.found.final_lost.working == pytest.approx(119, abs=1)
    assert [step.firm for step in found.steps_with("demo-tower-02")] == ["演示塔筒02厂"] * 2


def test_what_stands_in_saves_some_of_the_loss(chain: Chain) -> None:
    told = Told((TOWERS,), rooms=(ToldRoom("demo-flange-01", yuan=238e6),))
    [row] = [each for each in drill_chain(chain, FLANGE, told=told).plan.others.rows if each.stated]
    assert row.supplier == "演示法兰01厂"
    assert row.saved_yuan.working is not None
    assert row.saved_yuan.working > 1e6


def test_all_makers_stop_or_the_one_of_whom_most_is_bought(chain: Chain) -> None:
    every = drill_chain(chain, "generator-ms:*", weeks=1)
    assert every.stopped == ("demo-generator-01", "demo-generator-02")
    [stopped] = drill_chain(chain, weeks=1, language="en").stopped
    assert stopped == "demo-casting-01"


@pytest.mark.parametrize("stop", ["flange:nobody", "nothing", "nothing:*", "blade:demo-flange-04"])
def test_who_makes_no_such_thing_cannot_stop(chain: Chain, stop: str) -> None:
    with pytest.raises(NoSuchStop, match="names nobody"):
        drill_chain(chain, stop)
