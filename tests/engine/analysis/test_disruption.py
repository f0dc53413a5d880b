"""Who stops when and what it costs: days worked by hand, and what must never change them."""

from collections.abc import Mapping

import numpy as np
import pytest

from fenglian.engine.analysis.disruption import (
    Cause,
    Days,
    Disruption,
    disruption,
    recovered,
)
from fenglian.engine.analysis.drill.sensitivity import Change, sensitivity
from fenglian.engine.analysis.drill.stand_ins import as_substitutes, stand_ins
from fenglian.engine.chain.drill import (
    Drill,
    FinalProduct,
    Free,
    Rationing,
    Rules,
    Shock,
    Stock,
    Substitute,
)
from fenglian.engine.chain.drill_cases import Case, lay_out, run_case
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.supply_network import SupplyNetwork, make_network
from fenglian.engine.errors import Cancelled
from fenglian.engine.executor import ThreadExecutor, Watch
from fenglian.engine.labels import Label

ESSENTIAL = {("flange", "tower"): 2, ("steel", "flange"): 2, ("tower", "turbine"): 2}
MW = FinalProduct("turbine", Label("兆瓦", "MW"), Interval(2.0, 4.0, 5.0))


def chain(**columns: list[float]) -> SupplyNetwork:
    """Return steel > flange > tower > turbine; a day's trade is 1, 2, 3 and 8 yuan."""
    firms = ["steel works", "forge", "tower plant", "turbine plant"]
    revenue = columns.get("revenue", [365.0, 730.0, 3 * 365.0, 8 * 365.0])
    return make_network(
        firms,
        ["steel", "flange", "tower", "turbine"],
        [
            ("steel works", "forge", 365.0),
            ("forge", "tower plant", 730.0),
            ("tower plant", "turbine plant", 3 * 365.0),
        ],
        ESSENTIAL,
        revenue=revenue,
    )


STOCKS = (
    Stock("tower plant", "flange", Interval(1, 3, 8)),
    Stock("turbine plant", "", exactly(2)),
)


def days(found: Disruption) -> Mapping[str, tuple[int | None, int | None]]:
    return {path.firm: (path.stop_day.working, path.recovered_day.working) for path in found.paths}


def test_stops_follow_each_other_by_the_stocks() -> None:
    drill = Drill((Shock("forge", days=10),), STOCKS, final=MW)
    found = disruption(chain(), drill, Rules(days=40, assumed=exactly(0)))
    # Forge 1–10. Tower plant: one day in use, three in stock, so days 5–11. Turbines: three days on.
    # Steel came on day 1 and was not used: the forge orders less for a week until that is gone.
    assert days(found) == {
        "forge": (1, 11), "steel works": (2, 18), "tower plant": (5, 12), "turbine plant": (8, 13),
    }  # fmt: skip
    assert [path.firm for path in found.stopped] == [
        "forge", "steel works", "tower plant", "turbine plant",
    ]  # fmt: skip
    tower = found.of("tower plant")
    assert tower is not None
    assert (tower.cause, tower.product, tower.held_days) == (Cause.INPUTS, "flange", 3)
    assert (tower.stop_day.low, tower.stop_day.high) == (3, 10)
    assert tower.stock_days == Interval(1, 3, 8)
    assert tower.stock_stated
    steel, forge = found.of("steel works"), found.of("forge")
    assert steel is not None
    assert forge is not None
    assert (steel.cause, steel.product, steel.held_days) == (Cause.ORDERS, None, None)
    assert forge.cause is Cause.OWN
    assert forge.lost_yuan.working == pytest.approx(20)
    # The turbine plant misses days 8 to 12; only turbines are sold outside.
    assert found.final_lost_yuan.working == pytest.approx(5 * 8)
    assert found.final_lost == Interval(
        pytest.approx(found.final_lost_yuan.low / 5),  # type: ignore[arg-type, operator]
        pytest.approx(10.0),  # type: ignore[arg-type]
        pytest.approx(found.final_lost_yuan.high / 2),  # type: ignore[arg-type, operator]
    )
    assert found.normal_yuan == pytest.approx(40 * 8)
    assert found.of("nobody") is None


def test_more_stock_stops_nobody_and_every_assumption_is_listed() -> None:
    drill = Drill((Shock("forge", days=10),), (Stock("tower plant", "flange", exactly(10)),))
    found = disruption(chain(), drill)
    # Filling up again takes nobody's share: the forge has no other customer.
    assert {path.firm for path in found.stopped} == {"forge", "steel works"}
    assert found.final_lost_yuan.working == 0
    assert (found.stocks_stated, found.stocks_assumed) == (1, 2)
    assert any("2 项没有填库存" in each.zh for each in found.assumptions)
    assert found.final_lost is UNKNOWN
    assert found.daily_final is None
    assert not found.unknown_stocks


def test_a_stock_that_nobody_stated_and_that_matters_is_named() -> None:
    found = disruption(chain(), Drill((Shock("forge", days=30),)), Rules(assumed=Interval(0, 4, 9)))
    assert [(each.firm, each.product) for each in found.unknown_stocks] == [
        ("tower plant", "flange"), ("turbine plant", "tower"),
    ]  # fmt: skip
    tower = found.of("tower plant")
    assert tower is not None
    assert not tower.stock_stated
    assert tower.stop_day == Days(2, 6, 11)


def test_an_unknown_end_is_assumed_as_far_as_the_others_allow() -> None:
    for stated, wanted in (
        (Interval(5, None, None), (5, 7, 30)),
        (Interval(None, None, 4), (0, 4, 4)),
        (Interval(None, 50, None), (0, 50, 50)),
        (Interval(40, None, None), (40, 40, 40)),
    ):
        drill = Drill((Shock("forge"),), (Stock("tower plant", "flange", stated),))
        desk = lay_out(chain(), drill, Rules())
        place = int(np.flatnonzero(desk.stated >= 0)[0])
        assert desk.stock[:, place].tolist() == list(wanted)


def test_the_unit_of_money_and_the_period_change_nothing_but_the_yuan() -> None:
    drill = Drill((Shock("forge", days=10),), STOCKS)
    yuan = disruption(chain(), drill)
    network = make_network(
        list(chain().firms),
        ["steel", "flange", "tower", "turbine"],
        [
            ("steel works", "forge", 0.1),
            ("forge", "tower plant", 0.2),
            ("tower plant", "turbine plant", 0.3),
        ],
        ESSENTIAL,
        revenue=[0.1, 0.2, 0.3, 0.8],
    )
    others = disruption(network, drill, Rules(period_days=1000, yuan=10_000))
    assert days(others) == days(yuan)
    assert others.final_lost_yuan.working == pytest.approx(yuan.final_lost_yuan.working)


def test_without_a_drill_the_firm_of_the_highest_index_stops_for_two_weeks() -> None:
    found = disruption(chain())
    assert found.drill.shocks == (Shock("forge", days=14),)


def test_a_lasting_stop_is_never_recovered_from() -> None:
    found = disruption(
        chain(), Drill((Shock("forge", days=None),)), Rules(days=60, assumed=exactly(3))
    )
    assert all(path.recovered_day == Days(None, None, None) for path in found.paths)


def test_a_part_that_is_lost_stops_nobody_below_its_share() -> None:
    found = disruption(chain(), Drill((Shock("forge", share=0.3, days=20),)), Rules())
    assert found.stopped == ()
    forge = found.of("forge")
    assert forge is not None
    assert forge.lowest.working == pytest.approx(0.7)
    assert forge.hit_day.working == 1


def test_output_of_unknown_revenue_counts_at_purchases_and_says_so() -> None:
    unknown = float("nan")
    network = make_network(
        ["a", "b", "c", "d", "e"],
        ["s", "t", "t", "t", "t"],
        [("a", firm, 1.0) for firm in "bcde"],
        revenue=[unknown] * 5,
    )
    found = disruption(network, Drill((Shock("a", days=30),)))
    assert any("4 家没有填营业收入" in each.zh and "等" in each.zh for each in found.assumptions)
    assert any("非关键" in each.zh for each in found.assumptions)
    assert found.final_lost_yuan.working == pytest.approx(4 * (30 - 7) / 365)


def test_threads_give_the_same_and_a_watch_can_stop_it() -> None:
    drill = Drill((Shock("forge", days=10),), STOCKS, final=MW)
    alone = disruption(chain(), drill)
    told: list[tuple[int, int]] = []
    both = disruption(
        chain(), drill, executor=ThreadExecutor(2), watch=Watch(lambda *at: told.append(at))
    )
    assert both.paths == alone.paths
    assert told[-1] == (3, 3)
    with pytest.raises(Cancelled):
        disruption(chain(), drill, watch=Watch(stopped=lambda: True))


def test_a_day_is_told_with_its_ends() -> None:
    assert Days(4, 4, 4).text("zh") == "4"
    assert Days(2, 6, None).text("zh", Label("不停", "never")) == "6（2–不停）"
    assert Days(2, 6, None).text("en") == "6 (2–none)"
    assert Days(9, 6, 7).text("en") == "6 (6–9)"
    assert Days(None, None, None).text("zh") == "无"
    assert Days(2, 6, None).earliest == 2
    assert Days(2, 6, None).latest is None
    assert Days(2, 6, 9).latest == 9
    assert Days(None, None, None).earliest is None
    assert {cause.label.en for cause in Cause} == {
        "its own stop", "lack of an input", "fewer orders",
    }  # fmt: skip


def test_who_dips_again_has_not_recovered_before() -> None:
    level = np.array([[1, 0, 1, 0, 1, 1.0], [1, 1, 1, 1, 1, 1], [1, 1, 0, 0, 0, 0]]).T
    assert recovered(level, 0.95).tolist() == [5, 1, 0]


def wide() -> SupplyNetwork:
    """Return a forge and three others that could stand in, and two towers."""
    return make_network(
        ["forge", "spare", "small", "silent", "tower", "mast", "lone", "user"],
        ["flange", "flange", "flange", "flange", "tower", "tower", "bolt", "tower"],
        [("forge", "tower", 365.0), ("forge", "mast", 365.0), ("lone", "user", 365.0)],
        {**ESSENTIAL, ("bolt", "tower"): 2},
        revenue=[730.0, 365.0, 365.0, 365.0, 1460.0, 1460.0, 365.0, 730.0],
    )


WIDE = Drill(
    (Shock("forge", days=20), Shock("lone", days=20)),
    (Stock("tower", "", exactly(2)), Stock("mast", "", exactly(2)), Stock("user", "", exactly(2))),
    (Free("spare", exactly(365.0)), Free("small", Interval(None, 73.0, None))),
)


def test_who_has_room_is_tried_and_who_is_silent_is_asked() -> None:
    found = stand_ins(wide(), WIDE, ready_day=5)
    assert [(row.supplier, row.stated) for row in found.rows] == [
        ("spare", True), ("small", True), ("silent", False),
    ]  # fmt: skip
    spare, small, silent = found.rows
    assert spare.buyers == ("mast", "tower")
    assert spare.room_yuan == exactly(1.0)
    assert silent.saved_yuan is UNKNOWN
    # Both towers miss days 4 to 21 at 4 yuan each; one of two flanges a day comes from day 6 on.
    assert spare.saved_yuan.working == pytest.approx(16 * 4)
    assert small.saved_yuan.working == pytest.approx(16 * 4 * 0.2)
    assert found.together_yuan.working == pytest.approx(16 * 4 * 1.2)
    assert found.without == (("user", "bolt"),)


def test_nobody_is_tried_where_no_room_is_known() -> None:
    drill = Drill((Shock("forge", days=20),))
    found = stand_ins(wide(), drill)
    assert found.together_yuan is UNKNOWN
    assert [row.stated for row in found.rows] == [False, False, False]
    rushed = stand_ins(wide(), drill, Rules(overproduction=1.5))
    assert all(row.stated for row in rushed.rows)
    assert rushed.rows[0].room_yuan == exactly(0.5)


def test_a_product_that_only_one_firm_makes_has_nobody() -> None:
    network = make_network(["a", "b"], ["", "t"], [("a", "b", 1.0, 2)], revenue=[float("nan"), 2.0])
    assert stand_ins(network, Drill((Shock("a", days=40),))).without == (("b", "a"),)


def test_a_substitute_of_the_drill_is_used() -> None:
    found = stand_ins(wide(), WIDE, ready_day=5)
    rows = as_substitutes(found.rows[:1], 5)
    assert rows[0] == Substitute("mast", "flange", "spare", 5)
    drill = Drill(WIDE.shocks, WIDE.stocks, WIDE.free, rows)
    before, after = disruption(wide(), WIDE), disruption(wide(), drill)
    assert before.final_lost_yuan.working is not None
    assert after.final_lost_yuan.working is not None
    saved = before.final_lost_yuan.working - after.final_lost_yuan.working
    assert saved == pytest.approx(found.rows[0].saved_yuan.working)


def test_the_answer_is_asked_what_it_hangs_on() -> None:
    found = {row.change: row for row in sensitivity(chain(), Drill((Shock("forge"),), STOCKS))}
    assert found[Change.NOTHING].more_yuan == 0
    assert found[Change.STOCKS_HALVED].more_yuan > 0 > found[Change.STOCKS_DOUBLED].more_yuan
    assert found[Change.WEEK_LONGER].more_yuan == pytest.approx(7 * 8)
    assert found[Change.WEEK_SHORTER].more_yuan == pytest.approx(-7 * 8)
    assert {Change.ASSUMED_LOW, Change.ASSUMED_HIGH} <= set(found)
    assert found[Change.OTHER_RATIONING].more_yuan == pytest.approx(0, abs=1e-9)
    assert {change.label.en for change in Change}
    assert found[Change.NOTHING].stopped == 4


def test_what_cannot_be_changed_is_left_out() -> None:
    stated = tuple(Stock(firm, "", exactly(1)) for firm in chain().firms)
    short = sensitivity(chain(), Drill((Shock("forge", days=5),), stated))
    assert [row.change for row in short] == [
        Change.NOTHING, Change.STOCKS_HALVED, Change.STOCKS_DOUBLED, Change.WEEK_LONGER,
        Change.OTHER_RATIONING,
    ]  # fmt: skip
    lasting = sensitivity(chain(), Drill((Shock("forge", days=None),), stated))
    assert Change.WEEK_LONGER not in {row.change for row in lasting}


def test_who_is_served_first_loses_less() -> None:
    drill = Drill(
        (Shock("forge", share=0.5, days=20),),
        (Stock("tower", "", exactly(0)), Stock("mast", "", exactly(0))),
    )
    even = disruption(wide(), drill)
    named = disruption(wide(), drill, Rules(favoured=("mast",)))
    assert [path.firm for path in even.paths if path.lowest.working == 0] == []
    mast, tower = named.of("mast"), named.of("tower")
    assert mast is None
    assert tower is not None
    assert tower.lowest.working == pytest.approx(0, abs=1e-9)


def test_a_case_may_ration_otherwise() -> None:
    network = make_network(
        ["a", "b"], ["s", "t"], [("a", "b", 365.0)], {("s", "t"): 2}, revenue=[730.0, 365.0]
    )
    drill = Drill((Shock("a", share=0.5, days=None),), (Stock("b", "", exactly(0)),))
    desk = lay_out(network, drill, Rules(days=5))
    even, inside = run_case(desk, Case()), run_case(desk, Case(rationing=Rationing.INSIDE))
    assert even.made[1, 1] == pytest.approx(0.5)
    assert inside.made[4, 1] == pytest.approx(1.0)
