"""Why should a person look closer at a statement before accepting it?

A statement without a doubt can be accepted together with its like; a doubt never hides one.
"""

from collections.abc import Callable, Iterator

from fenglian.engine.intake.document import LOST, REBUILT, Document, Edit
from fenglian.engine.intake.statements import Statement
from fenglian.engine.labels import Label

Doubt = Callable[[Statement, Document], bool]


def _edits_within(statement: Statement, document: Document) -> Iterator[Edit]:
    for edit in document.edits:
        if edit.raw.start < statement.raw.end and statement.raw.start < edit.raw.end:
            yield edit


def _crosses_rebuilt_bytes(statement: Statement, document: Document) -> bool:
    """Its words hold characters that were rebuilt from shifted bytes."""
    return any(edit.kind in REBUILT for edit in _edits_within(statement, document))


def _rests_on_a_choice(statement: Statement, document: Document) -> bool:
    # A repair in its words chose among several readings.
    return any(edit.confidence < 1 for edit in _edits_within(statement, document))


def _holds_lost_characters(statement: Statement, document: Document) -> bool:
    return LOST in statement.words or "?" in statement.words


def _infers(statement: Statement, document: Document) -> bool:
    """Something in it is not written in its own words, such as the year of 4月7日."""
    return any(
        name == "derived" or value.startswith("inferred") or (name, value) in INFERRED_YEAR
        for name, value in statement.qualifiers
    )


def _has_weak_source(statement: Statement, document: Document) -> bool:
    return statement.grade in ("C", "D")


INFERRED_YEAR = {("year", "publication"), ("year", "sentence"), ("year", "unknown")}
CATALOGUE: tuple[tuple[str, Label, Doubt], ...] = (
    ("lost", Label("有无法还原的字", "characters are lost"), _holds_lost_characters),
    ("rebuilt", Label("跨字节错位处，已还原", "crosses rebuilt bytes"), _crosses_rebuilt_bytes),
    ("choice", Label("修复时有取舍", "the repair made a choice"), _rests_on_a_choice),
    ("inferred", Label("有推定的内容", "partly inferred"), _infers),
    ("source", Label("转载或无日期", "repost or undated"), _has_weak_source),
)
LABELS = {name: label for name, label, _doubt in CATALOGUE}


def find_doubts(statement: Statement, document: Document) -> list[str]:
    """Return the names of all doubts about a statement, in the catalogue's order."""
    return [name for name, _label, doubt in CATALOGUE if doubt(statement, document)]
