"""Does the database keep what it acknowledged, even through a power cut, and show one moment?

With ``synchronous=NORMAL`` SQLite loses acknowledged commits when the power goes; a weaker
setting than ours is refused, on every new connection, rather than found out later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection as database
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

FULL = 2  # PRAGMA synchronous
LEAST_WAIT = 30_000  # PRAGMA busy_timeout, milliseconds
_TURN = Lock()


def refuse_weak_promises(
    sender: type[BaseDatabaseWrapper], connection: BaseDatabaseWrapper, **_signal: Any
) -> None:
    """Raise where an SQLite connection promises less than the house needs."""
    if connection.vendor != "sqlite":
        return
    faults = [
        f"PRAGMA {name} is {found!r}, wanted {wanted}"
        for name, found, wanted, good in _promises(connection)
        if not good
    ]
    if faults:
        connection.close()
        raise ImproperlyConfigured("; ".join(faults))


def _promises(connection: BaseDatabaseWrapper) -> list[tuple[str, Any, str, bool]]:
    journal = _pragma(connection, "journal_mode")
    synchronous = _pragma(connection, "synchronous")
    foreign_keys = _pragma(connection, "foreign_keys")
    wait = _pragma(connection, "busy_timeout")
    mode = connection.settings_dict["OPTIONS"].get("transaction_mode")
    return [
        # A database in memory has no file to write ahead of.
        ("journal_mode", journal, "wal", journal in ("wal", "memory")),
        ("synchronous", synchronous, "FULL", synchronous >= FULL),
        ("foreign_keys", foreign_keys, "ON", foreign_keys == 1),
        ("busy_timeout", wait, f"at least {LEAST_WAIT}", wait >= LEAST_WAIT),
        ("transaction_mode", mode, "IMMEDIATE", mode == "IMMEDIATE"),
    ]


def _pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    # Past Django's cursor, so that the check does not count as a query of the page.
    return connection.connection.execute(f"PRAGMA {name}").fetchone()[0]


@contextmanager
def one_turn() -> Iterator[None]:
    """Write, one after another where several requests of this process would at once.

    SQLite lets one writer in and has the others ask again after ever longer naps, so that one may
    starve; whoever waits here is woken. A transaction that is open already has had its turn.
    """
    if database.vendor == "postgresql" or database.in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with _TURN, transaction.atomic():
            yield


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all reads see the same moment, while others go on writing."""
    if database.vendor == "postgresql":
        outermost = not database.in_atomic_block
        with transaction.atomic():
            if outermost:
                with database.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    elif database.in_atomic_block:
        yield
    else:
        # atomic() would begin IMMEDIATE and keep every writer waiting.
        with database.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
