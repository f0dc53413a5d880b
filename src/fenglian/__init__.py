"""风链 Fenglian: the alliance at work and the industry-chain system it looks after.

>>> import fenglian as fl
>>> reading = fl.read_article()
>>> reading.page.header.source.value
'山西日报'

Names are loaded when they are first used, so that ``import fenglian`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike
    from typing import BinaryIO

    from fenglian.engine import FenglianError, Reading, Repaired, Statement

__version__ = "0.1.0"
__all__ = [
    "FenglianError",
    "Reading",
    "Repaired",
    "Statement",
    "__version__",
    "read",
    "read_article",
    "read_bytes",
    "repair",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'fenglian' has no attribute {name!r}")
    return getattr(import_module("fenglian.engine"), name)


def __dir__() -> list[str]:
    return __all__


def read(path: "str | PathLike[str]", *, charset: str | None = None) -> "Reading":
    """Read a document from a file; see :func:`fenglian.engine.read_document`."""
    from pathlib import Path

    name = Path(path).name
    with Path(path).open("rb") as stream:
        content = take_bytes(stream, name)
    return read_bytes(content, name=name, charset=charset)


def take_bytes(stream: "BinaryIO", name: str) -> bytes:
    """Return all bytes of a stream; one too large, or without an end, is left after the limit."""
    import os
    import stat

    from fenglian.engine.errors import DocumentTooLarge, EndlessDocument
    from fenglian.engine.intake.charset import MAX_BYTES

    content = stream.read(MAX_BYTES + 1)
    if len(content) <= MAX_BYTES:
        return content
    status = os.fstat(stream.fileno())
    if stat.S_ISREG(status.st_mode):
        raise DocumentTooLarge(name=name, size=status.st_size, limit=MAX_BYTES)
    raise EndlessDocument(name=name, limit=MAX_BYTES)


def read_article() -> "Reading":
    """Read the newspaper page about the founding day that ships with Fenglian."""
    from fenglian.data import article

    return read_bytes(article(), name="article.txt")


def read_bytes(content: bytes, *, name: str, charset: str | None = None) -> "Reading":
    """Read a document that is in memory."""
    from fenglian.data import tables
    from fenglian.engine import read_document

    return read_document(content, name=name, tables=tables(), charset=charset)


def repair(text: str) -> "Repaired":
    """Repair a damaged text with the shipped dictionaries; a sound one comes back unchanged."""
    from fenglian.data import tables
    from fenglian.engine.intake import repairs

    return repairs.repair(text, tables())
