"""Intake for programs: read a document, list what is kept, decide on a statement."""

from datetime import datetime
from typing import Annotated, Literal, Self

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status, UploadedFile
from pydantic import Field, StringConstraints, model_validator

from fenglian.engine.intake.document import Edit, Part
from fenglian.engine.intake.page import Header, Mark
from fenglian.engine.intake.statements import Finding, Statement
from fenglian.engine.quantities import Quantity
from fenglian.web.accounts.actor import actor_of
from fenglian.web.intake import actions, queries
from fenglian.web.intake.corrections import LONGEST_SUBJECT, LONGEST_VALUE, Correction
from fenglian.web.intake.queries import Review, Reviewed

router = Router(tags=["intake"])
State = Literal["proposed", "accepted", "rejected"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]  # of a qualifier
Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_VALUE)]
ACTS = {
    "accept": actions.accept_statement,
    "reject": actions.reject_statement,
    "undo": actions.undo_statement,
}


class TextIn(Schema):
    """A document as text."""

    name: str
    text: str


class CorrectionIn(Schema):
    """What is to stand in the place of what was read."""

    subject: str = Field(min_length=1, max_length=LONGEST_SUBJECT)
    value: str = Field(min_length=1, max_length=LONGEST_VALUE)
    quantity: Quantity | None = None
    qualifiers: tuple[tuple[Name, Words], ...] = Field(default=(), max_length=50)


class DecisionIn(Schema):
    """What to do with a statement; an edit brings its correction."""

    kind: Literal["accept", "edit", "reject", "undo"]
    correction: CorrectionIn | None = None

    @model_validator(mode="after")
    def check_correction(self) -> Self:
        if (self.kind == "edit") != (self.correction is not None):
            raise ValueError("a correction belongs to an edit, and an edit needs one")
        return self


class DocumentOut(Schema):
    """A document that is kept, and how far its review has come."""

    sha256: str
    name: str
    title: str
    source: str | None
    published: str | None
    received_at: datetime
    size: int
    statements: int
    proposed: int
    accepted: int
    rejected: int


class StatementOut(Schema):
    """A statement as it stands now."""

    statement: Statement
    state: State
    edited: bool
    doubts: list[str]
    as_read: Statement | None


class ReadingOut(Schema):
    """A document with its three texts' map, its page, and what it states.

    ``parts`` say on which page or in which paragraph of the file each stretch of ``raw_text``
    stands; of a text there are none. ``unread`` are pages that hold no text.
    """

    sha256: str
    name: str
    size: int
    charset: str
    form: Literal["text", "html", "docx", "pdf"]
    parts: list[Part]
    unread: list[int]
    received_at: datetime
    raw_text: str
    clean_text: str
    edits: list[Edit]
    header: Header
    marks: list[Mark]
    home: str | None
    statements: list[StatementOut]
    unresolved: list[Finding]


@router.post("/readings", response={200: ReadingOut, 201: ReadingOut}, operation_id="read_text")
def read_text(request: HttpRequest, body: TextIn) -> Status[ReadingOut]:
    """Read a text and keep it; a text that is kept already answers 200."""
    return _read(request, body.text.encode(), body.name, None)


@router.post(
    "/readings/file", response={200: ReadingOut, 201: ReadingOut}, operation_id="read_file"
)
def read_file(
    request: HttpRequest, file: File[UploadedFile], charset: Form[str | None] = None
) -> Status[ReadingOut]:
    """Read a file of text, a web page, Word or PDF and keep it; known bytes answer 200."""
    return _read(request, file.read(), file.name or "", charset)


@router.get("/documents", response=list[DocumentOut], operation_id="list_documents")
def list_documents(request: HttpRequest) -> list[queries.DocumentLine]:
    """List the documents, the latest first."""
    return queries.list_documents(actor_of(request))


@router.get("/documents/{sha256}", response=ReadingOut, operation_id="get_document")
def get_document(request: HttpRequest, sha256: str) -> ReadingOut:
    """Return one document with its whole reading."""
    return _reading(queries.find_review(actor_of(request), sha256))


@router.get("/statements", response=list[StatementOut], operation_id="list_statements")
def list_statements(
    request: HttpRequest,
    state: State = "accepted",
    fact: str | None = None,
    document: str | None = None,
) -> list[StatementOut]:
    """List the statements in a state, of one fact type or one document where asked."""
    found = queries.list_statements(actor_of(request), state, fact=fact, sha256=document)
    return [_statement(item) for item in found]


@router.post(
    "/statements/{identifier}/decisions", response=StatementOut, operation_id="decide_statement"
)
def decide_statement(request: HttpRequest, identifier: str, body: DecisionIn) -> StatementOut:
    """Accept, edit or reject a statement, or undo the last decision on it."""
    if body.correction is not None:
        actions.edit_statement(actor_of(request), identifier, _correction(body.correction))
    else:
        ACTS[body.kind](actor_of(request), identifier)
    return _statement(queries.find_statement(actor_of(request), identifier))


def _correction(body: CorrectionIn) -> Correction:
    return Correction(
        subject=body.subject,
        value=body.value,
        quantity=body.quantity,
        qualifiers=body.qualifiers,
    )


def _read(
    request: HttpRequest, content: bytes, name: str, charset: str | None
) -> Status[ReadingOut]:
    document = actions.receive_document(
        actor_of(request), content=content, name=name, charset=charset
    )
    reading = _reading(queries.find_review(actor_of(request), document.sha256))
    return Status(200 if document.found_again else 201, reading)


def _reading(review: Review) -> ReadingOut:
    document, page = review.reading.document, review.reading.page
    return ReadingOut(
        sha256=document.sha256,
        name=document.name,
        size=document.size,
        charset=document.charset,
        form=document.form,  # type: ignore[arg-type]  # the database keeps what the engine said
        parts=list(document.parts),
        unread=list(document.unread),
        received_at=review.received_at,
        raw_text=document.raw_text,
        clean_text=document.clean_text,
        edits=list(document.edits),
        header=page.header,
        marks=list(page.marks),
        home=page.home,
        statements=[_statement(item) for item in review.items],
        unresolved=list(review.reading.unresolved),
    )


def _statement(item: Reviewed) -> StatementOut:
    return StatementOut(
        statement=item.statement,
        state=item.state,  # type: ignore[arg-type]  # the database keeps it to these three
        edited=item.edited,
        doubts=list(item.doubts),
        as_read=item.as_read,
    )
