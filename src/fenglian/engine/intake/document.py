"""What is a document, and where in its bytes does each clean character come from?

Three texts of one page: the *bytes* as received, the *raw* text they decode to, and the
*clean* text after the repairs. Every clean character knows the raw characters it was made
from, and every raw character its bytes; the edits between raw and clean are all logged.

Where the file is no text itself (PDF, Word, a web page), the raw text is what was taken out of it;
the bytes are then those of that text in UTF-8, and parts say on which page or in which paragraph
of the file each stretch stands.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from fenglian.engine.labels import Label

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


FORMS = {  # what a file was before it was text
    "text": Label("文本", "text"),
    "html": Label("网页", "web page"),
    "docx": Label("Word 文档", "Word document"),
    "pdf": Label("PDF", "PDF"),
}
UNITS = {  # in what a file counts; ``number`` from 1
    "page": Label("第 {number} 页", "page {number}"),
    "paragraph": Label("第 {number} 段", "paragraph {number}"),
    "heading": Label("第 {number} 段，标题", "paragraph {number}, a heading"),
    "row": Label("第 {number} 段，表格行", "paragraph {number}, a row of a table"),
    "note": Label("第 {number} 条附注", "note {number}"),
    "margin": Label("第 {number} 条页眉页脚", "page header or footer {number}"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Where a line of the text that was taken out of a file stood in it, and how it was marked up."""

    start: int  # first raw character; the part reaches to the next one's
    unit: str  # of UNITS
    number: int
    aside: str = ""  # why its markup says that it is not the article, see ``boilerplate``
    linked: int = 0  # characters that lead elsewhere

    @property
    def place(self) -> Label:
        """The place in words."""
        words = UNITS[self.unit]
        return Label(words.zh.format(number=self.number), words.en.format(number=self.number))


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
    form: str = "text"  # of FORMS
    parts: tuple[Part, ...] = ()  # by place in the raw text; empty where the file was text
    unread: tuple[int, ...] = ()  # pages of the file that hold no text

    def part_of(self, raw: int) -> Part | None:
        """Return the part in which a raw character stands; None where the file was text."""
        at = bisect_right(self.parts, raw, key=lambda part: part.start)
        return self.parts[at - 1] if at else None

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
