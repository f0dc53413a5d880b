"""What do members propose, who supports it, on which agenda is it, and what is done about it?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Action, Backing, Idea


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """An idea with what became of it."""

    slug: str
    title: str
    text: str
    unit: str  # empty: the secretariat's
    put_at: datetime
    state: str
    backers: tuple[str, ...]
    meeting: str  # address; empty: on no agenda
    meeting_title: str
    answer: str
    tasks: tuple[tuple[str, str], ...]  # what is to be done about it, and its state
    may_back: bool
    may_settle: bool


def list_ideas(actor: Actor, *, meeting: str = "") -> list[IdeaLine]:
    """Return the ideas of members, the newest first; of one meeting's agenda where it is named."""
    require(actor, Act.MEET)
    rows = Idea.objects.filter(alliance_id=actor.alliance.id).select_related("unit", "meeting")
    if meeting:
        rows = rows.filter(meeting__slug=meeting)
    found = list(rows)
    backers, tasks = _backers(actor, found), _tasks(found)
    return [_line(actor, row, backers[row.pk], tasks[row.pk]) for row in found]


def _backers(actor: Actor, ideas: Iterable[Idea]) -> dict[int, list[Owner]]:
    rows = Backing.objects.visible_to(actor).filter(idea__in=list(ideas)).select_related("owner")
    found: dict[int, list[Owner]] = defaultdict(list)
    for row in rows:
        found[row.idea_id].append(row.owner)
    return found


def _tasks(ideas: Iterable[Idea]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in Action.objects.filter(idea__in=list(ideas)):
        found[row.idea_id or 0].append((row.text, row.state))
    return found


def _line(
    actor: Actor, row: Idea, backers: Iterable[Owner], tasks: Iterable[tuple[str, str]]
) -> IdeaLine:
    waits, given = row.state == Idea.State.PUT, {each.pk for each in backers}
    foreign = actor.owner is not None and actor.owner not in {row.unit_id, *given}
    return IdeaLine(
        slug=row.slug,
        title=row.title,
        text=row.text,
        unit=row.unit.name if row.unit else "",
        put_at=row.put_at,
        state=row.state,
        backers=tuple(each.name for each in backers),
        meeting=row.meeting.slug if row.meeting else "",
        meeting_title=row.meeting.title if row.meeting else "",
        answer=row.answer,
        tasks=tuple(tasks),
        may_back=waits and foreign and may(actor, Act.VOTE),
        may_settle=waits and may(actor, Act.KEEP_MEMBERS),
    )
