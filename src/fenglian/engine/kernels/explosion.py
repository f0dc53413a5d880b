"""How much flows through each node of a network, for many final demands at once?

``q = d + B q``: what a node must give is what is asked of it at the end of the chain plus what the
nodes that it feeds draw from it. Without loops that is one pass in topological order; a loop is
solved by itself, after the Hawkins–Simon test.

References
----------
Hawkins, D., Simon, H. A. (1949): Note: some conditions of macroeconomic stability.
Econometrica 17, 245–248. doi:10.2307/1905526
Vazsonyi, A. (1954): The use of mathematics in production and inventory control.
Management Science 1, 70–85. doi:10.1287/mnsc.1.1.70 (requirements by explosion).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]  # scipy has no stubs
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]
from scipy.sparse.linalg import eigs, splu  # type: ignore[import-untyped]

from fenglian.engine.errors import BadCoefficient, UndampedLoop, WrongShape

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

DENSE = 600  # nodes in a loop up to which dense algebra is the quicker one

_floats1 = numba.types.Array(numba.float64, 1, "C", readonly=True)
_floats2 = numba.types.Array(numba.float64, 2, "C", readonly=True)
_integers1 = numba.types.Array(numba.int64, 1, "C", readonly=True)


@dataclass(frozen=True, slots=True, eq=False)
class ExplosionPlan:
    """The order in which a network is gone through; made once, used for any weights."""

    nodes: int
    order: Integers  # (nodes,) node at each place: a node comes after those that draw on it
    starts: Integers  # (nodes + 1,) where the links into the node at each place start
    origins: Integers  # (links,) node at the other end of each such link
    slots: Integers  # (links,) number of the link as the caller counts
    loops: tuple[tuple[int, int], ...]  # first and last place (exclusive) of each loop

    @property
    def links(self) -> int:
        """Number of links."""
        return len(self.slots)


def plan_explosion(nodes: int, origins: Integers, targets: Integers) -> ExplosionPlan:
    """Put the nodes of a network in the order in which they can be computed.

    Parameters
    ----------
    nodes
        Number of nodes.
    origins, targets
        (links,) codes from 0 to nodes - 1: the origin draws on the target.

    Returns
    -------
    ExplosionPlan
        With the strongly connected parts of more than one node, and self-links, as loops.

    Raises
    ------
    WrongShape
        Where both arrays differ in length or a code is out of range.

    Examples
    --------
    >>> plan = plan_explosion(3, np.array([0, 0, 1]), np.array([1, 2, 2]))
    >>> plan.order.tolist(), plan.loops
    ([0, 1, 2], ())
    """
    first, last = _codes(origins, nodes, "origins"), _codes(targets, nodes, "targets")
    if first.shape != last.shape:
        raise WrongShape(name="targets", found=last.shape, wanted=first.shape)
    order = _topological(nodes, first, last)
    loops: tuple[tuple[int, int], ...] = ()
    if len(order) < nodes:
        order, loops = _order_with_loops(nodes, first, last)
    place = np.empty(nodes, np.int64)
    place[order] = np.arange(nodes)
    slots = np.argsort(place[last], kind="stable").astype(np.int64)
    counts = np.bincount(place[last], minlength=nodes)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return ExplosionPlan(nodes, order, starts, np.ascontiguousarray(first[slots]), slots, loops)


def explode(
    plan: ExplosionPlan, weights: Floats, final: Floats, *, out: Floats | None = None
) -> Floats:
    """Solve q = d + B q for all columns of d at once.

    Parameters
    ----------
    plan
        Of the network.
    weights
        (links,) how much of its target one unit of a link's origin draws; not negative.
    final
        (nodes, cases), final demand.
    out
        (nodes, cases), C order, to write the answer to; saves asking for memory again.

    Returns
    -------
    numpy.ndarray
        (nodes, cases), what each node must give, in its own units.

    Raises
    ------
    BadCoefficient
        Where a weight is negative, infinite or no number.
    UndampedLoop
        Where a loop's spectral radius is 1 or more.
    WrongShape
        Where an array has the wrong shape.

    Notes
    -----
    O(links × cases) without loops. A result never falls when a weight or a demand rises, so low
    weights with low demand bound it from below, high ones from above.

    Examples
    --------
    >>> plan = plan_explosion(3, np.array([0, 0, 1]), np.array([1, 2, 2]))
    >>> explode(plan, np.array([2.0, 1.0, 3.0]), np.array([[10.0], [0.0], [0.0]])).ravel().tolist()
    [10.0, 20.0, 70.0]
    """
    drawn = _in_order(plan, weights)
    demand = np.ascontiguousarray(final, np.float64)
    if demand.ndim != 2 or demand.shape[0] != plan.nodes:
        raise WrongShape(name="final", found=demand.shape, wanted=(plan.nodes, "cases"))
    total = np.empty_like(demand) if out is None else out
    if total.shape != demand.shape or not total.flags.c_contiguous:
        raise WrongShape(name="out", found=total.shape, wanted=demand.shape)
    at = 0
    for first, last in plan.loops:
        _pull(plan.order, plan.starts, plan.origins, drawn, demand, total, at, first)
        _solve_loop(plan, drawn, demand, total, first, last)
        at = last
    _pull(plan.order, plan.starts, plan.origins, drawn, demand, total, at, plan.nodes)
    return total


def reach(plan: ExplosionPlan, passing: Flags, seeds: Flags) -> Flags:
    """Return which nodes can be reached from the seeds over links that let pass.

    Parameters
    ----------
    plan
        Of the network.
    passing
        (links,) whether a link lets pass.
    seeds
        (nodes,) where to start; they belong to the answer.

    Returns
    -------
    numpy.ndarray
        (nodes,) of bool.
    """
    open_links, reached = passing[plan.slots], seeds.copy()
    targets = np.repeat(plan.order, np.diff(plan.starts))
    while True:
        before = int(reached.sum())
        _spread(plan.origins, targets, open_links, reached)
        if int(reached.sum()) == before:
            return reached


def loop_radius(plan: ExplosionPlan, weights: Floats, loop: tuple[int, int]) -> float:
    """Return the spectral radius of a loop; below 1 it has one finite answer, not negative."""
    matrix = _loop_matrix(plan, _in_order(plan, weights), *loop)
    return _spectral_radius(matrix)


def _codes(codes: Integers, nodes: int, name: str) -> Integers:
    array = np.ascontiguousarray(codes, np.int64)
    if array.ndim != 1 or (array.size and not 0 <= array.min() <= array.max() < nodes):
        raise WrongShape(name=name, found=array.shape, wanted=f"(links,), 0 to {nodes - 1}")
    return array


def _in_order(plan: ExplosionPlan, weights: Floats) -> Floats:
    """Return the weights as the plan counts links, or say which one is none."""
    array = np.ascontiguousarray(weights, np.float64)
    if array.shape != (plan.links,):
        raise WrongShape(name="weights", found=array.shape, wanted=(plan.links,))
    # NaN fails both comparisons; the slow search runs only where one of them does.
    if array.size and not (array.min() >= 0 and array.max() < np.inf):
        bad = int(np.argmax(~(np.isfinite(array) & (array >= 0))))
        raise BadCoefficient(place=bad, value=float(array[bad]))
    return array.take(plan.slots, mode="clip")  # known to be in range; not checked again


def _topological(nodes: int, origins: Integers, targets: Integers) -> Integers:
    """Return the nodes in topological order, by Kahn; those in or behind a loop are left out."""
    by_origin = np.argsort(origins, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(origins, minlength=nodes))))
    waiting = np.bincount(targets, minlength=nodes).astype(np.int64)
    order = np.empty(nodes, np.int64)
    found = _kahn(starts.astype(np.int64), targets[by_origin], waiting, order)
    return order[:found]


def _order_with_loops(
    nodes: int, origins: Integers, targets: Integers
) -> tuple[Integers, tuple[tuple[int, int], ...]]:
    links = csr_array((np.ones(len(origins)), (origins, targets)), shape=(nodes, nodes))
    count, labels = connected_components(links, directed=True, connection="strong")
    part = labels.astype(np.int64)
    between = part[origins] != part[targets]
    parts = _topological(count, part[origins][between], part[targets][between])
    rank = np.empty(count, np.int64)
    rank[parts] = np.arange(count)
    order = np.argsort(rank[part], kind="stable").astype(np.int64)
    sizes = np.bincount(rank[part], minlength=count)
    looped = sizes > 1
    looped[rank[part[origins[origins == targets]]]] = True
    ends = np.cumsum(sizes)
    loops = tuple((int(ends[k] - sizes[k]), int(ends[k])) for k in np.flatnonzero(looped))
    return order, loops


def _solve_loop(
    plan: ExplosionPlan, drawn: Floats, demand: Floats, total: Floats, first: int, last: int
) -> None:
    """Solve the nodes of one loop together, with what flows in from before as their demand."""
    nodes = plan.order[first:last]
    matrix = _loop_matrix(plan, drawn, first, last)
    radius = _spectral_radius(matrix)
    if radius >= 1:
        raise UndampedLoop(nodes=tuple(int(node) for node in nodes), radius=radius)
    inside = np.zeros(plan.nodes, np.bool_)
    inside[nodes] = True
    begin, end = plan.starts[first], plan.starts[last]
    outer = np.where(inside[plan.origins[begin:end]], 0.0, drawn[begin:end])
    weights = drawn.copy()
    weights[begin:end] = outer
    # Links from inside weigh 0 here, so the rows they would read only need to be finite.
    total[nodes] = 0.0
    _pull(plan.order, plan.starts, plan.origins, weights, demand, total, first, last)
    size = last - first
    if size <= DENSE:
        total[nodes] = np.linalg.solve(np.eye(size) - matrix.toarray(), total[nodes])
    else:
        identity = csr_array((np.ones(size), (np.arange(size), np.arange(size))))
        total[nodes] = splu((identity - matrix).tocsc()).solve(total[nodes])


def _loop_matrix(plan: ExplosionPlan, drawn: Floats, first: int, last: int) -> csr_array:
    """Return (size, size): row draws from, column draws; what a loop takes of itself."""
    size = last - first
    local = np.full(plan.nodes, -1, np.int64)
    local[plan.order[first:last]] = np.arange(size)
    begin, end = plan.starts[first], plan.starts[last]
    column = local[plan.origins[begin:end]]
    row = np.repeat(np.arange(size), np.diff(plan.starts[first : last + 1]))
    within = column >= 0
    return csr_array((drawn[begin:end][within], (row[within], column[within])), shape=(size, size))


def _spectral_radius(matrix: csr_array) -> float:
    size = matrix.shape[0]
    if size <= DENSE:
        return float(np.abs(np.linalg.eigvals(matrix.toarray())).max())
    # The largest real eigenvalue of a matrix without negative entries is its spectral radius
    # (Perron–Frobenius); a fixed start keeps the answer the same from run to run.
    largest = eigs(matrix, k=1, which="LR", v0=np.ones(size), return_eigenvectors=False)
    return float(np.real(largest[0]))


@numba.njit(nogil=True, fastmath={"contract"}, inline="always")
def _add_row(
    node: int,
    origins: Integers,
    drawn: Floats,
    demand: Floats,
    total: Floats,
    link: int,
    end: int,
) -> None:
    """Add up one node's row: as many links at once as there are, up to four.

    What costs time is waiting for rows from memory; four are waited for together.
    """
    cases = demand.shape[1]
    if end - link >= 4:
        a, b, c, d = origins[link], origins[link + 1], origins[link + 2], origins[link + 3]
        u, v, w, x = drawn[link], drawn[link + 1], drawn[link + 2], drawn[link + 3]
        for case in range(cases):
            total[node, case] = (
                demand[node, case]
                + u * total[a, case]
                + v * total[b, case]
                + w * total[c, case]
                + x * total[d, case]
            )
        link += 4
    elif end - link >= 2:
        a, b = origins[link], origins[link + 1]
        u, v = drawn[link], drawn[link + 1]
        for case in range(cases):
            total[node, case] = demand[node, case] + u * total[a, case] + v * total[b, case]
        link += 2
    else:
        for case in range(cases):
            total[node, case] = demand[node, case]
    while link + 1 < end:
        a, b = origins[link], origins[link + 1]
        u, v = drawn[link], drawn[link + 1]
        for case in range(cases):
            total[node, case] += u * total[a, case] + v * total[b, case]
        link += 2
    if link < end:
        a, u = origins[link], drawn[link]
        for case in range(cases):
            total[node, case] += u * total[a, case]


@numba.njit(
    numba.void(
        _integers1, _integers1, _integers1, _floats1, _floats2, numba.float64[:, ::1],
        numba.int64, numba.int64,
    ),
    cache=True, nogil=True, fastmath={"contract"},
)  # fmt: skip
def _pull(
    order: Integers,
    starts: Integers,
    origins: Integers,
    drawn: Floats,
    demand: Floats,
    total: Floats,
    first: int,
    last: int,
) -> None:
    if demand.shape[1] == 1:  # a sum in a register is three times as fast as one in memory
        for place in range(first, last):
            amount = demand[order[place], 0]
            for link in range(starts[place], starts[place + 1]):
                amount += drawn[link] * total[origins[link], 0]
            total[order[place], 0] = amount
        return
    for place in range(first, last):
        _add_row(order[place], origins, drawn, demand, total, starts[place], starts[place + 1])


@numba.njit(
    numba.int64(_integers1, _integers1, numba.int64[::1], numba.int64[::1]), cache=True, nogil=True
)
def _kahn(starts: Integers, targets: Integers, waiting: Integers, order: Integers) -> int:
    found = 0
    for node in range(waiting.shape[0]):
        if waiting[node] == 0:
            order[found] = node
            found += 1
    done = 0
    while done < found:
        node = order[done]
        done += 1
        for link in range(starts[node], starts[node + 1]):
            target = targets[link]
            waiting[target] -= 1
            if waiting[target] == 0:
                order[found] = target
                found += 1
    return found


@numba.njit(
    numba.void(
        _integers1, _integers1, numba.types.Array(numba.bool_, 1, "C", readonly=True),
        numba.bool_[::1],
    ),
    cache=True, nogil=True,
)  # fmt: skip
def _spread(origins: Integers, targets: Integers, open_links: Flags, reached: Flags) -> None:
    for link in range(origins.shape[0]):
        if open_links[link] and reached[origins[link]]:
            reached[targets[link]] = True
