"""How much can the region build a year: alone, with purchases, with its neighbours?

And what holds it back: what would be gained by lifting a limit (not what a price promises), in
which order to lift limits, and what is lost where one maker, one place or one region falls out.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from fenglian.engine.analysis.concentration import KNOWN_ONLY
from fenglian.engine.analysis.coverage import (
    Coverage,
    Coverages,
    allows,
    coverage,
    known_capacity,
)
from fenglian.engine.analysis.question import Analysis, Column, Headline
from fenglian.engine.analysis.requirement import requirement
from fenglian.engine.chain.intervals import (
    NOT_FOUND,
    NOTHING,
    UNKNOWN,
    Interval,
    add,
    exactly,
    write_number,
)
from fenglian.engine.chain.limits import WORKING, Limits, Programmes, amount_at, rounded
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Capacity, Organisation
from fenglian.engine.chain.supply import ChainSupply, Mix
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.errors import UnknownNeighbour
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.kernels.throughput import (
    ladder,
    relief_gains,
    totals_without,
)
from fenglian.engine.labels import Label

STEPS = 10  # of the ladder, at most
LEAST = 1e-9  # a share or total below it is the rounding of the solver
NO_OTHER = Label("再无已知的限制", "no other known limit")
LOCAL_SHARE = Label("按价值算的本地化率", "Share of the value that can be made here")
Level = Literal["firm", "site", "city", "region"]
Case = Literal["alone", "purchases", "neighbours"]

UNKNOWN_OPEN = Label(
    "没有查到的产能既不当 0，也不当无限：下限只计已知的，上限只受已知的限制。",
    "A capacity that was not found is neither 0 nor without limit: the low end counts only what is "
    "known, the high end is limited only by what is known.",
)
ESSENTIAL_ONLY = Label(
    "可以不用的零部件不构成限制；制造单位自己做、自己用的零部件随它的产能。",
    "Parts that a product can do without set no limit; parts that the maker of a product makes for "
    "itself go with its capacity.",
)
LIFTED_ROOM = Label(
    "堵点、次序和损失按采用值、按已知产能限制的上限算；没有查到产能的产品可能才是真正的堵点。",
    "Gains, order and losses are worked at working values, from what the known capacities leave room "
    "for; a product of unknown capacity may be the true bottleneck.",
)
BOUGHT_FREELY = Label(
    "“加上外购”：除整机外，什么都能买到，数量不限。",
    "With purchases: all but the complete product can be bought, in any amount.",
)
ERECTED = Label(
    "整机之后的工序（例如建电站）没有查到产能的，不当作限制。",
    "What comes after the complete product, such as building the plant, sets no limit where no "
    "capacity was found.",
)
VALUE_SUMS = Label(
    "本地化率按单价加总各层产品，含中间产品；没有单价的产品不计。",
    "Localisation adds up products of all levels at their price, intermediate ones included; products "
    "without a price do not count.",
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One product as a limit of what can be built."""

    product: str
    unit: Label
    capacity: Interval  # product units a year
    ratio: Interval  # of what the scenario needs
    allows: Interval  # final products a year that this capacity would do for by itself
    relief: float | None  # final products a year gained by lifting it; None: not known
    opens: bool  # with it lifted, nothing that is known limits any more
    step: int | None  # of the ladder
    sources: tuple[str, ...]
    assumed: bool

    @property
    def gain(self) -> Label:
        """Relief in words."""
        if self.opens:
            return NO_OTHER
        if self.relief is None:
            return NOT_FOUND
        number = write_number(self.relief)
        return Label(number, number)


@dataclass(frozen=True, slots=True)
class Output:
    """How many final products can be built a year in one case."""

    case: Case
    total: Interval  # final products a year
    room: Interval  # what the known capacities leave room for; None: they set no limit
    from_outside: tuple[str, ...]  # regions that deliver, or makers whose region is not known


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder."""

    products: tuple[str, ...]  # lifted together, where none of them gains alone
    ties: tuple[str, ...]  # would gain as much
    total: float | None  # final products a year after it; None: nothing known limits any more


@dataclass(frozen=True, slots=True)
class Loss:
    """What is left where one firm, site, city or region falls out."""

    level: Level
    name: str  # id of a group or organisation, name of a city, code of a region
    products: tuple[str, ...]  # that it makes
    left: float | None  # final products a year; None: nothing known limits
    share: float  # of the total that is lost, 0–1


@dataclass(frozen=True, slots=True)
class Throughputs:
    """What can be built, and what holds it back."""

    rows: tuple[Limit, ...]  # by product
    unit: Label  # of the final product
    alone: Output
    purchases: Output
    neighbours: Output
    free_mix: Output  # alone, with variants in any shares
    ladder: tuple[Rung, ...]
    losses: tuple[Loss, ...]  # largest first; only those that lose anything that is known
    localisation: Interval  # 0–1
    unpriced: tuple[str, ...]  # products that localisation leaves out
    assumptions: tuple[Label, ...]
    data_class: DataClass

    def of(self, product: str) -> Limit | None:
        """Return the row of a product; None where the scenario does not need it."""
        return next((row for row in self.rows if row.product == product), None)

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The answers that are about the whole chain."""
        return _headlines(self)


def throughput(
    chain: Chain, neighbours: Collection[str] | None = None, *, mix: Mix = "scenario"
) -> Throughputs:
    """Return how much the region can build a year, and what holds it back.

    Parameters
    ----------
    chain
        With a region; without one nothing is made and no limit is known.
    neighbours
        Codes of regions, or ids of makers outside the region, whose known capacity counts as
        purchases; None: all of them.
    mix
        ``scenario``: variants in the shares of the scenario; ``free``: in any shares.

    Returns
    -------
    Throughputs
        In final products a year. The low end counts known capacities only, the high end is
        limited by known ones only; where both agree there is a working value.

    Raises
    ------
    UnknownNeighbour
        Where a neighbour is neither.
    Unsolved
        Where the solver fails, which numbers of very different size can cause.

    Notes
    -----
    max Σ s over runs x ≥ 0: what is made of each product, less what goes into others, covers what
    is sold, and the runs of a product stay within its capacity. A relief gain is the optimum
    without one limit less the optimum; prices (duals) only choose what to solve again, for a
    limit of price 0 cannot gain: the optimum is a concave function of the limits.

    References
    ----------
    Koopmans, T. C. (1951): Analysis of production as an efficient combination of activities.
    Cowles Commission Monograph 13, 33–97.
    """
    covers, programmes = coverage(chain), Programmes(chain)
    chosen = _chosen(chain, neighbours)
    network, programme = programmes.at(WORKING, mix)
    home = _home_limits(chain, network, covers)
    bought = replace(home, freely=frozenset(range(network.products)) - set(network.lead))
    joined = replace(home, bought=_bought(chain, chosen))
    programmes.set(WORKING, home, mix, floor=False)
    halls = np.where(np.arange(2 * network.products) < network.products, _codes(network), -1)
    none = np.full(len(network.supply.recipe), -1)
    gains = relief_gains(programme, none, halls)
    rungs = tuple(
        Rung(_names(chain, step.lifted), _names(chain, step.ties), _known(step.total))
        for step in ladder(programme, none, halls, STEPS)
    )
    losses = (
        *_losses(chain, programmes, home, mix),
        *_region_losses(chain, programmes, joined, chosen, mix),
    )
    local, unpriced = _localisation(chain, covers)
    return Throughputs(
        rows=tuple(_limit(chain, row, gains, rungs) for row in covers.rows),
        unit=chain.product(chain.final_product).unit_name,
        alone=Output("alone", *programmes.total(home, mix), ()),
        purchases=Output("purchases", *programmes.total(bought, mix), ()),
        neighbours=Output("neighbours", *programmes.total(joined, mix), _origins(chain, chosen)),
        free_mix=Output("alone", *programmes.total(home, "free"), ()),
        ladder=rungs,
        losses=tuple(sorted(losses, key=lambda each: (-each.share, each.level, each.name))),
        localisation=local,
        unpriced=unpriced,
        assumptions=_assumptions(covers),
        data_class=chain.data_class,
    )


def more_needed(chain: Chain, report: Throughputs, rung: Rung) -> tuple[float | None, ...]:
    """Return, for each product that a step lifts, how much more of it the total after it takes.

    Product units a year, at working values; None where nothing known limits after the step, or
    a need or a capacity is not known.
    """
    final = float(chain.demand[WORKING].sum())
    needs = {row.product: row.amount.working for row in requirement(chain).rows}
    found: list[float | None] = []
    for product in rung.products:
        row, need = report.of(product), needs.get(product)
        held = row.capacity.working if row else None
        known = rung.total is not None and final > 0 and need is not None and held is not None
        found.append(
            max(0.0, (rung.total or 0) * (need or 0) / final - (held or 0)) if known else None
        )
    return tuple(found)


def _home_limits(chain: Chain, network: ChainSupply, covers: Coverages) -> Limits:
    """Return what the region can make by itself."""
    capacity = {chain.code(row.product): row.capacity for row in covers.rows}
    after = set(network.lead) - {chain.code(chain.lead_product)}
    free = {code for code in {*network.own_use, *after} if not _is_known(capacity.get(code))}
    return Limits(capacity, frozenset(free), {}, frozenset())


def _is_known(capacity: Interval | None) -> bool:
    return capacity is not None and capacity.known


def _codes(network: ChainSupply) -> Integers:
    return np.tile(np.arange(network.products), 2)


def _names(chain: Chain, codes: Iterable[int]) -> tuple[str, ...]:
    return tuple(chain.products[code].id for code in codes)


def _known(number: float) -> float | None:
    return rounded(number) if math.isfinite(number) else None


def _chosen(chain: Chain, neighbours: Collection[str] | None) -> tuple[Capacity, ...]:
    """Return the running capacities outside the region that count."""
    outside = [
        each
        for makers in chain.outside.values()
        for each in makers
        if each.status in ("operating", "trial")
    ]
    if neighbours is None:
        return tuple(outside)
    makers = {name: chain.organisation(name) for name in {each.organisation for each in outside}}
    known = {*makers, *(maker.region for maker in makers.values() if maker.region)}
    for name in neighbours:
        if name not in known:
            raise UnknownNeighbour(name=name, known=", ".join(sorted(known)) or "–")
    return tuple(
        each
        for each in outside
        if {each.organisation, makers[each.organisation].region} & set(neighbours)
    )


def _bought(chain: Chain, chosen: Iterable[Capacity]) -> Mapping[int, Interval]:
    found: dict[int, list[Capacity]] = {}
    for each in chosen:
        found.setdefault(chain.code(each.product), []).append(each)
    return {code: known_capacity(tuple(makers)) for code, makers in found.items()}


def _origins(chain: Chain, chosen: Iterable[Capacity]) -> tuple[str, ...]:
    makers = [chain.organisation(each.organisation) for each in chosen]
    return tuple(sorted({maker.region or maker.id for maker in makers}))


def _limit(chain: Chain, row: Coverage, gains: Floats, rungs: tuple[Rung, ...]) -> Limit:
    code = chain.code(row.product)
    gain = float(gains[code]) if code < len(gains) else 0.0
    return Limit(
        product=row.product,
        unit=row.unit,
        capacity=row.capacity,
        ratio=row.ratio,
        allows=allows(chain, row),
        relief=rounded(gain) if row.capacity.working is not None and gain < math.inf else None,
        opens=math.isinf(gain),
        step=next(
            (place for place, rung in enumerate(rungs, 1) if row.product in rung.products), None
        ),
        sources=row.sources,
        assumed=row.assumed,
    )


def _losses(chain: Chain, programmes: Programmes, home: Limits, mix: Mix) -> Iterable[Loss]:
    """Return what is lost without one firm, site or city of the region.

    A cluster is many firms and never falls out as one; it counts with its city.
    """
    running = [
        each
        for row in home.capacity
        for each in chain.makers(chain.products[row].id, "operating", "trial")
    ]
    makers = {name: chain.organisation(name) for name in {each.organisation for each in running}}
    single = [each for each in running if not makers[each.organisation].cluster]
    network, programme = programmes.set(WORKING, home, mix, floor=False)
    total = programme.solve()
    ways: tuple[tuple[Level, list[Capacity], Callable[[Organisation], str]], ...] = (
        ("firm", single, lambda maker: maker.group),
        ("site", single, lambda maker: maker.id),
        ("city", running, lambda maker: maker.city),
    )
    cases: list[tuple[Level, str, tuple[Capacity, ...]]] = []
    for level, some, name_of in ways:
        found: dict[str, list[Capacity]] = {}
        for each in some:
            found.setdefault(name_of(makers[each.organisation]), []).append(each)
        cases += [(level, name, tuple(gone)) for name, gone in sorted(found.items()) if name]
    lefts = totals_without(
        programme, (_without(chain, network, running, gone) for _, _, gone in cases)
    )
    for (level, name, gone), left in zip(cases, lefts, strict=True):
        share = _lost(total, left)
        if share:
            products = tuple(sorted({each.product for each in gone}))
            yield Loss(level, name, products, _known(left), share)


def _without(
    chain: Chain, network: ChainSupply, running: Iterable[Capacity], gone: tuple[Capacity, ...]
) -> tuple[Integers, Floats, Integers, Floats]:
    """Return the room of the products that are made by what falls out, by the others alone."""
    rooms = {}
    for product in {each.product for each in gone}:
        rest = tuple(each for each in running if each.product == product and each not in gone)
        left = known_capacity(rest) if rest else NOTHING
        rooms[network.hall(chain.code(product))] = amount_at(left, WORKING, floor=False)
    none = np.empty(0, np.int64)
    return none, np.empty(0), np.array(list(rooms), np.int64), np.array(list(rooms.values()))


def _lost(total: float, left: float) -> float:
    """Return the share that is lost; of a total without known limit all or nothing is known."""
    if math.isinf(total):
        return 1.0 if left == 0 else 0.0
    # Where nothing can be built, what the solver says is rounding, and nothing can be lost.
    lost = 1 - left / total if total > LEAST else 0.0
    return lost if lost > LEAST else 0.0


def _region_losses(
    chain: Chain,
    programmes: Programmes,
    joined: Limits,
    chosen: tuple[Capacity, ...],
    mix: Mix,
) -> Iterable[Loss]:
    """Return what is lost, of what can be built with neighbours, without one of them."""
    total = programmes.room(WORKING, joined, mix)
    for region in _origins(chain, chosen):
        gone = [each for each in chosen if region in _origins(chain, (each,))]
        rest = [each for each in chosen if each not in gone]
        left = programmes.room(WORKING, replace(joined, bought=_bought(chain, rest)), mix)
        share = _lost(total, left)
        if share:
            products = tuple(sorted({each.product for each in gone}))
            yield Loss("region", region, products, _known(left), share)


def _localisation(chain: Chain, covers: Coverages) -> tuple[Interval, tuple[str, ...]]:
    """Return the share of the value required that the region can make, and what has no price."""
    prices = {each.product: each.amount.working for each in chain.prices}
    rows = [row for row in covers.rows if row.product != chain.final_product]
    unpriced = tuple(row.product for row in rows if not prices.get(row.product))
    local, whole = [], 0.0
    for row in rows:
        price, required = prices.get(row.product), row.required.working
        if not price or required is None:
            continue
        whole += price * required
        ends = [None if end is None else min(end, required) for end in row.capacity.ends()]
        low, working, high = ends
        local.append(
            Interval(
                price * (low or 0.0),
                None if working is None else price * working,
                price * (required if high is None else high),
            )
        )
    share = add(local).over(exactly(whole)) if whole else UNKNOWN
    return share, unpriced


def _assumptions(covers: Coverages) -> tuple[Label, ...]:
    own = (
        UNKNOWN_OPEN, ESSENTIAL_ONLY, ERECTED, BOUGHT_FREELY, LIFTED_ROOM, KNOWN_ONLY, VALUE_SUMS,
    )  # fmt: skip
    return (*covers.assumptions, *own)


def _headlines(report: Throughputs) -> tuple[Headline, ...]:
    unit = Label(f"{report.unit.zh}/年", f"{report.unit.en} a year")
    origins = "、".join(report.neighbours.from_outside), ", ".join(report.neighbours.from_outside)
    cases = (
        (Label("只靠本地，一年能造", "Alone, a year"), report.alone),
        (Label("加上外购", "With purchases"), report.purchases),
        (
            Label(
                f"加上外地（{origins[0] or '未查到'}）",
                f"With neighbours ({origins[1] or 'none found'})",
            ),
            report.neighbours,
        ),
        (Label("只靠本地、技术路线不拘", "Alone, variants in any shares"), report.free_mix),
    )
    return (
        *(Headline(label, output.total, unit) for label, output in cases),
        Headline(LOCAL_SHARE, report.localisation.times(exactly(100.0)), Label("%", "%")),
    )


ANALYSIS = Analysis(
    name="throughput",
    label=Label("年产出能力", "Throughput"),
    question=Label(
        "本地一年能造多少，卡在哪里？", "How much can the region build a year, and what limits it?"
    ),
    run=throughput,
    columns=(
        Column("product", Label("产品", "Product"), "product"),
        Column("capacity", Label("已知产能", "Known capacity"), "interval"),
        Column("ratio", Label("覆盖率", "Ratio"), "ratio"),
        Column("allows", Label("够造（最终产品）", "Allows (final products)"), "final"),
        Column("gain", Label("放开后多造", "Gain where lifted"), "label"),
        Column("step", Label("次序", "Order"), "number"),
    ),
    source="Koopmans 1951, Cowles Commission Monograph 13, 33–97",
)
