"""Is every file still what it was? A list of SHA-256 sums, as ``sha256sum --check`` reads it."""

import re
from collections.abc import Iterable, Mapping
from hashlib import file_digest
from pathlib import Path

FILE = "SHA256SUMS"
LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[^\n]+)")


def sum_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Write the list of the sums of a folder's files."""
    lines = [f"{sum_file(folder / name)}  {name}\n" for name in names]
    (folder / FILE).write_text("".join(lines), "utf-8")


def read_sums(folder: Path) -> Mapping[str, str]:
    """Return the sums that a folder's list gives, by name; empty where it has no list."""
    file = folder / FILE
    if not file.is_file():
        return {}
    lines = (LINE.fullmatch(line) for line in file.read_text("utf-8", "replace").splitlines())
    return {found["name"]: found["digest"] for found in lines if found}


def find_damage(folder: Path, sums: Mapping[str, str]) -> list[str]:
    """Return the names of files that are missing or are not what they were."""
    return [
        name
        for name, digest in sums.items()
        if not (folder / name).is_file() or sum_file(folder / name) != digest
    ]
