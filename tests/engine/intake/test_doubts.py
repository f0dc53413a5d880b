"""A statement is doubted for its words, and for every mention of the names that it uses."""

import pytest

from fenglian.data import tables
from fenglian.engine.intake.document import LOST, Document, Edit, Span
from fenglian.engine.intake.doubts import find_doubts
from fenglian.engine.intake.reading import read_document
from fenglian.engine.intake.statements import Statement
from tests.engine.intake.pages import page_of, reading_of

TEXT = "江苏九鼎集团有限公司签约。\n江苏九鼎集团有限公司投资5亿元。\n太原重工供货。"
FIRM = "江苏九鼎集团有限公司"


def _document(text: str, at: int, kind: str, confidence: float = 1.0) -> Document:
    """A document whose characters are all as received, but for one."""
    plain = reading_of(page_of(text)).document
    one = Span(at, at + 1)
    edit = Edit("shift", kind, one, one, "?", text[at], confidence)
    return Document(**{name: getattr(plain, name) for name in plain.__slots__} | {"edits": (edit,)})


def _statement(subject: str, value: str, words: str, text: str = TEXT) -> Statement:
    start = text.rindex(words)
    span = Span(start, start + len(words))
    return Statement(
        id="",
        fact="event",
        subject=subject,
        property="amount",
        value=value,
        quantity=None,
        qualifiers=(("party", "太原重工、华电"),),
        words=words,
        clean=span,
        raw=span,
        octets=span,
        document="",
        extractor="event",
        version="1",
        grade="B",
        standing="public",
    )


@pytest.mark.parametrize(
    ("kind", "confidence", "doubts"),
    [("shift", 1.0, ["rebuilt"]), ("orphan", 0.9, ["rebuilt", "choice"]), ("script", 1.0, [])],
)
def test_a_name_rebuilt_elsewhere_is_doubted(
    kind: str, confidence: float, doubts: list[str]
) -> None:
    document = _document(TEXT, 1, kind, confidence)
    assert find_doubts(_statement(FIRM, "5", "投资5亿元"), document) == doubts
    assert find_doubts(_statement("联盟", FIRM, "投资5亿元"), document) == doubts
    assert find_doubts(_statement("联盟", "5", "投资5亿元"), document) == []


def test_a_name_in_a_qualifier_counts_too() -> None:
    document = _document(TEXT, TEXT.index("太原") + 1, "shift")
    assert find_doubts(_statement("联盟", "5", "投资5亿元"), document) == ["rebuilt"]


def test_a_lost_character_beside_a_mention_makes_the_name_doubtful() -> None:
    text = f"江苏九鼎{LOST}签约。\n江苏九鼎投资5亿元。"
    document = _document(text, 4, "lost")
    assert find_doubts(_statement("江苏九鼎", "5", "投资5亿元", text), document) == ["lost"]


def test_sound_documents_raise_no_such_doubt() -> None:
    reading = read_document(TEXT.encode(), name="a", tables=tables())
    for statement in reading.statements:
        assert not {"lost", "rebuilt", "choice"} & set(find_doubts(statement, reading.document))
