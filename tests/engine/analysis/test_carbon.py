"""Embodied carbon: nothing twice, nothing unknown as nought, and the payback by hand."""

import pytest

from fenglian.engine.analysis.carbon import (
    COUNTED,
    NO_FACTOR,
    OTHER_UNIT,
    Carbon,
    carbon,
    grid_factors,
    payback,
)
from fenglian.engine.analysis.requirement import requirement
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.model import build_chain
from fenglian.engine.chain.pack import build_pack
from fenglian.engine.errors import UnknownProduct
from tests.chains import shipped
from tests.planting import sound, with_table

HEAD = "kind,item,product_id,value,unit,year,note,sources\n"
STEEL = "material,演示钢,bearing-steel,2,kgCO2e/kg,2019,,DRAWING\n"
CAGE = "material,演示保持架,cage,0.003,tCO2/pc,2020,,DRAWING\n"
SEAL = "material,演示密封圈,seal,4,kgCO2e/m3,2020,,DRAWING\n"
GRID = "grid,演示电网,,0.5,kgCO2/kWh,2023,,DRAWING\n"


def of(*factors: str) -> Carbon:
    files = with_table(sound(), "emission_factors", HEAD + "".join(factors))
    return carbon(build_chain(build_pack(files)))


def test_each_material_is_its_amount_times_its_factor() -> None:
    # A set holds 0.5 + 0.75 + 12 × 0.01 kg of steel; 100,000 sets are wanted a year.
    found = of(STEEL, CAGE)
    steel, cage = found.of("bearing-steel"), found.of("cage")
    assert steel is not None
    assert cage is not None
    assert steel.emissions.working == pytest.approx(1.37 * 100_000 * 2 / 1000)
    assert steel.emissions.low == pytest.approx((0.4 + 0.7 + 0.12) * 80_000 * 2 / 1000)
    assert cage.emissions.working == pytest.approx(100_000 * 3 / 1000)  # 0.003 t are 3 kg
    assert found.total.working == pytest.approx(274 + 300)
    assert found.per_unit.working == pytest.approx(2.74 + 3)
    assert found.per_unit.low == pytest.approx(2 * (0.4 + 0.7 + 0.12) + 3)


def test_what_is_beneath_a_factor_is_in_it_already() -> None:
    ring = "material,演示内圈,inner-ring,9,kgCO2e/pc,2020,,DRAWING\n"
    found = of(STEEL, ring)
    steel, inner = found.of("bearing-steel"), found.of("inner-ring")
    assert steel is not None
    assert inner is not None
    assert inner.emissions.working == pytest.approx(100_000 * 9 / 1000)
    assert steel.amount.working == pytest.approx((0.75 + 0.12) * 100_000)  # not the inner rings'


def test_what_has_no_number_is_listed_and_leaves_the_sum_open() -> None:
    none = "material,没有查到,cage,,kgCO2e/pc,,,DRAWING\n"
    found = of(STEEL, none, SEAL)
    reasons = {row.product: row.reason for row in found.rows}
    assert reasons == {
        "bearing-steel": COUNTED,
        "cage": NO_FACTOR,
        "grease": NO_FACTOR,  # and what is recovered of it: they go into each other
        "returned-grease": NO_FACTOR,
        "seal": OTHER_UNIT,
    }
    assert found.excluded == ("cage", "grease", "returned-grease", "seal")
    assert found.total.high is None
    assert found.total.working == pytest.approx(274)
    assert not next(row for row in found.rows if row.product == "cage").emissions.known


def test_without_any_factor_nothing_is_known_and_not_nought() -> None:
    found = of(GRID)
    assert not found.total.known
    assert not found.per_unit.known
    assert len(found.excluded) == len(found.rows)


def test_of_several_factors_the_latest_that_has_a_number_counts() -> None:
    older = "material,旧,bearing-steel,5,kgCO2e/kg,2001,,DRAWING\n"
    empty = "material,新而没有数,bearing-steel,,kgCO2e/kg,2025,,DRAWING\n"
    steel = of(older, STEEL, empty).of("bearing-steel")
    assert steel is not None
    assert (steel.factor, steel.item, steel.year) == (2.0, "演示钢", 2019)


def test_the_wind_chain_counts_no_material_twice() -> None:
    chain = shipped()
    found, needs = carbon(chain), requirement(chain)
    parts: dict[str, list[str]] = {}
    for link in chain.links:
        parts.setdefault(link.parent, []).append(link.part)
    counted = {row.product for row in found.rows if row.counted}
    assert {"steel-plate", "concrete", "rebar", "pig-iron"} <= counted
    assert found.of("cement") is None  # is in the concrete
    for name in counted:
        beneath, seen = list(parts.get(name, ())), set()
        while beneath:
            part = beneath.pop()
            if part not in seen:
                seen.add(part)
                beneath += parts.get(part, ())
        assert name not in seen
    plate, need = found.of("steel-plate"), needs.of("steel-plate")
    assert plate is not None
    assert need is not None
    assert plate.amount == need.amount
    assert plate.emissions == need.amount.times(exactly(2.4))
    assert {"glass-roving", "epoxy", "copper-cathode", "ndfeb"} <= set(found.excluded)


def test_grids_are_named_the_latest_first_and_the_payback_is_as_by_hand() -> None:
    grids = grid_factors(shipped())
    years = [each.year or 0 for each in grids]
    assert years == sorted(years, reverse=True)
    nation = next(each for each in grids if each.item == "CN national average")
    assert nation.per_unit == 0.5306
    even = payback(of(STEEL, CAGE), Interval(1.9e6, 2.2e6, 2.35e6), nation)
    assert even.avoided.working == pytest.approx(1_167_320)  # kg a MW: 1,000 MW avoid as many t
    assert even.years.working == pytest.approx(5.74 / 1_167_320)
    assert even.years.low == pytest.approx((2 * 1.22 + 3) / (2.35e6 * 0.5306))
    assert even.excluded == ("grease", "returned-grease", "seal")
    assert even.years.high is None


def test_a_grid_without_a_number_is_refused() -> None:
    files = with_table(sound(), "emission_factors", HEAD + GRID.replace("0.5", ""))
    chain = build_chain(build_pack(files))
    assert grid_factors(chain) == ()
    with pytest.raises(UnknownProduct):
        payback(carbon(chain), exactly(1.0), chain.factors[0])
