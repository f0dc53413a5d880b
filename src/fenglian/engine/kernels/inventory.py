"""What does each node make day by day when some lose capacity, and stocks run down?

A day has four steps, for all nodes at once: what is asked of a node adds up; it makes what its
capacity, what is asked and its inputs in store allow; what it made is shared out among those who
asked; they order for the next day. What is sent on one day is used on the next at the earliest.

References
----------
Hallegatte, S. (2008): An adaptive regional input-output model and its application to the
assessment of the economic cost of Katrina. Risk Analysis 28(3), 779–799.
doi:10.1111/j.1539-6924.2008.01046.x
Hallegatte, S. (2014): Modeling the role of inventories and heterogeneity in the assessment of the
economic costs of natural disasters. Risk Analysis 34(1), 152–167. doi:10.1111/risa.12090
"""

from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np

from fenglian.engine.errors import WrongShape
from fenglian.engine.kernels.cascade_plan import NEEDED
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.kernels.inventory_plan import HELP, OUTSIDE, RANKS, STORE_TYPE, StorePlan

NOTHING = -1  # no store held the node back
ENOUGH = 1 - 1e-12  # rounding alone is no shortage


class Course(NamedTuple):
    """What is different in one run: stocks, capacities and what is lost when."""

    stock: Floats  # (stores,) days of normal use on top of the day in use
    capacity: Floats  # (nodes,) the most that it can make a day when nothing is lost
    nodes: Integers  # (losses,) who loses capacity
    parts: Floats  # (losses,) 0–1 of its capacity; several of one node add up
    starts: Integers  # (losses,) first day, from 0
    ends: Integers  # (losses,) first day on which it is there again
    days: int
    restock: float  # days over which a gap in a store is to be filled, at least 1


class Working(NamedTuple):
    """Memory of one run."""

    stock: Floats  # (stores,)
    order: Floats  # (stores,) for today, from all usual ones together
    extra: Floats  # (spares,) ordered from those who stand in
    asked: Floats  # (RANKS × nodes,) by rank: the first are served first
    given: Floats  # (RANKS × nodes,) share of it that is given
    left: Floats  # (nodes,) share of the capacity that is left today
    level: Floats  # (nodes,) what is to be made tomorrow, as far as known today, against normal


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What became of the nodes, day by day, and of their stores over all days."""

    made: Floats  # (days, nodes)
    outside: Floats  # (days, nodes) given to those outside the network
    held_by: Integers  # (days, nodes) store that held production back most; NOTHING where none did
    short_day: Integers  # (stores,) first day on which less came than was ordered; days: never
    start: Floats  # (stores,) stock
    received: Floats  # (stores,) over all days
    used: Floats  # (stores,) over all days
    end: Floats  # (stores,) stock
    lowest: float  # stock of any store on any day

    def imbalance(self) -> float:
        """Return the largest part of what a store took in that is neither used nor still there."""
        there = self.start + self.received
        off = np.abs(there - self.used - self.end)
        return float((off / np.where(there > 0, there, 1.0)).max(initial=0.0))


_floats, _counts = numba.float64[::1], numba.int64[::1]
_table = numba.float64[:, ::1]
_WORKING_TYPE = numba.types.NamedUniTuple(  # type: ignore[no-untyped-call]  # numba has no types
    _floats, len(Working._fields), Working
)
_COURSE_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]
    (_floats, _floats, _counts, _floats, _counts, _counts, numba.int64, numba.float64), Course
)


def run_stores(plan: StorePlan, course: Course) -> History:
    """Run a network of stores for some days.

    Parameters
    ----------
    plan
        Of the network.
    course
        What is different in this run.

    Returns
    -------
    History
        Amounts in the unit of the plan, a day. Without losses everything stays as it was.

    Raises
    ------
    WrongShape
        Where an array has the wrong length, a number is out of range or a node loses more than
        all of itself on one day.
    """
    check_course(plan, course)
    course = course._replace(days=int(course.days), restock=float(course.restock))
    stores, nodes, days = len(plan.use), len(plan.output), course.days
    start = plan.use * (course.stock + 1)
    working = Working(
        stock=start.copy(),
        order=plan.use.copy(),
        extra=np.zeros(len(plan.extra_origins)),
        asked=np.zeros(RANKS * nodes),
        given=np.zeros(RANKS * nodes),
        left=np.ones(nodes),
        level=np.zeros(nodes),
    )
    made, outside = np.zeros((days, nodes)), np.zeros((days, nodes))
    held_by = np.full((days, nodes), NOTHING, np.int64)
    short_day = np.full(stores, days, np.int64)
    received, used = np.zeros(stores), np.zeros(stores)
    lowest = _run(
        plan, course, working, made, outside, held_by, short_day, received, used
    )  # fmt: skip
    return History(
        made, outside, held_by, short_day, start, received, used, working.stock, float(lowest)
    )


def check_course(plan: StorePlan, course: Course) -> None:
    """Refuse a course that does not fit the plan."""
    for name, found, wanted in (
        ("stock", course.stock, len(plan.use)),
        ("capacity", course.capacity, len(plan.output)),
    ):
        sound = found.shape == (wanted,) and bool(np.isfinite(found).all() and (found >= 0).all())
        if not sound:
            raise WrongShape(name=name, found=found.shape, wanted=f"({wanted},), finite, from 0 on")
    if course.days < 1 or not course.restock >= 1:
        found_days = (course.days, course.restock)
        raise WrongShape(name="days, restock", found=found_days, wanted="from 1 on")
    count = len(course.nodes)
    sound = count == len(course.parts) == len(course.starts) == len(course.ends)
    if sound and count:
        sound = bool(course.nodes.min() >= 0 and course.nodes.max() < len(plan.output))
        sound = sound and bool(course.parts.min() >= 0)
        # The most is lost on a day on which some loss begins.
        for day in np.unique(course.starts) if sound else ():
            now = (course.starts <= day) & (day < course.ends)
            sound = sound and bool(
                np.bincount(course.nodes[now], course.parts[now]).max(initial=0.0) <= 1 + 1e-9
            )
    if not sound:
        wanted_losses = f"nodes 0 to {len(plan.output) - 1}, parts up to 1 a day"
        raise WrongShape(name="losses", found=(count,), wanted=wanted_losses)


@numba.njit(nogil=True)
def _take_capacity(course: Course, day: int, left: Floats) -> None:
    """Write down which share of each capacity is left on a day."""
    left[:] = 1.0
    for place in range(len(course.nodes)):
        if course.starts[place] <= day < course.ends[place]:
            node = course.nodes[place]
            left[node] = max(0.0, left[node] - course.parts[place])


@numba.njit(nogil=True)
def _first_orders(plan: StorePlan, working: Working) -> None:
    """Ask for a normal day."""
    for store in range(len(plan.use)):
        for link in range(plan.link_starts[store], plan.link_starts[store + 1]):
            working.asked[plan.places[link]] += plan.use[store] * plan.shares[link]


@numba.njit(nogil=True)
def _inputs_allow(plan: StorePlan, stock: Floats, node: int, wanted: float) -> tuple[float, int]:
    """Return the share of a wanted production that the inputs allow, and which store binds."""
    worst, added, by, most, added_by = 0.0, 0.0, NOTHING, 0.0, NOTHING
    for store in range(plan.store_starts[node], plan.store_starts[node + 1]):
        need = plan.use[store] * wanted
        if stock[store] >= need * ENOUGH or plan.effect[store] == 0:
            continue
        lost = plan.weight[store] * (1.0 - stock[store] / need)
        if plan.effect[store] == NEEDED:
            if lost > worst:
                worst, by = lost, store
        else:
            added += lost
            if lost > most:
                most, added_by = lost, store
    if added > worst:
        return max(0.0, 1.0 - added), added_by
    return max(0.0, 1.0 - worst), by


@numba.njit(nogil=True)
def _make(
    plan: StorePlan,
    course: Course,
    working: Working,
    made: Floats,
    held_by: Integers,
    used: Floats,
) -> float:
    """Let every node make what it can today, out of store; return the lowest stock that is left."""
    # Arrays are taken out of their records once: in the loops that would count references.
    asked, left, level, stock = working.asked, working.left, working.level, working.stock
    use, output, outside, starts = plan.use, plan.output, plan.outside, plan.store_starts
    nodes, lowest, capacity = len(output), np.inf, course.capacity
    for node in range(nodes):
        normal = output[node]
        if normal <= 0.0:
            continue
        asked[OUTSIDE * nodes + node] += outside[node]
        whole = 0.0
        for rank in range(RANKS):
            whole += asked[rank * nodes + node]
        level[node] = whole / normal  # with tomorrow's capacity it becomes the level
        wanted = min(capacity[node] * left[node], whole) / normal
        if wanted <= 0.0:
            continue
        short = False
        for store in range(starts[node], starts[node + 1]):
            short |= stock[store] < use[store] * wanted * ENOUGH
        if short:
            allowed, held_by[node] = _inputs_allow(plan, stock, node, wanted)
            wanted *= allowed
        made[node] = wanted * normal
        for store in range(starts[node], starts[node + 1]):
            taken = min(stock[store], use[store] * wanted)
            stock[store] -= taken
            used[store] += taken
            lowest = min(lowest, stock[store])
    return lowest


@numba.njit(nogil=True)
def _share_out(plan: StorePlan, working: Working, made: Floats, outside: Floats) -> None:
    """Say which share of each rank of orders is given, the first first; nothing is asked after."""
    asked, given, sales = working.asked, working.given, plan.outside
    nodes = len(made)
    for node in range(nodes):
        left = made[node]
        for rank in range(RANKS):
            wanted = asked[rank * nodes + node]
            part = 1.0 if left >= wanted else left / wanted
            given[rank * nodes + node] = part
            asked[rank * nodes + node] = 0.0
            left = max(0.0, left - wanted * part)
        outside[node] = sales[node] * given[OUTSIDE * nodes + node]


@numba.njit(nogil=True)
def _plan_tomorrow(plan: StorePlan, course: Course, working: Working) -> None:
    """Say what each node will make tomorrow if it is asked for as much as today."""
    level, left, output, capacity = working.level, working.left, plan.output, course.capacity
    for node in range(len(output)):
        if output[node] > 0.0:
            level[node] = min(capacity[node] * left[node] / output[node], level[node])


@numba.njit(nogil=True)
def _take_help(plan: StorePlan, working: Working, received: Floats) -> None:
    """Take in what those send who stand in."""
    nodes = len(plan.output)
    for store in range(len(plan.use)):
        for spare in range(plan.extra_starts[store], plan.extra_starts[store + 1]):
            sent = working.given[HELP * nodes + plan.extra_origins[spare]]
            working.stock[store] += working.extra[spare] * sent
            received[store] += working.extra[spare] * sent


@numba.njit(nogil=True)
def _ask_help(plan: StorePlan, working: Working, failed: Floats, tomorrow: int) -> None:
    """Ask those who stand in for the part of tomorrow's orders that failed to come today."""
    nodes = len(plan.output)
    for store in range(len(plan.use)):
        wanted = working.order[store] * failed[store]
        for spare in range(plan.extra_starts[store], plan.extra_starts[store + 1]):
            ready = plan.extra_days[spare] <= tomorrow
            working.extra[spare] = wanted * plan.extra_shares[spare] if ready else 0.0
            working.asked[HELP * nodes + plan.extra_origins[spare]] += working.extra[spare]


@numba.njit(nogil=True)
def _restock(
    plan: StorePlan,
    course: Course,
    working: Working,
    day: int,
    short_day: Integers,
    received: Floats,
    failed: Floats,
) -> None:
    """Take what comes into every store, and order for tomorrow: its use and a part of its gap."""
    asked, given, level = working.asked, working.given, working.level
    stock, order, wished = working.stock, working.order, course.stock
    use, starts, links, places, shares = (
        plan.use, plan.store_starts, plan.link_starts, plan.places, plan.shares,
    )  # fmt: skip
    share, helped = 1.0 / course.restock, len(failed) > 0
    for node in range(len(level)):
        for store in range(starts[node], starts[node + 1]):
            first, last = links[store], links[store + 1]
            came = 0.0
            for link in range(first, last):
                came += shares[link] * given[places[link]]
            if came < ENOUGH and order[store] > 0.0:
                short_day[store] = min(short_day[store], day)
            if helped:
                lacks = came < ENOUGH and order[store] > 0.0
                failed[store] = max(0.0, 1.0 - came) if lacks else 0.0
            there = stock[store] + came * order[store]
            received[store] += came * order[store]
            stock[store] = there
            gap = use[store] * (wished[store] + 1.0) - there
            wanted = max(0.0, use[store] * level[node] + gap * share)
            order[store] = wanted
            for link in range(first, last):
                asked[places[link]] += wanted * shares[link]


@numba.njit(
    numba.float64(
        STORE_TYPE, _COURSE_TYPE, _WORKING_TYPE, _table, _table, numba.int64[:, ::1], _counts,
        _floats, _floats,
    ),
    cache=True, nogil=True,
)  # fmt: skip
def _run(
    plan: StorePlan,
    course: Course,
    working: Working,
    made: Floats,
    outside: Floats,
    held_by: Integers,
    short_day: Integers,
    received: Floats,
    used: Floats,
) -> float:
    lowest = np.inf
    failed = np.zeros(len(plan.use) if len(plan.extra_origins) else 0)
    _take_capacity(course, 0, working.left)
    _first_orders(plan, working)
    for day in range(course.days):
        least = _make(plan, course, working, made[day], held_by[day], used)
        lowest = min(lowest, least)
        _share_out(plan, working, made[day], outside[day])
        _take_capacity(course, day + 1, working.left)
        _plan_tomorrow(plan, course, working)
        if len(failed):
            _take_help(plan, working, received)
        _restock(plan, course, working, day, short_day, received, failed)
        if len(failed):
            _ask_help(plan, working, failed, day + 1)
    return lowest
