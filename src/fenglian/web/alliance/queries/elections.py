"""Which elections are there, who stands, who has voted, how did it come out? Never who voted for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Election, Voted


@dataclass(frozen=True, slots=True)
class ElectionLine:
    """An election in the list."""

    slug: str
    title: str
    post: str
    of_persons: bool
    seats: int
    body: str
    way: str
    since: date
    years: int
    opened_at: datetime
    closed_at: datetime | None
    seats_open: int | None  # after the count; None: not counted yet


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """Who stands."""

    slug: str
    unit: str
    person: str
    votes: int | None  # None: not counted yet
    elected: bool
    tied: bool

    @property
    def name(self) -> str:
        """Unit, and person where one stands."""
        return f"{self.unit} {self.person}".strip()


@dataclass(frozen=True, slots=True)
class ElectionView:
    """One election."""

    line: ElectionLine
    tier: str
    candidates: tuple[CandidateLine, ...]
    entitled: int
    given: int  # slips that lie in the box
    result: Mapping[str, Any] | None
    has_voted: bool  # the actor's own unit
    may_vote: bool
    may_close: bool
    run_off: str  # candidates of a run-off as they are typed; empty: none is needed
    run_off_seats: int
    meeting: str
    charter: str


def list_elections(actor: Actor) -> list[ElectionLine]:
    """Return elections, the newest first."""
    require(actor, Act.MEET)
    return [_line(row) for row in Election.objects.filter(alliance_id=actor.alliance.id)]


def find_election(actor: Actor, slug: str) -> ElectionView:
    """Return one election; raises ``ObjectDoesNotExist`` where there is none."""
    require(actor, Act.MEET)
    rows = Election.objects.filter(alliance_id=actor.alliance.id, slug=slug)
    row = rows.select_related("meeting", "charter").first()
    if row is None:
        raise ObjectDoesNotExist
    voted = Voted.objects.visible_to(actor).filter(election_id=row.pk)
    given = set(voted.values_list("owner_id", flat=True))
    candidates = _candidates(row)
    secret = row.way == Election.Way.SECRET and row.closed_at is None
    own = Owner.objects.filter(pk=actor.owner or 0, slug__in=row.entitled).exists()
    # Those who are tied for the last seats; where none reached the majority, all who are left.
    tied = [each.name for each in candidates if each.tied]
    left = tied or [each.name for each in candidates if not each.elected]
    seats_open = row.result["seats_open"] if row.result else 0
    return ElectionView(
        line=_line(row),
        tier=row.tier,
        candidates=candidates,
        entitled=len(row.entitled),
        given=len(given),
        result=row.result,
        has_voted=actor.owner in given,
        may_vote=secret and own and may(actor, Act.VOTE) and actor.owner not in given,
        may_close=may(actor, Act.KEEP_MEMBERS) and row.closed_at is None,
        run_off="\n".join(left) if seats_open else "",
        run_off_seats=seats_open if left else 0,
        meeting=row.meeting.slug if row.meeting else "",
        charter=row.charter.slug if row.charter else "",
    )


def _candidates(row: Election) -> tuple[CandidateLine, ...]:
    result = row.result or {}
    votes = result.get("votes", {})
    lines = [
        CandidateLine(
            slug=each.slug,
            unit=each.unit.name,
            person=each.person,
            votes=votes.get(each.slug),
            elected=each.slug in result.get("elected", ()),
            tied=each.slug in result.get("tied", ()),
        )
        for each in row.candidates.select_related("unit")
    ]
    return tuple(sorted(lines, key=lambda each: -(each.votes or 0)))


def _line(row: Election) -> ElectionLine:
    return ElectionLine(
        slug=row.slug,
        title=row.title,
        post=row.post,
        of_persons=row.of_persons,
        seats=row.seats,
        body=row.body,
        way=row.way,
        since=row.since,
        years=row.years,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        seats_open=row.result["seats_open"] if row.result else None,
    )
