"""What does a document state: one property of one subject, and the words that say so?

A *finding* is what a fact type extracts from the clean text. A *statement* is the finding
with its provenance: the document, the place in clean text and bytes, the extractor and its
version, the grade of the source, and who stands behind it.
"""

from dataclasses import dataclass
from typing import Literal

from fenglian.engine.intake.document import Span
from fenglian.engine.quantities import Quantity

Grade = Literal["A", "B", "C", "D"]  # official or primary, press, repost or undated, assumption
Standing = Literal["both_sides", "one_side", "public", "derived", "assumed"]

MODEL = "llm:"  # how the extractor of a statement begins that a language model suggested
GUESSED = ("found_by", "tagger")  # qualifier of what rests on a name that only the tagger sees
GRADES: dict[Grade, tuple[str, str]] = {
    "A": ("官方或一手", "official or primary"),
    "B": ("媒体报道", "press"),
    "C": ("转载或无日期", "repost or undated"),
    "D": ("假定", "assumption"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One property of one subject, as a fact type found it in the clean text."""

    subject: str  # who or what it is about, as written
    property: str  # what is said of it; a name from the fact type's own list of properties
    value: str  # canonical: a name as written, an ISO date, decimal digits in base units
    span: Span  # clean characters of the words that say so
    quantity: Quantity | None = None  # where the value is a number
    qualifiers: tuple[tuple[str, str], ...] = ()  # what else the words fix: place, role, unit …

    def qualifier(self, name: str) -> str | None:
        """Return the qualifier of that name; None where the words do not fix it."""
        return dict(self.qualifiers).get(name)


@dataclass(frozen=True, slots=True)
class Statement:
    """One source says one property of one subject, traceable to its characters."""

    id: str  # 16 hex digits, from the content: equal readings give equal ids
    fact: str  # fact type, a name of the catalogue of fact types
    subject: str
    property: str
    value: str
    quantity: Quantity | None
    qualifiers: tuple[tuple[str, str], ...]
    words: str  # the clean words that say so
    clean: Span  # characters of the clean text
    raw: Span  # characters of the raw text
    octets: Span  # bytes of the document
    document: str  # sha256 of the bytes
    extractor: str  # the fact type's module
    version: str  # of the extractor
    grade: Grade
    standing: Standing

    def qualifier(self, name: str) -> str | None:
        """Return the qualifier of that name; None where the words do not fix it."""
        return dict(self.qualifiers).get(name)
