"""What is the chain, as of a day? One frozen value that every analysis starts from.

A chain pack, a region pack and a scenario become products with codes, a network of arrays, and
who makes what. Nothing in here knows a unit or a product by name: the final product, its unit and
the axes of variants come from the pack.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import cast

from fenglian.engine.chain.conversions import Conversions
from fenglian.engine.chain.demand import INDEPENDENT_AXES, Scenario, final_demand, find_scenario
from fenglian.engine.chain.descriptor import ChainBlock
from fenglian.engine.chain.intervals import UNKNOWN, Interval
from fenglian.engine.chain.network import (
    Network,
    build_network,
    build_routes,
    ends_of,
)
from fenglian.engine.chain.pack import Pack
from fenglian.engine.chain.plants import list_plants
from fenglian.engine.chain.records import (
    Capacity,
    CapacityStatus,
    Factor,
    Input,
    Link,
    Looked,
    LookedStatus,
    Organisation,
    Plant,
    Price,
    Product,
    Relation,
    Source,
    Supply,
)
from fenglian.engine.chain.stated import StatedCapacity, fingerprint_of, put_in
from fenglian.engine.chain.stated_links import NO_LINKS, StatedLinks, put_links
from fenglian.engine.chain.tables import Row, nearest
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.errors import UnknownProduct, WrongKindOfPack
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.labels import Label

MAKES = "makes"
KILOGRAMS = {"kgCO2": 1.0, "kgCO2e": 1.0, "tCO2": 1000.0, "tCO2e": 1000.0}


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """An industrial chain in quantities. The code of a product is its place in ``products``."""

    id: str
    name: Label
    region: Label | None
    example: bool
    as_of: date | None
    final_product: str
    lead_product: str
    currency: str
    scenario: Scenario
    products: tuple[Product, ...]  # by id
    links: tuple[Link, ...]  # as the network counts them
    network: Network
    demand: Floats  # (3, routes × products) low, working, high in product units a year
    relations: tuple[Relation, ...]
    organisations: tuple[Organisation, ...]  # by id
    capacities: tuple[Capacity, ...]  # of makers, by organisation and product
    looked: tuple[Looked, ...]  # by product
    prices: tuple[Price, ...]  # by product
    factors: tuple[Factor, ...]  # of emissions, in the pack's order
    sources: Mapping[str, Source]  # by id
    assumptions: tuple[Label, ...]
    data_class: DataClass  # the highest of what went in
    fingerprint: str  # of packs, scenario, day and statements: equal ones have equal answers
    codes: Mapping[str, int]  # product → its place
    inside: Mapping[str, tuple[Capacity, ...]]  # product → capacities of makers in the region
    outside: Mapping[str, tuple[Capacity, ...]]  # product → those of makers elsewhere
    supplies: tuple[Supply, ...]  # who signed with whom, by supplier, buyer and product
    inputs: tuple[Input, ...]  # what makers say of their inputs, by buyer and product
    plants: tuple[Plant, ...]  # what plants cost elsewhere, by product and name
    variants: Mapping[str, Label]  # names, by id

    def code(self, product: str) -> int:
        """Return the code of a product.

        Raises
        ------
        UnknownProduct
            Where the chain has no such product.
        """
        if product not in self.codes:
            raise UnknownProduct(product=product, nearest=nearest(product, self.codes))
        return self.codes[product]

    def product(self, product: str) -> Product:
        """Return the product of an id."""
        return self.products[self.code(product)]

    def organisation(self, organisation: str) -> Organisation:
        """Return the organisation of an id."""
        return next(each for each in self.organisations if each.id == organisation)

    def makers(self, product: str, *status: CapacityStatus) -> tuple[Capacity, ...]:
        """Return the capacities of makers inside the region, of the given states (all: none)."""
        return tuple(
            each for each in self.inside.get(product, ()) if not status or each.status in status
        )


def build_chain(
    pack: Pack,
    scenario: str | None = None,
    year: int | None = None,
    *,
    as_of: date | None = None,
    stated: tuple[StatedCapacity, ...] = (),
    links: StatedLinks = NO_LINKS,
) -> Chain:
    """Build the chain of a pack under a scenario, as it was known on a day.

    Parameters
    ----------
    pack
        A chain pack, with a region laid over it where there is one (``join_region``).
    scenario, year
        As for ``find_scenario``.
    as_of
        Capacities stated for a later time are left out; those without a time stay.
    stated
        What units say of their own capacity, as far as the one for whom the chain is made may
        use it. It stands instead of what the pack says of the same unit and product.
    links
        What units recorded of their agreements and inputs, as far as the one for whom the chain is
        made may use it. It stands instead of what the pack says of the same two and product.

    Returns
    -------
    Chain
        Equal arguments give an equal ``fingerprint``.

    Raises
    ------
    WrongKindOfPack
        Where the pack has no chain.
    UnknownScenario
        Where it has no such scenario.
    """
    block = pack.chain
    if block is None:
        raise WrongKindOfPack(name=pack.id, wanted="chain")
    chosen = find_scenario(pack, scenario, year)
    products = tuple(_products(pack, block))
    ids = tuple(product.id for product in products)
    rows = sorted(pack.rows("bom"), key=_link_key)
    variants = [(row.text("variant_id"), row.text("axis")) for row in pack.rows("variants")]
    routes = build_routes([axis.id for axis in block.axes], variants)
    conversions = Conversions(pack, products)
    used = tuple(each for each in stated if each.planned or _was_known(each.period, as_of))
    pack_says = tuple(_organisations(pack)), tuple(_capacities(pack, conversions, as_of))
    told = put_in(used, *pack_says, conversions)
    agreed = put_links(
        links, told.organisations, tuple(sorted(_supplies(pack, block), key=supply_key)), ids
    )
    here = {each.id for each in agreed.organisations if each.inside}
    return Chain(
        id=pack.id,
        name=block.name,
        region=pack.region.name if pack.region else None,
        example=pack.example,
        as_of=as_of,
        final_product=block.final_product,
        lead_product=block.lead_product,
        currency=block.currency,
        scenario=chosen,
        products=products,
        links=tuple(_link(row) for row in rows),
        network=build_network(ids, rows, routes),
        demand=_freeze(final_demand(block, chosen, routes, ids)),
        relations=tuple(_relations(pack)),
        organisations=agreed.organisations,
        capacities=told.capacities,
        looked=tuple(_looked(pack)),
        prices=tuple(_prices(pack, block, conversions)),
        factors=tuple(_factors(pack, conversions)),
        sources={source.id: source for source in (*_sources(pack), *told.sources, *agreed.sources)},
        assumptions=(
            *_assumptions(chosen, len(block.axes)),
            *told.assumptions,
            *agreed.assumptions,
        ),
        data_class=highest([told.data_class, links.data_class]),
        fingerprint=_fingerprint(pack, chosen, as_of, fingerprint_of(used), links.fingerprint),
        codes={name: code for code, name in enumerate(ids)},
        inside=group_by_product(each for each in told.capacities if each.organisation in here),
        outside=group_by_product(each for each in told.capacities if each.organisation not in here),
        supplies=agreed.supplies,
        inputs=agreed.inputs,
        plants=list_plants(pack, conversions),
        variants={row.text("variant_id"): _label(row, "name") for row in pack.rows("variants")},
    )


def supply_key(each: Supply) -> tuple[str, ...]:
    """Return by what supplies are sorted."""
    return each.supplier, each.buyer, each.product, each.signed, each.kind


def _supplies(pack: Pack, block: ChainBlock) -> Iterator[Supply]:
    for row in pack.rows("contracts"):
        stated = row.text("unit") == block.currency
        yield Supply(
            supplier=row.text("supplier_id"),
            buyer=row.text("buyer_id"),
            product=row.text("product_id"),
            kind=row.text("kind"),
            signed=row.text("signed"),
            # Another currency has no rate here: its amount is not known.
            amount=Interval(*ends_of(row, "amount")) if stated else UNKNOWN,
            sources=row.sources,
            assumed=row.assumed,
        )


def group_by_product(capacities: Iterable[Capacity]) -> Mapping[str, tuple[Capacity, ...]]:
    """Return the capacities of each product that has some."""
    found: dict[str, list[Capacity]] = {}
    for each in capacities:
        found.setdefault(each.product, []).append(each)
    return {product: tuple(each) for product, each in found.items()}


def _sources(pack: Pack) -> Iterator[Source]:
    for row in sorted(pack.rows("sources"), key=lambda row: row.text("source_id")):
        yield Source(
            id=row.text("source_id"),
            title=row.text("title"),
            publisher=row.text("publisher"),
            date=row.text("date"),
            kind=row.text("kind"),
            reference=row.text("reference"),
            grade=row.grade,
        )


def _products(pack: Pack, block: ChainBlock) -> Iterator[Product]:
    advised = {stage.id: stage.advised for stage in block.stages}
    for row in sorted(pack.rows("products"), key=lambda row: row.text("product_id")):
        yield Product(
            id=row.text("product_id"),
            name=_label(row, "name"),
            stage=row.text("stage"),
            unit=row.text("unit"),
            unit_name=block.units[row.text("unit")],
            focus=row.flag("focus"),
            advised=advised[row.text("stage")],
        )


def _link_key(row: Row) -> tuple[str, str, str]:
    return row.text("parent_id"), row.text("child_id"), row.text("variant_id")


def _link(row: Row) -> Link:
    parent, part, variant = _link_key(row)
    amount = Interval(*ends_of(row, "qty"))
    return Link(
        parent=parent,
        part=part,
        variant=variant,
        amount=amount,
        essential=row.flag("essential"),
        in_house=row.flag("in_house"),
        sources=row.sources,
        assumed=row.assumed,
    )


def _relations(pack: Pack) -> Iterator[Relation]:
    for row in pack.rows("relations"):
        product, related = row.text("product_id"), row.text("related_id")
        yield Relation(product, related, row.text("kind"), row.sources, row.assumed)


def _organisations(pack: Pack) -> Iterator[Organisation]:
    code = pack.region.code if pack.region else None
    for row in sorted(pack.rows("organisations"), key=lambda row: row.text("org_id")):
        yield Organisation(
            id=row.text("org_id"),
            name=_label(row, "name"),
            kind=row.text("kind"),
            group=row.text("group_id") or row.text("org_id"),
            inside=row.text("region") == code,
            note=_label(row, "note"),
            risk=row.flag("risk"),
            sources=row.sources,
            region=row.text("region"),
            city=row.text("city"),
        )


def _capacities(pack: Pack, conversions: Conversions, as_of: date | None) -> Iterator[Capacity]:
    rows = sorted(
        pack.rows("capacities"), key=lambda row: (row.text("org_id"), row.text("product_id"))
    )
    for row in rows:
        if row.text("relation") != MAKES or not _was_known(row.text("stated"), as_of):
            continue
        product, amount = row.text("product_id"), Interval(*ends_of(row, "capacity"))
        sources, assumed = set(row.sources), row.assumed
        if amount.known:
            found = conversions.find(product, row.text("unit"))
            factor, by = found or (Interval(None, None, None), None)
            amount = amount.times(factor)
            sources |= set(by.sources) if by else set()
            assumed = assumed or (by is not None and by.assumed)
        yield Capacity(
            organisation=row.text("org_id"),
            product=product,
            amount=amount,
            status=cast(CapacityStatus, row.text("status")),
            stated=row.text("stated"),
            note=_label(row, "note"),
            sources=tuple(sorted(sources)),
            assumed=assumed,
        )


def _was_known(stated: str, as_of: date | None) -> bool:
    return as_of is None or not stated or stated <= as_of.isoformat()[: len(stated)]


def _looked(pack: Pack) -> Iterator[Looked]:
    for row in sorted(pack.rows("coverage_found"), key=lambda row: row.text("product_id")):
        status = cast(LookedStatus, row.text("status"))
        yield Looked(row.text("product_id"), status, _label(row, "note"), row.sources)


def _prices(pack: Pack, block: ChainBlock, conversions: Conversions) -> Iterator[Price]:
    found: dict[str, list[tuple[str, bool, float, Row, Row | None]]] = {}
    for row in pack.rows("prices"):
        currency, _, unit = row.text("unit").partition("/")
        price, product = row.number("price"), row.text("product_id")
        factor = conversions.find(product, unit) if currency == block.currency else None
        if price is None or factor is None or not factor[0].working:
            continue
        stated = row.text("kind") == "statement"
        each = (row.text("period"), stated, price / factor[0].working, row, factor[1])
        found.setdefault(product, []).append(each)
    for product, prices in sorted(found.items()):
        # The latest period speaks; within one, a stated price before a derived one.
        latest = max(prices, key=lambda each: each[:3])
        amounts = [price for _, _, price, _, _ in prices]
        rows = [row for *_, price, by in prices for row in (price, by) if row is not None]
        yield Price(
            product=product,
            amount=Interval(min(amounts), latest[2], max(amounts)),
            period=latest[0],
            sources=tuple(sorted({source for row in rows for source in row.sources})),
            assumed=any(row.assumed for row in rows),
        )


def _factors(pack: Pack, conversions: Conversions) -> Iterator[Factor]:
    for row in pack.rows("emission_factors"):
        gas, _, unit = row.text("unit").partition("/")
        value, product = row.number("value"), row.text("product_id")
        amount = None if value is None or gas not in KILOGRAMS else value * KILOGRAMS[gas]
        found = conversions.find(product, unit) if product else None
        of_one = found[0].working if found else None if product else 1.0
        year = row.number("year")
        yield Factor(
            kind=row.text("kind"),
            item=row.text("item"),
            product=product,
            amount=amount,
            per_unit=None if amount is None or not of_one else amount / of_one,
            unit=unit,
            year=None if year is None else int(year),
            sources=tuple(
                sorted({*row.sources, *(found[1].sources if found and found[1] else ())})
            ),
            assumed=row.assumed or bool(found and found[1] and found[1].assumed),
        )


def _label(row: Row, name: str) -> Label:
    chinese = row.text(f"{name}_zh")
    return Label(chinese, row.text(f"{name}_en") or chinese)


def _assumptions(scenario: Scenario, axes: int) -> tuple[Label, ...]:
    said = [scenario.note] if scenario.assumed and scenario.note.zh else []
    return (*said, INDEPENDENT_AXES) if axes > 1 else tuple(said)


def _freeze(array: Floats) -> Floats:
    array.flags.writeable = False
    return array


def _fingerprint(pack: Pack, scenario: Scenario, as_of: date | None, *stated: str) -> str:
    day = as_of.isoformat() if as_of else ""
    text = "\n".join(
        (pack.fingerprint, scenario.id, str(scenario.year), day, *filter(None, stated))
    )
    return sha256(text.encode()).hexdigest()
