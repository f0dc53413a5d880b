"""What do members want to buy, what of it fits the reader's unit, and what was offered?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist

from fenglian.engine.contracts.needs import Fit, Need, Offered, find_fits
from fenglian.engine.contracts.ranges import Range, range_of
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.profile import Value
from fenglian.web.access.rights import ever
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.contracts.queries.book import Book, Entry, Told
from fenglian.web.registry.profile_tables import form_classes
from fenglian.web.registry.queries import FormRow, list_rows

NEEDS, OFFERINGS, CAPACITIES = "needs", "offerings", "capacities"
SHORT = 8  # characters of a need's address by which the supplier's own records are called


@dataclass(frozen=True, slots=True)
class Wish:
    """A need of some unit."""

    row: FormRow
    need: Need

    @property
    def ref(self) -> str:
        """By which the buyer speaks of it."""
        return str(self.row.values.get("ref") or "")

    @property
    def number(self) -> str:
        """The number under which offers for it are recorded, known to both sides."""
        return f"需求 {self.ref}"

    @property
    def offer_ref(self) -> str:
        """The supplier's own reference of its offer."""
        return f"报 {self.row.slug[:SHORT]}"

    @property
    def order_ref(self) -> str:
        """The supplier's own reference of the order that follows."""
        return f"单 {self.row.slug[:SHORT]}"


@dataclass(frozen=True, slots=True)
class Chance:
    """A need of another that the reader's unit could supply, and how far that has come."""

    wish: Wish
    fit: Fit
    offer: Entry | None
    order: Entry | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need of the reader's unit, and what was offered for it."""

    wish: Wish
    offers: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """The needs that a reader may know of."""

    chances: tuple[Chance, ...]  # what fits first
    own: tuple[Wanted, ...]
    others: tuple[Wish, ...]  # of products that the reader's unit does not offer, or it has none


def open_market(actor: Actor, book: Book) -> Market:
    """Return the needs that an actor may know of, held against what its unit can supply."""
    require(actor, Act.READ)
    forms = [
        each for each in (NEEDS, OFFERINGS, CAPACITIES) if ever(actor.role, form_classes(each).row)
    ]
    rows = list_rows(actor, forms)
    wishes = {row.slug: _wish(row) for row in rows if row.form == NEEDS}
    offered = [_offered(row, rows) for row in rows if row.form == OFFERINGS and row.own]
    entries = {
        str(each.row.values.get("ref")): each for each in book.entries.values() if each.row.own
    }
    foreign = [each for each in wishes.values() if not each.row.own]
    fits = find_fits((each.need for each in foreign), offered, on=book.today)
    chances = tuple(_chance(wishes[found.need.id], found, entries) for found in fits)
    held = {each.wish.row.slug for each in chances}
    return Market(
        chances=chances,
        own=tuple(_wanted(each, book) for each in wishes.values() if each.row.own),
        others=tuple(
            each
            for each in foreign
            if each.row.slug not in held and not _over(each.need, book.today)
        ),
    )


def find_chance(actor: Actor, book: Book, slug: str) -> Chance:
    """Return a need that the actor's unit could supply.

    Raises ``ObjectDoesNotExist`` where there is none at that address: absent ones, one's own and
    those of products that the unit does not offer are alike.
    """
    for each in open_market(actor, book).chances:
        if each.wish.row.slug == slug:
            return each
    raise ObjectDoesNotExist


def _over(need: Need, today: date) -> bool:
    return need.needed_by is not None and need.needed_by < today


def _wish(row: FormRow) -> Wish:
    value = row.values.get
    quantity, unit = _measure(value("quantity"))
    day, names = value("needed_by"), value("certificates")
    need = Need(
        id=row.slug,
        buyer=row.unit.key,
        product=str(value("product") or ""),
        quantity=quantity,
        unit=unit,
        needed_by=day if isinstance(day, date) else None,
        certificates=tuple(map(str, names)) if isinstance(names, tuple) else (),
    )
    return Wish(row, need)


def _measure(value: Value) -> tuple[Range, str]:
    if not isinstance(value, Quantity):
        return Range(None, None), ""
    return range_of(value), value.unit


def _offered(row: FormRow, rows: Iterable[FormRow]) -> Offered:
    product, certificates = str(row.values.get("product") or ""), row.values.get("certificates")
    lead = row.values.get("lead_days")
    free, unit = _free(product, rows)
    return Offered(
        id=row.slug,
        product=product,
        model=str(row.values.get("model") or ""),
        certificates=tuple(map(str, certificates)) if isinstance(certificates, tuple) else None,
        lead_days=lead if isinstance(lead, int) and not isinstance(lead, bool) else None,
        free=free,
        unit=unit,
    )


def _free(product: str, rows: Iterable[FormRow]) -> tuple[Range, str]:
    """Return the free capacity that the unit states of a product, where it states one only."""
    stated = [
        _measure(row.values.get("free"))
        for row in rows
        if row.form == CAPACITIES and row.own and row.values.get("product") == product
    ]
    known = [each for each in stated if each[0].known]
    return known[0] if len(known) == 1 else (Range(None, None), "")


def _chance(wish: Wish, found: Fit, entries: Mapping[str, Entry]) -> Chance:
    return Chance(wish, found, entries.get(wish.offer_ref), entries.get(wish.order_ref))


def _wanted(wish: Wish, book: Book) -> Wanted:
    return Wanted(
        wish,
        tuple(
            each
            for each in book.told.values()
            if each.said.get("kind") == "intent" and each.said.get("number") == wish.number
        ),
    )
