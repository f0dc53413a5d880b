"""The only writer of offers for needs, and of the orders that follow: rows of the supplier's own.

An offer is a letter of intent in the supplier's ledger that names the buyer and the need; the buyer
takes it up by confirming it. The order is a contract in the same ledger, which the buyer confirms
into its own. Nothing is written for the other side.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.web.accounts.actor import Actor
from fenglian.web.contracts.actions.answering import keeps_agreements
from fenglian.web.contracts.actions.naming import FORM
from fenglian.web.contracts.faults import DoesNotFit, NotTakenUp, NumberMissing, OfferedAlready
from fenglian.web.contracts.models import Naming
from fenglian.web.contracts.queries import Chance, find_chance, open_book
from fenglian.web.registry.actions import Receipt, fill_form


@transaction.atomic
def offer(actor: Actor, slug: str) -> Receipt:
    """Offer one's unit's product for the need at an address.

    Raises
    ------
    ObjectDoesNotExist
        Where there is no such need that the unit could supply, or its role keeps no agreements.
    OfferedAlready, DoesNotFit
        Where an offer stands, or something that the need asks for surely lacks.
    """
    chance = _chance(actor, slug)
    if chance.offer is not None:
        raise OfferedAlready
    if chance.fit.failing:
        raise DoesNotFit(failing=chance.fit.failing)
    wish = chance.wish
    return _record(actor, chance, kind="意向", ref=wish.offer_ref, number=wish.number)


@transaction.atomic
def order(actor: Actor, slug: str, *, number: str, amount: str = "") -> Receipt:
    """Record the order that follows an offer which the buyer has taken up.

    Raises
    ------
    ObjectDoesNotExist
        As ``offer`` says.
    NotTakenUp, OfferedAlready, NumberMissing
        Where the buyer has not confirmed the offer, an order stands, or it has no number.
    """
    chance = _chance(actor, slug)
    if chance.offer is None or chance.offer.state != Naming.State.CONFIRMED:
        raise NotTakenUp
    if chance.order is not None:
        raise OfferedAlready
    if not number.strip():
        raise NumberMissing
    ref = chance.wish.order_ref
    return _record(
        actor, chance, kind="合同", ref=ref, number=number.strip(), amount=amount.strip()
    )


def _chance(actor: Actor, slug: str) -> Chance:
    if not keeps_agreements(actor):
        raise ObjectDoesNotExist
    return find_chance(actor, open_book(actor), slug)


def _record(
    actor: Actor, chance: Chance, *, kind: str, ref: str, number: str, amount: str = ""
) -> Receipt:
    typed = {
        "ref": ref,
        "kind": kind,
        "side": "供方",
        "counterparty": chance.wish.row.unit.name,
        "product": chance.wish.need.product,
        "number": number,
        "signed_on": timezone.localdate().isoformat(),
        "amount": amount,
    }
    return fill_form(actor, actor.owner or 0, FORM, typed)
