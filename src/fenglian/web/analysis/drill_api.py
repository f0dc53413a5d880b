"""The drill room for programs: try a drill, keep it, ask units, answer for one's own."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import actor_of
from fenglian.web.analysis import actions, drill_forms, queries
from fenglian.web.analysis.actions import Question, Said, Sending
from fenglian.web.analysis.queries import drills
from fenglian.web.analysis.queries.drills import NoticeLine
from fenglian.web.chain.api import ChainHead, WantedIn, head_of, open_wanted
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import language

router = Router(tags=["analysis"])
Weeks = Annotated[int, Field(ge=1, le=52)]
Share = Annotated[int, Field(ge=1, le=100)]
Day = Annotated[int, Field(ge=1, le=365)]


class DrillIn(Schema):
    """Who stops, as ``product:organisation`` or ``product:*`` for all its known makers.

    Without it the maker of whom most is bought here.
    """

    stop: Annotated[str, Field(max_length=121)] = ""
    weeks: Weeks = 6
    share: Share = 100  # of capacity, per cent
    ready_day: Day = 8  # from which on stand-ins deliver


class DaysOut(Schema):
    """A day of the drill with low, working and high stocks; null: it does not come."""

    low: int | None
    working: int | None
    high: int | None


class PathOut(Schema):
    """What becomes of one unit."""

    organisation: str
    name: str
    cause: str
    hit_day: DaysOut
    stop_day: DaysOut
    recovered_day: DaysOut
    lowest: Interval
    lost_yuan: Interval
    product: str | None
    stock_days: Interval
    stock_stated: bool


class OtherOut(Schema):
    """Who could stand in; null ends: nobody said what is free."""

    organisation: str
    name: str
    product: str
    buyers: list[str]
    room_yuan_a_day: Interval
    saved_yuan: Interval


class ChangeOut(Schema):
    """What one change does to the loss."""

    change: str
    label: Label
    lost_yuan: float
    more_yuan: float


class StepOut(Schema):
    """One thing to do."""

    kind: str
    by_day: int | None
    organisation: str
    name: str
    product: str | None
    text: Label


class DrillOut(Schema):
    """What a drill comes to, of what one may use; ``data_class`` is the highest that went in."""

    about: ChainHead
    data_class: DataClass
    stopped: list[str]
    days: int
    lost_yuan: Interval
    lost_final: Interval
    final_unit: Label | None
    paths: list[PathOut]
    daily_outside: list[list[float]]  # low, working and high stocks; share of the usual by day
    others: list[OtherOut]
    changes: list[ChangeOut]
    steps: list[StepOut]
    unknown_stocks: list[tuple[str, str]]  # unit, product
    assumptions: list[Label]


class KeptOut(Schema):
    """A drill that one's own unit keeps."""

    id: str
    stop: str
    weeks: int
    share: int
    ready_day: int
    kept_at: datetime
    kept_by: str
    closed: bool


class ReplyOut(Schema):
    """An answer: ``room_yuan`` is what more could be supplied a month."""

    verdict: str
    stock_days: int | None
    room_yuan: float | None
    from_day: int | None
    words: str
    by: str
    at: datetime
    stands: bool


class NoticeOut(Schema):
    """Who was asked what, and what came back."""

    id: str
    asker: str
    organisation: str
    name: str
    product: str
    asks: list[str]
    stopped: list[str]
    weeks: int
    share: int
    words: str
    due_on: date
    sent_at: datetime
    closed: bool
    overdue: bool
    replies: list[ReplyOut]


class SendIn(Schema):
    """Whom to ask, each as ``organisation:product`` of the drill's steps, and until when."""

    to: Annotated[list[Annotated[str, Field(max_length=160)]], Field(max_length=200)]
    due_on: date | None = None
    words: Annotated[str, Field(max_length=400)] = ""


class SentOut(Schema):
    """How many notices went out; who was asked before is not asked twice."""

    sent: int


class SaidIn(Schema):
    """What a unit answers; null is not said."""

    verdict: Literal["can", "cannot", "needs"]
    stock_days: Annotated[int, Field(ge=0, le=3660)] | None = None
    room_yuan: Annotated[Decimal, Field(ge=0, le=10**12)] | None = None
    from_day: Annotated[int, Field(ge=1, le=3660)] | None = None
    words: Annotated[str, Field(max_length=400)] = ""


@router.get("/drill", response=DrillOut, operation_id="get_drill")
def get_drill(request: HttpRequest, wanted: Query[WantedIn], asked: Query[DrillIn]) -> DrillOut:
    """Return who stops when if a plant stops, and what follows; nothing is stored."""
    view = open_wanted(request, wanted)
    heard = drills.hear(actor_of(request), view)
    question = Question(asked.stop, asked.weeks, asked.share, asked.ready_day)
    found = queries.load("drills.work_out")(view.chain, heard, question, language())
    return _drill(request, view, found)


@router.get("/drills", response=list[KeptOut], operation_id="list_drills")
def list_drills(request: HttpRequest) -> list[KeptOut]:
    """List the drills that one's own unit keeps."""
    lines = [each for each in drills.list_drills(actor_of(request)) if each.own]
    return [
        KeptOut(
            id=each.slug,
            stop=each.stop,
            weeks=each.weeks,
            share=each.share,
            ready_day=each.ready_day,
            kept_at=each.kept_at,
            kept_by=each.kept_by,
            closed=each.closed,
        )
        for each in lines
    ]


@router.post("/drills", response=str, operation_id="keep_drill")
def keep_drill(request: HttpRequest, wanted: Query[WantedIn], body: DrillIn) -> str:
    """Keep a drill for one's own unit, and return its id."""
    actor = actor_of(request)
    actions.require_keeper(actor)
    view = open_wanted(request, wanted)
    scenario = f"{wanted.scenario}@{wanted.year}" if wanted.year else wanted.scenario
    question = Question(body.stop, body.weeks, body.share, body.ready_day, scenario)
    # Refuses what cannot be drilled before it is kept.
    heard = drills.hear(actor, view)
    found = queries.load("drills.work_out")(view.chain, heard, question, language())
    return actions.keep_drill(actor, found.question)


@router.get("/drills/{slug}", response=list[NoticeOut], operation_id="list_notices")
def list_notices(request: HttpRequest, slug: str) -> list[NoticeOut]:
    """List who was asked about a drill of one's own unit, and what they answered."""
    actor = actor_of(request)
    drills.find_drill(actor, slug)
    return [_notice(each) for each in drills.list_notices(actor, slug)]


@router.post("/drills/{slug}", response=SentOut, operation_id="send_notices")
def send_notices(request: HttpRequest, slug: str, wanted: Query[WantedIn], body: SendIn) -> SentOut:
    """Ask units about a drill of one's own unit."""
    actor = actor_of(request)
    line, view = drills.find_drill(actor, slug), open_wanted(request, wanted)
    question = Question(line.stop, line.weeks, line.share, line.ready_day)
    heard = drills.hear(actor, view, slug)
    found = queries.load("drills.work_out")(view.chain, heard, question, language())
    asks = queries.load("drill_page.asks_of")(found, body.to)
    stopped = tuple(found.desk.firms[each] for each in found.stopped)
    sending = Sending(stopped, body.due_on or drill_forms.due_day(), body.words)
    return SentOut(sent=actions.send_notices(actor, slug, asks, sending))


@router.get("/notices", response=list[NoticeOut], operation_id="list_asked")
def list_asked(request: HttpRequest) -> list[NoticeOut]:
    """List the notices that ask one's own unit, with its own answers."""
    return [_notice(each) for each in drills.list_asked(actor_of(request))]


@router.post("/notices/{slug}", response=NoticeOut, operation_id="answer_notice")
def answer_notice(request: HttpRequest, slug: str, body: SaidIn) -> NoticeOut:
    """Answer a notice for one's own unit; a later answer takes the place of an earlier one."""
    actor = actor_of(request)
    actions.answer_notice(actor, slug, Said(**body.dict()))
    return _notice(drills.find_asked(actor, slug))


def _drill(request: HttpRequest, view: OpenChain, found: Any) -> DrillOut:
    plan, run = found.plan, found.plan.found
    final = run.drill.final
    return DrillOut(
        about=head_of(request, view),
        data_class=found.heard.data_class,
        stopped=list(found.stopped),
        days=run.rules.days,
        lost_yuan=run.final_lost_yuan,
        lost_final=run.final_lost,
        final_unit=final.unit if final else None,
        paths=[_path(found, each) for each in run.paths],
        daily_outside=run.daily_outside.round(6).tolist(),
        others=[_other(found, each) for each in plan.others.rows],
        changes=[
            ChangeOut(
                change=each.change.value,
                label=each.change.label,
                lost_yuan=each.lost_yuan,
                more_yuan=each.more_yuan,
            )
            for each in plan.changes
        ],
        steps=[
            StepOut(
                kind=each.kind.value,
                by_day=each.by_day,
                organisation=found.organisation(each.firm),
                name=each.firm,
                product=each.product,
                text=each.text,
            )
            for each in plan.steps
        ],
        unknown_stocks=[(each.firm, each.product) for each in run.unknown_stocks],
        assumptions=[*found.desk.assumptions, *run.assumptions],
    )


def _path(found: Any, each: Any) -> PathOut:
    days = {
        name: DaysOut(low=day.low, working=day.working, high=day.high)
        for name in ("hit_day", "stop_day", "recovered_day")
        if (day := getattr(each, name))
    }
    return PathOut(
        organisation=found.organisation(each.firm),
        name=each.firm,
        cause=each.cause.value,
        lowest=each.lowest,
        lost_yuan=each.lost_yuan,
        product=each.product,
        stock_days=each.stock_days,
        stock_stated=each.stock_stated,
        **days,
    )


def _other(found: Any, each: Any) -> OtherOut:
    return OtherOut(
        organisation=found.organisation(each.supplier),
        name=each.supplier,
        product=each.product,
        buyers=list(each.buyers),
        room_yuan_a_day=each.room_yuan,
        saved_yuan=each.saved_yuan,
    )


def _notice(line: NoticeLine) -> NoticeOut:
    return NoticeOut(
        id=line.slug,
        asker=line.asker,
        organisation=line.organisation,
        name=line.name,
        product=line.product,
        asks=list(line.asks),
        stopped=list(line.stopped),
        weeks=line.weeks,
        share=line.share,
        words=line.words,
        due_on=line.due_on,
        sent_at=line.sent_at,
        closed=line.closed,
        overdue=line.overdue,
        replies=[
            ReplyOut(
                verdict=each.verdict,
                stock_days=each.stock_days,
                room_yuan=each.room_yuan,
                from_day=each.from_day,
                words=each.words,
                by=each.by,
                at=each.at,
                stands=each.stands,
            )
            for each in line.replies
        ],
    )
