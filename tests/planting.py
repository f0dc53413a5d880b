"""A sound pack with one thing changed: how the tests plant a fault."""

from collections.abc import Callable
from dataclasses import replace

from fenglian.packs import PackFiles, read_pack_files

SOUND = "bearing"
Change = Callable[[PackFiles], PackFiles]


def sound(pack: str = SOUND) -> PackFiles:
    """Return a shipped pack without faults."""
    return read_pack_files(pack)


def put(table: str, old: str, new: str) -> Change:
    """Return a change of words in one table; the words must be there once or more."""

    def change(files: PackFiles) -> PackFiles:
        text = files.tables[table].decode()
        assert old in text, f"{table}.csv has no {old!r}"
        return with_table(files, table, text.replace(old, new, 1))

    return change


def settings(old: str, new: str) -> Change:
    """Return a change of words in datapackage.json."""

    def change(files: PackFiles) -> PackFiles:
        text = files.descriptor.decode()
        assert old in text, f"datapackage.json has no {old!r}"
        return replace(files, descriptor=text.replace(old, new, 1).encode())

    return change


def with_table(files: PackFiles, table: str, text: str | bytes | None) -> PackFiles:
    """Return the files with a table's content exchanged, or taken out."""
    tables = {name: content for name, content in files.tables.items() if name != table}
    if text is not None:
        tables[table] = text.encode() if isinstance(text, str) else text
    return replace(files, tables=tables)
