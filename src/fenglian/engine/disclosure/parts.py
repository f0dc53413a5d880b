"""Which part of a row may whom reach? A row is kept in parts, one for each class of its columns.

The row as such has a class too: that a row is there, and under which key, tells as much as the
most guarded column of its key. Columns of a lower class stay with the key; columns of another
class get a part of their own.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fenglian.engine.disclosure.classes import DataClass, declared_class, highest
from fenglian.engine.registry.tables import Column, TableDescription

Value = TypeVar("Value")
LADDER = (DataClass.S0, DataClass.S1, DataClass.S2, DataClass.S3)


def row_class(table: TableDescription) -> DataClass:
    """Return the class of a row's being there: that of the most guarded column of its key.

    Examples
    --------
    >>> from fenglian.engine.labels import Label
    >>> name = Label("", "")
    >>> def column(need, data_class):
    ...     return Column(data_class, "text", "", None, need, name, data_class, ())
    >>> table = TableDescription("t", name, name, (column("key", "S1"), column("yes", "S3")))
    >>> row_class(table)
    <DataClass.S1: 'S1'>
    """
    return highest(declared_class(each.data_class) for each in table.columns if each.is_key)


def part_of(table: TableDescription, column: Column) -> DataClass:
    """Return the class of the part in which a column is kept."""
    row, own = row_class(table), declared_class(column.data_class)
    if own is DataClass.P or row is DataClass.P:
        return own if own is DataClass.P else row
    return max(row, own, key=LADDER.index)


def split_row(
    table: TableDescription, values: Mapping[str, Value]
) -> dict[DataClass, dict[str, Value]]:
    """Return a row's values by the class of the part they are kept in; the row's own comes first.

    Parameters
    ----------
    values
        By name of column; what is not a column of the table is left out.
    """
    return split_rows(table)(values)


def split_rows(
    table: TableDescription,
) -> Callable[[Mapping[str, Any]], dict[DataClass, dict[str, Any]]]:
    """Return what splits rows of a table as ``split_row`` does; classes are looked up once."""
    own = row_class(table)
    names: dict[DataClass, list[str]] = {own: []}
    for column in table.columns:
        names.setdefault(part_of(table, column), []).append(column.name)

    def split(values: Mapping[str, Any]) -> dict[DataClass, dict[str, Any]]:
        parts = {
            place: {name: values[name] for name in named if name in values}
            for place, named in names.items()
        }
        return {place: part for place, part in parts.items() if part or place is own}

    return split


def classes_of(table: TableDescription) -> tuple[DataClass, ...]:
    """Return the classes of a table's parts, the row's own first."""
    found = {row_class(table): None} | {part_of(table, each): None for each in table.columns}
    return tuple(found)
