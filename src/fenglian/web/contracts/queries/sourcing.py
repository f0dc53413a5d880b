"""How much does a unit buy in its own province, and which parts would raise that most?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fenglian.engine.contracts.flows import LocalSourcing, Measure, local_sourcing
from fenglian.engine.contracts.next_points import Step as Point
from fenglian.engine.contracts.next_points import next_points
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import Actor
from fenglian.web.contracts.queries.book import Book
from fenglian.web.contracts.records import Party, party_of
from fenglian.web.registry.listings import listed, makings
from fenglian.web.registry.queries import find_keys, find_meant, list_rows

OFFERINGS = "offerings"
Scope = Literal["province", "alliance"]
SCOPES: Mapping[Scope, Label] = {  # which suppliers count as local
    "province": Label("本省供方", "suppliers of your own province"),
    "alliance": Label("本联盟登记的单位", "units registered in this alliance"),
}
POINTS, MOST_POINTS = 5, 50


@dataclass(frozen=True, slots=True)
class Definition:
    """What is counted as local, and how many points are wanted: the official formula was not found."""

    scope: Scope = "province"
    points: int = POINTS


USUAL = Definition()


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The 协作配套率 of the reader's unit, and what would raise it."""

    found: LocalSourcing
    heads: LocalSourcing  # by suppliers
    province: str  # whose suppliers count as local; empty: not known
    points: tuple[Point, ...]
    makers: Mapping[str, Party]
    unplaced: tuple[Party, ...]  # suppliers of whom nobody knows where they are
    definition: Definition = USUAL


def find_sourcing(actor: Actor, book: Book, definition: Definition = USUAL) -> Sourcing | None:
    """Return the local sourcing of the actor's unit by its own purchases; None: it has no unit."""
    if not book.me:
        return None
    bought = [each for each in book.flows if each.buyer == book.me]
    suppliers = {each.supplier: book.parties[each.supplier] for each in bought}
    here = book.parties[book.me].province
    by_place = definition.scope == "province"
    local = (
        {key for key, each in suppliers.items() if here and each.province == here}
        if by_place
        else _units_among(actor, suppliers)
    )
    by: dict[Measure, LocalSourcing] = {
        measure: local_sourcing(book.flows, book.me, local=local, measure=measure)
        for measure in ("amount", "suppliers")
    }
    makers = _makers(actor, here if by_place else None, set(by["amount"].products), book)
    able = {product: [each.key for each in found] for product, found in makers.items()}
    return Sourcing(
        found=by["amount"],
        heads=by["suppliers"],
        province=here,
        points=next_points(by["amount"], able, wanted=Decimal(definition.points) / 100),
        makers={each.key: each for found in makers.values() for each in found},
        unplaced=tuple(each for each in suppliers.values() if by_place and not each.province),
        definition=definition,
    )


def _units_among(actor: Actor, keys: Iterable[str]) -> set[str]:
    """Return which of some parties are units of the alliance, as the registry tells everybody."""
    return {key for key, each in find_keys(actor, keys).items() if each.owner is not None}


def _makers(
    actor: Actor, province: str | None, products: set[str], book: Book
) -> dict[str, list[Party]]:
    """Return who says publicly, or to members, that it makes a part here; never a price or output.

    Here is a province; without one, the units of the alliance.
    """
    found: dict[str, dict[str, Party]] = defaultdict(dict)
    for row in list_rows(actor, (OFFERINGS,)):
        product = str(row.values.get("product") or "")
        if product in products and province in (None, row.unit.province):
            found[product][row.unit.key] = Party(row.unit.key, row.unit.name)
    rows = {each.id: each for each in listed(actor.alliance.pack)}
    for each in makings(actor.alliance.pack):
        maker = rows.get(each.organisation)
        if not (maker and each.makes and each.product in products):
            continue
        if province not in (None, maker.province):
            continue
        meant = find_meant(actor, maker.name)
        if province is None and (meant is None or meant.owner is None):
            continue
        party = party_of(maker.name, meant)
        found[each.product][party.key] = party
    return {
        product: sorted((each for key, each in by.items() if key != book.me), key=lambda p: p.name)
        for product, by in found.items()
    }
