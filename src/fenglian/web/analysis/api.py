"""The analyses for programs: every question of the catalogue, risk, and what if."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenglian.engine.analysis.comparison import Difference
from fenglian.engine.analysis.concentration import Concentration
from fenglian.engine.analysis.exposure import Exposure
from fenglian.engine.analysis.throughput import Throughputs
from fenglian.engine.chain.changes import Changes, read_plant
from fenglian.engine.chain.plain import to_plain
from fenglian.engine.chain.records import Source
from fenglian.engine.labels import Label
from fenglian.web.analysis import queries
from fenglian.web.chain.api import ChainHead, WantedIn, head_of, open_wanted
from fenglian.web.chain.queries import OpenChain

router = Router(tags=["analysis"])
Names = Annotated[list[str], Field(max_length=12)]


class QuestionOut(Schema):
    """One question that a chain can be asked."""

    name: str
    label: Label
    question: Label
    source: str


class AnswerOut(Schema):
    """What a question answers; ``sources`` are those that it rests on. Null was not found."""

    about: ChainHead
    question: str
    answer: dict[str, Any]
    assumptions: list[Label]
    sources: list[Source]


class FirmRiskOut(Schema):
    """What the failure of one firm costs the known network, 0–1."""

    firm: str
    esri: float
    esri_down: float
    esri_up: float
    touched: int


class SavingOut(Schema):
    """What a measure saves: the sum of the indices of the firms that fail, before less after."""

    kind: str
    buyer: str
    first: str
    second: str | None
    before: float
    after: float
    saved: float


class LossOut(Schema):
    """What one firm loses in a cascade, 0–1 of itself."""

    firm: str
    lost: float


class RiskOut(Schema):
    """Concentration, known links and, where enough are known, the indices; null: too few are."""

    about: ChainHead
    concentration: list[Concentration]
    links: list[Exposure]
    links_with_amount: int
    indices: list[FirmRiskOut] | None
    measures: list[SavingOut] | None
    shocked: str | None
    losses: list[LossOut] | None
    assumptions: list[Label]
    sources: list[Source]


class NeighboursIn(Schema):
    """Regions or makers outside that count as neighbours; without one all of them."""

    neighbour: Names = Field(default_factory=list)


class ChangesIn(Schema):
    """What is imagined; ``plant`` is ``product:amount`` or ``product:amount:cost`` in yuan."""

    plant: Names = Field(default_factory=list)
    drop: Names = Field(default_factory=list)
    demand: float | None = None


class WhatIfOut(Schema):
    """The chain as it is beside the chain as it would be."""

    about: ChainHead
    changes: Changes
    before: Throughputs
    after: Throughputs
    gained: float | None
    cost: float | None
    cost_of_one: float | None
    differences: list[Difference]
    assumptions: list[Label]
    sources: list[Source]


@router.get("", response=list[QuestionOut], operation_id="list_questions")
def list_questions(request: HttpRequest) -> list[QuestionOut]:
    """List the questions that a chain can be asked."""
    return [
        QuestionOut(name=each.name, label=each.label, question=each.question, source=each.source)
        for each in queries.QUESTIONS.values()
    ]


@router.get("/risk", response=RiskOut, operation_id="get_risk")
def get_risk(
    request: HttpRequest,
    wanted: Query[WantedIn],
    firm: Annotated[str, Field(max_length=60)] = "",
) -> RiskOut:
    """Return on whom the chain rests, and whose failure would cost its known links most."""
    view = open_wanted(request, wanted)
    links, makers = queries.exposures_of(view.chain), queries.concentrations_of(view.chain)
    cited = {name for row in links.rows for name in row.sources}
    cited |= {name for row in makers.rows for name in row.sources}
    out = RiskOut(
        about=head_of(request, view),
        concentration=list(makers.rows),
        links=list(links.rows),
        links_with_amount=links.links,
        indices=None,
        measures=None,
        shocked=None,
        losses=None,
        assumptions=[*makers.assumptions, *links.assumptions],
        sources=_sources(view, cited),
    )
    if links.enough:
        _add_cascades(out, queries.load("cascades.ask")(queries.kept(view.chain), firm))
    return out


@router.get("/what-if", response=WhatIfOut, operation_id="compare_chains")
def compare_chains(
    request: HttpRequest, wanted: Query[WantedIn], imagined: Query[ChangesIn]
) -> WhatIfOut:
    """Return coverage and throughput as they are and as they would be; nothing is stored."""
    view = open_wanted(request, wanted)
    changes = Changes(
        plants=tuple(read_plant(each) for each in imagined.plant),
        dropped=tuple(dict.fromkeys(imagined.drop)),
        demand=imagined.demand,
    )
    found = queries.comparison_of(view.chain, changes)
    rows = (*found.covers_before.rows, *found.covers_after.rows)
    return WhatIfOut(
        about=head_of(request, view),
        changes=changes,
        before=found.before,
        after=found.after,
        gained=found.gained,
        cost=found.cost,
        cost_of_one=found.cost_of_one,
        differences=list(found.rows),
        assumptions=list(found.assumptions),
        sources=_sources(view, {name for row in rows for name in row.sources}),
    )


@router.get("/{question}", response=AnswerOut, operation_id="answer_question")
def answer_question(
    request: HttpRequest,
    question: str,
    wanted: Query[WantedIn],
    named: Query[NeighboursIn],
) -> AnswerOut:
    """Answer one question of the list; ``neighbour`` names regions or makers, for throughput."""
    analysis = queries.QUESTIONS.get(question)
    view = open_wanted(request, wanted)
    if analysis is None:
        raise Http404
    report: Any = queries.answer(view.chain, question)
    if question == "throughput":
        report = queries.limits_beside(view.chain, tuple(named.neighbour))
    plain = to_plain(report)
    assert isinstance(plain, dict)  # noqa: S101  # a report is a record
    return AnswerOut(
        about=head_of(request, view),
        question=question,
        answer={name: each for name, each in plain.items() if name != "assumptions"},
        assumptions=list(report.assumptions),
        sources=_sources(view, {name for row in report.rows for name in row.sources}),
    )


def _add_cascades(out: RiskOut, found: Any) -> None:
    risk, network = found.risks.risk, found.risks.network
    out.indices = [
        FirmRiskOut(
            firm=row.firm,
            esri=row.esri,
            esri_down=row.esri_down,
            esri_up=row.esri_up,
            touched=row.touched,
        )
        for row in risk.top(len(risk.firms))
    ]
    out.measures = [
        SavingOut(
            kind=type(effect.measure).__name__,
            buyer=effect.measure.buyer,
            first=effect.measure.first,
            second=getattr(effect.measure, "second", None),
            before=effect.before,
            after=effect.after,
            saved=effect.saved,
        )
        for effect in found.risks.measures
    ]
    out.shocked = found.firm.firm
    worst = found.losses.worst(len(network.firms))
    out.losses = [LossOut(firm=firm, lost=lost) for firm, lost in worst]
    out.assumptions = [*out.assumptions, *risk.assumptions]


def _sources(view: OpenChain, cited: set[str]) -> list[Source]:
    return [source for name, source in view.chain.sources.items() if name in cited]
