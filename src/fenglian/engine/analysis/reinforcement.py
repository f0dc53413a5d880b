"""What would a measure save, a second source or a stock? The index before and after.

Nothing is approximated: the network is changed as the measure would change it, and the same firms
fail again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from fenglian.engine.analysis.question import LinkAnalysis
from fenglian.engine.analysis.sourcing import Sourcing, sourcing
from fenglian.engine.analysis.systemic_risk import Options, stop_of, systemic_risk
from fenglian.engine.chain.link_faults import UnknownFirm
from fenglian.engine.chain.supply_network import UNKNOWN, SupplyNetwork
from fenglian.engine.kernels.cascade import TOTAL, full_shocks, spread_losses
from fenglian.engine.kernels.cascade_plan import plan_cascade
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.labels import Label

WATCHED, TRIED = 50, 20  # firms that fail, single sources that get a second


class Measure(Protocol):
    """Something that changes a network for the better."""

    def apply(self, network: SupplyNetwork) -> SupplyNetwork:
        """Return the network as it would be."""
        ...

    def ceilings(self, network: SupplyNetwork) -> Floats:
        """Return (firms,) the most of itself that each firm could lose to its customers."""
        ...


@dataclass(frozen=True, slots=True)
class SecondSource:
    """A buyer takes half of what one supplier gives it from another one."""

    buyer: str
    first: str
    second: str

    def apply(self, network: SupplyNetwork) -> SupplyNetwork:
        """Return the network with the link split."""
        buyer, first = network.place(self.buyer), network.place(self.first)
        found = np.flatnonzero((network.buyers == buyer) & (network.suppliers == first))
        if not len(found):
            raise UnknownFirm(firm=f"{self.first} → {self.buyer}", nearest="–")
        values = network.values.copy()
        values[found] /= 2
        return network.with_links(
            np.append(network.suppliers, network.place(self.second)),
            np.append(network.buyers, buyer),
            np.append(values, values[found]),
            np.append(network.classes, network.classes[found]),
        )

    def ceilings(self, network: SupplyNetwork) -> Floats:
        """Return ones: it holds nobody up."""
        return np.ones(len(network.firms))


@dataclass(frozen=True, slots=True)
class NewSource:
    """A new plant of an owner of its own takes over half of what one supplier gives a buyer."""

    buyer: str
    first: str
    firm: str = "new-plant"

    def apply(self, network: SupplyNetwork) -> SupplyNetwork:
        """Return the network with one firm more, the last, of the first one's sector."""
        first = network.place(self.first)
        more = replace(
            network,
            firms=(*network.firms, self.firm),
            sector=np.append(network.sector, network.sector[first]),
            market=np.append(network.market, network.market[first]),
            revenue=np.append(network.revenue, np.nan),
            cost=np.append(network.cost, np.nan),
            weight=np.append(network.weight, 0.0),
            owners=(*network.owners, self.firm),
            regions=(*network.regions, ""),
        )
        return SecondSource(self.buyer, self.first, self.firm).apply(more)

    def ceilings(self, network: SupplyNetwork) -> Floats:
        """Return ones, one more: it holds nobody up."""
        return np.ones(len(network.firms) + 1)


@dataclass(frozen=True, slots=True)
class Stock:
    """A firm keeps a stock from which it delivers a share of a period whatever happens."""

    firm: str
    share: float  # 0–1

    def apply(self, network: SupplyNetwork) -> SupplyNetwork:
        """Return the network as it is."""
        return network

    def ceilings(self, network: SupplyNetwork) -> Floats:
        """Return what each can lose: the firm no more than its stock leaves open."""
        ceilings = np.ones(len(network.firms))
        ceilings[network.place(self.firm)] = 1 - self.share
        return ceilings


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure does to the index of the firms that were made to fail."""

    measure: Measure
    before: float  # sum of their indices
    after: float

    @property
    def saved(self) -> float:
        """How much less is lost; below 0 where the measure makes it worse."""
        return self.before - self.after


def effect_of(
    network: SupplyNetwork,
    measure: Measure,
    firms: Sequence[str],
    options: Options | None = None,
) -> Effect:
    """Return what a measure saves when each of these firms fails.

    Weights stay as they were before the measure, so that both sums speak of the same economy.

    Examples
    --------
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> network = make_network(
    ...     ["a", "b", "c"], ["s", "s", "t"], [("a", "c", 2.0)], {("s", "t"): 2},
    ...     weight=[1.0, 1.0, 2.0],
    ... )
    >>> effect_of(network, SecondSource("c", "a", "b"), ["a"]).saved
    0.25
    """
    [effect] = effects_of(network, [measure], firms, options)
    return effect


def effects_of(
    network: SupplyNetwork,
    measures: Sequence[Measure],
    firms: Sequence[str],
    options: Options | None = None,
) -> list[Effect]:
    """Return what each of several measures saves by itself; see ``effect_of``."""
    chosen = options or Options()
    before = _sum(network, network, np.ones(len(network.firms)), firms, chosen)
    return [
        Effect(
            measure,
            before,
            _sum(network, measure.apply(network), measure.ceilings(network), firms, chosen),
        )
        for measure in measures
    ]


def reinforcement(
    network: SupplyNetwork,
    *,
    tried: int = TRIED,
    watched: int = WATCHED,
    plants: bool = False,
    stock: float = 0.0,
) -> tuple[Effect, ...]:
    """Return what second sources would save, the best first.

    Parameters
    ----------
    network
        Of the firms.
    tried
        How many single sources get a second one, the largest values first: the largest firm of
        the same sector that the buyer does not buy from yet.
    watched
        How many firms fail, those of the highest index.
    plants
        Whether a new plant is tried for each single source too.
    stock
        Share of a period, 0–1, that each single source would keep in store; 0: none is tried.

    Returns
    -------
    tuple
        One effect a single source for which there is a second firm, one a new plant, and one a
        firm that would keep a stock.
    """
    worst = [row.firm for row in systemic_risk(network).top(watched)]
    sources = sourcing(network).single_sources
    found = [each for row in sources if (each := _second_source(network, row))]
    measures: list[Measure] = [*found[:tried]]
    if plants:
        measures += [NewSource(row.buyer, row.suppliers[0]) for row in sources[:tried]]
    if stock:
        keepers = dict.fromkeys(row.suppliers[0] for row in sources)
        measures += [Stock(firm, stock) for firm in list(keepers)[:tried]]
    effects = effects_of(network, measures, worst)
    return tuple(sorted(effects, key=lambda effect: -effect.saved))


def _second_source(network: SupplyNetwork, row: Sourcing) -> SecondSource | None:
    """Return the largest other firm of the sector and of another owner, where there is one."""
    first = network.place(row.suppliers[0])
    if network.sector[first] == UNKNOWN:
        return None
    free = network.sector == network.sector[first]
    free[network.place(row.buyer)] = False
    for place in np.flatnonzero(free):
        if network.owners[place] == network.owners[first]:
            free[place] = False
    if not free.any():
        return None
    best = int(np.argmax(np.where(free, network.sold, -1.0)))
    return SecondSource(row.buyer, row.suppliers[0], network.firms[best])


def _sum(
    before: SupplyNetwork,
    network: SupplyNetwork,
    ceilings: Floats,
    firms: Sequence[str],
    options: Options,
) -> float:
    flows = network.flows(substitution=options.substitution, ceilings=ceilings)
    weights = np.zeros(len(network.firms))  # what is new weighs nothing
    weights[: len(before.firms)] = before.weights()
    flows = replace(flows, weights=weights)
    stop = stop_of(options)
    shocks = full_shocks(np.array([network.place(firm) for firm in firms], np.int64))
    return float(spread_losses(plan_cascade(flows), shocks, stop).losses[:, TOTAL].sum())


ANALYSIS = LinkAnalysis(
    name="reinforcement",
    command="reinforcement",
    label=Label("强链措施", "Reinforcement"),
    question=Label(
        "给单一来源添第二家，能少损失多少？", "What would a second source save, and where most?"
    ),
    run=reinforcement,
    source="Diem et al. 2022, Scientific Reports 12, 7719, doi:10.1038/s41598-022-11522-z",
)
