"""Very many versions of rows go into their table at once, past the ORM's statements.

The ORM makes the text of a statement anew for every batch, and asks every field of every row; of a
table of 100,000 rows that is most of the time that keeping them takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import models, transaction

from fenglian.web.registry.models import OwnedRow

BATCH = 5000  # rows a statement


@dataclass(slots=True)
class Version:
    """What differs from row to row among those that one hand saves at one moment."""

    slug: str
    key: str
    product: str
    values: dict[str, Any]
    valid_from: date | None
    valid_to: date | None


VARYING = tuple(each.name for each in fields(Version))


def insert_rows(common: OwnedRow, versions: Sequence[Version]) -> None:
    """Write new versions of rows of one form of one unit; what they share stands in ``common``.

    Their primary keys are not told. Call it in a transaction.
    """
    if not versions:
        return
    connection = transaction.get_connection()
    columns = {each.name: each for each in common._meta.concrete_fields if not each.primary_key}
    shared = [each for name, each in columns.items() if name not in VARYING]
    # SQL knows a column by its name: those that vary come last, as ``Version`` has them.
    ordered = [*shared, *(columns[name] for name in VARYING)]
    names = ", ".join(connection.ops.quote_name(str(each.column)) for each in ordered)
    places = ", ".join(["%s"] * len(ordered))
    table = connection.ops.quote_name(common._meta.db_table)
    words = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608  # names of ours
    head = tuple(_prepared(each, getattr(common, each.attname), connection) for each in shared)
    content, day = columns["values"], columns["valid_from"]
    with connection.cursor() as cursor:
        for start in range(0, len(versions), BATCH):
            lines = [
                (
                    *head,
                    each.slug,
                    each.key,
                    each.product,
                    _prepared(content, each.values, connection),
                    each.valid_from and _prepared(day, each.valid_from, connection),
                    each.valid_to and _prepared(day, each.valid_to, connection),
                )
                for each in versions[start : start + BATCH]
            ]
            cursor.executemany(words, lines)


def _prepared(field: "models.Field[Any, Any]", value: Any, connection: Any) -> Any:
    return field.get_db_prep_save(value, connection)
