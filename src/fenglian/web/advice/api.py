"""The advice for programs: the four verbs, the gaps with their options, and what was decided."""

from datetime import date, datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from fenglian.engine.advice.case import Case, Moved
from fenglian.engine.advice.gaps import Gap
from fenglian.engine.advice.items import AdviceItem, Verb
from fenglian.engine.advice.options import Way
from fenglian.engine.advice.outcomes import Outcome, outcome_of
from fenglian.engine.chain.demand import Scenario
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Source
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.advice import actions
from fenglian.web.advice import queries as decisions
from fenglian.web.advice.actions import Choice
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
    outcomes: list[Outcome]  # what doing each would change, in the order of the items
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
    limits = queries.limits_of(view.chain)
    return AdviceOut(
        synthetic=actor.alliance.synthetic,
        scenario=view.chain.scenario,
        data_class=view.advice.data_class,
        fingerprint=view.advice.fingerprint,
        items=list(items),
        outcomes=[outcome_of(view.chain, limits, item) for item in items],
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
        records=[_record(actor, each) for each in decisions.list_records(actor, product[:60])],
    )


@router.get("/history/{slug}", response=RecordOut, operation_id="get_decision")
def get_decision(request: HttpRequest, slug: str) -> RecordOut:
    """Return one piece of advice with what was chosen; who may not see it gets 404."""
    return _found(request, slug)


class GiveIn(Schema):
    """To whom the advice is given."""

    to: Annotated[str, Field(max_length=120)]


class ChoiceIn(Schema):
    """What is chosen; without a unit the secretariat is to do it."""

    way: Way
    reason: Annotated[str, Field(max_length=1000)]
    due_on: date
    unit: Annotated[str, Field(max_length=120)] = ""

    def choice(self) -> Choice:
        """Return it as the action takes it."""
        return Choice(self.way.value, self.reason, self.due_on, self.unit)


class TakeBackIn(Schema):
    """Why something is taken back."""

    reason: Annotated[str, Field(max_length=1000)]


@router.post("/gaps/{product}/advice", response={201: RecordOut}, operation_id="give_advice")
def give_advice(
    request: HttpRequest, product: str, wanted: Query[WantedIn], body: GiveIn
) -> Status[RecordOut]:
    """Keep the case of a gap as it stands today, as advice to somebody."""
    scenario = Wanted(wanted.scenario, wanted.year)
    slug = actions.give_advice(actor_of(request), product, body.to, scenario)
    return Status(201, _found(request, slug))


@router.post("/gaps/{product}/decision", response={201: RecordOut}, operation_id="decide_gap")
def decide_gap(
    request: HttpRequest, product: str, wanted: Query[WantedIn], body: ChoiceIn
) -> Status[RecordOut]:
    """Keep the case of a gap, choose on it at once, and issue what is to be done."""
    scenario = Wanted(wanted.scenario, wanted.year)
    slug = actions.decide(actor_of(request), product, body.choice(), scenario)
    return Status(201, _found(request, slug))


@router.post("/history/{slug}/choice", response=RecordOut, operation_id="choose_way")
def choose_way(request: HttpRequest, slug: str, body: ChoiceIn) -> RecordOut:
    """Choose on advice that was given, and issue what is to be done."""
    actions.choose(actor_of(request), slug, body.choice())
    return _found(request, slug)


@router.post("/history/{slug}/publication", response=RecordOut, operation_id="publish_decision")
def publish_decision(request: HttpRequest, slug: str) -> RecordOut:
    """Let everybody in the alliance see a decision; again changes nothing."""
    actions.publish(actor_of(request), slug)
    return _found(request, slug)


@router.post("/history/{slug}/withdrawal", response=RecordOut, operation_id="take_back_decision")
def take_back_decision(request: HttpRequest, slug: str, body: TakeBackIn) -> RecordOut:
    """Take advice or a decision back, with what was to be done for it."""
    actions.take_back(actor_of(request), slug, body.reason)
    return _found(request, slug)


def _found(request: HttpRequest, slug: str) -> RecordOut:
    actor = actor_of(request)
    return _record(actor, decisions.find_record(actor, slug))


def _record(actor: Actor, line: decisions.RecordLine) -> RecordOut:
    return RecordOut(
        slug=line.slug,
        state=line.state,
        case=line.case,
        given_to=line.given_to,
        given_at=line.given_at,
        way=line.way,
        reason=line.reason,
        chosen_at=line.chosen_at,
        task=TaskOut.from_orm(line.task) if line.task else None,
        published=line.published,
        dropped_for=line.dropped_for,
        moved=list(decisions.held_against_today(actor, line.case) or ()),
    )
