"""What is drilled? Who stops when and for how long, which stocks there are, who could stand in."""

from dataclasses import dataclass, field
from enum import StrEnum

from fenglian.engine.chain.drill_faults import (
    BadDays,
    BadRules,
    BadShare,
    DrillTooLarge,
    LostTwice,
    StandsInForNobody,
    StartsTooLate,
    UnknownInput,
)
from fenglian.engine.chain.intervals import Interval, write_number
from fenglian.engine.chain.supply_network import UNKNOWN, SupplyNetwork
from fenglian.engine.chain.tables import nearest
from fenglian.engine.labels import Label

ALL_INPUTS = ""  # as the product of a stock: of every input that has no row of its own
LONGEST = 3_660  # days
LARGEST = 30_000_000  # firms × days, of which a run keeps three numbers each: 0.7 GB


class Rationing(StrEnum):
    """Who is served first where a firm cannot deliver all that is ordered."""

    PROPORTIONAL = "proportional"  # everybody gets the same share
    INSIDE = "inside"  # firms of the network before those outside

    @property
    def label(self) -> Label:
        """Wording."""
        return _RATIONING[self]


_RATIONING = {
    Rationing.PROPORTIONAL: Label("按订货比例分", "in proportion to orders"),
    Rationing.INSIDE: Label("先供网络内企业", "firms of the network first"),
}


@dataclass(frozen=True, slots=True)
class Shock:
    """A firm, or one of its plants, loses a share of its capacity for some days."""

    firm: str
    share: float = 1.0  # above 0, up to 1
    from_day: int = 1
    days: int | None = 14  # None: it does not come back


@dataclass(frozen=True, slots=True)
class Stock:
    """How long a firm can go on with what it keeps of an input, on top of the day in use."""

    firm: str
    product: str  # the supplier's sector, its name where it has none, or ALL_INPUTS
    days: Interval
    source: str = ""  # where it was read


@dataclass(frozen=True, slots=True)
class Free:
    """What a firm could make more than it does, a period, in the unit of the links."""

    firm: str
    amount: Interval
    source: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who gives a buyer a product where the usual suppliers fall short, as far as it has room."""

    buyer: str
    product: str
    supplier: str
    from_day: int = 1  # of the drill; before it the product is not yet approved or there


@dataclass(frozen=True, slots=True)
class FinalProduct:
    """What the chain is for, and in which unit it is counted."""

    product: str  # sector of the firms that make it
    unit: Label
    yuan_per_unit: Interval


@dataclass(frozen=True, slots=True)
class Drill:
    """What is known, and what is supposed to happen."""

    shocks: tuple[Shock, ...]
    stocks: tuple[Stock, ...] = ()
    free: tuple[Free, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    final: FinalProduct | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How it is computed."""

    days: int = 42
    period_days: float = 365.0  # that the values of the links speak of
    yuan: float = 1.0  # in one unit of the links
    rationing: Rationing = Rationing.PROPORTIONAL
    favoured: tuple[str, ...] = ()  # buyers that are served first by everybody
    overproduction: float = 1.0  # the most that a firm makes, in terms of its normal output
    restock_days: float = 6.0  # over which a gap in a stock is to be filled
    stopped_below: float = 0.5  # of normal output: from there on a firm counts as stopped
    recovered_at: float = 0.95  # of normal output, and not below it again
    # Days of the stocks that nobody stated: an assumption, told in every result.
    assumed: Interval = field(default_factory=lambda: Interval(0.0, 7.0, 30.0))


def product_name(network: SupplyNetwork, kind: int) -> str:
    """Return what a kind of input is called: its sector, or its only supplier."""
    sectors = len(network.sectors)
    return network.sectors[kind] if kind < sectors else network.firms[kind - sectors]


def product_kind(network: SupplyNetwork, product: str) -> int | None:
    """Return the kind of a product by its name; None where the network has none of that name."""
    if product in network.sectors:
        return network.sectors.index(product)
    if product in network.firms and network.sector[network.place(product)] == UNKNOWN:
        return len(network.sectors) + network.place(product)
    return None


def unknown_input(network: SupplyNetwork, product: str) -> UnknownInput:
    """Return the fault of a product that nobody makes."""
    return UnknownInput(product=product, nearest=nearest(product, network.sectors))


def check_drill(network: SupplyNetwork, drill: Drill, rules: Rules) -> None:
    """Refuse a drill that the network cannot be put through.

    Raises
    ------
    BadDays, BadRules, BadShare, DrillTooLarge, LostTwice, StandsInForNobody, StartsTooLate
    UnknownFirm, UnknownInput
        As their names say.
    """
    check_rules(network, rules)
    _check_shocks(network, drill.shocks, rules.days)
    for stock in drill.stocks:
        network.place(stock.firm)
        if stock.product != ALL_INPUTS and product_kind(network, stock.product) is None:
            raise unknown_input(network, stock.product)
    for room in drill.free:
        network.place(room.firm)
    for each in drill.substitutes:
        check_substitute(network, each)
    if drill.final and drill.final.product not in network.sectors:
        raise unknown_input(network, drill.final.product)


def check_rules(network: SupplyNetwork, rules: Rules) -> None:
    """Refuse rules that mean nothing."""
    ends = [0.0 if end is None else end for end in rules.assumed.ends()]
    for name, value, low, high in (
        ("days", rules.days, 1, LONGEST),
        ("period_days", rules.period_days, 1, LONGEST),
        ("yuan", rules.yuan, 1e-6, 1e12),
        ("overproduction", rules.overproduction, 1, 10),
        ("restock_days", rules.restock_days, 1, LONGEST),
        ("stopped_below", rules.stopped_below, 0, 1),
        ("recovered_at", rules.recovered_at, rules.stopped_below, 1),
        *(("assumed", end, 0, LONGEST) for end in ends),
    ):
        if not low <= value <= high:
            raise BadRules(name=name, value=value, low=low, high=high)
    if None in rules.assumed.ends() or ends != sorted(ends):
        raise BadRules(name="assumed", value=rules.assumed.ends(), low="low ≤ working", high="high")
    for firm in rules.favoured:
        network.place(firm)
    if len(network.firms) * rules.days > LARGEST:
        raise DrillTooLarge(firms=len(network.firms), days=rules.days, limit=LARGEST)


def _check_shocks(network: SupplyNetwork, shocks: tuple[Shock, ...], days: int) -> None:
    lost: dict[str, list[Shock]] = {}
    for shock in shocks:
        network.place(shock.firm)
        if not 0 < shock.share <= 1:
            raise BadShare(firm=shock.firm, value=shock.share)
        if shock.from_day < 1 or (shock.days is not None and shock.days < 1):
            raise BadDays(firm=shock.firm, first=shock.from_day, days=shock.days)
        if shock.from_day > days:
            raise StartsTooLate(firm=shock.firm, first=shock.from_day, days=days)
        lost.setdefault(shock.firm, []).append(shock)
    for firm, own in lost.items():
        for day in sorted({shock.from_day for shock in own}):
            whole = sum(shock.share for shock in own if _lasts(shock, day))
            if whole > 1 + 1e-9:
                raise LostTwice(firm=firm, day=day, value=write_number(100 * whole))


def _lasts(shock: Shock, day: int) -> bool:
    return shock.from_day <= day and (shock.days is None or day < shock.from_day + shock.days)


def check_substitute(network: SupplyNetwork, each: Substitute) -> None:
    """Refuse a substitute for what the buyer does not buy, or that is the buyer itself."""
    buyer, supplier = network.place(each.buyer), network.place(each.supplier)
    kind = product_kind(network, each.product)
    bought = network.products[network.suppliers[network.buyers == buyer]]
    if kind is None or kind not in bought or buyer == supplier:
        names = sorted({product_name(network, int(own)) for own in bought})
        raise StandsInForNobody(
            supplier=each.supplier,
            buyer=each.buyer,
            product=each.product,
            bought=", ".join(names) or "–",
        )
    if each.from_day < 1:
        raise BadDays(firm=each.supplier, first=each.from_day, days=None)
