"""Which forms does a unit fill in? Read once from their descriptions; how their values are kept."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from fenglian.data.divisions import division_names, divisions
from fenglian.data.profile import profile_files
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.cells import Known
from fenglian.engine.registry.divisions import Divisions
from fenglian.engine.registry.profile import Value
from fenglian.engine.registry.tables import Column, TableDescription, describe_tables
from fenglian.web.registry.listings import product_labels

KINDS: Mapping[str, TypeAdapter[Any]] = {
    "names": TypeAdapter(tuple[str, ...]),
    "specs": TypeAdapter(tuple[tuple[str, str], ...]),
    "date": TypeAdapter(date),
    "end_date": TypeAdapter(date),
    "quantity": TypeAdapter(Quantity),
    "integer": TypeAdapter(int),
    "flag": TypeAdapter(bool),
}
TEXT: TypeAdapter[Any] = TypeAdapter(str)


@cache
def profile_tables() -> Mapping[str, TableDescription]:
    """Return the forms by name, in the order in which they are asked."""
    files = profile_files()
    return describe_tables(files.tables, files.columns, files.choices, files.units)


@cache
def known_names(pack_id: str) -> Known:
    """Return what cells may refer to: regions, and the products of an alliance's chain."""
    divisions_ = Divisions(rows=divisions(), names=division_names())
    return Known(divisions=divisions_, products=product_labels(pack_id))


def pack(column: Column, value: Value) -> Any:
    """Return a value as it is kept."""
    return None if value is None else KINDS.get(column.type, TEXT).dump_python(value, mode="json")


def unpack(column: Column, stored: Any) -> Value:
    """Return a kept value."""
    value: Value = None
    if stored is not None:
        value = KINDS.get(column.type, TEXT).validate_python(stored)
    return value
