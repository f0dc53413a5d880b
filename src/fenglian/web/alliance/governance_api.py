"""How the alliance governs itself, for programs: charter, elections, votes, the year's self-score.

A program reads here. A vote and a slip are given by a person, on the page.
"""

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from fenglian.engine.alliance.charter import Change, spell_charter
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import queries
from fenglian.web.alliance.api import ResolutionOut
from fenglian.web.alliance.queries import ElectionView
from fenglian.web.alliance.shapes import Slug, fields_of

router = Router(tags=["alliance"])


class CharterOut(Schema):
    """A version of the charter; ``until`` is null where no later one is on record."""

    id: str
    title: str
    since: date
    until: date | None
    standing: Literal["in force", "to come", "past"]
    resolution: str
    grounds: str


class ChartersOut(Schema):
    """The versions of the charter, the latest first; without any the model charter holds."""

    synthetic: bool
    numbers: dict[str, str]  # that are counted by today
    charters: list[CharterOut]


class ParagraphOut(Schema):
    """A paragraph, and what became of it since the other version."""

    change: Change
    text: str


class NumberOut(Schema):
    """A number that two versions say differently."""

    name: str
    before: str
    after: str


class CharterTextOut(Schema):
    """A version with its text and numbers, held against another one."""

    charter: CharterOut
    text: str
    numbers: dict[str, str]
    against: str | None
    changes: list[ParagraphOut]
    changed: list[NumberOut]


class ElectionOut(Schema):
    """An election; ``seats_open`` is null until it is counted."""

    id: str
    title: str
    post: str
    of_persons: bool
    seats: int
    body: str
    way: str
    since: date
    years: int
    opened_at: datetime
    closed_at: datetime | None
    seats_open: int | None


class ElectionsOut(Schema):
    """Elections, the newest first."""

    synthetic: bool
    elections: list[ElectionOut]


class CandidateOut(Schema):
    """Who stands; ``votes`` is null until the election is counted."""

    id: str
    unit: str
    person: str
    votes: int | None
    elected: bool
    tied: bool


class CountOut(Schema):
    """How an election was counted; units and slips, never who gave which."""

    units: int
    present: int
    quorate: bool
    slips: int
    needed: int


class ElectionWholeOut(Schema):
    """One election; ``given`` slips lie in the box, ``has_voted`` speaks of the own unit."""

    election: ElectionOut
    tier: str
    charter: str
    meeting: str
    candidates: list[CandidateOut]
    entitled: int
    given: int
    has_voted: bool
    may_vote: bool
    count: CountOut | None


class BallotOut(Schema):
    """How a unit voted on record; null: it has not."""

    unit: str
    choice: str | None


class ResolutionWholeOut(Schema):
    """One resolution with the votes that were given on record."""

    resolution: ResolutionOut
    entitled: int
    ballots: list[BallotOut]
    may_vote: bool


class LackOut(Schema):
    """What was not done; null: nothing is on record either way."""

    name: str
    label: Label
    done: bool | None


class PartOut(Schema):
    """A part of the score; null ends: nothing of it is on record."""

    part: str
    weight: int
    low: float | None
    high: float | None
    missing: list[LackOut]


class ActivityOut(Schema):
    """The self-score of the last twelve months; ``band`` is null where its ends lie in two."""

    synthetic: bool
    low: int
    high: int
    band: str | None
    parts: list[PartOut]


@router.get("/charters", response=ChartersOut, operation_id="list_charters")
def list_charters(request: HttpRequest) -> ChartersOut:
    """List the versions of the charter, and the numbers that are counted by today."""
    actor = actor_of(request)
    lines = queries.list_charters(actor)
    return ChartersOut(
        synthetic=actor.alliance.synthetic,
        numbers=spell_charter(queries.rules_on(actor.alliance.id).numbers),
        charters=[CharterOut(**fields_of(line, CharterOut)) for line in lines],
    )


@router.get("/charters/{slug}", response=CharterTextOut, operation_id="get_charter")
def get_charter(request: HttpRequest, slug: str, against: Slug = "") -> CharterTextOut:
    """Return a version of the charter and what it changed: in the one before, or in another one."""
    view = queries.find_charter(actor_of(request), slug, against)
    return CharterTextOut(
        charter=CharterOut(**fields_of(view.line, CharterOut)),
        text=view.text,
        numbers=spell_charter(view.numbers),
        against=view.against.slug if view.against else None,
        changes=[ParagraphOut(change=change, text=text) for change, text in view.changes],
        changed=[
            NumberOut(name=name, before=before, after=after) for name, before, after in view.changed
        ],
    )


@router.get("/elections", response=ElectionsOut, operation_id="list_elections")
def list_elections(request: HttpRequest) -> ElectionsOut:
    """List the elections."""
    actor = actor_of(request)
    lines = queries.list_elections(actor)
    return ElectionsOut(
        synthetic=actor.alliance.synthetic,
        elections=[ElectionOut(**fields_of(line, ElectionOut)) for line in lines],
    )


@router.get("/elections/{slug}", response=ElectionWholeOut, operation_id="get_election")
def get_election(request: HttpRequest, slug: str) -> ElectionWholeOut:
    """Return one election: who stands, and after its count how it came out."""
    view = queries.find_election(actor_of(request), slug)
    return ElectionWholeOut(
        election=ElectionOut(**fields_of(view.line, ElectionOut)),
        tier=view.tier,
        charter=view.charter,
        meeting=view.meeting,
        candidates=[CandidateOut(**fields_of(each, CandidateOut)) for each in view.candidates],
        entitled=view.entitled,
        given=view.given,
        has_voted=view.has_voted,
        may_vote=view.may_vote,
        count=_count(view),
    )


def _count(view: ElectionView) -> CountOut | None:
    if view.result is None:
        return None
    return CountOut(**{name: view.result[name] for name in CountOut.model_fields})


@router.get("/resolutions/{slug}", response=ResolutionWholeOut, operation_id="get_resolution")
def get_resolution(request: HttpRequest, slug: str) -> ResolutionWholeOut:
    """Return one resolution, as far as one may see it."""
    view = queries.find_resolution(actor_of(request), slug)
    return ResolutionWholeOut(
        resolution=ResolutionOut(**fields_of(view.line, ResolutionOut)),
        entitled=view.entitled,
        ballots=[BallotOut(unit=each.unit, choice=each.choice) for each in view.ballots],
        may_vote=view.may_vote,
    )


@router.get("/activity", response=ActivityOut, operation_id="get_activity")
def get_activity(request: HttpRequest) -> ActivityOut:
    """Return how active the alliance was in the last twelve months, and what lacks."""
    actor = actor_of(request)
    found = queries.score_year(actor)
    return ActivityOut(
        synthetic=actor.alliance.synthetic,
        low=found.low,
        high=found.high,
        band=found.band,
        parts=[
            PartOut(
                part=each.part,
                weight=each.weight,
                low=None if each.low is None else float(each.low),
                high=None if each.high is None else float(each.high),
                missing=[
                    LackOut(name=one.name, label=one.label, done=one.done) for one in each.missing
                ],
            )
            for each in found.parts
        ],
    )
