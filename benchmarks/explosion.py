#!/usr/bin/env python3
"""How fast is the explosion of a bill of materials, and against whom?

    .venv/bin/python benchmarks/explosion.py

Three measurements, after a first run that compiles and warms up:

- the wind pack, 64 scenarios at once, low, working and high ends together (goal: at most 1 ms);
- a tree of 20,000 products and about 87,500 links, one demand, against a loop over a networkx
  graph in topological order (goal: at least 100 times as fast);
- the same tree, 64 demands at once, against scipy's ``spsolve_triangular`` on the triangular
  matrix, its best case (goal: at least 8 times as fast).

Every answer is compared with the peer's before its time counts. Times are CPU milliseconds, peers
take turns with ours and the least of the times is taken: on a shared machine the rest of them
measure the neighbours.
networkx is in the lock for benchmarks; without it that line is left out.
"""

import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from scipy.sparse import csr_array, identity  # type: ignore[import-untyped]  # scipy has no stubs
from scipy.sparse.linalg import spsolve_triangular  # type: ignore[import-untyped]

import fenglian as fl
from fenglian.engine.analysis.requirement import required_amounts
from fenglian.engine.kernels.explosion import (
    ExplosionPlan,
    Floats,
    Integers,
    explode,
    plan_explosion,
)

PRODUCTS, LINKS, CASES = 20_000, 87_500, 64
ROUNDS, REPEATS = 5, 5  # peers take turns; within a turn each finds its own data in the caches
WIND_GOAL_MS, NETWORKX_GOAL, SCIPY_GOAL = 1.0, 100.0, 8.0


def main() -> int:
    """Print three measurements with their goals; the exit code tells whether all are met."""
    met = [measure_wind()]
    origins, targets, weights = make_tree(np.random.default_rng(20260131))
    plan = plan_explosion(PRODUCTS, origins, targets)
    if find_spec("networkx"):
        met.append(measure_networkx(plan, origins, targets, weights))
    else:
        print("networkx is not installed: run.py install bench")
    met.append(measure_scipy(plan, origins, targets, weights))
    return 0 if all(met) else 1


def measure_wind() -> bool:
    """Explode 64 scenarios of the wind pack at three ends."""
    chain = fl.load_chain("wind", region="shanxi")
    rng = np.random.default_rng(7)
    demand = chain.demand[:, :, np.newaxis] * rng.uniform(0.5, 2.0, CASES)
    together = required_amounts(chain.network, demand)
    alone = [required_amounts(chain.network, demand[:, :, [case]]) for case in range(CASES)]
    np.testing.assert_allclose(together, np.concatenate(alone, axis=2), rtol=1e-12)
    [milliseconds] = best(lambda: required_amounts(chain.network, demand))
    routes, products = len(chain.network.routes), chain.network.products
    print(
        f"wind pack, {CASES} scenarios × 3 ends, {products} products on {routes} routes: "
        f"{milliseconds:.3f} ms CPU (goal {WIND_GOAL_MS} ms)"
    )
    return milliseconds <= WIND_GOAL_MS


def measure_networkx(
    plan: ExplosionPlan, origins: Integers, targets: Integers, weights: Floats
) -> bool:
    """Explode one demand, against a loop over a graph of dicts."""
    networkx = import_module("networkx")
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(PRODUCTS))
    for origin, target, weight in zip(
        origins.tolist(), targets.tolist(), weights.tolist(), strict=True
    ):
        held = graph.get_edge_data(origin, target, {"weight": 0.0})["weight"]
        graph.add_edge(origin, target, weight=held + weight)

    def loop() -> list[float]:
        total = [0.0] * PRODUCTS
        total[0] = 1000.0
        for node in networkx.topological_sort(graph):
            amount = total[node]
            for target, data in graph[node].items():
                total[target] += data["weight"] * amount
        return total

    demand = np.zeros((PRODUCTS, 1))
    demand[0] = 1000.0
    np.testing.assert_allclose(explode(plan, weights, demand)[:, 0], loop(), rtol=1e-9, atol=1e-9)
    ours, theirs = best(lambda: explode(plan, weights, demand), loop)
    return tell("1 demand", "networkx", ours, theirs, NETWORKX_GOAL)


def measure_scipy(
    plan: ExplosionPlan, origins: Integers, targets: Integers, weights: Floats
) -> bool:
    """Explode 64 demands at once, against scipy's triangular solve."""
    matrix = identity(PRODUCTS, format="csr") - csr_array(
        (weights, (targets, origins)), shape=(PRODUCTS, PRODUCTS)
    )
    triangular = csr_array(matrix)
    triangular.sort_indices()
    demand = np.zeros((PRODUCTS, CASES))
    demand[:10] = np.random.default_rng(3).uniform(100, 1000, (10, CASES))
    out = np.empty_like(demand)

    def ours() -> Floats:
        return explode(plan, weights, demand, out=out)

    def theirs() -> Floats:
        solved: Floats = spsolve_triangular(triangular, demand, lower=True, unit_diagonal=True)
        return solved

    np.testing.assert_allclose(ours(), theirs(), rtol=1e-9, atol=1e-9)
    mine, peer = best(ours, theirs)
    return tell(f"{CASES} demands", "scipy", mine, peer, SCIPY_GOAL)


def make_tree(rng: np.random.Generator) -> tuple[Integers, Integers, Floats]:
    """Return origins, targets and weights of a tree numbered from its root downwards."""
    targets = np.concatenate(
        (np.arange(1, PRODUCTS), rng.integers(1, PRODUCTS, LINKS - PRODUCTS + 1))
    )
    origins = (rng.random(len(targets)) * targets).astype(np.int64)
    return origins, targets.astype(np.int64), rng.uniform(0.02, 0.2, len(targets))


def best(*runs: Callable[[], object]) -> list[float]:
    """Return the least CPU milliseconds of each run, the runs taking turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for kept, run in zip(times, runs, strict=True):
            for _ in range(REPEATS):
                started = time.process_time()
                run()
                kept.append(1000 * (time.process_time() - started))
    return [min(kept) for kept in times]


def tell(what: str, peer: str, ours: float, theirs: float, goal: float) -> bool:
    """Print one comparison and return whether its goal is met."""
    ratio = theirs / ours
    print(
        f"{PRODUCTS} products, {LINKS} links, {what}: ours {ours:.3f} ms CPU, {peer} {theirs:.1f} ms, "
        f"{ratio:.0f} times as fast (goal {goal:.0f})"
    )
    return ratio >= goal


if __name__ == "__main__":
    sys.exit(main())
