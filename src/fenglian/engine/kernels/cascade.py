"""How far does a loss spread through a network, with and against its links, round by round?

All nodes move at once: what is pushed in a round are the losses of the round before. Losses only
grow, so a node is looked at again only where something near it changed: a round costs the links of
the nodes that lost something in the round before, not all links. The few cascades that push all
links again and again go on side by side, see ``cascade_lanes``.

References
----------
Diem, C., Borsos, A., Reisch, T., Kertész, J., Thurner, S. (2022): Quantifying firm-level economic
systemic risk from nation-wide supply networks. Scientific Reports 12, 7719.
doi:10.1038/s41598-022-11522-z
"""

from dataclasses import dataclass

import numba
import numpy as np

from fenglian.engine.errors import WrongShape
from fenglian.engine.kernels.cascade_lanes import (
    EMPTY,
    LANES,
    NOBODY,
    LaneState,
    find_lane,
    go_one_round,
    leave,
)
from fenglian.engine.kernels.cascade_plan import (
    CEILING,
    GROUP,
    PLAN_TYPE,
    SHARE,
    WEIGHT,
    CascadePlan,
    Codes,
    Marks,
)
from fenglian.engine.kernels.cascade_state import (
    CHANGED,
    FRONTIER,
    LINKS,
    LOSS,
    LOST_DOWN,
    LOST_UP,
    NEED,
    PUSHED,
    SHOCKS_TYPE,
    STATE_TYPE,
    SUM,
    CascadeState,
    Shocks,
    make_state,
)
from fenglian.engine.kernels.explosion import Floats, Integers

HEAVY = 2.0  # times all links: what a cascade pushes before it goes on among others of its kind
ENDLESS = 2**62  # links: no cascade pushes so many
CROWDED = 16  # one node in so many is touched: that is many
WIDE = 64  # one node in so many pushes: then many will be touched
AHEAD = 64  # nodes whose links are asked for together
TOTAL, DOWN, UP, UNPUSHED = 0, 1, 2, 3  # columns of Spread.losses
ROUNDS, TOUCHED, PUSHED_LINKS = 0, 1, 2  # columns of Spread.counts


@dataclass(frozen=True, slots=True)
class Stop:
    """When a cascade ends, and what is too small to be pushed on."""

    tolerance: float = 1e-4  # largest loss of a round that is still taken for none
    prune: float = 0.0  # a change of at most that much waits until it has grown
    rounds: int = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What became of each shock, in the order of the shocks."""

    losses: (
        Floats  # (shocks, 4) TOTAL, DOWN, UP, and UNPUSHED: weighted by reach, against the links
    )
    counts: Integers  # (shocks, 3) ROUNDS, TOUCHED nodes, PUSHED_LINKS


def full_shocks(nodes: Integers) -> Shocks:
    """Return one shock a node: all of it is lost, in both directions."""
    ones = np.ones(len(nodes))
    starts = np.arange(len(nodes) + 1, dtype=np.int64)
    return Shocks(starts, np.ascontiguousarray(nodes, np.int64), ones, ones.copy())


def spread_losses(
    plan: CascadePlan,
    shocks: Shocks,
    stop: Stop,
    *,
    reach: Floats | None = None,
    state: CascadeState | None = None,
) -> Spread:
    """Let every shock run by itself until a round loses no more than the tolerance.

    Parameters
    ----------
    plan
        Of the network.
    shocks
        What is lost at the start of each.
    stop
        When to end.
    reach
        (nodes,) what one unit of loss at a node comes to in the end, against the links; with it
        ``UNPUSHED`` bounds what the tolerance and the pruning left out in that direction.
    state
        Of this thread, to be used again; made where it is missing.

    Returns
    -------
    Spread
        The same to the last bit, however the shocks are split among threads.

    Raises
    ------
    WrongShape
        Where a node is out of range or stands twice in one shock.
    """
    check_shocks(plan, shocks)
    count = len(shocks.starts) - 1
    spread = Spread(np.zeros((count, 4)), np.zeros((count, 3), np.int64))
    weights = np.zeros(plan.nodes) if reach is None else np.ascontiguousarray(reach, np.float64)
    if weights.shape != (plan.nodes,):
        raise WrongShape(name="reach", found=weights.shape, wanted=(plan.nodes,))
    values = np.empty((plan.nodes, 2))  # side by side: one look for both
    values[:, 0] = plan.node[:, WEIGHT]
    values[plan.places, 1] = weights
    memory = make_state(plan) if state is None else state
    _spread_all(
        plan, memory, _placed(plan, shocks), values, stop.tolerance, stop.prune, stop.rounds, spread.losses,
        spread.counts,
    )  # fmt: skip
    return spread


def trace_losses(plan: CascadePlan, shocks: Shocks, stop: Stop) -> tuple[Floats, Floats]:
    """Return what each node loses, with and against the links, in a cascade of one shock."""
    check_shocks(plan, shocks)
    state = make_state(plan)
    placed = _placed(plan, shocks)
    _spread_one(plan, state, placed, 0, stop.tolerance, stop.prune, stop.rounds, ENDLESS)
    return state.down[plan.places, LOSS], state.up[plan.places, LOSS]


def _placed(plan: CascadePlan, shocks: Shocks) -> Shocks:
    """Return shocks of the plan's own numbers."""
    return shocks._replace(nodes=plan.places[shocks.nodes])


def check_shocks(plan: CascadePlan, shocks: Shocks) -> None:
    """Refuse shocks that name no node of the plan, or one twice in the same shock."""
    entries = len(shocks.nodes)
    wanted = f"nodes 0 to {plan.nodes - 1}, each once a shock, losses 0 to 1"
    owner = np.repeat(np.arange(len(shocks.starts) - 1), np.diff(shocks.starts))
    sound = len(owner) == entries == len(shocks.down) == len(shocks.up)
    if sound and entries:
        sound = shocks.nodes.min() >= 0 and shocks.nodes.max() < plan.nodes
        sound = sound and len(np.unique(owner * plan.nodes + shocks.nodes)) == entries
        for losses in (shocks.down, shocks.up):
            sound = sound and bool(losses.min() >= 0 and losses.max() <= 1)
    if not sound:
        raise WrongShape(name="shocks", found=(entries,), wanted=wanted)


@numba.njit(nogil=True)
def _list_marked(mark: Marks, touched: Codes) -> int:
    """List the marked nodes by their number; return how many there are."""
    listed = 0
    for node in range(len(mark)):  # written always and kept where it is marked: no branch to guess
        touched[listed] = node
        listed += int(mark[node])
    return listed


@numba.njit(nogil=True)
def _list_in_order(mark: Marks, touched: Codes, count: int) -> None:
    """List many touched nodes anew by their number: memory is quicker in its own order."""
    if count * CROWDED >= len(mark):
        _list_marked(mark, touched)


@numba.njit(nogil=True)
def _push_down(plan: CascadePlan, state: CascadeState, prune: float) -> int:
    """Push the losses of every group that changed to those that its nodes give to."""
    down, mark, touched = state.down, state.down_mark, state.down_touched
    count, links = 0, 0
    for place in range(state.lengths[CHANGED]):
        group = state.changed[place]
        state.group_mark[group] = 0
        left = plan.totals[group] - state.group_loss[group]
        if left <= EMPTY * plan.totals[group]:
            left = 0.0  # nobody stands in
        node = int(state.group_first[group]) - 1
        while node >= 0:
            share = plan.node[node, SHARE]
            loss = down[node, LOSS] * (share / left if share < left else 1.0)
            more = loss - down[node, PUSHED]
            if more > prune:
                down[node, PUSHED] = loss
                first, second = plan.bounds[3 * node], plan.bounds[3 * node + 1]
                third, last = plan.bounds[3 * node + 2], plan.bounds[3 * node + 3]
                links += last - first
                for link in range(first, second):
                    target = plan.targets[link]
                    down[target, NEED] = max(down[target, NEED], plan.forward[link] * loss)
                    # Written always and kept only where it was not there: no branch to guess.
                    touched[count] = target
                    count += 1 - int(mark[target])
                    mark[target] = 1
                for link in range(second, third):
                    target, slot = plan.targets[link], plan.slots[link]
                    state.slot[slot] += plan.forward[link] * more
                    down[target, NEED] = max(down[target, NEED], state.slot[slot])
                    touched[count] = target
                    count += 1 - int(mark[target])
                    mark[target] = 1
                for link in range(third, last):
                    target = plan.targets[link]
                    down[target, SUM] += plan.forward[link] * more
                    touched[count] = target
                    count += 1 - int(mark[target])
                    mark[target] = 1
            node = int(state.group_next[node]) - 1
    _list_in_order(mark, touched, count)
    state.lengths[CHANGED] = 0
    state.lengths[LINKS] += links
    return count


@numba.njit(nogil=True)
def _push_up(plan: CascadePlan, state: CascadeState, prune: float) -> int:
    """Push the losses of the nodes that changed to those that give to them.

    What costs time is waiting for a node's links from memory: those of many nodes are asked for
    before the first is needed, by adding up a number of each, which nobody reads. Where many push,
    those that are touched are only marked, and listed once all have pushed.
    """
    up, sums, mark, touched = state.up, state.up_sum, state.up_mark, state.up_touched
    wide = state.lengths[FRONTIER] * WIDE > len(mark)
    starts, origins, backward = plan.starts, plan.origins, plan.backward
    count, links, asked = 0, 0, 0.0
    final = len(backward) - 1
    for begin in range(0, state.lengths[FRONTIER], AHEAD):
        end = min(begin + AHEAD, state.lengths[FRONTIER])
        if final >= 0:
            for place in range(begin, end):
                first = min(starts[state.frontier[place]], final)
                asked += backward[first] + origins[first]
        for place in range(begin, end):
            node = state.frontier[place]
            more = up[node, LOSS] - up[node, PUSHED]
            if more > prune:
                up[node, PUSHED] = up[node, LOSS]
                links += starts[node + 1] - starts[node]
                if wide:
                    for link in range(starts[node], starts[node + 1]):
                        sums[origins[link]] += backward[link] * more
                        mark[origins[link]] = 1
                else:
                    for link in range(starts[node], starts[node + 1]):
                        origin = origins[link]
                        sums[origin] += backward[link] * more
                        touched[count] = origin
                        count += 1 - int(mark[origin])
                        mark[origin] = 1
    state.asked[0] = asked
    if wide:
        count = _list_marked(mark, touched)
    else:
        _list_in_order(mark, touched, count)
    state.lengths[FRONTIER] = 0
    state.lengths[LINKS] += links
    return count


@numba.njit(nogil=True)
def _settle_down(plan: CascadePlan, state: CascadeState, touched: int) -> float:
    """Take over the losses of the touched nodes; return the largest growth of one."""
    down, most = state.down, 0.0
    for place in range(touched):
        node = state.down_touched[place]
        state.down_mark[node] = 0
        loss = min(plan.node[node, CEILING], max(down[node, NEED], down[node, SUM]))
        before = down[node, LOSS]
        if loss > before:
            most = max(most, loss - before)
            down[node, LOSS] = loss
            share, group = plan.node[node, SHARE], int(plan.node[node, GROUP])
            if before == 0.0:
                state.lost_down[state.lengths[LOST_DOWN]] = node
                state.lengths[LOST_DOWN] += 1
                if share > 0.0:  # who gives nothing inside passes nothing on
                    state.group_next[node] = state.group_first[group]
                    state.group_first[group] = node + 1
            if share > 0.0:
                state.group_loss[group] += share * (loss - before)
                state.changed[state.lengths[CHANGED]] = group
                state.lengths[CHANGED] += 1 - int(state.group_mark[group])
                state.group_mark[group] = 1
    return most


@numba.njit(nogil=True)
def _settle_up(state: CascadeState, touched: int) -> float:
    """Take over the losses of the touched nodes, against the links; return the largest growth."""
    up, mark, most = state.up, state.up_mark, 0.0
    changed, lost = state.lengths[FRONTIER], state.lengths[LOST_UP]
    for place in range(touched):
        node = state.up_touched[place]
        mark[node] = 0
        loss = min(1.0, state.up_sum[node])  # its own shock is among what it lost before
        before = up[node, LOSS]
        if loss > before:
            most = max(most, loss - before)
            up[node, LOSS] = loss
            state.frontier[changed] = node
            changed += 1
            if before == 0.0:
                state.lost_up[lost] = node
                lost += 1
    state.lengths[FRONTIER], state.lengths[LOST_UP] = changed, lost
    return most


@numba.njit(nogil=True)
def _add_up(state: CascadeState, values: Floats, losses: Floats) -> int:
    """Add up the weighted losses of one cascade; return how many nodes lost something.

    Afterwards what was lost against the links is zero again.

    What is lost in both directions counts once: where more is lost with the links, that is what
    comes on top. So the many nodes of one direction need not be looked up in the other.
    """
    on_top, with_links, against, waiting = 0.0, 0.0, 0.0, 0.0
    touched = int(state.lengths[LOST_UP])
    for place in range(state.lengths[LOST_DOWN]):
        node = state.lost_down[place]
        weight, loss, other = values[node, 0], state.down[node, LOSS], state.up[node, LOSS]
        with_links += weight * loss
        on_top += weight * max(loss - other, 0.0)
        touched += int(other == 0.0)
    for place in range(state.lengths[LOST_UP]):
        node = state.lost_up[place]
        loss = state.up[node, LOSS]
        against += values[node, 0] * loss
        waiting += values[node, 1] * (loss - state.up[node, PUSHED])
        # All zero again while it is at hand.
        state.up[node, LOSS], state.up[node, PUSHED], state.up_sum[node] = 0.0, 0.0, 0.0
    losses[TOTAL], losses[DOWN] = against + on_top, with_links
    losses[UP], losses[UNPUSHED] = against, waiting
    return touched


@numba.njit(nogil=True)
def _clear(plan: CascadePlan, state: CascadeState) -> None:
    """Make all zero again that the cascade wrote with the links, and nothing else."""
    down = state.down
    for place in range(state.lengths[LOST_DOWN]):
        node = state.lost_down[place]
        group = int(plan.node[node, GROUP])
        for column in range(4):
            down[node, column] = 0.0
        for slot in range(plan.slot_starts[node], plan.slot_starts[node + 1]):
            state.slot[slot] = 0.0
        state.group_loss[group] = 0.0
        state.group_first[group] = 0
        state.group_mark[group] = 0
    for place in range(len(state.lengths)):
        state.lengths[place] = 0


@numba.njit(cache=True, nogil=True)
def _spread_one(
    plan: CascadePlan,
    state: CascadeState,
    shocks: Shocks,
    shock: int,
    tolerance: float,
    prune: float,
    rounds: int,
    links: int,
) -> tuple[int, bool]:
    """Return the rounds of a cascade, and whether it ended; it stops when it pushed many links."""
    touched = 0
    for entry in range(shocks.starts[shock], shocks.starts[shock + 1]):
        node = shocks.nodes[entry]
        state.down[node, NEED] = min(shocks.down[entry], plan.node[node, CEILING])
        state.down_touched[touched] = node
        touched += 1
        if shocks.up[entry] > 0.0:
            state.up[node, LOSS] = shocks.up[entry]
            state.frontier[state.lengths[FRONTIER]] = node
            state.lost_up[state.lengths[LOST_UP]] = node
            state.lengths[FRONTIER] += 1
            state.lengths[LOST_UP] += 1
    _settle_down(plan, state, touched)
    done = 0
    while done < rounds:
        down = _push_down(plan, state, prune)
        up = _push_up(plan, state, prune)
        lost = max(_settle_down(plan, state, down), _settle_up(state, up))
        done += 1
        if lost <= tolerance:
            break
        if state.lengths[LINKS] > links:
            return done, done == rounds
    return done, True


@numba.njit(nogil=True)
def _enter(state: CascadeState, lane: int, shock: int, rounds: int) -> None:
    """Let a cascade go on in a lane from where it stands."""
    lanes: LaneState = state.lanes
    for place in range(state.lengths[LOST_DOWN]):
        node = state.lost_down[place]
        lanes.down[node, lane] = state.down[node, LOSS]
        lanes.told_down[node, lane] = state.down[node, PUSHED]
    for place in range(state.lengths[LOST_UP]):
        node = state.lost_up[place]
        lanes.up[node, lane] = state.up[node, LOSS]
    lanes.shocks[lane], lanes.rounds[lane] = shock, rounds
    lanes.links[lane] = state.lengths[LINKS]


@numba.njit(nogil=True)
def _go_on(
    plan: CascadePlan,
    lanes: LaneState,
    values: Floats,
    tolerance: float,
    rounds: int,
    losses: Floats,
    counts: Integers,
) -> None:
    """Go on with the lanes, one at least, until one of them has ended; those that have leave."""
    ended = False
    while not ended:
        go_one_round(plan, lanes)
        for lane in range(LANES):
            shock = lanes.shocks[lane]
            over = lanes.most[lane] <= tolerance or lanes.rounds[lane] >= rounds
            if shock != NOBODY and over:
                counts[shock, ROUNDS] = lanes.rounds[lane]
                counts[shock, PUSHED_LINKS] = lanes.links[lane]
                counts[shock, TOUCHED] = leave(plan, lanes, lane, values, losses[shock])
                ended = True


@numba.njit(
    numba.void(
        PLAN_TYPE, STATE_TYPE, SHOCKS_TYPE, numba.float64[:, ::1], numba.float64, numba.float64,
        numba.int64, numba.float64[:, ::1], numba.int64[:, ::1],
    ),
    cache=True, nogil=True,
)  # fmt: skip
def _spread_all(
    plan: CascadePlan,
    state: CascadeState,
    shocks: Shocks,
    values: Floats,
    tolerance: float,
    prune: float,
    rounds: int,
    losses: Floats,
    counts: Integers,
) -> None:
    """Push each shock; those that grow heavy go on side by side, unless little is to be pushed."""
    lanes = state.lanes
    links = ENDLESS if prune > 0.0 else int(HEAVY * (len(plan.targets) + len(plan.backward)))
    for shock in range(losses.shape[0]):
        done, ended = _spread_one(plan, state, shocks, shock, tolerance, prune, rounds, links)
        if ended:
            counts[shock, ROUNDS] = done
            counts[shock, PUSHED_LINKS] = state.lengths[LINKS]
        else:
            lane = find_lane(lanes)
            if lane == NOBODY:
                _go_on(plan, lanes, values, tolerance, rounds, losses, counts)
                lane = find_lane(lanes)
            _enter(state, lane, shock, done)
        counts[shock, TOUCHED] = _add_up(state, values, losses[shock])
        _clear(plan, state)
    while (lanes.shocks != NOBODY).any():
        _go_on(plan, lanes, values, tolerance, rounds, losses, counts)
