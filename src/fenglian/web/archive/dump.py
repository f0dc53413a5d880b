"""How do all data leave in open formats, and how do they come in again?

A folder: a JSON Lines file a table, the bytes of documents as files under their SHA-256, a
description of the tables, and the sums of all of it, which are written last. Two installations with
the same data give the same folder, whatever their database.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from fenglian.web.archive import hashes
from fenglian.web.archive.faults import AlreadyThere, NotADump, NotEmpty, OtherTables
from fenglian.web.archive.tables import REMADE, Table, iterate, list_tables, to_value
from fenglian.web.durability import one_moment

SCHEMA = "schema.json"
FILES = "files"
FORMAT = "fenglian-export-1"
CHUNK = 2000  # rows at once


@dataclass(frozen=True, slots=True)
class Dumped:
    """What left or came in: rows by table, and how many files."""

    tables: Mapping[str, int]
    files: int


def write_dump(folder: Path) -> Dumped:
    """Write every table of the installation, as it is at one moment, into a new folder."""
    if folder.exists() and any(folder.iterdir()):
        raise AlreadyThere(place=str(folder))
    (folder / FILES).mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # it holds everything
    keep = _keeper(folder)
    tables = list_tables()
    with one_moment():
        counts = {table.label: _write_table(folder, table, keep) for table in tables}
    schema = {
        "format": FORMAT,
        "version": version("fenglian"),
        "tables": [
            {"table": each.label, "rows": counts[each.label], "columns": each.describe()}
            for each in tables
        ],
    }
    text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    (folder / SCHEMA).write_text(text, "utf-8")
    files = sorted(each.name for each in (folder / FILES).iterdir())
    names = [SCHEMA, *(_file(each.label) for each in tables)]
    hashes.write_sums(folder, [*names, *(f"{FILES}/{name}" for name in files)])
    return Dumped(counts, len(files))


def _file(label: str) -> str:
    return f"{label}.jsonl"


def _keeper(folder: Path) -> Callable[[bytes], str]:
    """Return what keeps bytes in a file named after them, and returns that name."""

    def keep(content: bytes) -> str:
        name = sha256(content).hexdigest()
        file = folder / FILES / name
        if not file.exists():
            file.write_bytes(content)
        return name

    return keep


def _write_table(folder: Path, table: Table, keep: Callable[[bytes], str]) -> int:
    count = 0
    with (folder / _file(table.label)).open("w", encoding="utf-8", newline="\n") as stream:
        for row in iterate(table, keep, CHUNK):
            # Sorted: PostgreSQL does not keep the order of names in a JSON object.
            text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            stream.write(text + "\n")
            count += 1
    return count


def load_dump(folder: Path) -> Dumped:
    """Bring an export into an empty installation: all of it, or where anything is amiss nothing."""
    counts = _check_dump(folder)
    tables = list_tables()
    _check_schema(folder, tables)
    _refuse_data(tables)
    with transaction.atomic():  # foreign keys are looked at when it ends, so any order will do
        for label in reversed(REMADE):
            for table in tables:
                if table.label == label:
                    models.QuerySet(table.model)._raw_delete(connection.alias)
        for table in tables:
            with _refused(folder, _file(table.label)):
                _load_table(folder, table)
        with _refused(folder, "FOREIGN KEY"):
            connection.check_constraints()
        _go_on_counting(tables)
    return Dumped(counts, len(list((folder / FILES).iterdir())))


@contextmanager
def _refused(folder: Path, place: str) -> Iterator[None]:
    """Say where a row is that cannot be taken in; the fault's own words would tell what it says."""
    try:
        yield
    except (ValueError, KeyError, TypeError, OSError, ValidationError, DatabaseError):
        raise NotADump(place=str(folder), reason=place) from None


def _check_dump(folder: Path) -> Mapping[str, int]:
    """Return the rows of each table, after every file was found to be what it was."""
    sums = hashes.read_sums(folder)
    if SCHEMA not in sums:
        raise NotADump(place=str(folder), reason=f"{hashes.FILE}: –")
    damaged = hashes.find_damage(folder, sums)
    if damaged:
        raise NotADump(place=str(folder), reason=f"SHA-256 {', '.join(damaged[:5])}")
    schema = _schema(folder)
    if schema.get("format") != FORMAT:
        raise NotADump(place=str(folder), reason=f"{SCHEMA}: {schema.get('format')!r}")
    return {each["table"]: each["rows"] for each in schema["tables"]}


def _schema(folder: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((folder / SCHEMA).read_text("utf-8"))
    return schema


def _check_schema(folder: Path, tables: tuple[Table, ...]) -> None:
    theirs = {each["table"]: each["columns"] for each in _schema(folder)["tables"]}
    ours = {each.label: each.describe() for each in tables}
    other = sorted(
        label for label in theirs.keys() | ours.keys() if theirs.get(label) != ours.get(label)
    )
    if other:
        raise OtherTables(tables=", ".join(other))


def _refuse_data(tables: tuple[Table, ...]) -> None:
    full = [
        table.label
        for table in tables
        if table.label not in REMADE and models.QuerySet(table.model).exists()
    ]
    if full:
        raise NotEmpty(tables=", ".join(full))


def _load_table(folder: Path, table: Table) -> None:
    """Write the rows as they are, past the models: nothing may be computed or refused anew."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in table.fields)
    places = ", ".join(["%s"] * len(table.fields))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({places})"  # noqa: S608  # names of ours
    rows = _read_rows(folder, table)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, CHUNK)):
            cursor.executemany(statement, batch)


def _read_rows(folder: Path, table: Table) -> Iterator[tuple[Any, ...]]:
    def fetch(name: str) -> bytes:
        return (folder / FILES / Path(name).name).read_bytes()

    with (folder / _file(table.label)).open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            plain = json.loads(line)
            yield tuple(
                field.get_db_prep_save(to_value(field, plain[str(field.column)], fetch), connection)
                for field in table.fields
            )


def _go_on_counting(tables: tuple[Table, ...]) -> None:
    """Let PostgreSQL give new rows numbers behind those that came in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [table.model for table in tables]
        ):
            cursor.execute(statement)
