"""Requirements of a network against hand-worked cases, dense algebra and the naive walk."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenglian.engine.errors import BadCoefficient, UndampedLoop, WrongShape
from fenglian.engine.kernels import explosion
from fenglian.engine.kernels.explosion import (
    Floats,
    Integers,
    explode,
    loop_radius,
    plan_explosion,
    reach,
)
from tests.engine.kernels.conftest import Uncompile


def column(*numbers: float) -> Floats:
    return np.array(numbers, np.float64).reshape(-1, 1)


def codes(*numbers: int) -> Integers:
    return np.array(numbers, np.int64)


def dense(nodes: int, origins: Integers, targets: Integers, weights: Floats) -> Floats:
    matrix = np.zeros((nodes, nodes))
    np.add.at(matrix, (targets, origins), weights)
    return matrix


def test_a_tree_of_three_multiplies_down() -> None:
    plan = plan_explosion(3, codes(0, 0, 1), codes(1, 2, 2))
    total = explode(plan, np.array([2.0, 1.0, 3.0]), column(10, 0, 0))
    assert total.ravel().tolist() == [10.0, 20.0, 70.0]


def test_a_damped_loop_has_the_answer_worked_by_hand() -> None:
    # Each A uses 0.1 B, each B uses 0.2 A: A = 100 / (1 - 0.02), B = 0.1 A.
    plan = plan_explosion(2, codes(0, 1), codes(1, 0))
    weights = np.array([0.1, 0.2])
    total = explode(plan, weights, column(100, 0))
    assert total.ravel() == pytest.approx([102.0408163265306, 10.20408163265306], rel=1e-12)
    assert loop_radius(plan, weights, plan.loops[0]) == pytest.approx(0.1414213562, rel=1e-9)


def test_a_loop_that_feeds_itself_has_none_and_is_named() -> None:
    # A naive solve of this one returns -500 and -300.
    plan = plan_explosion(2, codes(0, 1), codes(1, 0))
    with pytest.raises(UndampedLoop) as caught:
        explode(plan, np.array([0.6, 2.0]), column(100, 0))
    assert caught.value.facts["nodes"] == (0, 1)
    assert caught.value.facts["radius"] == pytest.approx(1.0954451150, rel=1e-9)


def test_a_node_that_draws_on_itself_is_a_loop() -> None:
    plan = plan_explosion(2, codes(0, 1), codes(1, 1))
    assert explode(plan, np.array([1.0, 0.5]), column(4, 0)).ravel().tolist() == [4.0, 8.0]


def test_a_loop_draws_on_what_is_before_and_feeds_what_is_behind() -> None:
    # 0 → 1 ⇄ 2 → 3, and 0 → 3
    plan = plan_explosion(4, codes(0, 1, 2, 2, 0), codes(1, 2, 1, 3, 3))
    weights = np.array([3.0, 0.5, 0.4, 2.0, 1.0])
    total = explode(plan, weights, column(10, 0, 0, 1))
    matrix = dense(4, codes(0, 1, 2, 2, 0), codes(1, 2, 1, 3, 3), weights)
    expected = np.linalg.solve(np.eye(4) - matrix, column(10, 0, 0, 1))
    assert total == pytest.approx(expected, rel=1e-12)


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, Integers, Integers, Floats, Floats]:
    """Any small network whose columns add up to less than 1, so that every loop is damped."""
    nodes = draw(st.integers(1, 8))
    node = st.integers(0, nodes - 1)
    links = draw(st.lists(st.tuples(node, node, st.floats(0, 1)), max_size=24))
    origins = codes(*(link[0] for link in links))
    weights = np.array([link[2] for link in links], np.float64)
    sums = np.bincount(origins, weights, minlength=nodes) if links else np.ones(nodes)
    weights = 0.9 * weights / np.maximum(sums, 1)[origins]
    cases = draw(st.integers(1, 3))
    demand = draw(st.lists(st.floats(0, 1e6), min_size=nodes * cases, max_size=nodes * cases))
    targets = codes(*(link[1] for link in links))
    return nodes, origins, targets, weights, np.array(demand, np.float64).reshape(nodes, cases)


@settings(deadline=None)  # the first run compiles
@given(networks())
def test_any_network_agrees_with_dense_algebra(
    network: tuple[int, Integers, Integers, Floats, Floats],
) -> None:
    nodes, origins, targets, weights, demand = network
    total = explode(plan_explosion(nodes, origins, targets), weights, demand)
    expected = np.linalg.solve(np.eye(nodes) - dense(nodes, origins, targets, weights), demand)
    # Both round in their own order; the matrices are conditioned below 1e2.
    np.testing.assert_allclose(total, expected, rtol=1e-9, atol=1e-6)


@settings(deadline=None)
@given(networks(), st.floats(1, 1.1))
def test_more_demand_or_a_higher_weight_never_asks_for_less(
    network: tuple[int, Integers, Integers, Floats, Floats], factor: float
) -> None:
    nodes, origins, targets, weights, demand = network
    plan = plan_explosion(nodes, origins, targets)
    lower = explode(plan, weights, demand)
    assert np.all(explode(plan, weights * factor, demand * factor) >= lower * (1 - 1e-9))


def test_many_cases_at_once_equal_one_by_one() -> None:
    rng = np.random.default_rng(7)
    targets = rng.integers(1, 200, 800)
    origins = (rng.random(800) * targets).astype(np.int64)
    weights, demand = rng.random(800) / 5, rng.random((200, 64))
    plan = plan_explosion(200, origins, targets)
    together = explode(plan, weights, demand)
    alone = [explode(plan, weights, demand[:, [case]]) for case in range(64)]
    np.testing.assert_allclose(together, np.hstack(alone), rtol=1e-12)


def test_it_writes_where_it_is_told_to() -> None:
    plan = plan_explosion(2, codes(0), codes(1))
    out = np.empty((2, 1))
    assert explode(plan, np.array([2.0]), column(1, 0), out=out) is out
    assert out.ravel().tolist() == [1.0, 2.0]


def test_a_large_loop_is_solved_without_a_dense_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = np.arange(40)
    plan = plan_explosion(40, ring, np.roll(ring, -1))
    weights, demand = np.full(40, 0.9), np.ones((40, 2))
    expected = explode(plan, weights, demand)
    monkeypatch.setattr(explosion, "DENSE", 10)
    np.testing.assert_allclose(explode(plan, weights, demand), expected, rtol=1e-9)
    assert loop_radius(plan, weights, plan.loops[0]) == pytest.approx(0.9, rel=1e-6)


def test_reach_goes_only_where_links_let_pass() -> None:
    plan = plan_explosion(5, codes(0, 1, 2, 3), codes(1, 2, 1, 4))
    seeds = np.array([True, False, False, False, False])
    assert reach(plan, np.ones(4, np.bool_), seeds).tolist() == [True, True, True, False, False]
    shut = np.array([False, True, True, True])
    assert reach(plan, shut, seeds).tolist() == seeds.tolist()


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_it_refuses_a_weight_that_is_no_amount(bad: float) -> None:
    with pytest.raises(BadCoefficient, match="Coefficient 0"):
        explode(plan_explosion(2, codes(0), codes(1)), np.array([bad]), column(1, 0))


def test_it_refuses_arrays_that_do_not_fit() -> None:
    plan = plan_explosion(2, codes(0), codes(1))
    for weights, demand in ((np.ones(2), column(1, 0)), (np.ones(1), column(1, 0, 0))):
        with pytest.raises(WrongShape):
            explode(plan, weights, demand)
    with pytest.raises(WrongShape):
        explode(plan, np.ones(1), column(1, 0), out=np.empty((3, 1)))
    with pytest.raises(WrongShape):
        plan_explosion(2, codes(0), codes(2))
    with pytest.raises(WrongShape):
        plan_explosion(2, codes(0, 1), codes(1))


def test_an_empty_network_has_an_empty_answer() -> None:
    assert explode(plan_explosion(0, codes(), codes()), np.zeros(0), np.zeros((0, 4))).size == 0


@pytest.mark.parametrize("cases", [1, 3])
@pytest.mark.parametrize("seed", range(12))
def test_plain_python_gives_the_same(seed: int, cases: int, uncompile: Uncompile) -> None:
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(2, 30))
    links = int(rng.integers(1, 7 * nodes))  # rows of one link to many
    origins, targets = rng.integers(0, nodes, (2, links))
    weights, demand = rng.uniform(0, 0.9 / links, links), rng.uniform(0, 9, (nodes, cases))
    passing, seeds = rng.random(links) < 0.7, rng.random(nodes) < 0.2
    plain = uncompile(explosion)
    assert not hasattr(plain._pull, "py_func")
    ours, theirs = (each.plan_explosion(nodes, origins, targets) for each in (explosion, plain))
    np.testing.assert_allclose(
        plain.explode(theirs, weights, demand), explode(ours, weights, demand), rtol=1e-13
    )
    assert (plain.reach(theirs, passing, seeds) == reach(ours, passing, seeds)).all()
