"""Can the region make what the scenario needs? Known capacity against requirement.

A capacity that was not found is not known. It is never 0, and a product without a known maker is
never called missing for that: only where a source itself states that there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fenglian.engine.analysis.question import Analysis, Column
from fenglian.engine.analysis.requirement import Requirement, requirement
from fenglian.engine.chain.intervals import NOTHING, UNKNOWN, Interval
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Capacity, Looked
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

TRIAL_COUNTS = Label(
    "试生产的产能：下限不计，采用值和上限计入；规划和现状不明的不计。",
    "Trial production counts in working value and high end, not in the low end; planned and "
    "unclear lines do not count.",
)
STATED_NOW = Label(
    "所述年份的产能当作现在的产能。", "A capacity stated for an earlier year is taken as today's."
)


class Status(StrEnum):
    """What is known of the coverage."""

    MET = "met"
    SHORT = "short"
    MISSING = "missing"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Label:
        """Wording."""
        return _LABELS[self]


_LABELS = {
    Status.MET: Label("满足", "met"),
    Status.SHORT: Label("不足", "short"),
    Status.MISSING: Label("缺失", "missing"),
    Status.UNKNOWN: Label("未查到", "not found"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Requirement and known capacity of one product."""

    product: str
    unit: Label
    required: Interval  # product units a year
    capacity: Interval  # of makers in the region; low end: at least this much is known
    ratio: Interval
    gap: Interval  # product units a year
    status: Status
    sure: bool  # holds over the whole interval
    makers: tuple[str, ...]  # producing in the region
    unsized: tuple[str, ...]  # of them, those whose capacity was not found
    pipeline: tuple[str, ...]  # planned, being built, or of unclear state
    elsewhere: tuple[str, ...]  # makers outside the region
    looked: Looked | None
    sources: tuple[str, ...]
    assumed: bool

    @property
    def state(self) -> Label:
        """Status in words."""
        return self.status.label


@dataclass(frozen=True, slots=True)
class Coverages:
    """Coverage of every product that the scenario needs."""

    rows: tuple[Coverage, ...]  # by product
    assumptions: tuple[Label, ...]
    data_class: DataClass  # of the chain

    def of(self, product: str) -> Coverage | None:
        """Return the row of a product; None where the scenario does not need it."""
        return next((row for row in self.rows if row.product == product), None)


def coverage(chain: Chain) -> Coverages:
    """Return, for every product needed, what share the known capacity of the region can make.

    Parameters
    ----------
    chain
        With a region; without one, every product is unknown.

    Returns
    -------
    Coverages
        ratio = capacity / requirement: its low end is low capacity over high requirement, its
        high end the other way round. With a maker of unknown capacity the low end alone is known.

    Notes
    -----
    met: the known capacity reaches the requirement; short: every maker's capacity is known and
    their sum does not; missing: a source states that there is none; unknown: all else.
    """
    needs = requirement(chain)
    rows = tuple(_cover(chain, need) for need in needs.rows)
    more: list[Label] = []
    if any(row.capacity.known for row in rows):
        more.append(STATED_NOW)
    if any(each.status == "trial" for row in rows for each in chain.makers(row.product)):
        more.append(TRIAL_COUNTS)
    return Coverages(rows, (*needs.assumptions, *more), chain.data_class)


def _cover(chain: Chain, need: Requirement) -> Coverage:
    running = chain.makers(need.product, "operating", "trial")
    waiting = chain.makers(need.product, "planned", "unclear")
    outside = chain.outside.get(need.product, ())
    looked = next((each for each in chain.looked if each.product == need.product), None)
    capacity = known_capacity(running, looked)
    ratio = capacity.over(need.amount)
    status = _status(need.amount, capacity, running, looked)
    used = (*running, *waiting)
    sources = {source for each in used for source in each.sources} | set(need.sources)
    return Coverage(
        product=need.product,
        unit=need.unit,
        required=need.amount,
        capacity=capacity,
        ratio=ratio,
        gap=capacity.short_of(need.amount),
        status=status,
        sure=_is_sure(status, ratio),
        makers=_names(running),
        unsized=_names(each for each in running if not each.amount.known),
        pipeline=_names(waiting),
        elsewhere=_names(outside),
        looked=looked,
        sources=tuple(sorted(sources | set(looked.sources if looked else ()))),
        assumed=need.assumed or any(each.assumed for each in running),
    )


def allows(chain: Chain, row: Coverage) -> Interval:
    """Return how many final products a year a product's known capacity would do for by itself."""
    if not chain.scenario.demand.known:
        return NOTHING
    low, working, high = (float(each) for each in chain.demand.sum(axis=1))
    # What is required goes up with the demand, so the ratio at high demand is the low one.
    return Interval(
        _times(row.ratio.low, high), _times(row.ratio.working, working), _times(row.ratio.high, low)
    )


def _times(ratio: float | None, amount: float | None) -> float | None:
    return None if ratio is None or amount is None else ratio * amount


def _names(capacities: Iterable[Capacity]) -> tuple[str, ...]:
    return tuple(sorted({each.organisation for each in capacities}))


def known_capacity(running: tuple[Capacity, ...], looked: Looked | None = None) -> Interval:
    """Return the sum of what is known; open upwards where a maker's capacity was not found."""
    if not running:
        return NOTHING if looked and looked.status == "stated_none" else UNKNOWN
    sized = [each for each in running if each.amount.known]
    low = sum((each.amount.low or 0.0) for each in sized if each.status == "operating")
    if len(sized) < len(running):
        return Interval(low or None, None, None)
    working = [each.amount.working for each in sized]
    high = [each.amount.high for each in sized]
    return Interval(
        low,
        None if None in working else sum(number or 0.0 for number in working),
        None if None in high else sum(number or 0.0 for number in high),
    )


def _status(
    required: Interval, capacity: Interval, running: tuple[Capacity, ...], looked: Looked | None
) -> Status:
    if not running:
        stated = looked is not None and looked.status == "stated_none"
        return Status.MISSING if stated else Status.UNKNOWN
    known = capacity.low if capacity.working is None else capacity.working
    if required.working is None or known is None:
        return Status.UNKNOWN
    if known >= required.working:
        return Status.MET
    return Status.UNKNOWN if capacity.working is None else Status.SHORT


def _is_sure(status: Status, ratio: Interval) -> bool:
    """Tell whether the status holds at both ends of the interval."""
    if status is Status.MET:
        return ratio.low is not None and ratio.low >= 1
    if status is Status.SHORT:
        return ratio.high is not None and ratio.high < 1
    return status is Status.MISSING


ANALYSIS = Analysis(
    name="coverage",
    label=Label("覆盖率", "Coverage"),
    question=Label(
        "需要的产品，本地已知的产能够不够？",
        "Does the region's known capacity reach what is needed?",
    ),
    run=coverage,
    columns=(
        Column("product", Label("产品", "Product"), "product"),
        Column("state", Label("状态", "Status"), "label"),
        Column("ratio", Label("覆盖率", "Ratio"), "ratio"),
        Column("required", Label("年需求", "Needed a year"), "interval"),
        Column("capacity", Label("已知产能", "Known capacity"), "interval"),
        Column("makers", Label("本地在产", "Makers here"), "organisations"),
        Column("pipeline", Label("规划或不明", "Planned or unclear"), "organisations"),
    ),
    source="capacity / requirement, interval ends crosswise",
)
