"""What was known of the chain and the alliance on two days? Engine values, always for an actor."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import timezone

from fenglian.engine.analysis import replay as engine
from fenglian.engine.chain.faults import DaysNotInOrder
from fenglian.engine.chain.known import founding_day as engine_founding_day
from fenglian.engine.chain.stated import StatedCapacity
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.errors import UnknownScenario
from fenglian.engine.registry.records import Registry
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.queries import PostLine, list_members, list_posts
from fenglian.web.chain.queries import Packs, Wanted, open_grounds, open_packs
from fenglian.web.contracts.queries import Book, Standing, open_book
from fenglian.web.registry.queries import Filter, count_places, find_overview

FOUNDED = "alliance_founded"
KEPT = 8  # replays in memory


@dataclass(frozen=True, slots=True)
class Day:
    """The alliance as it was known on a day."""

    day: date
    registry: Registry
    organisations: int | None  # on record by then; None: nobody was
    members: int | None  # None: nobody was, or the reader may not know
    posts: tuple[PostLine, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """Two days side by side."""

    then: Day
    now: Day
    book: Book
    chain: engine.Replay | None  # None: the alliance has no chain
    data_class: DataClass


def founding_day(actor: Actor) -> date | None:
    """Return the day on which the alliance was founded: as accepted statements say, else its pack."""
    for event in find_overview(actor).events:
        if event.type == FOUNDED and event.day is not None:
            return date.fromisoformat(event.day.value[:10])
    grounds = open_packs(actor)
    return engine_founding_day(grounds.pack) if grounds else None


def default_day(actor: Actor, today: date) -> date:
    """Return the day that a replay begins with: the founding, else the same day a year ago."""
    found = founding_day(actor)
    if found is not None and found < today:
        return found
    last_of_february = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 1, day=28 if last_of_february else today.day)


def compare_days(actor: Actor, then: date, now: date, wanted: Wanted) -> ThenAndNow:
    """Return what was known on two days, as far as the actor may know it.

    Raises
    ------
    DaysNotInOrder
        Where the first is not before the second, or the second is after today.
    UnknownScenario
        Where the packs have no such scenario or year.
    """
    require(actor, Act.READ)
    today = timezone.localdate()
    if not then < now <= today:
        raise DaysNotInOrder(then=then, now=now, today=today)
    grounds, book = open_grounds(actor), open_book(actor)
    chain = _replay(grounds.packs, wanted, grounds.stated, then, now, today) if grounds else None
    classes = [book.data_class, *((chain.data_class,) if chain else ())]
    return ThenAndNow(
        then=_day(actor, then, book),
        now=_day(actor, now, book),
        book=book,
        chain=chain,
        data_class=highest(classes),
    )


@lru_cache(maxsize=KEPT)
def _replay(
    packs: Packs,
    wanted: Wanted,
    stated: tuple[StatedCapacity, ...],
    then: date,
    now: date,
    today: date,
) -> engine.Replay:
    """Return the chain of two days; the key of the store is all that goes in."""
    scenario, year = wanted.scenario or None, wanted.year
    known = {row.text("scenario_id") for row in packs.pack.rows("demand_scenarios")}
    if scenario and scenario not in known:
        raise UnknownScenario(scenario=scenario, known=", ".join(sorted(known)) or "–")
    return engine.replay(
        packs.pack, then, now, today=today, scenario=scenario, year=year, stated=stated
    )


def _day(actor: Actor, day: date, book: Book) -> Day:
    on_record = count_places(actor, Filter(as_of=day.isoformat())).total
    meets = may(actor, Act.MEET)
    members = [
        each
        for each in (*list_members(actor), *list_members(actor, gone=True))
        if each.member_since and each.member_since <= day and _still(each.state, each.since, day)
    ] if meets else []  # fmt: skip
    return Day(
        day=day,
        registry=find_overview(actor, day.isoformat()),
        organisations=on_record or None,
        members=len(members) or None,
        posts=tuple(list_posts(actor, day)) if meets else (),
        standing=book.standing(day),
    )


def _still(state: str, since: date, day: date) -> bool:
    """Tell whether a unit was a member on a day: it has not gone, or went later."""
    return state not in ("withdrawn", "expelled") or since > day
