"""How does a cascade go on that reaches most nodes in every round? Eight side by side.

Such a cascade gains nothing from knowing which links to push: it waits for memory, link after
link. Here every node asks those it hears from what they have lost, for eight cascades in one go,
and what lies side by side comes in one piece. One that ends makes room for the next, so none waits
for another. Each lane is reckoned as if it were alone: what the others hold changes no bit of it.
"""

from typing import NamedTuple

import numba
import numpy as np

from fenglian.engine.kernels.cascade_plan import (
    CEILING,
    GROUP,
    SHARE,
    CascadePlan,
    HeardPlan,
)
from fenglian.engine.kernels.explosion import Floats, Integers

LANES = 8  # of float64: one line of the cache
EMPTY = 1e-12  # of a group's total; what is left below that stands in for nothing
NOBODY = -1  # in a lane
WORST, KIND, SUM = 0, 1, 2  # rows of LaneState.parts


class LaneState(NamedTuple):
    """Working memory of one thread; all zero in a lane that nobody is in."""

    down: Floats  # (nodes, LANES) lost with the links
    told_down: Floats  # (nodes, LANES) what those that a node gives to have heard of it
    up: Floats  # (nodes, LANES) lost against the links
    told_up: Floats  # (nodes, LANES)
    group_loss: Floats  # (groups, LANES)
    parts: Floats  # (3, LANES) what one node hears: the worst of its kinds, one kind, what adds up
    most: Floats  # (LANES,) largest growth of a node in the last round
    shocks: Integers  # (LANES,) number of the shock, or NOBODY
    rounds: Integers  # (LANES,) done, of the shock
    links: Integers  # (LANES,) looked at, of the shock


_floats, _counts, _table = numba.float64[::1], numba.int64[::1], numba.float64[:, ::1]
LANES_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]  # numba has no types
    (_table, _table, _table, _table, _table, _table, _floats, _counts, _counts, _counts), LaneState
)


def make_lanes(plan: CascadePlan) -> LaneState:
    """Ask for the memory of eight cascades, 256 bytes a node; it is taken when it is written to."""
    nodes = (plan.nodes, LANES)
    return LaneState(
        down=np.zeros(nodes),
        told_down=np.zeros(nodes),
        up=np.zeros(nodes),
        told_up=np.zeros(nodes),
        group_loss=np.zeros((len(plan.totals), LANES)),
        parts=np.zeros((3, LANES)),
        most=np.zeros(LANES),
        shocks=np.full(LANES, NOBODY),
        rounds=np.zeros(LANES, np.int64),
        links=np.zeros(LANES, np.int64),
    )


@numba.njit(nogil=True)
def find_lane(lanes: LaneState) -> int:
    """Return a lane that nobody is in, or NOBODY."""
    for lane in range(LANES):
        if lanes.shocks[lane] == NOBODY:
            return lane
    return NOBODY


@numba.njit(nogil=True)
def go_one_round(plan: CascadePlan, lanes: LaneState) -> None:
    """Let all lanes lose what follows from the round before; ``most`` says how much one node did."""
    lanes.most[:] = 0.0
    _tell(plan, lanes)
    _hear_down(plan, lanes)
    _hear_up(plan.heard, lanes)
    for lane in range(LANES):
        lanes.rounds[lane] += 1
        lanes.links[lane] += len(plan.targets) + len(plan.backward)


@numba.njit(nogil=True)
def _tell(plan: CascadePlan, lanes: LaneState) -> None:
    """Fix what is heard in this round: the losses so far, worse where few are left to stand in."""
    down, told, groups = lanes.down, lanes.told_down, lanes.group_loss
    groups[:, :] = 0.0
    for node in range(len(plan.node)):
        share, group = plan.node[node, SHARE], int(plan.node[node, GROUP])
        for lane in range(LANES):
            groups[group, lane] += share * down[node, lane]
            lanes.told_up[node, lane] = lanes.up[node, lane]
    for node in range(len(plan.node)):
        share, group = plan.node[node, SHARE], int(plan.node[node, GROUP])
        if share > 0.0:  # who gives nothing inside passes nothing on
            total = plan.totals[group]
            for lane in range(LANES):
                left = total - groups[group, lane]
                scarce = share / left if left > share else 1.0
                if left <= EMPTY * total:
                    scarce = 1.0
                told[node, lane] = max(told[node, lane], down[node, lane] * scarce)


@numba.njit(nogil=True)
def _hear_down(plan: CascadePlan, lanes: LaneState) -> None:  # noqa: C901  # calls would cost more than they do
    """Lose the worst of the kinds that a node needs, or what adds up, whichever is more."""
    bounds, origins, forward, ends = (
        plan.heard.bounds,
        plan.heard.origins,
        plan.heard.forward,
        plan.heard.ends,
    )
    told, down, most = lanes.told_down, lanes.down, lanes.most
    worst, kind, total = lanes.parts[WORST], lanes.parts[KIND], lanes.parts[SUM]
    for node in range(len(plan.node)):
        first, last = bounds[3 * node], bounds[3 * node + 3]
        if first == last:
            continue
        for lane in range(LANES):
            worst[lane], kind[lane], total[lane] = 0.0, 0.0, 0.0
        for link in range(first, bounds[3 * node + 1]):
            origin, part = origins[link], forward[link]
            for lane in range(LANES):
                loss = part * told[origin, lane]
                worst[lane] = max(worst[lane], loss)
        for link in range(bounds[3 * node + 1], bounds[3 * node + 2]):
            origin, part = origins[link], forward[link]
            for lane in range(LANES):
                kind[lane] += part * told[origin, lane]
            if ends[link]:
                for lane in range(LANES):
                    worst[lane] = max(worst[lane], kind[lane])
                    kind[lane] = 0.0
        for link in range(bounds[3 * node + 2], last):
            origin, part = origins[link], forward[link]
            for lane in range(LANES):
                total[lane] += part * told[origin, lane]
        ceiling = plan.node[node, CEILING]
        for lane in range(LANES):
            loss = max(total[lane], worst[lane])
            loss = min(ceiling, loss)
            before = down[node, lane]
            loss = max(before, loss)
            most[lane] = max(most[lane], loss - before)
            down[node, lane] = loss


@numba.njit(nogil=True)
def _hear_up(heard: HeardPlan, lanes: LaneState) -> None:
    starts, targets, backward = heard.starts, heard.targets, heard.backward
    told, up, most, total = lanes.told_up, lanes.up, lanes.most, lanes.parts[SUM]
    for node in range(len(starts) - 1):
        for lane in range(LANES):
            total[lane] = 0.0
        for link in range(starts[node], starts[node + 1]):
            target, part = targets[link], backward[link]
            for lane in range(LANES):
                total[lane] += part * told[target, lane]
        for lane in range(LANES):
            loss = min(1.0, total[lane])
            before = up[node, lane]
            loss = max(before, loss)
            most[lane] = max(most[lane], loss - before)
            up[node, lane] = loss


@numba.njit(nogil=True)
def leave(plan: CascadePlan, lanes: LaneState, lane: int, values: Floats, losses: Floats) -> int:
    """Add up what a lane lost, weighted, and clear it; return how many nodes lost something."""
    total, with_links, against, waiting, touched = 0.0, 0.0, 0.0, 0.0, 0
    for node in range(len(plan.node)):
        down, up = lanes.down[node, lane], lanes.up[node, lane]
        total += values[node, 0] * max(down, up)
        with_links += values[node, 0] * down
        against += values[node, 0] * up
        waiting += values[node, 1] * (up - lanes.told_up[node, lane])
        touched += int(down > 0.0 or up > 0.0)
        lanes.down[node, lane], lanes.told_down[node, lane] = 0.0, 0.0
        lanes.up[node, lane], lanes.told_up[node, lane] = 0.0, 0.0
    losses[0], losses[1], losses[2], losses[3] = total, with_links, against, waiting
    lanes.shocks[lane] = NOBODY
    return touched
