"""What does the alliance's region pack list? Read once, as engine values."""

import csv
import io
import json
from functools import cache

from fenglian.data.divisions import divisions
from fenglian.engine.labels import Label
from fenglian.engine.registry.listing import Listed, Making, read_listed, read_makings
from fenglian.engine.registry.names import Regions, build_regions
from fenglian.packs import list_packs, read_pack_files


@cache
def regions() -> Regions:
    """Return what names are split with: made once, for every accepted statement asks for it."""
    return build_regions(divisions())


@cache
def listed(pack: str) -> tuple[Listed, ...]:
    """Return the organisations of a shipped pack; none where there is no such pack."""
    if pack not in list_packs():
        return ()
    return read_listed(pack, read_pack_files(pack).tables)


@cache
def makings(pack: str) -> tuple[Making, ...]:
    """Return what the organisations of a shipped pack make and use."""
    if pack not in list_packs():
        return ()
    return read_makings(pack, read_pack_files(pack).tables, product_labels(pack), _units(pack))


@cache
def product_labels(pack: str) -> dict[str, Label]:
    """Return the products of the chains that a region pack is about, by id."""
    products: dict[str, Label] = {}
    for chain in _chains(pack):
        products |= chain_products(chain)
    return products


def _chains(pack: str) -> list[str]:
    """Return the shipped chains that a region pack is about."""
    if pack not in list_packs():
        return []
    region = json.loads(read_pack_files(pack).descriptor).get("region", {})
    return [chain for chain in region.get("chains", ()) if chain in list_packs()]


def _units(pack: str) -> dict[str, Label]:
    """Return how the units of those chains are called: set is 套."""
    units: dict[str, Label] = {}
    for chain in _chains(pack):
        named = json.loads(read_pack_files(chain).descriptor)["chain"].get("units", {})
        units |= {name: Label(words["zh"], words["en"]) for name, words in named.items()}
    return units


def chain_products(chain: str) -> dict[str, Label]:
    """Return the products of one shipped chain, by id."""
    rows = _rows(read_pack_files(chain).tables.get("products", b""))
    return {
        row["product_id"]: Label(row["name_zh"], row.get("name_en") or row["name_zh"])
        for row in rows
    }


def find_row(pack: str, table: str, key: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return a row of a shipped pack and the sources that it names; raises ``LookupError``."""
    if pack not in list_packs():
        raise LookupError(pack)
    files = read_pack_files(pack)
    keys = [
        row["name"]
        for row in _rows(files.columns.get(table, b""))
        if row["required"].startswith("key")
    ]
    for row in _rows(files.tables.get(table, b"")):
        if "+".join(row[name] for name in keys if row[name]) == key:
            wanted = {each.strip() for each in row.get("sources", "").split(";")}
            sources = _rows(files.tables.get("sources", b""))
            return row, [each for each in sources if each["source_id"] in wanted]
    raise LookupError(key)


def describe_columns(table: str, pack: str) -> dict[str, Label]:
    """Return the wording of each column of a table."""
    rows = _rows(read_pack_files(pack).columns.get(table, b""))
    return {row["name"]: Label(row["zh"], row["en"]) for row in rows}


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@cache
def grade_of(pack: str, table: str, key: str) -> str:
    """Return the best grade among the sources of a row; the last one where it names none."""
    try:
        _row, sources = find_row(pack, table, key)
    except LookupError:
        return "D"
    return min((each["grade"] for each in sources if each.get("grade")), default="D")
