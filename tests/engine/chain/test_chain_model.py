"""A pack and a scenario become one frozen chain, the same every time."""

from dataclasses import FrozenInstanceError
from datetime import date

import numpy as np
import pytest

from fenglian.engine.chain.demand import INDEPENDENT_AXES, find_scenario, list_scenarios
from fenglian.engine.chain.intervals import UNKNOWN
from fenglian.engine.chain.model import build_chain
from fenglian.engine.chain.network import build_routes
from fenglian.engine.chain.pack import build_pack
from fenglian.engine.errors import UnknownProduct, UnknownScenario, WrongKindOfPack
from tests.chains import example, shipped, shipped_pack, tower
from tests.planting import put, sound


def test_equal_packs_scenarios_and_days_give_equal_chains() -> None:
    again = build_chain(shipped_pack())
    assert again.fingerprint == shipped().fingerprint
    assert again.products == shipped().products
    assert np.array_equal(again.demand, shipped().demand)
    others = (
        build_chain(shipped_pack(), "sx-high"),
        build_chain(shipped_pack(), year=2027),
        build_chain(shipped_pack(), as_of=date(2026, 1, 31)),
        tower(put("capacities", ",60000,60000,60000,", ",60001,60001,60001,")),
    )
    prints = {shipped().fingerprint, *(other.fingerprint for other in others)}
    assert len(prints) == 1 + len(others)


def test_a_chain_cannot_be_changed() -> None:
    chain = example()
    with pytest.raises(FrozenInstanceError):
        chain.id = "other"  # type: ignore[misc]  # that is the point
    with pytest.raises(ValueError, match="read-only"):
        chain.demand[0, 0] = 1.0


def test_codes_and_ids_go_both_ways_and_strangers_are_refused() -> None:
    chain = shipped()
    assert [chain.code(product.id) for product in chain.products] == list(range(127))
    assert chain.product("gearbox").name.zh == "风电齿轮箱（增速）"
    with pytest.raises(UnknownProduct, match="Nearest: gearbox"):
        chain.code("gearbocks")


def test_routes_take_one_variant_of_every_axis() -> None:
    assert build_routes([], []) == ((),)
    assert len(shipped().network.routes) == 6
    assert shipped().network.routes[0] == ("ddpm", "hybrid")


def test_demand_is_split_by_the_shares_of_the_routes_and_adds_up() -> None:
    chain = shipped()
    final = chain.code("wind-farm")
    by_route = chain.demand.reshape(3, 6, 127)[:, :, final]
    assert by_route.sum(axis=1) == pytest.approx([3000.0, 5000.0, 8000.0])
    at = chain.network.routes.index(("dfig", "steel"))
    assert by_route[1, at] == pytest.approx(5000 * 0.35 * 0.7)
    assert INDEPENDENT_AXES in chain.assumptions
    assert INDEPENDENT_AXES not in example().assumptions  # one axis needs no such assumption


def test_the_unit_of_demand_comes_from_the_pack() -> None:
    chain = example()
    assert chain.scenario.unit == "万套"
    assert chain.demand[1].sum() == pytest.approx(100_000)


def test_a_scenario_is_found_by_id_and_year_and_the_region_comes_first() -> None:
    pack = shipped_pack()
    assert find_scenario(pack).id == "sx-base"
    assert find_scenario(pack, year=2030).year == 2030
    assert find_scenario(pack, "cn-industry").region == "CN"
    assert find_scenario(build_pack(sound("wind"))).id == "cn-industry"
    assert len(list_scenarios(pack)) == 15
    for asked in (("sx-best", None), ("sx-base", 2050)):
        with pytest.raises(UnknownScenario, match="sx-base 2026"):
            find_scenario(pack, *asked)


def test_a_region_alone_is_no_chain() -> None:
    with pytest.raises(WrongKindOfPack):
        build_chain(build_pack(sound("shanxi")))


def test_capacities_are_turned_into_product_units() -> None:
    chain = shipped()
    [tower_line] = chain.makers("tower-steel", "operating")
    low, working, high = tower_line.amount.ends()
    assert working == pytest.approx(60_000 / 299.8, rel=1e-3)
    assert low is not None
    assert high is not None
    assert low < 60_000 / 299.8 < high
    [trial] = chain.makers("wtg", "trial")
    assert trial.amount.ends() == pytest.approx((160.0, 160.0, 160.0))
    assert all(each.amount == UNKNOWN for each in chain.makers("flange"))


def test_what_was_stated_later_is_not_known_yet() -> None:
    early = build_chain(shipped_pack(), as_of=date(2023, 12, 31))
    assert {each.organisation for each in early.makers("wtg")} == {
        "haizhuang-jc",
        "taiyuan-hi",
        "taizhong",
    }
    assert "yunda-xf" in {each.organisation for each in shipped().makers("wtg")}


def test_makers_outside_the_region_do_not_count_as_inside() -> None:
    assert not any(each.organisation == "jiuding" for each in shipped().makers("blade"))
    assert not shipped().organisation("jiuding").inside
    assert not shipped().organisation("huadian-sx").inside  # where it sits was not found


def test_the_latest_price_speaks_between_the_lowest_and_the_highest() -> None:
    prices = {price.product: price for price in shipped().prices}
    assert prices["wtg"].amount.ends() == pytest.approx((1350 * 6250, 1543 * 6250, 1880 * 6250))
    assert prices["wtg"].period == "2025-10..11"
    assert prices["blade"].amount.working == pytest.approx(2_800_000 / 3)
    assert "main-frame" not in prices  # looked for and not found is no price of 0


def test_a_chain_without_a_region_has_no_makers() -> None:
    chain = build_chain(build_pack(sound("wind")))
    assert chain.region is None
    assert chain.makers("wtg") == ()


def test_a_pack_is_named_by_its_chain_or_else_by_its_region() -> None:
    assert build_pack(sound("wind")).name.en == "wind power equipment"
    assert build_pack(sound("shanxi")).name.zh == "山西"
