"""How well does a short name stand for a full one, character by character and in order?

太重集团 runs through 太原重型机械集团有限公司: 太 begins the region, 重 the trade, 集团 the form. Rare
characters count more than common ones, and so do those that begin a part or follow each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from fenglian.engine.registry.names import NameParts

# As if so many unknown names stood beside the known ones: without them the first names of a
# registry would all look rare.
BACKGROUND = 20
START, RUN = 0.5, 0.3  # added to a character that begins a part; that follows the one before


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a character says, from the full names that are known."""

    idf: Mapping[str, float]
    rare: float  # of a character that no known name has

    def of(self, character: str) -> float:
        """Return the weight of one character."""
        return self.idf.get(character, self.rare)


def weigh_characters(names: Iterable[str]) -> Weights:
    """Return the inverse document frequency of characters over full names.

    ln((n + 20) / (df + 1)), with n names of which df have the character.
    """
    frequencies: dict[str, int] = {}
    count = 0
    for name in names:
        count += 1
        for character in set(name):
            frequencies[character] = frequencies.get(character, 0) + 1
    total = count + BACKGROUND
    idf = {character: log(total / (df + 1)) for character, df in frequencies.items()}
    return Weights(idf, log(total))


def align(short: str, full: NameParts, weights: Weights) -> float | None:
    """Return the weight of the best ordered alignment; None where a character finds no place.

    Parameters
    ----------
    short
        Normal form of the short name, without brackets.
    full
        The full name, taken apart.
    weights
        What each character counts.

    Returns
    -------
    float or None
        Sum over the characters of idf, plus 0.5 for one that begins a part of the full name and
        0.3 for one right behind the one before.
    """
    text = full.normal
    starts = _part_starts(full)
    # best[j]: weight of the characters so far, the last of them standing at j of the full name.
    best: dict[int, float] = {-1: 0.0}
    for number, character in enumerate(short):
        reached: dict[int, float] = {}
        for place, found in enumerate(text):
            if found != character:
                continue
            earlier = [(weight, at) for at, weight in best.items() if at < place]
            if not earlier:
                continue
            gain = weights.of(character) + (START if place in starts else 0.0)
            reached[place] = gain + max(
                weight + (RUN if number and at == place - 1 else 0.0) for weight, at in earlier
            )
        if not reached:
            return None
        best = reached
    return max(best.values())


def _part_starts(full: NameParts) -> frozenset[int]:
    places = (
        full.normal.find(part) for part in (full.region, full.brand, full.trade, full.form) if part
    )
    return frozenset(place for place in places if place >= 0)
