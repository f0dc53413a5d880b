"""Why should a person look closer at a statement before accepting it?

A statement without a doubt can be accepted together with its like; a doubt never hides one.
"""

import re
from collections.abc import Callable, Iterator

from fenglian.engine.intake.document import LOST, REBUILT, Document, Edit
from fenglian.engine.intake.statements import GUESSED, MODEL, Statement
from fenglian.engine.intake.weight import WEIGHTY, WEIGHTY_LABEL
from fenglian.engine.labels import Label

_PARTS = re.compile(r"[、,;/|\s]+")
Doubt = Callable[[Statement, Document], bool]


def _edits_behind(statement: Statement, document: Document) -> Iterator[Edit]:
    """Yield the edits in its words, and those in any mention of a name that it uses."""
    names = set(_names_of(statement))
    for edit in document.edits:
        within = edit.raw.start < statement.raw.end and statement.raw.start < edit.raw.end
        if within or (_is_uncertain(edit) and any(_touches(edit, n, document) for n in names)):
            yield edit


def _names_of(statement: Statement) -> Iterator[str]:
    """Yield its subject, value and qualifiers, and their parts, as far as they are Chinese."""
    texts = (statement.subject, statement.value, *(text for _, text in statement.qualifiers))
    for text in texts:
        for name in {text, *_PARTS.split(text)}:
            if len(name) > 1 and any("\u4e00" <= shown <= "\u9fff" for shown in name):
                yield name


def _is_uncertain(edit: Edit) -> bool:
    return edit.kind in REBUILT or edit.kind == "lost" or edit.confidence < 1


def _touches(edit: Edit, name: str, document: Document) -> bool:
    """Whether a mention of the name holds the edit, or stands beside what was lost."""
    beside = edit.kind == "lost"
    start, end = edit.clean.start - beside, edit.clean.end + beside
    start -= start == end  # a cut belongs to the character before it
    around = max(start - len(name) + 1, 0), end + len(name) - 1
    return document.clean_text.find(name, *around) >= 0


def _crosses_rebuilt_bytes(statement: Statement, document: Document) -> bool:
    """Its words or names hold characters that were rebuilt from shifted bytes."""
    return any(edit.kind in REBUILT for edit in _edits_behind(statement, document))


def _rests_on_a_choice(statement: Statement, document: Document) -> bool:
    # A repair in its words or names chose among several readings.
    return any(edit.confidence < 1 for edit in _edits_behind(statement, document))


def _holds_lost_characters(statement: Statement, document: Document) -> bool:
    if LOST in statement.words or "?" in statement.words:
        return True
    return any(edit.kind == "lost" for edit in _edits_behind(statement, document))


def _infers(statement: Statement, document: Document) -> bool:
    """Something in it is not written in its own words, such as the year of 4月7日."""
    return any(
        name == "derived" or value.startswith("inferred") or (name, value) in INFERRED_YEAR
        for name, value in statement.qualifiers
    )


def _has_weak_source(statement: Statement, document: Document) -> bool:
    return statement.grade in ("C", "D")


def _comes_from_a_model(statement: Statement, document: Document) -> bool:
    return statement.extractor.startswith(MODEL)


def _rests_on_a_guess(statement: Statement, document: Document) -> bool:
    return GUESSED in statement.qualifiers


INFERRED_YEAR = {("year", "publication"), ("year", "sentence"), ("year", "unknown")}
CATALOGUE: tuple[tuple[str, Label, Doubt], ...] = (
    ("lost", Label("有无法还原的字", "characters are lost"), _holds_lost_characters),
    ("rebuilt", Label("跨字节错位处，已还原", "crosses rebuilt bytes"), _crosses_rebuilt_bytes),
    ("choice", Label("修复时有取舍", "the repair made a choice"), _rests_on_a_choice),
    ("inferred", Label("有推定的内容", "partly inferred"), _infers),
    ("guessed", Label("名称由识别模型猜得", "a name that only the tagger sees"), _rests_on_a_guess),
    ("model", Label("模型的建议", "suggested by a model"), _comes_from_a_model),
    ("source", Label("转载或无日期", "repost or undated"), _has_weak_source),
)
LABELS = {name: label for name, label, _doubt in CATALOGUE} | {WEIGHTY: WEIGHTY_LABEL}


def find_doubts(statement: Statement, document: Document) -> list[str]:
    """Return the names of all doubts about a statement, in the catalogue's order."""
    return [name for name, _label, doubt in CATALOGUE if doubt(statement, document)]
