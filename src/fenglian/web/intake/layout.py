"""How does a text become paragraphs whose edits, furniture and facts can be coloured?

Characters that have the same edit and belong to the same facts form one piece; pieces of the
same facts form one run, which is what lights up.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from fenglian.engine.intake.document import Document, Edit, Span
from fenglian.engine.intake.page import Mark
from fenglian.engine.intake.statements import Statement

_LINE = re.compile(r"[^\n\r\f]+")

# Kind of edit → class of the stylesheet; 雌黄 yellow, in four shapes.
SHAPES = {
    "gloss": "gloss",
    "script": "script",
    "shift": "shift",
    "orphan": "shift",
    "lost": "lost",
}
FURNITURE = frozenset({"copyright", "farm", "navigation", "instruction"})  # kinds of marks


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
    """A line of the text; ``mark`` says why where it is furniture."""

    runs: tuple[Run, ...]
    mark: Mark | None


def lay_out_raw(
    document: Document, marks: Sequence[Mark], statements: Iterable[Statement]
) -> list[Paragraph]:
    """Lay out the raw text: what was taken away or rebuilt is coloured where it stood."""
    furniture = [(document.raw_span(mark.span), mark) for mark in _furniture(marks)]
    edits = [(edit.raw, edit) for edit in document.edits if edit.kind != "script"]
    facts = [(each.raw, each.id) for each in statements]
    return _lay_out(document.raw_text, edits, facts, furniture)


def lay_out_clean(
    document: Document, marks: Sequence[Mark], statements: Iterable[Statement]
) -> list[Paragraph]:
    """Lay out the clean text: what came out of a repair is coloured where it stands now."""
    furniture = [(mark.span, mark) for mark in _furniture(marks)]
    edits = [(_visible(edit), edit) for edit in document.edits]
    # Of two repairs of one character the removed gloss says more than the converted script.
    edits.sort(key=lambda pair: pair[1].kind != "script")
    facts = [(each.clean, each.id) for each in statements]
    return _lay_out(document.clean_text, edits, facts, furniture)


def _furniture(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.kind in FURNITURE]


def _visible(edit: Edit) -> Span:
    """A cut leaves no character behind: the one before it carries the colour."""
    if edit.clean.start < edit.clean.end or edit.clean.start == 0:
        return edit.clean
    return Span(edit.clean.start - 1, edit.clean.start)


def _lay_out(
    text: str,
    edits: Iterable[tuple[Span, Edit]],
    facts: Iterable[tuple[Span, str]],
    furniture: Sequence[tuple[Span, Mark]],
) -> list[Paragraph]:
    shapes = [""] * len(text)
    for span, edit in edits:
        shapes[span.start : span.end] = [SHAPES.get(edit.kind, "shift")] * (span.end - span.start)
    owners: list[tuple[str, ...]] = [()] * len(text)
    for span, identifier in sorted(facts, key=lambda pair: pair[0].end - pair[0].start):
        for at in range(span.start, span.end):
            owners[at] += (identifier,)
    return [
        Paragraph(
            runs=tuple(_runs(text, match.start(), match.end(), owners, shapes)),
            mark=_mark_of(Span(*match.span()), furniture),
        )
        for match in _LINE.finditer(text)
        if match.group().strip()
    ]


def _runs(
    text: str, start: int, end: int, owners: Sequence[tuple[str, ...]], shapes: Sequence[str]
) -> Iterable[Run]:
    for facts, places in groupby(range(start, end), key=owners.__getitem__):
        pieces = tuple(
            Piece("".join(text[at] for at in alike), shape)
            for shape, alike in groupby(places, key=shapes.__getitem__)
        )
        yield Run(facts, pieces)


def _mark_of(line: Span, furniture: Sequence[tuple[Span, Mark]]) -> Mark | None:
    for span, mark in furniture:
        if span.start < line.end and line.start < span.end:
            return mark
    return None
