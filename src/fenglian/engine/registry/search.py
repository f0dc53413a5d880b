"""Which tokens stand for a name in a search index?

Characters and pairs of neighbours: every part of a name is found, also one of two characters,
which word segmentation and trigram indexes miss.
"""

from collections.abc import Iterator
from itertools import pairwise

from fenglian.engine.registry.names import normal_form


def index_tokens(name: str) -> tuple[str, ...]:
    """Return the tokens of a name, each once, sorted.

    >>> index_tokens("太重")
    ('太', '太重', '重')
    """
    text = searchable(name)
    return tuple(sorted({*text, *_pairs(text)}))


def query_tokens(words: str) -> tuple[str, ...]:
    """Return the tokens that a name must have to contain the words; none where they are empty.

    >>> query_tokens("太重集")
    ('太重', '重集')
    """
    text = searchable(words)
    return tuple(dict.fromkeys(_pairs(text))) if len(text) > 1 else tuple(text)


def searchable(words: str) -> str:
    """Return words as they are compared in a search: normal form, small letters."""
    return normal_form(words).lower()


def _pairs(text: str) -> Iterator[str]:
    for one, other in pairwise(text):
        yield one + other
