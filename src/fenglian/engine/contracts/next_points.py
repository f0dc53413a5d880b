"""A buyer wants the next points of its 协作配套率: which parts, and who here could make them?

What is bought elsewhere and could be made here is taken part by part, the largest sure amount
first, until the sure gain reaches what is wanted. No price, output or share of anybody else goes
in: only the buyer's own purchases and who says publicly, or to members, that it makes the part.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fenglian.engine.contracts.flows import LocalSourcing, rate_of
from fenglian.engine.contracts.fulfilment import share
from fenglian.engine.contracts.ranges import Range, add

FIVE_POINTS = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Step:
    """One part to move here."""

    product: str  # id; empty where the contracts do not say
    amount: Range  # yuan bought elsewhere
    gain: Range  # of the rate, 0 to 1, were all of it moved
    reached: Range  # gain of this step and all before it
    makers: tuple[str, ...]  # keys of those who could make it here
    needed: bool  # the steps before it do not surely suffice


def next_points(
    found: LocalSourcing,
    makers: Mapping[str, Sequence[str]],
    *,
    wanted: Decimal = FIVE_POINTS,
) -> tuple[Step, ...]:
    """Return the parts bought elsewhere in the order in which to move them.

    Parameters
    ----------
    found
        The buyer's local sourcing, by amount.
    makers
        Product → who could make it here; a part that nobody could make comes last.
    wanted
        Gain of the rate that is aimed at, 0 to 1.

    Returns
    -------
    tuple[Step, ...]
        Every part; those that are not ``needed`` stand behind what suffices already.

    Examples
    --------
    >>> from fenglian.engine.contracts.flows import Flow, local_sourcing
    >>> ten, ninety = (Range(Decimal(each), Decimal(each)) for each in (10, 90))
    >>> flows = [Flow("a", "x", "p", ninety, (), True), Flow("b", "x", "q", ten, (), True)]
    >>> [step] = next_points(local_sourcing(flows, "x", local={"a"}), {"q": ["c"]})
    >>> step.product, step.gain.low, step.makers, step.needed
    ('q', Decimal('0.1'), ('c',), True)
    """
    parts = sorted(
        found.products.items(),
        key=lambda part: (
            not makers.get(part[0]),
            -(part[1].low or 0),
            -(part[1].high or 0),
            part[0],
        ),
    )
    steps: list[Step] = []
    for product, amount in parts:
        able = tuple(makers.get(product, ()))
        before = steps[-1].reached.low if steps else None
        moved = {step.product for step in steps} | {product} if able else {product}
        steps.append(
            Step(
                product=product,
                amount=amount,
                gain=_gain(found, {product}),
                reached=_gain(found, moved),
                makers=able,
                needed=bool(able) and (before or Decimal(0)) < wanted,
            )
        )
    return tuple(steps)


def _gain(found: LocalSourcing, moved: Collection[str]) -> Range:
    """Return what share of all purchases some parts are."""
    part = add(amount for name, amount in found.products.items() if name in moved)
    if found.reported:
        return share(part, found.all)
    rest = add(amount for name, amount in found.products.items() if name not in moved)
    return rate_of(part, add((rest, found.local)))
