"""What is to be done by whom, and what is overdue?"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.models import Action

PRIVATE = (Action.Source.QUESTION, Action.Source.SUPPORT)  # between a unit and the secretariat
SOON = timedelta(days=7)  # before the due day that a unit is reminded


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One thing to do."""

    slug: str
    source: str
    grounds: str
    text: str
    unit: str  # whose it is to do; empty: the secretariat's
    asked_for: str  # the unit that asked; empty: none
    due_on: date
    state: str
    evidence: str
    overdue: bool
    due_soon: bool
    may_close: bool
    may_hand_on: bool
    meeting: str  # address of the meeting that it follows from; empty: of none
    statement: str  # identifier of the statement that says the advice; empty: none


def visible_tasks(actor: Actor) -> QuerySet[Action]:
    """Return what an actor may see: questions and calls for support are not for all.

    What follows from a decision that is not published is for those who follow decisions, and for
    the unit whose it is to do.
    """
    require(actor, Act.MEET)
    rows = Action.objects.filter(alliance_id=actor.alliance.id)
    if may(actor, Act.KEEP_MEMBERS):
        return rows
    mine = Q(asked_for_id=actor.owner or 0) | Q(owner_id=actor.owner or 0)
    told = Q(published=True) if not may(actor, Act.FOLLOW) else Q()
    return rows.filter((~Q(source__in=PRIVATE) & told) | mine)


def may_close(actor: Actor, row: Action) -> bool:
    """Whether an actor may say what became of it: whose it is to do, and the secretariat."""
    own = row.owner_id is not None and row.owner_id == actor.owner
    return row.state == Action.State.OPEN and (own or may(actor, Act.KEEP_MEMBERS))


def list_tasks(actor: Actor, *, overdue: bool = False, meeting: str = "") -> list[ActionLine]:
    """Return what is under way, the first due first, then what is done with."""
    rows = visible_tasks(actor).select_related("owner", "asked_for", "meeting")
    if meeting:
        rows = rows.filter(meeting__slug=meeting)
    lines = [_line(actor, row) for row in rows]
    lines.sort(key=lambda line: line.state != Action.State.OPEN)
    return [line for line in lines if line.overdue or not overdue]


def list_due(actor: Actor) -> list[ActionLine]:
    """Return what the own unit is to do before long, or should have done."""
    lines = list_tasks(actor)
    own = actor.alliance.owner_name
    return [each for each in lines if each.unit == own and (each.overdue or each.due_soon)]


def list_reminders(actor: Actor) -> dict[str, list[ActionLine]]:
    """Return by unit what is to be done before long, to the secretariat; nothing to others."""
    found: dict[str, list[ActionLine]] = {}
    if may(actor, Act.KEEP_MEMBERS):
        for each in list_tasks(actor):
            if each.unit and (each.overdue or each.due_soon):
                found.setdefault(each.unit, []).append(each)
    return found


def _line(actor: Actor, row: Action) -> ActionLine:
    is_open, today = row.state == Action.State.OPEN, timezone.localdate()
    return ActionLine(
        slug=row.slug,
        source=row.source,
        grounds=row.grounds,
        text=row.text,
        unit=row.owner.name if row.owner else "",
        asked_for=row.asked_for.name if row.asked_for else "",
        due_on=row.due_on,
        state=row.state,
        evidence=row.evidence,
        overdue=is_open and row.due_on < today,
        due_soon=is_open and today <= row.due_on <= today + SOON,
        may_close=may_close(actor, row),
        may_hand_on=is_open and row.source in PRIVATE and may(actor, Act.KEEP_MEMBERS),
        meeting=row.meeting.slug if row.meeting else "",
        statement=row.statement,
    )
