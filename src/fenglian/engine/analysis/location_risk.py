"""What if all firms of one place, or of one owner, stop together? The index of places and owners.

A flood, a power cut or a bankruptcy does not stop firms one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fenglian.engine.analysis.question import LinkAnalysis
from fenglian.engine.analysis.systemic_risk import ONE_PERIOD, Options, stop_of
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.kernels.cascade import DOWN, TOTAL, UP, spread_losses
from fenglian.engine.kernels.cascade_plan import plan_cascade
from fenglian.engine.kernels.cascade_state import Shocks
from fenglian.engine.labels import Label

By = Literal["region", "owner"]
UNPLACED = Label(
    "没有写地区的企业不算在任何一个地区里。", "Firms whose region is not stated count in none."
)
STANDS_IN = Label(
    "别处同一市场的企业照样顶替；它们自己有没有余力没有查。",
    "Firms of the same market elsewhere stand in as ever; whether they have room is not known.",
)


@dataclass(frozen=True, slots=True)
class PlaceRisk:
    """What it costs the network when all firms of one place or owner stop."""

    name: str
    firms: tuple[str, ...]
    share: float  # of the weight of the network that they are themselves, 0–1
    esri: float  # 0–1
    esri_down: float
    esri_up: float

    @property
    def beyond(self) -> float:
        """What is lost at others, 0–1 of the network."""
        return max(0.0, self.esri - self.share)


@dataclass(frozen=True, slots=True)
class PlaceRisks:
    """The index of every place or owner of a network."""

    by: By
    rows: tuple[PlaceRisk, ...]  # the highest first; equal ones by name
    unplaced: int  # firms of no known region
    assumptions: tuple[Label, ...]


def location_risk(
    network: SupplyNetwork, by: By = "region", options: Options | None = None
) -> PlaceRisks:
    """Return what is lost where all firms of one region, or of one owner, stop at once.

    Parameters
    ----------
    network
        With the region or the owner of its firms; a firm without an owner is its own.
    by
        ``region`` or ``owner``.
    options
        As for the index of single firms.

    Returns
    -------
    PlaceRisks
        The index is the same as that of a firm, for a shock of all of them together. It is at
        least the firms' own share of the network, and at least the index of each of them.

    Examples
    --------
    >>> from fenglian.engine.chain.supply_network import make_network
    >>> network = make_network(
    ...     ["a", "b", "c"], ["s", "s", "t"], [("a", "c", 1.0), ("b", "c", 1.0)], {("s", "t"): 2},
    ...     weight=[1.0, 1.0, 2.0], region=["north", "north", "south"],
    ... )
    >>> [(row.name, row.esri, row.share) for row in location_risk(network).rows]
    [('north', 1.0, 0.5), ('south', 1.0, 0.5)]
    """
    chosen = options or Options()
    names = network.regions if by == "region" else network.owners
    members: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        members.setdefault(name, []).append(place)
    unplaced = len(members.pop("", []))
    groups = [(name, members[name]) for name in sorted(members)]
    rows = _rows(network, groups, chosen) if groups else []
    return PlaceRisks(
        by=by,
        rows=tuple(sorted(rows, key=lambda row: (-row.esri, row.name))),
        unplaced=unplaced,
        assumptions=(ONE_PERIOD, STANDS_IN, *([UNPLACED] if unplaced else [])),
    )


def _rows(
    network: SupplyNetwork, groups: Sequence[tuple[str, list[int]]], options: Options
) -> list[PlaceRisk]:
    weights = network.weights()
    plan = plan_cascade(network.flows(substitution=options.substitution))
    nodes = np.concatenate([np.array(places, np.int64) for _, places in groups])
    starts = np.cumsum([0, *(len(places) for _, places in groups)])
    ones = np.ones(len(nodes))
    shocks = Shocks(starts.astype(np.int64), nodes, ones, ones.copy())
    losses = spread_losses(plan, shocks, stop_of(options)).losses
    return [
        PlaceRisk(
            name=name,
            firms=tuple(network.firms[place] for place in places),
            share=float(weights[places].sum()),
            esri=float(lost[TOTAL]),
            esri_down=float(lost[DOWN]),
            esri_up=float(lost[UP]),
        )
        for (name, places), lost in zip(groups, losses, strict=True)
    ]


ANALYSIS = LinkAnalysis(
    name="location_risk",
    command="location-risk",
    label=Label("区位风险", "Location risk"),
    question=Label(
        "一个地方、一个集团的企业一起停了，损失多少？",
        "What is lost where all firms of one place, or of one owner, stop together?",
    ),
    run=location_risk,
    source="Diem et al. 2022, Scientific Reports 12, 7719, doi:10.1038/s41598-022-11522-z",
)
