"""How far does each limit of a chain reach? What is known, and two ways to take what is not.

A capacity that was not found is neither 0 nor without limit. So every question is asked twice:
as a *floor*, where only what is known is there, and as *room*, where only what is known limits.
The truth lies between both, whatever the unknown ones are.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.supply import ChainSupply, Mix, chain_supply
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.kernels.throughput import Throughput

LOW, WORKING, HIGH = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Limits:
    """What sets a limit: capacities of the region, and what can be bought, in product units."""

    capacity: Mapping[int, Interval]  # product code → a year; a product without an entry: unknown
    unlimited: frozenset[int]  # products that set no limit in the region, by an assumption
    bought: Mapping[int, Interval]  # product code → a year, at most; no entry: none
    freely: frozenset[int]  # products of which any amount can be bought


class Programmes:
    """The programmes of one chain, one an end and mix, made when first asked."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self._made: dict[tuple[int, Mix], tuple[ChainSupply, Throughput]] = {}

    def at(self, end: int, mix: Mix) -> tuple[ChainSupply, Throughput]:
        """Return the network with the amounts per unit of an end, and its programme."""
        if (end, mix) not in self._made:
            network = chain_supply(self.chain, end, mix)
            self._made[end, mix] = network, Throughput(network.supply)
        return self._made[end, mix]

    def total(self, limits: Limits, mix: Mix) -> tuple[Interval, Interval]:
        """Return what can be made, and what the known limits leave room for.

        Returns
        -------
        tuple
            Final products a year. Of the first the low end is a floor, the high end room, and
            the working value is given where both agree. An end is None where nothing known
            bounds it.
        """
        low, working, high = (self.room(end, limits, mix) for end in (LOW, WORKING, HIGH))
        floors = [self.floor(end, limits, mix) for end in (LOW, WORKING)]
        agreed = math.isfinite(working) and math.isclose(floors[1], working, rel_tol=1e-9)
        total = Interval(
            floors[0] if floors[0] > 0 or low == 0 else None,
            working if agreed else None,
            _finite(high),
        )
        return total, Interval(_finite(low), _finite(working), _finite(high))

    def room(self, end: int, limits: Limits, mix: Mix) -> float:
        """Return the total where what is not known sets no limit."""
        _, programme = self.set(end, limits, mix, floor=False)
        return rounded(programme.solve())

    def floor(self, end: int, limits: Limits, mix: Mix) -> float:
        """Return the total where what is not known is not there."""
        _, programme = self.set(end, limits, mix, floor=True)
        return rounded(programme.solve())

    def set(
        self, end: int, limits: Limits, mix: Mix, *, floor: bool
    ) -> tuple[ChainSupply, Throughput]:
        """Set all limits of one end; low capacities go with high amounts per unit."""
        network, programme = self.at(HIGH - end, mix)
        halls = np.arange(2 * network.products)
        rooms = hall_rooms(network, limits, end, floor=floor)
        blocks, capacity = _open_blocks(network, limits, floor=floor)
        programme.limit(blocks, capacity, halls, rooms)
        return network, programme


def hall_rooms(network: ChainSupply, limits: Limits, end: int, *, floor: bool) -> Floats:
    """Return (2 × products,) what each hall can take at one end."""
    unknown = 0.0 if floor else math.inf
    rooms = np.full(2 * network.products, unknown)
    rooms[network.products :] = 0.0
    for code, amount in limits.capacity.items():
        rooms[network.hall(code)] = amount_at(amount, end, floor=floor)
    for code, amount in limits.bought.items():
        rooms[network.hall(code, bought=True)] = amount_at(amount, end, floor=floor)
    rooms[[network.hall(code) for code in limits.unlimited]] = math.inf
    rooms[[network.hall(code, bought=True) for code in limits.freely]] = math.inf
    return rooms


def amount_at(amount: Interval, end: int, *, floor: bool) -> float:
    """Return one end; what is not known is what is known of it at least, or without limit."""
    found = amount.ends()[end]
    if found is not None:
        return found
    return (amount.low or 0.0) if floor else math.inf


def _open_blocks(network: ChainSupply, limits: Limits, *, floor: bool) -> tuple[Integers, Floats]:
    """Return the blocks that take an unknown amount, and what they may run.

    In a floor they stand still, unless any amount of the part can be had.
    """
    endless = limits.freely | limits.unlimited
    still = [0.0 if floor and not parts <= endless else math.inf for parts in network.open_parts]
    return network.open_blocks, np.array(still, np.float64)


def rounded(number: float) -> float:
    """Return twelve figures of a solver's answer, so that equal cases have equal answers.

    Examples
    --------
    >>> rounded(1781.2500000000002)
    1781.25
    """
    return float(f"{number:.12g}")


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
