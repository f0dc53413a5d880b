"""What do units' rows say to a chain? Rows of the registry become statements of the engine."""

from collections.abc import Iterable

from django.urls import reverse

from fenglian.engine.chain.intervals import UNKNOWN, Interval
from fenglian.engine.chain.pack import Pack
from fenglian.engine.chain.stated import StatedCapacity
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.listing import PROVINCES
from fenglian.web.registry.queries import CapacityRow

PLANS = "capacity_plans"


def state(rows: Iterable[CapacityRow], region: str, pack: Pack) -> tuple[StatedCapacity, ...]:
    """Return rows as statements about the organisations of a region pack, in a fixed order."""
    here = PROVINCES.get(pack.region.code if pack.region else "", "")
    found = (_stated(row, f"{region}/organisations/", here) for row in rows)
    return tuple(sorted(found, key=lambda each: each.row))


def _stated(row: CapacityRow, start: str, here: str) -> StatedCapacity:
    unit, quantity = row.unit, row.values.get("quantity")
    listed = [each.removeprefix(start) for each in unit.evidence if each.startswith(start)]
    known = quantity if isinstance(quantity, Quantity) else None
    return StatedCapacity(
        organisation=listed[0] if listed else f"unit-{unit.slug}",
        name=Label(unit.name, unit.name),
        kind=unit.kind,
        inside=unit.province in ("", here),
        product=row.product,
        site=str(row.values.get("site") or ""),
        period=str(row.values.get("period") or ""),
        amount=_interval(known),
        unit=known.unit if known else "",
        planned=row.form == PLANS,
        estimated=row.values.get("basis") == "estimated",
        data_class=row.data_class,
        row=row.slug,
        unit_page=reverse("registry:unit", args=[unit.slug]),
    )


def _interval(quantity: Quantity | None) -> Interval:
    if quantity is None:
        return UNKNOWN
    low, high = (None if end is None else float(end) for end in (quantity.low, quantity.high))
    stands = quantity.bound in ("eq", "approx") and quantity.top is None
    return Interval(low, float(quantity.figure) if stands else None, high)
