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
    order: Floats  # (links,)
    extra: Floats  # (spares,) ordered from those who stand in
    asked: Floats  # (nodes, RANKS) the first are served first
    given: Floats  # (nodes, RANKS) share of it that is given
    left: Floats  # (nodes,) share of the capacity that is left today
    made: Floats  # (nodes,) today
    failed: Floats  # (stores,) share of today's orders to the usual ones that did not come


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
    lowest: Floats  # (stores,) after a day's use

    def imbalance(self) -> float:
        """Return the largest part of what a store took in that is neither used nor still there."""
        there = self.start + self.received
        off = np.abs(there - self.used - self.end)
        return float((off / np.where(there > 0, there, 1.0)).max(initial=0.0))


_floats, _counts = numba.float64[::1], numba.int64[::1]
_table = numba.float64[:, ::1]
_WORKING_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]  # numba has no types
    (_floats, _floats, _floats, _table, _table, _floats, _floats, _floats), Working
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
        order=plan.shares * np.repeat(plan.use, np.diff(plan.link_starts)),
        extra=np.zeros(len(plan.extra_origins)),
        asked=np.zeros((nodes, RANKS)),
        given=np.zeros((nodes, RANKS)),
        left=np.ones(nodes),
        made=np.zeros(nodes),
        failed=np.zeros(stores),
    )
    history = History(
        made=np.zeros((days, nodes)),
        outside=np.zeros((days, nodes)),
        held_by=np.full((days, nodes), NOTHING, np.int64),
        short_day=np.full(stores, days, np.int64),
        start=start,
        received=np.zeros(stores),
        used=np.zeros(stores),
        end=working.stock,
        lowest=start.copy(),
    )
    _run(
        plan, course, working, history.made, history.outside, history.held_by,
        history.short_day, history.received, history.used, history.lowest,
    )  # fmt: skip
    return history


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
def _add_orders(plan: StorePlan, working: Working) -> None:
    """Add up what is asked of every node: from inside, from outside, by those it helps."""
    asked = working.asked
    asked[:, :] = 0.0
    for node in range(len(plan.output)):
        asked[node, OUTSIDE] = plan.outside[node]
    for link in range(len(plan.origins)):
        asked[plan.origins[link], plan.rank[link]] += working.order[link]
    for spare in range(len(plan.extra_origins)):
        asked[plan.extra_origins[spare], HELP] += working.extra[spare]


@numba.njit(nogil=True)
def _inputs_allow(plan: StorePlan, stock: Floats, node: int, wanted: float) -> tuple[float, int]:
    """Return the share of a wanted production that the inputs allow, and which store binds."""
    worst, added, by, most, added_by = 0.0, 0.0, NOTHING, 0.0, NOTHING
    for store in range(plan.store_starts[node], plan.store_starts[node + 1]):
        need = plan.use[store] * wanted
        if plan.effect[store] == 0 or stock[store] >= need * ENOUGH:
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
    held_by: Integers,
    used: Floats,
    lowest: Floats,
) -> None:
    """Let every node make what it can today, and take its inputs out of store."""
    for node in range(len(plan.output)):
        working.made[node] = 0.0
        normal = plan.output[node]
        if normal <= 0.0:
            continue
        asked = working.asked[node].sum()
        wanted = min(course.capacity[node] * working.left[node], asked) / normal
        if wanted > 0.0:
            allowed, held_by[node] = _inputs_allow(plan, working.stock, node, wanted)
            level = wanted * allowed
            working.made[node] = level * normal
            for store in range(plan.store_starts[node], plan.store_starts[node + 1]):
                taken = min(working.stock[store], plan.use[store] * level)
                working.stock[store] -= taken
                used[store] += taken
        for store in range(plan.store_starts[node], plan.store_starts[node + 1]):
            lowest[store] = min(lowest[store], working.stock[store])


@numba.njit(nogil=True)
def _share_out(plan: StorePlan, working: Working, outside: Floats) -> None:
    """Say which share of each rank of orders is given: the first first, help to others last."""
    for node in range(len(plan.output)):
        left = working.made[node]
        for rank in range(RANKS):
            asked = working.asked[node, rank]
            given = 1.0 if left >= asked else left / asked
            working.given[node, rank] = given
            left = max(0.0, left - asked * given)
        outside[node] = plan.outside[node] * working.given[node, OUTSIDE]


@numba.njit(nogil=True)
def _receive(
    plan: StorePlan, working: Working, day: int, short_day: Integers, received: Floats
) -> None:
    """Send what was made into the stores; keep which share of each store's order failed to come."""
    for store in range(len(plan.use)):
        first, last = plan.link_starts[store], plan.link_starts[store + 1]
        ordered, came = 0.0, 0.0
        for link in range(first, last):
            ordered += working.order[link]
            came += working.order[link] * working.given[plan.origins[link], plan.rank[link]]
        working.failed[store] = 0.0
        if came < ordered * ENOUGH:
            working.failed[store] = 1.0 - came / ordered
            short_day[store] = min(short_day[store], day)
        for spare in range(plan.extra_starts[store], plan.extra_starts[store + 1]):
            came += working.extra[spare] * working.given[plan.extra_origins[spare], HELP]
        working.stock[store] += came
        received[store] += came


@numba.njit(nogil=True)
def _order(plan: StorePlan, course: Course, working: Working, tomorrow: int) -> None:
    """Order for tomorrow: what it is to make, and a part of what the store lacks."""
    for node in range(len(plan.output)):
        asked = working.asked[node].sum()
        level = 0.0
        if plan.output[node] > 0.0:
            level = min(course.capacity[node] * working.left[node], asked) / plan.output[node]
        for store in range(plan.store_starts[node], plan.store_starts[node + 1]):
            use = plan.use[store]
            gap = use * (course.stock[store] + 1.0) - working.stock[store]
            wanted = max(0.0, use * level + gap / course.restock)
            for link in range(plan.link_starts[store], plan.link_starts[store + 1]):
                working.order[link] = wanted * plan.shares[link]
            for spare in range(plan.extra_starts[store], plan.extra_starts[store + 1]):
                ready = plan.extra_days[spare] <= tomorrow
                part = working.failed[store] * plan.extra_shares[spare]
                working.extra[spare] = wanted * part if ready else 0.0


@numba.njit(
    numba.void(
        STORE_TYPE, _COURSE_TYPE, _WORKING_TYPE, _table, _table, numba.int64[:, ::1], _counts,
        _floats, _floats, _floats,
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
    lowest: Floats,
) -> None:
    _take_capacity(course, 0, working.left)
    for day in range(course.days):
        _add_orders(plan, working)
        _make(plan, course, working, held_by[day], used, lowest)
        made[day, :] = working.made
        _share_out(plan, working, outside[day])
        _receive(plan, working, day, short_day, received)
        _take_capacity(course, day + 1, working.left)
        _order(plan, course, working, day + 1)
