"""Who of the network could stand in for what fails to come, how much, and what would it save?"""

from dataclasses import dataclass

import numpy as np

from fenglian.engine.analysis.disruption import lost_outside, spread
from fenglian.engine.chain.drill import Drill, Rules, Substitute
from fenglian.engine.chain.drill_cases import HIGH, LOW, WORKING, Case, Desk, lay_out, run_case
from fenglian.engine.chain.intervals import UNKNOWN, Interval
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.executor import Executor, SerialExecutor, Watch
from fenglian.engine.kernels.inventory import NOTHING, History

ENDS = (LOW, WORKING, HIGH)
MOST = 20  # of those with room that are tried one by one
READY_DAY = 8  # of the drill: a week to agree, inspect and send


@dataclass(frozen=True, slots=True)
class StandIn:
    """One firm that makes what fails to come."""

    supplier: str
    product: str
    buyers: tuple[str, ...]  # whose usual suppliers fail
    room_yuan: Interval  # a day; unknown where nobody stated it
    saved_yuan: Interval  # of what is not delivered outside; unknown where the room is

    @property
    def stated(self) -> bool:
        """Whether its room is known."""
        return self.room_yuan.known


@dataclass(frozen=True, slots=True)
class StandIns:
    """All who could stand in."""

    rows: tuple[StandIn, ...]  # what saves most first; those whose room is not known last
    together_yuan: Interval  # saved by all whose room is known, together
    without: tuple[tuple[str, str], ...]  # (buyer, product) that nobody else who works could give
    ready_day: int


def stand_ins(
    network: SupplyNetwork,
    drill: Drill,
    rules: Rules | None = None,
    *,
    ready_day: int = READY_DAY,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> StandIns:
    """Return who could stand in, each tried alone and then all together.

    Parameters
    ----------
    network, drill, rules
        As for the drill itself. Substitutes of the drill count as used already.
    ready_day
        Day of the drill from which on they deliver.
    executor, watch
        As for the drill itself; one block a firm that is tried.

    Returns
    -------
    StandIns
        A saving below 0 is possible: who stands in uses up inputs that others need, too.

    Examples
    --------
    >>> from fenglian.engine.chain.drill import Free, Shock
    >>> from fenglian.engine.chain.intervals import exactly
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> chain = make_network(
    ...     ["a", "b", "tower"], ["s", "s", "t"], [("a", "tower", 365.0)], {("s", "t"): 2},
    ...     revenue=[365.0, 365.0, 730.0],
    ... )
    >>> drill = Drill((Shock("a", days=20),), free=(Free("b", exactly(365.0)),))
    >>> [row] = stand_ins(chain, drill).rows
    >>> row.supplier, row.buyers, row.room_yuan.working, round(row.saved_yuan.working, 6)
    ('b', ('tower',), 1.0, 26.0)
    """
    desk = lay_out(network, drill, rules or Rules())
    usual = [run_case(desk, Case(end)) for end in ENDS]
    short, out = _short(desk, usual[LOW]), _out(desk, usual[WORKING])
    found = [
        each for product in sorted(short) for each in _makers(desk, product, short[product], out)
    ]
    known = sorted((row for row in found if row.stated), key=_by_room)[:MOST]
    work = executor or SerialExecutor()
    blocks: list[tuple[StandIn, ...]] = [(row,) for row in known]
    if known:
        blocks.append(tuple(known))
    losses = [lost_outside(desk, run) for run in usual]
    saved = work.run(lambda rows: _saved(desk, rows, losses, ready_day), blocks, watch or Watch())
    rows = [
        StandIn(row.supplier, row.product, row.buyers, row.room_yuan, each)
        for row, each in zip(known, saved, strict=False)
    ]
    rows.sort(key=lambda row: (-(row.saved_yuan.working or 0.0), row.supplier, row.product))
    unknown = [row for row in found if not row.stated]
    offered = {(buyer, row.product) for row in found for buyer in row.buyers}
    needed = {(buyer, product) for product, buyers in short.items() for buyer in buyers}
    return StandIns(
        rows=(*rows, *unknown),
        together_yuan=saved[-1] if known else UNKNOWN,
        without=tuple(sorted(needed - offered)),
        ready_day=ready_day,
    )


def as_substitutes(rows: tuple[StandIn, ...], ready_day: int) -> tuple[Substitute, ...]:
    """Return the firms as substitutes of a drill."""
    return tuple(
        Substitute(buyer, row.product, row.supplier, ready_day)
        for row in rows
        for buyer in row.buyers
    )


def _short(desk: Desk, run: History) -> dict[str, tuple[str, ...]]:
    """Return who lacks what: felt inputs of which less came than was ordered, and firms held up.

    Only inputs whose maker was shocked, or that held somebody back, are looked for elsewhere.
    """
    shocked = {desk.network.place(shock.firm) for shock in desk.drill.shocks}
    found: dict[str, set[str]] = {}
    held = np.unique(run.held_by)
    for store in np.flatnonzero((run.short_day < desk.rules.days) & (desk.plan.effect > 0)):
        first, last = desk.plan.link_starts[store], desk.plan.link_starts[store + 1]
        hit = shocked & {int(origin) for origin in desk.plan.origins[first:last]}
        if int(desk.holders[store]) not in shocked and (hit or store in held):
            buyer = desk.network.firms[desk.holders[store]]
            found.setdefault(desk.product(int(store)), set()).add(buyer)
    return {product: tuple(sorted(buyers)) for product, buyers in found.items()}


def _out(desk: Desk, run: History) -> set[str]:
    """Return who is of no use to others: who is shocked, or stops for want of an input."""
    firms = desk.network.firms
    stopped = run.made < desk.rules.stopped_below * desk.plan.output
    held = np.flatnonzero((stopped & (run.held_by != NOTHING)).any(axis=0))
    return {shock.firm for shock in desk.drill.shocks} | {firms[place] for place in held}


def _makers(desk: Desk, product: str, buyers: tuple[str, ...], out: set[str]) -> list[StandIn]:
    """Return the other makers of a product; each stands in for the buyers other than itself."""
    network = desk.network
    if product not in network.sectors:
        return []
    rows = []
    for place in np.flatnonzero(network.sector == network.sectors.index(product)):
        firm = network.firms[place]
        own = tuple(buyer for buyer in buyers if buyer != firm)
        if firm not in out and own:
            rows.append(StandIn(firm, product, own, _room(desk, int(place)), UNKNOWN))
    return rows


def _room(desk: Desk, place: int) -> Interval:
    """Return in yuan a day what a firm can make more than it does."""
    stated = any(row.firm == desk.network.firms[place] for row in desk.drill.free)
    more = float(desk.plan.output[place]) * (desk.rules.overproduction - 1)
    if not stated and more <= 0:
        return UNKNOWN
    return Interval(*(float(free + more) * desk.rules.yuan for free in desk.free[:, place]))


def _by_room(row: StandIn) -> tuple[float, str, str]:
    return -(row.room_yuan.high or 0.0), row.supplier, row.product


def _saved(desk: Desk, rows: tuple[StandIn, ...], losses: list[float], ready_day: int) -> Interval:
    more = (*desk.drill.substitutes, *as_substitutes(rows, ready_day))
    after = [lost_outside(desk, run_case(desk, Case(end, substitutes=more))) for end in ENDS]
    return spread([before - left for before, left in zip(losses, after, strict=True)])
