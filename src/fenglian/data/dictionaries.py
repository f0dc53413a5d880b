"""The dictionaries that a reading uses: pinyin, scripts, words.

Nothing is read before it is asked for, and of the 349,000 words only the lines that are looked
up are parsed, so that reading one page pays for one page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from fenglian.data.divisions import divisions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "reading"
OCCURRENCES = 60_101_967  # of all words in the corpus behind the word list


def _lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in _lines(name)]


class SortedLines:
    """Lines that each begin with another character, in the order of the characters.

    Finding one is a bisection on bytes: UTF-8 sorts as the characters do.
    """

    __slots__ = ("octets",)

    def __init__(self, octets: bytes) -> None:
        self.octets = octets

    def __getitem__(self, first: str) -> str | None:
        """Return what follows on the line of this character; None where it has no line."""
        octets, key, low, high = self.octets, first.encode(), 0, len(self.octets)
        while key and low < high:
            start = octets.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = octets.find(b"\n", start)
            found = octets[start : start + len(key)]
            if found == key:
                return octets[start + len(key) : end].decode()
            low, high = (end + 1, high) if found < key else (low, start)
        return None

    def __iter__(self) -> Iterator[str]:
        """Give the characters."""
        return (line[0] for line in self.octets.decode().splitlines())

    def __len__(self) -> int:
        return self.octets.count(b"\n")


class Readings(Mapping[str, tuple[str, ...]]):
    """Character → its pinyin readings with tone marks, commonest first."""

    __slots__ = ("_known", "_lines")

    def __init__(self, octets: bytes) -> None:
        self._lines = SortedLines(octets)
        self._known: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, character: str) -> tuple[str, ...]:
        found = self._known.get(character)
        if found is None:
            line = self._lines[character]
            found = self._known[character] = tuple(line.split(",")) if line else ()
        if not found:
            raise KeyError(character)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class WordList:
    """A word list with frequencies, of which only the lines looked up are parsed."""

    __slots__ = ("_groups", "_lines")

    def __init__(self, octets: bytes) -> None:
        self._lines = SortedLines(octets)
        self._groups: dict[str, dict[str, str]] = {}

    def log_frequency(self, word: str) -> float | None:
        """Return ln(count / total); None where the list does not know the word."""
        first = word[:1]
        group = self._groups.get(first)
        if group is None:
            items = (self._lines[first] or "").split(" ")
            group = self._groups[first] = dict(zip(items[::2], items[1::2], strict=False))
        count = group.get(word[1:])
        return None if count is None else log(int(count) / OCCURRENCES)


@dataclass(frozen=True, slots=True)
class TaggerWeights:
    """What the tagger of names has learnt; the engine's ``Weights`` says what is what."""

    characters: Mapping[str, int]
    tags: tuple[str, ...]
    arrays: "Mapping[str, NDArray[np.floating]]"


@dataclass(frozen=True)
class ReadingTables:
    """All that a reading must be told; each table is read when it is first asked for."""

    folder: Path = FOLDER

    @cached_property
    def readings(self) -> Mapping[str, tuple[str, ...]]:
        """Character → its pinyin readings with tone marks, commonest first."""
        return Readings((self.folder / "readings.txt").read_bytes())

    @cached_property
    def simplified(self) -> Mapping[str, str]:
        """Traditional character → simplified one, where they differ."""
        return MappingProxyType(
            {key: form for form, keys in _rows("simplified.txt") for key in keys}
        )

    @cached_property
    def simplified_words(self) -> Mapping[str, str]:
        """Traditional word → simplified word of the same length, where characters alone mislead."""
        return MappingProxyType(dict(_rows("simplified_words.txt")))

    @cached_property
    def traditional(self) -> Mapping[str, str]:
        """Simplified character → the traditional one that the known clone sites write."""
        return MappingProxyType(
            {key: form for form, keys in _rows("traditional.txt") for key in keys}
        )

    @cached_property
    def words(self) -> WordList:
        """Chinese words with their frequencies."""
        return WordList((self.folder / "words.txt").read_bytes())

    @cached_property
    def tagger(self) -> TaggerWeights:
        """What the tagger of names has learnt."""
        import numpy as np  # noqa: PLC0415 – not before a tagger is asked for

        with np.load(self.folder / "tagger.npz", allow_pickle=False) as arrays:
            weights = {name: arrays[name] for name in arrays.files}
        tags, *characters = _lines("tagger.txt")
        rows = {character: row for row, character in enumerate(characters)}
        return TaggerWeights(rows, tuple(tags.split(" ")), weights)

    @cached_property
    def divisions(self) -> Mapping[str, tuple[tuple[str, int, int | None], ...]]:
        """Full name → (GB/T 2260 code, first year, last year or None while valid), by year."""
        return divisions()
