"""What a member says of itself: one frozen record a row of a table.

A field is named as its column. What nobody said is ``None``; what somebody said there is none of
is ``""`` or ``()``; neither is 0. Which class a field has stands in the tables of columns, never
here. A column that has no field yet is kept in ``extra``, so that a new column needs no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeAlias

from fenglian.engine.quantities import Quantity

Value: TypeAlias = (
    str | int | bool | date | Quantity | tuple[str, ...] | tuple[tuple[str, str], ...] | None
)
Extra: TypeAlias = tuple[tuple[str, Value], ...]
OPEN_END = date.max  # 长期: there is no end, which is not the same as an unknown one


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who an organisation is."""

    uscc: str
    name_zh: str
    name_en: str | None = None
    short_names: tuple[str, ...] | None = None
    former_names: tuple[str, ...] | None = None
    kind: str
    legal_form: str | None = None
    legal_rep: str | None = None
    founded_on: date | None = None
    registered_capital: Quantity | None = None  # in yuan, or in the currency it is kept in
    region: str | None = None  # GB/T 2260
    industry: str | None = None  # GB/T 4754
    size: str | None = None
    parent: str | None = None
    control_group: str | None = None
    status: str
    predecessor: str | None = None
    successor: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour:
    """A title that somebody gave it."""

    uscc: str
    type: str
    level: str
    batch: str | None = None
    issuer: str | None = None
    number: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None  # OPEN_END: has none
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where it works."""

    uscc: str
    name: str
    address: str | None = None
    region: str  # GB/T 2260
    park: str | None = None
    area: Quantity | None = None  # m2, or mu where it is stated in 亩
    owned: bool | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person to talk to."""

    uscc: str
    name: str
    title: str | None = None
    phone: str | None = None
    email: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """A model of a product that it can supply."""

    uscc: str
    product: str  # id of the chain pack
    model: str
    spec: tuple[tuple[str, str], ...] | None = None
    certificates: tuple[str, ...] | None = None
    lead_days: int | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingPrice:
    """What one unit of a model cost on a day."""

    uscc: str
    product: str
    model: str
    price: Quantity  # yuan, or the currency it was stated in
    per: str  # unit
    stated_on: date
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityStated:
    """What a site can make of a product in a period."""

    uscc: str
    site: str | None = None
    product: str
    period: str  # 2024 or 2024-05
    quantity: Quantity  # in the base unit of ``unit``
    free: Quantity | None = None
    unit: str  # as it was stated: 万千瓦
    basis: str
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityPlan:
    """What a site is going to make more."""

    uscc: str
    site: str | None = None
    product: str
    period: str  # when it comes on stream
    quantity: Quantity
    unit: str
    state: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementStated:
    """A letter of intent, framework agreement or contract, as one side writes it down."""

    uscc: str
    ref: str  # by which the side itself knows it
    kind: str  # intent, framework, contract
    side: str  # supplier, buyer: what the one who writes is
    counterparty: str  # code or name, as written
    product: str | None = None
    number: str | None = None  # of the contract, as both parties know it
    signed_on: date | None = None
    ceremony_on: date | None = None  # where it was signed in public, together with others
    amount: Quantity | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryStated:
    """One step of a delivery: planned, made or both."""

    uscc: str
    contract: str  # ref of the agreement
    step: str
    planned_on: date | None = None
    delivered_on: date | None = None
    accepted: bool | None = None
    amount: Quantity | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentStated:
    """Money that changed hands for an agreement."""

    uscc: str
    contract: str  # ref of the agreement
    step: str
    paid_on: date
    amount: Quantity
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalInput:
    """What happens when one input does not come."""

    uscc: str
    product: str
    stops: bool  # production stands still without it
    stock_days: int | None = None
    substitutes: tuple[str, ...] | None = None
    switch_days: int | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedStated:
    """What a unit wants to buy."""

    uscc: str
    ref: str  # by which the unit speaks of it
    product: str
    quantity: Quantity | None = None  # in the base unit of ``unit``
    unit: str | None = None
    needed_by: date | None = None
    certificates: tuple[str, ...] | None = None
    extra: Extra = ()


Record: TypeAlias = (
    Profile
    | Honour
    | Site
    | Contact
    | Offering
    | OfferingPrice
    | CapacityStated
    | CapacityPlan
    | AgreementStated
    | DeliveryStated
    | PaymentStated
    | CriticalInput
    | NeedStated
)
RECORDS: Mapping[str, type[Record]] = {
    "profile": Profile,
    "honours": Honour,
    "sites": Site,
    "contacts": Contact,
    "offerings": Offering,
    "offering_prices": OfferingPrice,
    "capacities": CapacityStated,
    "capacity_plans": CapacityPlan,
    "contracts": AgreementStated,
    "deliveries": DeliveryStated,
    "payments": PaymentStated,
    "critical_inputs": CriticalInput,
    "needs": NeedStated,
}

# The names of a record's fields, in their order; asked once a row.
FIELDS: Mapping[type, Mapping[str, None]] = {
    kind: dict.fromkeys(field.name for field in fields(kind)) for kind in RECORDS.values()
}


def make_record(table: str, values: Mapping[str, Value]) -> Record:
    """Return the record of a row whose cells are read."""
    kind = RECORDS[table]
    known = FIELDS[kind]
    if values.keys() <= known.keys():
        return kind(**values)  # type: ignore[arg-type]  # the tables say what is in a cell
    extra = tuple((name, value) for name, value in values.items() if name not in known)
    given = dict(values)
    for name, _value in extra:
        del given[name]
    return kind(**given, extra=extra)  # type: ignore[arg-type]  # the tables say what is in a cell


def row_of(record: Record) -> dict[str, Value]:
    """Return the cells of a record by column, those without a field of their own too."""
    named = {name: getattr(record, name) for name in FIELDS[type(record)] if name != "extra"}
    return {**named, **dict(record.extra)}
