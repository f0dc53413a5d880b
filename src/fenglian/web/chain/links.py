"""What do agreements and forms of inputs say to a chain? Records of the ledger become statements.

Only those that the book was opened with go in: what its reader may know.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from django.urls import reverse

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.stated_links import (
    StatedInput,
    StatedLinks,
    StatedParty,
    StatedSupply,
)
from fenglian.engine.contracts.ranges import Range
from fenglian.engine.contracts.records import BOTH
from fenglian.engine.disclosure.classes import highest
from fenglian.engine.labels import Label
from fenglian.web.contracts.queries import Book

KEPT = 12  # characters of the print of a name that no registry knows


def state_links(book: Book, ids: Mapping[str, str], here: str) -> StatedLinks:
    """Return the agreements and inputs of a book as statements, in a fixed order.

    Parameters
    ----------
    book
        Of the one for whom the chain is made.
    ids
        Key of an organisation → its id in the chain; see ``name_parties``.
    here
        Code of the province.
    """
    return StatedLinks(
        parties=tuple(sorted(_parties(book, ids, here), key=lambda each: each.id)),
        supplies=tuple(sorted(_supplies(book, ids), key=lambda each: each.row)),
        inputs=tuple(sorted(_inputs(book, ids), key=lambda each: each.row)),
    )


def name_parties(book: Book, listed: Mapping[str, str]) -> dict[str, str]:
    """Return key → id in the chain of everybody in a book: the region pack's id where it has one."""
    units = units_of(book)
    return {key: listed.get(key) or _id(key, units.get(key, "")) for key in {*book.parties, *units}}


def units_of(book: Book) -> dict[str, str]:
    """Return key → short name of the units that say something in a book."""
    units = {each.row.unit.key: each.row.unit.slug for each in book.entries.values()}
    units |= {each.unit.key: each.unit.slug for each in book.told.values()}
    return units | {row.unit.key: row.unit.slug for row in book.inputs}


def _id(key: str, unit: str) -> str:
    return f"unit-{unit}" if unit else f"party-{sha256(key.encode()).hexdigest()[:KEPT]}"


def _parties(book: Book, ids: Mapping[str, str], here: str) -> Iterator[StatedParty]:
    for key, each in book.parties.items():
        inside = each.province == here
        yield StatedParty(ids[key], Label(each.name, each.name), "firm", inside)
    for row in book.inputs:
        unit = row.unit
        if unit.key not in book.parties:
            inside = unit.province in ("", here)
            yield StatedParty(ids[unit.key], Label(unit.name, unit.name), unit.kind, inside)


def _supplies(book: Book, ids: Mapping[str, str]) -> Iterator[StatedSupply]:
    for each in book.contracts:
        if each.supplier is None or each.buyer is None:
            continue
        entries = book.records_of(each.id)
        confirmed = each.confirmed == BOTH
        yield StatedSupply(
            supplier=ids[each.supplier],
            buyer=ids[each.buyer],
            product=each.product or "",
            kind=each.kind,
            signed=each.signed_on.isoformat() if each.signed_on else "",
            amount=_amount(each.amount, confirmed=confirmed),
            confirmed=confirmed,
            row=entries[0].row.slug,
            page=reverse("contracts:agreement", args=[entries[0].row.slug]),
            data_class=highest(name for entry in entries for name in entry.row.classes),
        )


def _amount(amount: Range, *, confirmed: bool) -> Interval:
    """Return what an agreement is worth: one side's word alone is a high end."""
    low, high = (None if end is None else float(end) for end in (amount.low, amount.high))
    if not confirmed:
        return Interval(None, None, low if high is None else high)
    return Interval(low, low if low == high else None, high)


def _inputs(book: Book, ids: Mapping[str, str]) -> Iterator[StatedInput]:
    for row, need in zip(book.inputs, book.needs, strict=True):
        yield StatedInput(
            buyer=ids[row.unit.key],
            product=need.product,
            stops=need.stops,
            stock_days=need.stock_days,
            switch_days=need.switch_days,
            substitutes=need.substitutes,
            row=row.slug,
            page=reverse("registry:unit", args=[row.unit.slug]),
            data_class=highest(row.classes),
        )
