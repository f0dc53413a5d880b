"""Needs for programs: what members want to buy, and how far it fits one's own unit.

Needs are sent in as rows of their form, see the units. The buyer takes an offer or an order up by
answering the agreement that names it, see ``answer_naming``.
"""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from fenglian.engine.contracts.needs import CheckName, Fit, Need, Verdict
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.accounts.actor import actor_of
from fenglian.web.contracts import actions, queries
from fenglian.web.contracts.queries import Wish
from fenglian.web.intake.wording import language
from fenglian.web.registry.actions import Receipt

router = Router(tags=["contracts"])


class NeedOut(Schema):
    """What a unit wants to buy; null was not said."""

    id: str
    unit: str
    ref: str
    product: str
    low: Decimal | None
    high: Decimal | None
    quantity_unit: str
    needed_by: date | None
    certificates: list[str]


class CheckOut(Schema):
    """One thing that was compared; null: one of the two does not say."""

    name: CheckName
    holds: bool | None
    lacking: list[str]


class ChanceOut(Schema):
    """A need that one's own unit could supply."""

    need: NeedOut
    model: str
    verdict: Verdict
    checks: list[CheckOut]
    offer: str | None
    order: str | None


class MarketOut(Schema):
    """The needs that the reader may know of."""

    synthetic: bool
    data_class: DataClass
    fitting: list[ChanceOut]
    own: list[NeedOut]
    others: list[NeedOut]


class OrderIn(Schema):
    """The number of the order that follows an offer, and its amount as typed."""

    number: str = Field(max_length=120, pattern=r"^[^\x00]*$")
    amount: str = Field("", max_length=60, pattern=r"^[^\x00]*$")


class RecordedOut(Schema):
    """Whether an offer or an order now stands in one's own ledger; ``faults`` say why not."""

    recorded: bool
    faults: list[str]


@router.get("", response=MarketOut, operation_id="list_needs")
def list_needs(request: HttpRequest) -> MarketOut:
    """List what members want to buy, first what one's own unit could supply."""
    actor = actor_of(request)
    book = queries.open_book(actor)
    market = queries.open_market(actor, book)
    return MarketOut(
        synthetic=actor.alliance.synthetic,
        data_class=book.data_class,
        fitting=[
            _chance(
                each.wish,
                each.fit,
                each.offer.row.slug if each.offer else None,
                each.order.row.slug if each.order else None,
            )
            for each in market.chances
        ],
        own=[_need(each.wish) for each in market.own],
        others=[_need(each) for each in market.others],
    )


@router.post(
    "/{slug}/offer", response={200: RecordedOut, 422: RecordedOut}, operation_id="offer_for_need"
)
def offer_for_need(request: HttpRequest, slug: str) -> Status[RecordedOut]:
    """Offer one's own product for a need; it stands as a letter of intent that names the buyer."""
    return _recorded(actions.offer(actor_of(request), slug))


@router.post(
    "/{slug}/order", response={200: RecordedOut, 422: RecordedOut}, operation_id="order_for_need"
)
def order_for_need(request: HttpRequest, slug: str, body: OrderIn) -> Status[RecordedOut]:
    """Record the order that follows an offer which the buyer has taken up."""
    actor = actor_of(request)
    return _recorded(actions.order(actor, slug, number=body.number, amount=body.amount))


def _recorded(receipt: Receipt) -> Status[RecordedOut]:
    faults = [fault.advice(language()) for fault in receipt.faults]
    return Status(422 if faults else 200, RecordedOut(recorded=not faults, faults=faults))


def _chance(wish: Wish, fit: Fit, offer: str | None, order: str | None) -> ChanceOut:
    checks = [
        CheckOut(name=each.name, holds=each.holds, lacking=list(each.words)) for each in fit.checks
    ]
    return ChanceOut(
        need=_need(wish),
        model=fit.offered.model,
        verdict=fit.verdict,
        checks=checks,
        offer=offer,
        order=order,
    )


def _need(wish: Wish) -> NeedOut:
    need: Need = wish.need
    return NeedOut(
        id=need.id,
        unit=wish.row.unit.name,
        ref=wish.ref,
        product=need.product,
        low=need.quantity.low,
        high=need.quantity.high,
        quantity_unit=need.unit,
        needed_by=need.needed_by,
        certificates=list(need.certificates),
    )
