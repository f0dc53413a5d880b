"""Which forms does a unit fill in? Read once from their descriptions; how their values are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from fenglian.data.divisions import division_names, divisions
from fenglian.data.profile import profile_files
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.disclosure.parts import classes_of, part_of, row_class
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


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of data that a form holds."""

    row: DataClass  # of a row's being there
    every: tuple[DataClass, ...]  # of its parts, the row's own first
    columns: Mapping[str, DataClass]  # by name, of the part in which a column is kept


@cache
def form_classes(form: str) -> Classes:
    """Return the classes of a form, worked out once."""
    table = profile_tables()[form]
    columns = {each.name: part_of(table, each) for each in table.columns}
    return Classes(row_class(table), classes_of(table), MappingProxyType(columns))


@cache
def known_names(pack_id: str) -> Known:
    """Return what cells may refer to: regions, and the products of an alliance's chain."""
    divisions_ = Divisions(rows=divisions(), names=division_names())
    return Known(divisions=divisions_, products=product_labels(pack_id))


def pack(column: Column, value: Value) -> Any:
    """Return a value as it is kept."""
    if value is None or type(value) is str:
        return value
    return KINDS.get(column.type, TEXT).dump_python(value, mode="json")


def unpack(column: Column, stored: Any) -> Value:
    """Return a kept value."""
    value: Value = None
    if stored is not None:
        value = KINDS.get(column.type, TEXT).validate_python(stored)
    return value
