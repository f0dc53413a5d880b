"""How does a pack describe itself to other tools? Frictionless schemas from the column tables.

``datapackage.json`` of a pack repeats what ``columns/*.csv`` says, in the words of the Frictionless
Data Package standard, so that a spreadsheet tool or a validator of that standard can check a pack
without Fenglian. A test holds both together.
"""

import csv
import io
from collections.abc import Iterable, Mapping

TRUE, FALSE = "yes", "no"
_NUMBERS = {"number", "amount", "share"}
_SLUG = r"^[a-zA-Z0-9][a-zA-Z0-9._-]*$"
_TARGETS = {  # type of a column → table and key that it points to
    "product": ("products", "product_id"),
    "variant": ("variants", "variant_id"),
    "organisation": ("organisations", "org_id"),
}


def describe_tables(tables: Iterable[str], columns: Mapping[str, bytes]) -> list[dict[str, object]]:
    """Return one Frictionless resource a table, by name."""
    present = sorted(tables)
    return [
        {
            "name": table,
            "path": f"{table}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": _describe_table(table, read_rows(columns[table]), present),
        }
        for table in present
    ]


def read_rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a table of columns."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _describe_table(
    table: str, rows: list[dict[str, str]], present: list[str]
) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_describe_column(row) for row in rows],
        "missingValues": [""],
    }
    # The standard wants every part of a primary key filled, so one that may be empty is left out.
    keys = [row["name"] for row in rows if row["required"].startswith("key")]
    if all(row["required"] != "key or empty" for row in rows):
        schema["primaryKey"] = keys
    links = [
        {
            "fields": [row["name"]],
            "reference": {"resource": "" if target == table else target, "fields": [key]},
        }
        for row in rows
        if row["type"] in _TARGETS
        for target, key in [_TARGETS[row["type"]]]
        if target in present
    ]
    if links:
        schema["foreignKeys"] = links
    return schema


def _describe_column(row: Mapping[str, str]) -> dict[str, object]:
    field: dict[str, object] = {"name": row["name"], "title": f"{row['zh']} {row['en']}"}
    constraints: dict[str, object] = {}
    if row["required"] in ("key", "yes"):
        constraints["required"] = True
    kind = row["type"]
    if kind in _NUMBERS:
        field["type"] = "number"
        constraints |= {"minimum": 0} if kind != "number" else {}
        constraints |= {"maximum": 1} if kind == "share" else {}
    elif kind == "integer":
        field["type"] = "integer"
    elif kind == "flag":
        field |= {"type": "boolean", "trueValues": [TRUE], "falseValues": [FALSE]}
    else:
        field["type"] = "string"
        constraints |= {"enum": kind.split("/")} if "/" in kind else {}
        constraints |= {"pattern": _SLUG} if kind == "slug" else {}
    if constraints:
        field["constraints"] = constraints
    return field
