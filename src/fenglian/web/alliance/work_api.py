"""The alliance at work, for programs: ideas, what is to be done, meetings and who comes.

What is sent in goes through the same actions as the pages' forms, and hears the same faults.
"""

from datetime import date, datetime
from typing import Literal

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from fenglian.engine.alliance.attendance import How
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.api import MeetingOut, ResolutionOut
from fenglian.web.alliance.queries import ActionLine, IdeaLine, MeetingView
from fenglian.web.alliance.shapes import Essay, Grounds, Slug, Text, Title, fields_of

router = Router(tags=["alliance"])


class IdeaTaskOut(Schema):
    """What is done about an idea."""

    text: str
    state: str


class IdeaOut(Schema):
    """An idea with what became of it; ``unit`` is empty where it is the secretariat's."""

    id: str
    title: str
    text: str
    unit: str
    put_at: datetime
    state: str
    backers: list[str]
    meeting: str
    answer: str
    tasks: list[IdeaTaskOut]
    may_back: bool
    may_settle: bool


class IdeasOut(Schema):
    """Ideas of members, the newest first."""

    synthetic: bool
    ideas: list[IdeaOut]


class IdeaIn(Schema):
    """What is proposed."""

    title: Title
    text: Essay


class SettledIn(Schema):
    """The meeting on whose agenda an idea is put, or why it is not taken up."""

    meeting: Slug = ""
    answer: Grounds = ""


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
    due_soon: bool
    may_close: bool
    meeting: str
    statement: str


class AdviceOut(Schema):
    """What an official said; ``tasks`` rest on it already."""

    statement: str
    speaker: str
    words: str
    day: str
    tasks: int


class ActionsOut(Schema):
    """What is to be done, the first due first."""

    synthetic: bool
    actions: list[ActionOut]


class ActionIn(Schema):
    """What is to be done by a day; a unit asks (``question``, ``support``), the secretariat sets."""

    source: Literal["resolution", "advice", "question", "support", "idea"]
    text: Text
    due_on: date
    grounds: Grounds = ""
    unit: Title = ""
    idea: Slug = ""
    meeting: Slug = ""
    statement: Slug = ""


class OutcomeIn(Schema):
    """What became of something, with the evidence."""

    words: Text
    done: bool = True


class HandOnIn(Schema):
    """The unit that is to answer a question or a call for support, and by when."""

    unit: Title
    due_on: date | None = None


class PresenceOut(Schema):
    """A unit, and whether it came; ``by_code``: signed in by the QR code and not confirmed yet."""

    unit: str
    persons: int | None
    names: str
    by_code: bool
    how: How
    stands_in: str


class QuorumOut(Schema):
    """Whether enough came, in units with a vote."""

    entitled: int
    present: int
    needed: int
    reached: bool


class MeetingWholeOut(Schema):
    """One meeting; ``quorum`` is null where it decides nothing."""

    meeting: MeetingOut
    agenda: list[str]
    minutes: str
    came: list[PresenceOut]
    absent: list[PresenceOut]
    quorum: QuorumOut | None
    resolutions: list[ResolutionOut]


class PresenceIn(Schema):
    """A unit that came, by its name; ``persons`` is null where nobody counted."""

    unit: Title
    persons: int | None = Field(None, ge=0, le=100_000)
    names: Grounds = ""


class SignInIn(Schema):
    """What stands behind the last slash of the QR code's address, and who comes."""

    token: str = Field(min_length=1, max_length=200)
    persons: int | None = Field(None, ge=1, le=1000)
    names: Grounds = ""


class SignedInOut(Schema):
    """Whose sign-in to which meeting was noted; it counts once the secretariat confirms it."""

    meeting: str
    unit: str
    confirmed: bool


# Ideas.


@router.get("/ideas", response=IdeasOut, operation_id="list_ideas")
def list_ideas(request: HttpRequest, meeting: Slug = "") -> IdeasOut:
    """List the ideas of members, or those on the agenda of one meeting."""
    actor = actor_of(request)
    lines = queries.list_ideas(actor, meeting=meeting)
    return IdeasOut(synthetic=actor.alliance.synthetic, ideas=[_idea(each) for each in lines])


@router.post("/ideas", response={201: IdeaOut}, operation_id="put_idea")
def put_idea(request: HttpRequest, body: IdeaIn) -> Status[IdeaOut]:
    """Put an idea forward for one's own unit."""
    actor = actor_of(request)
    slug = actions.put_idea(actor, body.title, body.text)
    return Status(201, _found_idea(actor, slug))


@router.post("/ideas/{slug}/backing", response=IdeaOut, operation_id="back_idea")
def back_idea(request: HttpRequest, slug: str) -> IdeaOut:
    """Support another unit's idea for one's own unit."""
    actor = actor_of(request)
    actions.back_idea(actor, slug)
    return _found_idea(actor, slug)


@router.post("/ideas/{slug}/outcome", response=IdeaOut, operation_id="settle_idea")
def settle_idea(request: HttpRequest, slug: str, body: SettledIn) -> IdeaOut:
    """Put an idea on an agenda, or say why it is not taken up; for the secretariat."""
    actor = actor_of(request)
    actions.settle_idea(actor, slug, meeting=body.meeting, answer=body.answer)
    return _found_idea(actor, slug)


def _found_idea(actor: Actor, slug: str) -> IdeaOut:
    return next(_idea(each) for each in queries.list_ideas(actor) if each.slug == slug)


def _idea(line: IdeaLine) -> IdeaOut:
    tasks = [IdeaTaskOut(text=text, state=state) for text, state in line.tasks]
    return IdeaOut(**{**fields_of(line, IdeaOut), "tasks": tasks, "backers": list(line.backers)})


# What is to be done.


@router.get("/actions", response=ActionsOut, operation_id="list_actions")
def list_actions(request: HttpRequest, overdue: bool = False, meeting: Slug = "") -> ActionsOut:
    """List what is to be done, as far as one may see it; only what is overdue, or of one meeting."""
    actor = actor_of(request)
    lines = queries.list_tasks(actor, overdue=overdue, meeting=meeting)
    return ActionsOut(synthetic=actor.alliance.synthetic, actions=[_action(each) for each in lines])


@router.get("/official-advice", response=list[AdviceOut], operation_id="list_official_advice")
def list_official_advice(request: HttpRequest) -> list[AdviceOut]:
    """List what officials advised, as accepted statements have it: a task may rest on each."""
    return [
        AdviceOut(**{name: getattr(each, name) for name in AdviceOut.model_fields})
        for each in queries.list_advice(actor_of(request))
    ]


@router.post("/actions", response={201: ActionOut}, operation_id="set_action")
def set_action(request: HttpRequest, body: ActionIn) -> Status[ActionOut]:
    """Ask the secretariat something for one's own unit; the secretariat sets units what to do."""
    actor = actor_of(request)
    slug = actions.set_action(actor, actions.Errand(**body.dict()))
    return Status(201, _found_action(actor, slug))


@router.post("/actions/{slug}/outcome", response=ActionOut, operation_id="close_action")
def close_action(request: HttpRequest, slug: str, body: OutcomeIn) -> ActionOut:
    """Report something as done, or as dropped: whose it is to do, and the secretariat."""
    actor = actor_of(request)
    actions.close_action(actor, slug, body.words, done=body.done)
    return _found_action(actor, slug)


@router.post("/actions/{slug}/hand-on", response=ActionOut, operation_id="hand_on_action")
def hand_on_action(request: HttpRequest, slug: str, body: HandOnIn) -> ActionOut:
    """Give a question to the unit that is to answer it, with a day; for the secretariat."""
    actor = actor_of(request)
    actions.hand_on(actor, slug, body.unit, body.due_on)
    return _found_action(actor, slug)


def _found_action(actor: Actor, slug: str) -> ActionOut:
    return next(_action(each) for each in queries.list_tasks(actor) if each.slug == slug)


def _action(line: ActionLine) -> ActionOut:
    return ActionOut(**fields_of(line, ActionOut))


# Meetings.


@router.get("/meetings/{slug}", response=MeetingWholeOut, operation_id="get_meeting")
def get_meeting(request: HttpRequest, slug: str) -> MeetingWholeOut:
    """Return one meeting: its agenda, who came, whether that is a quorum, what it decided."""
    return _meeting(queries.find_meeting(actor_of(request), slug))


@router.post("/meetings/{slug}/presence", response=MeetingWholeOut, operation_id="note_presence")
def note_presence(request: HttpRequest, slug: str, body: PresenceIn) -> MeetingWholeOut:
    """Note that a unit came; noted again, the later words count. For the secretariat."""
    actor = actor_of(request)
    actions.note_presence(actor, slug, body.unit, body.persons, body.names)
    return _meeting(queries.find_meeting(actor, slug))


@router.post("/sign-in", response=SignedInOut, operation_id="sign_in_to_meeting")
def sign_in_to_meeting(request: HttpRequest, body: SignInIn) -> SignedInOut:
    """Sign one's own unit in to the meeting of a QR code, as whoever stands before it does."""
    actor = actor_of(request)
    require(actor, Act.MEET)
    visit = queries.find_sign_in(body.token)
    if actor.owner is None or visit.alliance.id != actor.alliance.id:
        raise ObjectDoesNotExist
    unit = actions.sign_in(visit, actor.alliance.owner_name, body.persons, body.names)
    came = queries.find_meeting(actor, visit.meeting).came
    confirmed = any(each.unit == unit and not each.by_code for each in came)
    return SignedInOut(meeting=visit.meeting, unit=unit, confirmed=confirmed)


def _meeting(view: MeetingView) -> MeetingWholeOut:
    quorum = view.quorum
    return MeetingWholeOut(
        meeting=MeetingOut(**fields_of(view.line, MeetingOut)),
        agenda=list(view.agenda),
        minutes=view.minutes,
        came=[PresenceOut(**fields_of(each, PresenceOut)) for each in view.came],
        absent=[PresenceOut(**fields_of(each, PresenceOut)) for each in view.absent],
        quorum=QuorumOut(
            entitled=quorum.entitled,
            present=quorum.present,
            needed=quorum.needed,
            reached=quorum.reached,
        )
        if quorum
        else None,
        resolutions=[ResolutionOut(**fields_of(each, ResolutionOut)) for each in view.resolutions],
    )
