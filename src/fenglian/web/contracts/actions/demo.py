"""What the invented units of the demo signed, delivered and paid: made up by rule, and marked so.

The agreements of the demo pack, as each unit of the demo that is one of their parties would record
them; and three between the two units that have people, one in each state of confirmation.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.profile import Value
from fenglian.engine.registry.sheets import row_key
from fenglian.packs import read_pack_files
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.contracts.actions.naming import FORM
from fenglian.web.registry.actions.owned import Entry, save_for_the_house
from fenglian.web.registry.listings import listed
from fenglian.web.registry.models import SensitiveRow, Way
from fenglian.web.registry.profile_tables import pack, profile_tables

STEPS = 4  # deliveries of a contract
REPORTED_UNTIL = date(2026, 10, 31)  # the demo's units reported what came until then
SUPPLIER, BUYER = "演示法兰01厂", "演示整机01厂"  # the two that have people in the demo
TOWERS = ("演示塔筒02厂", "tower-steel", 260_000_000)  # from whom the buyer has its towers
OUTSIDE = (  # what the buyer has from units that are nowhere listed: product, yuan, name
    ("tower-cable", 60_000_000, "演示外省电缆厂"),
    ("hub", 90_000_000, "演示外省铸件厂"),
    ("main-bearing", 120_000_000, "演示外省轴承厂"),
)
INPUTS: Mapping[str, tuple[tuple[str, bool, int, int], ...]] = {  # stops, days of stock, to switch
    SUPPLIER: (("steel-alloy-round", True, 12, 45),),
    BUYER: (
        ("generator-dd", True, 9, 120),
        ("tower-steel", True, 14, 60),
        ("flange", True, 10, 45),
        ("yaw-system", True, 20, 60),
        ("casting-other", False, 15, 30),
    ),
}
HELD = "演示认证甲"
WANTED = (("演示需求1", HELD, 120), ("演示需求2", "演示认证乙", 120), ("演示需求3", HELD, 10))
Rows = Iterator[tuple[str, dict[str, Value]]]


@transaction.atomic
def fill_demo_agreements(secretary: Actor) -> None:
    """Record the agreements of the demo's units; those that have some stay as they are."""
    if not secretary.alliance.synthetic:
        return
    for owner in Owner.objects.filter(alliance_id=secretary.alliance.id).order_by("id"):
        rows = SensitiveRow.objects.whole().filter(owner=owner, form=FORM, way=Way.DEMO)
        if rows.exists():
            continue
        forms: dict[str, list[Entry]] = {}
        for form, values in (*_signed(secretary, owner.name), *_needed(owner.name)):
            forms.setdefault(form, []).append(_entry(form, values))
        for form, entries in forms.items():
            save_for_the_house(secretary, owner.pk, form, entries, Way.DEMO)


def _signed(secretary: Actor, name: str) -> Rows:
    known = {each.id.rpartition("/")[2]: each.name for each in listed(secretary.alliance.pack)}
    tables = read_pack_files(secretary.alliance.pack).tables
    content = tables.get("contracts", b"").decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(content)):
        parties = {"supplier": known[row["supplier_id"]], "buyer": known[row["buyer_id"]]}
        for side, other in (("supplier", "buyer"), ("buyer", "supplier")):
            if parties[side] == name:
                yield from _listed_agreement(row, side, parties[other])
    yield from _between(name)


def _listed_agreement(row: Mapping[str, str], side: str, other: str) -> Rows:
    number = row["contract_id"].rpartition("-")[2]
    year, month = map(int, row["signed"].split("-"))
    agreement = _agreement(f"演示-{number}", side, other, row["product_id"])
    low, high = Decimal(row["amount_low"]), Decimal(row["amount_high"])
    signed = date(year, month, 7)
    yield (
        FORM,
        {
            **agreement,
            "kind": row["kind"],
            "number": f"演示合同{number}",
            "signed_on": signed,
            "amount": Quantity(low, "eq", "yuan", high),
        },
    )
    if row["kind"] == "contract":
        done = round(float(row["delivered"]) * STEPS)
        yield from _steps(str(agreement["ref"]), signed, Decimal(row["amount"]), done)


def _steps(ref: str, signed: date, amount: Decimal, done: int) -> Rows:
    part = amount / STEPS
    for number in range(1, STEPS + 1):
        planned = signed + timedelta(days=40 * number)
        came = planned + timedelta(days=3 * number)
        made = number <= done and came <= REPORTED_UNTIL
        yield (
            "deliveries",
            {
                "contract": ref,
                "step": f"第{number}批",
                "planned_on": planned,
                "delivered_on": came if made else None,
                "accepted": True if made else None,
                "amount": Quantity(part, "eq", "yuan"),
            },
        )
        if made:
            yield (
                "payments",
                {
                    "contract": ref,
                    "step": f"第{number}笔",
                    "paid_on": came + timedelta(days=20),
                    "amount": Quantity(part * Decimal("0.9"), "eq", "yuan"),
                },
            )


def _between(name: str) -> Rows:
    """Yield what the two units that have people signed with each other, and what comes from outside."""
    if name == SUPPLIER:
        yield FORM, _flanges("甲-1", "supplier", BUYER, "演示双方01", 84_000_000)
        yield FORM, _flanges("甲-2", "supplier", BUYER, "演示待确认02", 36_000_000)
        yield FORM, _flanges("甲-3", "supplier", BUYER, None, 12_000_000)
        yield from _steps("甲-1", date(2026, 3, 7), Decimal(84_000_000), 3)
    if name == BUYER:
        yield FORM, _flanges("乙-1", "buyer", SUPPLIER, "演示双方01", 84_000_000)
        yield FORM, _flanges("乙-3", "buyer", SUPPLIER, None, 12_000_000)
        other, product, amount = TOWERS
        towers = _agreement("乙-4", "buyer", other, product)
        yield (
            FORM,
            {**towers, "kind": "contract", "amount": Quantity(Decimal(amount), "eq", "yuan")},
        )
        for number, (product, amount, other) in enumerate(OUTSIDE, 1):
            agreement = _agreement(f"外-{number}", "buyer", other, product)
            money = Quantity(Decimal(amount), "approx", "yuan")
            yield FORM, {**agreement, "kind": "contract", "amount": money}


def _flanges(ref: str, side: str, other: str, number: str | None, amount: int) -> dict[str, Value]:
    return {
        **_agreement(ref, side, other, "flange"),
        "kind": "contract",
        "number": number,
        "signed_on": date(2026, 3, 7),
        "amount": Quantity(Decimal(amount), "eq", "yuan"),
    }


def _agreement(ref: str, side: str, other: str, product: str) -> dict[str, Value]:
    return {"ref": ref, "side": side, "counterparty": other, "product": product}


def _needed(name: str) -> Rows:
    if name == SUPPLIER:
        yield (
            "offerings",
            {"product": "flange", "model": "演示-F1", "certificates": (HELD,), "lead_days": 30},
        )
    if name == BUYER:
        for ref, certificate, days in WANTED:
            day = timezone.localdate() + timedelta(days=days)
            asked: dict[str, Value] = {"certificates": (certificate,), "needed_by": day}
            yield "needs", {"ref": ref, "product": "flange", **asked}
    for product, stops, stock, switch in INPUTS.get(name, ()):
        yield (
            "critical_inputs",
            {"product": product, "stops": stops, "stock_days": stock, "switch_days": switch},
        )


def _entry(form: str, values: Mapping[str, Value]) -> Entry:
    table = profile_tables()[form]
    whole = {column.name: values.get(column.name) for column in table.columns}
    return Entry(
        key=row_key(table.name, {name: whole[name] for name in table.key}),
        values={column.name: pack(column, whole[column.name]) for column in table.columns},
    )
