"""By which words is a public profile found: its own code, and whom it names?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fenglian.engine.registry.search import searchable

CODE = "uscc"
LONGEST_WORD = 120  # characters that are compared; of what is longer the beginning
OTHERS = ("parent", "control_group", "predecessor", "successor")  # columns that name another unit


def as_compared(words: str) -> str:
    """Return words as they are kept and looked for; empty: nothing to look for."""
    return searchable(words)[:LONGEST_WORD]


def words_of(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield column and word of a profile's values."""
    for column in (CODE, *OTHERS):
        if word := as_compared(str(values.get(column) or "")):
            yield column, word


def all_as_compared(words: Iterable[str]) -> list[str]:
    """Return the words to look for, each once, sorted."""
    return sorted({word for each in words if (word := as_compared(each))})
