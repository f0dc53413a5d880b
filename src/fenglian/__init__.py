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

    return read_bytes(Path(path).read_bytes(), name=Path(path).name, charset=charset)


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
