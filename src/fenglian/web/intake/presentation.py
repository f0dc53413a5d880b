"""What does a page of intake show? Engine values, put into words and order for the templates."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from fenglian.engine.intake import doubts
from fenglian.engine.intake.document import FORMS, Document, Span, count_rebuilt
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import GRADES, Statement
from fenglian.engine.intake.terms import UNSAID
from fenglian.engine.intake.wording import ShownQuantity
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.web.intake import wording
from fenglian.web.intake.layout import (
    CUTS,
    REPAIRS,
    SHAPES,
    Paragraph,
    count_furniture,
    lay_out_clean,
    lay_out_raw,
)
from fenglian.web.intake.queries import STATE_LABELS, Review, Reviewed


@dataclass(frozen=True, slots=True)
class Note:
    """A qualifier or a doubt, in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """One statement as the list shows it."""

    id: str
    document: str  # sha256
    fact: str
    subject: str
    property: str
    value: str
    quantity: ShownQuantity | None
    words: str
    octets: Span
    place: str  # page or paragraph of a file that was no text
    grade: str
    grade_label: str
    state: str
    state_label: str
    edited: bool
    as_read: str  # what the engine had read, where a person changed it
    notes: tuple[Note, ...]
    doubts: tuple[str, ...]
    source: str
    published: str  # day of the source; empty: it names none
    urgency: int
    vouched: str  # "mine" or "other": who accepted it first, where a second person is wanted


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done to the text, as the strip above the columns counts it."""

    glosses: int
    converted: int
    rebuilt: int
    furniture: int
    lost: int
    unread: str  # numbers of pages that hold no text
    charset: str  # or what the file is, where it is no text
    size: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Everything the reading page shows."""

    sha256: str
    name: str
    title: str
    byline: str
    summary: Summary
    raw: list[Paragraph]
    clean: list[Paragraph]
    cards: list[Card]
    unresolved: tuple[str, ...]  # words of numbers that touch damage
    proposed: int
    accepted: int
    rejected: int
    undoubted: int
    undoable: bool


@dataclass(frozen=True, slots=True)
class RepairLine:
    """One edit in the repair log."""

    number: int
    kind: str
    why: str
    shape: str
    before: str
    after: str
    raw: Span
    octets: Span
    confidence: float


def show_reading(review: Review, title: str, reader: int | None = None) -> ReadingPage:
    """Return what the reading page shows."""
    reading = review.reading
    document, page = reading.document, reading.page
    return ReadingPage(
        sha256=document.sha256,
        name=document.name,
        title=title,
        byline=_byline(review),
        summary=summarise(review),
        raw=lay_out_raw(document, page, reading.statements),
        clean=lay_out_clean(document, page, reading.statements),
        cards=[show_card(item, reader, document) for item in review.items],
        unresolved=tuple(page.text[each.span.start : each.span.end] for each in reading.unresolved),
        proposed=review.count("proposed"),
        accepted=review.count("accepted"),
        rejected=review.count("rejected"),
        undoubted=review.undoubted,
        undoable=review.undoable,
    )


def _byline(review: Review) -> str:
    header = review.reading.page.header
    parts = []
    if header.source:
        parts.append(header.source.value)
    if header.published:
        parts.append(_("published %(when)s") % {"when": header.published.value.replace("T", " ")})
    if header.publisher:
        parts.append(_("on %(site)s") % {"site": header.publisher.value})
    if header.reporter:
        parts.append(_("reporter %(name)s") % {"name": header.reporter.value})
    if header.editor:
        parts.append(_("editor %(name)s") % {"name": header.editor.value})
    return _(", ").join(parts) or _("The page names neither source nor date.")


def summarise(review: Review) -> Summary:
    """Count what the repairs and the page analysis did."""
    document, page = review.reading.document, review.reading.page
    return Summary(
        glosses=sum(1 for edit in document.edits if edit.kind == "gloss"),
        converted=sum(
            len(edit.before) for edit in document.edits if SHAPES.get(edit.kind) == "script"
        ),
        rebuilt=count_rebuilt(document.edits),
        furniture=count_furniture(document, page),
        lost=document.lost,
        unread=", ".join(map(str, document.unread)),
        charset=document.charset.upper()
        if document.form == "text"
        else wording.say(FORMS[document.form]),
        size=wording.show_size(document.size),
    )


def limit_of_one_person() -> ShownQuantity:
    """Return the sum from which two persons decide."""
    return wording.show_quantity(Quantity(settings.TWO_PERSONS_FROM, "eq", "yuan"))


def show_card(item: Reviewed, reader: int | None = None, document: Document | None = None) -> Card:
    """Return one statement as the lists show it, to an account; with its document, in which part."""
    statement = item.statement
    quantity = statement.quantity
    return Card(
        id=statement.id,
        document=statement.document,
        fact=wording.fact_label(statement.fact),
        subject=statement.subject,
        property=wording.property_label(statement.fact, statement.property),
        value=_value(statement),
        quantity=wording.show_quantity(quantity, statement.words) if quantity else None,
        words=statement.words,
        octets=statement.octets,
        place=_place(statement, document),
        grade=statement.grade,
        grade_label=wording.say(Label(*GRADES[statement.grade])),
        state=item.state,
        state_label=str(STATE_LABELS[item.state]),
        edited=item.edited,
        as_read=_as_read(item.as_read),
        notes=tuple(
            Note(wording.qualifier_label(name), wording.say_code(name, value))
            for name, value in statement.qualifiers
            if name not in UNSAID
        ),
        doubts=tuple(wording.say(doubts.LABELS[name]) for name in item.doubts),
        source=item.document_title,
        published=(item.published or "")[:10],
        urgency=item.urgency,
        vouched="" if item.vouched_by is None else _whose(item.vouched_by, reader),
    )


def _whose(account: int, reader: int | None) -> str:
    return "mine" if account == reader else "other"


def _value(statement: Statement) -> str:
    """Return the value in words; a place by its name, the code behind it."""
    place = statement.qualifier("full")
    if statement.property == "place" and place:
        return f"{place} {statement.value}"
    return wording.show_value(statement.property, statement.value)


def _place(statement: Statement, document: Document | None) -> str:
    part = document.part_of(statement.raw.start) if document else None
    return wording.say(part.place) if part else ""


def _as_read(statement: Statement | None) -> str:
    if statement is None:
        return ""
    if statement.quantity is None:
        return f"{statement.subject} {statement.value}"
    return f"{statement.subject} {wording.show_quantity(statement.quantity, statement.words)}"


def show_parts(document: Document, page: Page) -> list[Note]:
    """Return the parts of a page that are not its article, with the reason."""
    cut = [edit for edit in document.edits if edit.kind in CUTS]
    return [
        *(
            Note(wording.say(mark.reason), page.text[mark.span.start : mark.span.end])
            for mark in page.marks
        ),
        *(Note(wording.say(REPAIRS[edit.repair]), edit.before) for edit in cut),
    ]


def show_repairs(document: Document) -> list[RepairLine]:
    """Return every edit of a document, in the order of the raw text."""
    return [
        RepairLine(
            number=number,
            kind=wording.repair_label(edit.kind),
            why=wording.say(REPAIRS[edit.repair]) if edit.repair in REPAIRS else edit.repair,
            shape=SHAPES.get(edit.kind, ""),
            before=edit.before,
            after=edit.after,
            raw=edit.raw,
            octets=Span(document.byte_starts[edit.raw.start], document.byte_starts[edit.raw.end]),
            confidence=edit.confidence,
        )
        for number, edit in enumerate(document.edits, start=1)
    ]
