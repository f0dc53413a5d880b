"""Rows by SQL of our own, on the pages where making a query costs more than answering it.

Only for rows that are nobody's: those of units are asked for with ``visible_to``, and the walls in
the database stand before this, too.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import connection


def fetch(statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement; its values are handed over apart from it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def moment(stored: datetime) -> datetime:
    """Return a moment that the database handed over; SQLite keeps them without their zone, UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def kept(when: datetime) -> Any:
    """Return a moment as the database keeps it, to compare with its columns."""
    return connection.ops.adapt_datetimefield_value(when)


def inside(column: str, *path: str) -> str:
    """Return the expression for what stands deep in a column of JSON, as text of JSON."""
    if connection.vendor == "postgresql":
        return f"{column} #>> '{{{','.join(path)}}}'"
    return f"json_extract({column}, '$.{'.'.join(path)}')"


def places(count: int) -> str:
    """Return the places of that many values, for the brackets of an ``IN``."""
    return ", ".join(["%s"] * count)
