"""How is a running installation copied into one file, and how does it come back?

The file is a tar of five members: the database (as SQLite's backup gives it, at one moment, while
others write), the secret key that signs sessions, the anchors of the audit log, a manifest, and the
sums of these. Only its owner may read it: it holds everything.
"""

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from fenglian.web.archive import hashes
from fenglian.web.archive.faults import (
    AlreadyThere,
    HomeNotEmpty,
    NewerVersion,
    NotABackup,
    NotSqlite,
)
from fenglian.web.audit.anchors import FILE as ANCHORS
from fenglian.web.audit.chain import COLUMNS, EMPTY, Head, Report, check_chain, read_anchors
from fenglian.web.home import KEY_FILE, secret_key

DATABASE = "fenglian.sqlite3"
MANIFEST = "manifest.json"
MEMBERS = (hashes.FILE, MANIFEST, DATABASE, KEY_FILE, ANCHORS)
FORMAT = "fenglian-backup-1"
OWNER_ONLY = 0o600
LOCK_FILES = ("start.lock",)  # what an empty home may hold


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: str
    version: str  # of Fenglian
    made_at: str  # ISO 8601
    migrations: list[str]  # "app.name", applied
    tables: dict[str, int]  # rows
    audit_count: int
    audit_digest: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    manifest: Manifest
    log: Report
    kept_at: Path | None  # where the home that was there before is now


def write_backup(target: Path | None = None) -> tuple[Path, Manifest]:
    """Copy the installation into a file: the one named, or one named by the time in that folder."""
    if connection.vendor != "sqlite":
        raise NotSqlite(vendor=connection.display_name)
    made_at = timezone.localtime()
    file = _name(target or Path.cwd(), made_at)
    if file.exists():
        raise AlreadyThere(place=str(file))
    with _draft(file.parent) as folder:
        _copy_database(folder / DATABASE)
        manifest = _describe(folder / DATABASE, made_at)
        (folder / MANIFEST).write_text(
            json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
        (folder / KEY_FILE).write_text(secret_key(settings.HOME), "ascii")
        anchors = settings.HOME / ANCHORS
        (folder / ANCHORS).write_bytes(anchors.read_bytes() if anchors.exists() else b"")
        hashes.write_sums(folder, MEMBERS[1:])
        draft = folder / "backup.tar"
        _pack(folder, draft)
        _publish(draft, file)
    return file, manifest


def _name(target: Path, made_at: datetime) -> Path:
    return target / f"fenglian-{made_at:%Y%m%d-%H%M%S}.tar" if target.is_dir() else target


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """Give a folder beside the target, for its owner alone, that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".fenglian-", dir=folder) as name:
        yield Path(name)


def _copy_database(target: Path) -> None:
    """Copy the database as it is at one moment; who writes meanwhile does not wait."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        # One file, without a log beside it; the first start turns it on again.
        copy.execute("PRAGMA journal_mode=DELETE")


def _describe(database: Path, made_at: datetime) -> Manifest:
    with closing(_open(database)) as copy:
        head = _end(copy)
        return Manifest(
            format=FORMAT,
            version=version("fenglian"),
            made_at=made_at.isoformat(),
            migrations=_migrations(copy),
            tables=_count(copy),
            audit_count=head.count,
            audit_digest=head.digest,
        )


def _open(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)


def _migrations(copy: sqlite3.Connection) -> list[str]:
    rows = copy.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [f"{app}.{name}" for app, name in rows]


def _count(copy: sqlite3.Connection) -> dict[str, int]:
    names = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}  # noqa: S608  # its own tables


def _end(copy: sqlite3.Connection) -> Head:
    row = copy.execute("SELECT count, digest FROM audit_head").fetchone()
    return Head(*row) if row else EMPTY


def _pack(folder: Path, draft: Path) -> None:
    with tarfile.open(draft, "w") as archive:
        for name in MEMBERS:
            archive.add(folder / name, arcname=name, filter=_anonymous)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = OWNER_ONLY
    return member


def _publish(draft: Path, file: Path) -> None:
    """Give a finished file its name, on the disk for good; of two of one name the first stays."""
    draft.chmod(OWNER_ONLY)
    _sync(draft)
    try:
        os.link(draft, file)
    except FileExistsError:
        raise AlreadyThere(place=str(file)) from None
    _sync(file.parent)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def restore_backup(file: Path, home: Path, *, force: bool = False) -> Restored:
    """Put a backup in the place of a home, after everything in it was checked."""
    occupied = home.exists() and any(each.name not in LOCK_FILES for each in home.iterdir())
    if occupied and not force:
        raise HomeNotEmpty(place=str(home))
    home.parent.mkdir(parents=True, exist_ok=True)
    with _draft(home.parent) as folder:
        new = folder / "home"
        new.mkdir(mode=0o700)
        _unpack(file, new)
        manifest = _check_files(file, new)
        log = _check_database(file, new, manifest)
        for name in (MANIFEST, hashes.FILE):
            (new / name).unlink()
        for each in new.iterdir():
            each.chmod(OWNER_ONLY)
            _sync(each)
        kept = _put(new, home, occupied=occupied)
    return Restored(manifest, log, kept)


def _unpack(file: Path, folder: Path) -> None:
    """Take the five members out, and nothing else: a tar may hold any name."""
    try:
        with tarfile.open(file, "r:") as archive:
            for name in MEMBERS:
                _take(archive, name, folder / name)
    except (tarfile.TarError, OSError, KeyError) as fault:
        raise NotABackup(place=str(file), reason=str(fault)) from None


def _take(archive: tarfile.TarFile, name: str, target: Path) -> None:
    stream = archive.extractfile(name)
    if stream is None:  # a folder, a device
        raise KeyError(name)
    with stream, target.open("wb") as out:
        shutil.copyfileobj(stream, out)


def _check_files(file: Path, folder: Path) -> Manifest:
    sums = hashes.read_sums(folder)
    damaged = hashes.find_damage(folder, sums)
    missing = set(MEMBERS[1:]) - set(sums)
    if damaged or missing:
        names = ", ".join([*damaged, *sorted(missing)])
        raise NotABackup(place=str(file), reason=f"SHA-256 {names}")
    said: Mapping[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    if said.get("format") != FORMAT:
        raise NotABackup(place=str(file), reason=f"{MANIFEST}: {said.get('format')!r}")
    manifest = Manifest(**said)
    known = MigrationLoader(None).disk_migrations
    newer = sorted(set(manifest.migrations) - {f"{app}.{name}" for app, name in known})
    if newer:
        raise NewerVersion(steps=", ".join(newer))
    return manifest


def _check_database(file: Path, folder: Path, manifest: Manifest) -> Report:
    """Check the database whole, and recompute its audit log against the backup's anchors."""
    with closing(_open(folder / DATABASE)) as copy:
        fault = _find_fault(copy, manifest)
        if fault:
            raise NotABackup(place=str(file), reason=f"{DATABASE}: {fault}")
        # Somebody may have written bytes that are no text into the log; the check then says where.
        copy.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        names = ", ".join(f'"{name}"' for name in (*COLUMNS, "digest"))
        entries = copy.execute(f"SELECT {names} FROM audit_entry ORDER BY number")  # noqa: S608  # names of ours
        anchors = read_anchors((folder / ANCHORS).read_text("utf-8", "replace"))
        head = Head(manifest.audit_count, manifest.audit_digest)
        return check_chain(entries, anchors=anchors, head=head)


def _find_fault(copy: sqlite3.Connection, manifest: Manifest) -> str:
    """Return what is wrong with a database; empty where nothing is."""
    try:
        [said] = copy.execute("PRAGMA integrity_check(1)").fetchone()
        orphans = copy.execute("PRAGMA foreign_key_check").fetchone()
        if said != "ok" or orphans:
            return f"{said} {orphans or ''}"
        return "" if _count(copy) == manifest.tables else f"count(*) ≠ {MANIFEST}"
    except sqlite3.DatabaseError as fault:
        return str(fault)


def _put(new: Path, home: Path, *, occupied: bool) -> Path | None:
    """Move the new home to its place; what was there moves aside."""
    kept = None
    if occupied:
        kept = home.with_name(f"{home.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}")
        home.rename(kept)
    elif home.exists():
        shutil.rmtree(home)  # empty but for a lock
    new.rename(home)
    _sync(home.parent)
    return kept
