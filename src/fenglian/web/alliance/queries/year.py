"""What is on record of the alliance's own doings? Rows of the yearly report, always for an actor.

Steps, fees and yearly checks are for those who judge applications, each look logged; what is put to
the vote about a unit is theirs too. To others these kinds are closed, and no part of them is told.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from fenglian.engine.advice.yearly import Kind, Row
from fenglian.engine.alliance.membership import MEMBER, WAYS
from fenglian.engine.alliance.tiers import TIERS, check_tier
from fenglian.engine.contracts.ranges import UNKNOWN, Range
from fenglian.engine.labels import Label
from fenglian.web.access.reading import look_at_all
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import (
    Action,
    Ballot,
    Fee,
    Meeting,
    Member,
    Presence,
    Step,
    YearlyCheck,
)
from fenglian.web.alliance.queries.tasks import visible_tasks
from fenglian.web.alliance.queries.votes import visible

SEEN: frozenset[Kind] = frozenset(("member", "met", "came", "set", "done", "overdue"))
JUDGED: frozenset[Kind] = frozenset(
    ("applied", "admitted", "refused", "left", "fee", "checked", "decided", "voted")
)
STEPS: dict[str, Kind] = {
    "apply": "applied",
    "admit": "admitted",
    "enrol": "admitted",
    "refuse": "refused",
    "withdraw": "left",
    "expel": "left",
}


def open_kinds(actor: Actor) -> frozenset[Kind]:
    """Return of which doings of the alliance an actor may know."""
    require(actor, Act.MEET)
    return SEEN | JUDGED if may(actor, Act.JUDGE) else SEEN


def list_doings(actor: Actor, first: date, last: date) -> list[Row]:
    """Return what happened between two days, and what stands on the last, as an actor may know."""
    require(actor, Act.MEET)
    names = dict(Owner.objects.filter(alliance_id=actor.alliance.id).values_list("pk", "name"))
    rows = [*_members(actor, last, names), *_meetings(actor, first, last, names)]
    rows += _tasks(actor, first, last)
    if may(actor, Act.JUDGE):
        rows += _judged(actor, first, last, names)
        rows += _votes(actor, first, last, names)
    return rows


def _members(actor: Actor, last: date, names: dict[int, str]) -> Iterator[Row]:
    held = Member.objects.visible_to(actor).filter(state__in=MEMBER, member_since__lte=last)
    for row in held.select_related("owner"):
        name = row.owner.slug
        tier = TIERS[check_tier(row.tier)]
        yield Row(f"member/{name}", "member", row.member_since, names[row.owner_id], tier)


def _judged(actor: Actor, first: date, last: date, names: dict[int, str]) -> Iterator[Row]:
    between = (first, last)
    steps, fees, checks = look_at_all(
        actor,
        [
            Step.objects.visible_to(actor).filter(taken_on__range=between, name__in=tuple(STEPS)),
            Fee.objects.visible_to(actor).filter(paid_on__range=between),
            YearlyCheck.objects.visible_to(actor).filter(checked_on__range=between),
        ],
    )
    for step in steps:
        who, label = names[step.owner_id], WAYS[step.name].label
        yield Row(f"step/{step.slug}", STEPS[step.name], step.taken_on, who, label)
    for fee in fees:
        who, what = names[fee.owner_id], _same(fee.receipt)
        yield Row(f"fee/{fee.slug}", "fee", fee.paid_on, who, what, _exactly(fee.yuan))
    for check in checks:
        who, what = names[check.owner_id], Label(f"{check.year} 年度：{check.words}", check.words)
        marks = frozenset(("passed",)) if check.passed else frozenset[str]()
        yield Row(f"check/{check.slug}", "checked", check.checked_on, who, what, marks=marks)


def _meetings(actor: Actor, first: date, last: date, names: dict[int, str]) -> Iterator[Row]:
    held = Meeting.objects.filter(
        alliance_id=actor.alliance.id, starts_at__date__range=(first, last)
    )
    for row in held.order_by("id"):
        if row.ends_at > _end(last):
            continue
        marks = frozenset(("minutes",)) if row.minutes else frozenset[str]()
        yield Row(
            f"meeting/{row.slug}", "met", _day(row.starts_at), "", _same(row.title), None, marks
        )
        came = Presence.objects.visible_to(actor).filter(meeting_id=row.pk)
        came = came.exclude(how=Presence.How.ABSENT)
        for each in came.select_related("owner"):
            number = f"presence/{row.slug}/{each.owner.slug}"
            persons = UNKNOWN if each.persons is None else _exactly(each.persons)
            who = names[each.owner_id]
            yield Row(number, "came", _day(row.starts_at), who, _same(row.title), persons)


def _end(last: date) -> datetime:
    """Return the moment until which a report of a day counts: the day's end, and never the future."""
    end = timezone.make_aware(datetime.combine(last, datetime.max.time()))
    return min(end, timezone.now())


def _votes(actor: Actor, first: date, last: date, names: dict[int, str]) -> Iterator[Row]:
    decided = visible(actor).filter(closed_at__date__range=(first, last)).order_by("id")
    for row in decided:
        marks = frozenset(("carried",)) if row.carried else frozenset[str]()
        who = row.about.name if row.about else ""
        day = _day(row.closed_at or row.opened_at)
        yield Row(f"resolution/{row.slug}", "decided", day, who, _same(row.text), None, marks)
    ballots = Ballot.objects.visible_to(actor).filter(
        cast_at__date__range=(first, last), resolution__in=decided
    )
    for ballot in ballots.select_related("owner", "resolution"):
        number = f"ballot/{ballot.resolution.slug}/{ballot.owner.slug}"
        what = _same(ballot.resolution.text)
        yield Row(number, "voted", _day(ballot.cast_at), names[ballot.owner_id], what)


def _tasks(actor: Actor, first: date, last: date) -> Iterator[Row]:
    tasks = visible_tasks(actor).exclude(source=Action.Source.QUESTION)
    begun = tasks.filter(set_at__date__lte=last).select_related("owner").order_by("id")
    for row in begun:
        who, what = row.owner.name if row.owner else "", _same(row.text)
        if _day(row.set_at) >= first:
            yield Row(f"set/{row.slug}", "set", _day(row.set_at), who, what)
        closed = _day(row.closed_at) if row.closed_at else None
        if row.state == Action.State.DONE and closed and first <= closed <= last:
            marks = frozenset(("in time",)) if closed <= row.due_on else frozenset[str]()
            yield Row(f"done/{row.slug}", "done", closed, who, what, None, marks)
        if row.due_on < last and (closed is None or closed > last):
            yield Row(f"overdue/{row.slug}", "overdue", row.due_on, who, what)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _same(words: str) -> Label:
    return Label(words, words)


def _exactly(number: int) -> Range:
    return Range(Decimal(number), Decimal(number))
