"""The four steps of a day written down once more, firm by firm: what the kernel answers to."""

import numpy as np

from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.inventory import Course
from fenglian.engine.kernels.inventory_plan import HELP, OUTSIDE, RANKS, Spares, Trade

Store = tuple[int, int, int]  # who keeps it, which kind, how it is felt


def make_trade(
    links: list[tuple[int, int, float, int]],
    kinds: list[int],
    output: list[float],
    taken: list[float] | None = None,
    rank: int = OUTSIDE,
) -> Trade:
    """Return a trade of (origin, target, amount a day, effect)."""
    table = np.array(links, np.float64).reshape(-1, 4)
    return Trade(
        origins=table[:, 0].astype(np.int64),
        targets=table[:, 1].astype(np.int64),
        amounts=np.ascontiguousarray(table[:, 2]),
        effects=table[:, 3].astype(np.int64),
        kinds=np.array(kinds, np.int64),
        output=np.array(output, np.float64),
        taken=np.array(taken or [0.0] * len(kinds), np.float64),
        rank=np.full(len(table), rank, np.int64),
    )


def random_trade(rng: np.random.Generator, nodes: int, links: int, kinds: int) -> Trade:
    """Return any network: loops, several links of a pair, sales and purchases outside."""
    pairs = rng.integers(0, nodes, (links, 2))
    amounts = rng.lognormal(0, 1, links)
    inside = np.bincount(pairs[:, 0], amounts, minlength=nodes)
    inward = np.bincount(pairs[:, 1], amounts, minlength=nodes)
    return Trade(
        origins=pairs[:, 0].astype(np.int64),
        targets=pairs[:, 1].astype(np.int64),
        amounts=amounts,
        effects=rng.choice([0, 1, 2, 2], links).astype(np.int64),
        kinds=rng.integers(0, kinds, nodes).astype(np.int64),
        output=inside * rng.choice([1.0, 1.3, 2.0], nodes),
        taken=inward * rng.choice([1.0, 1.5], nodes),
        rank=rng.integers(0, HELP, links).astype(np.int64),
    )


class Oracle:
    """One run by the book."""

    def __init__(self, trade: Trade, spares: Spares | None = None) -> None:
        self.trade, self.spares = trade, spares
        self.made: list[Floats] = []
        self.outside: list[Floats] = []
        nodes = len(trade.output)
        self.stores: dict[Store, list[int]] = {}
        for link in range(len(trade.amounts)):
            self.stores.setdefault(self.store(link), []).append(link)
        self.inward = np.bincount(trade.targets, trade.amounts, minlength=nodes)
        inside = np.bincount(trade.origins, trade.amounts, minlength=nodes)
        self.taken = np.maximum(trade.taken, self.inward)
        self.normal = np.maximum(trade.output, inside)
        self.sales = np.where(self.normal > inside * (1 + 1e-12), self.normal - inside, 0)
        self.use = {
            store: sum(float(trade.amounts[link]) for link in links)
            for store, links in self.stores.items()
        }
        self.order = {link: float(amount) for link, amount in enumerate(trade.amounts)}
        self.help: dict[tuple[Store, int], float] = {}
        self.wish: dict[Store, float] = {}
        self.there: dict[Store, float] = {}

    def keep(self, stock: dict[Store, float], course: Course) -> None:
        """Run the days; ``stock`` are days on top of the one in use, by store."""
        self.wish = {store: use * (1 + stock[store]) for store, use in self.use.items()}
        self.there = dict(self.wish)
        for day in range(course.days):
            asked = self.ask()
            made = np.array(
                [
                    self.make(node, self.wanted(node, asked, course, day))
                    for node in range(len(asked))
                ]
            )
            given = served(made, asked)
            self.made.append(made)
            self.outside.append(self.sales * given[:, OUTSIDE])
            failed = {store: self.receive(store, given) for store in self.stores}
            self.help = {}
            for store in self.stores:
                level = self.wanted(store[0], asked, course, day + 1)
                self.ask_again(store, level, failed[store], course.restock, day + 1)

    def ask(self) -> Floats:
        """Add up what is asked of each, by rank."""
        asked = np.zeros((len(self.normal), RANKS))
        asked[:, OUTSIDE] = self.sales
        for link, amount in self.order.items():
            asked[self.trade.origins[link], self.trade.rank[link]] += amount
        for (_, spare), amount in self.help.items():
            asked[self.giver(spare), HELP] += amount
        return asked

    def wanted(self, node: int, asked: Floats, course: Course, day: int) -> float:
        """Return what a node would make if it had all inputs, as a share of normal."""
        if self.normal[node] == 0:
            return 0.0
        most = course.capacity[node] * left(course, node, day)
        return float(min(most, asked[node].sum()) / self.normal[node])

    def make(self, node: int, wanted: float) -> float:
        """Return what a node makes; its inputs are taken out of store."""
        own = [store for store in self.stores if store[0] == node]
        if wanted == 0:
            return 0.0
        lost = {s: max(0.0, 1 - self.there[s] / (self.use[s] * wanted)) for s in own}
        inside = self.inward[node] / self.taken[node] if own else 1.0
        needed = [inside * lost[store] for store in own if store[2] == NEEDED]
        added = sum(self.use[s] / self.taken[node] * lost[s] for s in own if s[2] == ADDED)
        level = wanted * max(0.0, 1 - max([0.0, added, *needed]))
        for store in own:
            self.there[store] -= min(self.there[store], self.use[store] * level)
        return float(level * self.normal[node])

    def receive(self, store: Store, given: Floats) -> float:
        """Put what comes into store; return which share of the usual orders failed."""
        links, trade = self.stores[store], self.trade
        came = sum(self.order[k] * given[trade.origins[k], trade.rank[k]] for k in links)
        ordered = sum(self.order[link] for link in links)
        self.there[store] += came
        for (whose, spare), amount in self.help.items():
            if whose == store:
                self.there[store] += amount * given[self.giver(spare), HELP]
        return float(1 - came / ordered) if came < ordered * (1 - 1e-12) else 0.0

    def ask_again(
        self, store: Store, level: float, failed: float, restock: float, day: int
    ) -> None:
        """Order for the next day, from the usual ones and from those who stand in."""
        use = self.use[store]
        wanted = max(0.0, use * level + (self.wish[store] - self.there[store]) / restock)
        for link in self.stores[store]:
            self.order[link] = wanted * float(self.trade.amounts[link]) / use
        for spare, part in self.standing_in(store, day):
            self.help[store, spare] = wanted * failed * part

    def store(self, link: int) -> Store:
        """Return into which store a link goes."""
        trade = self.trade
        kind = int(trade.kinds[trade.origins[link]])
        return int(trade.targets[link]), kind, int(trade.effects[link])

    def giver(self, spare: int) -> int:
        """Return who stands in."""
        assert self.spares is not None
        return int(self.spares.origins[spare])

    def standing_in(self, store: Store, day: int) -> list[tuple[int, float]]:
        """Return who stands in for a store, and for which part."""
        if self.spares is None:
            return []
        pairs = list(zip(self.spares.targets, self.spares.kinds, strict=True))
        found = [at for at, pair in enumerate(pairs) if pair == store[:2]]
        whole = sum(self.spares.parts[at] for at in found)
        return [(at, self.spares.parts[at] / whole) for at in found if self.spares.days[at] <= day]


def left(course: Course, node: int, day: int) -> float:
    """Return the share of a capacity that is left."""
    share = 1.0
    for at in range(len(course.nodes)):
        if course.nodes[at] == node and course.starts[at] <= day < course.ends[at]:
            share -= course.parts[at]
    return max(0.0, share)


def served(made: Floats, asked: Floats) -> Floats:
    """Return the share of each rank of orders that is given."""
    given = np.ones_like(asked)
    rest = made.copy()
    for rank in range(RANKS):
        for node in range(len(made)):
            if rest[node] < asked[node, rank]:
                given[node, rank] = rest[node] / asked[node, rank]
            rest[node] = max(0.0, rest[node] - asked[node, rank] * given[node, rank])
    return given
