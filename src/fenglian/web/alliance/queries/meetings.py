"""When is the next meeting, who came to the last, and who holds which post as of a day?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils import timezone

from fenglian.engine.alliance import voting
from fenglian.engine.alliance.attendance import PRESENT, How
from fenglian.engine.alliance.charter import BODIES
from fenglian.engine.alliance.membership import MEMBER
from fenglian.engine.alliance.terms import Standing, Term, standing
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Meeting, Member, Post, Presence
from fenglian.web.alliance.queries.charters import rules_on
from fenglian.web.alliance.queries.votes import ResolutionLine, of_meeting


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list."""

    slug: str
    kind: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """A unit that came."""

    unit: str
    slug: str
    persons: int | None
    names: str
    by_code: bool  # signed in by the QR code; counts once the secretariat has confirmed it
    how: How = "came"
    stands_in: str = ""  # who spoke for it, where it was represented


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough came; of units with a vote."""

    entitled: int
    present: int
    needed: int
    reached: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting."""

    line: MeetingLine
    agenda: tuple[str, ...]
    minutes: str
    came: tuple[PresenceLine, ...]  # and who was represented
    absent: tuple[PresenceLine, ...]  # who is known not to have come
    quorum: Quorum | None  # None: of a meeting that decides nothing
    resolutions: tuple[ResolutionLine, ...]
    called_at: datetime
    published: bool


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as of a day."""

    slug: str
    name: str
    unit: str
    person: str
    since: date
    last_day: date | None
    standing: Standing
    grounds: str


def list_meetings(actor: Actor) -> list[MeetingLine]:
    """Return meetings, the latest first."""
    require(actor, Act.MEET)
    return [_line(row) for row in Meeting.objects.filter(alliance_id=actor.alliance.id)]


def find_meeting(actor: Actor, slug: str) -> MeetingView:
    """Return one meeting; raises ``ObjectDoesNotExist`` where there is none."""
    require(actor, Act.MEET)
    row = Meeting.objects.filter(alliance_id=actor.alliance.id, slug=slug).first()
    if row is None:
        raise ObjectDoesNotExist
    present = list(Presence.objects.visible_to(actor).filter(meeting_id=row.pk))
    units = Owner.objects.in_bulk([each.owner_id for each in present])
    lines = [_presence(each, units[each.owner_id]) for each in present]
    return MeetingView(
        line=_line(row),
        agenda=tuple(filter(None, (line.strip() for line in row.agenda.splitlines()))),
        minutes=row.minutes,
        came=tuple(line for line in lines if line.how in PRESENT),
        absent=tuple(line for line in lines if line.how not in PRESENT),
        quorum=_quorum(actor, row, present),
        resolutions=tuple(of_meeting(actor, row.pk)),
        called_at=row.called_at,
        published=row.published,
    )


def _presence(row: Presence, unit: Owner) -> PresenceLine:
    how: How = row.how  # type: ignore[assignment]  # the table's choices are the engine's
    return PresenceLine(
        unit.name, unit.slug, row.persons, row.names, row.by_code, how, row.stands_in
    )


def _quorum(actor: Actor, row: Meeting, present: Iterable[Presence]) -> Quorum | None:
    body = next((each for each in BODIES if each == row.kind), None)
    if body is None:
        return None
    rules = rules_on(actor.alliance.id, timezone.localdate(row.starts_at)).numbers
    members = Member.objects.visible_to(actor).filter(
        state__in=MEMBER, tier__in=rules.entitled(body)
    )
    entitled = set(members.values_list("owner_id", flat=True))
    came = (each for each in present if not each.by_code and each.how in PRESENT)
    there = len({each.owner_id for each in came} & entitled)
    needed = voting.least(rules.rule(body).quorum, len(entitled), more_than=False)
    return Quorum(len(entitled), there, needed, bool(entitled) and there >= needed)


def _line(row: Meeting) -> MeetingLine:
    return MeetingLine(row.slug, row.kind, row.title, row.place, row.starts_at, row.ends_at)


def list_posts(actor: Actor, on: date | None = None) -> list[PostLine]:
    """Return who holds which post on a day, empty: today; an overdue term still holds."""
    require(actor, Act.MEET)
    day = on or timezone.localdate()
    notice = rules_on(actor.alliance.id, day).numbers.notice_days
    rows = Post.objects.filter(alliance_id=actor.alliance.id, since__lte=day)
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=day)).select_related("unit")
    return [_post(row, day, notice) for row in rows]


def _post(row: Post, day: date, notice: int) -> PostLine:
    term = Term(row.person or row.unit.slug, row.name, row.since, row.years, row.left_on)
    return PostLine(
        slug=row.slug,
        name=row.name,
        unit=row.unit.name,
        person=row.person,
        since=row.since,
        last_day=term.last_day,
        standing=standing(term, day, notice),
        grounds=row.grounds,
    )
