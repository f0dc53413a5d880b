"""What was put to the vote, who voted how, and how did it come out?

What is about one unit is for that unit, for those who judge applications, for the units that have a
vote in it, and for all members once it was carried; to others it is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Ballot, Resolution


@dataclass(frozen=True, slots=True)
class BallotLine:
    """How one unit voted; None: it has not, or has not yet."""

    unit: str
    choice: str | None


@dataclass(frozen=True, slots=True)
class ResolutionLine:
    """A resolution in the list."""

    slug: str
    kind: str
    text: str
    about: str  # name of the unit; empty: of none
    body: str
    way: str
    opened_at: datetime
    closed_at: datetime | None
    carried: bool | None


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """A resolution with its votes and its count."""

    line: ResolutionLine
    about_slug: str
    ballots: tuple[BallotLine, ...]  # of all with a vote, where it is voted on record
    entitled: int
    result: Mapping[str, Any] | None  # the engine's count; None while it is open
    may_vote: bool  # the actor's unit has a vote and has not used it
    may_close: bool


def visible(actor: Actor) -> QuerySet[Resolution]:
    """Return the resolutions that an actor may see."""
    require(actor, Act.MEET)
    rows = Resolution.objects.filter(alliance_id=actor.alliance.id).select_related("about")
    if may(actor, Act.JUDGE):
        return rows
    open_to = Q(about=None) | Q(carried=True) | Q(about_id=actor.owner or 0)
    return rows.filter(open_to | Q(pk__in=_votes_in(actor)))


def _votes_in(actor: Actor) -> list[int]:
    """Return the resolutions about a unit in which the actor's own unit has a vote."""
    own = Owner.objects.filter(pk=actor.owner or 0).values_list("slug", flat=True).first()
    if own is None:
        return []
    rows = Resolution.objects.filter(alliance_id=actor.alliance.id).exclude(about=None)
    return [pk for pk, entitled in rows.values_list("pk", "entitled") if own in entitled]


def list_resolutions(actor: Actor) -> list[ResolutionLine]:
    """Return resolutions, the newest first."""
    return [_line(row) for row in visible(actor)]


def about_unit(actor: Actor, owner: int) -> list[ResolutionLine]:
    """Return the resolutions about one unit."""
    return [_line(row) for row in visible(actor).filter(about_id=owner)]


def about_owner(actor: Actor, slug: str) -> list[ResolutionLine]:
    """Return the resolutions about the unit at an address."""
    return [_line(row) for row in visible(actor).filter(about__slug=slug)]


def of_meeting(actor: Actor, meeting: int) -> list[ResolutionLine]:
    """Return the resolutions of one meeting that an actor may see."""
    return [_line(row) for row in visible(actor).filter(meeting_id=meeting)]


def find_resolution(actor: Actor, slug: str) -> ResolutionView:
    """Return one resolution; raises ``ObjectDoesNotExist`` where it is not for the actor."""
    row = visible(actor).filter(slug=slug).first()
    if row is None:
        raise ObjectDoesNotExist
    given = {each.owner_id: each.choice for each in _ballots(actor, row)}
    owners = _entitled(row)
    own = actor.owner in {each.pk for each in owners}
    return ResolutionView(
        line=_line(row),
        about_slug=row.about.slug if row.about else "",
        ballots=_lines(row, owners, given),
        entitled=len(row.entitled),
        result=row.result,
        may_vote=own
        and may(actor, Act.VOTE)
        and row.closed_at is None
        and row.way == Resolution.Way.OPEN
        and actor.owner not in given,
        may_close=may(actor, Act.KEEP_MEMBERS) and row.closed_at is None,
    )


def _ballots(actor: Actor, row: Resolution) -> Iterable[Ballot]:
    found: Iterable[Ballot] = Ballot.objects.visible_to(actor).filter(resolution_id=row.pk)
    return found


def _entitled(row: Resolution) -> list[Owner]:
    rows = Owner.objects.filter(alliance_id=row.alliance_id, slug__in=row.entitled)
    return list(rows.order_by("pk"))


def _lines(
    row: Resolution, owners: Iterable[Owner], given: Mapping[int, str]
) -> tuple[BallotLine, ...]:
    if row.way != Resolution.Way.OPEN:
        return ()
    return tuple(BallotLine(each.name, given.get(each.pk)) for each in owners)


def _line(row: Resolution) -> ResolutionLine:
    return ResolutionLine(
        slug=row.slug,
        kind=row.kind,
        text=row.text,
        about=row.about.name if row.about else "",
        body=row.body,
        way=row.way,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        carried=row.carried,
    )
