"""What is on record of an alliance's year? Rows of all rooms, always for an actor, and the report."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone

from fenglian.engine.advice.yearly import (
    MONTHS,
    Kind,
    Row,
    YearlyReport,
    months_after,
    report_year,
)
from fenglian.engine.contracts.records import BOTH, KINDS, Contract
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label
from fenglian.web.access.rights import ever
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.queries import list_doings, open_kinds
from fenglian.web.contracts.queries import Book, open_book
from fenglian.web.registry.listings import product_labels

AGREED: frozenset[Kind] = frozenset(("signed", "delivered", "paid"))


def default_first(actor: Actor) -> date:
    """Return the first month of the last twelve whole months; where they are empty, of the last
    twelve that are not.
    """
    require(actor, Act.MEET)
    this = timezone.localdate().replace(day=1)
    first = months_after(this, -MONTHS)
    rows = list_doings(actor, date.min, timezone.localdate())
    days = [row.day for row in rows if row.day < this and row.kind != "member"]
    if not days or max(days) >= first:
        return first
    return months_after(max(days).replace(day=1), 1 - MONTHS)


def make_report(actor: Actor, first: date) -> YearlyReport:
    """Return the report of twelve months as an actor may know them; looks at secrets are logged."""
    require(actor, Act.MEET)
    last = date.fromordinal(months_after(first, MONTHS).toordinal() - 1)
    kinds, classes = open_kinds(actor), [DataClass.S1]
    rows = list_doings(actor, first, last)
    if may(actor, Act.JUDGE):
        classes.append(DataClass.P)
    if ever(actor.role, DataClass.S2):
        book = open_book(actor)
        rows += _agreements(book, product_labels(actor.alliance.pack))
        kinds |= AGREED
        classes.append(book.data_class)
    return report_year(rows, first, open_kinds=kinds, data_class=highest(classes))


def _agreements(book: Book, products: Mapping[str, Label]) -> Iterator[Row]:
    """Yield contracts, and what was delivered and paid of them; letters of intent are none."""
    firm = {each.id: each for each in book.contracts if each.kind == "contract"}
    # One of its records has a page; a contract may be called after what the other side was told.
    page = {each: book.records_of(each)[0].row.slug for each in firm}
    for each in firm.values():
        if each.signed_on is not None:
            marks = frozenset(("both",)) if each.confirmed == BOTH else frozenset[str]()
            name, what = f"contract/{page[each.id]}", _what(each, products)
            yield Row(name, "signed", each.signed_on, _who(book, each), what, each.amount, marks)
    deliveries, payments = book.steps
    for number, step in enumerate(deliveries):
        if step.delivered_on is None or step.contract not in firm:
            continue
        late = step.planned_on is not None and step.delivered_on > step.planned_on
        contract = firm[step.contract]
        yield Row(
            f"delivery/{page[step.contract]}/{number}",
            "delivered",
            step.delivered_on,
            _who(book, contract),
            _what(contract, products),
            step.amount,
            frozenset(("late",)) if late else frozenset(),
        )
    for number, paid in enumerate(payments):
        if paid.contract in firm:
            contract = firm[paid.contract]
            name = f"payment/{page[paid.contract]}/{number}"
            who, what = _who(book, contract), _what(contract, products)
            yield Row(name, "paid", paid.paid_on, who, what, paid.amount)


def _who(book: Book, contract: Contract) -> str:
    keys = (contract.supplier, contract.buyer)
    found = (book.parties.get(key or "") for key in keys)
    return " → ".join(each.name if each else "?" for each in found)


def _what(contract: Contract, products: Mapping[str, Label]) -> Label:
    label, number = products.get(contract.product or ""), contract.number or ""
    kind = KINDS[contract.kind]
    zh = " ".join(filter(None, (label.zh if label else "", number)))
    en = " ".join(filter(None, (label.en if label else "", number)))
    return Label(zh or kind.zh, en or kind.en)


def address_of(row: Row) -> str:
    """Return the page of what a row tells; empty where it has none."""
    room, _slash, rest = row.id.partition("/")
    first = rest.partition("/")[0]
    match room:
        case "member":
            return reverse("alliance:member", args=[first])
        case "meeting" | "presence":
            return reverse("alliance:meeting", args=[first])
        case "resolution" | "ballot":
            return reverse("alliance:resolution", args=[first])
        case "set" | "done" | "overdue":
            return reverse("alliance:tasks")
        case "contract" | "delivery" | "payment":
            return reverse("contracts:agreement", args=[first])
    return ""
