"""What is a document, and where in its bytes does each clean character come from?

Three texts of one page: the *bytes* as received, the *raw* text they decode to, and the
*clean* text after the repairs. Every clean character knows the raw characters it was made
from, and every raw character its bytes; the edits between raw and clean are all logged.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

LOST = "□"  # stands in the clean text for a character that the damage destroyed


class Span(NamedTuple):
    """Half-open range ``[start, end)`` of characters or bytes."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One change from raw to clean, made by one named repair."""

    repair: str  # name of the repair in the catalogue of repairs
    kind: str  # what was done: "gloss", "shift", "orphan", "lost", "script", "farm" …
    raw: Span  # characters of the raw text that were changed
    clean: Span  # characters of the clean text that stand there now; empty where cut
    before: str
    after: str
    confidence: float  # 0–1; 1 where no choice was made


REBUILT = frozenset({"shift", "orphan"})  # kinds of edits that put shifted bytes right


def count_rebuilt(edits: Iterable[Edit]) -> int:
    """Count places, not characters: neighbouring edits were shifted together.

    Examples
    --------
    >>> one = Edit("shift", "shift", Span(3, 8), Span(3, 4), "?zhǔn)", "市", 1.0)
    >>> next_to_it = Edit("shift", "shift", Span(8, 9), Span(4, 5), "袌", "场", 1.0)
    >>> count_rebuilt([one, next_to_it])
    1
    """
    places, last = 0, -1
    for edit in edits:
        if edit.kind in REBUILT:
            places += edit.raw.start != last
            last = edit.raw.end
    return places


@dataclass(frozen=True, slots=True)
class Document:
    """One received text: its bytes' hash, raw text, clean text and the map between them."""

    name: str
    sha256: str
    size: int  # bytes
    charset: str
    raw_text: str
    clean_text: str
    edits: tuple[Edit, ...]  # by place in the raw text
    origins: tuple[Span, ...]  # (clean characters,) the raw characters each was made from
    byte_starts: "array[int]"  # (raw characters + 1,) offset of each raw character's first byte

    def raw_span(self, clean: Span) -> Span:
        """Return the raw characters that the clean ``[start, end)`` was made from."""
        parts = self.origins[clean.start : clean.end]
        if not parts:
            at = (
                self.origins[clean.start].start
                if clean.start < len(self.origins)
                else len(self.raw_text)
            )
            return Span(at, at)
        return Span(min(part.start for part in parts), max(part.end for part in parts))

    def byte_span(self, clean: Span) -> Span:
        """Return the bytes that the clean ``[start, end)`` was made from."""
        raw = self.raw_span(clean)
        return Span(self.byte_starts[raw.start], self.byte_starts[raw.end])

    def clean_span(self, raw: Span) -> Span:
        """Return the clean characters made from any part of the raw ``[start, end)``."""
        start = bisect_left(self.origins, raw.start + 1, key=lambda part: part.end)
        end = bisect_left(self.origins, raw.end, lo=start, key=lambda part: part.start)
        return Span(start, end)

    @property
    def lost(self) -> int:
        """How many clean characters the damage destroyed for good."""
        return sum(1 for edit in self.edits if edit.kind == "lost")
