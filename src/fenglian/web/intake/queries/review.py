"""What waits for whom, what contradicts what, and everything as lines of JSON. For an actor."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from fenglian.engine.intake.conflicts import MOST, find_conflicts
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.models import Decision, Document, Identity, Statement
from fenglian.web.intake.queries import Reviewed, reviewed_of
from fenglian.web.intake.rows import statement_of

PAGE = 50  # statements of the queue on one page
LEFT_OUT = ("content", "raw_text", "clean_text", "edits", "origins", "byte_starts", "marks")


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """What somebody said of two names, and whether it counts."""

    slug: str
    kind: str
    name: str
    other: str
    same: bool
    waits: bool  # for a second person
    mine: bool  # said by the one who asks
    by_correction: bool
    said_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of what waits, the most urgent first."""

    items: list[Reviewed]
    total: int  # on all pages
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The place of the first of these in the whole queue, from 1."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The place of the last of these."""
        return self.first + len(self.items) - 1


def list_queue(actor: Actor, *, second: bool = False, page: int = 1) -> Queue:
    """Return a page of the statements that wait, the most urgent first.

    ``second``: only those that another person accepted and that the actor may confirm.
    A page past the end is the last one: what waited there has been decided meanwhile.
    """
    require(actor, Act.READ)
    rows = Statement.objects.filter(
        document__alliance_id=actor.alliance.id, state=Statement.State.PROPOSED
    )
    if second:
        rows = rows.exclude(vouched_by=None).exclude(vouched_by=actor.user)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(page, pages)
    ordered = rows.order_by("-urgency", "document__received_at", "place", "id")
    items = reviewed_of(ordered[(page - 1) * PAGE : page * PAGE])
    return Queue(items, total, page, pages)


def list_conflicts(actor: Actor) -> list[list[Reviewed]]:
    """Return the groups of statements that contradict each other, rejected ones left out."""
    require(actor, Act.READ)
    rows = Statement.objects.filter(document__alliance_id=actor.alliance.id)
    rows = rows.exclude(state=Statement.State.REJECTED).exclude(quantity=None)
    found = reviewed_of(rows.order_by("-document__received_at", "place")[:MOST])
    by_number = {(each.statement.document, each.statement.id): each for each in found}
    conflicts = find_conflicts(each.statement for each in found)
    return [
        [by_number[each.document, each.id] for each in conflict.statements]
        for conflict in conflicts
    ]


def list_identities(actor: Actor) -> list[IdentityLine]:
    """Return everything that was said of names, what stands and what was taken back."""
    require(actor, Act.READ)
    rows = Identity.objects.filter(alliance_id=actor.alliance.id).order_by("-id")
    return [
        IdentityLine(
            slug=row.slug,
            kind=row.kind,
            name=row.name,
            other=row.other,
            same=row.same,
            waits=row.takes_two and row.seconded_by_id is None and row.withdrawn_at is None,
            mine=row.said_by_id == actor.user,
            by_correction=row.correction_of_id is not None,
            said_at=row.said_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    ]


def standing_identities(actor: Actor, kind: str) -> list[tuple[str, str, bool]]:
    """Return what counts now of one kind: (name, other, same), in the order it was said."""
    require(actor, Act.READ)
    rows = Identity.objects.filter(
        Q(takes_two=False) | Q(seconded_by__isnull=False),
        alliance_id=actor.alliance.id,
        kind=kind,
        withdrawn_at=None,
    )
    return list(rows.order_by("id").values_list("name", "other", "same"))


def count_to_second(actor: Actor) -> int:
    """Return how many statements and identities wait for this very person's confirmation."""
    if not may(actor, Act.SECOND):
        return 0
    statements = Statement.objects.filter(
        document__alliance_id=actor.alliance.id, state=Statement.State.PROPOSED
    )
    identities = Identity.objects.filter(
        alliance_id=actor.alliance.id, takes_two=True, seconded_by=None, withdrawn_at=None
    )
    return (
        statements.exclude(vouched_by=None).exclude(vouched_by=actor.user).count()
        + identities.exclude(said_by=actor.user).count()
    )


def write_lines(actor: Actor) -> Iterator[str]:
    """Yield the whole review as lines of JSON: documents, statements, decisions, identities.

    People are numbers; the bytes of documents have their own address.
    """
    require(actor, Act.READ)
    number = actor.alliance.id
    data = "synthetic" if actor.alliance.synthetic else "sourced"
    for row in Document.objects.filter(alliance_id=number).defer(*LEFT_OUT).order_by("id"):
        head = {"sha256": row.sha256, "name": row.name, "size": row.size, "charset": row.charset}
        yield _line("document", data, {**head, "header": row.header, "at": row.received_at})
    statements = Statement.objects.filter(document__alliance_id=number).order_by("id")
    shas = dict(Document.objects.filter(alliance_id=number).values_list("pk", "sha256"))
    for each in statements.iterator(chunk_size=500):
        yield _line("statement", data, _statement(each, shas[each.document_id]))
    decisions = Decision.objects.filter(statement__document__alliance_id=number).order_by("id")
    values = ("id", "statement__identifier", "kind", "before", "after", "undoes_id")
    for row in decisions.values(*values, "decided_by_id", "decided_at").iterator(chunk_size=500):
        row["statement"], row["act"] = row.pop("statement__identifier"), row.pop("kind")
        yield _line("decision", data, row)
    names = ("slug", "name", "other", "same", "takes_two", "said_by_id", "said_at")
    later = ("seconded_by_id", "seconded_at", "withdrawn_by_id", "withdrawn_at")
    identities = Identity.objects.filter(alliance_id=number).order_by("id")
    for row in identities.values("kind", *names, *later).iterator(chunk_size=500):
        row["about"] = row.pop("kind")
        yield _line("identity", data, row)


def _statement(row: Statement, sha256: str) -> dict[str, Any]:
    found = statement_of(row, sha256)
    return {
        "id": found.id,
        "document": sha256,
        "fact": found.fact,
        "subject": found.subject,
        "property": found.property,
        "value": found.value,
        "quantity": row.quantity,
        "qualifiers": row.qualifiers,
        "words": found.words,
        "clean": list(found.clean),
        "raw": list(found.raw),
        "octets": list(found.octets),
        "extractor": found.extractor,
        "version": found.version,
        "grade": found.grade,
        "standing": found.standing,
        "doubts": row.doubts,
        "state": row.state,
        "edited": row.edited,
        "urgency": row.urgency,
        "vouched_by_id": row.vouched_by_id,
    }


def _line(kind: str, data: str, record: dict[str, Any]) -> str:
    line = {"kind": kind, "data": data, **record}
    return json.dumps(line, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n"
