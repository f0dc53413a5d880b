"""What did one document say? Bytes in, a reading out.

The stages of a reading, each a pure function of what came before: decode → repair → analyse
the page (furniture, header) → extract the facts → attach the provenance.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from fenglian.engine.intake import facts
from fenglian.engine.intake.boilerplate import find_boilerplate
from fenglian.engine.intake.charset import byte_starts, decode_text
from fenglian.engine.intake.document import LOST, Document, Span
from fenglian.engine.intake.extract import Extract
from fenglian.engine.intake.fact_type import FactType
from fenglian.engine.intake.hints import Gazetteer, find_hints
from fenglian.engine.intake.mentions.prose import sentences
from fenglian.engine.intake.mentions.sentences import find_mentions
from fenglian.engine.intake.page import Header, Page, analyse_page
from fenglian.engine.intake.repairs import repair_apart
from fenglian.engine.intake.statements import GUESSED, Finding, Grade, Statement
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

Progress = Callable[[Label, int, int], None]  # stage that begins, stages done, stages in all

_STAGES = (
    Label("解码", "decoding"),
    Label("修复", "repairing"),
    Label("分辨版面", "telling furniture from text"),
    Label("提取陈述", "extracting statements"),
)
_OFFICIAL = re.compile(r"(?:人民政府|政府网|委员会|[厅局委办]|公报|官网)(?:网站|网)?$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with everything found in it."""

    document: Document
    page: Page  # furniture marks and the publication header
    statements: tuple[Statement, ...]  # by place in the clean text
    unresolved: tuple[Finding, ...]  # numbers that touch damage: seen, not believed


def read_document(
    content: bytes,
    *,
    name: str,
    tables: Tables,
    charset: str | None = None,
    extract: Extract | None = None,
    gazetteer: Gazetteer | None = None,
    ner: bool = True,
    progress: Progress | None = None,
) -> Reading:
    """Read one document: repair its text and extract its statements.

    Parameters
    ----------
    content
        The bytes as received.
    name
        What the user calls the document.
    tables
        Dictionaries; ``fenglian.data.tables()`` has the ones that are shipped.
    charset
        Where the user knows it; otherwise it is decided, or asked for by an error.
    extract
        The text that ``outside`` took out of the bytes, where they are no text themselves.
    gazetteer
        Names of organisations that are known already.
    ner
        Whether the tagger of ``tables`` looks for names that the rules do not see.
    progress
        Called as each stage begins.

    Returns
    -------
    Reading
        The same bytes, tables and known names give an equal reading, statement ids included.

    Raises
    ------
    DocumentError
        Where the bytes cannot be read; nothing else is raised for any bytes.
    """
    report = progress or _silent
    report(_STAGES[0], 0, len(_STAGES))
    if extract is None:
        raw_text, found, starts = decode_text(content, name, charset)
    else:
        raw_text, found = extract.text, "utf-8"
        starts = byte_starts(raw_text, found)
    report(_STAGES[1], 1, len(_STAGES))
    cut = extract.article_end if extract else len(raw_text)
    repaired = repair_apart(raw_text, cut, tables)
    document = Document(
        name=name,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        charset=found,
        raw_text=raw_text,
        clean_text=repaired.text,
        edits=repaired.edits,
        origins=repaired.origins,
        byte_starts=starts,
        form=extract.form if extract else "text",
        parts=extract.parts if extract else (),
        unread=extract.unread if extract else (),
    )
    report(_STAGES[2], 2, len(_STAGES))
    page = analyse_page(document.clean_text, tables, find_boilerplate(document))
    hints = find_hints(page.folded, sentences(page), gazetteer, tables.tagger if ner else None)
    page = replace(page, hints=hints)
    report(_STAGES[3], 3, len(_STAGES))
    statements, unresolved = _state(document, page, tables)
    return Reading(document, page, statements, unresolved)


def _silent(stage: Label, done: int, total: int) -> None:
    """Report to nobody."""


def _state(
    document: Document, page: Page, tables: Tables
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    grade = grade_source(page.header)
    guessed = _guessed(page)
    statements: dict[str, Statement] = {}
    unresolved: list[Finding] = []
    for fact in facts.CATALOGUE:
        for finding in fact.extract(page, tables):
            if touches_damage(finding, page.text):
                unresolved.append(finding)
                continue
            if guessed and not guessed.isdisjoint(_names_in(finding)):
                doubted = replace(finding, qualifiers=(*finding.qualifiers, GUESSED))
            else:
                doubted = finding
            statement = _with_provenance(doubted, fact, document, grade)
            statements.setdefault(statement.id, statement)
    return tuple(sorted(statements.values(), key=lambda each: each.clean)), tuple(unresolved)


def _guessed(page: Page) -> frozenset[str]:
    """Return the names that only the tagger sees on a page."""
    mentions = find_mentions(page)
    named = {each.name for each in mentions.organisations if each.guessed}
    for sentence in mentions.sentences:
        named.update(person.name for person in sentence.persons if person.guessed)
    return frozenset(named)


def _names_in(finding: Finding) -> Iterator[str]:
    for words in (finding.subject, finding.value, *(value for _name, value in finding.qualifiers)):
        yield words
        yield from words.split("、")


def touches_damage(finding: Finding, text: str) -> bool:
    """Tell whether a number stands in or beside a character that the damage destroyed."""
    start, end = finding.span
    return finding.quantity is not None and LOST in text[max(0, start - 1) : end + 1]


def grade_source(header: Header) -> Grade:
    """Grade a page by what it says of itself: A official, B press, C undated or of no source.

    A page never grades itself D (assumption), and no damage or repetition raises a grade.
    """
    if header.source is None or header.published is None:
        return "C"
    return "A" if _OFFICIAL.search(header.source.value) else "B"


def _with_provenance(
    finding: Finding, fact: FactType, document: Document, grade: Grade
) -> Statement:
    span = Span(*finding.span)
    key = (document.sha256, fact.name, finding.subject, finding.property, finding.value, *span)
    return Statement(
        id=_digest(key),
        fact=fact.name,
        subject=finding.subject,
        property=finding.property,
        value=finding.value,
        quantity=finding.quantity,
        qualifiers=finding.qualifiers,
        words=document.clean_text[span.start : span.end],
        clean=span,
        raw=document.raw_span(span),
        octets=document.byte_span(span),
        document=document.sha256,
        extractor=fact.name,
        version=fact.version,
        grade=grade,
        standing="public",
    )


def _digest(parts: Iterable[object]) -> str:
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
