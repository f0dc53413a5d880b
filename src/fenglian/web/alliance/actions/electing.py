"""The only writer of elections: candidates, secret slips, the count, and the posts that follow."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance.charter import BODIES
from fenglian.engine.alliance.elections import Elected, Slip, elect, slips_of_counts
from fenglian.engine.alliance.tiers import check_tier
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.meeting import unit_named
from fenglian.web.alliance.actions.records import note, said
from fenglian.web.alliance.actions.seating import seat_elected
from fenglian.web.alliance.actions.voting import body_of, entitled_units, meeting_at
from fenglian.web.alliance.faults import (
    CandidateOdd,
    CountOff,
    HasVoted,
    NobodyVotes,
    NoCandidates,
    NoVote,
    SeatsOdd,
    SlipSpoilt,
    VoteClosed,
)
from fenglian.web.alliance.models import Box, Candidate, Election, Presence, Voted
from fenglian.web.alliance.queries.charters import rules_of, rules_on

MOST_SEATS = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be elected."""

    title: str
    post: str
    candidates: str  # a line each: a unit, or a unit and a person
    seats: int
    since: date
    of_persons: bool = False
    body: str = "assembly"
    way: str = "secret"
    years: int | None = None  # None: as the charter has it
    tier: str = ""  # that an elected unit gets; empty: none
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class RoomCount:
    """An election as it was counted in the room."""

    entitled: int
    present: int
    slips: int  # good ones
    votes: Mapping[str, int] = field(default_factory=dict)  # address of a candidate → votes


@transaction.atomic
def open_election(actor: Actor, call: Standing) -> str:
    """Open an election and return its address; who has a vote is settled now.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the role opens no elections, or there is no such body, way or meeting.
    FieldMissing, SeatsOdd, NoCandidates, CandidateOdd, UnitMissing, UnknownTier, NobodyVotes
        Where something is missing or cannot be.
    """
    require(actor, Act.KEEP_MEMBERS)
    body, rules = body_of(call.body), rules_on(actor.alliance.id)
    if call.way not in Election.Way.values:
        raise ObjectDoesNotExist
    years = rules.numbers.term_years if call.years is None else call.years
    if not 1 <= call.seats <= MOST_SEATS or not 1 <= years <= rules.numbers.term_years:
        words = f"{call.seats} / {years}"
        raise SeatsOdd(words=words, most=rules.numbers.term_years)
    standing = _candidates(actor, call)
    entitled = entitled_units(actor, body, rules)
    if call.way == Election.Way.SECRET and not entitled:
        raise NobodyVotes(body_zh=BODIES[body].zh, body_en=BODIES[body].en)
    row = Election.objects.create(
        alliance_id=actor.alliance.id,
        title=said(call.title, "选举名称", "the title of the election"),
        post=said(call.post, "职务名称", "the post"),
        of_persons=call.of_persons,
        tier=check_tier(call.tier) if call.tier and not call.of_persons else "",
        seats=call.seats,
        body=body,
        way=call.way,
        meeting=meeting_at(actor, call.meeting),
        charter=rules.charter,
        since=call.since,
        years=years,
        entitled=entitled,
        opened_at=timezone.now(),
        opened_by_id=actor.user,
    )
    for unit, person in standing:
        Candidate.objects.create(election=row, unit=unit, person=person)
    Box.objects.create(election=row, slips=[])
    note(actor, "add", row, candidates=len(standing))
    return row.slug


def _candidates(actor: Actor, call: Standing) -> list[tuple[Owner, str]]:
    found: list[tuple[Owner, str]] = []
    for line in filter(None, (each.strip() for each in call.candidates.splitlines())):
        unit, person = line, ""
        if call.of_persons:
            unit, _, person = (each.strip() for each in line.replace("\u3000", " ").rpartition(" "))
        if not unit:
            raise CandidateOdd(line=line)
        one = (unit_named(actor, unit), person)
        if one in found:
            raise CandidateOdd(line=line)
        found.append(one)
    if not found:
        raise NoCandidates(seats=call.seats)
    return found


def _find(actor: Actor, slug: str) -> Election:
    require(actor, Act.MEET)
    row = Election.objects.filter(alliance_id=actor.alliance.id, slug=slug).first()
    if row is None:
        raise ObjectDoesNotExist
    return row


@transaction.atomic
def give_slip(actor: Actor, slug: str, names: Collection[str]) -> None:
    """Put the own unit's slip into the box, once. Nothing that is kept ties the two.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the role does not vote, or there is no such election.
    NoVote, VoteClosed, SlipSpoilt, HasVoted
        Where the slip cannot be taken.
    """
    require(actor, Act.VOTE)
    row = _find(actor, slug)
    own = Owner.objects.filter(pk=actor.owner or 0, slug__in=row.entitled).first()
    if own is None or row.way != Election.Way.SECRET:
        raise NoVote
    # Whoever votes at the same moment waits here, so that no slip is lost.
    box = Box.objects.select_for_update().get(pk=row.pk)
    row.refresh_from_db()
    if row.closed_at is not None:
        raise VoteClosed
    standing = set(row.candidates.values_list("slug", flat=True))
    if len(set(names)) > row.seats or not set(names) <= standing:
        raise SlipSpoilt(seats=row.seats)
    if Voted.objects.visible_to(actor).filter(election_id=row.pk, owner_id=own.pk).exists():
        raise HasVoted
    mark = Voted.objects.create(alliance_id=actor.alliance.id, owner=own, election=row)
    box.slips = sorted([*box.slips, sorted(set(names))])
    box.save(update_fields=["slips"])
    note(actor, "vote", mark, election=row.slug)


@transaction.atomic
def close_election(actor: Actor, slug: str, counted: RoomCount | None = None) -> Elected:
    """Close an election, count it, keep the result, and fill the posts.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the role closes no elections, or there is none at that address.
    VoteClosed, CountOff, SlipsOff
        Where it is closed already, or what was counted in the room cannot be.
    """
    require(actor, Act.KEEP_MEMBERS)
    row = _find(actor, slug)
    box = Box.objects.select_for_update().get(pk=row.pk)
    row.refresh_from_db()
    if row.closed_at is not None:
        raise VoteClosed
    standing = sorted(row.candidates.values_list("slug", flat=True))
    if row.way == Election.Way.COUNTED:
        slips, present, entitled = _room(row, counted, standing)
    else:
        slips = [Slip(str(number), frozenset(names)) for number, names in enumerate(box.slips)]
        present, entitled = _there(actor, row), len(row.entitled)
    units = [str(number) for number in range(entitled)]
    found = elect(
        slips,
        candidates=standing,
        seats=row.seats,
        entitled=units,
        present=units[:present],
        rule=rules_of(row.charter).numbers.rule(body_of(row.body)),
    )
    row.closed_at = timezone.now()
    row.result = _plain(found, len(slips), present, entitled)
    row.save(update_fields=["closed_at", "result"])
    seat_elected(actor, row, found)
    note(actor, "end", row, elected=len(found.elected))
    return found


def _there(actor: Actor, row: Election) -> int:
    """Return how many units with a vote came to the meeting or gave a slip."""
    voted = Voted.objects.visible_to(actor).filter(election_id=row.pk)
    came = Presence.objects.visible_to(actor).filter(meeting_id=row.meeting_id or 0, by_code=False)
    came = came.exclude(how=Presence.How.ABSENT)
    entitled = Owner.objects.filter(slug__in=row.entitled).values_list("pk", flat=True)
    there = {*voted.values_list("owner_id", flat=True), *came.values_list("owner_id", flat=True)}
    return len(there & set(entitled))


def _room(
    row: Election, counted: RoomCount | None, standing: Sequence[str]
) -> tuple[list[Slip], int, int]:
    if counted is None or not 0 < counted.slips <= counted.present <= counted.entitled:
        given = counted or RoomCount(0, 0, 0)
        raise CountOff(votes=given.slips, present=given.present, entitled=given.entitled)
    votes = {slug: counted.votes.get(slug, 0) for slug in standing}
    slips = slips_of_counts(votes, slips=counted.slips, seats=row.seats)
    return slips, counted.present, counted.entitled


def _plain(found: Elected, slips: int, present: int, entitled: int) -> dict[str, Any]:
    kept = {name: value for name, value in asdict(found).items() if name != "not_entitled"}
    return {**kept, "slips": slips, "present": present, "units": entitled}
