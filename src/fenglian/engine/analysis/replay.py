"""What was known of the chain on one day, beside what is known on another?

Both sides are asked the same questions of the same demand; only what was known differs. What was
not known then is unknown, never 0: a product whose maker was found later did not come out of
nothing, it was found.
"""

from dataclasses import dataclass
from datetime import date

from fenglian.engine.analysis.coverage import Coverage, Coverages, Status, coverage
from fenglian.engine.analysis.throughput import Throughputs, throughput
from fenglian.engine.chain.faults import DaysNotInOrder
from fenglian.engine.chain.known import EARLIEST_SOURCE, pack_known_by
from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import Pack
from fenglian.engine.chain.stated import StatedCapacity
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label

SAME_DEMAND = Label(
    "两边用同一个需求情景，差别只在已知的供给。",
    "Both sides have the same demand; only the supply that is known differs.",
)


@dataclass(frozen=True, slots=True)
class Side:
    """The chain as it was known on a day."""

    day: date
    chain: Chain
    covers: Coverages
    limits: Throughputs

    @property
    def makers(self) -> frozenset[str]:
        """Ids of those known to make something in the region."""
        return frozenset(name for row in self.covers.rows for name in row.makers)

    @property
    def bottlenecks(self) -> tuple[str, ...]:
        """Products that limit what can be built, by what is known; the first one first."""
        rows = [row for row in self.limits.rows if row.step is not None]
        return tuple(row.product for row in sorted(rows, key=lambda row: row.step or 0))

    def count(self, *status: Status) -> int:
        """Return how many products have one of the states."""
        return sum(row.status in status for row in self.covers.rows)

    @property
    def sized(self) -> int:
        """Products of which at least one capacity is known."""
        return sum(row.capacity.known for row in self.covers.rows)


@dataclass(frozen=True, slots=True)
class Node:
    """One product on both days."""

    product: str
    then: Coverage
    now: Coverage
    found: tuple[str, ...]  # makers known now and not then
    gone: tuple[str, ...]  # makers known then and not now

    @property
    def differs(self) -> bool:
        """Whether anything known of it differs."""
        same = (self.then.status, self.then.capacity, self.then.makers, self.then.pipeline)
        return same != (self.now.status, self.now.capacity, self.now.makers, self.now.pipeline)


@dataclass(frozen=True, slots=True)
class Replay:
    """The chain of one day beside that of another."""

    then: Side
    now: Side
    rows: tuple[Node, ...]  # by product, of all that the scenario needs
    assumptions: tuple[Label, ...]
    data_class: DataClass

    @property
    def differing(self) -> tuple[Node, ...]:
        """The products of which something else is known now."""
        return tuple(row for row in self.rows if row.differs)


def replay(
    pack: Pack,
    then: date,
    now: date | None,
    *,
    today: date,
    scenario: str | None = None,
    year: int | None = None,
    stated: tuple[StatedCapacity, ...] = (),
) -> Replay:
    """Return the chain as it was known on two days.

    Parameters
    ----------
    pack
        A chain pack with its region.
    then, now
        Two days, in order; None: today.
    today
        From this day on everything that is on record counts, dated or not.
    scenario, year
        As for ``find_scenario``; the same for both days.
    stated
        What units say of themselves, as far as it may be used; counts by the time it speaks of.

    Raises
    ------
    DaysNotInOrder
        Where the first is not before the second, or the second is after today.
    ChainError
        As ``build_chain`` says.
    """
    last = now or today
    if not then < last <= today:
        raise DaysNotInOrder(then=then, now=last, today=today)
    one, other = (
        _side(pack, day, today, scenario=scenario, year=year, stated=stated) for day in (then, last)
    )
    rows = tuple(
        _node(was, will)
        for was, will in zip(one.covers.rows, other.covers.rows, strict=True)  # by product, both
    )
    more = (SAME_DEMAND, EARLIEST_SOURCE)
    said = dict.fromkeys((*more, *one.covers.assumptions, *other.covers.assumptions))
    return Replay(
        then=one,
        now=other,
        rows=rows,
        assumptions=tuple(said),
        data_class=highest([one.chain.data_class, other.chain.data_class]),
    )


def _side(
    pack: Pack,
    day: date,
    today: date,
    *,
    scenario: str | None,
    year: int | None,
    stated: tuple[StatedCapacity, ...],
) -> Side:
    if day >= today:  # all that is on record, as every other page has it
        chain = build_chain(pack, scenario, year, stated=stated)
    else:
        known = pack_known_by(pack, day)
        chain = build_chain(known, scenario, year, as_of=day, stated=stated)
    return Side(day, chain, coverage(chain), throughput(chain))


def _node(then: Coverage, now: Coverage) -> Node:
    return Node(
        product=now.product,
        then=then,
        now=now,
        found=tuple(sorted({*now.makers} - {*then.makers})),
        gone=tuple(sorted({*then.makers} - {*now.makers})),
    )
