"""Which product goes into which, how much of it, and on which route? Rows become arrays.

A *route* takes one variant of every axis. A link with a variant belongs to the routes that take
it, any other link to all. Side by side the routes make one network: the node of product ``p`` on
route ``r`` is ``r × products + p``, so that one explosion answers for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product as combinations

import numpy as np

from fenglian.engine.chain.tables import Row
from fenglian.engine.kernels.explosion import (
    ExplosionPlan,
    Flags,
    Floats,
    Integers,
    plan_explosion,
)

ENDS = ("low", "working", "high")
Route = tuple[str, ...]  # one variant an axis, in the order of the axes


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The bill of materials as arrays, all routes side by side."""

    products: int
    routes: tuple[Route, ...]
    plan: ExplosionPlan  # over routes × products nodes
    link: Integers  # (stacked links,) which link of the bill of materials each one is
    parents: Integers  # (links,) product codes
    parts: Integers  # (links,)
    amounts: Floats  # (3, links) low, working, high in parts per parent; NaN where not known

    def weights(self, end: int) -> Floats:
        """Return (stacked links,) the amounts of one end, 0 where they are not known."""
        weights: Floats = np.nan_to_num(self.amounts[end])[self.link]
        return weights

    def unknown(self, end: int) -> Flags:
        """Return (stacked links,) whether the amount of one end is not known."""
        unknown: Flags = np.isnan(self.amounts[end])[self.link]
        return unknown


def build_routes(axes: Sequence[str], variants: Sequence[tuple[str, str]]) -> tuple[Route, ...]:
    """Return every combination of one variant an axis.

    Parameters
    ----------
    axes
        Ids, in the pack's order.
    variants
        (id, axis) of every variant.

    Returns
    -------
    tuple
        The routes, sorted within each axis; one empty route where there are no axes.

    Examples
    --------
    >>> build_routes(["a", "b"], [("x", "a"), ("y", "a"), ("z", "b")])
    (('x', 'z'), ('y', 'z'))
    """
    choices = [sorted(name for name, axis in variants if axis == wanted) for wanted in axes]
    return tuple(combinations(*choices))


def build_network(
    products: Sequence[str], links: Sequence[Row], routes: tuple[Route, ...]
) -> Network:
    """Build the stacked network of a bill of materials whose ids are all known."""
    code = {name: number for number, name in enumerate(products)}
    parents = np.array([code[row.text("parent_id")] for row in links], np.int64)
    parts = np.array([code[row.text("child_id")] for row in links], np.int64)
    used = [
        (number, at)
        for at, route in enumerate(routes)
        for number, row in enumerate(links)
        if row.text("variant_id") in ("", *route)
    ]
    link = np.array([number for number, _ in used], np.int64)
    shift = np.array([at for _, at in used], np.int64) * len(products)
    plan = plan_explosion(len(routes) * len(products), parents[link] + shift, parts[link] + shift)
    amounts = np.array([_ends(row) for row in links], np.float64).reshape(-1, 3).T
    return Network(len(products), routes, plan, link, parents, parts, np.ascontiguousarray(amounts))


def ends_of(row: Row, column: str) -> tuple[float | None, float | None, float | None]:
    """Return low, working and high of a cell; an end that is not given is the working value."""
    working = row.number(column)
    low, high = row.number(f"{column}_low"), row.number(f"{column}_high")
    return (working if low is None else low), working, (working if high is None else high)


def _ends(row: Row) -> tuple[float, float, float]:
    low, working, high = (np.nan if end is None else end for end in ends_of(row, "qty"))
    return low, working, high
