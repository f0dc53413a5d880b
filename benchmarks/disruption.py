#!/usr/bin/env python3
"""How fast is a drill with stocks, day by day, and how much faster than plain numpy?

    .venv/bin/python benchmarks/disruption.py

Networks of 1,000, 10,000 and 100,000 firms whose out-degrees follow a power law of exponent 2.3, at
most 128 and 8 on average, buyers at random, 616 sectors (25 among 1,000), as in
``benchmarks/systemic_risk.py``; one firm in fifty stops for 14 days, all have stocks of 0 to 10 days,
and 60 days are computed. Half of each firm's sales go outside the network. The peer is the same four
steps of a day with whole arrays (``PlainNumpy`` below); outputs are compared first, to 1e-9 of the
largest; it keeps no accounts of the stores and does not say what held a firm back. Firms × days per CPU
second of one thread, the best of the runs, which take turns. Networks are synthetic, made anew from one
seed. Goal: no slower than plain numpy at any size.
"""

import resource
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from systemic_risk import powerlaw8  # beside this file

from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.inventory import Course, run_stores
from fenglian.engine.kernels.inventory_plan import OUTSIDE, StorePlan, Trade, plan_stores

DAYS, STOP, GOAL = 60, 14, 1.0


def main() -> int:
    """Run all sizes; the exit code tells whether the goal is met at each."""
    met = []
    for firms, sectors, rounds in ((1_000, 25, 5), (10_000, 616, 5), (100_000, 616, 3)):
        plan, planned = make_plan(firms, sectors)
        course = make_course(plan, firms)
        peer = PlainNumpy(plan)
        ours, theirs = run_stores(plan, course).made, peer.run(course)
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9 * float(plan.output.max()))
        [fast, slow] = best(
            partial(run_stores, plan, course), partial(peer.run, course), rounds=rounds
        )
        lost = 1 - float(ours.sum()) / (DAYS * float(plan.output.sum()))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(
            f"{firms:,} firms, {len(plan.origins):,} links, {DAYS} days: ours {1000 * fast:.1f} ms, "
            f"{firms * DAYS / fast / 1e6:.1f} million firm-days a CPU second; numpy "
            f"{1000 * slow:.1f} ms; {slow / fast:.1f} times as fast (goal {GOAL:g}); plan "
            f"{planned:.2f} s, {100 * lost:.1f} % of output lost, peak {peak:.2f} GB"
        )
        met.append(slow / fast >= GOAL)
    return 0 if all(met) else 1


def make_plan(firms: int, sectors: int) -> tuple[StorePlan, float]:
    """Return the stores of a network, and the CPU seconds that laying it out took."""
    flows = powerlaw8(firms, sectors)
    inside = np.bincount(flows.origins, flows.amounts, minlength=firms)
    trade = Trade(
        origins=flows.origins,
        targets=flows.targets,
        amounts=flows.amounts,
        effects=flows.effects,
        kinds=flows.kinds,
        output=2 * np.maximum(inside, 0.1),
        taken=np.zeros(firms),
        rank=np.full(len(flows.amounts), OUTSIDE, np.int64),
    )
    started = time.process_time()
    plan = plan_stores(trade)
    return plan, time.process_time() - started


def make_course(plan: StorePlan, firms: int) -> Course:
    """Return a course: one firm in fifty stops, stocks of 0 to 10 days."""
    rng = np.random.default_rng(7)
    stopped = np.sort(rng.permutation(firms)[: firms // 50]).astype(np.int64)
    starts = rng.integers(0, 10, len(stopped)).astype(np.int64)
    return Course(
        stock=rng.integers(0, 11, len(plan.use)).astype(np.float64),
        capacity=plan.output * 1.1,
        nodes=stopped,
        parts=np.ones(len(stopped)),
        starts=starts,
        ends=starts + STOP,
        days=DAYS,
        restock=6.0,
    )


class PlainNumpy:
    """The four steps of a day with whole arrays, nobody preferred and nobody standing in."""

    def __init__(self, plan: StorePlan) -> None:
        self.plan = plan
        self.nodes = len(plan.output)
        self.holder = np.repeat(np.arange(self.nodes), np.diff(plan.store_starts))
        self.store = np.repeat(np.arange(len(plan.use)), np.diff(plan.link_starts))
        self.origins = plan.origins.astype(np.int64)
        self.needed, self.added = plan.effect == NEEDED, plan.effect == ADDED

    def run(self, course: Course) -> Floats:
        """Return (days, firms) what is made."""
        plan, made = self.plan, np.zeros((course.days, self.nodes))
        wish = plan.use * (1 + course.stock)
        stock, order = wish.copy(), plan.shares * plan.use[self.store]
        left = self.left(course, 0)
        for day in range(course.days):
            asked = np.bincount(self.origins, order, minlength=self.nodes) + plan.outside
            wanted = np.minimum(course.capacity * left, asked) / plan.output
            need = plan.use * wanted[self.holder]
            share = np.divide(stock, need, out=np.ones_like(need), where=need > 0)
            lost = plan.weight * (1 - np.minimum(share, 1))
            worst = np.zeros(self.nodes)
            np.maximum.at(worst, self.holder[self.needed], lost[self.needed])
            some = np.bincount(self.holder[self.added], lost[self.added], minlength=self.nodes)
            level = wanted * np.maximum(0, 1 - np.maximum(worst, some))
            made[day] = level * plan.output
            stock = stock - np.minimum(stock, plan.use * level[self.holder])
            given = np.divide(made[day], asked, out=np.ones(self.nodes), where=asked > made[day])
            sent = order * given[self.origins]
            stock += np.bincount(self.store, sent, minlength=len(stock))
            left = self.left(course, day + 1)
            planned = np.minimum(course.capacity * left, asked) / plan.output
            again = plan.use * planned[self.holder] + (wish - stock) / course.restock
            order = plan.shares * np.maximum(0, again)[self.store]
        return made

    def left(self, course: Course, day: int) -> Floats:
        """Return the share of every capacity that is left on a day."""
        now = (course.starts <= day) & (day < course.ends)
        lost = np.bincount(course.nodes[now], course.parts[now], minlength=self.nodes)
        return np.maximum(0.0, 1 - lost)


def best(*runs: Callable[[], object], rounds: int) -> list[float]:
    """Return the least CPU seconds of each run, the runs taking turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for kept, run in zip(times, runs, strict=True):
            started = time.process_time()
            run()
            kept.append(time.process_time() - started)
    return [min(kept) for kept in times]


if __name__ == "__main__":
    sys.exit(main())
