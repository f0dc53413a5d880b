"""How much of every product does the scenario need? The bill of materials, exploded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from fenglian.engine.analysis.question import Analysis, Column
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.network import ENDS, Network
from fenglian.engine.errors import NumbersTooLarge, WrongShape
from fenglian.engine.kernels.explosion import Flags, Floats, Integers, explode, reach
from fenglian.engine.labels import Label

ASSUMED_AMOUNTS = Label(
    "一部分单耗是假设，见各行标记。", "Some amounts per unit are assumed; the rows say which."
)
OPEN_USES = Label(
    "有的用途数量不知道，没有计入；这些行写明是哪些用途。",
    "Some uses are of unknown amount and not counted; their rows name them.",
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """What is needed of one product, in a year."""

    product: str
    amount: Interval  # product units a year
    unit: Label
    essential: bool  # something that is needed cannot be built without it
    uncounted: tuple[str, ...]  # products that use it, or what it is for, in unknown amounts
    sources: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Requirements:
    """What is needed of every product that the scenario reaches."""

    rows: tuple[Requirement, ...]  # by product
    assumptions: tuple[Label, ...]

    def of(self, product: str) -> Requirement | None:
        """Return the row of a product; None where the scenario does not need it."""
        return next((row for row in self.rows if row.product == product), None)


def required_amounts(network: Network, demand: Floats) -> Floats:
    """Return what many demands at once need of every product.

    Parameters
    ----------
    network
        Of a chain.
    demand
        (3, routes × products, cases) low, working and high final demand.

    Returns
    -------
    numpy.ndarray
        (3, products, cases), low, working, high; links of unknown amount count as 0.

    Notes
    -----
    q = d + B q, at each end with the amounts of that end. No result falls when an amount or a
    demand rises, so the ends bound all that lies between; they are wider than what is likely,
    for not everything is at its end at once.
    """
    nodes = len(network.routes) * network.products
    if demand.ndim != 3 or demand.shape[:2] != (len(ENDS), nodes):
        raise WrongShape(name="demand", found=demand.shape, wanted=(len(ENDS), nodes, "cases"))
    shape = (len(network.routes), network.products, demand.shape[2])
    ends = [
        explode(network.plan, network.weights(end), demand[end]).reshape(shape).sum(axis=0)
        for end in range(len(ENDS))
    ]
    amounts = np.stack(ends)
    if not np.isfinite(amounts).all():
        where = np.flatnonzero(~np.isfinite(amounts).all(axis=(0, 2)))
        raise NumbersTooLarge(nodes=tuple(int(node) for node in where[:5]))
    return amounts


def requirement(chain: Chain) -> Requirements:
    """Return what the chain's scenario needs of every product.

    Parameters
    ----------
    chain
        Of any pack.

    Returns
    -------
    Requirements
        A product that nothing needed is built of has no row. Where a use is of unknown amount,
        the high end is None, and low and working value count the known uses only.

    References
    ----------
    Vazsonyi, A. (1954): The use of mathematics in production and inventory control.
    Management Science 1, 70–85. doi:10.1287/mnsc.1.1.70
    """
    network = chain.network
    amounts = required_amounts(network, chain.demand[:, :, np.newaxis])[:, :, 0]
    used = _used_links(network, chain.demand)
    needed = _of_products(network, _needed_nodes(network, chain.demand))
    opened = [_opened(network, chain.demand, end) for end in range(len(ENDS))]
    essential = _essential(chain)
    sources = _gather(chain, used, [link.sources for link in chain.links])
    open_uses = _gather(
        chain, used, [(link.parent,) if _is_open(link.amount) else () for link in chain.links]
    )
    guessed = _gather(chain, used, [("yes",) if link.assumed else () for link in chain.links])
    scenario = chain.scenario
    rows = tuple(
        Requirement(
            product=product.id,
            amount=_amount(amounts[:, code], [bool(flags[code]) for flags in opened]),
            unit=product.unit_name,
            essential=bool(essential[code]),
            uncounted=tuple(sorted(open_uses[code])),
            sources=tuple(sorted(sources[code] | set(scenario.sources))),
            assumed=scenario.assumed or bool(guessed[code]),
        )
        for code, product in enumerate(chain.products)
        if needed[code]
    )
    return Requirements(rows, _assumptions(chain, rows, guessed))


def _needed_nodes(network: Network, demand: Floats) -> Flags:
    """Return (nodes,) which the demand reaches, over links of any amount above 0 or unknown."""
    passing = (network.weights(2) > 0) | network.unknown(2)
    return reach(network.plan, passing, demand.max(axis=0) > 0)


def _used_links(network: Network, demand: Floats) -> Flags:
    """Return (links,) which are used on at least one route."""
    reached = _needed_nodes(network, demand)
    passing = (network.weights(2) > 0) | network.unknown(2)
    used = np.zeros(len(network.parents), np.bool_)
    used[network.link[passing & reached[_origins(network)]]] = True
    return used


def _origins(network: Network) -> Integers:
    origins = np.empty(network.plan.links, np.int64)
    origins[network.plan.slots] = network.plan.origins
    return origins


def _targets(network: Network) -> Integers:
    targets = np.empty(network.plan.links, np.int64)
    targets[network.plan.slots] = np.repeat(network.plan.order, np.diff(network.plan.starts))
    return targets


def _opened(network: Network, demand: Floats, end: int) -> Flags:
    """Return (products,) whose need goes, in part, over a link of unknown amount at this end."""
    unknown = network.unknown(end)
    open_links = unknown & _needed_nodes(network, demand)[_origins(network)]
    seeds = np.zeros(network.plan.nodes, np.bool_)
    seeds[_targets(network)[open_links]] = True
    return _of_products(network, reach(network.plan, unknown | (network.weights(end) > 0), seeds))


def _essential(chain: Chain) -> Flags:
    """Return (products,) without which something that is needed cannot be built."""
    network = chain.network
    essential = np.array([link.essential for link in chain.links], np.bool_)[network.link]
    passing = essential & ((network.weights(2) > 0) | network.unknown(2))
    return _of_products(network, reach(network.plan, passing, chain.demand.max(axis=0) > 0))


def _of_products(network: Network, nodes: Flags) -> Flags:
    by_route = nodes.reshape(len(network.routes), network.products)
    together: Flags = np.logical_or.reduce(by_route, axis=0, dtype=np.bool_)
    return together


def _gather(chain: Chain, used: Flags, own: Sequence[Iterable[str]]) -> list[set[str]]:
    """Return, by product, what is said of the used links on every way down to it."""
    found: list[set[str]] = [set() for _ in chain.products]
    links = [
        (int(parent), int(part), set(own[number]))
        for number, (parent, part) in enumerate(
            zip(chain.network.parents, chain.network.parts, strict=True)
        )
        if used[number]
    ]
    changed = True
    while changed:
        changed = False
        for parent, part, words in links:
            more = words | found[parent]
            if not more <= found[part]:
                found[part] |= more
                changed = True
    return found


def _is_open(amount: Interval) -> bool:
    return None in amount.ends()


def _amount(ends: Floats, opened: list[bool]) -> Interval:
    low, working, high = (float(end) for end in ends)
    return Interval(
        None if opened[0] and low == 0 else low,
        None if opened[1] and working == 0 else working,
        None if opened[2] else high,
    )


def _assumptions(
    chain: Chain, rows: tuple[Requirement, ...], guessed: Sequence[set[str]]
) -> tuple[Label, ...]:
    more = [ASSUMED_AMOUNTS] if any(guessed) else []
    more += [OPEN_USES] if any(row.uncounted for row in rows) else []
    return (*chain.assumptions, *more)


ANALYSIS = Analysis(
    name="requirement",
    label=Label("完全需求", "Total requirements"),
    question=Label(
        "按这个情景，每样产品一年要多少？",
        "How much of every product does the scenario need a year?",
    ),
    run=requirement,
    columns=(
        Column("product", Label("产品", "Product"), "product"),
        Column("amount", Label("年需求", "Needed a year"), "interval"),
        Column("uncounted", Label("数量未知的用途", "Uses of unknown amount"), "products"),
    ),
    source="Vazsonyi 1954, doi:10.1287/mnsc.1.1.70",
)
