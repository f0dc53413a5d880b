"""Cascades against hand-worked cases and the dense equations, compiled and not."""

from types import ModuleType

import numpy as np
import pytest

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels import cascade, cascade_lanes
from fenglian.engine.kernels.cascade import (
    DOWN,
    PUSHED_LINKS,
    ROUNDS,
    TOTAL,
    TOUCHED,
    UP,
    Stop,
    full_shocks,
    spread_losses,
    trace_losses,
)
from fenglian.engine.kernels.cascade_plan import WEIGHT, Flows, plan_cascade
from fenglian.engine.kernels.cascade_state import Shocks, make_state
from fenglian.engine.kernels.explosion import Floats
from tests import cascade_oracle
from tests.cascade_oracle import make_flows, random_flows
from tests.engine.kernels.conftest import Uncompile

EXACT = Stop(tolerance=1e-12)
A, B, C, D = range(4)


@pytest.fixture(name="uncompiled")
def _uncompiled(uncompile: Uncompile) -> ModuleType:
    return uncompile(cascade, cascade_lanes)


def every_loss(flows: Flows, stop: Stop) -> tuple[Floats, list[int]]:
    spread = spread_losses(plan_cascade(flows), full_shocks(np.arange(flows.nodes)), stop)
    return spread.losses[:, [TOTAL, DOWN, UP]], spread.counts[:, ROUNDS].tolist()


def one_by_one(flows: Flows, tolerance: float) -> tuple[Floats, list[int]]:
    answers = []
    for node in range(flows.nodes):
        shock = np.zeros(flows.nodes)
        shock[node] = 1
        answers.append(cascade_oracle.cascade(flows, shock, shock, tolerance))
    losses = np.array([(each.total, each.down, each.up) for each in answers])
    return losses, [each.rounds for each in answers]


@pytest.mark.parametrize("tolerance", [1e-2, 1e-6])
@pytest.mark.parametrize("seed", range(24))
def test_every_cascade_of_any_network_is_that_of_the_equations(seed: int, tolerance: float) -> None:
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(2, 60))
    flows = random_flows(rng, nodes, int(rng.integers(1, 6 * nodes)), int(rng.integers(1, 9)))
    losses, rounds = every_loss(flows, Stop(tolerance))
    expected, expected_rounds = one_by_one(flows, tolerance)
    np.testing.assert_allclose(losses, expected, rtol=0, atol=1e-12)
    assert rounds == expected_rounds


def test_a_network_without_leakage_agrees_as_far_as_rounding_lets_it() -> None:
    rng = np.random.default_rng(3)
    pairs = rng.integers(0, 8, (24, 2)).tolist()
    links = [(origin, target, float(rng.lognormal()), 1) for origin, target in pairs]
    flows = make_flows(links, list(range(8)))
    losses, _ = every_loss(flows, Stop(1e-6))
    # Hundreds of rounds, each adding its own rounding error to loops that damp nothing.
    np.testing.assert_allclose(losses, one_by_one(flows, 1e-6)[0], rtol=0, atol=1e-10)


@pytest.mark.parametrize("seed", range(6))
def test_partial_shocks_of_several_nodes_lose_what_the_equations_say(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    flows = random_flows(rng, 30, 90, 5)
    nodes = rng.choice(30, 4, replace=False)
    down, up = rng.uniform(0, 1, 4), rng.uniform(0, 1, 4)
    shocks = Shocks(np.array([0, 4]), nodes, down, up)
    first_down, first_up = np.zeros(30), np.zeros(30)
    first_down[nodes], first_up[nodes] = down, up
    expected = cascade_oracle.cascade(flows, first_down, first_up, 1e-9)
    lost_down, lost_up = trace_losses(plan_cascade(flows), shocks, Stop(1e-9))
    np.testing.assert_allclose(lost_down, expected.lost_down, rtol=0, atol=1e-12)
    np.testing.assert_allclose(lost_up, expected.lost_up, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_uncompiled_the_kernel_gives_the_same_bits(seed: int, uncompiled: ModuleType) -> None:
    flows = random_flows(np.random.default_rng(seed), 25, 80, 4)
    plan, shocks = plan_cascade(flows), full_shocks(np.arange(25))
    reach = np.linspace(0, 1, 25)
    compiled = spread_losses(plan, shocks, Stop(1e-6), reach=reach)
    plain = uncompiled.spread_losses(plan, shocks, uncompiled.Stop(1e-6), reach=reach)
    assert not hasattr(uncompiled._spread_all, "py_func")
    np.testing.assert_array_equal(plain.losses, compiled.losses)
    np.testing.assert_array_equal(plain.counts, compiled.counts)
    one = Shocks(np.array([0, 1]), np.array([3]), np.ones(1), np.ones(1))
    for ours, theirs in zip(
        uncompiled.trace_losses(plan, one, uncompiled.Stop()),
        trace_losses(plan, one, Stop()),
        strict=True,
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_the_memory_is_clean_after_each_shock() -> None:
    flows = random_flows(np.random.default_rng(5), 40, 160, 4)
    plan = plan_cascade(flows)
    state = make_state(plan)
    first = spread_losses(plan, full_shocks(np.arange(40)), EXACT, state=state)
    for name in ("down", "up", "slot", "group_loss", "group_first", "group_mark", "lengths"):
        assert not getattr(state, name).any(), name
    for name in ("down", "told_down", "up", "told_up"):
        assert not getattr(state.lanes, name).any(), name
    assert (state.lanes.shocks == cascade_lanes.NOBODY).all()
    again = spread_losses(plan, full_shocks(np.arange(40)[::-1]), EXACT, state=state)
    np.testing.assert_array_equal(first.losses, again.losses[::-1])
    np.testing.assert_array_equal(first.counts, again.counts[::-1])


def test_heavy_cascades_side_by_side_are_those_of_the_equations_and_the_same_bits_alone() -> None:
    rng = np.random.default_rng(21)
    flows = random_flows(rng, 60, 600, 5)
    plan, nodes, stop = plan_cascade(flows), np.arange(60), Stop(1e-9)
    spread = spread_losses(plan, full_shocks(nodes), stop)
    heavy = spread.counts[:, PUSHED_LINKS] > cascade.HEAVY * (len(plan.targets) + 600)
    assert heavy.sum() > 2 * cascade_lanes.LANES  # some wait for a lane
    expected, rounds = one_by_one(flows, 1e-9)
    np.testing.assert_allclose(spread.losses[:, :3], expected, rtol=0, atol=1e-12)
    assert spread.counts[:, ROUNDS].tolist() == rounds
    for block in (nodes[:7], nodes[7:8], nodes[8:]):
        part = spread_losses(plan, full_shocks(block), stop)
        np.testing.assert_array_equal(part.losses, spread.losses[block])
        np.testing.assert_array_equal(part.counts, spread.counts[block])


def test_a_heavy_cascade_that_would_go_on_is_cut_off() -> None:
    ring = [(node, (node + 1) % 4, 1.0, 1) for node in range(4)] + [(A, C, 1e-6, 1)]
    plan = plan_cascade(make_flows(ring, [0, 1, 2, 3]))
    spread = spread_losses(plan, full_shocks(np.arange(4)), Stop(0.0, rounds=40))
    assert (spread.counts[:, ROUNDS] <= 40).all()
    assert (spread.counts[:, TOUCHED] == 4).all()


def test_pruning_errs_little_and_bounds_its_error_against_the_links() -> None:
    rng = np.random.default_rng(11)
    flows = random_flows(rng, 300, 900, 12)
    plan, shocks = plan_cascade(flows), full_shocks(np.arange(300))
    exact = spread_losses(plan, shocks, EXACT)
    matrix = np.zeros((300, 300))
    np.add.at(
        matrix, (plan.origins, np.repeat(np.arange(300), np.diff(plan.starts))), plan.backward
    )
    in_plan = np.linalg.solve((np.eye(300) - matrix).T, plan.node[:, WEIGHT])
    reach: Floats = in_plan[plan.places].astype(np.float64)
    pruned = spread_losses(plan, shocks, Stop(1e-12, prune=1e-3), reach=reach)
    missed = exact.losses[:, UP] - pruned.losses[:, UP]
    assert (missed >= -1e-12).all()
    assert (missed <= pruned.losses[:, 3] + 1e-12).all()
    assert missed.max() > 0
    assert np.abs(exact.losses - pruned.losses)[:, :3].max() < 1e-2
    assert pruned.counts[:, PUSHED_LINKS].sum() < exact.counts[:, PUSHED_LINKS].sum()


def test_a_cascade_that_would_go_on_is_cut_off() -> None:
    flows = make_flows([(A, B, 1, 1), (B, A, 1, 1), (A, C, 1, 1)], [0, 1, 2])
    spread = spread_losses(plan_cascade(flows), full_shocks(np.array([C])), Stop(0.0, rounds=5))
    assert spread.counts[0, ROUNDS] == 5
    assert spread.counts[0, TOUCHED] == 3


@pytest.mark.parametrize(
    "shocks",
    [
        Shocks(np.array([0, 1]), np.array([3]), np.ones(1), np.ones(1)),
        Shocks(np.array([0, 1]), np.array([-1]), np.ones(1), np.ones(1)),
        Shocks(np.array([0, 2]), np.array([1, 1]), np.ones(2), np.ones(2)),
        Shocks(np.array([0, 1]), np.array([1]), np.array([1.5]), np.ones(1)),
        Shocks(np.array([0, 1]), np.array([1]), np.ones(1), np.array([-0.5])),
        Shocks(np.array([0, 2]), np.array([1]), np.ones(1), np.ones(1)),
    ],
)
def test_shocks_that_make_no_sense_are_refused(shocks: Shocks) -> None:
    plan = plan_cascade(make_flows([(A, B, 1, 2)], [0, 1, 2], weights=[1, 1, 1]))
    with pytest.raises(WrongShape):
        spread_losses(plan, shocks, Stop())


def test_a_reach_of_another_length_is_refused() -> None:
    plan = plan_cascade(make_flows([(A, B, 1, 2)], [0, 1]))
    with pytest.raises(WrongShape):
        spread_losses(plan, full_shocks(np.array([A])), Stop(), reach=np.ones(3))


def test_no_shock_gives_no_row() -> None:
    plan = plan_cascade(make_flows([(A, B, 1, 2)], [0, 1]))
    assert spread_losses(plan, full_shocks(np.array([], np.int64)), Stop()).losses.shape == (0, 4)


@pytest.mark.parametrize(
    ("links", "kinds", "more"),
    [
        ([(A, 5, 1, 2)], [0, 1], {"weights": [1, 1]}),
        ([(A, B, 1, 3)], [0, 1], {}),
        ([(A, B, 1, 2)], [0, -1], {"groups": [0, 0]}),
        ([(A, B, 1, 2)], [0, 1], {"given": [0.0]}),
    ],
)
def test_a_network_of_the_wrong_shape_is_refused(
    links: list[tuple[int, int, float, int]], kinds: list[int], more: dict[str, list[float]]
) -> None:
    with pytest.raises(WrongShape):
        plan_cascade(make_flows(links, kinds, **more))


def test_an_amount_of_nought_is_refused_with_its_place() -> None:
    with pytest.raises(BadCoefficient) as caught:
        plan_cascade(make_flows([(A, B, 1, 2), (B, A, 0, 2)], [0, 1]))
    assert caught.value.facts["place"] == 1


def test_a_node_that_gives_to_itself_is_as_published_where_the_loop_is_kept() -> None:
    # V10: A→A 1, A→B 1, both merely used; the loop counts in what A gives.
    flows = make_flows([(A, A, 1, 1), (A, B, 1, 1)], [0, 1], weights=[1, 0])
    losses, rounds = every_loss(flows, EXACT)
    np.testing.assert_allclose(losses, [[1, 1, 1], [1, 0, 1]], rtol=0, atol=1e-11)
    assert rounds == [2, 40]


def test_firms_are_numbered_by_how_many_they_give_to_and_answers_are_not() -> None:
    flows = random_flows(np.random.default_rng(7), 30, 120, 4)
    plan = plan_cascade(flows)
    given_to = np.bincount(flows.origins, minlength=30)
    in_plan = np.empty(30, np.int64)
    in_plan[plan.places] = given_to
    assert (np.diff(in_plan) <= 0).all()
    one = Shocks(np.array([0, 1]), np.array([5]), np.ones(1), np.ones(1))
    _, lost = trace_losses(plan, one, EXACT)
    assert lost[5] == 1.0
