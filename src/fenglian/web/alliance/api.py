"""The alliance for programs: members, resolutions, meetings, posts, and what is to be done."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import queries

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


class ActionOut(Schema):
    """Something to do; ``unit`` is empty where it is the secretariat's."""

    id: str
    source: str
    grounds: str
    text: str
    unit: str
    asked_for: str
    due_on: date
    state: str
    evidence: str
    overdue: bool


class ActionsOut(Schema):
    """What is to be done, the first due first."""

    synthetic: bool
    actions: list[ActionOut]


def _fields(line: Any, shape: type[Schema]) -> dict[str, Any]:
    """Return what a shape takes of a line; its slug is its id."""
    names = (name for name in shape.model_fields if name != "id")
    return {"id": line.slug, **{name: getattr(line, name) for name in names}}


def _synthetic(actor: Actor) -> bool:
    return actor.alliance.synthetic


@router.get("/members", response=MembersOut, operation_id="list_members")
def list_members(request: HttpRequest, tier: str = "") -> MembersOut:
    """List the members of today, by tier."""
    actor = actor_of(request)
    lines = queries.list_members(actor, tier=tier)
    return MembersOut(
        synthetic=_synthetic(actor),
        members=[MemberOut(**_fields(line, MemberOut)) for line in lines],
    )


@router.get("/members/{slug}", response=MemberOut, operation_id="get_member")
def get_member(request: HttpRequest, slug: str) -> MemberOut:
    """Return one member."""
    view = queries.find_member(actor_of(request), slug)
    return MemberOut(**_fields(view.line, MemberOut))


@router.get("/resolutions", response=ResolutionsOut, operation_id="list_resolutions")
def list_resolutions(request: HttpRequest) -> ResolutionsOut:
    """List what was put to the vote, as far as one may see it."""
    actor = actor_of(request)
    lines = queries.list_resolutions(actor)
    return ResolutionsOut(
        synthetic=_synthetic(actor),
        resolutions=[ResolutionOut(**_fields(line, ResolutionOut)) for line in lines],
    )


@router.get("/meetings", response=MeetingsOut, operation_id="list_meetings")
def list_meetings(request: HttpRequest) -> MeetingsOut:
    """List the meetings."""
    actor = actor_of(request)
    lines = queries.list_meetings(actor)
    return MeetingsOut(
        synthetic=_synthetic(actor),
        meetings=[MeetingOut(**_fields(line, MeetingOut)) for line in lines],
    )


@router.get("/posts", response=PostsOut, operation_id="list_posts")
def list_posts(request: HttpRequest, as_of: date | None = None) -> PostsOut:
    """List who holds which post on a day; today where none is given."""
    actor = actor_of(request)
    lines = queries.list_posts(actor, as_of)
    return PostsOut(
        synthetic=_synthetic(actor), posts=[PostOut(**_fields(line, PostOut)) for line in lines]
    )


@router.get("/actions", response=ActionsOut, operation_id="list_actions")
def list_actions(request: HttpRequest) -> ActionsOut:
    """List what is to be done, as far as one may see it."""
    actor = actor_of(request)
    lines = queries.list_tasks(actor)
    return ActionsOut(
        synthetic=_synthetic(actor),
        actions=[ActionOut(**_fields(line, ActionOut)) for line in lines],
    )
