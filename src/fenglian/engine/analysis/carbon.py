"""What is emitted to make what the scenario asks for, and when do the machines pay it back?

A factor from cradle to gate holds everything beneath its product, so the bill of materials is gone
down only as far as the first product that has one: nothing is counted twice. What has none is
listed and not counted, and the making itself is not counted: the sum is a least.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from fenglian.engine.analysis.question import Analysis, Column, Headline
from fenglian.engine.analysis.requirement import Requirement, requirement
from fenglian.engine.chain.intervals import UNKNOWN, Interval, add, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.network import Network
from fenglian.engine.chain.records import Factor
from fenglian.engine.errors import UnknownProduct
from fenglian.engine.labels import Label

TONNE = 1000.0  # kg
TONNES = Label("吨二氧化碳当量", "t CO2e")
COUNTED = Label("计入", "counted")
NO_FACTOR = Label("没有查到因子，未计入", "no factor found, not counted")
OTHER_UNIT = Label(
    "有因子，但计量单位换算不了，未计入", "a factor, but in a unit that cannot be converted"
)
MATERIALS_ONLY = Label(
    "只算材料从摇篮到出厂的排放；加工、组装、运输、吊装的能耗未计入，所以是下限。",
    "Materials from cradle to gate only; energy of machining, assembly, transport and erection is "
    "not counted, so this is a least.",
)
AVERAGE = Label(
    "避免的排放按电网平均因子算；新增电量实际替代的机组可能不同。",
    "What is avoided is reckoned by the grid's average; the plants really displaced may differ.",
)


@dataclass(frozen=True, slots=True)
class Embodied:
    """What is emitted to make one material that the scenario needs, or why that is not known."""

    product: str
    amount: Interval  # product units a year
    unit: Label
    factor: float | None  # kg CO2e a product unit; None: not counted
    item: str  # as the source names what the factor is of
    year: int | None  # of the factor
    emissions: Interval  # tonnes of CO2e a year
    reason: Label
    sources: tuple[str, ...]
    assumed: bool

    @property
    def counted(self) -> bool:
        """Whether it is in the sum."""
        return self.factor is not None

    @property
    def tonnes(self) -> float | None:
        """The working value of the emissions."""
        return self.emissions.working


@dataclass(frozen=True, slots=True)
class Carbon:
    """What is emitted to make what the scenario asks for, and what is not known of it."""

    rows: tuple[Embodied, ...]  # by product
    total: Interval  # tonnes of CO2e a year; high end unknown where a material is left out
    per_unit: Interval  # kg CO2e a unit of the final product
    unit: Label  # of the final product
    assumptions: tuple[Label, ...]

    @property
    def excluded(self) -> tuple[str, ...]:
        """The materials that are not in the sum."""
        return tuple(row.product for row in self.rows if not row.counted)

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """What pages and commands say first."""
        per = Label(f"千克/{self.unit.zh}", f"kg/{self.unit.en}")
        return (
            Headline(Label("一年的材料排放", "Materials, a year"), self.total, TONNES),
            Headline(Label("每单位最终产品", "A unit of the final product"), self.per_unit, per),
        )

    def of(self, product: str) -> Embodied | None:
        """Return the row of a product; None where it is beneath one that is counted, or not needed."""
        return next((row for row in self.rows if row.product == product), None)


@dataclass(frozen=True, slots=True)
class Payback:
    """What running machines avoid, and how long they take to make up for their making."""

    factor: Factor  # of the grid
    avoided: Interval  # kg CO2e a unit of the final product and year
    years: Interval  # low end unknown to be lower: what is not counted would make it longer
    excluded: tuple[str, ...]
    assumptions: tuple[Label, ...]


def carbon(chain: Chain) -> Carbon:
    """Return what is emitted to make the materials that the scenario needs.

    Parameters
    ----------
    chain
        Of any pack; factors come from its table ``emission_factors``, kind ``material``.

    Returns
    -------
    Carbon
        Each product at most once, with the latest factor found for it; the sum is
        ``Σ amount × factor`` over the counted ones. Never negative. Where a material is left out,
        the high end of the sum is None.

    Notes
    -----
    The ends of a row are those of the amount needed; factors are single published numbers.

    References
    ----------
    ISO 14067:2018, product carbon footprint, cradle to gate; GB/T 51366-2019, annex D (factors).
    """
    factors = latest_factors(chain)
    needs = requirement(replace(chain, network=_cut(chain, frozenset(factors))))
    made_of = {link.parent for link in chain.links} - _in_loops(chain)
    rows = tuple(
        _row(need, factors.get(need.product))
        for need in needs.rows
        if need.product in factors or need.product not in made_of
    )
    total = add(row.emissions for row in rows if row.counted)
    if any(not row.counted for row in rows):
        total = Interval(total.low, total.working, None)
    final = requirement(chain).of(chain.final_product)
    per_unit = _each(total, final.amount) if final else UNKNOWN
    return Carbon(
        rows=rows,
        total=total,
        per_unit=per_unit.times(exactly(TONNE)),
        unit=chain.product(chain.final_product).unit_name,
        assumptions=(*needs.assumptions, MATERIALS_ONLY),
    )


def latest_factors(chain: Chain) -> dict[str, Factor]:
    """Return the factor of each material: of several the latest that has a number, by item in a tie.

    One without a number says that it was looked for and not found.
    """
    found: dict[str, Factor] = {}
    order = sorted(chain.factors, key=lambda e: (e.amount is not None, e.year or 0, e.item))
    for each in order:
        if each.kind == "material" and each.product:
            found[each.product] = each
    return found


def grid_factors(chain: Chain) -> tuple[Factor, ...]:
    """Return the factors of the grids that the pack names, the latest first."""
    grids = [each for each in chain.factors if each.kind == "grid" and each.amount is not None]
    return tuple(sorted(grids, key=lambda each: (-(each.year or 0), each.item)))


def payback(report: Carbon, yearly: Interval, grid: Factor) -> Payback:
    """Return what a unit of the final product avoids a year, and after how many years it is even.

    Parameters
    ----------
    report
        What is emitted to make it.
    yearly
        What a unit of the final product gives a year, in the unit of the grid's factor: 1 MW that
        runs 1,900 to 2,350 hours gives ``Interval(1.9e6, 2.2e6, 2.35e6)`` kWh.
    grid
        One of ``grid_factors``.

    Returns
    -------
    Payback
        ``years`` is embodied over avoided; its high end is None where materials are left out.

    Raises
    ------
    UnknownProduct
        Where ``grid`` has no number.

    Examples
    --------
    >>> grid = Factor("grid", "a", "", 0.5306, 0.5306, "kWh", 2023, (), False)
    >>> even = payback(Carbon((), exactly(583660.0), exactly(583660.0), Label("", ""), ()),
    ...                exactly(2.2e6), grid)
    >>> [round(even.avoided.working), round(even.years.working, 3)]
    [1167320, 0.5]
    """
    if grid.per_unit is None:
        raise UnknownProduct(product=grid.item, nearest="–")
    avoided = yearly.times(exactly(grid.per_unit))
    return Payback(
        factor=grid,
        avoided=avoided,
        years=report.per_unit.over(avoided),
        excluded=report.excluded,
        assumptions=(*report.assumptions, AVERAGE),
    )


def _each(total: Interval, units: Interval) -> Interval:
    """Return what is emitted for one unit: each end of the sum is for that end of the demand."""
    pairs = zip(total.ends(), units.ends(), strict=True)
    return Interval(*(None if sum_ is None or not of else sum_ / of for sum_, of in pairs))


def _cut(chain: Chain, last: frozenset[str]) -> Network:
    """Return the network without what is beneath products whose factor holds it already."""
    held = np.array([link.parent in last for link in chain.links], np.bool_)
    return replace(chain.network, amounts=np.where(held, 0.0, chain.network.amounts))


def _in_loops(chain: Chain) -> set[str]:
    """Return the products that go into themselves: their parts alone do not make them."""
    plan = chain.network.plan
    nodes = [node for first, end in plan.loops for node in plan.order[first:end]]
    return {chain.products[int(node) % len(chain.products)].id for node in nodes}


def _row(need: Requirement, factor: Factor | None) -> Embodied:
    per_unit = factor.per_unit if factor else None
    stated = factor is not None and factor.amount is not None
    reason = COUNTED if per_unit is not None else OTHER_UNIT if stated else NO_FACTOR
    emissions = UNKNOWN if per_unit is None else need.amount.times(exactly(per_unit / TONNE))
    return Embodied(
        product=need.product,
        amount=need.amount,
        unit=need.unit,
        factor=per_unit,
        item=factor.item if factor else "",
        year=factor.year if factor else None,
        emissions=emissions,
        reason=reason,
        sources=tuple(sorted({*need.sources, *_sources(factor)})),
        assumed=need.assumed or bool(factor and factor.assumed),
    )


def _sources(factor: Factor | None) -> Iterator[str]:
    if factor:
        yield from factor.sources


ANALYSIS = Analysis(
    name="carbon",
    label=Label("材料碳排放", "Embodied carbon"),
    question=Label(
        "造这些要排放多少，哪些材料没有计入？",
        "What is emitted to make all this, and which materials are left out?",
    ),
    run=carbon,
    columns=(
        Column("product", Label("材料", "Material"), "product"),
        Column("amount", Label("年需求", "Needed a year"), "interval"),
        Column("factor", Label("因子（千克/单位）", "Factor (kg a unit)"), "number"),
        Column("tonnes", Label("一年排放（吨）", "Emitted a year (t)"), "number"),
        Column("reason", Label("是否计入", "Counted"), "label"),
    ),
    source="ISO 14067:2018; GB/T 51366-2019",
)
