"""What lies next to a product? Its inputs, its uses, its siblings, and what comes after the sale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fenglian.engine.analysis.question import Analysis, Column
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.records import Link
from fenglian.engine.labels import Label

TREE_ONLY = Label(
    "相邻只看产品树，不说明设备、工艺是否相通。",
    "Adjacent means in the product tree; it does not say that equipment or skills are shared.",
)


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The neighbours of one product, and which of them are made in the region."""

    product: str
    makers: tuple[str, ...]  # producing in the region
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]  # what it goes into
    siblings: tuple[str, ...]  # what goes into the same products
    after_market: tuple[str, ...]  # services and tools that go with it
    serves: tuple[str, ...]  # what it is the service or tool of
    sources: tuple[str, ...]
    assumed: bool
    made_inputs: tuple[str, ...]  # of the inputs, those made in the region
    made_served: tuple[str, ...]  # of what it serves, that made in the region

    @property
    def made_nearby(self) -> tuple[str, ...]:
        """Inputs and served products that are made in the region."""
        return tuple(sorted({*self.made_inputs, *self.made_served}))


@dataclass(frozen=True, slots=True)
class Adjacencies:
    """The neighbours of every product of the chain."""

    rows: tuple[Adjacency, ...]  # by product
    assumptions: tuple[Label, ...]

    def of(self, product: str) -> Adjacency | None:
        """Return the row of a product."""
        return next((row for row in self.rows if row.product == product), None)


def adjacency(chain: Chain) -> Adjacencies:
    """Return the neighbours of every product in the product tree.

    Parameters
    ----------
    chain
        Of any pack; without a region nothing counts as made.

    Returns
    -------
    Adjacencies
        Also of products that the scenario does not need.
    """
    made = {
        product.id: _sorted(
            each.organisation for each in chain.makers(product.id, "operating", "trial")
        )
        for product in chain.products
    }
    above: dict[str, list[Link]] = {}
    below: dict[str, list[Link]] = {}
    for link in chain.links:
        above.setdefault(link.part, []).append(link)
        below.setdefault(link.parent, []).append(link)
    rows = tuple(_neighbours(chain, product.id, made, above, below) for product in chain.products)
    return Adjacencies(rows, (TREE_ONLY,))


def _neighbours(
    chain: Chain,
    product: str,
    made: Mapping[str, tuple[str, ...]],
    above: Mapping[str, list[Link]],
    below: Mapping[str, list[Link]],
) -> Adjacency:
    up, down = above.get(product, []), below.get(product, [])
    parents = {link.parent for link in up}
    beside = {link.part for parent in parents for link in below[parent]} - {product}
    after = [each for each in chain.relations if each.product == product]
    served = [each for each in chain.relations if each.related == product]
    inputs, serves = _sorted(link.part for link in down), _sorted(each.product for each in served)
    sources = {source for link in (*up, *down) for source in link.sources}
    return Adjacency(
        product=product,
        makers=made[product],
        inputs=inputs,
        outputs=_sorted(parents),
        siblings=_sorted(beside),
        after_market=_sorted(each.related for each in after),
        serves=serves,
        sources=_sorted(
            sources | {source for each in (*after, *served) for source in each.sources}
        ),
        assumed=any(link.assumed for link in (*up, *down))
        or any(each.assumed for each in (*after, *served)),
        made_inputs=tuple(name for name in inputs if made[name]),
        made_served=tuple(name for name in serves if made[name]),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


ANALYSIS = Analysis(
    name="adjacency",
    label=Label("相邻产品", "Adjacent products"),
    question=Label(
        "本地在做的产品旁边，还有哪些产品？", "What lies next to what the region already makes?"
    ),
    run=adjacency,
    columns=(
        Column("product", Label("产品", "Product"), "product"),
        Column("makers", Label("本地在产", "Makers here"), "organisations"),
        Column("inputs", Label("零部件", "Inputs"), "products"),
        Column("outputs", Label("用于", "Goes into"), "products"),
        Column("after_market", Label("售后与工装", "After-market and tools"), "products"),
        Column("made_nearby", Label("本地在做的相邻产品", "Neighbours made here"), "products"),
    ),
    source="neighbours in the bill of materials and the relations of the pack",
)
