"""How do rows of forms become the engine's agreements, deliveries, payments and needs?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenglian.engine.chain.contract_links import Need
from fenglian.engine.contracts.ranges import Range, range_of
from fenglian.engine.contracts.records import BOTH, KINDS, Contract, Delivery, Payment, Side
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.profile import Value
from fenglian.web.registry.profile_words import as_compared
from fenglian.web.registry.queries import FormRow, Meant

CONTRACTS, DELIVERIES, PAYMENTS = "contracts", "deliveries", "payments"
INPUTS = "critical_inputs"
SIDES: Mapping[str, Side] = {"supplier": "supplier", "buyer": "buyer"}
SOURCE = "row/"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who signed, as far as the registry knows it."""

    key: str
    name: str
    slug: str = ""  # of the organisation; empty: only words
    province: str = ""


def party_of(words: str, meant: Meant | None) -> Party:
    """Return the party that words name; words that name nobody here stand for themselves."""
    if meant is None:
        return Party(f"words/{as_compared(words)}", words)
    return Party(meant.key, meant.name, meant.slug, meant.province)


def agreement(row: FormRow, other: Party, *, confirmed: bool) -> Contract:
    """Return an agreement as its owner recorded it; confirmed by the other side where that said so."""
    value = row.values.get
    return _contract(
        row.slug,
        {name: value(name) for name in ("kind", "side", "product", "number")},
        (row.unit.key, other.key),
        yuan(value("amount")),
        _day(value("signed_on")),
        confirmed=confirmed,
    )


def named_agreement(slug: str, said: Mapping[str, Any], parties: tuple[str, str]) -> Contract:
    """Return an agreement of another as far as the one it names may know it: without its amount."""
    signed = said.get("signed_on")
    day = date.fromisoformat(signed) if signed else None
    return _contract(slug, said, parties, Range(None, None), day, confirmed=False)


def _contract(
    slug: str,
    said: Mapping[str, Any],
    parties: tuple[str, str],  # who says it, and the other
    amount: Range,
    signed_on: date | None,
    *,
    confirmed: bool,
) -> Contract:
    side = SIDES[str(said["side"])]
    supplier, buyer = parties if side == "supplier" else reversed(parties)
    kind = str(said["kind"])
    return Contract(
        id=slug,
        kind=next((each for each in KINDS if each == kind), "intent"),
        supplier=supplier,
        buyer=buyer,
        amount=amount,
        product=str(said["product"]) if said.get("product") else None,
        signed_on=signed_on,
        number=str(said["number"]) if said.get("number") else None,
        confirmed=BOTH if confirmed else frozenset((side,)),
        evidence=(f"{SOURCE}{slug}",),
    )


def deliveries(rows: Iterable[FormRow], contract: str) -> list[Delivery]:
    """Return the steps of an agreement."""
    return [
        Delivery(
            contract=contract,
            planned_on=_day(row.values.get("planned_on")),
            delivered_on=_day(row.values.get("delivered_on")),
            amount=yuan(row.values.get("amount")),
            accepted=_flag(row.values.get("accepted")),
            evidence=(f"{SOURCE}{row.slug}",),
        )
        for row in rows
    ]


def payments(rows: Iterable[FormRow], contract: str) -> list[Payment]:
    """Return the payments of an agreement."""
    return [
        Payment(contract, day, yuan(row.values.get("amount")), (f"{SOURCE}{row.slug}",))
        for row in rows
        if (day := _day(row.values.get("paid_on")))
    ]


def needs(rows: Iterable[FormRow]) -> list[Need]:
    """Return what buyers say of their critical inputs."""
    return [
        Need(
            buyer=row.unit.key,
            product=str(row.values.get("product") or ""),
            stops=bool(row.values.get("stops")),
            stock_days=_count(row.values.get("stock_days")),
            substitutes=_names(row.values.get("substitutes")),
            switch_days=_count(row.values.get("switch_days")),
        )
        for row in rows
    ]


def yuan(value: Value) -> Range:
    """Return the ends of an amount; one in another currency is not known in yuan."""
    if not isinstance(value, Quantity) or value.unit != "yuan":
        return Range(None, None)
    return range_of(value)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _flag(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _count(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _names(value: Value) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, tuple) else ()
