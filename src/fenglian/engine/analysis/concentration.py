"""On how many makers does a product rest? Known sources, and the concentration where it is known.

By firm, by owner and by place: two firms of one group, or in one city, fail together more often
than two that are apart. Firms of one group count as one source. A cluster is many firms: it is never a single source, and
where one is among the makers no concentration is given, for nobody knows its inner shares.
"""

from dataclasses import dataclass

import numpy as np

from fenglian.engine.analysis.question import Analysis, Column
from fenglian.engine.analysis.requirement import requirement
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Capacity
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.labels import Label

KNOWN_ONLY = Label(
    "只数查到的单位；没有查到的可能还有。",
    "Only makers that were found are counted; there may be more.",
)


@dataclass(frozen=True, slots=True)
class Concentration:
    """The known sources of one product in the region."""

    product: str
    makers: tuple[str, ...]
    groups: int  # independent sources: groups and clusters
    clusters: tuple[str, ...]
    single_source: bool  # one firm or group is the only one known
    hhi: float | None  # 0–1; None where a capacity is not known or a cluster is among them
    hhi_firm: float | None  # the same by firm
    hhi_place: float | None  # by city; None also where a city is not known; a cluster counts there
    places: int | None  # cities; None where one is not known
    sources: tuple[str, ...]
    assumed: bool

    @property
    def effective_makers(self) -> float | None:
        """How many makers of equal size would be as concentrated: 1 / hhi."""
        return None if self.hhi is None else 1 / self.hhi


@dataclass(frozen=True, slots=True)
class Concentrations:
    """The sources of every needed product that has a known maker."""

    rows: tuple[Concentration, ...]  # by product
    assumptions: tuple[Label, ...]

    def of(self, product: str) -> Concentration | None:
        """Return the row of a product; None where no maker is known."""
        return next((row for row in self.rows if row.product == product), None)


def herfindahl(shares: Floats) -> float:
    """Return the Herfindahl–Hirschman index, the sum of squared shares.

    Parameters
    ----------
    shares
        (makers,), not negative; they are divided by their sum.

    Returns
    -------
    float
        From 1/makers, all alike, to 1, a single one; not the 0–10,000 scale.

    References
    ----------
    Hirschman, A. O. (1964): The paternity of an index. American Economic Review 54, 761.

    Examples
    --------
    >>> herfindahl(np.array([30.0, 10.0]))
    0.625
    """
    return float(np.sum((shares / shares.sum()) ** 2))


def concentration(chain: Chain) -> Concentrations:
    """Return the known sources of every product that the scenario needs and somebody makes.

    Parameters
    ----------
    chain
        With a region.

    Returns
    -------
    Concentrations
        ``single_source`` speaks of what was found: others may exist unseen.
    """
    needed = {row.product for row in requirement(chain).rows}
    rows = []
    for product in chain.products:
        running = chain.makers(product.id, "operating", "trial")
        if running and product.id in needed:
            rows.append(_concentrate(chain, product.id, running))
    return Concentrations(tuple(rows), (KNOWN_ONLY,))


def _concentrate(chain: Chain, product: str, running: tuple[Capacity, ...]) -> Concentration:
    makers = {each.organisation: chain.organisation(each.organisation) for each in running}
    clusters = tuple(sorted(name for name, maker in makers.items() if maker.cluster))
    groups = _sums(running, {name: maker.group for name, maker in makers.items()})
    firms = _sums(running, {name: name for name in makers})
    cities = _sums(running, {name: maker.city for name, maker in makers.items()})
    return Concentration(
        product=product,
        makers=tuple(sorted(makers)),
        groups=len(groups),
        clusters=clusters,
        single_source=len(groups) == 1 and not clusters,
        hhi=None if clusters else _hhi(list(groups.values())),
        hhi_firm=None if clusters else _hhi(list(firms.values())),
        hhi_place=None if "" in cities else _hhi(list(cities.values())),
        places=None if "" in cities else len(cities),
        sources=tuple(sorted({source for each in running for source in each.sources})),
        assumed=any(each.assumed for each in running),
    )


def _sums(running: tuple[Capacity, ...], names: dict[str, str]) -> dict[str, float | None]:
    """Return the capacity of each name; None where one of its makers' is not known."""
    sums: dict[str, float | None] = {}
    for each in running:
        name = names[each.organisation]
        so_far, more = sums.get(name, 0.0), each.amount.working
        sums[name] = None if so_far is None or more is None else so_far + more
    return sums


def _hhi(capacities: list[float | None]) -> float | None:
    known = [capacity for capacity in capacities if capacity is not None]
    if len(known) < len(capacities) or not sum(known):
        return None
    return herfindahl(np.array(known))


ANALYSIS = Analysis(
    name="concentration",
    label=Label("集中度", "Concentration"),
    question=Label("每样产品靠几家？", "On how many makers does each product rest?"),
    run=concentration,
    columns=(
        Column("product", Label("产品", "Product"), "product"),
        Column("makers", Label("查到的单位", "Makers found"), "organisations"),
        Column("groups", Label("独立来源", "Independent sources"), "number"),
        Column("single_source", Label("只查到一家", "One known source"), "flag"),
        Column("hhi", Label("HHI(0–1)", "HHI (0–1)"), "number"),
    ),
    source="Hirschman 1964, American Economic Review 54, 761",
)
