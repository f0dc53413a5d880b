"""The emergency plan: who is told what until which day, and a document that shows its sources."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fenglian.engine.advice.brief import Amount, Brief, Table, bare_amounts, unlisted_sources
from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.daily import daily_curve
from fenglian.engine.advice.emergency import EmergencyPlan, Kind, emergency_plan
from fenglian.engine.advice.emergency_brief import SHOWN, compose_plan, shock_words
from fenglian.engine.analysis.disruption import disruption
from fenglian.engine.analysis.drill.sensitivity import sensitivity
from fenglian.engine.analysis.drill.stand_ins import stand_ins
from fenglian.engine.chain.drill import Drill, FinalProduct, Free, Rules, Shock, Stock
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.records import Source
from fenglian.engine.chain.supply_network import SupplyNetwork, make_network
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

HEADING = Heading(Label("秘书处", "Secretariat"), date(2026, 11, 23), DataClass.S1)
PHONED = Source("电话核实", "空余产能", "", "", "note", "", "S")


def network(towers: int = 2) -> SupplyNetwork:
    names = [f"tower {number}" for number in range(towers)]
    return make_network(
        ["forge", "spare", "silent", "nut", *names],
        ["flange", "flange", "flange", "", *["tower"] * towers],
        [("forge", name, 365.0) for name in names] + [("nut", names[0], 365.0, 2)],
        {("flange", "tower"): 2},
        revenue=[365.0 * towers, 730.0, 365.0, 365.0, *[1460.0] * towers],
    )


DRILL = Drill(
    (Shock("forge", days=20), Shock("nut", 0.5, 3, None)),
    (Stock("tower 0", "flange", Interval(2, 4, 6), "盘点"),),
    (Free("spare", exactly(365.0), "电话核实"),),
    final=FinalProduct("tower", Label("段", "sections"), exactly(2.0)),
)


def plan_of(
    net: SupplyNetwork | None = None, drill: Drill = DRILL, *sources: Source
) -> EmergencyPlan:
    net = net or network()
    return emergency_plan(
        disruption(net, drill), sensitivity(net, drill), stand_ins(net, drill), sources
    )


def test_a_firm_is_warned_before_it_stops_with_the_lowest_stocks() -> None:
    plan = plan_of()
    warned = {step.firm: step for step in plan.steps if step.kind is Kind.WARN}
    # Two days of stock at the low end and one in use: tower 0 stops on day 4 at the earliest.
    assert (warned["tower 0"].by_day, warned["tower 0"].product) == (3, "flange")
    assert not warned["tower 0"].assumed
    # Nobody stated the stock of tower 1: with none it stops on day 2.
    assert (warned["tower 1"].by_day, warned["tower 1"].assumed) == (1, True)
    assert "forge" not in warned


def test_who_has_room_is_brought_in_and_who_is_silent_asked() -> None:
    steps = {(step.kind, step.firm): step for step in plan_of().steps}
    use = steps[Kind.USE, "spare"]
    assert use.by_day == 7
    assert use.saved_yuan is not None
    assert (use.saved_yuan.working or 0) > 0
    assert use.others == ("tower 0", "tower 1")
    assert steps[Kind.ASK_ROOM, "silent"].by_day == 1
    assert steps[Kind.ASK_STOCK, "tower 1"].product == "flange"
    days = [step.by_day for step in plan_of().steps if step.by_day]
    assert days == sorted(days)


def test_what_nobody_else_makes_is_sought_outside() -> None:
    drill = Drill((Shock("nut", days=60),), (Stock("tower 0", "", exactly(5)),))
    # One day in use and five in stock: it makes its last tower on day 6.
    [seek] = [step for step in plan_of(drill=drill).steps if step.kind is Kind.SEEK]
    assert (seek.firm, seek.product, seek.by_day) == ("tower 0", "nut", 6)


def test_every_step_is_said_in_both_languages() -> None:
    orders = make_network(
        ["forge", "tower"], ["flange", "tower"], [("forge", "tower", 1.0)], revenue=[1.0, 9.0]
    )
    steps = plan_of().steps + plan_of(orders, Drill((Shock("tower", days=30),))).steps
    assert {step.kind for step in steps} >= {Kind.WARN, Kind.USE, Kind.ASK_ROOM, Kind.ASK_STOCK}
    assert all(step.text.zh and step.text.en and step.kind.label.zh for step in steps)
    assert any("订货将减少" in step.text.zh for step in steps)


@pytest.fixture(name="brief")
def _brief() -> Brief:
    return compose_plan(plan_of(None, DRILL, PHONED), HEADING, synthetic=True)


def test_no_number_is_without_source_or_unit(brief: Brief) -> None:
    assert bare_amounts(brief) == ()
    assert all(
        piece.unit.zh for piece in brief.pieces() if isinstance(piece, Amount) and piece.known
    )


def test_every_source_that_is_cited_is_listed_and_no_other(brief: Brief) -> None:
    assert unlisted_sources(brief) == ()
    assert {source.id for source in brief.sources} == {"CALC", "电话核实"}
    without = compose_plan(plan_of(), HEADING)
    assert unlisted_sources(without) == ()
    assert not without.synthetic


def test_it_is_about_those_who_stop_and_of_the_class_asked_for(brief: Brief) -> None:
    assert brief.title == Label(
        "forge等停产应急预案", "Emergency plan for a stop of forge and others"
    )
    assert brief.data_class is DataClass.S1
    titles = [block.title.zh for block in brief.printed if isinstance(block, Table)]
    assert titles == ["停产和减产的次序", "按最晚日期排的事项", "替代来源", "逐项改变后的损失"]
    assert brief.synthetic


def test_where_nobody_is_hit_and_nobody_stands_in_it_says_so() -> None:
    stocks = tuple(Stock(f"tower {number}", "", exactly(90)) for number in (0, 1))
    drill = Drill((Shock("nut", days=5),), stocks)
    brief = compose_plan(plan_of(drill=drill), HEADING)
    said = "".join(
        piece.label.zh for piece in brief.pieces() if not hasattr(piece, "interval")
        and hasattr(piece, "label")
    )  # fmt: skip
    assert "没有别家会停" in said
    assert "没有别家能供" in said
    assert brief.title.en == "Emergency plan for a stop of nut"


def test_of_many_rows_the_first_are_shown() -> None:
    brief = compose_plan(plan_of(network(SHOWN + 3), replace(DRILL, stocks=())), HEADING)
    [table] = [
        block for block in brief.blocks if isinstance(block, Table) and "次序" in block.title.zh
    ]
    assert len(table.rows) == SHOWN
    assert table.note is not None
    assert f"前 {SHOWN} 项" in table.note.zh


def test_what_is_supposed_is_said_in_words() -> None:
    assert (
        shock_words(Shock("甲", 0.5, 3, None)).zh == "设甲从第3天起停产，不再恢复，停掉产能的50%。"
    )
    assert shock_words(Shock("甲", days=42)).en == (
        "甲 is to stop from day 1 on for 42 days, with all of its capacity. "
    )


def test_the_days_are_drawn_as_three_lines() -> None:
    shares = np.array([[1.0, 0.0], [1.0, 0.5], [1.0, 1.2]])
    option = daily_curve(shares, "zh")
    assert option["yAxis"]["max"] == 120  # type: ignore[index]
    assert [line["data"] for line in option["series"]] == [[100, 0], [100, 50], [100, 120]]  # type: ignore[attr-defined]


def test_rules_are_told_too() -> None:
    net = network()
    rules = Rules(stopped_below=0.8)
    found = disruption(net, DRILL, rules)
    plan = emergency_plan(found, sensitivity(net, DRILL, rules), stand_ins(net, DRILL, rules))
    words = [str(piece) for piece in compose_plan(plan, HEADING).pieces()]
    assert any("低于平时的80%" in each for each in words)
