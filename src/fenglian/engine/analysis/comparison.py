"""What would a change do? Coverage and throughput as they are, and as they would be.

Nothing is approximated: the chain is changed as was imagined, and the same questions are asked.
"""

import math
from dataclasses import dataclass

from fenglian.engine.analysis.coverage import Coverage, Coverages, coverage
from fenglian.engine.analysis.throughput import Throughputs, throughput
from fenglian.engine.chain.changes import Changes, change_chain
from fenglian.engine.chain.model import Chain
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

ONE_BY_ONE = Label(
    "两边用同样的算法、同样的数据，只差假设的变化。",
    "Both sides use the same formulas and data; only what was imagined differs.",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One product whose coverage a change moves."""

    product: str
    before: Coverage | None  # None: not needed
    after: Coverage | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The chain as it is beside the chain as it would be."""

    changes: Changes
    before: Throughputs
    after: Throughputs
    covers_before: Coverages
    covers_after: Coverages
    rows: tuple[Difference, ...]  # by product; only those that differ
    cost: float | None  # of all plants, in the chain's currency; None where one is not known
    assumptions: tuple[Label, ...]
    data_class: DataClass

    @property
    def gained(self) -> float | None:
        """Final products a year more that known capacities leave room for; None: not known."""
        before, after = self.before.alone.room.working, self.after.alone.room.working
        return None if before is None or after is None else after - before

    @property
    def cost_of_one(self) -> float | None:
        """Cost over what is gained; None where nothing is, or one of them is not known."""
        if self.cost is None or not self.gained or self.gained < 0:
            return None
        return self.cost / self.gained


def compare(chain: Chain, changes: Changes, before: Throughputs | None = None) -> Comparison:
    """Return coverage, throughput and ladder as they are and as they would be.

    Parameters
    ----------
    chain
        As it is.
    changes
        What is imagined.
    before
        The throughput of the chain where it was asked for already.

    Raises
    ------
    ChainError
        As ``change_chain`` says.
    """
    imagined = change_chain(chain, changes)
    now, then = coverage(chain), coverage(imagined)
    was = {row.product: row for row in now.rows}
    will = {row.product: row for row in then.rows}
    differing = [
        Difference(product, was.get(product), will.get(product))
        for product in sorted({*was, *will})
        if _differ(was.get(product), will.get(product))
    ]
    return Comparison(
        changes=changes,
        before=before or throughput(chain),
        after=throughput(imagined),
        covers_before=now,
        covers_after=then,
        rows=tuple(differing),
        cost=_cost(changes),
        assumptions=(*then.assumptions, ONE_BY_ONE),
        data_class=imagined.data_class,
    )


def _differ(one: Coverage | None, other: Coverage | None) -> bool:
    if one is None or other is None:
        return one is not other
    if one.status is not other.status:
        return True
    pairs = zip(one.ratio.ends(), other.ratio.ends(), strict=True)
    return any(not _same(a, b) for a, b in pairs)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)  # sums of the same numbers in another order


def _cost(changes: Changes) -> float | None:
    costs = [plant.cost for plant in changes.plants]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known and len(known) == len(costs) else None
