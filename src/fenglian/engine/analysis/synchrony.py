"""Do the nodes keep pace with each other? The known capacity of each, in final products.

Each capacity is put in the one unit in which all can be compared: how many final products a year
it would do for. What lies far behind the middle holds the others up; what lies far ahead waits.
"""

from dataclasses import dataclass, replace
from statistics import median

from fenglian.engine.analysis.coverage import allows, coverage
from fenglian.engine.analysis.question import Analysis, Column, Headline
from fenglian.engine.analysis.requirement import requirement
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

BEHIND, AHEAD = 0.5, 2.0  # times the middle of those that are known
STANDINGS = {
    "behind": Label("落后", "behind"),
    "level": Label("跟上", "in step"),
    "ahead": Label("领先", "ahead"),
    "": Label("未查到", "not found"),
}
NO_GROWTH = Label(
    "只比现有产能，不比增速：逐年的产能没有查到。",
    "Capacities are compared as they are, not their growth: capacities year by year were not found.",
)
MIDDLE = Label(
    "中位数只算产能有采用值的必需产品；不到它一半的是“落后”，超过两倍的是“领先”。",
    "The middle is the median of the essential products whose working capacity is known; below half "
    "of it is behind, above twice is ahead.",
)


@dataclass(frozen=True, slots=True)
class Pace:
    """One product beside the others."""

    product: str
    allows: Interval  # final products a year
    share: float | None  # of the middle; None where its capacity or the middle is not known
    sources: tuple[str, ...]
    assumed: bool

    @property
    def standing(self) -> str:
        """``behind``, ``level`` or ``ahead``; empty where it is not known."""
        if self.share is None:
            return ""
        return "behind" if self.share < BEHIND else "ahead" if self.share > AHEAD else "level"

    @property
    def state(self) -> Label:
        """Standing in words."""
        return STANDINGS[self.standing]


@dataclass(frozen=True, slots=True)
class Synchrony:
    """All essential products beside each other."""

    rows: tuple[Pace, ...]  # by product
    unit: Label  # of the final product
    middle: float | None  # final products a year
    assumptions: tuple[Label, ...]
    data_class: DataClass

    @property
    def laggards(self) -> tuple[Pace, ...]:
        """Those that are behind, the furthest first."""
        behind = (row for row in self.rows if row.standing == "behind")
        return tuple(sorted(behind, key=lambda row: (row.share or 0.0, row.product)))

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The middle, and how many of the products it is taken of."""
        per_year = Label(f"{self.unit.zh}/年", f"{self.unit.en} a year")
        known = sum(row.share is not None for row in self.rows)
        middle = UNKNOWN if self.middle is None else exactly(self.middle)
        of_all = Label(
            f"种，共 {len(self.rows)} 种必需产品", f"of {len(self.rows)} essential products"
        )
        return (
            Headline(Label("各环节产能的中位数", "Middle of all nodes"), middle, per_year),
            Headline(Label("算得出的", "Known"), exactly(float(known)), of_all),
        )


def synchrony(chain: Chain) -> Synchrony:
    """Return how the known capacities of the essential products stand beside each other.

    Parameters
    ----------
    chain
        With a region; without one no capacity is known.

    Returns
    -------
    Synchrony
        share = what the working capacity would do for / the median of these; a product of unknown
        capacity has none and does not count in the median.
    """
    needs, covers = requirement(chain), coverage(chain)
    essential = {row.product for row in needs.rows if row.essential}
    rows = [
        Pace(row.product, allows(chain, row), None, row.sources, row.assumed)
        for row in covers.rows
        if row.product in essential
    ]
    known = [row.allows.working for row in rows if row.allows.working is not None]
    middle = median(known) if known else None
    return Synchrony(
        rows=tuple(_beside(row, middle) for row in rows),
        unit=chain.product(chain.final_product).unit_name,
        middle=middle,
        assumptions=(*covers.assumptions, MIDDLE, NO_GROWTH),
        data_class=chain.data_class,
    )


def _beside(row: Pace, middle: float | None) -> Pace:
    if not middle or row.allows.working is None:
        return row
    return replace(row, share=row.allows.working / middle)


ANALYSIS = Analysis(
    name="synchrony",
    label=Label("同步", "Synchrony"),
    question=Label(
        "各环节的产能跟得上彼此吗，谁落后？", "Do the nodes keep pace, and which lag behind?"
    ),
    run=synchrony,
    columns=(
        Column("product", Label("产品", "Product"), "product"),
        Column("allows", Label("够造（最终产品）", "Allows (final products)"), "final"),
        Column("share", Label("÷ 中位数", "Over the middle"), "number"),
        Column("state", Label("快慢", "Pace"), "label"),
    ),
    source="capacity ÷ requirement × final demand, over its median",
)
