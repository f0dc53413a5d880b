"""The overview for programs: two days of the chain and the alliance beside each other."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from fenglian.engine.analysis.coverage import Coverage
from fenglian.engine.analysis.replay import Node, Side
from fenglian.engine.chain.demand import Scenario
from fenglian.engine.chain.records import Source
from fenglian.engine.contracts.ranges import Range
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.engine.registry.records import Signing, UnitPost
from fenglian.web.accounts.actor import actor_of
from fenglian.web.chain.queries import Wanted
from fenglian.web.overview import then_and_now
from fenglian.web.overview.then_and_now import Day

router = Router(tags=["overview"])


class DaysIn(Schema):
    """Which days are asked for: without them the founding day, and today."""

    then: date | None = None
    now: date | None = None
    scenario: Annotated[str, Field(max_length=60)] = ""
    year: Annotated[int | None, Field(ge=1900, le=2200)] = None


class EndsOut(Schema):
    """Yuan from low to high; null: nobody said. ``strict``: more than low."""

    low: Decimal | None
    high: Decimal | None
    strict: bool


class DayOut(Schema):
    """The alliance as it was known on a day; null was not known, and is not 0."""

    day: date
    organisations: int | None
    members: int | None
    unit_posts: list[UnitPost]
    signings: list[Signing]
    contracts: int | None
    worth: EndsOut
    delivered: EndsOut
    paid: EndsOut


class ChainSideOut(Schema):
    """The chain as it was known on a day."""

    makers: list[str]
    bottlenecks: list[str]
    sized: int


class NodeOut(Schema):
    """One product on both days; ends of a figure that are null were not known."""

    product: str
    differs: bool
    found: list[str]
    gone: list[str]
    then: Coverage
    now: Coverage


class BothChainsOut(Schema):
    """The chain on both days, under one demand."""

    scenario: Scenario
    then: ChainSideOut
    now: ChainSideOut
    rows: list[NodeOut]
    assumptions: list[Label]
    sources: list[Source]


class ReplayOut(Schema):
    """What was known on two days."""

    synthetic: bool
    founded: date | None
    data_class: DataClass
    then: DayOut
    now: DayOut
    chain: BothChainsOut | None


@router.get("/replay", response=ReplayOut, operation_id="replay_days")
def replay_days(request: HttpRequest, asked: Query[DaysIn]) -> ReplayOut:
    """Compare what was known on two days; the first is the founding day where none is named."""
    actor, today = actor_of(request), timezone.localdate()
    found = then_and_now.compare_days(
        actor,
        asked.then or then_and_now.default_day(actor, today),
        asked.now or today,
        Wanted(asked.scenario, asked.year),
    )
    chain = found.chain
    return ReplayOut(
        synthetic=actor.alliance.synthetic,
        founded=then_and_now.founding_day(actor),
        data_class=found.data_class,
        then=_day(found.then),
        now=_day(found.now),
        chain=BothChainsOut(
            scenario=chain.now.chain.scenario,
            then=_side(chain.then),
            now=_side(chain.now),
            rows=[_node(row) for row in chain.rows],
            assumptions=list(chain.assumptions),
            sources=list(chain.now.chain.sources.values()),
        )
        if chain
        else None,
    )


def _day(day: Day) -> DayOut:
    standing = day.standing
    return DayOut(
        day=day.day,
        organisations=day.organisations,
        members=day.members,
        unit_posts=list(day.registry.unit_posts),
        signings=list(day.registry.signings),
        contracts=len(standing.contracts) or None,
        worth=_ends(standing.amount),
        delivered=_ends(standing.delivered),
        paid=_ends(standing.paid),
    )


def _ends(amount: Range) -> EndsOut:
    return EndsOut(low=amount.low, high=amount.high, strict=amount.strict)


def _side(side: Side) -> ChainSideOut:
    return ChainSideOut(
        makers=sorted(side.makers), bottlenecks=list(side.bottlenecks), sized=side.sized
    )


def _node(row: Node) -> NodeOut:
    return NodeOut(
        product=row.product,
        differs=row.differs,
        found=list(row.found),
        gone=list(row.gone),
        then=row.then,
        now=row.now,
    )
