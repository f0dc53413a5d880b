"""What lies on the table when a gap is decided? Need, supply, three options, and what they would do.

A case stands by itself: names, figures with their sources, the day and the print of the chain it was
worked out from. It can be kept as it is, and be held against the case of another day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fenglian.engine.advice.gaps import Gap, Gaps
from fenglian.engine.advice.items import Figure
from fenglian.engine.advice.options import Option, Way, find_options
from fenglian.engine.advice.verbs import CAPACITY, DEMAND, GAP, NEED
from fenglian.engine.analysis.comparison import compare
from fenglian.engine.analysis.throughput import Throughputs
from fenglian.engine.chain.changes import Changes, NewPlant
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Capacity, Plant, Source
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

YUAN, YUAN_A_YEAR = Label("元", "yuan"), Label("元/年", "yuan a year")
LACKING = Label("缺口金额", "value of the gap")
COVERED = Label("覆盖率", "coverage")
PERCENT = Label("%", "%")
STATES = {
    "operating": Label("在产", "running"),
    "trial": Label("试生产", "trial"),
    "planned": Label("规划或在建", "planned"),
    "unclear": Label("现状不明", "unclear"),
    "former": Label("已停", "former"),
}
SEEN_ELSEWHERE = Label("外地有厂", "seen elsewhere")


@dataclass(frozen=True, slots=True)
class Supplier:
    """Somebody who makes the product, here or elsewhere."""

    id: str  # empty: no organisation of the packs, only named by a source
    name: Label
    state: Label
    amount: Interval  # product units a year
    sources: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the options, with names."""

    way: Way
    open: bool
    who: tuple[Label, ...]
    routes: tuple[Label, ...]  # that do without the product
    cost: Interval  # yuan
    yearly: bool
    jobs: Interval
    months: Interval
    earliest: date | None
    latest: date | None
    precedents: tuple[Plant, ...]
    sources: tuple[str, ...]
    assumptions: tuple[Label, ...]
    assumed: bool
    question: Label | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What it would do if the gap were closed here; None and unknown where no amount is known."""

    amount: float | None  # product units a year that are added
    covered: Interval  # coverage after, 0–
    output_before: Interval  # final products a year that known capacities leave room for
    output_after: Interval
    next: tuple[Label, ...]  # what limits the chain after that


@dataclass(frozen=True, slots=True)
class Case:
    """One gap, ready to be decided."""

    product: str
    name: Label
    unit: Label  # of the product
    demand_unit: Label  # of final demand a year
    chain: Label
    region: Label
    scenario: Label
    scenario_id: str
    year: int
    day: date
    verb: Label | None
    status: Label
    known: bool  # every capacity is
    sure: bool  # holds over the whole interval
    why: Label | None
    question: Label | None
    figures: tuple[Figure, ...]
    inside: tuple[Supplier, ...]
    outside: tuple[Supplier, ...]
    offers: tuple[Offer, ...]
    effect: Effect
    assumptions: tuple[Label, ...]
    sources: tuple[Source, ...]
    fingerprint: str
    data_class: DataClass
    synthetic: bool

    def figure(self, label: Label) -> Figure | None:
        """Return the figure of a label."""
        return next((each for each in self.figures if each.label == label), None)

    def offer(self, way: Way) -> Offer:
        """Return the option of a way."""
        return next(each for each in self.offers if each.way is way)


def make_case(
    chain: Chain, gaps: Gaps, product: str, day: date, before: Throughputs | None = None
) -> Case:
    """Return the case of one gap.

    Parameters
    ----------
    chain, gaps
        As the one who decides may know them.
    product
        Of one of the gaps.
    day
        From which the months of the options are counted.
    before
        The throughput of the chain where it was asked for already.

    Raises
    ------
    UnknownProduct
        Where the product has no gap.
    """
    gap = gaps.of(product)
    options = find_options(chain, gap)
    row, item = chain.product(product), gap.item
    case = Case(
        product=product,
        name=row.name,
        unit=row.unit_name,
        demand_unit=gaps.unit,
        chain=chain.name,
        region=chain.region or Label("本地", "the region"),
        scenario=chain.scenario.name,
        scenario_id=chain.scenario.id,
        year=chain.scenario.year,
        day=day,
        verb=item.verb.label if item else None,
        status=gap.cover.status.label,
        known=gap.known,
        sure=gap.cover.sure,
        why=item.why if item else None,
        question=gap.question,
        figures=figures_of(chain, gaps, product),
        inside=tuple(
            _supplier(chain, each) for each in chain.makers(product) if each.status != "former"
        ),
        outside=(
            *(_supplier(chain, each) for each in chain.outside.get(product, ())),
            *(_seen(each) for each in options[0].precedents if _is_elsewhere(chain, each)),
        ),
        offers=tuple(_offer(chain, each, day) for each in options),
        effect=_effect(chain, gap, before),
        assumptions=gaps.assumptions,
        sources=(),
        fingerprint=chain.fingerprint,
        data_class=gaps.data_class,
        synthetic=chain.example,
    )
    cited = _cited(case) | set(gap.cover.sources) | set(item.evidence if item else ())
    return replace(
        case, sources=tuple(each for name, each in chain.sources.items() if name in cited)
    )


def figures_of(chain: Chain, gaps: Gaps, product: str) -> tuple[Figure, ...]:
    """Return the figures of one gap: need, capacity, coverage, and what lacks.

    Raises ``UnknownProduct`` where the product has no gap.
    """
    return tuple(_figures(chain, gaps.of(product), gaps.unit))


def _figures(chain: Chain, gap: Gap, demand_unit: Label) -> Iterator[Figure]:
    cover, unit = gap.cover, _a_year(gap.cover.unit)
    price = next((each for each in chain.prices if each.product == gap.product), None)
    rests = cover.sources
    money = tuple(sorted({*rests, *(price.sources if price else ())}))
    paid = bool(price and price.assumed)
    for label, interval, measure, sources, assumed in (
        (NEED, cover.required, unit, rests, cover.assumed),
        (CAPACITY, cover.capacity, unit, rests, cover.assumed),
        (COVERED, cover.ratio.times(exactly(100.0)), PERCENT, rests, cover.assumed),
        (GAP, gap.lacking, unit, rests, cover.assumed),
        (DEMAND, gap.demand, demand_unit, rests, cover.assumed),
        (LACKING, gap.value, YUAN_A_YEAR, money, cover.assumed or paid),
    ):
        yield Figure(
            label, interval.low, interval.working, interval.high, measure, sources, assumed
        )


def _supplier(chain: Chain, capacity: Capacity) -> Supplier:
    return Supplier(
        id=capacity.organisation,
        name=chain.organisation(capacity.organisation).name,
        state=STATES[capacity.status],
        amount=capacity.amount,
        sources=capacity.sources,
        assumed=capacity.assumed,
    )


def _is_elsewhere(chain: Chain, plant: Plant) -> bool:
    here = chain.region.zh if chain.region else ""
    return bool(plant.place) and not here.startswith(plant.place)


def _seen(plant: Plant) -> Supplier:
    amount = Interval(None, None, None) if plant.capacity is None else exactly(plant.capacity)
    name = Label(f"{plant.name}（{plant.place}）", f"{plant.name} ({plant.place})")
    return Supplier("", name, SEEN_ELSEWHERE, amount, plant.sources, plant.assumed)


def _offer(chain: Chain, option: Option, day: date) -> Offer:
    earliest, latest = option.ready(day)
    return Offer(
        way=option.way,
        open=option.open,
        who=tuple(chain.organisation(each).name for each in option.who),
        routes=tuple(chain.variants.get(each, Label(each, each)) for each in option.routes),
        cost=option.cost,
        yearly=option.yearly,
        jobs=option.jobs,
        months=option.months,
        earliest=earliest,
        latest=latest,
        precedents=option.precedents,
        sources=option.sources,
        assumptions=option.assumptions,
        assumed=option.assumed,
        question=option.question,
    )


def _effect(chain: Chain, gap: Gap, before: Throughputs | None) -> Effect:
    amount = gap.lacking.working
    unknown = Interval(None, None, None)
    if not amount:
        room = before.alone.room if before else unknown
        return Effect(None, unknown, room, unknown, ())
    plant = NewPlant(gap.product, amount)
    found = compare(chain, Changes(plants=(plant,)), before)
    after = found.covers_after.of(gap.product)
    ladder = found.after.ladder
    return Effect(
        amount=amount,
        covered=after.ratio if after else unknown,
        output_before=found.before.alone.room,
        output_after=found.after.alone.room,
        next=tuple(chain.product(each).name for each in ladder[0].products) if ladder else (),
    )


def _cited(case: Case) -> set[str]:
    found: set[str] = set()
    for rests in (
        *(each.sources for each in case.figures),
        *(each.sources for each in (*case.inside, *case.outside)),
        *(each.sources for each in case.offers),
    ):
        found |= set(rests)
    return found


def _a_year(unit: Label) -> Label:
    return Label(f"{unit.zh}/年", f"{unit.en} a year")


_GONE = frozenset({GAP, DEMAND, LACKING})  # 0 once there is enough


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure then and now."""

    label: Label
    unit: Label
    then: Interval
    now: Interval

    @property
    def change(self) -> float | None:
        """Working value now less then; None where one of them is not known."""
        if self.then.working is None or self.now.working is None:
            return None
        return self.now.working - self.then.working

    @property
    def moved(self) -> bool:
        """Whether anything is another."""
        return self.then != self.now


def hold_against(then: Case, now: Sequence[Figure] | None) -> tuple[Moved, ...]:
    """Return every figure of a case beside the same of another day.

    Parameters
    ----------
    then
        As it was kept.
    now
        Of the same product; None where it has no gap any more: what lacks is then 0, and of the
        rest nothing is said.
    """
    found = {each.label: each.interval for each in now or ()}
    nothing = exactly(0.0) if now is None else Interval(None, None, None)
    return tuple(
        Moved(
            each.label,
            each.unit,
            each.interval,
            found.get(each.label, nothing if each.label in _GONE else Interval(None, None, None)),
        )
        for each in then.figures
    )


def outlook(cases: Sequence[tuple[Case, date]], gaps: Gaps) -> tuple[tuple[date, float], ...]:
    """Return what is left of the known gaps, in money a year, once each decision is done.

    Parameters
    ----------
    cases
        Decided ones with the day by which each is to be done.
    gaps
        Of today; a gap that is gone, or has no price, takes nothing off.

    Returns
    -------
    tuple
        Day and money that is left from it on, in order of days. A gap is taken off once.
    """
    left = gaps.value.working or 0.0
    worth = {gap.product: gap.value.working or 0.0 for gap in gaps.known}
    steps = []
    for case, due in sorted(cases, key=lambda each: each[1]):
        left -= worth.pop(case.product, 0.0)
        steps.append((due, max(0.0, left)))
    return tuple(steps)
