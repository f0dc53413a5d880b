"""The overview for programs: two days of the chain and the alliance beside each other."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from fenglian.engine.advice.yearly import Kind
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
from fenglian.web.overview import then_and_now, yearly
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


class MonthIn(Schema):
    """The first of the twelve months; without it the last twelve of which something is known."""

    month: Annotated[str, Field(pattern=r"^(19[5-9]|2[01]\d)\d-(0[1-9]|1[0-2])$")] | None = None


class YearRowOut(Schema):
    """One thing on record; ``number`` is what the report on paper calls it."""

    number: int
    id: str
    kind: Kind
    day: date
    who: str
    what: Label
    amount: EndsOut | None
    marks: list[str]


class YearFigureOut(Schema):
    """One figure and the ids of its rows; where it is not ``open``, the reader may not know."""

    name: str
    section: str
    label: Label
    unit: Label
    rule: str
    value: EndsOut
    rows: list[str]
    open: bool


class YearOut(Schema):
    """Twelve months of the alliance, as the reader may know them."""

    synthetic: bool
    first: date
    last: date
    data_class: DataClass
    figures: list[YearFigureOut]
    rows: list[YearRowOut]


@router.get("/year", response=YearOut, operation_id="report_year")
def report_year(request: HttpRequest, asked: Query[MonthIn]) -> YearOut:
    """Report twelve months: each figure with the rows from which it can be worked out again."""
    actor = actor_of(request)
    words = asked.month
    first = date.fromisoformat(f"{words}-01") if words else yearly.default_first(actor)
    found = yearly.make_report(actor, first)
    return YearOut(
        synthetic=actor.alliance.synthetic,
        first=found.first,
        last=found.last,
        data_class=found.data_class,
        figures=[
            YearFigureOut(
                name=each.asked.name,
                section=each.asked.section,
                label=each.asked.label,
                unit=each.asked.unit,
                rule=each.asked.rule,
                value=_ends(each.value),
                rows=list(each.rows),
                open=each.open,
            )
            for each in found.figures
        ],
        rows=[
            YearRowOut(
                number=number,
                id=row.id,
                kind=row.kind,
                day=row.day,
                who=row.who,
                what=row.what,
                amount=None if row.amount is None else _ends(row.amount),
                marks=sorted(row.marks),
            )
            for number, row in enumerate(found.rows, 1)
        ],
    )
