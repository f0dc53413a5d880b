"""Which gaps are there, in demand and in money, and of which products is the capacity unknown?

A gap is what is needed and cannot be made here by capacities that are known. In demand it is the
build-out that has to get the product from elsewhere: gaps of several products do not add up in it,
for one machine can lack them all. In money they do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fenglian.engine.advice.items import Advice, AdviceItem, Verb
from fenglian.engine.analysis.coverage import Coverage, Coverages, Status
from fenglian.engine.chain.intervals import UNKNOWN, Interval
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.network import ENDS
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.errors import UnknownProduct
from fenglian.engine.kernels.explosion import Flags, Floats, reach
from fenglian.engine.labels import Label

KNOWN = (Status.SHORT, Status.MISSING)
NOT_ADDED = Label(
    "一台整机可以同时缺几种产品，所以各产品缺口的需求量不能相加；金额可以相加。",
    "One machine can lack several products, so the gaps of products do not add up in demand; in "
    "money they do.",
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is needed of one product and cannot be made here, as far as known."""

    product: str
    cover: Coverage
    demand: Interval  # final demand a year that has to get it from elsewhere
    value: Interval  # money a year; unknown without a price
    item: AdviceItem | None  # what is advised; None where nothing is

    @property
    def lacking(self) -> Interval:
        """Product units a year."""
        return self.cover.gap

    @property
    def known(self) -> bool:
        """Whether every capacity is known, and they do not do."""
        return self.cover.status in KNOWN

    @property
    def question(self) -> Label | None:
        """What to ask whom, where something is not known."""
        return self.item.question if self.item else None


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of a chain: those that are known, and those of which the capacity is not."""

    known: tuple[Gap, ...]  # what the chain office named first, then by money, then by demand
    unknown: tuple[Gap, ...]  # each with its question
    unit: Label  # of final demand a year
    assumptions: tuple[Label, ...]
    data_class: DataClass

    @property
    def value(self) -> Interval:
        """Money a year of the known gaps that have a price; its ends are sums of ends."""
        priced = [gap.value for gap in self.known if gap.value.known]
        if not priced:
            return UNKNOWN
        return Interval(*(sum(ends) for ends in zip(*map(_filled, priced), strict=True)))

    @property
    def priced(self) -> int:
        """Known gaps that have a price."""
        return sum(gap.value.known for gap in self.known)

    def of(self, product: str) -> Gap:
        """Return the gap of a product.

        Raises
        ------
        UnknownProduct
            Where it has none: it is not needed, or there is enough of it.
        """
        found = {gap.product: gap for gap in (*self.known, *self.unknown)}
        if product not in found:
            raise UnknownProduct(product=product, nearest=", ".join(sorted(found)[:3]) or "–")
        return found[product]


def find_gaps(chain: Chain, coverages: Coverages, advice: Advice) -> Gaps:
    """Return the gaps of a chain, known and unknown apart.

    Parameters
    ----------
    chain
        What coverage and advice were computed from.
    coverages, advice
        Of this chain; a product on which no advice is sought has no gap.

    Returns
    -------
    Gaps
        demand = demand of the routes that use the product × gap / requirement, end by end; where a
        capacity is not known the gap has a high end only: all of the need.

    Examples
    --------
    A chain that needs 10 of a part, of which 4 are made here, on a demand of 5: the gap is 6 parts,
    and 3 of the demand.
    """
    items = _items(advice)
    users = demand_of_users(chain)
    prices = {price.product: price.amount for price in chain.prices}
    gaps = [
        _gap(row, users[chain.code(row.product)], prices.get(row.product), items[row.product])
        for row in coverages.rows
        if row.product in items and row.status is not Status.MET
    ]

    def rank(gap: Gap) -> tuple[object, ...]:
        product = chain.product(gap.product)
        money = gap.value.working or gap.value.high or 0.0
        return not product.focus, -money, -(gap.demand.working or 0.0), gap.product

    ordered = sorted(gaps, key=rank)
    return Gaps(
        known=tuple(gap for gap in ordered if gap.known),
        unknown=tuple(gap for gap in ordered if not gap.known),
        unit=_a_year(chain.product(chain.final_product).unit_name),
        assumptions=(*advice.assumptions, NOT_ADDED),
        data_class=chain.data_class,
    )


def _items(advice: Advice) -> Mapping[str, AdviceItem]:
    """Return what is advised on each product: to build or to patch comes before the others."""
    order = (Verb.EXTEND, Verb.STRENGTHEN, Verb.BUILD, Verb.PATCH)
    return {item.product: item for verb in order for item in advice.of(verb)}


def uses_by_route(chain: Chain) -> Flags:
    """Return (routes, products) whether a route that is asked for uses a product."""
    network, high = chain.network, len(ENDS) - 1
    passing = (network.weights(high) > 0) | network.unknown(high)
    reached = reach(network.plan, passing, chain.demand.max(axis=0) > 0)
    used: Flags = reached.reshape(len(network.routes), network.products)
    return used


def demand_of_users(chain: Chain) -> Floats:
    """Return (products, 3) the final demand on routes that use each product, low to high."""
    network = chain.network
    asked = chain.demand.reshape(len(ENDS), len(network.routes), network.products).sum(axis=2)
    found: Floats = uses_by_route(chain).T @ asked.T
    return found


def _gap(row: Coverage, users: Floats, price: Interval | None, item: AdviceItem) -> Gap:
    return Gap(
        product=row.product,
        cover=row,
        demand=in_demand(row, users),
        value=row.gap.times(price) if price else UNKNOWN,
        item=item,
    )


def in_demand(row: Coverage, users: Floats) -> Interval:
    """Return the final demand a year that lacks a product, of the demand of all that use it."""
    shares = [
        None if part is None or not whole else part / whole
        for part, whole in zip(row.gap.ends(), row.required.ends(), strict=True)
    ]
    if row.required.high is None:  # a use of unknown amount: what lacks has no upper end
        shares[2] = None
    return Interval(
        *(
            None if share is None else share * float(whole)
            for share, whole in zip(shares, users, strict=True)
        )
    )


def _filled(interval: Interval) -> tuple[float, float, float]:
    """Return the ends, one that is not known as its nearest neighbour."""
    low, working, high = interval.ends()
    middle = (
        working if working is not None else next((e for e in (high, low) if e is not None), 0.0)
    )
    return low or 0.0, middle, middle if high is None else high


def _a_year(unit: Label) -> Label:
    return Label(f"{unit.zh}/年", f"{unit.en} a year")
