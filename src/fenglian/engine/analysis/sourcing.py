"""From how many does each firm buy each input? By firm, by owner and by region.

Two suppliers of one owner, or in one place, fail together more often than two that are apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fenglian.engine.analysis.question import LinkAnalysis
from fenglian.engine.chain.supply_network import UNKNOWN, SupplyNetwork
from fenglian.engine.kernels.cascade_plan import NEEDED
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.labels import Label


@dataclass(frozen=True, slots=True)
class Sourcing:
    """One input of one firm."""

    buyer: str
    product: str | None  # sector of the suppliers; None where it is not known
    value: float  # bought of it, in the unit of the links
    suppliers: tuple[str, ...]  # the largest first
    essential: bool  # the buyer stops without it
    hhi: float  # by firm, 0–1
    hhi_owner: float
    hhi_region: float | None  # None where a supplier's region is not known

    @property
    def effective_suppliers(self) -> float:
        """How many suppliers of equal size would be as concentrated: 1 / hhi."""
        return 1 / self.hhi

    @property
    def single_source(self) -> bool:
        """Whether one firm supplies all of it."""
        return len(self.suppliers) == 1

    @property
    def single_owner(self) -> bool:
        """Whether all of it comes from firms of one owner."""
        return self.hhi_owner == 1.0


@dataclass(frozen=True, slots=True)
class Sourcings:
    """Every input of every firm, by buyer and product; what is essential and large first."""

    rows: tuple[Sourcing, ...]

    @property
    def single_sources(self) -> tuple[Sourcing, ...]:
        """Essential inputs that come from one owner alone, the largest value first."""
        return tuple(row for row in self.rows if row.essential and row.single_owner)


def sourcing(network: SupplyNetwork) -> Sourcings:
    """Return how concentrated the sources of each input of each firm are.

    Parameters
    ----------
    network
        Firms of one sector supply one input; one of unknown sector an input of its own.

    Returns
    -------
    Sourcings
        With Σ share² of each input by firm, by owner and by region.

    References
    ----------
    Hirschman, A. O. (1964): The paternity of an index. American Economic Review 54, 761.

    Examples
    --------
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> network = make_network(
    ...     ["a", "b", "c"], ["s", "s", "t"], [("a", "c", 3.0), ("b", "c", 1.0)], {("s", "t"): 2},
    ...     owner=["g", "g", ""],
    ... )
    >>> [row] = sourcing(network).rows
    >>> row.hhi, row.hhi_owner, row.single_source, row.single_owner
    (0.625, 1.0, False, True)
    """
    product = network.products[network.suppliers]
    order = np.lexsort((-network.values, product, network.buyers))
    keys = np.stack((network.buyers[order], product[order]))
    fresh = np.flatnonzero(np.any(np.diff(keys, axis=1) != 0, axis=0)) + 1
    effects = network.effects
    rows = [_row(network, links, effects) for links in np.split(order, fresh) if len(links)]
    rows.sort(key=lambda row: (not row.essential, -row.value, row.buyer, row.product or ""))
    return Sourcings(tuple(rows))


def _row(network: SupplyNetwork, links: Integers, effects: Integers) -> Sourcing:
    givers = network.suppliers[links]
    values = network.values[links]
    sector = int(network.sector[givers[0]])
    regions = [network.regions[giver] for giver in givers]
    return Sourcing(
        buyer=network.firms[network.buyers[links[0]]],
        product=None if sector == UNKNOWN else network.sectors[sector],
        value=float(values.sum()),
        suppliers=tuple(network.firms[giver] for giver in givers),
        essential=bool((effects[links] == NEEDED).any()),
        hhi=_hhi(values, givers.tolist()),
        hhi_owner=_hhi(values, [network.owners[giver] for giver in givers]),
        hhi_region=_hhi(values, regions) if all(regions) else None,
    )


def _hhi(values: Floats, names: Sequence[object]) -> float:
    if len(set(names)) == 1:
        return 1.0
    summed: dict[object, float] = {}
    for name, value in zip(names, values.tolist(), strict=True):
        summed[name] = summed.get(name, 0.0) + value
    total = sum(summed.values())
    return sum((part / total) ** 2 for part in summed.values())


ANALYSIS = LinkAnalysis(
    name="sourcing",
    command="sourcing",
    label=Label("供应来源", "Sourcing"),
    question=Label(
        "每家的每种投入品靠几家、几个集团、几个地方？",
        "On how many firms, owners and places does each input of each firm rest?",
    ),
    run=sourcing,
    source="Hirschman 1964, American Economic Review 54, 761",
)
