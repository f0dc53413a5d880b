"""The secretariat's own software: meetings called, votes and elections opened and counted, posts, charter.

Each goes through the action of the page's form. Votes and slips are given by persons, on pages alone.
"""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.api import PostsOut, list_posts
from fenglian.web.alliance.api import router as lists
from fenglian.web.alliance.governance_api import (
    CharterTextOut,
    ElectionWholeOut,
    ResolutionWholeOut,
    get_charter,
    get_election,
    get_resolution,
)
from fenglian.web.alliance.governance_api import router as governance
from fenglian.web.alliance.meeting_views import calendar
from fenglian.web.alliance.shapes import Essay, Grounds, Long, Moment, Slug, Title
from fenglian.web.alliance.work_api import MeetingWholeOut, get_meeting

router = Router(tags=["alliance"])
Body = Literal["council", "assembly"]
Units = Annotated[int, Field(ge=0, le=100_000)]


class CallIn(Schema):
    """A notice of a meeting; ``agenda`` has an item a line. A moment without a zone is local."""

    kind: Literal["council", "assembly", "other"]
    title: Title
    place: Grounds
    starts_at: Moment
    ends_at: Moment
    agenda: Essay = ""


class MinutesIn(Schema):
    """The minutes of a meeting."""

    words: Annotated[str, Field(max_length=20_000, pattern=r"^[^\x00]*$")]


class MotionIn(Schema):
    """What is put to the vote; ``about``: the unit that is to be admitted or expelled."""

    kind: Literal["admit", "expel", "other"]
    text: Grounds
    body: Body = "council"
    way: Literal["open", "counted"] = "open"
    about: Slug = ""
    meeting: Slug = ""


class CountedIn(Schema):
    """A vote as it was counted in the room, in units."""

    entitled: Units
    present: Units
    votes_for: Units
    against: Units
    abstain: Units


class CloseVoteIn(Schema):
    """The end of a vote; ``counted`` is null where units voted on record."""

    counted: CountedIn | None = None


class StandingIn(Schema):
    """What is to be elected; ``candidates``: units, or units and persons with a blank between."""

    title: Title
    post: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
    candidates: list[Title] = Field(max_length=200)
    seats: int = Field(ge=1, le=100)
    since: date
    of_persons: bool = False
    body: Body = "assembly"
    way: Literal["secret", "counted"] = "secret"
    years: int | None = Field(None, ge=1, le=100)
    tier: Annotated[str, Field(max_length=20, pattern=r"^[a-z_]*$")] = ""
    meeting: Slug = ""


class RoomCountIn(Schema):
    """An election as it was counted in the room; ``votes`` by the candidate's id."""

    entitled: Units
    present: Units
    slips: Units
    votes: dict[str, Units] = Field(max_length=200)


class CloseElectionIn(Schema):
    """The end of an election; ``counted`` is null where slips lie in the box."""

    counted: RoomCountIn | None = None


class OfficeIn(Schema):
    """Who holds a post: the unit itself, or where ``person`` is given that person of it."""

    name: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
    unit: Title
    since: date
    grounds: Grounds
    person: Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")] = ""
    years: int | None = Field(None, ge=1, le=100)


class LeaveIn(Schema):
    """The first day on which a post was no longer held."""

    on: date


class CharterIn(Schema):
    """A version of the charter; ``numbers`` as ``list_charters`` gives them."""

    title: Title
    text: Long
    since: date
    numbers: dict[str, Annotated[str, Field(max_length=200)]] = Field(max_length=60)
    resolution: Slug = ""
    grounds: Grounds = ""


@lists.post("/meetings", response={201: MeetingWholeOut}, operation_id="call_meeting")
def call_meeting(request: HttpRequest, body: CallIn) -> Status[MeetingWholeOut]:
    """Call a meeting; for the secretariat."""
    slug = actions.call_meeting(actor_of(request), actions.Call(**body.dict()))
    return Status(201, get_meeting(request, slug))


@router.post("/meetings/{slug}/minutes", response=MeetingWholeOut, operation_id="keep_minutes")
def keep_minutes(request: HttpRequest, slug: str, body: MinutesIn) -> MeetingWholeOut:
    """Keep the minutes of a meeting; for the secretariat."""
    actions.keep_minutes(actor_of(request), slug, body.words)
    return get_meeting(request, slug)


@router.get("/meetings/{slug}/calendar", operation_id="get_calendar")
def get_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a meeting for a calendar, as iCalendar."""
    return calendar(request, slug)


@lists.post("/resolutions", response={201: ResolutionWholeOut}, operation_id="open_vote")
def open_vote(request: HttpRequest, body: MotionIn) -> Status[ResolutionWholeOut]:
    """Put something to the vote; for the secretariat. Who has a vote is settled now."""
    slug = actions.open_vote(actor_of(request), actions.Motion(**body.dict()))
    return Status(201, get_resolution(request, slug))


@router.post("/resolutions/{slug}/outcome", response=ResolutionWholeOut, operation_id="close_vote")
def close_vote(request: HttpRequest, slug: str, body: CloseVoteIn) -> ResolutionWholeOut:
    """End a vote and count it, or note the count of the room; for the secretariat."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    counted = actions.Counted(**body.counted.dict()) if body.counted else None
    actions.close_vote(actor, slug, counted)
    return get_resolution(request, slug)


@governance.post("/elections", response={201: ElectionWholeOut}, operation_id="open_election")
def open_election(request: HttpRequest, body: StandingIn) -> Status[ElectionWholeOut]:
    """Open an election; for the secretariat. Slips are given by persons, on the page alone."""
    said = {**body.dict(), "candidates": "\n".join(body.candidates)}
    slug = actions.open_election(actor_of(request), actions.Standing(**said))
    return Status(201, get_election(request, slug))


@router.post("/elections/{slug}/outcome", response=ElectionWholeOut, operation_id="close_election")
def close_election(request: HttpRequest, slug: str, body: CloseElectionIn) -> ElectionWholeOut:
    """End an election, count it, and fill the post with who was elected; for the secretariat."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    counted = actions.RoomCount(**body.counted.dict()) if body.counted else None
    actions.close_election(actor, slug, counted)
    return get_election(request, slug)


@lists.post("/posts", response={201: PostsOut}, operation_id="fill_post")
def fill_post(request: HttpRequest, body: OfficeIn) -> Status[PostsOut]:
    """Note who holds a post from a day on; for the secretariat. Returns the posts of that day."""
    actions.fill_post(actor_of(request), actions.Office(**body.dict()))
    return Status(201, list_posts(request, body.since))


@router.post("/posts/{slug}/end", response=PostsOut, operation_id="leave_post")
def leave_post(request: HttpRequest, slug: str, body: LeaveIn) -> PostsOut:
    """Note the first day on which a post was no longer held; for the secretariat."""
    actions.leave_post(actor_of(request), slug, body.on)
    return list_posts(request, body.on)


@governance.post("/charters", response={201: CharterTextOut}, operation_id="adopt_charter")
def adopt_charter(request: HttpRequest, body: CharterIn) -> Status[CharterTextOut]:
    """Keep a version of the charter from a day on; for the secretariat."""
    slug = actions.adopt_charter(actor_of(request), actions.Text(**body.dict()))
    return Status(201, get_charter(request, slug))


@router.post(
    "/meetings/{slug}/publication", response=MeetingWholeOut, operation_id="publish_meeting"
)
def publish_meeting(request: HttpRequest, slug: str, published: bool = True) -> MeetingWholeOut:
    """Name a meeting on the public page, or no more; for the secretariat."""
    actor = actor_of(request)
    queries.find_meeting(actor, slug)
    actions.publish_meeting(actor, slug, published=published)
    return get_meeting(request, slug)
