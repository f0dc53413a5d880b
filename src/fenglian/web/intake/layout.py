"""How does a text become paragraphs whose edits, furniture and facts can be coloured?

Characters that have the same edit and belong to the same facts form one piece; pieces of the
same facts form one run, which is what lights up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from fenglian.engine.intake.document import Document, Edit, Span
from fenglian.engine.intake.page import Mark, Page
from fenglian.engine.intake.repairs import CATALOGUE as REPAIR_CATALOGUE
from fenglian.engine.intake.statements import Statement
from fenglian.engine.labels import Label

_LINE = re.compile(r"[^\n\r\f]+")

# Kind of edit → class of the stylesheet; 雌黄 yellow, in four shapes.
SHAPES = {
    "gloss": "gloss",
    "script": "script",
    "variant": "script",
    "shift": "shift",
    "orphan": "shift",
    "lost": "lost",
}
FURNITURE = frozenset({"copyright", "farm", "navigation", "instruction"})  # kinds of marks
CUTS = frozenset({"farm", "navigation"})  # kinds of edits that take furniture out of the text
REPAIRS = {each.name: each.label for each in REPAIR_CATALOGUE}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that were changed alike."""

    text: str
    shape: str  # class of the edit; "" where nothing was changed


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that belong to the same facts."""

    facts: tuple[str, ...]  # ids of statements, the one with the fewest words first
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text; ``reason`` says why where it is not the article."""

    start: int  # first character
    runs: tuple[Run, ...]
    reason: Label | None
    cut: int = 0  # characters that stood here and were taken out
    place: Label | None = None  # where it stood in its file, at the first line of a part


def count_furniture(document: Document, page: Page) -> int:
    """Return how many parts of the page are not the article and were left out of the reading."""
    cut = sum(1 for edit in document.edits if edit.kind in CUTS)
    return cut + sum(1 for mark in page.marks if mark.kind in FURNITURE)


def lay_out_raw(document: Document, page: Page, statements: Iterable[Statement]) -> list[Paragraph]:
    """Lay out the raw text: what was taken away or rebuilt is coloured where it stood."""
    furniture = [(document.raw_span(mark.span), mark.reason) for mark in _furniture(page)]
    furniture += [(edit.raw, REPAIRS[edit.repair]) for edit in _cuts(document)]
    edits = [
        (edit.raw, edit)
        for edit in document.edits
        if edit.kind not in CUTS and SHAPES.get(edit.kind) != "script"
    ]
    facts = [(each.raw, each.id) for each in statements]
    paragraphs = _lay_out(document.raw_text, edits, facts, furniture)
    return list(_with_parts(paragraphs, document)) if document.parts else list(paragraphs)


def _with_parts(paragraphs: Iterable[Paragraph], document: Document) -> Iterator[Paragraph]:
    """Name the part of the file at each paragraph with which it begins: a page once."""
    last = None
    for paragraph in paragraphs:
        part = document.part_of(paragraph.start)
        place = part.place if part else None
        yield paragraph if place == last else replace(paragraph, place=place)
        last = place


def lay_out_clean(
    document: Document, page: Page, statements: Iterable[Statement]
) -> list[Paragraph]:
    """Lay out the clean text: what came out of a repair is coloured where it stands now."""
    furniture = [(mark.span, mark.reason) for mark in _furniture(page)]
    edits = [(_visible(edit), edit) for edit in document.edits if edit.kind not in CUTS]
    # Of two repairs of one character the removed gloss says more than the converted script.
    edits.sort(key=lambda pair: SHAPES.get(pair[1].kind) != "script")
    facts = [(each.clean, each.id) for each in statements]
    paragraphs = list(_lay_out(document.clean_text, edits, facts, furniture))
    for edit in _cuts(document):
        reason, size = REPAIRS[edit.repair], edit.raw.end - edit.raw.start
        paragraphs.append(Paragraph(edit.clean.start, (), reason, cut=size))
    return sorted(paragraphs, key=lambda paragraph: paragraph.start)


def _furniture(page: Page) -> list[Mark]:
    return [mark for mark in page.marks if mark.kind in FURNITURE]


def _cuts(document: Document) -> list[Edit]:
    return [edit for edit in document.edits if edit.kind in CUTS]


def _visible(edit: Edit) -> Span:
    """A cut leaves no character behind: the one before it carries the colour."""
    if edit.clean.start < edit.clean.end or edit.clean.start == 0:
        return edit.clean
    return Span(edit.clean.start - 1, edit.clean.start)


def _lay_out(
    text: str,
    edits: Iterable[tuple[Span, Edit]],
    facts: Iterable[tuple[Span, str]],
    furniture: Sequence[tuple[Span, Label]],
) -> Iterator[Paragraph]:
    shapes = [""] * len(text)
    for span, edit in edits:
        shapes[span.start : span.end] = [SHAPES.get(edit.kind, "shift")] * (span.end - span.start)
    owners: list[tuple[str, ...]] = [()] * len(text)
    for span, identifier in sorted(facts, key=lambda pair: pair[0].end - pair[0].start):
        for at in range(span.start, span.end):
            owners[at] += (identifier,)
    for match in _LINE.finditer(text):
        if match.group().strip():
            runs = tuple(_runs(text, Span(*match.span()), owners, shapes))
            yield Paragraph(match.start(), runs, _reason(Span(*match.span()), furniture))


def _runs(
    text: str, line: Span, owners: Sequence[tuple[str, ...]], shapes: Sequence[str]
) -> Iterator[Run]:
    for facts, places in groupby(range(line.start, line.end), key=owners.__getitem__):
        pieces = tuple(
            Piece("".join(text[at] for at in alike), shape)
            for shape, alike in groupby(places, key=shapes.__getitem__)
        )
        yield Run(facts, pieces)


def _reason(line: Span, furniture: Sequence[tuple[Span, Label]]) -> Label | None:
    for span, reason in furniture:
        if span.start < line.end and line.start < span.end:
            return reason
    return None
