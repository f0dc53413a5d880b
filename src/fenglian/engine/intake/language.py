"""Which of several readings of a damaged place is Chinese?

A reading is scored by its best division into words: the sum of the words' log frequencies, with
a floor for what the word list does not know and a few rates for punctuation.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import exp, inf

from fenglian.engine.intake.codepage import NARROW, is_private
from fenglian.engine.intake.document import LOST
from fenglian.engine.intake.tables import Tables

LONGEST = 4  # characters of a word that are looked at
UNKNOWN = -17.0  # ln of a Chinese character that no word list knows; one in 2.4e7
TWO_STOPS = -6.0  # added where one stop follows another
STOPS = frozenset("。,、;:!?")
STRANGE = -26.0  # of a character that no article has

# ln of the share among words and marks of running text, counted on news; pairs stand for habits.
_RATES = {
    ",": -2.9, "。": -3.4, "、": -4.2, "“": -5.2, "”": -5.2, "(": -6.0, ")": -6.0, "《": -6.2,
    "》": -6.2, ":": -5.8, ";": -6.5, "!": -7.6, "?": -7.4, "‘": -8.0, "’": -8.0, "—": -6.5,
    "…": -7.5, "·": -7.0, "%": -6.5, ".": -6.0, "-": -7.5, "\n": -3.8, " ": -6.0, "\u3000": -7.0,
    "。\n": -4.6, "。”": -6.2, "”\n": -7.0, "。”\n": -6.6, ",“": -6.2, ":“": -6.4, "”,": -7.0,
    "!”": -8.6, "?”": -8.6, "”。": -7.2, "”、": -7.0, "、“": -7.0, "》,": -8.0, "、《": -8.0,
    "——": -7.0, "……": -8.0, ":《": -9.0, "——“": -9.5, LOST: -9.0,
}  # fmt: skip


def simple(character: str, tables: Tables) -> str:
    """Return a character as the word list writes it: simplified, punctuation narrow."""
    return NARROW.get(character) or tables.simplified.get(character, character)


def forms(character: str, tables: Tables) -> tuple[str, ...]:
    """Return what a character of the page can stand for in a word: 著 is 着 or itself."""
    return ("着", "著") if character == "著" else (simple(character, tables),)


@lru_cache(maxsize=4096)
def _rate(text: str) -> float | None:
    """Return the score of what is not in a word list; None for a string that is nothing."""
    if text in _RATES:
        return _RATES[text]
    if len(text) > 1:
        return None
    if text.isascii():
        return -4.5 if text.isalnum() else -9.0
    if "\u4e00" <= text <= "\u9fff":
        return UNKNOWN
    return STRANGE if is_private(text) or (text > "\u02ff" and text < "\u2000") else -13.0


def best_reading(lattice: Sequence[Sequence[str]], tables: Tables) -> tuple[float, tuple[str, ...]]:
    """Return the score of the best reading of a row of places, and what it chose at each.

    Parameters
    ----------
    lattice
        (places,) of (choices,): what may stand at each place, as ``simple`` gives it.
    tables
        The word list.

    Returns
    -------
    tuple
        ln probability of the best division into words over all choices, and the choices.

    Examples
    --------
    >>> from fenglian.data import tables
    >>> best_reading([["风"], ["电", "申"], ["产"], ["业"]], tables())[1]
    ('风', '电', '产', '业')
    """
    size = len(lattice)
    known = tables.words.log_frequency
    scores = [0.0] + [-inf] * size
    words = [""] * (size + 1)
    for start in range(size):
        stems: list[str] = [""]
        for end in range(start + 1, min(start + LONGEST, size) + 1):
            stems = [stem + choice for stem in stems for choice in lattice[end - 1]]
            for word in stems:
                score = known(word)
                if score is None:
                    score = _rate(word)
                    if score is None:
                        continue
                if word[0] in STOPS and words[start] and words[start][-1] in STOPS:
                    score += TWO_STOPS
                if scores[start] + score > scores[end]:
                    scores[end] = scores[start] + score
                    words[end] = word
    chosen: list[str] = []
    end = size
    while end:
        chosen[:0] = words[end]
        end -= len(words[end])
    return scores[size], tuple(chosen)


def certainty(best: float, rival: float) -> float:
    """Return the share of the best of two readings in their joint probability, 0.5–1."""
    return round(1 / (1 + exp(max(rival - best, -40.0))), 3)
