"""Members kept by programs: applications, steps, fees, certificates, yearly checks, who speaks for them.

Each goes through the action of the page's form, and every look is logged as there.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status, UploadedFile
from pydantic import Field

from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import actions, member_views, queries
from fenglian.web.alliance.api import MemberOut, get_member
from fenglian.web.alliance.application_api import ApplicationOut, get_application
from fenglian.web.alliance.application_api import router as applications
from fenglian.web.alliance.shapes import Essay, Grounds

router = Router(tags=["alliance"])
Name = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]
Word = Annotated[str, Field(max_length=20, pattern=r"^[a-z_]*$")]


class WantedIn(Schema):
    """What a unit asks for."""

    tier: Word
    delegate: Name
    title: Name = ""
    code: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    region: Annotated[str, Field(max_length=6, pattern=r"^[0-9]*$")] = ""
    words: Essay = ""


class StepIn(Schema):
    """A step, the words on which it rests, and its day; today where none is given."""

    name: Word
    words: Grounds = ""
    on: date | None = None


class FeeIn(Schema):
    """A fee that was paid; 0 yuan where none is asked, and why."""

    yuan: int = Field(ge=0, le=1_000_000_000)
    receipt: Name
    paid_on: date | None = None


class YearIn(Schema):
    """The outcome of a yearly check."""

    year: int = Field(ge=1980, le=2200)
    words: Grounds
    passed: bool


class TierIn(Schema):
    """Another tier."""

    tier: Word


class DelegateIn(Schema):
    """A person who speaks for a member."""

    name: Name
    title: Name = ""
    since: date | None = None


class DelegateOut(Schema):
    """A person who speaks for a member; ``left_on`` is null while that is so."""

    id: str
    name: str
    title: str
    since: date
    left_on: date | None


class OwingOut(Schema):
    """A member of whom something is outstanding; ``yuan`` a year is null: the charter does not say."""

    id: str
    name: str
    tier: str
    yuan: int | None
    fees: list[date]  # that fell due and are not noted
    total: int | None
    certificate: str
    valid_until: date | None
    late: bool


class ContactOut(Schema):
    """How to reach a person of a unit; empty: not said."""

    name: str
    title: str
    phone: str
    email: str


class EntryOut(Schema):
    """One member in the contact book; ``contacts`` is null where they are not open to the reader."""

    unit: str
    tier: str
    posts: list[str]
    delegates: list[str]
    contacts: list[ContactOut] | None


class BookOut(Schema):
    """The contact book, made for one reader."""

    synthetic: bool
    reader: str
    made_on: date
    entries: list[EntryOut]


@applications.post(
    "/units/{slug}/application", response={201: ApplicationOut}, operation_id="hand_in_application"
)
def hand_in_application(
    request: HttpRequest,
    slug: str,
    wanted: Form[WantedIn],
    application: File[list[UploadedFile]],
    licence: File[list[UploadedFile]],
    other: File[list[UploadedFile]] = [],  # noqa: B006  # ninja reads it as "may be left out"
) -> Status[ApplicationOut]:
    """Hand in an application with its papers, for one's own unit or as the secretariat."""
    actor = actor_of(request)
    queries.require_hand(actor, slug)
    papers = [
        *_handed("application", application),
        *_handed("licence", licence),
        *_handed("other", other),
    ]
    actions.apply(actor, slug, actions.Wanted(**wanted.dict()), papers)
    return Status(201, get_application(request, slug))


def _handed(kind: str, files: Iterable[UploadedFile]) -> list[actions.Handed]:
    return [actions.Handed(kind, each.name or "", each.read()) for each in files]


@router.post("/units/{slug}/steps", response=ApplicationOut, operation_id="take_step")
def take_step(request: HttpRequest, slug: str, body: StepIn) -> ApplicationOut:
    """Review, admit, refuse, take out, or leave; a unit itself may only leave."""
    actor = actor_of(request)
    queries.require_hand(actor, slug)
    actions.take_step(actor, slug, body.name, body.words, on=body.on)
    return get_application(request, slug)


@router.post("/members/{slug}/fees", response=ApplicationOut, operation_id="note_fee")
def note_fee(request: HttpRequest, slug: str, body: FeeIn) -> ApplicationOut:
    """Note the oldest fee that is owed as paid; for the secretariat."""
    actor = actor_of(request)
    queries.require_keeper(actor, slug)
    actions.note_fee(actor, slug, body.yuan, body.receipt, paid_on=body.paid_on)
    return get_application(request, slug)


@router.get("/members/{slug}/certificate", operation_id="get_certificate")
def get_certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a member's certificate as PDF; for the unit, the secretariat and the council."""
    return member_views.certificate(request, slug)


@router.post("/members/{slug}/certificate", response=MemberOut, operation_id="issue_certificate")
def issue_certificate(request: HttpRequest, slug: str) -> MemberOut:
    """Issue a member's certificate; for the secretariat."""
    actor = actor_of(request)
    queries.require_keeper(actor, slug)
    actions.issue_certificate(actor, slug)
    return get_member(request, slug)


@router.post("/members/{slug}/checks", response=ApplicationOut, operation_id="note_yearly_check")
def note_yearly_check(request: HttpRequest, slug: str, body: YearIn) -> ApplicationOut:
    """Keep the outcome of a yearly check; passed, the certificate holds for another year."""
    actor = actor_of(request)
    queries.require_keeper(actor, slug)
    actions.note_yearly_check(actor, slug, body.year, body.words, passed=body.passed)
    return get_application(request, slug)


@router.post("/members/{slug}/tier", response=MemberOut, operation_id="set_tier")
def set_tier(request: HttpRequest, slug: str, body: TierIn) -> MemberOut:
    """Give a member another tier; for the secretariat."""
    actor = actor_of(request)
    queries.require_keeper(actor, slug)
    actions.set_tier(actor, slug, body.tier)
    return get_member(request, slug)


@router.get("/members/{slug}/delegates", response=list[DelegateOut], operation_id="list_delegates")
def list_delegates(request: HttpRequest, slug: str) -> list[DelegateOut]:
    """List who speaks for a member, and who did."""
    found = queries.find_member(actor_of(request), slug).delegates
    return [
        DelegateOut(
            id=each.slug, name=each.name, title=each.title, since=each.since, left_on=each.left_on
        )
        for each in found
    ]


@router.post(
    "/members/{slug}/delegates", response={201: list[DelegateOut]}, operation_id="add_delegate"
)
def add_delegate(request: HttpRequest, slug: str, body: DelegateIn) -> Status[list[DelegateOut]]:
    """Name a person who speaks for a member: its own people, and the secretariat."""
    actor = actor_of(request)
    queries.require_hand(actor, slug)
    actions.add_delegate(actor, slug, body.name, body.title, since=body.since)
    return Status(201, list_delegates(request, slug))


@router.post(
    "/members/{slug}/delegates/{row}/end",
    response=list[DelegateOut],
    operation_id="end_delegate",
)
def end_delegate(request: HttpRequest, slug: str, row: str) -> list[DelegateOut]:
    """Note that a person speaks for a member no more: its own people, and the secretariat."""
    actor = actor_of(request)
    queries.require_hand(actor, slug)
    actions.end_delegate(actor, slug, row)
    return list_delegates(request, slug)


@router.get("/owing", response=list[OwingOut], operation_id="list_owing")
def list_owing(request: HttpRequest) -> list[OwingOut]:
    """List the members that owe a fee, a certificate or a yearly check; for the secretariat."""
    return [
        OwingOut(
            id=each.line.slug,
            name=each.line.name,
            tier=each.line.tier,
            yuan=each.yuan,
            fees=list(each.fees),
            total=each.total,
            certificate=each.line.certificate,
            valid_until=each.line.valid_until,
            late=each.late,
        )
        for each in queries.list_owing(actor_of(request))
    ]


@router.get("/contacts", response=BookOut, operation_id="get_contact_book")
def get_contact_book(request: HttpRequest) -> BookOut:
    """Return the contact book as the reader may have it; looks at contacts are logged."""
    book = queries.make_book(actor_of(request))
    return BookOut(
        synthetic=book.synthetic,
        reader=book.reader,
        made_on=book.made_on,
        entries=[
            EntryOut(
                unit=each.unit,
                tier=each.tier.en,
                posts=list(each.posts),
                delegates=list(each.delegates),
                contacts=None
                if each.contacts is None
                else [
                    ContactOut(name=one.name, title=one.title, phone=one.phone, email=one.email)
                    for one in each.contacts
                ],
            )
            for each in book.entries
        ],
    )
