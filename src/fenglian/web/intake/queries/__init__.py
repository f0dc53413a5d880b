"""What does intake remember, as engine values and as lists to show? Always for an actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from fenglian.engine.intake.document import Document as ReadDocument
from fenglian.engine.intake.page import Header, Page
from fenglian.engine.intake.reading import Reading
from fenglian.engine.intake.statements import Statement as ReadStatement
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake import records
from fenglian.web.intake.models import Decision, Document, Statement
from fenglian.web.intake.rows import statement_of
from fenglian.web.sql import fetch

STATES = tuple(Statement.State.values)
STATE_LABELS = dict(Statement.State.choices)
COUNT_WAITING = """
    SELECT count(*) FROM intake_document d JOIN intake_statement s ON s.document_id = d.id
    WHERE d.alliance_id = %s AND s.state = %s"""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list: what it is and how far its review has come."""

    sha256: str
    name: str
    title: str
    source: str | None
    published: str | None
    received_at: datetime
    size: int  # bytes
    statements: int
    proposed: int
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A statement as it stands now, and how it came to stand so."""

    statement: ReadStatement
    state: str
    edited: bool
    doubts: tuple[str, ...]
    as_read: ReadStatement | None  # what the engine had read, where a person changed it
    vouched_by: int | None  # who accepted it first, where a second person is still wanted
    urgency: int  # impact × doubt
    document_name: str
    document_title: str
    published: str | None  # when the document says that it was published


@dataclass(frozen=True, slots=True)
class Review:
    """A document with everything that was read in it and decided about it."""

    reading: Reading  # its statements are as they stand now
    items: tuple[Reviewed, ...]
    received_at: datetime
    undoable: bool

    def count(self, state: str) -> int:
        """Return how many statements are in a state."""
        return sum(1 for item in self.items if item.state == state)

    @property
    def undoubted(self) -> int:
        """How many statements wait that raise no doubt."""
        return sum(1 for item in self.items if item.state == "proposed" and not item.doubts)


def count_waiting(actor: Actor) -> int:
    """Return how many statements wait for a person."""
    require(actor, Act.READ)
    [[count]] = fetch(COUNT_WAITING, (actor.alliance.id, Statement.State.PROPOSED))
    return int(count)


def _documents(actor: Actor) -> QuerySet[Document]:
    require(actor, Act.READ)
    return Document.objects.filter(alliance_id=actor.alliance.id)


def _statements(actor: Actor) -> QuerySet[Statement]:
    require(actor, Act.READ)
    return Statement.objects.filter(document__alliance_id=actor.alliance.id)


def list_documents(actor: Actor) -> list[DocumentLine]:
    """Return all documents, the latest first."""
    rows = (
        _documents(actor)
        .defer(
            "content", "raw_text", "clean_text", "edits", "origins", "byte_starts", "marks", "parts"
        )
        .annotate(
            all_statements=Count("statements"),
            **{state: Count("statements", filter=Q(statements__state=state)) for state in STATES},
        )
    )
    return [_document_line(row) for row in rows]


def _document_line(row: Document) -> DocumentLine:
    header = records.HEADER.unpack(row.header)
    counts = vars(row)
    return DocumentLine(
        sha256=row.sha256,
        name=row.name,
        title=title_of(header, row.name),
        source=header.source.value if header.source else None,
        published=header.published.value if header.published else None,
        received_at=row.received_at,
        size=row.size,
        statements=counts["all_statements"],
        proposed=counts["proposed"],
        accepted=counts["accepted"],
        rejected=counts["rejected"],
    )


def title_of(header: Header, name: str) -> str:
    """Return the headline of a page; where it has none, what its sender called it."""
    return header.title.value if header.title else name


def next_document(actor: Actor, sha256: str) -> str | None:
    """Return the document, other than this one, whose statements have waited longest."""
    waiting = (
        _documents(actor)
        .filter(statements__state=Statement.State.PROPOSED)
        .exclude(sha256=sha256)
        .order_by("received_at", "id")
    )
    return waiting.values_list("sha256", flat=True).first()


def original_bytes(actor: Actor, sha256: str) -> tuple[str, bytes]:
    """Return a document's name and its bytes as they were received."""
    row = _documents(actor).only("name", "content").get(sha256=sha256)
    return row.name, bytes(row.content)


def find_review(actor: Actor, sha256: str) -> Review:
    """Return a document with its reading and its review."""
    row = _documents(actor).defer("content").get(sha256=sha256)
    items = tuple(_reviewed(each, row) for each in _with_history(row.statements.all()))
    standing = Decision.objects.filter(statement__document=row, undone_by=None)
    return Review(
        reading=_reading(row, items),
        items=items,
        received_at=row.received_at,
        undoable=standing.exclude(kind=Decision.Kind.UNDO).exists(),
    )


def find_statement(actor: Actor, identifier: str) -> Reviewed:
    """Return one statement with its review."""
    rows = _with_history(_with_document(_statements(actor).filter(identifier=identifier)))
    row = rows.get()
    return _reviewed(row, row.document)


def list_statements(
    actor: Actor, state: str, *, fact: str | None = None, sha256: str | None = None
) -> list[Reviewed]:
    """Return the statements in a state, those of the latest document first."""
    rows = _statements(actor).filter(state=state)
    if fact:
        rows = rows.filter(fact=fact)
    if sha256:
        rows = rows.filter(document__sha256=sha256)
    rows = _with_history(_with_document(rows)).order_by("-document__received_at", "place")
    return [_reviewed(row, row.document) for row in rows]


def reviewed_of(rows: QuerySet[Statement]) -> list[Reviewed]:
    """Return statements of several documents with their review, in the order of the rows."""
    return [_reviewed(row, row.document) for row in _with_history(_with_document(rows))]


def count_facts(actor: Actor, state: str) -> dict[str, int]:
    """Return how many statements of each fact type are in a state."""
    counts = _statements(actor).filter(state=state).order_by().values_list("fact")
    return dict(counts.annotate(Count("id")))


def _with_document(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    return rows.select_related("document").defer(
        *(f"document__{field}" for field in ("content", "raw_text", "clean_text", "edits")),
        *(f"document__{field}" for field in ("origins", "byte_starts", "marks", "unresolved")),
        "document__parts",
    )


def _with_history(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    edits = Decision.objects.filter(kind=Decision.Kind.EDIT).order_by("id")
    return rows.prefetch_related(Prefetch("decisions", queryset=edits, to_attr="corrections"))


def _reviewed(row: Statement, document: Document) -> Reviewed:
    now = statement_of(row, document.sha256)
    corrections: list[Decision] = vars(row)["corrections"]
    header = records.HEADER.unpack(document.header)
    return Reviewed(
        statement=now,
        state=row.state,
        edited=row.edited,
        doubts=tuple(row.doubts),
        as_read=_as_read(row, document.sha256, corrections) if row.edited else None,
        vouched_by=row.vouched_by_id if row.state == Statement.State.PROPOSED else None,
        urgency=row.urgency,
        document_name=document.name,
        document_title=title_of(header, document.name),
        published=header.published.value if header.published else None,
    )


def _as_read(row: Statement, sha256: str, corrections: list[Decision]) -> ReadStatement:
    first = Statement(**{field.attname: getattr(row, field.attname) for field in row._meta.fields})
    for field, value in corrections[0].before.items():
        setattr(first, field, value)
    return statement_of(first, sha256)


def _reading(row: Document, items: tuple[Reviewed, ...]) -> Reading:
    document = ReadDocument(
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        charset=row.charset,
        raw_text=row.raw_text,
        clean_text=row.clean_text,
        edits=records.EDITS.unpack(row.edits),
        origins=records.unpack_origins(row.origins),
        byte_starts=records.unpack_starts(row.byte_starts),
        form=row.form,
        parts=records.unpack_parts(row.parts),
        unread=tuple(row.unread),
    )
    page = Page(
        text=row.clean_text,
        header=records.HEADER.unpack(row.header),
        marks=records.MARKS.unpack(row.marks),
        home=row.home,
    )
    return Reading(
        document=document,
        page=page,
        statements=tuple(item.statement for item in items),
        unresolved=records.FINDINGS.unpack(row.unresolved),
    )


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything accepted in an alliance, and what the registry must know of its documents."""

    statements: tuple[ReadStatement, ...]
    homes: dict[str, str]  # sha256 → GB/T 2260 code of the province of its source
    days: dict[str, str]  # sha256 → ISO date of publication
    texts: dict[str, str]  # sha256 → clean text


def accepted_sources(actor: Actor) -> Sources:
    """Return what is accepted, with the province, day and text of each document."""
    rows = _statements(actor).filter(state=Statement.State.ACCEPTED)
    documents = {
        row.pk: row
        for row in _documents(actor)
        .filter(statements__state=Statement.State.ACCEPTED)
        .only("sha256", "header", "home", "clean_text")
        .distinct()
    }
    days = {
        row.sha256: header.published.value[:10]
        for row in documents.values()
        if (header := records.HEADER.unpack(row.header)).published
    }
    return Sources(
        statements=tuple(statement_of(row, documents[row.document_id].sha256) for row in rows),
        homes={row.sha256: row.home for row in documents.values() if row.home},
        days=days,
        texts={row.sha256: row.clean_text for row in documents.values()},
    )


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one statement stands, for a mark that leads there."""

    identifier: str
    document: str  # sha256
    number: int  # of the document in the alliance, from 1 in the order of receipt
    title: str
    grade: str
    fact: str
    property: str
    words: str


def find_provenance(actor: Actor, identifiers: Iterable[str]) -> dict[str, Provenance]:
    """Return where statements stand, by their identifier; others are left out."""
    wanted = set(identifiers)
    if not wanted:
        return {}
    documents = _documents(actor).order_by("id").only("sha256", "header", "name")
    numbered = {row.pk: (number, row) for number, row in enumerate(documents, start=1)}
    titles: dict[int, str] = {}
    found: dict[str, Provenance] = {}
    rows = _statements(actor).filter(identifier__in=wanted)
    for row in rows.only("identifier", "document_id", "grade", "fact", "property", "words"):
        number, document = numbered[row.document_id]
        if row.document_id not in titles:
            header = records.HEADER.unpack(document.header)
            titles[row.document_id] = title_of(header, document.name)
        found[row.identifier] = Provenance(
            identifier=row.identifier,
            document=document.sha256,
            number=number,
            title=titles[row.document_id],
            grade=row.grade,
            fact=row.fact,
            property=row.property,
            words=row.words,
        )
    return found
