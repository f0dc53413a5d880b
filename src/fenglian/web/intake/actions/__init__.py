"""The only writer of intake: a document is received, a statement decided on, a decision undone.

Every decision keeps who made it and what stood before and after, in the same transaction as the
change; whoever listens to ``signals`` writes in that transaction too.
"""

import uuid
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from fenglian.data import tables
from fenglian.engine.intake.document import Document as ReadDocument
from fenglian.engine.intake.doubts import find_doubts
from fenglian.engine.intake.hints import Gazetteer
from fenglian.engine.intake.mentions.hinted import UNSTATED
from fenglian.engine.intake.reading import Reading, read_document
from fenglian.engine.intake.statements import Statement as ReadStatement
from fenglian.engine.intake.suggestions import prepare_question, read_answer, write_prompt
from fenglian.engine.intake.weight import WEIGHTY, needs_two_persons, urgency
from fenglian.engine.quantities import plain
from fenglian.outside.documents import extract_text
from fenglian.outside.model import Endpoint, ask_model
from fenglian.outside.model_faults import ModelMalformed, ModelOff
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake import records
from fenglian.web.intake.actions.identities import (
    keep_alias,
    second_identity,
    state_identity,
    withdraw_alias,
    withdraw_identity,
    withdraw_pair,
)
from fenglian.web.intake.corrections import Correction, check_correction
from fenglian.web.intake.faults import AnotherPersonNeeded, NothingToConfirm
from fenglian.web.intake.models import Decision, Document, Identity, Statement
from fenglian.web.intake.queries.review import standing_identities
from fenglian.web.intake.rows import statement_of
from fenglian.web.intake.signals import names_wanted, statements_decided

__all__ = [
    "LONGEST_NAME",
    "accept_statement",
    "accept_undoubted",
    "ask_for_suggestions",
    "edit_statement",
    "receive_document",
    "reject_statement",
    "second_identity",
    "second_statement",
    "state_identity",
    "tidy_name",
    "undo_last",
    "undo_statement",
    "withdraw_identity",
    "withdraw_pair",
]
LONGEST_NAME = 255  # characters
MUTABLE = (
    "state",
    "subject",
    "value",
    "quantity",
    "qualifiers",
    "edited",
    "vouched_by_id",
)  # what a decision may change


def receive_document(
    actor: Actor, *, content: bytes, name: str, charset: str | None = None
) -> Document:
    """Read a document and keep everything; the same bytes find the document that is kept.

    ``found_again`` of the result tells the two apart. Raises the engine's ``DocumentError``
    before anything is written.
    """
    require(actor, Act.RECEIVE)
    own = Document.objects.filter(alliance_id=actor.alliance.id)
    known = own.filter(sha256=sha256(content).hexdigest()).first()
    if known is not None:
        known.found_again = True
        return known
    shown = tidy_name(name)
    reading = _read(content, shown, charset, gazetteer=_known_names(actor), ner=settings.NER)
    try:
        with transaction.atomic():
            return _keep(actor, reading, content)
    except IntegrityError:  # the same bytes came twice at once; the other one is kept
        known = own.get(sha256=reading.document.sha256)
        known.found_again = True
        return known


def ask_for_suggestions(actor: Actor, sha256: str) -> tuple[int, int]:
    """Let the model that the operator switched on suggest relations of one document.

    Returns how many suggestions were kept and how many were dropped. Raises ``ModelFault``;
    nothing is sent where no model is switched on.
    """
    require(actor, Act.DECIDE)
    endpoint = Endpoint(settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY)
    if not endpoint.url or not endpoint.model:
        raise ModelOff
    row = Document.objects.get(alliance_id=actor.alliance.id, sha256=sha256)
    # Read anew from the bytes as they came: what is sent rests on nothing that was edited since.
    reading = _read(bytes(row.content), row.name, row.charset, gazetteer=None, ner=False)
    document, page = reading.document, reading.page
    if document.clean_text != row.clean_text:
        raise ModelMalformed  # read by an older version: places would not hold
    question = prepare_question(page)
    # Asked before the transaction begins: a slow model holds no lock.
    answer = (
        ask_model(endpoint, write_prompt(question)) if question.passages else '{"proposals": []}'
    )
    found = read_answer(answer, question, document, page, model=settings.MODEL_NAME[:80])
    with transaction.atomic():
        known = set(row.statements.values_list("identifier", flat=True))
        fresh = [each for each in found.statements if each.id not in known]
        place = row.statements.count()
        Statement.objects.bulk_create(
            _statement_row(row, place + number, each, document) for number, each in enumerate(fresh)
        )
    return len(fresh), len(found.dropped) + len(found.statements) - len(fresh)


def _read(
    content: bytes, name: str, charset: str | None, *, gazetteer: Gazetteer | None, ner: bool
) -> Reading:
    extract = extract_text(content, name, charset)  # in a child with limits
    return read_document(
        content,
        name=name,
        tables=tables(),
        charset=charset,
        extract=extract,
        gazetteer=gazetteer,
        ner=ner,
    )


def _known_names(actor: Actor) -> Gazetteer:
    """Return the organisations that the registry has, and the aliases that were reviewed."""
    named: list[tuple[str, str]] = []
    for _receiver, names in names_wanted.send(sender=Document, actor=actor):
        named.extend(cast("list[tuple[str, str]]", names))
    kinds = dict(named)
    said = standing_identities(actor, Identity.Kind.ORGANISATION)
    named.extend((name, kinds.get(other, UNSTATED)) for name, other, same in said if same)
    return Gazetteer(named)


def tidy_name(name: str) -> str:
    """Return a document's name without folders and control characters; it is shown, never opened."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip()
    return shown[-LONGEST_NAME:]


def _keep(actor: Actor, reading: Reading, content: bytes) -> Document:
    document, page = reading.document, reading.page
    row = Document.objects.create(
        alliance_id=actor.alliance.id,
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
        form=document.form,
        parts=records.pack_parts(document.parts),
        unread=list(document.unread),
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
    doubts = find_doubts(statement, document)
    if needs_two_persons(statement, settings.TWO_PERSONS_FROM):
        doubts.append(WEIGHTY)
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
        doubts=doubts,
        urgency=urgency(statement, doubts),
    )


@transaction.atomic
def accept_statement(actor: Actor, identifier: str) -> None:
    """Accept a statement as it stands; where it takes two persons, the first only vouches for it."""
    row = _locked(actor, identifier)
    if row.state != Statement.State.ACCEPTED and _takes_two(row):
        if row.vouched_by_id == actor.user:
            raise AnotherPersonNeeded(what=row.words)
        if row.vouched_by_id is None:
            kind, state = Decision.Kind.ACCEPT, Statement.State.PROPOSED
            _decide(actor, row, kind, state=state, vouched_by_id=actor.user)
            return
    _decide(actor, row, Decision.Kind.ACCEPT, state=Statement.State.ACCEPTED)
    _tell(actor)


@transaction.atomic
def second_statement(actor: Actor, identifier: str) -> None:
    """Confirm what another person accepted first."""
    require(actor, Act.SECOND)
    row = _own(actor).select_for_update(of=("self",)).get(identifier=identifier)
    if row.state != Statement.State.PROPOSED or row.vouched_by_id is None:
        raise NothingToConfirm(what=row.words)
    if row.vouched_by_id == actor.user:
        raise AnotherPersonNeeded(what=row.words)
    _decide(actor, row, Decision.Kind.ACCEPT, state=Statement.State.ACCEPTED)
    _tell(actor)


def _takes_two(row: Statement) -> bool:
    return needs_two_persons(statement_of(row, ""), settings.TWO_PERSONS_FROM)


@transaction.atomic
def reject_statement(actor: Actor, identifier: str) -> None:
    """Reject a statement; it stays on record."""
    row = _locked(actor, identifier)
    rejected = Statement.State.REJECTED
    _decide(actor, row, Decision.Kind.REJECT, state=rejected, vouched_by_id=None)
    _tell(actor)


@transaction.atomic
def edit_statement(actor: Actor, identifier: str, correction: Correction) -> None:
    """Correct a statement and accept it so; its words and their place stay as they are.

    Where there is a quantity, the value is its figure. Raises the engine's ``CorrectionError``
    or ``QuantityError`` before anything is written.
    """
    row, quantity = _locked(actor, identifier), correction.quantity
    now = _snapshot(row)
    first = row.decisions.filter(kind=Decision.Kind.EDIT).order_by("id").first()
    as_read = first.before if first is not None else now
    check_correction(correction, _correction(as_read), _correction(now))
    stands = {
        "subject": correction.subject,
        "value": correction.value if quantity is None else plain(quantity.figure),
        "quantity": records.QUANTITY.pack(quantity),
        "qualifiers": records.QUALIFIERS.pack(correction.qualifiers),
    }
    takes_two = _takes_two(Statement(**_fields(row) | stands)) or _takes_two(row)
    _decide(
        actor,
        row,
        Decision.Kind.EDIT,
        state=Statement.State.PROPOSED if takes_two else Statement.State.ACCEPTED,
        vouched_by_id=actor.user if takes_two else None,
        edited=True,
        **stands,
    )
    keep_alias(actor, row, as_read["value"], correction.value)
    _tell(actor)


@transaction.atomic
def accept_undoubted(actor: Actor, sha256: str) -> int:
    """Accept all statements of a document that wait and raise no doubt; return how many."""
    require(actor, Act.DECIDE)
    _find_document(actor, sha256)
    rows = list(
        _own(actor)
        .select_for_update(of=("self",))
        .filter(document__sha256=sha256, state=Statement.State.PROPOSED, doubts=[])
    )
    rows = [row for row in rows if not _takes_two(row)]
    batch = uuid.uuid4()
    for row in rows:
        _decide(actor, row, Decision.Kind.ACCEPT, batch=batch, state=Statement.State.ACCEPTED)
    _tell(actor)
    return len(rows)


@transaction.atomic
def undo_statement(actor: Actor, identifier: str) -> int:
    """Undo the last decision on one statement that still stands; return how many were undone."""
    last = _standing(actor).filter(statement__identifier=identifier).order_by("-id")[:1]
    return _undo(actor, last)


@transaction.atomic
def undo_last(actor: Actor, sha256: str) -> int:
    """Undo a document's last decision that still stands, with its batch; return how many."""
    _find_document(actor, sha256)
    standing = _standing(actor).filter(statement__document__sha256=sha256)
    last = standing.order_by("id").last()
    if last is None:
        return 0
    return _undo(actor, [last] if last.batch is None else standing.filter(batch=last.batch))


def _find_document(actor: Actor, sha256: str) -> Document:
    """Return the alliance's own document; raises where there is none."""
    return Document.objects.only("id").get(alliance_id=actor.alliance.id, sha256=sha256)


def _own(actor: Actor) -> QuerySet[Statement]:
    return Statement.objects.filter(document__alliance_id=actor.alliance.id)


def _standing(actor: Actor) -> QuerySet[Decision]:
    require(actor, Act.DECIDE)
    return (
        Decision.objects.select_related("statement")
        .filter(undone_by=None, statement__document__alliance_id=actor.alliance.id)
        .exclude(kind=Decision.Kind.UNDO)
    )


def _undo(actor: Actor, decisions: Iterable[Decision]) -> int:
    count = 0
    for decision in decisions:
        row = decision.statement
        _decide(actor, row, Decision.Kind.UNDO, undoes=decision, **decision.before)
        if decision.kind == Decision.Kind.EDIT:
            withdraw_alias(actor, row)
        count += 1
    _tell(actor)
    return count


def _locked(actor: Actor, identifier: str) -> Statement:
    require(actor, Act.DECIDE)
    return _own(actor).select_for_update(of=("self",)).get(identifier=identifier)


def _tell(actor: Actor) -> None:
    statements_decided.send(sender=Statement, actor=actor)


def _decide(
    actor: Actor,
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
        decided_by_id=actor.user,
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


def _fields(row: Statement) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields}


def _snapshot(row: Statement) -> dict[str, Any]:
    return {field: getattr(row, field) for field in MUTABLE}
