"""What if there were one more plant, one firm less, another demand? A changed copy of a chain.

The copy holds nothing that the chain does not hold, but for what was imagined: whoever may know
the chain may know the copy.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from fenglian.engine.chain.change_faults import (
    NoAmountToAdd,
    NoCost,
    NoDemand,
    NothingAskedBefore,
    TooManyChanges,
    UnknownMaker,
    UnreadablePlant,
)
from fenglian.engine.chain.intervals import exactly
from fenglian.engine.chain.model import Chain, group_by_product
from fenglian.engine.chain.records import Capacity, Looked, Organisation
from fenglian.engine.chain.tables import nearest
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.labels import Label

MOST, MOST_CHANGES = 1e12, 12
PLANT = "what-if-plant"  # start of the ids of imagined plants
IMAGINED = Label("假如", "imagined")


@dataclass(frozen=True, slots=True)
class NewPlant:
    """A plant that somebody imagines in the region, running in full."""

    product: str
    amount: float  # product units a year
    cost: float | None = None  # in the chain's currency; None: not known


@dataclass(frozen=True, slots=True)
class Changes:
    """What somebody imagines."""

    plants: tuple[NewPlant, ...] = ()
    dropped: tuple[str, ...] = ()  # organisations that fall out, with all of their group
    demand: float | None = None  # in the chain's demand unit, a year; None: as it is

    @property
    def count(self) -> int:
        """How many changes these are."""
        return len(self.plants) + len(self.dropped) + (self.demand is not None)


def read_plant(words: str) -> NewPlant:
    """Return the plant that is written ``product:amount`` or ``product:amount:cost``.

    Examples
    --------
    >>> read_plant("flange:2000:3e8")
    NewPlant(product='flange', amount=2000.0, cost=300000000.0)
    """
    product, *numbers = words.strip().split(":")
    try:
        amount, *rest = (float(each) for each in numbers)
    except ValueError:
        raise UnreadablePlant(words=words) from None
    if not product or len(rest) > 1:
        raise UnreadablePlant(words=words)
    return NewPlant(product, amount, rest[0] if rest else None)


def change_chain(chain: Chain, changes: Changes) -> Chain:
    """Return the chain as it would be.

    Parameters
    ----------
    chain
        As it is.
    changes
        What is imagined. A product whose only known maker falls out counts as made by nobody
        here; one with other makers keeps what is known of them.

    Returns
    -------
    Chain
        With a fingerprint of its own, and with what was imagined among its assumptions.

    Raises
    ------
    UnknownProduct, UnknownMaker
        Where the chain has no such product, or nobody of that id who makes something.
    NoAmountToAdd, NoCost, NoDemand, NothingAskedBefore, TooManyChanges
        Where a number cannot be meant.
    """
    _check(chain, changes)
    changed = chain
    if changes.dropped:
        changed = _without(changed, changes.dropped)
    if changes.plants:
        changed = _with_plants(changed, changes.plants)
    if changes.demand is not None:
        changed = _asked(changed, changes.demand)
    said = tuple(_words(chain, changes))
    mark = sha256(f"{chain.fingerprint}\n{changes!r}".encode()).hexdigest()
    return replace(changed, assumptions=(*chain.assumptions, *said), fingerprint=mark)


def _check(chain: Chain, changes: Changes) -> None:
    if changes.count > MOST_CHANGES:
        raise TooManyChanges(count=changes.count, most=MOST_CHANGES)
    for plant in changes.plants:
        chain.code(plant.product)
        if not _fits(plant.amount):
            raise NoAmountToAdd(amount=plant.amount, product=plant.product, most=MOST)
        if plant.cost is not None and not (plant.cost == 0 or _fits(plant.cost)):
            raise NoCost(cost=plant.cost, most=MOST)
    makers = {each.organisation for each in chain.capacities}
    for name in changes.dropped:
        if name not in makers:
            raise UnknownMaker(maker=name, nearest=nearest(name, sorted(makers)))
    if changes.demand is not None and not _fits(changes.demand):
        raise NoDemand(demand=changes.demand, unit=chain.scenario.unit, most=MOST)


def _fits(number: float) -> bool:
    return math.isfinite(number) and 0 < number <= MOST


def _without(chain: Chain, dropped: Iterable[str]) -> Chain:
    groups = {chain.organisation(name).group for name in dropped}
    gone = {each.id for each in chain.organisations if each.group in groups}
    before = {product for product in chain.inside if chain.makers(product, "operating", "trial")}
    kept = tuple(each for each in chain.capacities if each.organisation not in gone)
    left = _with_capacities(chain, kept)
    bare = {product for product in before if not left.makers(product, "operating", "trial")}
    names = [chain.organisation(name).name for name in dropped]
    note = Label(
        f"假如{'、'.join(name.zh for name in names)}停产：查到在产的就没有别家了",
        f"if {', '.join(name.en for name in names)} fell out, no other known maker would be left",
    )
    found = [each for each in chain.looked if each.product not in bare]
    found += [Looked(product, "stated_none", note, ()) for product in bare]
    return replace(
        left,
        looked=tuple(sorted(found, key=lambda each: each.product)),
        supplies=tuple(each for each in chain.supplies if not {each.supplier, each.buyer} & gone),
        inputs=tuple(each for each in chain.inputs if each.buyer not in gone),
    )


def _with_plants(chain: Chain, plants: tuple[NewPlant, ...]) -> Chain:
    makers = [_plant(number, plant) for number, plant in enumerate(plants, 1)]
    made = [
        Capacity(
            organisation=maker.id,
            product=plant.product,
            amount=exactly(plant.amount),
            status="operating",
            stated="",
            note=IMAGINED,
            sources=(),
            assumed=True,
        )
        for maker, plant in zip(makers, plants, strict=True)
    ]
    known = sorted((*chain.organisations, *makers), key=lambda each: each.id)
    both = sorted((*chain.capacities, *made), key=lambda each: (each.organisation, each.product))
    return _with_capacities(replace(chain, organisations=tuple(known)), tuple(both))


def _plant(number: int, plant: NewPlant) -> Organisation:
    name = f"{PLANT}-{number}"
    return Organisation(
        id=name,
        name=Label(f"假如的新厂 {number}", f"imagined plant {number}"),
        kind="firm",
        group=name,
        inside=True,
        note=IMAGINED,
        risk=False,
        sources=(),
    )


def _with_capacities(chain: Chain, capacities: tuple[Capacity, ...]) -> Chain:
    here = {each.id for each in chain.organisations if each.inside}
    return replace(
        chain,
        capacities=capacities,
        inside=group_by_product(each for each in capacities if each.organisation in here),
        outside=group_by_product(each for each in capacities if each.organisation not in here),
    )


def _asked(chain: Chain, demand: float) -> Chain:
    """Return the chain with another demand; variants keep their shares."""
    ends = [end or 0.0 for end in chain.scenario.demand.ends()]
    if not any(ends):
        raise NothingAskedBefore(scenario=chain.scenario.id)
    told = max(range(len(ends)), key=lambda at: ends[at])
    one = chain.demand[told] * (demand / ends[told])
    asked: Floats = np.stack((one, one, one))
    asked.flags.writeable = False
    scenario = replace(chain.scenario, demand=exactly(demand), assumed=True)
    return replace(chain, demand=asked, scenario=scenario)


def _words(chain: Chain, changes: Changes) -> Iterable[Label]:
    for plant in changes.plants:
        product = chain.product(plant.product)
        unit = product.unit_name
        yield Label(
            f"假如添一家“{product.name.zh}”厂，一年 {plant.amount:,.10g} {unit.zh}，满产。",
            f"Imagined: one more plant for {product.name.en}, {plant.amount:,.10g} {unit.en} a year, "
            "running in full.",
        )
    for name in changes.dropped:
        maker = chain.organisation(name).name
        yield Label(
            f"假如{maker.zh}停产，同一集团的一起停。",
            f"Imagined: {maker.en} falls out, with all of its group.",
        )
    if changes.demand is not None:
        unit_name = chain.scenario.unit
        yield Label(
            f"假如需求是一年 {changes.demand:,.10g} {unit_name}，各路线的份额不变。",
            f"Imagined: a demand of {changes.demand:,.10g} {unit_name} a year, in the same shares.",
        )
