"""The only writer of resolutions and ballots; what carries is the engine's to say."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance import voting as engine
from fenglian.engine.alliance.charter import BODIES, Body
from fenglian.engine.alliance.membership import MEMBER
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.records import note, said
from fenglian.web.alliance.faults import (
    CountOff,
    HasVoted,
    NobodyVotes,
    NoVote,
    UnknownChoice,
    VoteClosed,
    VoteRuns,
)
from fenglian.web.alliance.models import Ballot, Meeting, Member, Presence, Resolution
from fenglian.web.alliance.queries.charters import Rules, rules_of, rules_on
from fenglian.web.alliance.queries.votes import visible
from fenglian.web.registry import queries as registry


@dataclass(frozen=True, slots=True)
class Counted:
    """A vote as it was counted in the room, in units."""

    entitled: int
    present: int
    votes_for: int
    against: int
    abstain: int


@dataclass(frozen=True, slots=True)
class Motion:
    """What is to be decided."""

    kind: str
    text: str
    body: str = "council"
    way: str = "open"
    about: str = ""  # address of the unit that it is about
    meeting: str = ""  # address of the meeting in which it is decided


@transaction.atomic
def open_vote(actor: Actor, motion: Motion) -> str:
    """Put something to the vote and return its address; who has a vote is settled now.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the role puts nothing to the vote, or there is no such unit, kind, body or way.
    VoteRuns, NobodyVotes
        Where one about the same runs, or no unit has a vote on record.
    """
    require(actor, Act.KEEP_MEMBERS)
    text = said(motion.text, "决议内容", "the text of the resolution")
    about = registry.find_owner(actor, motion.about) if motion.about else None
    if (
        motion.kind not in Resolution.Kind.values
        or motion.body not in BODIES
        or motion.way not in Resolution.Way.values
        or (about is None) == (motion.kind != Resolution.Kind.OTHER)
    ):
        raise ObjectDoesNotExist
    here = Resolution.objects.filter(alliance_id=actor.alliance.id, closed_at=None)
    if about is not None and here.filter(about=about, kind=motion.kind).exists():
        raise VoteRuns
    body, rules = body_of(motion.body), rules_on(actor.alliance.id)
    entitled = entitled_units(actor, body, rules, about)
    if motion.way == Resolution.Way.OPEN and not entitled:
        raise NobodyVotes(body_zh=BODIES[body].zh, body_en=BODIES[body].en)
    row = Resolution.objects.create(
        alliance_id=actor.alliance.id,
        kind=motion.kind,
        about=about,
        meeting=meeting_at(actor, motion.meeting),
        charter=rules.charter,
        text=text,
        body=motion.body,
        way=motion.way,
        entitled=entitled,
        opened_at=timezone.now(),
        opened_by_id=actor.user,
    )
    note(actor, "add", row, kind=motion.kind)
    return row.slug


def body_of(name: str) -> Body:
    """Return a body by its name; raises ``ObjectDoesNotExist``."""
    found = next((each for each in BODIES if each == name), None)
    if found is None:
        raise ObjectDoesNotExist
    return found


def meeting_at(actor: Actor, slug: str) -> Meeting | None:
    """Return the meeting at an address; None for none."""
    if not slug:
        return None
    return Meeting.objects.get(alliance_id=actor.alliance.id, slug=slug)


def entitled_units(actor: Actor, body: Body, rules: Rules, about: Owner | None = None) -> list[str]:
    """Return the units with a vote by the charter; on its own expulsion a unit has none."""
    seated = rules.numbers.entitled(body)
    rows = Member.objects.visible_to(actor).filter(state__in=MEMBER, tier__in=seated)
    owners = set(rows.values_list("owner_id", flat=True)) - {about.pk if about else 0}
    return list(Owner.objects.filter(pk__in=owners).order_by("pk").values_list("slug", flat=True))


@transaction.atomic
def cast_ballot(actor: Actor, slug: str, choice: str) -> None:
    """Vote for one's own unit, once.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the role does not vote, or the resolution is not for the actor to see.
    UnknownChoice, NoVote, VoteClosed, HasVoted
        Where the vote cannot be taken.
    """
    require(actor, Act.VOTE)
    row = _find(actor, slug)
    own = Owner.objects.filter(pk=actor.owner or 0, slug__in=row.entitled).first()
    if own is None or row.way != Resolution.Way.OPEN:
        raise NoVote
    if row.closed_at is not None:
        raise VoteClosed
    if choice not in engine.CHOICES:
        raise UnknownChoice(choice=choice)
    given = Ballot.objects.visible_to(actor).filter(resolution_id=row.pk, owner_id=own.pk)
    if given.exists():
        raise HasVoted
    ballot = Ballot.objects.create(
        alliance_id=actor.alliance.id,
        owner=own,
        resolution=row,
        choice=choice,
        cast_at=timezone.now(),
        cast_by_id=actor.user,
    )
    note(actor, "vote", ballot, resolution=row.slug)


def _find(actor: Actor, slug: str) -> Resolution:
    row = visible(actor).filter(slug=slug).first()
    if row is None:
        raise ObjectDoesNotExist
    return row


@transaction.atomic
def close_vote(actor: Actor, slug: str, counted: Counted | None = None) -> bool:
    """Close a vote, count it, keep the result, and return whether it was carried.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the role closes no votes, or there is none at that address.
    VoteClosed, CountOff
        Where it is closed already, or what was counted in the room cannot be.
    """
    require(actor, Act.KEEP_MEMBERS)
    row = _find(actor, slug)
    if row.closed_at is not None:
        raise VoteClosed
    found = _count_room(row, counted) if row.way == Resolution.Way.COUNTED else _count(actor, row)
    row.closed_at, row.carried, row.result = timezone.now(), found.carried, _plain(found)
    row.save(update_fields=["closed_at", "carried", "result"])
    note(actor, "end", row, carried="yes" if found.carried else "no")
    return found.carried


def _count(actor: Actor, row: Resolution) -> engine.Count:
    rows = Ballot.objects.visible_to(actor).filter(resolution_id=row.pk)
    slugs = dict(Owner.objects.filter(slug__in=row.entitled).values_list("pk", "slug"))
    ballots = [engine.Ballot(slugs[each.owner_id], each.choice) for each in rows]
    came = Presence.objects.visible_to(actor).filter(meeting_id=row.meeting_id or 0, by_code=False)
    came = came.exclude(how=Presence.How.ABSENT)
    present = [slugs[owner] for owner in came.values_list("owner_id", flat=True) if owner in slugs]
    return _counted(row, row.entitled, present, ballots)


def _count_room(row: Resolution, counted: Counted | None) -> engine.Count:
    if counted is None:
        raise CountOff(votes=0, present=0, entitled=0)
    given = (counted.votes_for, counted.against, counted.abstain)
    votes = sum(given)
    if min(given) < 0 or not 0 < votes <= counted.present <= counted.entitled:
        raise CountOff(votes=votes, present=counted.present, entitled=counted.entitled)
    # In the room nobody's name stands on a vote: the units are numbered.
    units = [str(number) for number in range(counted.entitled)]
    words: list[engine.Choice] = [
        *["for"] * counted.votes_for,  # type: ignore[list-item]
        *["against"] * counted.against,  # type: ignore[list-item]
        *["abstain"] * counted.abstain,  # type: ignore[list-item]
    ]
    ballots = [engine.Ballot(unit, word) for unit, word in zip(units, words, strict=False)]
    return _counted(row, units, units[: counted.present], ballots)


def _counted(
    row: Resolution, entitled: list[str], present: list[str], ballots: Iterable[engine.Ballot]
) -> engine.Count:
    rule = rules_of(row.charter).numbers.rule(body_of(row.body))
    return engine.count_votes(ballots, entitled=entitled, present=present, rule=rule)


def _plain(found: engine.Count) -> dict[str, Any]:
    return asdict(found)
