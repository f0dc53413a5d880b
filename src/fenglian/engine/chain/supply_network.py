"""Who supplies whom, and for how much? Firms and links as arrays, of a user's own tables too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from fenglian.engine.chain.link_faults import NoWeight, UnknownFirm
from fenglian.engine.chain.tables import nearest
from fenglian.engine.errors import PackFault
from fenglian.engine.kernels.cascade_plan import ADDED, Flows
from fenglian.engine.kernels.explosion import Floats, Integers

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class TableIntake:
    """What became of the rows of one table: read = accepted + rejected + duplicates."""

    name: str
    read: int
    accepted: int
    rejected: int
    duplicates: int  # of a link: added to the first; of anything else that says the same: skipped
    faults: tuple[PackFault, ...]  # of the rejected rows, in their order


@dataclass(frozen=True, eq=False)
class SupplyNetwork:
    """Firms, the links between them and how badly each input is needed."""

    firms: tuple[str, ...]
    sectors: tuple[str, ...]
    sector: Integers  # (firms,) place in sectors; UNKNOWN where it is not known
    market: Integers  # (firms,) firms of one market stand in for each other; UNKNOWN for alone
    revenue: Floats  # (firms,) in the unit of the links; NaN where it is not known
    cost: Floats  # (firms,) in the unit of the links; NaN where it is not known
    weight: Floats  # (firms,) NaN where it is not given
    owners: tuple[str, ...]  # (firms,) the firm itself where none is given
    regions: tuple[str, ...]  # (firms,) empty where it is not known
    suppliers: Integers  # (links,) each pair of firms once
    buyers: Integers  # (links,)
    values: Floats  # (links,) above 0, of one period in one unit of money
    classes: Integers  # (links,) 0 not felt, 1 non-essential, 2 essential, UNKNOWN: by the sectors
    essentiality: Integers  # (sectors, sectors) input × output, 0–2
    rated: bool = True  # whether an essentiality was given at all
    intakes: tuple[TableIntake, ...] = ()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {firm: place for place, firm in enumerate(self.firms)}

    def __contains__(self, firm: object) -> bool:
        """Return whether there is a firm of that name."""
        return firm in self._places

    def place(self, firm: str) -> int:
        """Return a firm's place in the arrays."""
        if firm not in self._places:
            raise UnknownFirm(firm=firm, nearest=nearest(firm, self.firms))
        return self._places[firm]

    @cached_property
    def products(self) -> Integers:
        """Return (firms,) what each gives: its sector, or something of its own."""
        alone = len(self.sectors) + np.arange(len(self.firms))
        return np.where(self.sector == UNKNOWN, alone, self.sector).astype(np.int64)

    @cached_property
    def effects(self) -> Integers:
        """Return (links,) the class of each link: its own, else that of its sectors."""
        giver, taker = self.sector[self.suppliers], self.sector[self.buyers]
        known = (giver != UNKNOWN) & (taker != UNKNOWN)
        rated = np.full(len(self.values), ADDED, np.int64)
        rated[known] = self.essentiality[giver[known], taker[known]]
        return np.where(self.classes == UNKNOWN, rated, self.classes).astype(np.int64)

    @cached_property
    def sold(self) -> Floats:
        """Return (firms,) all that a firm sells: its revenue, at least what it sells in here."""
        inside = np.bincount(self.suppliers, self.values, minlength=len(self.firms))
        return np.fmax(self.revenue, inside)

    def weights(self) -> Floats:
        """Return (firms,) what each counts: weight, else revenue, else sales; adding up to 1."""
        weights = np.where(np.isnan(self.weight), self.sold, self.weight)
        total = float(weights.sum())
        if not total > 0:
            raise NoWeight(firms=len(self.firms))
        return np.asarray(weights / total)

    def flows(self, *, substitution: bool = True, ceilings: Floats | None = None) -> Flows:
        """Return the network as the kernel takes it."""
        firms = len(self.firms)
        alone = self.market.max(initial=0) + 1 + np.arange(firms)
        grouped = self.market if substitution else np.full(firms, UNKNOWN)
        _, groups = np.unique(np.where(grouped == UNKNOWN, alone, grouped), return_inverse=True)
        _, kinds = np.unique(self.products, return_inverse=True)
        return Flows(
            nodes=firms,
            origins=self.suppliers,
            targets=self.buyers,
            amounts=self.values,
            effects=self.effects,
            kinds=kinds.astype(np.int64),
            groups=groups.astype(np.int64),
            given=self.sold,
            taken=np.nan_to_num(self.cost),
            weights=self.weights(),
            ceilings=np.ones(firms) if ceilings is None else ceilings,
        )

    def with_links(
        self, suppliers: Integers, buyers: Integers, values: Floats, classes: Integers
    ) -> "SupplyNetwork":
        """Return the network with other links; several between two firms are added up."""
        joined = join_links(len(self.firms), suppliers, buyers, values, classes)
        return replace(
            self, suppliers=joined[0], buyers=joined[1], values=joined[2], classes=joined[3]
        )


def join_links(
    firms: int, suppliers: Integers, buyers: Integers, values: Floats, classes: Integers
) -> tuple[Integers, Integers, Floats, Integers]:
    """Add up the links between the same two firms; the class is that of the first."""
    key = suppliers.astype(np.int64) * firms + buyers
    pairs, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    summed = np.bincount(inverse, values, minlength=len(pairs)).astype(np.float64)
    return pairs // max(firms, 1), pairs % max(firms, 1), summed, classes[first].astype(np.int64)


def make_network(
    firms: Sequence[str],
    sectors: Sequence[str],
    links: Sequence[tuple[str, str, float] | tuple[str, str, float, int]],
    essentiality: dict[tuple[str, str], int] | None = None,
    **columns: Sequence[float | str],
) -> SupplyNetwork:
    """Make a network of a few firms by hand.

    Parameters
    ----------
    firms, sectors
        (firms,) names, and the sector of each; empty where it is not known.
    links
        (supplier, buyer, value), and the class of the link where it has one of its own.
    essentiality
        Class 0–2 of (input sector, output sector); what is not in it is non-essential.
    columns
        (firms,) ``revenue``, ``cost``, ``weight`` (NaN unknown), ``market``, ``owner``, ``region``.

    Examples
    --------
    >>> make_network(["a", "b"], ["s", "t"], [("a", "b", 2.0)]).weights().tolist()
    [1.0, 0.0]
    """
    count, rated = len(firms), essentiality or {}
    names = sorted({sector for sector in sectors if sector} | {s for pair in rated for s in pair})
    code = {name: place for place, name in enumerate(names)}
    places = {firm: place for place, firm in enumerate(firms)}
    matrix = np.full((len(names), len(names)), ADDED, np.int64)
    for (giver, taker), felt in rated.items():
        matrix[code[giver], code[taker]] = felt
    markets = [str(each) for each in columns.get("market", [""] * count)]
    markets = [own or sector for own, sector in zip(markets, sectors, strict=True)]
    market_code = {name: place for place, name in enumerate(sorted(set(markets) - {""}))}
    unknown = [float("nan")] * count
    owners = columns.get("owner", [""] * count)
    joined = join_links(
        count,
        np.array([places[link[0]] for link in links], np.int64),
        np.array([places[link[1]] for link in links], np.int64),
        np.array([link[2] for link in links], np.float64),
        np.array([link[3] if len(link) > 3 else UNKNOWN for link in links], np.int64),
    )
    return SupplyNetwork(
        firms=tuple(firms),
        sectors=tuple(names),
        sector=np.array([code.get(each, UNKNOWN) for each in sectors], np.int64),
        market=np.array([market_code.get(each, UNKNOWN) for each in markets], np.int64),
        revenue=np.array(columns.get("revenue", unknown), np.float64),
        cost=np.array(columns.get("cost", unknown), np.float64),
        weight=np.array(columns.get("weight", unknown), np.float64),
        owners=tuple(str(own) or firm for own, firm in zip(owners, firms, strict=True)),
        regions=tuple(str(each) for each in columns.get("region", [""] * count)),
        suppliers=joined[0],
        buyers=joined[1],
        values=joined[2],
        classes=joined[3],
        essentiality=matrix,
        rated=essentiality is not None,
    )
