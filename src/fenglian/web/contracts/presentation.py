"""How do agreements read? Who, what, how much, confirmed by whom, delivered, paid, late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from fenglian.engine.contracts.doubles import Pair
from fenglian.engine.contracts.fulfilment import Fulfilment, share, waiting_between
from fenglian.engine.contracts.ranges import UNKNOWN, Range, add
from fenglian.engine.contracts.records import Contract
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.contracts.figures import Shown, show_share, show_yuan
from fenglian.web.contracts.queries import Book, Entry, Told
from fenglian.web.contracts.wording import (
    CONFIRMATIONS,
    LIKENESS,
    STATES,
    in_a_row,
    kind_words,
    side_words,
)
from fenglian.web.intake.wording import say
from fenglian.web.registry.listings import product_labels


@dataclass(frozen=True, slots=True)
class Line:
    """An agreement in the ledger."""

    address: str
    kind: str
    supplier: str
    buyer: str
    product: str
    number: str
    signed_on: date | None
    amount: Shown
    amount_open: bool  # the reader may read amounts of this owner
    confirmed: str
    both: bool
    disputed: bool
    delivered: Shown
    rate: Shown
    paid: Shown
    late: int  # days of the longest delay that is not over
    records: int  # that became one


@dataclass(frozen=True, slots=True)
class Waiting:
    """An agreement of another unit that waits for an answer."""

    address: str
    unit: str
    unit_address: str
    kind: str
    side: str  # what the reader's unit is in it
    product: str
    number: str
    signed_on: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be one agreement, or cannot both be."""

    first: str
    second: str
    one: str
    other: str
    speaks_for: str
    naming: str  # address of the one that the other side wrote; empty: both are own
    own: str  # the own one beside it


@dataclass(frozen=True, slots=True)
class Totals:
    """What all contracts of the ledger come to."""

    contracts: int
    intents: int
    frameworks: int
    sure: Shown  # yuan that both sides confirm
    said: Shown  # yuan of all
    rate: Shown
    late: int


class Words:
    """Puts the agreements of one book into words."""

    def __init__(self, book: Book, pack: str) -> None:
        self.book, self._products = book, product_labels(pack)

    def party(self, key: str | None) -> str:
        """Return what a party is called."""
        known = self.book.parties.get(key or "")
        return known.name if known else ""

    def product(self, product: object) -> str:
        """Return what a product is called; empty: not said."""
        label = self._products.get(str(product or ""))
        return say(label) if label else str(product or "")

    def line(self, contract: Contract) -> Line:
        """Return an agreement as the ledger shows it."""
        found = self.book.fulfilments[contract.id]
        entries = self.book.records_of(contract.id)
        return Line(
            address=_address(entries, contract),
            kind=kind_words(contract.kind),
            supplier=self.party(contract.supplier),
            buyer=self.party(contract.buyer),
            product=self.product(contract.product),
            number=contract.number or "",
            signed_on=contract.signed_on,
            amount=show_yuan(contract.amount),
            amount_open=any(DataClass.S3 in each.row.classes or each.row.own for each in entries),
            confirmed=str(CONFIRMATIONS[contract.confirmation]),
            both=contract.confirmation == "both",
            disputed=any(each.state == "disputed" for each in entries),
            delivered=show_yuan(found.delivered),
            rate=show_share(found.rate),
            paid=show_yuan(found.paid),
            late=days_late(found),
            records=len(self.book.ledger.records[contract.id]),
        )

    def waiting(self, told: Told) -> Waiting:
        """Return an agreement that waits for an answer."""
        side = "buyer" if told.said.get("side") == "supplier" else "supplier"
        return Waiting(
            address=reverse("contracts:naming", args=[told.slug]),
            unit=told.unit.name,
            unit_address=reverse("registry:unit", args=[told.unit.slug]),
            kind=kind_words(str(told.said.get("kind"))),
            side=side_words(side),
            product=self.product(told.said.get("product")),
            number=str(told.said.get("number") or ""),
            signed_on=str(told.said.get("signed_on") or ""),
            disputed=told.state == "disputed",
        )

    def double(self, pair: Pair) -> Double:
        """Return two records side by side."""
        named = [each for each in (pair.first, pair.second) if each in self.book.told]
        own = [each for each in (pair.first, pair.second) if each not in named]
        return Double(
            first=pair.first,
            second=pair.second,
            one=self._describe(pair.first),
            other=self._describe(pair.second),
            speaks_for=in_a_row(str(LIKENESS[each]) for each in pair.speaks_for),
            naming=named[0] if len(named) == 1 else "",
            own=own[0] if len(named) == 1 else "",
        )

    def _describe(self, record: str) -> str:
        entry, told = self.book.entries.get(record), self.book.told.get(record)
        if entry is not None:
            words = (entry.row.unit.name, str(entry.row.values.get("ref") or ""))
        elif told is not None:
            words = (told.unit.name, str(told.said.get("number") or ""))
        else:
            return record
        return " ".join(filter(None, words))


def _address(entries: Iterable[Entry], contract: Contract) -> str:
    entry = next(iter(sorted(entries, key=lambda each: not each.row.own)), None)
    if entry is None:
        return reverse("contracts:naming", args=[contract.id])
    return reverse("contracts:agreement", args=[entry.row.slug])


def days_late(found: Fulfilment) -> int:
    """Return the days of the longest delay that is not over; 0: nothing is late."""
    return max((each.days for each in found.delays if not each.over), default=0)


def open_namings(book: Book) -> list[Told]:
    """Return what waits for an answer: what others recorded and no own record answers."""
    answered = {
        each
        for records in book.ledger.records.values()
        if any(record in book.entries for record in records)
        for each in records
    }
    return [
        each
        for each in book.told.values()
        if each.state != "confirmed" and each.slug not in answered
    ]


def open_doubles(book: Book) -> list[Pair]:
    """Return the pairs for a person to decide: own records that may be one, or another's and an own.

    What both sides confirmed is decided, and whether two records of another are one is for that one.
    """
    decided = {
        record
        for each in book.ledger.contracts
        if each.confirmation == "both"
        for record in book.ledger.records[each.id]
    }
    return [
        pair
        for pair in book.ledger.possible
        if not {pair.first, pair.second} & decided
        and not {pair.first, pair.second} <= set(book.told)
    ]


def sum_up(book: Book) -> Totals:
    """Return what the contracts come to; letters of intent and frameworks are only counted."""
    kinds = [each.kind for each in book.contracts]
    real = [each for each in book.contracts if each.kind == "contract"]
    stands = [book.fulfilments[each.id] for each in real]
    said = add(each.amount for each in real) if real else UNKNOWN
    sure = [each.amount for each in real if each.confirmation == "both"]
    told = [(each, found) for each, found in zip(real, stands, strict=True) if found.reported]
    made = add(found.delivered for _, found in told) if told else UNKNOWN
    whole = add(each.amount for each, _ in told) if told else UNKNOWN
    return Totals(
        contracts=len(real),
        intents=kinds.count("intent"),
        frameworks=kinds.count("framework"),
        sure=show_yuan(add(sure) if sure else UNKNOWN),
        said=show_yuan(said),
        rate=show_share(share(made, whole)),
        late=sum(days_late(each) > 0 for each in stands),
    )


def survival(book: Book) -> list[tuple[int, int, Shown, Shown]]:
    """Return after how many days, of how many, what share still waits for the first delivery."""
    between = waiting_between(book.waiting)
    return [
        (step.day, step.at_risk, show_share(_exactly(step.open_share)), show_share(_range(*ends)))
        for step, ends in zip(book.waiting, between, strict=True)
    ]


def _exactly(share_open: Fraction) -> Range:
    value = Decimal(share_open.numerator) / Decimal(share_open.denominator)
    return Range(value, value)


def _range(low: float, high: float) -> Range:
    return Range(Decimal(str(low)), Decimal(str(high)))


def state_words(state: str) -> str:
    """Return what the other side said."""
    return str(STATES[state])


def describe(book: Book, contracts: Iterable[Contract], words: Words) -> list[Line]:
    """Return agreements in words, the latest first."""
    return sorted(
        (words.line(each) for each in contracts),
        key=lambda line: (str(line.signed_on or ""), line.number),
        reverse=True,
    )
