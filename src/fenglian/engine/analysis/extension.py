"""What could the region make next? Products beside what it makes, ranked by what they would keep here.

A product lies upstream of what is made here where it goes into it, downstream where it is built of
it, and after the sale where it serves it. Only products of which no running maker is known count.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fenglian.engine.analysis.adjacency import TREE_ONLY, Adjacencies, Adjacency, adjacency
from fenglian.engine.analysis.coverage import Coverage, coverage
from fenglian.engine.analysis.question import Analysis, Column
from fenglian.engine.analysis.throughput import Throughputs, throughput
from fenglian.engine.chain.intervals import UNKNOWN, Interval
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Price
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label

UP, DOWN, AFTER = (
    Label("向上", "upstream"),
    Label("向下", "downstream"),
    Label("售后", "after-market"),
)
NEAREST = 5  # makers that are named
RETAINED = Label(
    "留住的价值是缺口乘以查到的最近价格，没有减去外购的零部件；没有价格的不知道，不是 0。",
    "What would be retained is the gap at the latest price found, inputs bought elsewhere not taken off; "
    "without a price it is not known, and not 0.",
)
RANKED = Label(
    "次序：留住的价值，其次放开后多造的，再次做相邻产品的单位数。",
    "Ranked by what would be retained, then by what lifting it gains, then by how many make what lies "
    "next to it.",
)


@dataclass(frozen=True, slots=True)
class Extension:
    """One product that nobody is known to make here, beside something that is made here."""

    product: str
    rank: int  # from 1
    ways: tuple[Label, ...]  # upstream, downstream, after-market
    retained: Interval  # money a year
    relief: float | None  # final products a year gained by making enough of it; None: not known
    near: tuple[str, ...]  # who makes most of what lies next to it
    makers_near: int  # all who make something that does
    made_nearby: tuple[str, ...]
    sources: tuple[str, ...]
    assumed: bool

    @property
    def way(self) -> Label:
        """Where it lies, in words."""
        return Label("、".join(e.zh for e in self.ways), ", ".join(e.en for e in self.ways))


@dataclass(frozen=True, slots=True)
class Extensions:
    """All of them."""

    rows: tuple[Extension, ...]  # by product
    assumptions: tuple[Label, ...]
    data_class: DataClass

    @property
    def ranked(self) -> tuple[Extension, ...]:
        """The best first."""
        return tuple(sorted(self.rows, key=lambda row: row.rank))

    def of(self, product: str) -> Extension | None:
        """Return the row of a product; None where it does not lie beside what is made here."""
        return next((row for row in self.rows if row.product == product), None)


def extension(chain: Chain, limits: Throughputs | None = None) -> Extensions:
    """Return what lies beside what the region makes and has no known maker, with its rank.

    Parameters
    ----------
    chain
        With a region; without one nothing is made, and nothing lies beside it.
    limits
        The throughput of the chain where it was asked for already.

    Returns
    -------
    Extensions
        That no maker was found does not mean that there is none.
    """
    covers, near = coverage(chain), adjacency(chain)
    found = limits or throughput(chain)
    prices = {price.product: price for price in chain.prices}
    by_product = {row.product: row for row in covers.rows}
    reliefs = {row.product: row.relief for row in found.rows}
    rows = [
        _extension(row, near, by_product.get(row.product), prices.get(row.product), reliefs)
        for row in near.rows
        if not row.makers and chain.product(row.product).advised and _ways(row, near)
    ]
    order = sorted(rows, key=_merit)
    ranks = {row.product: place for place, row in enumerate(order, 1)}
    return Extensions(
        rows=tuple(replace(row, rank=ranks[row.product]) for row in rows),
        assumptions=(*covers.assumptions, TREE_ONLY, RETAINED, RANKED),
        data_class=chain.data_class,
    )


def _merit(row: Extension) -> tuple[float, float, int, str]:
    low, working, high = row.retained.ends()
    return -(working or high or low or 0.0), -(row.relief or 0.0), -row.makers_near, row.product


def _made_outputs(row: Adjacency, near: Adjacencies) -> tuple[str, ...]:
    return tuple(name for name in row.outputs if (parent := near.of(name)) and parent.makers)


def _ways(row: Adjacency, near: Adjacencies) -> tuple[Label, ...]:
    each = (
        (UP, bool(_made_outputs(row, near))),
        (DOWN, bool(row.made_inputs)),
        (AFTER, bool(row.made_served)),
    )
    return tuple(label for label, holds in each if holds)


def _extension(
    row: Adjacency,
    near: Adjacencies,
    cover: Coverage | None,
    price: Price | None,
    reliefs: Mapping[str, float | None],
) -> Extension:
    made = sorted({*row.made_nearby, *_made_outputs(row, near)})
    makers = _count_makers(made, near)
    priced = cover is not None and price is not None
    sources = {
        *row.sources,
        *(cover.sources if cover else ()),
        *(price.sources if price else ()),
    }
    return Extension(
        product=row.product,
        rank=0,
        ways=_ways(row, near),
        retained=cover.gap.times(price.amount) if priced and cover and price else UNKNOWN,
        relief=reliefs.get(row.product),
        near=tuple(makers[:NEAREST]),
        makers_near=len(makers),
        made_nearby=tuple(made),
        sources=tuple(sorted(sources)),
        assumed=row.assumed
        or bool(cover and cover.assumed)
        or bool(price and price.assumed and cover),
    )


def _count_makers(made: Iterable[str], near: Adjacencies) -> list[str]:
    """Return who makes what lies next to a product, those that make most of it first."""
    counts = Counter(
        maker for name in made if (product := near.of(name)) for maker in product.makers
    )
    return sorted(counts, key=lambda maker: (-counts[maker], maker))


ANALYSIS = Analysis(
    name="extension",
    label=Label("延链候选", "What next"),
    question=Label(
        "下一步能做什么：留住多少钱，放开多少产出，谁最接近？",
        "What could be made next: what would stay here, what would it lift, and who is near?",
    ),
    run=extension,
    columns=(
        Column("product", Label("产品", "Product"), "product"),
        Column("rank", Label("次序", "Rank"), "number"),
        Column("way", Label("方向", "Where"), "label"),
        Column("retained", Label("留住的价值", "Retained"), "money"),
        Column("relief", Label("放开后多造", "Gained by lifting"), "number"),
        Column("near", Label("谁最接近", "Who is near"), "organisations"),
        Column("made_nearby", Label("本地在做的相邻产品", "Neighbours made here"), "products"),
    ),
    source="gap × price; relief gains of the throughput programme; neighbours in the bill of materials",
)
