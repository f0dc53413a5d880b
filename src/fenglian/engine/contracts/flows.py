"""Who supplies whom, by contracts that both sides or one side confirm; and the 协作配套率.

What both sides confirm is certain: the low end. What one side alone says may be so: the high end.
The official formula of the 协作配套率 was not found; what counts as local and what is divided by
what are parameters, and are named in the result.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fenglian.engine.contracts.fulfilment import share
from fenglian.engine.contracts.ranges import NOTHING, Range, add
from fenglian.engine.contracts.records import BOTH, Contract

Measure = Literal["amount", "suppliers"]


@dataclass(frozen=True, slots=True)
class Flow:
    """What one supplies another of one product."""

    supplier: str
    buyer: str
    product: str | None
    amount: Range  # yuan: from what both confirm to what anyone says
    contracts: tuple[str, ...]
    confirmed: bool  # both confirm at least one contract


def find_flows(contracts: Iterable[Contract]) -> tuple[Flow, ...]:
    """Return the supply links of contracts, by supplier, buyer and product.

    Letters of intent and framework agreements are no supply, and without both parties there is
    no link.
    """
    links: dict[tuple[str, str, str], list[Contract]] = defaultdict(list)
    for each in contracts:
        if each.kind == "contract" and each.supplier and each.buyer:
            links[each.supplier, each.buyer, each.product or ""].append(each)
    return tuple(
        Flow(
            supplier=supplier,
            buyer=buyer,
            product=product or None,
            amount=_bounds(rows),
            contracts=tuple(sorted(each.id for each in rows)),
            confirmed=any(each.confirmed == BOTH for each in rows),
        )
        for (supplier, buyer, product), rows in sorted(links.items())
    )


@dataclass(frozen=True, slots=True)
class LocalSourcing:
    """What share of a buyer's purchases comes from local suppliers: 协作配套率."""

    buyer: str
    measure: Measure
    local: Range  # yuan, or suppliers
    all: Range
    rate: Range  # 0 to 1
    local_suppliers: tuple[str, ...]
    other_suppliers: tuple[str, ...]
    products: Mapping[str, Range]  # product → yuan bought elsewhere: where the next points are
    reported: bool = False  # all is what the buyer reports, not the sum of its contracts


def local_sourcing(
    flows: Iterable[Flow],
    buyer: str,
    *,
    local: Collection[str],
    purchases: Range | None = None,
    measure: Measure = "amount",
) -> LocalSourcing:
    """Return a buyer's 协作配套率 as an interval.

    Parameters
    ----------
    flows
        Of any buyers; see ``find_flows``.
    local
        Keys of the suppliers that count: of the province, or of a list.
    purchases
        Yuan of all purchases as the buyer reports them; without it those of the flows, which then
        are all that is known.
    measure
        "amount" divides yuan, as the policy's 采购额; "suppliers" divides heads.

    Examples
    --------
    >>> ten, four = Range(Decimal(10), Decimal(10)), Range(Decimal(4), Decimal(6))
    >>> rows = [Flow("a", "x", "p", four, ("1",), True), Flow("b", "x", "q", ten, ("2",), True)]
    >>> found = local_sourcing(rows, "x", local={"a"})
    >>> [round(end, 3) for end in (found.rate.low, found.rate.high)]
    [Decimal('0.286'), Decimal('0.375')]
    """
    bought = [each for each in flows if each.buyer == buyer]
    here = [each for each in bought if each.supplier in local]
    elsewhere = [each for each in bought if each.supplier not in local]
    inside = _measure(here, measure)
    outside = _measure(elsewhere, measure)
    whole = add((inside, outside))
    rate = rate_of(inside, outside)
    if purchases is not None and measure == "amount":
        whole, rate = purchases, share(inside, purchases)
    products: dict[str, list[Range]] = defaultdict(list)
    for each in elsewhere:
        products[each.product or ""].append(each.amount)
    return LocalSourcing(
        buyer=buyer,
        measure=measure,
        local=inside,
        all=whole,
        rate=rate,
        local_suppliers=tuple(sorted({each.supplier for each in here})),
        other_suppliers=tuple(sorted({each.supplier for each in elsewhere})),
        products={name: add(amounts) for name, amounts in sorted(products.items())},
        reported=purchases is not None and measure == "amount",
    )


def rate_of(inside: Range, outside: Range) -> Range:
    """Return a over a + b: least where a is least and b most, and the other way round.

    Examples
    --------
    >>> rate_of(Range(Decimal(1), Decimal(3)), Range(Decimal(1), Decimal(3)))
    Range(low=Decimal('0.25'), high=Decimal('0.75'), strict=False)
    """
    low = _over(inside.low, outside.high)
    return Range(low, _over(inside.high, outside.low))


def _over(part: Decimal | None, rest: Decimal | None) -> Decimal | None:
    if part is None or rest is None or part + rest == 0:
        return None
    return part / (part + rest)


def _measure(flows: Iterable[Flow], measure: Measure) -> Range:
    rows = list(flows)
    if measure == "amount":
        return add(each.amount for each in rows)
    sure = {each.supplier for each in rows if each.confirmed}
    return Range(Decimal(len(sure)), Decimal(len({each.supplier for each in rows})))


def _bounds(rows: Iterable[Contract]) -> Range:
    everyone = list(rows)
    sure = add(each.amount for each in everyone if each.confirmed == BOTH)
    said = add(each.amount for each in everyone)
    return Range(sure.low or NOTHING.low, said.high, sure.strict)
