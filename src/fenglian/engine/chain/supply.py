"""What can be made of what, and where does a limit stand? The chain as arrays for a programme.

A product is one good on every route on which it is made of the same; where a variant changes
what goes into it, or into a part of it, it is several goods with one capacity together. Parts
without which a product can be built set no limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fenglian.engine.chain.model import Chain
from fenglian.engine.kernels.explosion import Integers
from fenglian.engine.kernels.throughput import Supply

Mix = Literal["scenario", "free"]


@dataclass(frozen=True, slots=True, eq=False)
class ChainSupply:
    """A network without limits: the hall of a product is what its makers can make in a year.

    Of halls there are two a product: by its code those of the region, then, as many codes on,
    what can be bought of it. Both are without limit until a programme is told otherwise.
    """

    supply: Supply
    products: int
    lead: tuple[int, ...]  # codes of the lead product and of what contains it
    own_use: tuple[int, ...]  # codes of what the makers of its parent make themselves
    open_blocks: Integers  # blocks that take an unknown amount of something
    open_parts: tuple[frozenset[int], ...]  # by such block: codes of what that is

    def hall(self, product: int, *, bought: bool = False) -> int:
        """Return the hall of a product of the region, or of its purchases."""
        return product + self.products * bought


def chain_supply(chain: Chain, end: int, mix: Mix = "scenario") -> ChainSupply:
    """Return the chain as a supply network.

    Parameters
    ----------
    chain
        Of any pack.
    end
        0 low, 1 working, 2 high amounts per unit; an amount that is not known counts as 0 here.
    mix
        ``scenario``: variants in the shares of the scenario; ``free``: in any shares.

    Returns
    -------
    ChainSupply
        One unit of a sale is one unit of the final product.
    """
    goods, recipes = _goods(chain, end)
    final = chain.code(chain.final_product)
    shares = _shares(chain)
    classes = {goods[route, final] for route in range(len(shares))}
    by_class = {
        good: sum(share for route, share in enumerate(shares) if goods[route, final] == good)
        for good in sorted(classes)
    }
    number = {good: code for code, good in enumerate(sorted(set(goods.values())))}
    count = len(number)
    product = np.zeros(count, np.int64)
    for (_, code), good in goods.items():
        product[number[good]] = code
    links = [recipes[good] for good in sorted(number)]
    inputs = [(number[part], amount) for each in links for part, amount in each]
    sizes = [len(each) for each in links]
    unknown = [
        frozenset(int(product[number[part]]) for part, amount in each if np.isnan(amount))
        for each in links
    ]
    bundle = mix == "scenario" and sum(shares) > 0
    sold = [(number[good], share) for good, share in by_class.items() if share or not bundle]
    return ChainSupply(
        supply=_arrays(count, product, len(chain.products), sizes, inputs, sold, bundle=bundle),
        products=len(chain.products),
        lead=_containing(chain, chain.code(chain.lead_product)),
        own_use=_own_use(chain),
        open_blocks=np.array([at for at, each in enumerate(unknown) if each], np.int64),
        open_parts=tuple(each for each in unknown if each),
    )


_Recipe = tuple[tuple[int, float], ...]  # class of a part, amount


def _arrays(
    count: int,
    product: Integers,
    products: int,
    sizes: Sequence[int],
    inputs: Sequence[tuple[int, float]],
    sold: Sequence[tuple[int, float]],
    *,
    bundle: bool,
) -> Supply:
    """Return the network: block k makes good k, block count + k buys it."""
    amounts = np.nan_to_num(np.array([amount for _, amount in inputs], np.float64))
    return Supply(
        goods=count,
        regions=1,
        outputs=np.tile(np.arange(count), 2),
        yields=np.ones(2 * count),
        starts=np.concatenate(([0], np.cumsum([*sizes, *[0] * count]))).astype(np.int64),
        inputs=np.array([part for part, _ in inputs], np.int64),
        amounts=amounts,
        recipe=np.arange(2 * count),
        region=np.zeros(2 * count, np.int64),
        capacity=np.full(2 * count, np.inf),
        hall=np.concatenate((product, product + products)),
        hall_capacity=np.full(2 * products, np.inf),
        purchase=np.zeros(count),
        carried=np.zeros(count, np.bool_),
        sale_starts=np.array([0, len(sold)] if bundle else range(len(sold) + 1), np.int64),
        sale_goods=np.array([good for good, _ in sold], np.int64),
        sale_amounts=np.array([share if bundle else 1.0 for _, share in sold]),
        worth=np.ones(1 if bundle else len(sold)),
    )


def _goods(chain: Chain, end: int) -> tuple[dict[tuple[int, int], int], dict[int, _Recipe]]:
    """Return the good of every route and product that is reached, and of what each is made.

    Two nodes are one good where they are of one product and made of the same goods: the coarsest
    such grouping, found by splitting groups until none splits.
    """
    network = chain.network
    final = chain.code(chain.final_product)
    below: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for route, names in enumerate(network.routes):
        for at, link in enumerate(chain.links):
            if link.essential and link.variant in ("", *names) and network.amounts[end, at] != 0:
                below.setdefault((route, int(network.parents[at])), []).append(
                    (at, int(network.parts[at]))
                )
    reached = _reached([(route, final) for route in range(len(network.routes))], below)
    group = {node: node[1] for node in reached}
    while True:
        keys = {
            node: (
                group[node],
                tuple((at, group[node[0], part]) for at, part in below.get(node, ())),
            )
            for node in reached
        }
        names_of = {key: number for number, key in enumerate(sorted(set(keys.values())))}
        finer = {node: names_of[key] for node, key in keys.items()}
        if len(names_of) == len(set(group.values())):
            break
        group = finer
    recipes: dict[int, _Recipe] = {
        group[node]: tuple(
            (group[node[0], part], float(network.amounts[end, at]))
            for at, part in below.get(node, ())
        )
        for node in reached
    }
    return group, recipes


def _reached(
    roots: Sequence[tuple[int, int]], below: dict[tuple[int, int], list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    found, waiting = set(roots), list(roots)
    while waiting:
        node = waiting.pop()
        for _, part in below.get(node, ()):
            if (node[0], part) not in found:
                found.add((node[0], part))
                waiting.append((node[0], part))
    return sorted(found)


def _shares(chain: Chain) -> list[float]:
    """Return the share of each route in the scenario's demand, 0 where nothing is asked for."""
    final = chain.code(chain.final_product)
    asked = chain.demand.reshape(3, len(chain.network.routes), chain.network.products)[:, :, final]
    most = asked.max(axis=0)
    total = float(most.sum())
    return [float(each) / total if total else 0.0 for each in most]


def _containing(chain: Chain, product: int) -> tuple[int, ...]:
    """Return a product and all that it goes into."""
    found = {product}
    links = list(zip(chain.network.parents.tolist(), chain.network.parts.tolist(), strict=True))
    while True:
        more = {parent for parent, part in links if part in found} - found
        if not more:
            return tuple(sorted(found))
        found |= more


def _own_use(chain: Chain) -> tuple[int, ...]:
    """Return what goes only into products whose makers make it themselves."""
    inside: dict[str, bool] = {}
    for link in chain.links:
        if link.essential:
            inside[link.part] = inside.get(link.part, True) and link.in_house
    return tuple(sorted(chain.code(name) for name, own in inside.items() if own))
