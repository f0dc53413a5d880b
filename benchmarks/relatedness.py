#!/usr/bin/env python3
"""How fast is relatedness of a table, and extraction from an input–output table, and against whom?

    .venv/bin/python benchmarks/relatedness.py           after: python3 run.py install bench

- World trade 1998–2000, 124,336 rows of 226 countries and 785 products, from three columns to the
  long table with comparative advantage, density, complexity, outlook and gain of every pair, against
  py-ecomplexity (goal: at least 10 times as fast; its convention is asked for, so that the numbers
  are equal; ours also takes density over the 25 nearest, which it does not);
- output lost without each of 1,302 sectors (31 × 42, an invented table), in closed form from the
  inverse, against solving again without each sector; of these the loop is measured for three and
  multiplied (goal: at least 1,000 times as fast).

Answers are compared before any time counts. Times are CPU milliseconds of one thread, peers take
turns with ours and the least of the times is taken. Set OMP_NUM_THREADS=1 for one thread. A peer that is
not installed is left out.
"""

import gzip
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from fenglian.engine.analysis.relatedness import Choice, Relatedness, relatedness
from fenglian.engine.chain.product_table import PRODUCT_HEADINGS, product_table, read_pairs
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.linkages import (
    extraction_loss,
    input_coefficients,
    leontief_inverse,
)

WORLD = Path(__file__).resolve().parent.parent / "tests/data/trade/world_trade_1998_2000.csv.gz"
ROUNDS, SECTORS, MEASURED = 5, 1302, 3
RELATEDNESS_GOAL, EXTRACTION_GOAL = 10.0, 1000.0
THEIR_WAY = Choice(include_self=True)  # the release on PyPI counts a product as near to itself


def main() -> int:
    """Print both measurements with their goals; the exit code tells whether all are met."""
    warnings.simplefilter("ignore")  # of the peer
    met = [measure_relatedness(), measure_extraction()]
    return 0 if all(met) else 1


def measure_relatedness() -> bool:
    """Take three columns to a long table."""
    found = read_pairs(gzip.decompress(WORLD.read_bytes()), WORLD.name, PRODUCT_HEADINGS)

    def ours() -> dict[str, object]:
        table = product_table(found.firsts, found.seconds, found.values)
        return long_table(relatedness(table, THEIR_WAY))

    if not find_spec("ecomplexity"):
        print(f"ecomplexity is not installed: ours {best(ours)[0]:.0f} ms CPU")
        return True
    pandas, peer = import_module("pandas"), import_module("ecomplexity")
    frame = pandas.DataFrame(
        {"time": 2000, "loc": found.firsts, "prod": found.seconds, "val": found.values}
    )
    names = {each: each for each in ("time", "loc", "prod", "val")}

    def theirs() -> object:
        # Its check of supermodularity is not asked of us, so it is not asked of it.
        return peer.ecomplexity(frame, names, check_logsupermodularity=False, verbose=False)

    compare(ours(), theirs())
    mine, other = best(ours, theirs)
    ratio = other / mine
    print(
        f"226 × 785 from columns to columns: ours {mine:.0f} ms CPU, py-ecomplexity {other:.0f} ms, "
        f"{ratio:.1f} times as fast (goal {RELATEDNESS_GOAL:.0f})"
    )
    return ratio >= RELATEDNESS_GOAL


def long_table(found: Relatedness) -> dict[str, object]:
    """Return one row a pair, as columns."""
    places, products = found.table.amounts.shape
    return {
        "loc": np.repeat(np.array(found.table.places), products),
        "prod": np.tile(np.array(found.table.products), places),
        "val": found.table.amounts.ravel(),
        "rca": found.rca.ravel(),
        "mcp": found.presence.ravel(),
        "diversity": np.repeat(found.diversity, products),
        "ubiquity": np.tile(found.ubiquity, places),
        "eci": np.repeat(found.eci, products),
        "pci": np.tile(found.pci, places),
        "density": found.density.ravel(),
        "density_near": found.density_near.ravel(),
        "coi": np.repeat(found.coi, products),
        "cog": found.cog.ravel(),
    }


def compare(ours: dict[str, object], theirs: object) -> None:
    """Hold comparative advantage, complexity and density against the peer's, pair by pair."""
    order = theirs.sort_values(["loc", "prod"])  # type: ignore[attr-defined]  # a frame
    for mine, other in (("rca", "rca"), ("eci", "eci"), ("pci", "pci"), ("density", "density")):
        np.testing.assert_allclose(
            np.nan_to_num(np.asarray(ours[mine], np.float64)),
            np.nan_to_num(order[other].to_numpy(np.float64)),
            rtol=1e-6,
            atol=1e-8,
        )


def measure_extraction() -> bool:
    """Take every sector out at once, against one after the other."""
    rng = np.random.default_rng(20260131)
    flows = rng.uniform(0, 1, (SECTORS, SECTORS)) * (rng.random((SECTORS, SECTORS)) < 0.3)
    output = flows.sum(axis=1) + rng.uniform(100, 400, SECTORS)
    coefficients = input_coefficients(flows, output)
    inverse = leontief_inverse(coefficients)
    loss = extraction_loss(inverse, output)
    final = output - flows.sum(axis=1)

    def loop() -> Floats:
        return np.array([without(coefficients, final, output, k) for k in range(MEASURED)])

    np.testing.assert_allclose(loss[:MEASURED], loop(), rtol=1e-8)
    mine, three = best(lambda: extraction_loss(inverse, output), loop)
    ratio = three / MEASURED * SECTORS / mine
    print(
        f"{SECTORS} sectors taken out: ours {mine:.2f} ms CPU from the inverse, one after the other "
        f"{three / MEASURED:.0f} ms each, {ratio:,.0f} times as fast (goal {EXTRACTION_GOAL:,.0f})"
    )
    [whole] = best(lambda: extraction_loss(leontief_inverse(coefficients), output))
    print(
        f"with the inverse itself: {whole:.0f} ms, {three / MEASURED * SECTORS / whole:,.0f} times"
    )
    return ratio >= EXTRACTION_GOAL


def without(coefficients: Floats, final: Floats, output: Floats, sector: int) -> float:
    """Return the output lost without a sector, the slow way."""
    left = np.arange(SECTORS) != sector
    kept = np.linalg.solve(np.eye(SECTORS - 1) - coefficients[np.ix_(left, left)], final[left])
    return float(output.sum() - kept.sum())


def best(*runs: Callable[[], object]) -> list[float]:
    """Return the least CPU milliseconds of each run, the runs taking turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for kept, run in zip(times, runs, strict=True):
            started = time.process_time()
            run()
            kept.append(1000 * (time.process_time() - started))
    return [min(kept) for kept in times]


if __name__ == "__main__":
    sys.exit(main())
