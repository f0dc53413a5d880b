"""Which glosses did the page's table have, and in which order?

The order shows where two entries meet in the bytes. Between two neighbours X Y lies a pair S made
of X's last byte and Y's first; whichever bracket was put in first may keep another from fitting:

- S was struck: before X, whose bracket would have come between its bytes; and before Y if Y has
  no bracket here, after it if Y has one.
- S is in the table and was not struck: X, which has a bracket here, came before it.
- Y is a letter and S, in one piece, has its bracket behind it: S came before X.
- S lies in X's pinyin: X came first if S has its bracket there, S otherwise.

Entries that never meet keep the order of first sight; it makes no difference to the page.
"""

from collections.abc import Container, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from fenglian.engine.intake.damage import codepage
from fenglian.engine.intake.damage.clone_site import Gloss
from fenglian.engine.intake.damage.draft import Cell


class _Place:
    """A character of the page as it was damaged, and the brackets behind its first and last byte."""

    __slots__ = ("character", "ends", "glossed", "struck")

    def __init__(self, character: str, glossed: bool) -> None:
        self.character = character
        self.glossed = glossed
        self.ends = ""  # the character whose last byte it is and whose bracket is behind it
        self.struck = False  # a bracket stands between the next character's bytes


def _places(cells: Sequence[Cell]) -> list[_Place]:
    places: list[_Place] = []
    last: Gloss | None = None
    for cell in cells:
        if cell.text:
            places.append(_Place(cell.text, glossed=cell.gloss is not None))
        elif cell.gloss and places:
            _mark(places, cell.gloss, inside=_lies_in(cell.gloss, last))
        last = cell.gloss or last
    return places


def _mark(places: list[_Place], gloss: Gloss, *, inside: bool) -> None:
    here = places[-1]
    if gloss.character == here.character:
        here.glossed = True
    elif here.character.isascii():
        here.ends = gloss.character
    elif not inside:
        here.struck = True


def _lies_in(gloss: Gloss, outer: Gloss | None) -> bool:
    return outer is not None and gloss.character in _pairs_of(outer.pinyin)


def _pairs_of(pinyin: str) -> list[str]:
    ends = range(2, len(pinyin) + 1)
    return [pair for end in ends if (pair := codepage.last_pair(pinyin[:end]))]


def _between(left: str, right: str) -> str | None:
    """Return the character that the last byte of one and the first byte of the next make."""
    first = codepage.octets(codepage.WIDE.get(left, left))
    second = codepage.octets(codepage.WIDE.get(right, right))
    return codepage.character(first[-1], second[0]) if first and second else None


def _earlier(
    places: Sequence[_Place], shown: Sequence[Gloss], known: Container[str]
) -> dict[str, dict[str, None]]:
    """Return, for the characters of the table, the ones that must have come before each."""
    earlier: dict[str, dict[str, None]] = {}

    def put(first: str, second: str) -> None:
        if first in known and second in known:
            earlier.setdefault(second, {})[first] = None

    for here, after in pairwise(places):
        between = _between(here.character, after.character)
        if between is None:
            continue
        if here.struck:
            put(between, here.character)
            pair = (after.character, between) if after.glossed else (between, after.character)
            put(*pair)
        elif after.ends == between and here.glossed:
            put(between, here.character)
        elif here.glossed:
            put(here.character, between)
    for first, second in _nested(shown):
        put(first, second)
    return earlier


def _nested(shown: Sequence[Gloss]) -> Iterator[tuple[str, str]]:
    """Yield which of two characters came first where one lies in the other's pinyin."""
    for place, outer in enumerate(shown):
        following = {inner.character for inner in shown[place + 1 : place + 2]}
        for between in _pairs_of(outer.pinyin):
            struck = between in following
            yield (outer.character, between) if struck else (between, outer.character)


def gloss_table(cells: Sequence[Cell]) -> tuple[Gloss, ...]:
    """Return the page's gloss table, each entry once.

    Parameters
    ----------
    cells
        Of a draft whose glosses and shifts are repaired and whose script is still the page's.

    Returns
    -------
    tuple
        The entries, in an order that puts the brackets where the page has them.
    """
    entries: dict[str, list[Gloss]] = {}
    for cell in cells:
        if cell.gloss:
            known = entries.setdefault(cell.gloss.character, [])
            if cell.gloss not in known:
                known.insert(0, cell.gloss)  # of two brackets the hind one was put in first
    earlier = _earlier(_places(cells), [cell.gloss for cell in cells if cell.gloss], entries)
    try:
        sorter = TopologicalSorter({character: earlier.get(character, {}) for character in entries})
        order = list(sorter.static_order())
    except CycleError:  # no one table made this page
        order = list(entries)
    return tuple(gloss for character in order for gloss in entries[character])
