"""How is a trading network laid out as stores: of which kind does who keep what, and from whom?

A store holds what one node takes of one kind, and is felt in one way: *needed*, of which a lack
stops its part of the production, or *added*, which counts by its part of all that the node takes.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED, NOT_FELT
from fenglian.engine.kernels.explosion import Floats, Integers

Codes: TypeAlias = NDArray[np.uint32]
EFFECTS = (NOT_FELT, ADDED, NEEDED)
FIRST, INSIDE, OUTSIDE, HELP = range(4)  # ranks: who is served before whom
RANKS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Trade:
    """Who takes how much a day from whom; the same pair may stand there several times."""

    origins: Integers  # (links,)
    targets: Integers  # (links,)
    amounts: Floats  # (links,) a day, above 0
    effects: Integers  # (links,) NOT_FELT, ADDED or NEEDED
    kinds: Integers  # (nodes,) what a node gives, from 0
    output: Floats  # (nodes,) all that it makes a day; at least what it gives inside
    taken: Floats  # (nodes,) all that it takes a day, inside and outside; at least inside
    rank: Integers  # (links,) FIRST, INSIDE or OUTSIDE; those outside are of rank OUTSIDE


@dataclass(frozen=True, slots=True, eq=False)
class Spares:
    """Who stands in where the usual ones fall short; served last, after their own customers."""

    targets: Integers  # (spares,) who takes it
    kinds: Integers  # (spares,) what; all stores of that kind
    origins: Integers  # (spares,) who gives it
    parts: Floats  # (spares,) of what fails to come; divided by their sum within a store
    days: Integers  # (spares,) first day, from 0


class StorePlan(NamedTuple):
    """Stores by the node that keeps them, and their links side by side."""

    store_starts: Integers  # (nodes + 1,) stores of each node
    link_starts: Integers  # (stores + 1,) links of each store
    origins: Codes  # (links,)
    places: Codes  # (links,) rank × nodes + origin: where the origin's orders of that rank add up
    shares: Floats  # (links,) of the store's use; they add up to 1
    extra_starts: Integers  # (stores + 1,) spares of each store
    extra_origins: Codes  # (spares,)
    extra_shares: Floats  # (spares,) of what fails to come
    extra_days: Integers  # (spares,)
    use: Floats  # (stores,) a normal day's
    weight: Floats  # (stores,) share of production that is lost when it is empty
    effect: Codes  # (stores,) NOT_FELT, ADDED or NEEDED
    kind: Integers  # (stores,)
    output: Floats  # (nodes,) a normal day's
    outside: Floats  # (nodes,) of that, what those outside take


_floats, _counts, _codes = numba.float64[::1], numba.int64[::1], numba.uint32[::1]
STORE_TYPE = numba.types.NamedTuple(  # type: ignore[no-untyped-call]  # numba has no types
    (
        _counts, _counts, _codes, _codes, _floats, _counts, _codes, _floats, _counts, _floats,
        _floats, _codes, _counts, _floats, _floats,
    ),
    StorePlan,
)  # fmt: skip


def plan_stores(trade: Trade, spares: Spares | None = None) -> StorePlan:
    """Lay a trading network out as stores.

    Parameters
    ----------
    trade
        Of a normal day.
    spares
        Who stands in; nobody where it is missing.

    Returns
    -------
    StorePlan
        Of arrays in C order that nobody may change.

    Raises
    ------
    BadCoefficient
        Where an amount is not above 0 and finite.
    WrongShape
        Where an array has the wrong length or a code is out of range, or where a spare stands for
        a kind that its target does not take.

    Notes
    -----
    O(links × log links). What a target takes from outside the network is there whatever happens:
    a needed store has the weight ``taken inside / taken``, an added one ``use / taken``.
    """
    check_trade(trade)
    nodes, width = len(trade.output), int(trade.kinds.max(initial=0)) + 1
    inside = np.bincount(trade.origins, trade.amounts, minlength=nodes)
    inward = np.bincount(trade.targets, trade.amounts, minlength=nodes)
    taken = np.maximum(trade.taken, inward)
    output = np.maximum(trade.output, inside)
    kind = trade.kinds[trade.origins]
    key = (trade.targets * width + kind) * len(EFFECTS) + trade.effects
    stores, store = np.unique(key, return_inverse=True)
    order = np.lexsort((trade.origins, store))
    use = np.bincount(store, trade.amounts, minlength=len(stores)).astype(np.float64)
    effect, holder = stores % len(EFFECTS), stores // len(EFFECTS) // width
    of_kind = (stores // len(EFFECTS) % width).astype(np.int64)
    weight = np.where(effect == NEEDED, inward[holder], use) / taken[holder]
    extra = _place_spares(spares, holder.astype(np.int64), of_kind, nodes)
    return StorePlan(
        store_starts=_starts(holder, nodes),
        link_starts=_starts(store, len(stores)),
        origins=trade.origins[order].astype(np.uint32),
        places=(trade.rank * nodes + trade.origins)[order].astype(np.uint32),
        shares=(trade.amounts / use[store])[order],
        extra_starts=extra[0],
        extra_origins=extra[1],
        extra_shares=extra[2],
        extra_days=extra[3],
        use=use,
        weight=weight,
        effect=effect.astype(np.uint32),
        kind=of_kind,
        output=output,
        # Rounding of a sum is not a sale.
        outside=np.where(output > inside * (1 + 1e-12), output - inside, 0.0),
    )


def _place_spares(
    spares: Spares | None, holder: Integers, of_kind: Integers, nodes: int
) -> tuple[Integers, Codes, Floats, Integers]:
    """Return starts, origins, shares and days of the spares, store by store."""
    if spares is None or not len(spares.origins):
        none = np.zeros(0, np.int64)
        starts = np.zeros(len(holder) + 1, np.int64)
        return starts, none.astype(np.uint32), np.zeros(0), none
    rows: list[tuple[int, int]] = []
    for at in range(len(spares.origins)):
        found = np.flatnonzero((holder == spares.targets[at]) & (of_kind == spares.kinds[at]))
        if not len(found) or not 0 <= spares.origins[at] < nodes or not spares.parts[at] > 0:
            pair = (int(spares.targets[at]), int(spares.kinds[at]))
            raise WrongShape(
                name="spares", found=pair, wanted="a node, a kind it takes, a part > 0"
            )
        rows.extend((int(store), at) for store in found)
    store, at_ = np.array(sorted(rows), np.int64).T
    parts = spares.parts[at_]
    whole = np.bincount(store, parts, minlength=len(holder))[store]
    return (
        _starts(store, len(holder)),
        spares.origins[at_].astype(np.uint32),
        parts / whole,
        spares.days[at_].astype(np.int64),
    )


def _starts(keys: Integers, size: int) -> Integers:
    counts = np.bincount(keys, minlength=size)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def check_trade(trade: Trade) -> None:
    """Refuse a trade whose arrays do not fit each other."""
    links, nodes = len(trade.amounts), len(trade.output)
    for name, codes, size, end in (
        ("origins", trade.origins, links, nodes),
        ("targets", trade.targets, links, nodes),
        ("effects", trade.effects, links, len(EFFECTS)),
        ("rank", trade.rank, links, HELP),
        ("kinds", trade.kinds, nodes, 2**31),
    ):
        if codes.shape != (size,) or (size and not 0 <= codes.min() <= codes.max() < end):
            raise WrongShape(name=name, found=codes.shape, wanted=f"({size},), 0 to {end - 1}")
    for name, numbers, size in (
        ("taken", trade.taken, nodes),
        ("output", trade.output, nodes),
    ):
        if numbers.shape != (size,) or not np.isfinite(numbers).all():
            raise WrongShape(name=name, found=numbers.shape, wanted=f"({size},), finite")
    good = np.isfinite(trade.amounts) & (trade.amounts > 0)
    if not good.all():
        bad = int(np.argmin(good))
        raise BadCoefficient(place=bad, value=float(trade.amounts[bad]))
