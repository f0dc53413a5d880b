#!/usr/bin/env python3
"""How fast is the question how much a network can give, and against whom?

    .venv/bin/python benchmarks/throughput.py            after: python3 run.py install bench

On invented networks (layers of products, about 4.4 inputs a recipe, 15 % of products with two
recipes, firms put together to one block a recipe), from arrays to the answer, building and solving:

- 80 products, 66 firms, one answer (goal: at most 10 ms), against linopy with the same sparse
  arrays (goal: at least 8 times as fast) and against PyPSA, products as buses and recipes as links
  with many ports (goal: at least 200 times as fast);
- 20,000 products, 200,000 firms (goal: at most 1 s), against linopy too (goal: not slower);
- the same in 31 regions, every product carried from one to the other (goal: at most 60 s); what is
  carried costs nothing, so the answer must be that of one region;
- one more question to the same network, from the last basis: a limit lifted, solved, put back.

The optimum is compared with the peer's before any time counts. Times are CPU milliseconds of one
thread, peers take turns with ours and the least of the times is taken: on a shared machine the
rest of them measure the neighbours. Peers that are not installed are left out.
"""

import logging
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from scipy.sparse import csc_array  # type: ignore[import-untyped]  # scipy has no stubs

from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.throughput import Supply, Throughput, binding

ROUNDS = 5
LAYERS, PARTS = 8, 4.4  # of products; inputs a recipe
SMALL, LARGE = (80, 66), (20_000, 200_000)
REGIONS, REGIONS_GOAL_S = 31, 60.0
SMALL_GOAL_MS, LARGE_GOAL_MS, LINOPY_GOAL, PYPSA_GOAL = 10.0, 1000.0, 8.0, 200.0
QUIET = {"output_flag": False, "log_to_console": False, "threads": 1}
Run = Callable[[], float]


def main() -> int:
    """Print the measurements with their goals; the exit code tells whether all are met."""
    warnings.simplefilter("ignore")  # of the peers
    logging.disable(logging.WARNING)
    small, large = (make_network(np.random.default_rng(20260131), *size) for size in (SMALL, LARGE))
    met = [measure("80 × 66", small, SMALL_GOAL_MS, 20)]
    met += [race("linopy", linopy_question(small), small, LINOPY_GOAL, ROUNDS)]
    met += [race("pypsa", pypsa_question(small), small, PYPSA_GOAL, 3)]
    met += [measure("20,000 × 200,000", large, LARGE_GOAL_MS, ROUNDS)]
    met += [race("linopy", linopy_question(large), large, 1.0, 3)]
    for name, supply in (("80 × 66", small), ("20,000 × 200,000", large)):
        ask_again(name, supply)
    met += [measure_regions(large)]
    return 0 if all(met) else 1


def make_network(rng: np.random.Generator, products: int, firms: int) -> Supply:
    """Return layers of products, each made of some of the next; the first one is sold."""
    second = 1 + np.flatnonzero(rng.random(products - 1) < 0.15)
    outputs = np.concatenate((np.arange(products), second))
    ends = np.unique(np.geomspace(1, products, LAYERS).astype(np.int64))
    layer = np.searchsorted(ends, outputs, side="right")
    first, last = ends[np.minimum(layer, len(ends) - 1)], ends[np.minimum(layer + 1, len(ends) - 1)]
    counts = np.minimum(1 + rng.poisson(PARTS - 1, len(outputs)), last - first)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    inputs = np.concatenate(
        [
            begin + rng.choice(end - begin, count, replace=False)
            for begin, end, count in zip(first, last, counts, strict=True)
        ]
    ).astype(np.int64)
    amounts = rng.uniform(0.2, 2.0, len(inputs))
    need = np.zeros(products)  # of one unit that is sold, by the first recipe of each product
    need[0] = 1.0
    for output in range(products):
        taken = slice(starts[output], starts[output + 1])
        np.add.at(need, inputs[taken], need[output] * amounts[taken])
    # Every recipe has a firm; what the firms of one recipe can run adds up to its block.
    of_firm = np.concatenate((np.arange(len(outputs)), rng.integers(0, len(outputs), firms)))[
        : max(firms, len(outputs))
    ]
    runs = np.bincount(of_firm, weights=rng.lognormal(0, 0.5, len(of_firm)))
    share = runs * len(outputs) / len(of_firm)
    return Supply(
        goods=products,
        regions=1,
        outputs=outputs,
        yields=rng.uniform(0.95, 1.0, len(outputs)),
        starts=starts,
        inputs=inputs,
        amounts=amounts,
        recipe=np.arange(len(outputs)),
        region=np.zeros(len(outputs), np.int64),
        capacity=1000.0 * np.maximum(need, 0.01)[outputs] * share,
        hall=np.full(len(outputs), -1),
        hall_capacity=np.empty(0),
        purchase=np.where(np.arange(products) > 0, 100.0 * np.maximum(need, 0.01), 0.0),
        carried=np.zeros(products, np.bool_),
        sale_starts=np.array([0, 1]),
        sale_goods=np.array([0]),
        sale_amounts=np.ones(1),
        worth=np.array([5.0]),
    )


def ours(supply: Supply) -> Run:
    """Return the whole question in our way."""
    return lambda: Throughput(supply).solve()


def matrix_of(supply: Supply) -> tuple[csc_array, Floats, Floats]:
    """Return balances by columns, upper bounds and worth: blocks, sale, purchases."""
    recipes = len(supply.outputs)
    links = np.repeat(np.arange(recipes), np.diff(supply.starts))
    bought = np.flatnonzero(supply.purchase > 0)
    rows = np.concatenate((supply.outputs, supply.inputs, supply.sale_goods, bought))
    columns = np.concatenate(
        (np.arange(recipes), links, [recipes], recipes + 1 + np.arange(len(bought)))
    )
    values = np.concatenate((supply.yields, -supply.amounts, [-1.0], np.ones(len(bought))))
    count = recipes + 1 + len(bought)
    upper = np.concatenate((supply.capacity, [np.inf], supply.purchase[bought]))
    worth = np.zeros(count)
    worth[recipes] = supply.worth[0]
    return csc_array((values, (rows, columns)), shape=(supply.goods, count)), upper, worth


def linopy_question(supply: Supply) -> Run | None:
    """Return the whole question in linopy's way, from the sparse matrix, without files."""
    if not find_spec("linopy"):
        return None
    linopy, xarray = import_module("linopy"), import_module("xarray")
    matrix, upper, worth = matrix_of(supply)

    def run() -> float:
        model = linopy.Model()
        amounts = model.add_variables(
            lower=0, upper=xarray.DataArray(upper, dims="column"), name="amounts"
        )
        rows = matrix.tocsr()
        counts = np.diff(rows.indptr)
        width = int(counts.max())
        place = np.repeat(np.arange(supply.goods), counts)
        within = np.arange(rows.nnz) - np.repeat(rows.indptr[:-1], counts)
        chosen = np.full((supply.goods, width), -1)
        factors = np.full((supply.goods, width), np.nan)
        chosen[place, within], factors[place, within] = rows.indices, rows.data
        data = xarray.Dataset(
            {
                "coeffs": (("row", "_term"), factors),
                "vars": (("row", "_term"), chosen),
                "const": ("row", np.zeros(supply.goods)),
            },
            coords={"row": np.arange(supply.goods)},
        )
        model.add_constraints(linopy.LinearExpression(data, model) >= 0, name="balance")
        gain = xarray.DataArray(worth, dims="column")
        model.add_objective((gain * amounts).sum(), sense="max")
        model.solve("highs", io_api="direct", **QUIET)
        return float(model.objective.value)

    return run


def pypsa_question(supply: Supply) -> Run | None:
    """Return the whole question in PyPSA's way."""
    if not find_spec("pypsa"):
        return None
    pypsa = import_module("pypsa")

    def run() -> float:
        network = pypsa.Network()
        names = [f"p{good}" for good in range(supply.goods)]
        network.add("Bus", names)
        network.add("Generator", [f"waste {name}" for name in names], bus=names, sign=-1, p_nom=1e9)
        network.add(
            "Generator", "sale", bus="p0", sign=-1, p_nom=1e9, marginal_cost=-supply.worth[0]
        )
        bought = np.flatnonzero(supply.purchase > 0)
        network.add(
            "Generator",
            [f"bought {good}" for good in bought],
            bus=[names[good] for good in bought],
            p_nom=supply.purchase[bought],
        )
        counts = np.diff(supply.starts)
        raw, made = np.flatnonzero(counts == 0), np.flatnonzero(counts > 0)
        network.add(
            "Generator",
            [f"made {recipe}" for recipe in raw],
            bus=[names[good] for good in supply.outputs[raw]],
            p_nom=(supply.capacity * supply.yields)[raw],
        )
        # A link runs as its first input does; further inputs are ports with a negative share.
        first = supply.amounts[supply.starts[made]]
        ports: dict[str, object] = {
            "bus0": [names[good] for good in supply.inputs[supply.starts[made]]],
            "bus1": [names[good] for good in supply.outputs[made]],
            "efficiency": supply.yields[made] / first,
        }
        for port in range(2, int(counts.max()) + 1):
            there = counts[made] >= port
            link = np.where(there, supply.starts[made] + port - 1, 0)
            ports[f"bus{port}"] = np.where(there, np.array(names)[supply.inputs[link]], "")
            ports[f"efficiency{port}"] = np.where(there, -supply.amounts[link] / first, 1.0)
        network.add(
            "Link",
            [f"made {recipe}" for recipe in made],
            p_nom=supply.capacity[made] * first,
            **ports,
        )
        network.optimize(
            solver_name="highs",
            io_api="direct",
            solver_options=QUIET,
        )
        return -float(network.objective)

    return run


def measure(name: str, supply: Supply, goal: float, rounds: int) -> bool:
    """Print how long one answer takes."""
    Throughput(supply).solve()
    [milliseconds] = best(rounds, ours(supply))
    columns = len(supply.outputs) + 1 + int((supply.purchase > 0).sum())
    print(
        f"{name}: {supply.goods} × {columns}, answer {Throughput(supply).solve():.6g}, "
        f"{milliseconds:.2f} ms CPU (goal {goal:.0f} ms)"
    )
    return milliseconds <= goal


def spread_out(rng: np.random.Generator, supply: Supply) -> Supply:
    """Return the network in many regions: a recipe's capacity in as many as it has firms for."""
    recipes = len(supply.outputs)
    shares = rng.gamma(0.5, size=(recipes, REGIONS))
    shares[np.arange(recipes), rng.integers(0, REGIONS, recipes)] += 0.5
    shares[shares < 0.05] = 0
    shares /= shares.sum(axis=1, keepdims=True)
    recipe, region = np.nonzero(shares)
    return replace(
        supply,
        regions=REGIONS,
        recipe=recipe,
        region=region,
        capacity=supply.capacity[recipe] * shares[recipe, region],
        hall=np.full(len(recipe), -1),
        carried=np.ones(supply.goods, np.bool_),
    )


def measure_regions(large: Supply) -> bool:
    """Print how long one answer takes where the network lies in many regions."""
    supply = spread_out(np.random.default_rng(20260207), large)
    started = time.process_time()
    programme = Throughput(supply)
    built = time.process_time()
    answer = programme.solve()
    seconds = time.process_time() - started
    np.testing.assert_allclose(answer, Throughput(large).solve(), rtol=1e-6)
    print(
        f"{REGIONS} regions, {len(supply.recipe):,} blocks: answer {answer:.6g} in {seconds:.1f} s CPU, "
        f"{built - started:.1f} s of them for the arrays (goal {REGIONS_GOAL_S:.0f} s)"
    )
    return seconds <= REGIONS_GOAL_S


def race(peer: str, theirs: Run | None, supply: Supply, goal: float, rounds: int) -> bool:
    """Print one comparison and return whether its goal is met."""
    if theirs is None:
        print(f"{peer} is not installed: run.py install bench")
        return True
    np.testing.assert_allclose(theirs(), ours(supply)(), rtol=1e-7)
    mine, peers = best(rounds, ours(supply), theirs)
    print(
        f"{supply.goods} products: ours {mine:.2f} ms CPU, {peer} {peers:.1f} ms, "
        f"{peers / mine:.1f} times as fast (goal {goal:.0f})"
    )
    return peers / mine >= goal


def ask_again(name: str, supply: Supply) -> None:
    """Print what a limit lifted and put back costs, each solved from the last basis."""
    programme = Throughput(supply)
    programme.solve()
    families = np.arange(len(supply.capacity))
    named = np.array(binding(programme, families, np.empty(0, np.int64))[:20], np.int64)
    none = np.empty(0, np.int64)
    started = time.process_time()
    for family in named:
        chosen = np.array([family])
        programme.limit(chosen, np.array([np.inf]), none, np.empty(0))
        programme.solve()
        programme.limit(chosen, supply.capacity[chosen], none, np.empty(0))
    milliseconds = 1000 * (time.process_time() - started) / max(len(named), 1)
    print(f"{name}: one more question {milliseconds:.2f} ms CPU, of {len(named)} limits that bind")


def best(rounds: int, *runs: Run) -> list[float]:
    """Return the least CPU milliseconds of each run, the runs taking turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for kept, run in zip(times, runs, strict=True):
            started = time.process_time()
            run()
            kept.append(1000 * (time.process_time() - started))
    return [min(kept) for kept in times]


if __name__ == "__main__":
    sys.exit(main())
