"""Who did what to whose data? Entries for an actor, and the check of the whole log."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone

from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.queries import users_of
from fenglian.web.audit.chain import (
    COLUMNS,
    EMPTY,
    Anchor,
    Report,
    Sealed,
    Spelled,
    check_chain,
    check_spelled,
)
from fenglian.web.audit.chain import Head as End
from fenglian.web.audit.models import Entry, Head
from fenglian.web.durability import one_moment

PAGE = 50  # entries of one page
READS = ("read", "export")  # acts that change nothing
READING, CHANGING, OTHERS = "reads", "changes", "others"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TEXTS = tuple(each for each in COLUMNS if each not in ("number", "at", "user", "owner"))
CHUNK = 100  # rows that are fetched at once: few stay in the cache of the processor
SPELT = 1000  # of rows that are one text each


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the log is asked for; empty: everything."""

    kind: str = ""  # READING, CHANGING or OTHERS
    page: int = 1  # from the newest on


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a person sees it.

    Its number and digest are the auditor's: the gaps between numbers would tell a member how much
    the others do.
    """

    number: int | None
    at: datetime
    who: str
    unit: str
    role: str
    act: str
    table: str
    rows: tuple[str, ...]
    data_class: str
    purpose: str
    detail: str  # JSON
    digest: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries, the newest first."""

    lines: tuple[Line, ...]
    has_more: bool


def sees_all(actor: Actor) -> bool:
    """Whether a person guards the log: sees all of the alliance's entries and may check it."""
    return actor.role == Role.AUDITOR


def has_data(actor: Actor) -> bool:
    """Whether a person speaks for a unit, whose data others may have read."""
    return actor.owner is not None


def list_entries(actor: Actor, wanted: Filter, size: int = PAGE) -> EntryPage:
    """Return a page of the entries that a person may see."""
    start = (wanted.page - 1) * size
    rows = _entries(actor, wanted)[start : start + size + 1]
    lines = [_line(row, whole=sees_all(actor)) for row in rows]
    return EntryPage(tuple(lines[:size]), len(lines) > size)


def stream_entries(actor: Actor, wanted: Filter) -> Iterator[Line]:
    """Yield every entry that a person may see, the newest first."""
    rows = _entries(actor, wanted).iterator(chunk_size=CHUNK)
    return (_line(row, whole=sees_all(actor)) for row in rows)


def _entries(actor: Actor, wanted: Filter) -> QuerySet[Entry]:
    """Return the entries about a unit's own data; for the auditor all of the alliance's."""
    rows = Entry.objects.order_by("-number")
    if sees_all(actor):
        # What was done to the installation as a whole has no alliance, and concerns each.
        rows = rows.filter(alliance__in=(actor.alliance.slug, ""))
    elif actor.owner is not None:
        rows = rows.filter(alliance=actor.alliance.slug, owner=actor.owner)
    else:
        return rows.none()
    if wanted.kind == READING:
        rows = rows.filter(act__in=READS)
    elif wanted.kind == CHANGING:
        rows = rows.exclude(act__in=READS)
    elif wanted.kind == OTHERS and actor.owner is not None:
        # Both must be one's own: a person may have looked for another unit before.
        own = {"user__in": users_of(actor.owner), "unit": actor.alliance.owner_name}
        rows = rows.exclude(**own)
    return rows


def _line(row: Entry, *, whole: bool) -> Line:
    return Line(
        number=row.number if whole else None,
        at=EPOCH + timedelta(microseconds=row.at),
        who=row.who,
        unit=row.unit,
        role=row.role,
        act=row.act,
        table=row.table,
        rows=tuple(json.loads(row.rows)),
        data_class=row.data_class,
        purpose=row.purpose,
        detail=row.detail,
        digest=row.digest if whole else "",
    )


def check_for(actor: Actor, anchors: Iterable[Anchor] = ()) -> Report:
    """Check the log for the one who guards it; everyone else is refused."""
    if not sees_all(actor):
        raise PermissionDenied
    return check_log(anchors)


def check_log(anchors: Iterable[Anchor] = ()) -> Report:
    """Recompute the whole log, as it stands at this moment, and hold it against anchors."""
    kept = tuple(anchors)
    with one_moment():
        end = find_end()
        try:
            if connection.vendor == "sqlite":
                return check_spelled(_spelled(), anchors=kept, head=end)
            return check_chain(_sealed(), anchors=kept, head=end)
        except OperationalError as fault:
            # Somebody wrote bytes that are no text. Read them as what they are: it is slower.
            if "UTF-8" not in str(fault):
                raise
            with _any_bytes():
                return check_chain(_sealed(), anchors=kept, head=end)


def find_end() -> End:
    """Return the end of the log, as the database keeps it."""
    row = Head.objects.first()
    return End(row.count, row.digest) if row else EMPTY


def find_anchor() -> Anchor:
    """Return the anchor of this moment."""
    end = find_end()
    return Anchor(timezone.localdate(), end.count, end.digest)


def anchor_line(alliance: str) -> str:
    """Return today's anchor as a line to print; it names the alliance whose paper it stands on."""
    return f"{find_anchor().line()} {alliance}"


def _sealed() -> Iterator[Sealed]:
    """Yield the entries by number, past the ORM, which would take three times as long."""
    names = ", ".join(connection.ops.quote_name(name) for name in (*COLUMNS, "digest"))
    table = connection.ops.quote_name(Entry._meta.db_table)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY number")  # noqa: S608  # names of ours
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _spelled() -> Iterator[Spelled]:
    """Yield the entries by number, spelt by SQLite: no value of a column becomes an object of Python.

    It also joins what is no text as if it were: an entry with such a thing is not of our writing.
    """
    quote = connection.ops.quote_name
    parts = [f"coalesce({quote(name)}, '')" if name == "user" else quote(name) for name in COLUMNS]
    texts = " AND ".join(f"typeof({quote(name)}) = 'text'" for name in (*TEXTS, "digest"))
    joined = " || x'00' || ".join(parts)
    octets = f"CAST({joined} AS BLOB)"
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT number, previous, digest, CASE WHEN {texts} THEN {octets} END"  # noqa: S608
            f" FROM {quote(Entry._meta.db_table)} ORDER BY number"
        )
        while rows := cursor.fetchmany(SPELT):
            yield from rows


@contextmanager
def _any_bytes() -> Iterator[None]:
    """Read texts of SQLite that are not UTF-8 with their odd bytes kept apart."""
    own = connection.connection.text_factory
    connection.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.connection.text_factory = own
