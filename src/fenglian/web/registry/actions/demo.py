"""What the invented units of the demo say of themselves: made up by rule, and marked so."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.codes import organisation_check, uscc_check
from fenglian.engine.registry.figures import read_unit
from fenglian.engine.registry.listing import Making
from fenglian.engine.registry.profile import Value
from fenglian.engine.registry.sheets import row_key
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.registry.actions.owned import Entry, save_for_the_house
from fenglian.web.registry.listings import listed, makings
from fenglian.web.registry.models import PublicRow, Way
from fenglian.web.registry.profile_tables import pack, profile_tables

REGION = "140000"
YEAR = "2026"
FORMER_NAMES = {  # by which an invented report calls them
    "演示整机01厂": ("演示整机有限公司",),
    "演示法兰01厂": ("演示法兰有限公司",),
}
Rows = Iterator[tuple[str, Mapping[str, Value]]]


@transaction.atomic
def fill_demo_units(secretary: Actor) -> None:
    """Fill in the forms of the demo's units; those that are filled in stay as they are."""
    if not secretary.alliance.synthetic:
        return
    owners = Owner.objects.filter(alliance_id=secretary.alliance.id).order_by("id")
    for number, owner in enumerate(owners, 1):
        rows = PublicRow.objects.whole().filter(owner=owner, form="profile")
        if not rows.exists():
            forms: dict[str, list[Entry]] = {}
            for form, values in _rows(secretary, owner, number):
                forms.setdefault(form, []).append(_entry(form, values))
            for form, entries in forms.items():
                save_for_the_house(secretary, owner.pk, form, entries, Way.DEMO)


def _rows(secretary: Actor, owner: Owner, number: int) -> Rows:
    code = _code(number)
    known = {each.name: each for each in listed(secretary.alliance.pack)}.get(owner.name)
    yield from _who(owner, code, number, known.kind if known and known.kind else "firm")
    made = [
        each
        for each in makings(secretary.alliance.pack)
        if known and each.organisation == known.id and each.makes and each.high is not None
    ]
    if made:
        yield "sites", {"uscc": code, "name": f"{owner.name}一号厂区", "region": REGION}
    for each in made:
        yield from _product(owner, code, number, each)


def _who(owner: Owner, code: str, number: int, kind: str) -> Rows:
    yield (
        "profile",
        {
            "uscc": code,
            "name_zh": owner.name,
            "kind": kind,
            "former_names": FORMER_NAMES.get(owner.name),
            "founded_on": date(2010 + number % 10, 1 + number % 12, 15),
            "registered_capital": Quantity(Decimal(10_000_000 * (1 + number % 7)), "eq", "yuan"),
            "region": REGION,
            "status": "active",
        },
    )
    yield (
        "contacts",
        {
            "uscc": code,
            "name": f"演示联系人{number:02d}",
            "title": "演示",
            "phone": f"000-0000-{number:04d}",
            "email": f"unit{number:02d}@example.invalid",
        },
    )


def _product(owner: Owner, code: str, number: int, made: Making) -> Rows:
    # As a person would write it, 套, which the form reads; the pack's own sign, set, it does not.
    word = made.unit_name.zh if made.unit_name else made.unit
    base, factor = read_unit(word)
    high = (made.high or Decimal(0)) * factor
    low = high if made.low is None else made.low * factor
    offered = {"uscc": code, "product": made.product, "model": f"演示-{number:02d}"}
    yield "offerings", {**offered, "lead_days": 30 + 5 * number}
    yield (
        "offering_prices",
        {
            **offered,
            "price": Quantity(Decimal(100_000 + 1_000 * number), "approx", "yuan"),
            "per": word,
            "stated_on": date(2026, 3, number % 27 + 1),
        },
    )
    yield (
        "capacities",
        {
            "uscc": code,
            "site": f"{owner.name}一号厂区",
            "product": made.product,
            "period": YEAR,
            "quantity": Quantity(low, "eq", base, high),
            "free": Quantity(Decimal(int(high) // 10), "approx", base),
            "unit": word,
            "basis": "self",
        },
    )


def _code(number: int) -> str:
    body = f"DEMX{number:04d}"
    first = f"91{REGION}{body}{organisation_check(body)}"
    return f"{first}{uscc_check(first)}"


def _entry(form: str, values: Mapping[str, Value]) -> Entry:
    table = profile_tables()[form]
    whole = {column.name: values.get(column.name) for column in table.columns}
    return Entry(
        key=row_key(table.name, {name: whole[name] for name in table.key}),
        values={column.name: pack(column, whole[column.name]) for column in table.columns},
    )
