"""Which organisations does a region pack list, what do they make, and by which sources?"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fenglian.engine.labels import Label
from fenglian.engine.registry.records import KINDS, Kind

PROVINCES = {  # region code of a pack, ISO 3166-2 → GB/T 2260
    "CN-BJ": "110000", "CN-TJ": "120000", "CN-HE": "130000", "CN-SX": "140000", "CN-NM": "150000",
    "CN-LN": "210000", "CN-JL": "220000", "CN-HL": "230000", "CN-SH": "310000", "CN-JS": "320000",
    "CN-ZJ": "330000", "CN-AH": "340000", "CN-FJ": "350000", "CN-JX": "360000", "CN-SD": "370000",
    "CN-HA": "410000", "CN-HB": "420000", "CN-HN": "430000", "CN-GD": "440000", "CN-GX": "450000",
    "CN-HI": "460000", "CN-CQ": "500000", "CN-SC": "510000", "CN-GZ": "520000", "CN-YN": "530000",
    "CN-XZ": "540000", "CN-SN": "610000", "CN-GS": "620000", "CN-QH": "630000", "CN-NX": "640000",
    "CN-XJ": "650000", "CN-TW": "710000", "CN-HK": "810000", "CN-MO": "820000",
}  # fmt: skip
TABLE, MAKINGS = "organisations", "capacities"
STATUSES = {
    "operating": Label("在产", "operating"),
    "trial": Label("试生产", "trial production"),
    "planned": Label("规划或在建", "planned or being built"),
    "unclear": Label("现状不明", "present state unclear"),
    "former": Label("已停", "former"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a region pack about an organisation."""

    id: str  # pack/organisations/org_id: what evidence names
    name: str  # as the pack writes it
    kind: Kind | None
    province: str | None  # GB/T 2260 code
    place: str  # prefecture and county; empty where unknown
    note: str  # what the pack says of it, in Chinese
    sources: tuple[str, ...]  # ids of the pack's sources
    day: str | None  # ISO date of its earliest dated source


@dataclass(frozen=True, slots=True)
class Making:
    """One row of a region pack: an organisation makes or uses a product."""

    id: str  # pack/capacities/org_id+product_id
    organisation: str  # id of the organisation's row
    product: str  # id in the chain pack
    label: Label  # of the product
    makes: bool  # False: uses it
    low: Decimal | None  # a year, in the unit; None: not found
    high: Decimal | None
    unit: str  # as the chain pack counts; empty: not found
    unit_name: Label | None
    stated: str  # period that the number speaks of
    status: str  # of STATUSES
    sources: tuple[str, ...]


def read_makings(
    pack: str,
    tables: Mapping[str, bytes],
    products: Mapping[str, Label],
    units: Mapping[str, Label],
) -> tuple[Making, ...]:
    """Return what the organisations of a region pack make and use, in its order.

    Parameters
    ----------
    pack
        Id of the pack.
    tables
        Table → CSV bytes; ``capacities`` is read.
    products
        Id of a product → its label, from the chain pack.
    units
        Unit → what it is called, from the chain pack.
    """
    return tuple(_making(pack, row, products, units) for row in _rows(tables.get(MAKINGS, b"")))


def _making(
    pack: str,
    row: Mapping[str, str],
    products: Mapping[str, Label],
    units: Mapping[str, Label],
) -> Making:
    organisation, product = row["org_id"], row["product_id"]
    value, unit = _number(row.get("capacity")), row.get("unit") or ""
    low, high = _number(row.get("capacity_low")), _number(row.get("capacity_high"))
    return Making(
        id=f"{pack}/{MAKINGS}/{organisation}+{product}",
        organisation=f"{pack}/{TABLE}/{organisation}",
        product=product,
        label=products.get(product, Label(product, product)),
        makes=row["relation"] == "makes",
        low=value if low is None else low,
        high=value if high is None else high,
        unit=unit,
        unit_name=units.get(unit, Label(unit, unit)) if unit else None,
        stated=row.get("stated") or "",
        status=row["status"],
        sources=_sources(row),
    )


def _number(words: str | None) -> Decimal | None:
    return Decimal(words) if words else None


def _sources(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(each.strip() for each in row["sources"].split(";") if each.strip())


def read_listed(pack: str, tables: Mapping[str, bytes]) -> tuple[Listed, ...]:
    """Return the organisations of a region pack, in its order.

    Parameters
    ----------
    pack
        Id of the pack; evidence begins with it.
    tables
        Table → CSV bytes; ``organisations`` and ``sources`` are read.
    """
    days = {row["source_id"]: row.get("date", "") for row in _rows(tables.get("sources", b""))}
    return tuple(_listed(pack, row, days) for row in _rows(tables.get(TABLE, b"")))


def _listed(pack: str, row: Mapping[str, str], days: Mapping[str, str]) -> Listed:
    sources = _sources(row)
    dated = sorted(day for each in sources if len(day := days.get(each, "")) == 10)
    kind = row["kind"]
    return Listed(
        id=f"{pack}/{TABLE}/{row['org_id']}",
        name=row["name_zh"],
        kind=kind if kind in KINDS else None,
        province=PROVINCES.get(row.get("region", "")),
        place="".join((row.get("city") or "", row.get("county") or "")),
        note=row.get("evidence_zh") or row.get("role_zh") or "",
        sources=sources,
        day=dated[0] if dated else None,
    )


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
