"""Which glosses did the page's table have, and in which order?

The order shows where two entries meet in the bytes. Between two neighbours X Y lies a pair S made
of X's last byte and Y's first; whichever bracket was put in first may keep another from fitting:

- S was struck: before X, whose bracket would have come between its bytes; and before Y if Y has
  no bracket here, after it if Y has one.
- S is in the table and was not struck: X, which has a bracket here, came before it.

Entries that never meet keep the order of first sight; it makes no difference to the page.
"""

from collections.abc import Container, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from fenglian.engine.intake import codepage
from fenglian.engine.intake.damage import Gloss
from fenglian.engine.intake.draft import Cell


class _Place:
    """A character of the page as it was damaged, and the brackets behind its first and last byte."""

    __slots__ = ("character", "glossed", "struck")

    def __init__(self, character: str, glossed: bool) -> None:
        self.character = character
        self.glossed = glossed
        self.struck = False  # a bracket stands between the next character's bytes


def _places(cells: Sequence[Cell]) -> list[_Place]:
    places: list[_Place] = []
    for cell in cells:
        if cell.text:
            places.append(_Place(cell.text, glossed=cell.gloss is not None))
        elif cell.gloss and places:
            own = cell.gloss.character == places[-1].character
            places[-1].glossed |= own
            places[-1].struck |= not own
    return places


def _between(left: str, right: str) -> str | None:
    """Return the character that the last byte of one and the first byte of the next make."""
    first = codepage.octets(codepage.WIDE.get(left, left))
    second = codepage.octets(codepage.WIDE.get(right, right))
    return codepage.character(first[-1], second[0]) if first and second else None


def _earlier(places: Sequence[_Place], known: Container[str]) -> dict[str, dict[str, None]]:
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
        elif here.glossed:
            put(here.character, between)
    return earlier


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
                known.append(cell.gloss)
    earlier = _earlier(_places(cells), entries)
    try:
        sorter = TopologicalSorter({character: earlier.get(character, {}) for character in entries})
        order = list(sorter.static_order())
    except CycleError:  # no one table made this page
        order = list(entries)
    return tuple(gloss for character in order for gloss in entries[character])
