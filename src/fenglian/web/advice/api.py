"""The advice for programs: the four verbs, the gaps with their options, and what was decided."""

from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from fenglian.engine.advice.case import Case, Moved
from fenglian.engine.advice.gaps import Gap
from fenglian.engine.advice.items import AdviceItem, Verb
from fenglian.engine.advice.options import Way
from fenglian.engine.chain.demand import Scenario
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Source
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import actor_of
from fenglian.web.advice import queries as decisions
from fenglian.web.chain import queries
from fenglian.web.chain.api import ChainHead, WantedIn, head_of, open_wanted
from fenglian.web.chain.queries import Wanted

router = Router(tags=["advice"])


class AdviceOut(Schema):
    """What to do next; an end of a figure that is null was not found, and is not 0."""

    synthetic: bool
    scenario: Scenario
    data_class: DataClass
    fingerprint: str
    items: list[AdviceItem]
    assumptions: list[Label]
    sources: list[Source]


@router.get("", response=AdviceOut, operation_id="list_advice")
def list_advice(
    request: HttpRequest, wanted: Query[WantedIn], verb: Verb | None = None
) -> AdviceOut:
    """List what to build, extend, patch and strengthen, the sure first within each verb."""
    actor = actor_of(request)
    view = queries.open_chain(actor, Wanted(wanted.scenario, wanted.year))
    if view is None:
        raise Http404
    items = view.advice.items if verb is None else view.advice.of(verb)
    cited = {name for item in items for name in item.evidence}
    return AdviceOut(
        synthetic=actor.alliance.synthetic,
        scenario=view.chain.scenario,
        data_class=view.advice.data_class,
        fingerprint=view.advice.fingerprint,
        items=list(items),
        assumptions=list(view.advice.assumptions),
        sources=[source for name, source in view.chain.sources.items() if name in cited],
    )


class GapsOut(Schema):
    """What lacks, and apart from it what nobody knows, each with its question."""

    about: ChainHead
    unit: Label
    value: Interval
    known: list[Gap]
    unknown: list[Gap]
    assumptions: list[Label]


class CaseOut(Schema):
    """One gap with its three options; null was not found, and is never 0."""

    about: ChainHead
    case: Case


class TaskOut(Schema):
    """What was issued for a decision."""

    slug: str
    text: str
    unit: str
    due_on: date
    state: str
    evidence: str
    overdue: bool


class RecordOut(Schema):
    """One piece of advice as it stood, what was chosen, and today's figures beside it."""

    slug: str
    state: str
    case: Case
    given_to: str
    given_at: datetime
    way: Way | None
    reason: str
    chosen_at: datetime | None
    task: TaskOut | None
    published: bool
    dropped_for: str
    moved: list[Moved]


class HistoryOut(Schema):
    """What was advised and decided, as far as one may see it, the latest first."""

    synthetic: bool
    records: list[RecordOut]


@router.get("/gaps", response=GapsOut, operation_id="list_gaps")
def list_gaps(request: HttpRequest, wanted: Query[WantedIn]) -> GapsOut:
    """List the gaps in demand and in money, and apart from them those of unknown capacity."""
    view = open_wanted(request, wanted)
    found = decisions.gaps_of(view)
    return GapsOut(
        about=head_of(request, view),
        unit=found.unit,
        value=found.value,
        known=list(found.known),
        unknown=list(found.unknown),
        assumptions=list(found.assumptions),
    )


@router.get("/gaps/{product}", response=CaseOut, operation_id="get_gap")
def get_gap(request: HttpRequest, product: str, wanted: Query[WantedIn]) -> CaseOut:
    """Return one gap with need, suppliers, three options, and what closing it would do."""
    view = open_wanted(request, wanted)
    if product not in {gap.product for gap in decisions.every_gap(view)}:
        raise Http404
    case = decisions.case_of(view, product, timezone.localdate())
    return CaseOut(about=head_of(request, view), case=case)


@router.get("/history", response=HistoryOut, operation_id="list_decisions")
def list_decisions(request: HttpRequest, product: str = "") -> HistoryOut:
    """List what was advised and decided; to those who do not follow it, only what is published."""
    actor = actor_of(request)
    return HistoryOut(
        synthetic=actor.alliance.synthetic,
        records=[
            RecordOut(
                slug=each.slug,
                state=each.state,
                case=each.case,
                given_to=each.given_to,
                given_at=each.given_at,
                way=each.way,
                reason=each.reason,
                chosen_at=each.chosen_at,
                task=TaskOut.from_orm(each.task) if each.task else None,
                published=each.published,
                dropped_for=each.dropped_for,
                moved=list(decisions.held_against_today(actor, each.case) or ()),
            )
            for each in decisions.list_records(actor, product[:60])
        ],
    )
