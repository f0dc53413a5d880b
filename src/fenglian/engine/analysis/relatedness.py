"""Which products lie near to what a place can do? Asked of a user's own table.

Places are countries, provinces, counties or firms; what is said of them rests on that table alone.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.sparse import bmat, csr_array  # type: ignore[import-untyped]  # scipy has no stubs
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from fenglian.engine.analysis.question import TableAnalysis, TableColumn
from fenglian.engine.chain.product_table import PRODUCT_HEADINGS, ProductTable
from fenglian.engine.kernels import relatedness as kernel
from fenglian.engine.kernels.explosion import Flags, Floats
from fenglian.engine.kernels.faults import TooFewLeft
from fenglian.engine.labels import Label

NEAREST = 25
CLOSE = 0.01  # between second and third eigenvalue, below which the order of places is fragile
WHOLE = 1 - 1e-9  # a second eigenvalue above it: the table falls into parts

DESCRIBES = Label(
    "密度只说明在同一些地方一起出现，不说明能做、该做；它是描述，不是因果。",
    "Density says that products are found in the same places, not that one can or should be made; "
    "it describes and does not explain.",
)
SMALL_PLACES = Label(
    "没有按规模筛选：很小的地方出口少而专，排名可能虚高；可设最低总额或最少产品数。",
    "Not filtered by size: very small places export few, special products and may rank too high; "
    "set a least total or a least number of products.",
)
FRAGILE = Label(
    "第二、三特征值很近，复杂度的排序不稳，请只看密度。",
    "The second and third eigenvalue are close: the order by complexity is fragile; use density.",
)
IN_PARTS = Label(
    "这张表分成互不相连的几块，复杂度在各块之间不可比。",
    "The table falls into parts without a link; complexity cannot be compared between them.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a table is looked at."""

    least_total: float = 0.0  # places and products with a smaller sum are left out
    fewest_products: int = 1  # that a place must be specialised in
    fewest_places: int = 1  # that must be specialised in a product
    nearest: int = NEAREST
    include_self: bool = False  # count a product as near to itself, as some programmes do


@dataclass(frozen=True, slots=True, eq=False)
class Relatedness:
    """What a table says of its places and products; NaN where something is left out."""

    table: ProductTable
    choice: Choice
    rca: Floats  # (places, products)
    presence: Flags  # (places, products): rca of at least 1, after what is left out
    diversity: Floats  # (places,) number of products
    ubiquity: Floats  # (products,) number of places
    proximity: Floats  # (products, products), 0–1
    density: Floats  # (places, products), 0–1, over all products
    density_near: Floats  # (places, products), 0–1, over the nearest only: ranks best
    eci: Floats  # (places,)
    pci: Floats  # (products,)
    coi: Floats  # (places,)
    cog: Floats  # (places, products)
    second: float  # eigenvalues; a small difference makes the order fragile
    third: float
    assumptions: tuple[Label, ...]

    @property
    def left_out(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Places and products without an index."""
        places, products = np.isnan(self.eci), np.isnan(self.pci)
        return (
            tuple(name for name, out in zip(self.table.places, places, strict=True) if out),
            tuple(name for name, out in zip(self.table.products, products, strict=True) if out),
        )

    def nearby(self, place: str, count: int = 10) -> tuple[tuple[str, float], ...]:
        """Return the products that a place does not have and is nearest to, with the density."""
        row = self.table.places.index(place)
        scores = np.where(self.presence[row], np.nan, self.density_near[row])
        ranked = [
            (-float(score), product)
            for product, score in zip(self.table.products, scores, strict=True)
            if not math.isnan(score)
        ]
        return tuple((product, -score) for score, product in sorted(ranked)[:count])


def relatedness(table: ProductTable, choice: Choice = Choice()) -> Relatedness:
    """Return comparative advantage, proximity, density and complexity of a table.

    Parameters
    ----------
    table
        Amounts of places and products, of one period.
    choice
        What is left out, and over how many nearest products density is taken.

    Returns
    -------
    Relatedness
        In the convention of the Stata programme of the Growth Lab; on its published fixture equal
        to the last digits, after its factor of √(299/300), for it takes standard deviations over
        the rows of the panel.

    Raises
    ------
    TooFewLeft
        Where fewer than three places or products are left, or all are alike.
    BadCoefficient
        Where an amount is negative or not finite.

    Notes
    -----
    Density over the 25 nearest finds hidden products better than density over all (area under
    the curve 0.80 against 0.74 on world trade 1998–2000; a test by masking, not ahead in time).

    Examples
    --------
    >>> from fenglian.engine.chain.product_table import product_table
    >>> rows = ["aw", "ax", "ay", "bw", "bx", "cy", "cz", "dz"]
    >>> found = relatedness(product_table([r[0] for r in rows], [r[1] for r in rows], [1.0] * 8))
    >>> found.nearby("b", 1)[0][0]
    'y'
    """
    rca = kernel.comparative_advantage(table.amounts)
    presence = _stay(table, np.nan_to_num(rca) >= 1, choice)
    there = presence.astype(np.float64)
    found = kernel.complexity(there)
    near = kernel.proximity(there, include_self=choice.include_self)
    shares = kernel.density(there, near)
    coi, cog = kernel.outlook(there, near, shares, found)
    return Relatedness(
        table=table,
        choice=choice,
        rca=rca,
        presence=presence,
        diversity=there.sum(axis=1),
        ubiquity=there.sum(axis=0),
        proximity=near,
        density=shares,
        density_near=kernel.density(there, kernel.nearest_only(near, choice.nearest)),
        eci=found.places,
        pci=found.products,
        coi=coi,
        cog=cog,
        second=found.second,
        third=found.third,
        assumptions=_assumptions(choice, found, presence),
    )


def _stay(table: ProductTable, presence: Flags, choice: Choice) -> Flags:
    large_places = table.amounts.sum(axis=1) >= choice.least_total
    large_products = table.amounts.sum(axis=0) >= choice.least_total
    kept: Flags = presence & large_places[:, np.newaxis] & large_products
    if max(choice.fewest_products, choice.fewest_places) > 1:
        places, products = kernel.core(kept, choice.fewest_products, choice.fewest_places)
        kept = kept & places[:, np.newaxis] & products
    if not kept.any():
        raise TooFewLeft(places=0, products=0, fewest=kernel.FEWEST)
    return kept


def _assumptions(choice: Choice, found: kernel.Complexity, presence: Flags) -> tuple[Label, ...]:
    said = [DESCRIBES]
    if not choice.least_total and choice.fewest_products <= 1:
        said.append(SMALL_PLACES)
    if found.second >= WHOLE and _parts(presence) > 1:
        said.append(IN_PARTS)
    elif found.second - found.third < CLOSE:
        said.append(FRAGILE)
    return tuple(said)


def _parts(presence: Flags) -> int:
    """Return into how many parts without a link the table falls, empty rows left out."""
    links = csr_array(presence[np.ix_(presence.any(axis=1), presence.any(axis=0))])
    graph = bmat([[None, links], [links.T, None]])
    return int(connected_components(graph, directed=False, return_labels=False))


TABLE_ANALYSIS = TableAnalysis(
    name="relatedness",
    label=Label("关联密度", "Relatedness"),
    question=Label("一个地方离哪些产品近？", "Which products lie near to what a place can do?"),
    columns=(
        TableColumn("place", Label("地方", "place"), PRODUCT_HEADINGS["place"]),
        TableColumn("product", Label("产品", "product"), PRODUCT_HEADINGS["product"]),
        TableColumn("value", Label("数额", "amount"), PRODUCT_HEADINGS["value"]),
    ),
    source="Hidalgo et al. 2007, doi:10.1126/science.1144581; "
    "Hidalgo & Hausmann 2009, doi:10.1073/pnas.0900943106",
)
