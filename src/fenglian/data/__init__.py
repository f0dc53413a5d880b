"""Reference data that Fenglian ships, and what reads it; origin and licence are in README.md."""

from functools import cache
from pathlib import Path

from fenglian.data.dictionaries import ReadingTables


@cache
def tables() -> ReadingTables:
    """Return the dictionaries of a reading; each is read when it is first asked for."""
    return ReadingTables()


def article() -> bytes:
    """Return the page that the project is about, as it was received."""
    return (Path(__file__).parent / "article" / "article.txt").read_bytes()
