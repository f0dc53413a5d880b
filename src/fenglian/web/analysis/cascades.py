"""Whose failure costs the network most, who is hit by one, and what would help?

Loaded when first asked for: see ``queries.load``.
"""

from dataclasses import dataclass
from functools import lru_cache

from fenglian.engine.analysis.location_risk import PlaceRisks, location_risk
from fenglian.engine.analysis.reinforcement import Effect, reinforcement
from fenglian.engine.analysis.systemic_risk import (
    FirmRisk,
    Losses,
    SystemicRisk,
    systemic_risk,
    trace_failure,
)
from fenglian.engine.chain.known_links import known_links
from fenglian.engine.chain.link_faults import UnknownFirm
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.chain.tables import nearest
from fenglian.web.chain.queries import KEPT, Kept


@dataclass(frozen=True, slots=True, eq=False)
class Risks:
    """The indices of a network, and what second sources and new plants would save."""

    network: SupplyNetwork
    risk: SystemicRisk  # of all firms but clusters: they are many and never fail as one
    measures: tuple[Effect, ...]  # the best first
    places: PlaceRisks  # what is lost where all firms of a city stop
    owners: PlaceRisks


@dataclass(frozen=True, slots=True, eq=False)
class Cascades:
    """The indices, and one firm's cascade."""

    risks: Risks
    firm: FirmRisk
    losses: Losses


def ask(kept: Kept, firm: str) -> Cascades:
    """Return the indices of a chain's known links, and the cascade of a firm; empty: the worst.

    Raises
    ------
    UnknownFirm
        Where no link of the firm is known, or it is a cluster.
    """
    risks = _risks(kept)
    shown = risks.risk.of(firm) if firm else next(iter(risks.risk.top(1)))
    if shown is None:
        raise UnknownFirm(firm=firm, nearest=nearest(firm, risks.risk.firms))
    return Cascades(risks, shown, trace_failure(risks.network, {shown.firm: 1.0}))


@lru_cache(maxsize=KEPT)
def _risks(kept: Kept) -> Risks:
    network = known_links(kept.chain).network
    if network is None:  # whoever asks has counted the links
        raise ValueError("no link")
    clusters = {each.id for each in kept.chain.organisations if each.cluster}
    firms = [firm for firm in network.firms if firm not in clusters]
    return Risks(
        network=network,
        risk=systemic_risk(network, firms=firms),
        measures=reinforcement(network, plants=True),
        places=location_risk(network, "region"),
        owners=location_risk(network, "owner"),
    )
