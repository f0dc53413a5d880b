"""What a scenario needs: worked by hand, bounded, and honest about unknown amounts."""

import numpy as np
import pytest

from fenglian.engine.analysis.requirement import OPEN_USES, required_amounts, requirement
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.errors import NumbersTooLarge, WrongShape
from tests.chains import example, shipped
from tests.planting import put


def amount(product: str, scenario: str | None = None) -> Interval:
    row = requirement(shipped(scenario)).of(product)
    assert row is not None
    return row.amount


def test_turbines_blades_and_gearboxes_of_the_base_scenario_are_worked_by_hand() -> None:
    # 5 GW (3–8) of machines of 6.25 MW; three blades each; 35 % have a high-speed gearbox.
    assert amount("wtg").ends() == pytest.approx((480, 800, 1280))
    assert amount("blade").ends() == pytest.approx((1440, 2400, 3840))
    assert amount("gearbox").ends() == pytest.approx((168, 280, 448))
    assert amount("tower-steel").ends() == pytest.approx((336, 560, 896))


def test_a_part_of_two_routes_adds_up() -> None:
    # Flanges: 25 t (15–40) a steel tower, 8 t (5–14) a hybrid one; 70 % and 30 %.
    assert amount("flange").ends() == pytest.approx(
        (480 * (0.7 * 15 + 0.3 * 5), 800 * (0.7 * 25 + 0.3 * 8), 1280 * (0.7 * 40 + 0.3 * 14))
    )


def test_leaf_demand_of_a_turbine_is_what_the_study_found() -> None:
    # 800 turbines of the base scenario: glass fabric 67 t each.
    working = amount("glass-fabric").working
    assert working is not None
    assert working / 800 == pytest.approx(66.9, abs=0.1)


def test_a_use_of_unknown_amount_opens_the_high_end_and_is_named() -> None:
    report = requirement(shipped())
    ore = report.of("re-ore")
    assert ore is not None
    assert ore.amount == Interval(None, None, None)
    assert ore.uncounted == ("re-metal",)
    copper = report.of("copper-cathode")
    assert copper is not None
    assert copper.uncounted == ("tower-cable",)
    assert OPEN_USES in report.assumptions


def test_what_the_scenario_does_not_reach_has_no_row() -> None:
    report = requirement(shipped())
    assert report.of("gearbox-reman") is None
    assert report.of("om") is None


def test_a_variant_that_nobody_takes_is_not_needed() -> None:
    shares = put("scenario_shares", "open,0.4", "open,1.0")
    none = put("scenario_shares", "sealed,0.6", "sealed,0")
    report = requirement(example(shares, none))
    assert report.of("seal") is None
    assert report.of("ball") is not None


def test_a_part_that_may_be_left_out_is_not_essential() -> None:
    report = requirement(shipped())
    balsa, blade = report.of("balsa"), report.of("blade")
    assert balsa is not None
    assert blade is not None
    assert not balsa.essential
    assert blade.essential


def test_a_damped_loop_goes_through() -> None:
    # Grease g and recovered grease r: g = 0.02 × 60,000 + 0.1 r, r = 0.2 g.
    row = requirement(example()).of("grease")
    assert row is not None
    assert row.amount.working == pytest.approx(1200 / (1 - 0.02))


def test_everything_on_an_assumed_scenario_is_marked_and_sourced() -> None:
    report = requirement(shipped())
    assert all(row.assumed for row in report.rows)
    assert all(row.sources for row in report.rows)
    flange = report.of("flange")
    assert flange is not None
    assert {"ASSUME", "HB", "RECALL", "SXJT"} <= set(flange.sources)


def test_a_row_on_firm_ground_is_not_marked() -> None:
    firm = put("demand_scenarios", "invented demand,EXAMPLE", "invented demand,DRAWING")
    shares = [
        put("scenario_shares", f"{name},EXAMPLE", f"{name},DRAWING") for name in ("0.4", "0.6")
    ]
    report = requirement(example(firm, *shares))
    ball, steel = report.of("ball"), report.of("bearing-steel")
    assert ball is not None
    assert steel is not None
    assert not ball.assumed
    assert ball.sources == ("DRAWING",)
    assert steel.assumed  # its amounts are


def test_many_demands_at_once_equal_one_by_one() -> None:
    chain = shipped()
    factors = np.linspace(0.5, 2.0, 64)
    together = required_amounts(chain.network, chain.demand[:, :, np.newaxis] * factors)
    alone = required_amounts(chain.network, chain.demand[:, :, np.newaxis])
    np.testing.assert_allclose(together, alone * factors, rtol=1e-12)
    assert np.all(together[0] <= together[1])
    assert np.all(together[1] <= together[2])
    with pytest.raises(WrongShape):
        required_amounts(chain.network, chain.demand)


def test_numbers_that_no_computer_holds_are_refused() -> None:
    high = put("bom", "12,12,12", "1e308,12,1e308")
    with pytest.raises(NumbersTooLarge, match="too large"):
        requirement(example(high))
