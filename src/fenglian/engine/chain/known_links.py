"""Which supply links does a chain know of, and what network do they make?

Only what was signed counts: a contract or a framework. An intent is none. Where two firms signed
for several products, the links add up, and the link is essential where one of them is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Supply
from fenglian.engine.chain.supply_network import SupplyNetwork, make_network
from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED

COUNTED = ("contract", "framework")


@dataclass(frozen=True, slots=True, eq=False)
class KnownLinks:
    """The links of a chain, as far as they are known."""

    network: SupplyNetwork | None  # None where no link with an amount is known
    used: tuple[Supply, ...]  # that the network is made of
    unvalued: tuple[Supply, ...]  # left out: signed, the amount is not known
    intents: int  # left out: not binding


def known_links(chain: Chain) -> KnownLinks:
    """Return the supply links of a chain as a network of firms.

    Returns
    -------
    KnownLinks
        Values are the amounts signed, whatever their period. The sector of a firm is the product
        of which it sells most, else the first that it makes. Its weight is the larger of what it
        sells and buys in here: a firm that sells to nobody of the network does not weigh nothing.
    """
    signed = [each for each in chain.supplies if each.kind in COUNTED]
    signed = [each for each in signed if each.supplier != each.buyer]
    used = tuple(each for each in signed if value_of(each) > 0)
    return KnownLinks(
        network=_network(chain, used) if used else None,
        used=used,
        unvalued=tuple(each for each in signed if value_of(each) <= 0),
        intents=sum(each.kind not in COUNTED for each in chain.supplies),
    )


def value_of(supply: Supply) -> float:
    """Return what a link is worth: the working value, else an end that is known, else 0."""
    low, working, high = supply.amount.ends()
    return working or low or high or 0.0


def needed_by(chain: Chain, buyer: str) -> Mapping[str, bool]:
    """Return the parts that a firm's products are built of; whether one cannot do without.

    What the firm itself says of an input comes before the bill of materials.
    """
    made = {each.product for each in chain.capacities if each.organisation == buyer}
    found: dict[str, bool] = {}
    for link in chain.links:
        if link.parent in made and not link.in_house:
            found[link.part] = found.get(link.part, False) or link.essential
    return found | {each.product: each.stops for each in chain.inputs if each.buyer == buyer}


def _network(chain: Chain, used: tuple[Supply, ...]) -> SupplyNetwork:
    firms = sorted({name for each in used for name in (each.supplier, each.buyer)})
    makers = {each.id: each for each in chain.organisations}
    needed = {buyer: needed_by(chain, buyer) for buyer in {each.buyer for each in used}}
    values: dict[tuple[str, str], float] = {}
    classes: dict[tuple[str, str], int] = {}
    turnover: dict[str, list[float]] = {name: [0.0, 0.0] for name in firms}
    for each in used:
        pair, value = (each.supplier, each.buyer), value_of(each)
        values[pair] = values.get(pair, 0.0) + value
        felt = NEEDED if needed[each.buyer].get(each.product) else ADDED
        classes[pair] = max(classes.get(pair, ADDED), felt)
        turnover[each.supplier][0] += value
        turnover[each.buyer][1] += value
    return make_network(
        firms,
        [_sector(chain, name, used) for name in firms],
        [(*pair, values[pair], classes[pair]) for pair in sorted(values)],
        {},
        weight=[max(turnover[name]) for name in firms],
        owner=[makers[name].group for name in firms],
        region=[makers[name].city or makers[name].region for name in firms],
    )


def _sector(chain: Chain, firm: str, used: Iterable[Supply]) -> str:
    sold: dict[str, float] = {}
    for each in used:
        if each.supplier == firm:
            sold[each.product] = sold.get(each.product, 0.0) + value_of(each)
    if sold:
        return max(sorted(sold), key=lambda product: sold[product])
    made = sorted(each.product for each in chain.capacities if each.organisation == firm)
    return made[0] if made else ""
