"""The only writer of intake: a document is received, a statement decided on, a decision undone.

Every decision keeps what stood before and after it, in the same transaction as the change.
"""

import uuid
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from fenglian.data import tables
from fenglian.engine.intake.document import Document as ReadDocument
from fenglian.engine.intake.doubts import find_doubts
from fenglian.engine.intake.reading import Reading, read_document
from fenglian.engine.intake.statements import Statement as ReadStatement
from fenglian.engine.quantities import plain
from fenglian.web.intake import records
from fenglian.web.intake.corrections import Correction, check_correction
from fenglian.web.intake.models import Decision, Document, Statement

LONGEST_NAME = 255  # characters
MUTABLE = (
    "state",
    "subject",
    "value",
    "quantity",
    "qualifiers",
    "edited",
)  # what a decision may change


def receive_document(*, content: bytes, name: str, charset: str | None = None) -> Document:
    """Read a document and keep everything; the same bytes find the document that is kept.

    ``found_again`` of the result tells the two apart. Raises the engine's ``DocumentError``
    before anything is written.
    """
    known = Document.objects.filter(sha256=sha256(content).hexdigest()).first()
    if known is not None:
        known.found_again = True
        return known
    reading = read_document(content, name=tidy_name(name), tables=tables(), charset=charset)
    try:
        with transaction.atomic():
            return _keep(reading, content)
    except IntegrityError:  # the same bytes came twice at once; the other one is kept
        known = Document.objects.get(sha256=reading.document.sha256)
        known.found_again = True
        return known


def tidy_name(name: str) -> str:
    """Return a document's name without folders and control characters; it is shown, never opened."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip()
    return shown[-LONGEST_NAME:]


def _keep(reading: Reading, content: bytes) -> Document:
    document, page = reading.document, reading.page
    row = Document.objects.create(
        sha256=document.sha256,
        name=document.name,
        content=content,
        size=document.size,
        charset=document.charset,
        raw_text=document.raw_text,
        clean_text=document.clean_text,
        edits=records.EDITS.pack(document.edits),
        origins=records.pack_origins(document.origins),
        byte_starts=records.pack_starts(document.byte_starts),
        marks=records.MARKS.pack(page.marks),
        header=records.HEADER.pack(page.header),
        home=page.home,
        unresolved=records.FINDINGS.pack(reading.unresolved),
        versions={each.extractor: each.version for each in reading.statements},
        received_at=timezone.now(),
    )
    Statement.objects.bulk_create(
        _statement_row(row, place, statement, document)
        for place, statement in enumerate(reading.statements)
    )
    return row


def _statement_row(
    row: Document, place: int, statement: ReadStatement, document: ReadDocument
) -> Statement:
    return Statement(
        document=row,
        identifier=statement.id,
        place=place,
        fact=statement.fact,
        subject=statement.subject,
        property=statement.property,
        value=statement.value,
        quantity=records.QUANTITY.pack(statement.quantity),
        qualifiers=records.QUALIFIERS.pack(statement.qualifiers),
        words=statement.words,
        clean_start=statement.clean.start,
        clean_end=statement.clean.end,
        raw_start=statement.raw.start,
        raw_end=statement.raw.end,
        octets_start=statement.octets.start,
        octets_end=statement.octets.end,
        extractor=statement.extractor,
        version=statement.version,
        grade=statement.grade,
        standing=statement.standing,
        doubts=find_doubts(statement, document),
    )


@transaction.atomic
def accept_statement(identifier: str) -> None:
    """Accept a statement as it stands."""
    _decide(_locked(identifier), Decision.Kind.ACCEPT, state=Statement.State.ACCEPTED)


@transaction.atomic
def reject_statement(identifier: str) -> None:
    """Reject a statement; it stays on record."""
    _decide(_locked(identifier), Decision.Kind.REJECT, state=Statement.State.REJECTED)


@transaction.atomic
def edit_statement(identifier: str, correction: Correction) -> None:
    """Correct a statement and accept it so; its words and their place stay as they are.

    Where there is a quantity, the value is its figure. Raises the engine's ``CorrectionError``
    or ``QuantityError`` before anything is written.
    """
    row, quantity = _locked(identifier), correction.quantity
    now = _snapshot(row)
    first = row.decisions.filter(kind=Decision.Kind.EDIT).order_by("id").first()
    as_read = first.before if first is not None else now
    check_correction(correction, _correction(as_read), _correction(now))
    _decide(
        row,
        Decision.Kind.EDIT,
        state=Statement.State.ACCEPTED,
        subject=correction.subject,
        value=correction.value if quantity is None else plain(quantity.figure),
        quantity=records.QUANTITY.pack(quantity),
        qualifiers=records.QUALIFIERS.pack(correction.qualifiers),
        edited=True,
    )


@transaction.atomic
def accept_undoubted(sha256: str) -> int:
    """Accept all statements of a document that wait and raise no doubt; return how many."""
    Document.objects.only("id").get(sha256=sha256)  # raises where there is none
    rows = list(
        Statement.objects.select_for_update().filter(
            document__sha256=sha256, state=Statement.State.PROPOSED, doubts=[]
        )
    )
    batch = uuid.uuid4()
    for row in rows:
        _decide(row, Decision.Kind.ACCEPT, batch=batch, state=Statement.State.ACCEPTED)
    return len(rows)


@transaction.atomic
def undo_statement(identifier: str) -> int:
    """Undo the last decision on one statement that still stands; return how many were undone."""
    return _undo(_standing().filter(statement__identifier=identifier).order_by("-id")[:1])


@transaction.atomic
def undo_last(sha256: str) -> int:
    """Undo a document's last decision that still stands, with its batch; return how many."""
    Document.objects.only("id").get(sha256=sha256)  # raises where there is none
    standing = _standing().filter(statement__document__sha256=sha256)
    last = standing.order_by("id").last()
    if last is None:
        return 0
    return _undo([last] if last.batch is None else standing.filter(batch=last.batch))


def _standing() -> QuerySet[Decision]:
    return (
        Decision.objects.select_related("statement")
        .filter(undone_by=None)
        .exclude(kind=Decision.Kind.UNDO)
    )


def _undo(decisions: Iterable[Decision]) -> int:
    count = 0
    for decision in decisions:
        _decide(decision.statement, Decision.Kind.UNDO, undoes=decision, **decision.before)
        count += 1
    return count


def _locked(identifier: str) -> Statement:
    return Statement.objects.select_for_update().get(identifier=identifier)


def _decide(
    row: Statement,
    kind: Decision.Kind,
    *,
    batch: uuid.UUID | None = None,
    undoes: Decision | None = None,
    **changes: Any,
) -> None:
    before = _snapshot(row)
    for field, value in changes.items():
        setattr(row, field, value)
    after = _snapshot(row)
    if after == before:
        return  # the same key pressed twice decides nothing new
    row.save(update_fields=MUTABLE)
    Decision.objects.create(
        statement=row,
        kind=kind,
        before=before,
        after=after,
        batch=batch,
        undoes=undoes,
        decided_at=timezone.now(),
    )


def _correction(stands: dict[str, Any]) -> Correction:
    """Return what a snapshot says of a statement, to compare a correction with."""
    return Correction(
        subject=stands["subject"],
        value=stands["value"],
        quantity=records.QUANTITY.unpack(stands["quantity"]),
        qualifiers=records.QUALIFIERS.unpack(stands["qualifiers"]),
    )


def _snapshot(row: Statement) -> dict[str, Any]:
    return {field: getattr(row, field) for field in MUTABLE}
