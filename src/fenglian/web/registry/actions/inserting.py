"""Very many versions of rows go into their table at once, past the ORM's statements.

The ORM makes the text of a statement anew for every batch, and asks every field of every row; of a
table of 100,000 rows that is most of the time that keeping them takes.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from fenglian.web.registry.models import OwnedRow

BATCH = 5000  # rows a statement
VARYING = ("slug", "key", "product", "values", "valid_from", "valid_to")  # from row to row


def insert_rows(model: type[OwnedRow], rows: Sequence[OwnedRow]) -> None:
    """Write new versions of rows of one form of one unit, which one hand saves at one moment.

    Their primary keys are not told. Call it in a transaction.
    """
    if not rows:
        return
    connection = transaction.get_connection()
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    words = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  # names of ours
    kept = [_prepared(field, rows[0], connection) for field in fields]
    varying = [(at, field) for at, field in enumerate(fields) if field.name in VARYING]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            cursor.executemany(words, [_line(row, kept, varying, connection) for row in batch])


def _line(
    row: OwnedRow,
    kept: Sequence[Any],
    varying: Sequence[tuple[int, "models.Field[Any, Any]"]],
    connection: Any,
) -> list[Any]:
    line = list(kept)
    for at, field in varying:
        value = getattr(row, field.attname)
        plain = value is None or type(value) is str
        line[at] = value if plain else field.get_db_prep_save(value, connection)
    return line


def _prepared(field: "models.Field[Any, Any]", row: OwnedRow, connection: Any) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
