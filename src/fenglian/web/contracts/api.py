"""Agreements for programs: the ledger, what waits for an answer, signings, sourcing, links.

Agreements, deliveries and payments are sent in as rows of their forms, see the units.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from fenglian.engine.chain.contract_links import Need
from fenglian.engine.contracts.fulfilment import waiting_between
from fenglian.engine.contracts.ranges import Range
from fenglian.engine.contracts.records import Contract, Kind
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.accounts.actor import actor_of
from fenglian.web.contracts import actions, queries
from fenglian.web.contracts.presentation import open_doubles, open_namings
from fenglian.web.contracts.queries import (
    MOST_POINTS,
    USUAL,
    Book,
    Definition,
    Scope,
    SigningGroup,
    Told,
)
from fenglian.web.contracts.records import Party
from fenglian.web.registry.actions import Receipt

router = Router(tags=["contracts"])


class RangeOut(Schema):
    """Yuan or a share, from low to high; null: nobody said. ``strict``: more than low."""

    low: Decimal | None
    high: Decimal | None
    strict: bool


class PartyOut(Schema):
    """Someone who signed; ``organisation`` is its address in the registry, null where unknown."""

    name: str
    organisation: str | None


class DelayOut(Schema):
    """A step that came, or still is, after its day."""

    planned_on: date
    days: int
    over: bool


class StepOut(Schema):
    """A delivery, planned or made; null: nobody said."""

    planned_on: date | None
    delivered_on: date | None
    accepted: bool | None
    amount: RangeOut


class PaymentOut(Schema):
    """Money that changed hands for an agreement."""

    paid_on: date
    amount: RangeOut


class AgreementOut(Schema):
    """An agreement, once, as all records of it that the reader may know have it."""

    id: str
    kind: Kind
    supplier: PartyOut | None
    buyer: PartyOut | None
    product: str | None
    number: str | None
    signed_on: date | None
    amount: RangeOut
    confirmed: Literal["none", "supplier", "buyer", "both"]
    disputed: bool
    records: list[str]
    delivered: RangeOut
    rate: RangeOut
    paid: RangeOut
    delays: list[DelayOut]
    steps: list[StepOut]
    payments: list[PaymentOut]


class SurvivalOut(Schema):
    """So many days after signing so large a share still waits for its first delivery."""

    days: int
    watched: int
    waiting: Decimal
    low: float
    high: float


class PairOut(Schema):
    """Two records that may be one agreement, or cannot both be right."""

    first: str
    second: str
    speaks_for: list[str]


class LedgerOut(Schema):
    """Every agreement that the reader may know of; ``data_class`` is the highest that went in."""

    synthetic: bool
    as_of: date
    data_class: DataClass
    agreements: list[AgreementOut]
    possible: list[PairOut]
    conflicts: list[PairOut]
    survival: list[SurvivalOut]


class NamingOut(Schema):
    """An agreement of another unit that names the reader's: all of it but the amount."""

    id: str
    unit: str
    kind: str
    side: str
    product: str | None
    number: str | None
    signed_on: date | None
    state: str


class AnswerIn(Schema):
    """An answer: confirm with an own reference, say which own agreement it is, or dispute."""

    reply: Literal["confirm", "same", "dispute"]
    ref: str = Field("", max_length=120)
    amount: str = Field("", max_length=60)
    own: str = Field("", pattern=r"^([0-9a-f]{16})?$")


class AnswerOut(Schema):
    """What became of an answer; ``faults`` are those of the own side, which then was not kept."""

    state: str
    faults: list[str]


class GroupOut(Schema):
    """A public signing held against the agreements that the reader may know of."""

    id: str
    signer: str
    day: str | None
    totals: list[RangeOut]
    state: Literal["open", "reconciled", "contradicted"]
    known: RangeOut
    remainder: RangeOut
    unnamed: int | None
    without: list[str]
    agreements: list[str]


class PointOut(Schema):
    """A part bought elsewhere, and who could make it here."""

    product: str | None
    amount: RangeOut
    gain: RangeOut
    reached: RangeOut
    makers: list[PartyOut]
    needed: bool


class SourcingOut(Schema):
    """The local sourcing of the reader's unit; ``province`` is its own, as the registry has it."""

    counts_as_local: Scope
    wanted_points: int
    province: str | None
    rate: RangeOut
    by_suppliers: RangeOut
    local: RangeOut
    all: RangeOut
    points: list[PointOut]


class CriticalOut(Schema):
    """What the buyer says of an input; null days: it did not say."""

    stops: bool
    stock_days: int | None
    substitutes: list[str]
    switch_days: int | None


class UncoveredOut(Schema):
    """An input that stops its buyer, and of which no contract is known."""

    buyer: PartyOut
    product: str
    need: CriticalOut


class LinkOut(Schema):
    """Who supplies whom, from what both confirm to what one says; ``need``: the buyer's own word."""

    supplier: PartyOut
    buyer: PartyOut
    product: str | None
    amount: RangeOut
    confirmed: bool
    agreements: list[str]
    need: CriticalOut | None


class CompletenessOut(Schema):
    """How much of the links is known."""

    contracts: int
    not_supply: int
    without_party: int
    links: int
    confirmed: int
    valued: int
    without_value: list[str]
    rated: int


class LinksOut(Schema):
    """The supply links that the reader may know of."""

    data_class: DataClass
    links: list[LinkOut]
    uncovered: list[UncoveredOut]
    completeness: CompletenessOut


@router.get("", response=LedgerOut, operation_id="list_agreements")
def list_agreements(request: HttpRequest) -> LedgerOut:
    """List the agreements that one may know of, each once; looks at others' are logged."""
    actor = actor_of(request)
    book = queries.open_book(actor)
    return LedgerOut(
        synthetic=actor.alliance.synthetic,
        as_of=book.today,
        data_class=book.data_class,
        agreements=[_agreement(book, each) for each in book.contracts],
        possible=[
            PairOut(first=each.first, second=each.second, speaks_for=list(each.speaks_for))
            for each in open_doubles(book)
        ],
        conflicts=[
            PairOut(first=each.first, second=each.second, speaks_for=list(each.speaks_for))
            for each in book.ledger.conflicts
        ],
        survival=_survival(book),
    )


@router.get("/named", response=list[NamingOut], operation_id="list_namings")
def list_namings(request: HttpRequest) -> list[NamingOut]:
    """List agreements of others that name one's unit and wait for its answer."""
    return [_naming(each) for each in open_namings(queries.open_book(actor_of(request)))]


@router.post(
    "/named/{slug}", response={200: AnswerOut, 422: AnswerOut}, operation_id="answer_naming"
)
def answer_naming(request: HttpRequest, slug: str, body: AnswerIn) -> Status[AnswerOut]:
    """Confirm or dispute an agreement that names one's unit."""
    actor = actor_of(request)
    receipt: Receipt | None = None
    if body.reply == "dispute":
        actions.dispute(actor, slug)
    elif body.reply == "same":
        actions.confirm_as(actor, slug, body.own)
    else:
        receipt = actions.confirm(actor, slug, ref=body.ref, amount=body.amount)
    faults = [fault.advice("en") for fault in receipt.faults] if receipt else []
    state = "waits" if faults else "disputed" if body.reply == "dispute" else "confirmed"
    return Status(422 if faults else 200, AnswerOut(state=state, faults=faults))


@router.get("/signings", response=list[GroupOut], operation_id="list_signings")
def list_signings(request: HttpRequest) -> list[GroupOut]:
    """Hold the public signings against the agreements that one may know of."""
    actor = actor_of(request)
    return [_group(each) for each in queries.list_groups(actor, queries.open_book(actor))]


@router.get("/sourcing", response=SourcingOut, operation_id="get_sourcing")
def get_sourcing(
    request: HttpRequest,
    local: Scope = USUAL.scope,
    points: Annotated[int, Query(ge=1, le=MOST_POINTS)] = USUAL.points,
) -> SourcingOut:
    """Return the local sourcing of one's own unit, and the parts that would raise it most."""
    actor = actor_of(request)
    found = queries.find_sourcing(actor, queries.open_book(actor), Definition(local, points))
    if found is None:
        raise ObjectDoesNotExist  # it speaks for no unit
    return SourcingOut(
        counts_as_local=found.definition.scope,
        wanted_points=found.definition.points,
        province=found.province or None,
        rate=_range(found.found.rate),
        by_suppliers=_range(found.heads.rate),
        local=_range(found.found.local),
        all=_range(found.found.all),
        points=[
            PointOut(
                product=each.product or None,
                amount=_range(each.amount),
                gain=_range(each.gain),
                reached=_range(each.reached),
                makers=[_party(found.makers[key]) for key in each.makers],
                needed=each.needed,
            )
            for each in found.points
        ],
    )


@router.get("/links", response=LinksOut, operation_id="list_links")
def list_links(request: HttpRequest) -> LinksOut:
    """List who supplies whom by the contracts that one may know of, and how complete that is."""
    book = queries.open_book(actor_of(request))
    made = queries.supply_network(book, "high").completeness
    needs = {(each.buyer, each.product): each for each in book.needs}
    covered = {(each.buyer, each.product) for each in book.flows}
    return LinksOut(
        data_class=book.data_class,
        links=[
            LinkOut(
                supplier=_party(book.parties[each.supplier]),
                buyer=_party(book.parties[each.buyer]),
                product=each.product,
                amount=_range(each.amount),
                confirmed=each.confirmed,
                agreements=list(each.contracts),
                need=_critical(needs.get((each.buyer, each.product or ""))),
            )
            for each in book.flows
        ],
        uncovered=[
            UncoveredOut(buyer=_buyer(book, each), product=each.product, need=_said(each))
            for key, each in needs.items()
            if each.stops and key not in covered
        ],
        completeness=CompletenessOut(
            contracts=made.contracts,
            not_supply=made.not_supply,
            without_party=made.without_party,
            links=made.links,
            confirmed=made.confirmed,
            valued=made.valued,
            without_value=list(made.without_value),
            rated=made.rated,
        ),
    )


def _critical(need: Need | None) -> CriticalOut | None:
    return _said(need) if need else None


def _said(need: Need) -> CriticalOut:
    return CriticalOut(
        stops=need.stops,
        stock_days=need.stock_days,
        substitutes=list(need.substitutes),
        switch_days=need.switch_days,
    )


def _buyer(book: Book, need: Need) -> PartyOut:
    return _known(book, need.buyer) or PartyOut(name=need.buyer, organisation=None)


def _survival(book: Book) -> list[SurvivalOut]:
    between = waiting_between(book.waiting)
    return [
        SurvivalOut(
            days=step.day,
            watched=step.at_risk,
            waiting=Decimal(step.open_share.numerator) / step.open_share.denominator,
            low=low,
            high=high,
        )
        for step, (low, high) in zip(book.waiting, between, strict=True)
    ]


def _agreement(book: Book, contract: Contract) -> AgreementOut:
    found = book.fulfilments[contract.id]
    steps, payments = book.steps
    return AgreementOut(
        id=contract.id,
        kind=contract.kind,
        supplier=_known(book, contract.supplier),
        buyer=_known(book, contract.buyer),
        product=contract.product,
        number=contract.number,
        signed_on=contract.signed_on,
        amount=_range(contract.amount),
        confirmed=contract.confirmation,  # type: ignore[arg-type]  # one of four words
        disputed=any(each.state == "disputed" for each in book.records_of(contract.id)),
        records=list(book.ledger.records[contract.id]),
        delivered=_range(found.delivered),
        rate=_range(found.rate),
        paid=_range(found.paid),
        delays=[
            DelayOut(planned_on=each.planned_on, days=each.days, over=each.over)
            for each in found.delays
        ],
        steps=[
            StepOut(
                planned_on=each.planned_on,
                delivered_on=each.delivered_on,
                accepted=each.accepted,
                amount=_range(each.amount),
            )
            for each in steps
            if each.contract == contract.id
        ],
        payments=[
            PaymentOut(paid_on=each.paid_on, amount=_range(each.amount))
            for each in payments
            if each.contract == contract.id
        ],
    )


def _known(book: Book, key: str | None) -> PartyOut | None:
    found = book.parties.get(key or "")
    return _party(found) if found else None


def _party(party: Party) -> PartyOut:
    return PartyOut(name=party.name, organisation=party.slug or None)


def _naming(told: Told) -> NamingOut:
    contract = told.contract
    return NamingOut(
        id=told.slug,
        unit=told.unit.name,
        kind=contract.kind,
        side=str(told.said.get("side")),
        product=contract.product,
        number=contract.number,
        signed_on=contract.signed_on,
        state=told.state,
    )


def _group(group: SigningGroup) -> GroupOut:
    found = group.found
    return GroupOut(
        id=group.signing.key,
        signer=group.centre,
        day=group.signing.day,
        totals=[_range(each) for each in group.totals],
        state=found.state,
        known=_range(found.known),
        remainder=_range(found.remainder),
        unnamed=found.unnamed,
        without=sorted(group.names.get(each, each) for each in found.partners_without),
        agreements=[each.id for each in group.contracts],
    )


def _range(found: Range) -> RangeOut:
    return RangeOut(low=found.low, high=found.high, strict=found.strict)
