"""Which columns may a table of a pack have? Read from the pack's own descriptions.

``packs/columns/<table>.csv`` has one row a column: name, type, unit, required, wording in both
languages. A type is ``text``, ``slug`` (an id of this table), ``number``, ``amount`` (at least 0),
``share`` (0 to 1), ``integer``, ``flag`` (yes or no), ``sources``, the name of what another table
or the descriptor defines (``product``, ``variant``, ``organisation``, ``scenario``, ``stage``,
``unit``, ``axis``), or the allowed words with strokes between them.
"""

import csv
import io
from dataclasses import dataclass
from functools import cache

from fenglian.engine.labels import Label

NUMBERS = frozenset({"number", "amount", "share"})
ENDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table."""

    name: str
    kind: str
    unit: str  # {column} where another column of the row has it; empty where there is none
    required: str  # yes, no, key, or "key or empty"
    label: Label

    @property
    def is_key(self) -> bool:
        """Whether the column is a part of the table's key."""
        return self.required.startswith("key")

    @property
    def needed(self) -> bool:
        """Whether every row must have a value."""
        return self.required in ("yes", "key")

    @property
    def words(self) -> tuple[str, ...]:
        """The allowed words; empty where any will do."""
        return tuple(self.kind.split("/")) if "/" in self.kind else ()


@cache
def read_columns(content: bytes) -> tuple[Column, ...]:
    """Read the description of a table's columns, in their order."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return tuple(
        Column(row["name"], row["type"], row["unit"], row["required"], Label(row["zh"], row["en"]))
        for row in rows
    )


def interval_columns(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Return the columns whose ends stand in columns of their own: qty, qty_low, qty_high."""
    names = {column.name for column in columns}
    return tuple(
        column.name for column in columns if all(f"{column.name}_{end}" in names for end in ENDS)
    )
