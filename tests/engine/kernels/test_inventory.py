"""Stores day by day: against hand-worked days, the steps written down once more, and balances."""

from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels import inventory
from fenglian.engine.kernels.cascade import Stop, full_shocks, trace_losses
from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED, NOT_FELT, Flows, plan_cascade
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.kernels.inventory import NOTHING, Course, History, run_stores
from fenglian.engine.kernels.inventory_plan import (
    FIRST,
    OUTSIDE,
    Spares,
    StorePlan,
    Trade,
    plan_stores,
)
from tests.engine.kernels.conftest import Uncompile
from tests.inventory_oracle import Oracle, make_trade, random_trade

A, B, C, D = range(4)
NEVER = 10_000
Loss = tuple[int, float, int, int]  # node, part, first day, first day after


def ints(*numbers: int) -> Integers:
    return np.array(numbers, np.int64)


def make_course(
    plan: StorePlan,
    stock: "float | list[float] | Floats",
    losses: list[Loss],
    days: int,
    *,
    restock: float = 6.0,
    capacity: "list[float] | Floats | None" = None,
) -> Course:
    table = np.array(losses, np.float64).reshape(-1, 4)
    most = plan.output.copy() if capacity is None else np.array(capacity, np.float64)
    return Course(
        stock=np.zeros(len(plan.use)) + np.array(stock, np.float64),
        capacity=most,
        nodes=table[:, 0].astype(np.int64),
        parts=np.ascontiguousarray(table[:, 1]),
        starts=table[:, 2].astype(np.int64),
        ends=table[:, 3].astype(np.int64),
        days=days,
        restock=restock,
    )


@pytest.fixture(name="uncompiled")
def _uncompiled(uncompile: Uncompile) -> ModuleType:
    return uncompile(inventory)


CHAIN = make_trade([(A, B, 1, NEEDED), (B, C, 1, NEEDED)], [0, 1, 2], [1, 1, 2])


def test_a_stock_delays_the_stop_by_its_days() -> None:
    plan = plan_stores(CHAIN)
    run = run_stores(plan, make_course(plan, [2, 0], [(A, 1, 0, 5)], 12))
    # B lives on the day in use and two in stock, C on the day in use alone.
    assert run.made[:, A].tolist() == [0] * 5 + [1] * 7
    assert run.made[:, B].tolist() == [1] * 3 + [0] * 3 + [1] * 6
    assert run.made[:, C].tolist() == [2] * 4 + [0] * 3 + [2] * 5
    assert run.held_by[3:6, B].tolist() == [0, 0, 0]
    assert run.short_day.tolist() == [0, 3]
    assert run.outside[:, C].tolist() == run.made[:, C].tolist()


def test_without_losses_nothing_ever_changes() -> None:
    trade = random_trade(np.random.default_rng(1), 30, 120, 6)
    plan = plan_stores(trade)
    run = run_stores(plan, make_course(plan, 3.0, [], 40))
    np.testing.assert_allclose(run.made, np.tile(plan.output, (40, 1)), rtol=1e-12)
    assert (run.held_by == NOTHING).all()
    assert (run.short_day == 40).all()


def test_what_is_added_counts_by_its_part_of_the_purchases() -> None:
    trade = make_trade([(A, C, 1, ADDED), (B, C, 3, ADDED)], [0, 1, 2], [1, 3, 8])
    plan = plan_stores(trade)
    run = run_stores(plan, make_course(plan, 0, [(A, 1, 0, NEVER)], 4))
    assert run.made[:, C].tolist() == [8, 6, 6, 6]


def test_what_is_not_felt_stops_nobody_but_is_still_bought() -> None:
    trade = make_trade([(A, B, 1, NOT_FELT)], [0, 1], [1, 4])
    plan = plan_stores(trade)
    assert run_stores(plan, make_course(plan, 0, [(A, 1, 0, NEVER)], 4)).made[:, B].min() == 4
    stopped = run_stores(plan, make_course(plan, 0, [(B, 1, 0, NEVER)], 4))
    assert stopped.made[2:, A].tolist() == [0, 0]


def test_purchases_from_outside_go_on() -> None:
    trade = make_trade([(A, B, 1, NEEDED)], [0, 1], [1, 4], taken=[0, 4])
    plan = plan_stores(trade)
    assert run_stores(plan, make_course(plan, 0, [(A, 1, 0, NEVER)], 4)).made[3, B] == 3


def test_customers_who_stop_order_nothing() -> None:
    plan = plan_stores(CHAIN)
    run = run_stores(plan, make_course(plan, 0, [(C, 1, 1, 4)], 8, restock=1))
    # C tells on the evening before that it will not work.
    assert run.made[:, B].tolist() == [1, 0, 0, 0, 1, 1, 1, 1]


def test_preferred_links_are_served_before_sales_outside() -> None:
    alike = make_trade([(A, B, 1, NEEDED)], [0, 1], [2, 1])
    first = replace(alike, rank=np.array([FIRST]))
    for trade, made in ((alike, [1, 0.5]), (first, [1, 1])):
        plan = plan_stores(trade)
        run = run_stores(plan, make_course(plan, 0, [(A, 0.5, 0, NEVER)], 2))
        assert run.made[:, B].tolist() == made


def test_a_spare_gives_what_it_has_room_for_from_its_day_on() -> None:
    trade = make_trade([(A, C, 2, NEEDED), (B, D, 4, NEEDED)], [0, 0, 1, 1], [2, 4, 2, 4])
    stand_in = Spares(ints(C), ints(0), ints(B), np.ones(1), ints(3))
    plan = plan_stores(trade, stand_in)
    course = make_course(plan, 0, [(A, 1, 0, NEVER)], 8, capacity=[2, 5, 2, 4])
    run = run_stores(plan, course)
    assert run.made[:3, C].tolist() == [2, 0, 0]
    assert run.made[4:, C].tolist() == [1, 1, 1, 1]  # its room; its own customer loses nothing
    assert run.made[:, D].tolist() == [4] * 8


def test_several_spares_share_what_is_missing() -> None:
    trade = make_trade([(A, D, 4, NEEDED), (B, D, 1e-9, NOT_FELT)], [0, 1, 1, 2], [4, 8, 8, 4])
    spares = Spares(
        np.array([D, D]), np.array([0, 0]), np.array([B, C]), np.array([3.0, 1.0]), np.array([0, 0])
    )
    plan = plan_stores(trade, spares)
    assert plan.extra_shares.tolist() == [0.75, 0.25]
    run = run_stores(
        plan,
        make_course(plan, 0, [(A, 1, 0, NEVER)], 5, capacity=[4, 11, 9, 4], restock=NEVER),
    )
    np.testing.assert_allclose(run.made[3:, D], 4, rtol=1e-3)
    np.testing.assert_allclose(run.made[4, [B, C]], [11, 9], rtol=1e-3)


def random_case(seed: int) -> tuple[Trade, Spares | None, list[Loss], float]:
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(3, 16))
    trade = random_trade(rng, nodes, int(rng.integers(2, 4 * nodes)), int(rng.integers(1, 6)))
    losses: list[Loss] = []
    for node in rng.permutation(nodes)[:2]:
        first = int(rng.integers(0, 4))
        losses.append(
            (int(node), float(rng.uniform(0.2, 1)), first, first + int(rng.integers(1, 9)))
        )
    spares = None
    if rng.random() < 0.6:
        some = rng.integers(0, len(trade.amounts), 3)
        spares = Spares(
            trade.targets[some],
            trade.kinds[trade.origins[some]],
            rng.integers(0, nodes, 3),
            rng.uniform(0.1, 1, 3),
            rng.integers(0, 6, 3),
        )
    return trade, spares, losses, float(rng.choice([1.0, 2.5, 6.0]))


def capacities(plan: StorePlan, seed: int) -> Floats:
    factor: Floats = np.random.default_rng(seed).choice([1.0, 1.2, 1.6], len(plan.output))
    return plan.output * factor


@pytest.mark.parametrize("seed", range(30))
def test_it_answers_as_the_steps_written_down_once_more(seed: int) -> None:
    trade, spares, losses, restock = random_case(seed)
    plan = plan_stores(trade, spares)
    days = np.random.default_rng(seed).uniform(0, 3, len(plan.use))
    course = make_course(plan, days, losses, 15, restock=restock, capacity=capacities(plan, seed))
    run = run_stores(plan, course)
    oracle = Oracle(trade, spares)
    holders = np.repeat(np.arange(len(plan.output)), np.diff(plan.store_starts))
    keys = zip(holders.tolist(), plan.kind.tolist(), plan.effect.tolist(), strict=True)
    oracle.keep(dict(zip(keys, days.tolist(), strict=True)), course)
    scale = max(1.0, float(plan.output.max()))
    np.testing.assert_allclose(run.made, oracle.made, rtol=0, atol=1e-11 * scale)
    np.testing.assert_allclose(run.outside, oracle.outside, rtol=0, atol=1e-11 * scale)


def assert_balanced(plan: StorePlan, run: History) -> None:
    assert run.imbalance() <= 1e-9
    assert run.lowest >= 0
    assert run.end.min(initial=0) >= 0
    assert (run.made >= 0).all()
    # All that is made is received by somebody or given outside.
    made, gone = run.made.sum(), run.received.sum() + run.outside.sum()
    assert abs(made - gone) <= 1e-9 * made
    # Nothing is made without inputs: what was used of a needed store bounds the whole production.
    holders = np.repeat(np.arange(len(plan.output)), np.diff(plan.store_starts))
    output = run.made.sum(axis=0)[holders]
    needed = (plan.effect == NEEDED) & (plan.weight > 1 - 1e-12)
    possible = run.used / plan.use * plan.output[holders]
    assert (output[needed] <= possible[needed] * (1 + 1e-9) + 1e-12).all()


@pytest.mark.parametrize("seed", range(40))
def test_nothing_comes_from_nowhere_and_nothing_gets_lost(seed: int) -> None:
    trade, spares, losses, restock = random_case(100 + seed)
    plan = plan_stores(trade, spares)
    run = run_stores(
        plan,
        make_course(plan, seed % 4, losses, 60, restock=restock, capacity=capacities(plan, seed)),
    )
    assert_balanced(plan, run)
    assert (run.made <= capacities(plan, seed) * (1 + 1e-12)).all()


def layered(
    rng: np.random.Generator, nodes: int
) -> tuple[list[tuple[int, int, float, int]], list[int]]:
    """Return essential links without circles, and what each node makes."""
    links = [
        (int(giver), taker, float(rng.lognormal()), NEEDED)
        for taker in range(1, nodes)
        for giver in rng.permutation(taker)[: rng.integers(1, 5)]
    ]
    return links, rng.integers(0, nodes // 2 + 1, nodes).tolist()


@pytest.mark.parametrize("seed", range(25))
def test_without_stocks_a_lasting_stop_reaches_whom_the_static_cascade_reaches(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(4, 30))
    links, kinds = layered(rng, nodes)
    inside = np.zeros(nodes)
    for giver, _, amount, _ in links:
        inside[giver] += amount
    # Everybody also sells outside, so that nobody stops for want of orders.
    trade = make_trade(links, kinds, (inside + 1).tolist())
    plan = plan_stores(trade)
    shocked = int(rng.integers(0, nodes // 2))
    run = run_stores(plan, make_course(plan, 0, [(shocked, 1, 0, NEVER)], 4 * nodes))
    flows = Flows(
        nodes, trade.origins, trade.targets, trade.amounts, trade.effects, trade.kinds,
        np.arange(nodes), inside + 1, np.zeros(nodes), np.ones(nodes) / nodes, np.ones(nodes),
    )  # fmt: skip
    down, _ = trace_losses(
        plan_cascade(flows), full_shocks(np.array([shocked])), Stop(tolerance=1e-13)
    )
    assert set(np.flatnonzero(run.made[-1] < 1e-9 * plan.output)) == set(
        np.flatnonzero(down > 1 - 1e-9)
    )
    # And the days are those of the longest way: at most one a layer.
    assert (run.made[nodes:] < 1e-9).sum() == (run.made[-1] < 1e-9).sum() * 3 * nodes


@pytest.mark.parametrize("seed", range(15))
def test_stocks_longer_than_the_stop_lose_nothing_downstream(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(3, 20))
    links, kinds = layered(rng, nodes)
    output = np.ones(nodes)
    for giver, _, amount, _ in links:
        output[giver] += amount
    trade = make_trade(links, kinds, output.tolist())
    plan = plan_stores(trade)
    # The first node buys from nobody; the others have as much stock as the stop lasts.
    run = run_stores(plan, make_course(plan, 6, [(A, 1, 0, 6)], 7, restock=NEVER))
    np.testing.assert_allclose(run.made[:, 1:], np.tile(plan.output[1:], (7, 1)), rtol=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_neither_the_order_of_nodes_nor_the_unit_matters(seed: int) -> None:
    trade, _, losses, restock = random_case(200 + seed)
    plan = plan_stores(trade)
    nodes = len(trade.output)
    before = run_stores(plan, make_course(plan, 1.5, losses, 20, restock=restock))
    new = np.random.default_rng(seed).permutation(nodes)
    shuffled = np.random.default_rng(seed + 1).permutation(len(trade.amounts))
    factor = 1e-4
    old = np.argsort(new)
    moved = Trade(
        new[trade.origins][shuffled], new[trade.targets][shuffled],
        trade.amounts[shuffled] * factor, trade.effects[shuffled], trade.kinds[old],
        trade.output[old] * factor, trade.taken[old] * factor, trade.rank[shuffled],
    )  # fmt: skip
    plan = plan_stores(moved)
    places = [(int(new[node]), *rest) for node, *rest in losses]
    after = run_stores(plan, make_course(plan, 1.5, places, 20, restock=restock))  # type: ignore[arg-type]
    scale = max(float(before.made.max()), 1.0)
    np.testing.assert_allclose(after.made[:, new] / factor, before.made, rtol=0, atol=1e-10 * scale)


@pytest.mark.parametrize("seed", range(6))
def test_plain_python_gives_the_same(seed: int, uncompiled: ModuleType) -> None:
    trade, spares, losses, restock = random_case(300 + seed)
    plan = plan_stores(trade, spares)
    course = make_course(plan, 1, losses, 12, restock=restock, capacity=capacities(plan, seed))
    assert not hasattr(uncompiled._run, "py_func")
    plain, ours = uncompiled.run_stores(plan, course), run_stores(plan, course)
    for name in ("made", "outside", "received", "used", "end"):
        np.testing.assert_allclose(
            getattr(plain, name), getattr(ours, name), rtol=1e-12, atol=1e-12
        )
    assert (plain.held_by == ours.held_by).all()
    assert (plain.short_day == ours.short_day).all()


def test_a_node_without_output_waits(uncompiled: ModuleType) -> None:
    trade = make_trade([(A, B, 1, NEEDED)], [0, 1], [1, 0])
    plan = plan_stores(trade)
    for run in (run_stores, uncompiled.run_stores):
        found = run(plan, make_course(plan, 1, [], 5))
        assert found.made[:, B].max() == 0
        assert found.imbalance() == 0


def _wrong(name: str, value: object) -> Course:
    return make_course(plan_stores(CHAIN), 0, [(A, 0.6, 0, 5)], 5)._replace(**{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "course",
    [
        _wrong("stock", np.zeros(3)),
        _wrong("stock", np.array([0.0, -1.0])),
        _wrong("stock", np.array([0.0, np.nan])),
        _wrong("capacity", np.zeros(1)),
        _wrong("days", 0),
        _wrong("restock", 0.5),
        _wrong("nodes", ints(3)),
        _wrong("nodes", ints()),
        _wrong("parts", np.array([-0.1])),
        _wrong("parts", np.array([1.1])),
        _wrong("starts", ints()),
    ],
)
def test_a_course_that_does_not_fit_is_refused(course: Course) -> None:
    with pytest.raises(WrongShape):
        run_stores(plan_stores(CHAIN), course)


def test_two_losses_of_a_node_may_not_exceed_it() -> None:
    plan = plan_stores(CHAIN)
    apart = [(A, 0.6, 0, 3), (A, 0.6, 3, 5)]
    assert run_stores(plan, make_course(plan, 0, apart, 5)).made[4, A] == pytest.approx(0.4)
    with pytest.raises(WrongShape):
        run_stores(plan, make_course(plan, 0, [(A, 0.6, 0, 4), (A, 0.6, 3, 5)], 5))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("origins", ints(0)),
        ("targets", ints(0, 3)),
        ("effects", ints(2, 3)),
        ("kinds", ints(0)),
        ("rank", ints(OUTSIDE, 3)),
        ("output", np.array([1.0, np.inf, 1.0])),
        ("taken", np.zeros(2)),
    ],
)
def test_a_trade_that_does_not_fit_is_refused(name: str, value: "Integers | Floats") -> None:
    with pytest.raises(WrongShape):
        plan_stores(replace(CHAIN, **{name: value}))  # type: ignore[arg-type]


def test_an_amount_must_be_one() -> None:
    with pytest.raises(BadCoefficient):
        plan_stores(replace(CHAIN, amounts=np.array([1.0, 0.0])))


@pytest.mark.parametrize(
    ("target", "kind", "origin", "part"),
    [(B, 2, C, 1.0), (A, 0, C, 1.0), (B, 0, 7, 1.0), (B, 0, C, 0.0)],
)
def test_a_spare_must_stand_for_something(target: int, kind: int, origin: int, part: float) -> None:
    spares = Spares(ints(target), ints(kind), ints(origin), np.array([part]), ints(0))
    with pytest.raises(WrongShape):
        plan_stores(CHAIN, spares)


def test_a_network_of_nobody_is_fine() -> None:
    plan = plan_stores(make_trade([], [], []))
    run = run_stores(plan, make_course(plan, 0, [], 2))
    assert run.made.shape == (2, 0)
    assert run.imbalance() == 0
