"""The only writer of the audit log."""

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.happened import Happening
from fenglian.web.audit.chain import COLUMNS, EMPTY, ZERO, Columns, Sealed, spell
from fenglian.web.audit.chain import Head as End
from fenglian.web.audit.faults import OutsideTransaction, UnknownClass, UnwritableEntry
from fenglian.web.audit.models import Entry, Head
from fenglian.web.sql import fetch

CLASSES = ("", "S0", "S1", "S2", "S3", "P")  # "": what the row is about has no class
NOTHING: Mapping[str, Any] = MappingProxyType({})
HEAD = 1  # primary key of the one row
LOCK = 0x66656E676C69616E  # "fenglian" in ASCII: PostgreSQL's advisory lock of the log
BROKEN = re.compile("[\0\ud800-\udfff]")
BATCH = 5000  # entries a statement
FIND_HEAD = "SELECT count, digest FROM audit_head WHERE id = %s"
MOVE_HEAD = "UPDATE audit_head SET count = %s, digest = %s WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that happened to rows of one table and one owner."""

    act: str  # "read", "add", "change", "end", "grant", "revoke", "import", "sign-in" …
    table: str  # "registry.capacity"
    rows: tuple[str, ...]  # public ids
    owner: int = 0  # id of the owner whose data they are; 0: nobody's
    data_class: str = ""  # S0 … S3, P
    purpose: str = ""
    # What changed. Names of fields, never what stood in a field of class S2, S3 or P: whoever may
    # read the log may not therefore read the data.
    detail: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


def hear(actor: Actor | None, happenings: Iterable[Happening], **_signal: Any) -> None:
    """Write down what accounts tell, in the transaction in which it happens."""
    record(
        actor,
        [
            Occurrence(**{each.name: getattr(told, each.name) for each in fields(told)})
            for told in happenings
        ],
    )


@dataclass(frozen=True, slots=True)
class System:
    """The installation itself at work, for a command or a timer."""

    name: str  # "fenglian import"
    alliance: str = ""  # short name; empty: all of them


def record(actor: Actor | System | None, occurrences: Iterable[Occurrence]) -> None:
    """Add what happened to the log, in the transaction of the change itself.

    Call it last in the transaction: from here on others who write wait until it ends.
    ``None`` is a stranger. Raises ``OutsideTransaction`` where no transaction is open.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise OutsideTransaction
    was = end = _take_end(connection)
    for batch in _batches(_seal(_who(actor), occurrences, end)):
        _insert(connection, batch)
        end = End(batch[-1][0], batch[-1][-1])
    if was == EMPTY != end:
        Head.objects.create(pk=HEAD, count=end.count, digest=end.digest)
    elif was != end:
        with connection.cursor() as cursor:
            cursor.execute(MOVE_HEAD, (end.count, end.digest, HEAD))


def _take_end(connection: BaseDatabaseWrapper) -> End:
    """Return the end of the log and keep others from adding to it until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    # SQLite's transactions begin IMMEDIATE: there is one writer at a time, see durability.py.
    rows = fetch(FIND_HEAD, (HEAD,))
    return End(*rows[0]) if rows else EMPTY


def _who(actor: Actor | System | None) -> tuple[str, int | None, str, str, str]:
    """Return alliance, user, name, unit and role as an entry has them."""
    if actor is None:
        return "", None, "", "", ""
    if isinstance(actor, System):
        return actor.alliance, None, actor.name, "", "system"
    here = actor.alliance
    return here.slug, actor.user, actor.zh, here.owner_name, str(actor.role)


def _seal(
    who: tuple[str, int | None, str, str, str], occurrences: Iterable[Occurrence], end: End
) -> Iterator[Sealed]:
    """Yield the entries of occurrences, each chained to the one before."""
    alliance, user, name, unit, role = who
    at = time.time_ns() // 1000
    number, before = end.count, end.digest
    for each in occurrences:
        number += 1
        if each.data_class not in CLASSES:
            raise UnknownClass(found=each.data_class, known="、".join(filter(None, CLASSES)))
        entry = (
            number, at, alliance, user, name, unit, role, each.act, each.table, _json(each.rows),
            each.owner, each.data_class, each.purpose, _json(dict(each.detail)), before,
        )  # fmt: skip
        before = _digest(entry)
        yield (*entry, before)


def _plain(value: object) -> str:
    if isinstance(value, date | Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an audit entry: {value!r}")


# The one JSON text of a value; made once, because making an encoder costs more than using it.
_json = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
).encode


def _digest(entry: Columns) -> str:
    """Return the digest of an entry that any database can keep as it is."""
    text = spell(entry)
    try:
        octets = text.encode()
    except UnicodeEncodeError:
        raise _unwritable(entry) from None
    if text.count(ZERO) >= len(COLUMNS):
        raise _unwritable(entry)
    return sha256(octets).hexdigest()


def _unwritable(entry: Columns) -> UnwritableEntry:
    texts = ((column, str(value)) for column, value in zip(COLUMNS, entry, strict=True))
    column, text = next(each for each in texts if BROKEN.search(each[1]))
    return UnwritableEntry(column=column, text=ascii(text[:80]))


def _batches(entries: Iterator[Sealed]) -> Iterator[list[Sealed]]:
    batch: list[Sealed] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _insert(connection: BaseDatabaseWrapper, entries: list[Sealed]) -> None:
    """Write entries past the ORM, which refuses them and would be ten times slower."""
    names = [*COLUMNS, "digest"]
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(Entry._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", entries)  # noqa: S608  # names of ours
