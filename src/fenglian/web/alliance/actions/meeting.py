"""The only writer of meetings, attendance, what is to be done, and posts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.web.access.table import Act, may, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.outward import renew_page
from fenglian.web.alliance.actions.records import note, said
from fenglian.web.alliance.faults import EndsBeforeItBegins, TermOver, UnitMissing
from fenglian.web.alliance.models import Action, Idea, Meeting, Post, Presence
from fenglian.web.alliance.queries.counsel import AdviceLine, list_advice
from fenglian.web.alliance.queries.tasks import PRIVATE, may_close, visible_tasks

GROUNDS = ("依据", "what it rests on")


@dataclass(frozen=True, slots=True)
class Call:
    """What a notice says."""

    kind: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    agenda: str = ""


@transaction.atomic
def call_meeting(actor: Actor, call: Call) -> str:
    """Call a meeting and return its address.

    Raises ``FieldMissing`` without title or place, ``EndsBeforeItBegins`` where it does.
    """
    require(actor, Act.KEEP_MEMBERS)
    if call.kind not in Meeting.Kind.values:
        raise ObjectDoesNotExist
    if call.ends_at <= call.starts_at:
        raise EndsBeforeItBegins
    row = Meeting.objects.create(
        alliance_id=actor.alliance.id,
        kind=call.kind,
        title=said(call.title, "会议名称", "the title of the meeting"),
        place=said(call.place, "地点", "the place"),
        starts_at=call.starts_at,
        ends_at=call.ends_at,
        agenda=call.agenda.strip(),
        called_at=timezone.now(),
        called_by_id=actor.user,
    )
    note(actor, "add", row)
    return row.slug


def _meeting(actor: Actor, slug: str) -> Meeting:
    require(actor, Act.KEEP_MEMBERS)
    return Meeting.objects.get(alliance_id=actor.alliance.id, slug=slug)


def unit_named(actor: Actor, name: str) -> Owner:
    """Return a unit by its name; raises ``UnitMissing``."""
    found = Owner.objects.filter(alliance_id=actor.alliance.id, name=name.strip()).first()
    if found is None:
        raise UnitMissing(name=name)
    return found


@transaction.atomic
def note_presence(
    actor: Actor,
    slug: str,
    unit: str,
    persons: int | None = None,
    names: str = "",
    *,
    how: str = Presence.How.CAME,
    stands_in: str = "",
) -> None:
    """Note whether a unit came, or who stood in for it; noted again, the later words count."""
    meeting = _meeting(actor, slug)
    with on_behalf_of_the_house():
        owner = unit_named(actor, unit)
        said_now = {
            "persons": persons,
            "names": names.strip()[:400],
            "how": how,
            "stands_in": stands_in.strip()[:200],
            "by_code": False,
            "noted_at": timezone.now(),
            "noted_by_id": actor.user,
        }
        rows = Presence.objects.whole().filter(meeting_id=meeting.pk, owner_id=owner.pk)
        if rows.update(**said_now):
            note(actor, "change", rows[0], meeting=meeting.slug)
            return
        row = Presence.objects.create(
            alliance_id=actor.alliance.id, owner=owner, meeting=meeting, **said_now
        )
        note(actor, "add", row, meeting=meeting.slug)


@transaction.atomic
def keep_minutes(actor: Actor, slug: str, words: str) -> None:
    """Keep the minutes of a meeting; raises ``FieldMissing`` for none."""
    row = _meeting(actor, slug)
    row.minutes = said(words, "会议纪要", "the minutes")
    row.save(update_fields=["minutes"])
    note(actor, "change", row, fields=["minutes"])


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done."""

    source: str
    text: str
    due_on: date
    grounds: str = ""
    unit: str = ""  # name; empty: the secretariat's
    idea: str = ""  # address of the idea that it takes up
    meeting: str = ""  # address of the meeting that it follows from
    statement: str = ""  # identifier of the statement that says the advice


@transaction.atomic
def set_action(actor: Actor, errand: Errand) -> str:
    """Set a unit something to do, and return its address; a unit itself may only ask.

    Raises ``FieldMissing``, ``UnitMissing``, and ``NotPermitted`` for what is not a question of
    one's own unit.
    """
    if errand.source not in Action.Source.values:
        raise ObjectDoesNotExist
    asks = errand.source in PRIVATE and actor.owner is not None
    require(actor, Act.MEET if asks else Act.KEEP_MEMBERS)
    keeps = may(actor, Act.KEEP_MEMBERS)
    owner = unit_named(actor, errand.unit) if errand.unit.strip() and keeps else None
    idea, meeting = _roots(actor, errand) if keeps else (None, None)
    advice = _advice(actor, errand.statement) if keeps and errand.statement else None
    grounds = errand.grounds.strip() or (idea.title if idea else advice.grounds if advice else "")
    row = Action.objects.create(
        alliance_id=actor.alliance.id,
        source=errand.source,
        grounds=grounds if asks else said(grounds, *GROUNDS),
        statement=errand.statement if advice else "",
        idea=idea,
        meeting=meeting,
        text=said(errand.text, "要办的事", "what is to be done"),
        owner=owner,
        asked_for_id=actor.owner if asks else None,
        due_on=errand.due_on,
        set_at=timezone.now(),
        set_by_id=actor.user,
    )
    note(actor, "add", row, source=errand.source)
    return row.slug


def _roots(actor: Actor, errand: Errand) -> tuple[Idea | None, Meeting | None]:
    """Return the idea and the meeting that something follows from, where they are named."""
    here = actor.alliance.id
    return (
        Idea.objects.get(alliance_id=here, slug=errand.idea) if errand.idea else None,
        Meeting.objects.get(alliance_id=here, slug=errand.meeting) if errand.meeting else None,
    )


def _advice(actor: Actor, statement: str) -> AdviceLine:
    """Return what an official advised; raises ``ObjectDoesNotExist`` where it is not on record."""
    found = next((each for each in list_advice(actor) if statement in each.evidence), None)
    if found is None:
        raise ObjectDoesNotExist
    return found


@transaction.atomic
def hand_on(actor: Actor, slug: str, unit: str, due_on: date | None = None) -> None:
    """Give a question or a call for support to a unit that is to answer it.

    Raises ``UnitMissing``, and ``ObjectDoesNotExist`` where there is none open.
    """
    require(actor, Act.KEEP_MEMBERS)
    rows = visible_tasks(actor).filter(slug=slug, source__in=PRIVATE, state=Action.State.OPEN)
    row = rows.first()
    if row is None:
        raise ObjectDoesNotExist
    row.owner = unit_named(actor, unit)
    row.due_on = due_on or row.due_on
    row.save(update_fields=["owner", "due_on"])
    note(actor, "change", row, fields=["owner"])


@transaction.atomic
def close_action(actor: Actor, slug: str, evidence: str, *, done: bool = True) -> None:
    """Say what became of something, with the evidence: whose it is to do, and the secretariat.

    Raises ``ObjectDoesNotExist`` where it is not the actor's to close, or closed already.
    """
    row = visible_tasks(actor).filter(slug=slug).first()
    if row is None or not may_close(actor, row):
        raise ObjectDoesNotExist
    row.evidence = said(evidence, "完成情况", "what was done")
    row.state = Action.State.DONE if done else Action.State.DROPPED
    row.closed_at = timezone.now()
    row.save(update_fields=["evidence", "state", "closed_at"])
    note(actor, "end", row, state=row.state)


@dataclass(frozen=True, slots=True)
class Office:
    """Who holds a post."""

    name: str
    unit: str
    since: date
    grounds: str
    person: str = ""
    years: int | None = None


@transaction.atomic
def fill_post(actor: Actor, office: Office) -> None:
    """Note who holds a post from a day on, and on what that rests.

    Raises ``FieldMissing`` and ``UnitMissing``.
    """
    require(actor, Act.KEEP_MEMBERS)
    row = Post.objects.create(
        alliance_id=actor.alliance.id,
        name=said(office.name, "职务名称", "the post"),
        unit=unit_named(actor, office.unit),
        person=office.person.strip(),
        since=office.since,
        years=office.years,
        grounds=said(office.grounds, *GROUNDS),
        noted_at=timezone.now(),
        noted_by_id=actor.user,
    )
    renew_page(actor)
    note(actor, "add", row)


@transaction.atomic
def leave_post(actor: Actor, slug: str, on: date) -> None:
    """Note the first day on which a post was no longer held; raises ``TermOver``."""
    require(actor, Act.KEEP_MEMBERS)
    row = Post.objects.get(alliance_id=actor.alliance.id, slug=slug)
    if row.left_on is not None or on < row.since:
        raise TermOver
    row.left_on = on
    row.save(update_fields=["left_on"])
    renew_page(actor)
    note(actor, "end", row)
