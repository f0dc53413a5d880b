"""The alliance for programs: members, resolutions, meetings, posts."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema

from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import queries
from fenglian.web.alliance.shapes import fields_of

router = Router(tags=["alliance"])


class MemberOut(Schema):
    """A member; ``known`` of ``asked`` cells that members see are answered."""

    id: str
    name: str
    tier: str
    state: str
    since: date
    member_since: date | None
    certificate: str
    valid_until: date | None
    known: int
    asked: int


class MembersOut(Schema):
    """The members of today."""

    synthetic: bool
    members: list[MemberOut]


class ResolutionOut(Schema):
    """A resolution; ``carried`` is null while it is open."""

    id: str
    kind: str
    text: str
    about: str
    body: str
    way: str
    opened_at: datetime
    closed_at: datetime | None
    carried: bool | None


class ResolutionsOut(Schema):
    """Resolutions, the newest first."""

    synthetic: bool
    resolutions: list[ResolutionOut]


class MeetingOut(Schema):
    """A meeting."""

    id: str
    kind: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime


class MeetingsOut(Schema):
    """Meetings, the latest first."""

    synthetic: bool
    meetings: list[MeetingOut]


class PostOut(Schema):
    """A post; ``person`` is empty where the unit itself holds it."""

    id: str
    name: str
    unit: str
    person: str
    since: date
    last_day: date | None
    standing: str


class PostsOut(Schema):
    """Who holds which post as of a day."""

    synthetic: bool
    posts: list[PostOut]


def _synthetic(actor: Actor) -> bool:
    return actor.alliance.synthetic


@router.get("/members", response=MembersOut, operation_id="list_members")
def list_members(request: HttpRequest, tier: str = "") -> MembersOut:
    """List the members of today, by tier."""
    actor = actor_of(request)
    lines = queries.list_members(actor, tier=tier)
    return MembersOut(
        synthetic=_synthetic(actor),
        members=[MemberOut(**fields_of(line, MemberOut)) for line in lines],
    )


@router.get("/members/{slug}", response=MemberOut, operation_id="get_member")
def get_member(request: HttpRequest, slug: str) -> MemberOut:
    """Return one member."""
    view = queries.find_member(actor_of(request), slug)
    return MemberOut(**fields_of(view.line, MemberOut))


@router.get("/resolutions", response=ResolutionsOut, operation_id="list_resolutions")
def list_resolutions(request: HttpRequest) -> ResolutionsOut:
    """List what was put to the vote, as far as one may see it."""
    actor = actor_of(request)
    lines = queries.list_resolutions(actor)
    return ResolutionsOut(
        synthetic=_synthetic(actor),
        resolutions=[ResolutionOut(**fields_of(line, ResolutionOut)) for line in lines],
    )


@router.get("/meetings", response=MeetingsOut, operation_id="list_meetings")
def list_meetings(request: HttpRequest) -> MeetingsOut:
    """List the meetings."""
    actor = actor_of(request)
    lines = queries.list_meetings(actor)
    return MeetingsOut(
        synthetic=_synthetic(actor),
        meetings=[MeetingOut(**fields_of(line, MeetingOut)) for line in lines],
    )


@router.get("/posts", response=PostsOut, operation_id="list_posts")
def list_posts(request: HttpRequest, as_of: date | None = None) -> PostsOut:
    """List who holds which post on a day; today where none is given."""
    actor = actor_of(request)
    lines = queries.list_posts(actor, as_of)
    return PostsOut(
        synthetic=_synthetic(actor), posts=[PostOut(**fields_of(line, PostOut)) for line in lines]
    )
