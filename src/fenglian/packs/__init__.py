"""Which packs are there, and what is in their files? Data only: bytes out, nothing judged.

A pack is a folder: ``datapackage.json``, one CSV file a table, a README. ``columns/<table>.csv``
describes the columns of every table that a pack may have; whoever judges a pack reads that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

DESCRIPTOR = "datapackage.json"
MAX_BYTES = 32 * 1024 * 1024  # of all files of a pack together; the wind pack has 0.2 MB
_COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of one pack, as they are."""

    id: str  # name of the folder
    descriptor: bytes  # datapackage.json; empty where the file is missing
    tables: Mapping[str, bytes]  # table → CSV file, by name
    columns: Mapping[str, bytes]  # table → CSV file that describes its columns, by name
    readme: bytes


class NoSuchPack(LookupError):
    """Neither a shipped pack nor a folder; holds what was asked for."""


class TooManyBytes(ValueError):
    """More bytes than ``MAX_BYTES``; holds the pack and its bytes."""


def list_packs() -> tuple[str, ...]:
    """Return the ids of the packs that ship with Fenglian, sorted."""
    return tuple(
        sorted(
            folder.name
            for folder in files(__name__).iterdir()
            if folder.is_dir() and (folder / DESCRIPTOR).is_file()
        )
    )


def read_columns() -> dict[str, bytes]:
    """Return the description of every table's columns, by table."""
    return _read_tables(files(__name__) / _COLUMNS)


def read_pack_files(pack: str | Path) -> PackFiles:
    """Read a shipped pack by its id, or a user's pack by its folder."""
    folder = files(__name__) / str(pack) if str(pack) in list_packs() else Path(pack)
    if not folder.is_dir():
        raise NoSuchPack(str(pack))
    _check_size(folder)
    return PackFiles(
        id=folder.name or Path(pack).resolve().name,
        descriptor=_read(folder / DESCRIPTOR),
        tables=_read_tables(folder),
        columns=read_columns(),
        readme=_read(folder / "README.md"),
    )


def _check_size(folder: Traversable) -> None:
    # Only a folder on disk is a stranger's; what ships is known to be small.
    if isinstance(folder, Path):
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        if size > MAX_BYTES:
            raise TooManyBytes(str(folder), size)


def _read(file: Traversable) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _read_tables(folder: Traversable) -> dict[str, bytes]:
    found = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".csv"))
    return {name.removesuffix(".csv"): file.read_bytes() for name, file in found}
