"""How much does a unit buy in its own province, and which parts would raise that most?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from fenglian.engine.contracts.flows import LocalSourcing, Measure, local_sourcing
from fenglian.engine.contracts.next_points import Step as Point
from fenglian.engine.contracts.next_points import next_points
from fenglian.web.accounts.actor import Actor
from fenglian.web.contracts.queries.book import Book
from fenglian.web.contracts.records import Party, party_of
from fenglian.web.registry.listings import listed, makings
from fenglian.web.registry.queries import find_meant, list_rows

OFFERINGS = "offerings"


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The 协作配套率 of the reader's unit, and what would raise it."""

    found: LocalSourcing
    heads: LocalSourcing  # by suppliers
    province: str  # whose suppliers count as local; empty: not known
    points: tuple[Point, ...]
    makers: Mapping[str, Party]
    unplaced: tuple[Party, ...]  # suppliers of whom nobody knows where they are


def find_sourcing(actor: Actor, book: Book) -> Sourcing | None:
    """Return the local sourcing of the actor's unit by its own purchases; None: it has no unit."""
    if not book.me:
        return None
    bought = [each for each in book.flows if each.buyer == book.me]
    suppliers = {each.supplier: book.parties[each.supplier] for each in bought}
    here = book.parties[book.me].province
    local = {key for key, each in suppliers.items() if here and each.province == here}
    by: dict[Measure, LocalSourcing] = {
        measure: local_sourcing(book.flows, book.me, local=local, measure=measure)
        for measure in ("amount", "suppliers")
    }
    makers = _makers(actor, here, set(by["amount"].products), book)
    able = {product: [each.key for each in found] for product, found in makers.items()}
    return Sourcing(
        found=by["amount"],
        heads=by["suppliers"],
        province=here,
        points=next_points(by["amount"], able),
        makers={each.key: each for found in makers.values() for each in found},
        unplaced=tuple(each for each in suppliers.values() if not each.province),
    )


def _makers(actor: Actor, province: str, products: set[str], book: Book) -> dict[str, list[Party]]:
    """Return who says publicly, or to members, that it makes a part here; never a price or output."""
    found: dict[str, dict[str, Party]] = defaultdict(dict)
    for row in list_rows(actor, (OFFERINGS,)):
        product = str(row.values.get("product") or "")
        if product in products and row.unit.province == province:
            found[product][row.unit.key] = Party(row.unit.key, row.unit.name)
    rows = {each.id: each for each in listed(actor.alliance.pack)}
    for each in makings(actor.alliance.pack):
        maker = rows.get(each.organisation)
        if maker and each.makes and each.product in products and maker.province == province:
            party = party_of(maker.name, find_meant(actor, maker.name))
            found[each.product][party.key] = party
    return {
        product: sorted((each for key, each in by.items() if key != book.me), key=lambda p: p.name)
        for product, by in found.items()
    }
