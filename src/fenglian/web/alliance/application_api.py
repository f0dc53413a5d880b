"""Ways into the alliance, for programs: who waits, and what one unit handed in.

For the unit itself, the secretariat and the council; each look is logged, as on the page.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema

from fenglian.engine.labels import Label
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import queries
from fenglian.web.alliance.queries import ApplicationView
from fenglian.web.alliance.shapes import fields_of

router = Router(tags=["alliance"])


class WaitingOut(Schema):
    """A unit that is on its way in."""

    id: str
    name: str
    state: str
    since: date
    tier: str


class WaitingsOut(Schema):
    """The units that are on their way in."""

    synthetic: bool
    applications: list[WaitingOut]


class AskedOut(Schema):
    """What a unit asks for."""

    tier: str
    code: str
    region: str
    delegate: str
    title: str
    words: str
    applied_at: datetime


class PaperOut(Schema):
    """A file that was handed in; the file itself is handed out by the page."""

    id: str
    kind: str
    name: str
    size: int  # bytes
    sha256: str
    added_at: datetime


class FindingOut(Schema):
    """One thing that was looked at."""

    name: str
    label: Label
    outcome: str
    words: Label


class TakenOut(Schema):
    """A step that was taken, and on what it rests."""

    id: str
    name: str
    taken_on: date
    evidence: Mapping[str, str]


class FeeOut(Schema):
    """A fee that was noted."""

    due_on: date
    yuan: int
    paid_on: date
    receipt: str


class YearlyCheckOut(Schema):
    """A yearly check."""

    year: int
    passed: bool
    words: str
    checked_on: date


class ApplicationOut(Schema):
    """A unit's way in; ``state`` is null where it has not applied."""

    synthetic: bool
    id: str
    name: str
    state: str | None
    since: date | None
    member_since: date | None
    open_steps: list[str]
    asked: AskedOut | None
    papers: list[PaperOut]
    checks: list[FindingOut]
    steps: list[TakenOut]
    fees: list[FeeOut]
    years: list[YearlyCheckOut]


@router.get("/applications", response=WaitingsOut, operation_id="list_applications")
def list_applications(request: HttpRequest) -> WaitingsOut:
    """List the units that are on their way in; for those who judge them."""
    actor = actor_of(request)
    require(actor, Act.JUDGE)
    lines = queries.list_applications(actor)
    return WaitingsOut(
        synthetic=actor.alliance.synthetic,
        applications=[WaitingOut(**fields_of(line, WaitingOut)) for line in lines],
    )


@router.get("/units/{slug}/application", response=ApplicationOut, operation_id="get_application")
def get_application(request: HttpRequest, slug: str) -> ApplicationOut:
    """Return what a unit handed in, what was found about it, and where it stands."""
    actor = actor_of(request)
    return _application(queries.find_begun(actor, slug), synthetic=actor.alliance.synthetic)


def _application(view: ApplicationView, *, synthetic: bool) -> ApplicationOut:
    now, asked = view.membership, view.asked
    return ApplicationOut(
        synthetic=synthetic,
        id=view.slug,
        name=view.name,
        state=now.state,
        since=now.since,
        member_since=now.member_since,
        open_steps=list(now.open_steps),
        asked=AskedOut(**{name: getattr(asked, name) for name in AskedOut.model_fields})
        if asked
        else None,
        papers=[PaperOut(**fields_of(each, PaperOut)) for each in view.papers],
        checks=[
            FindingOut(name=each.name, label=each.label, outcome=each.outcome, words=each.words)
            for each in view.checks
        ],
        steps=[TakenOut(**fields_of(each, TakenOut)) for each in view.steps],
        fees=[
            FeeOut(due_on=each.due_on, yuan=each.yuan, paid_on=each.paid_on, receipt=each.receipt)
            for each in view.fees
        ],
        years=[
            YearlyCheckOut(
                year=each.year, passed=each.passed, words=each.words, checked_on=each.checked_on
            )
            for each in view.years
        ],
    )
