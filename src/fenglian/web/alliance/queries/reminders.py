"""What of a unit's has a day: what it is to do, meetings, its certificate, the terms of its posts?

Asked for as a reader of the unit, so that a reminder can hold nothing that the unit may not see.
"""

from collections.abc import Iterator

from django.utils import timezone

from fenglian.engine.alliance.membership import MEMBER
from fenglian.engine.alliance.reminders import NOTICE, Due, Kind
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.models import Action, Member
from fenglian.web.alliance.queries.charters import rules_on
from fenglian.web.alliance.queries.meetings import list_meetings, list_posts
from fenglian.web.alliance.queries.tasks import visible_tasks


def list_dues(reader: Actor) -> list[Due]:
    """Return all of the own unit's that has a day; meetings of the alliance if it is a member."""
    member = Member.objects.visible_to(reader).filter(owner_id=reader.owner or 0)
    row = member.filter(state__in=MEMBER).first()
    found = [*_tasks(reader), *_terms(reader)]
    if row is not None:
        found += _meetings(reader)
    if row is not None and row.valid_until is not None:
        found.append(Due("certificate", row.certificate, row.valid_until, row.certificate))
    return found


def notice_of(reader: Actor) -> dict[Kind, int]:
    """Return how many days ahead each kind is told; of terms as the charter in force has it."""
    return {**NOTICE, "term": rules_on(reader.alliance.id).numbers.notice_days}


def _tasks(reader: Actor) -> Iterator[Due]:
    rows = visible_tasks(reader).filter(owner_id=reader.owner or 0, state=Action.State.OPEN)
    for row in rows:
        yield Due("task", row.slug, row.due_on, row.text)


def _terms(reader: Actor) -> Iterator[Due]:
    for each in list_posts(reader):
        if each.unit == reader.alliance.owner_name and each.last_day is not None:
            yield Due("term", each.slug, each.last_day, f"{each.name} {each.person}".strip())


def _meetings(reader: Actor) -> Iterator[Due]:
    now = timezone.now()
    for each in list_meetings(reader):
        if each.ends_at > now:
            begins = timezone.localtime(each.starts_at)
            words = f"{each.title} {begins:%H:%M} {each.place}"
            yield Due("meeting", each.slug, begins.date(), words)
