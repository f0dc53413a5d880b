"""Which of several readings of a damaged place is Chinese?

A reading is scored by its best division into words: the sum of the words' log frequencies, with
a floor for what the word list does not know and a few rates for punctuation.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import exp, inf
from typing import NamedTuple

from fenglian.engine.intake.damage.codepage import NARROW, is_private
from fenglian.engine.intake.document import LOST
from fenglian.engine.intake.tables import Tables

LONGEST = 4  # characters of a word that are looked at
UNKNOWN = -17.0  # ln of a Chinese character that no word list knows; one in 2.4e7
TWO_STOPS = -6.0  # added where one stop follows another
CERTAIN = 0.999  # no choice is ever as good as none
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
_BEGINNINGS = {marks[:size] for marks in _RATES for size in range(2, len(marks) + 1)}


def simple(character: str, tables: Tables) -> str:
    """Return a character as the word list writes it: simplified, punctuation narrow."""
    return NARROW.get(character) or tables.simplified.get(character, character)


def forms(character: str, tables: Tables) -> tuple[str, ...]:
    """Return what a character of the page can stand for in a word: 著 is 着 or itself."""
    return ("着", "著") if character == "著" else (simple(character, tables),)


@lru_cache(maxsize=4096)
def _mark_rate(mark: str) -> float:
    """Return the score of a single character that is not Chinese."""
    if mark in _RATES:
        return _RATES[mark]
    if mark.isascii():
        return -4.5 if mark.isalnum() else -9.0
    return STRANGE if is_private(mark) or "\u02ff" < mark < "\u2000" else -13.0


class Word(NamedTuple):
    """A word or mark that may stand at some places of a lattice."""

    start: int
    end: int
    text: str
    score: float  # ln of its share in running text


class Reading(NamedTuple):
    """The best way to read a lattice."""

    score: float  # ln probability
    chosen: str  # (places,) the character chosen at each
    rival: float  # score of the best reading that chooses otherwise anywhere; -inf if none can


Lattice = Sequence[Sequence[str]]


def _words(lattice: Lattice, tables: Tables) -> Iterator[Word]:
    """Yield every word and mark of a lattice, by start; Chinese and marks never share a word."""
    known = tables.words.log_frequency
    chinese = [[c for c in choices if "\u4e00" <= c <= "\u9fff"] for choices in lattice]
    marks = [[c for c in choices if not "\u4e00" <= c <= "\u9fff"] for choices in lattice]
    for start in range(len(lattice)):
        stems, signs = chinese[start], marks[start]
        for shown in stems:
            score = known(shown)
            yield Word(start, start + 1, shown, UNKNOWN if score is None else score)
        for shown in signs:
            yield Word(start, start + 1, shown, _mark_rate(shown))
        for place in range(start + 1, min(start + LONGEST, len(lattice))):
            stems = [stem + shown for stem in stems for shown in chinese[place]]
            signs = [sign + c for sign in signs for c in marks[place] if sign + c in _BEGINNINGS]
            for text in stems:
                score = known(text)
                if score is not None:
                    yield Word(start, place + 1, text, score)
            for text in signs:
                if text in _RATES:
                    yield Word(start, place + 1, text, _RATES[text])


def _joint(one: str, two: str) -> float:
    """Return what is added where one word or mark follows another."""
    return TWO_STOPS if one in STOPS and two in STOPS else 0.0


def _ahead(words: list[Word], size: int) -> list[dict[bool, tuple[float, str]]]:
    """Return the best score and text up to each place, for ends on a stop and on no stop."""
    best: list[dict[bool, tuple[float, str]]] = [{} for _ in range(size + 1)]
    best[0][False] = (0.0, "")
    for word in words:
        for score, text in list(best[word.start].values()):
            reached = score + word.score + _joint(text[-1:], word.text[0])
            stop = word.text[-1] in STOPS
            if stop not in best[word.end] or reached > best[word.end][stop][0]:
                best[word.end][stop] = (reached, text + word.text)
    return best


def best_reading(lattice: Lattice, tables: Tables, asked: range | None = None) -> Reading:
    """Return the best reading of a row of places.

    Parameters
    ----------
    lattice
        (places,) of (choices,): what may stand at each place, as ``simple`` gives it.
    tables
        The word list.
    asked
        The places whose choices a rival must differ in; all where not given.

    Returns
    -------
    Reading
        The best division into words over all choices: the sum of ln frequencies, what it chooses
        at each place, and how well the best other choice does.

    Examples
    --------
    >>> from fenglian.data import tables
    >>> best_reading([["风"], ["电", "申"], ["产"], ["业"]], tables()).chosen
    '风电产业'
    """
    size = len(lattice)
    words = list(_words(lattice, tables))
    ahead = _ahead(words, size)
    score, chosen = max(ahead[size].values())
    open_places = [place for place in asked or range(size) if len(lattice[place]) > 1]
    rival = _rival(words, ahead, chosen, open_places) if open_places else -inf
    return Reading(score, chosen, rival)


def _rival(
    words: list[Word], ahead: list[dict[bool, tuple[float, str]]], chosen: str, places: list[int]
) -> float:
    """Return the score of the best reading that differs from the chosen one at such a place."""
    behind: list[dict[bool, float]] = [{} for _ in range(len(chosen) + 1)]
    behind[len(chosen)][False] = 0.0

    def onward(word: Word) -> float:
        stop = word.text[-1] in STOPS
        return max(
            score + (TWO_STOPS if stop and next_stop else 0.0)
            for next_stop, score in behind[word.end].items()
        )

    best = -inf
    for word in reversed(words):
        score = word.score + onward(word)
        stop = word.text[0] in STOPS
        behind[word.start][stop] = max(behind[word.start].get(stop, -inf), score)
        if any(
            word.start <= place < word.end and word.text[place - word.start] != chosen[place]
            for place in places
        ):
            reached = max(s + _joint(t[-1:], word.text[0]) for s, t in ahead[word.start].values())
            best = max(best, reached + score)
    return best


def certainty(best: float, rival: float) -> float:
    """Return the share of the best of two readings in their joint probability, 0.5–0.999."""
    return min(round(1 / (1 + exp(min(max(rival - best, -40.0), 40.0))), 3), CERTAIN)
