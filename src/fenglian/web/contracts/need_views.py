"""The page of needs, and what is sent from it: an offer, and the order that follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.contracts import actions, queries
from fenglian.web.contracts.faults import AgreementFault
from fenglian.web.contracts.forms import OrderForm
from fenglian.web.contracts.need_presentation import show_chance, show_wish, sum_up
from fenglian.web.contracts.presentation import Words
from fenglian.web.contracts.views import page_frame
from fenglian.web.registry.unit_presentation import say_fault


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """Show what members want to buy, and what of it fits the visitor's unit."""
    return _show(request, actor_of(request), [])


@require_POST
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer for a need."""
    actor = actor_of(request)
    refused: list[str] = []
    try:
        receipt = actions.offer(actor, slug)
        refused = [say_fault(fault) for fault in receipt.faults]
    except AgreementFault as fault:
        refused = [fault.message(get_language() or "zh")]
    if refused:
        return _show(request, actor, refused)
    messages.success(
        request,
        gettext(
            "Offered. It stands in your ledger as a letter of intent; once the buyer confirms it, record the order here."
        ),
    )
    return redirect("contracts:needs")


@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """Record the order that follows an offer which was taken up."""
    actor, form = actor_of(request), OrderForm(request.POST)
    refused: list[str] = []
    if form.is_valid():
        asked = form.cleaned_data
        try:
            receipt = actions.order(actor, slug, number=asked["number"], amount=asked["amount"])
            refused = [say_fault(fault) for fault in receipt.faults]
        except AgreementFault as fault:
            refused = [fault.message(get_language() or "zh")]
    else:
        refused = [gettext("The number or the amount is too long.")]
    if refused:
        return _show(request, actor, refused)
    messages.success(request, gettext("Recorded. The buyer sees the order, and confirms it."))
    return redirect("contracts:needs")


def _show(request: HttpRequest, actor: Actor, refused: list[str]) -> HttpResponse:
    book = queries.open_book(actor)
    market = queries.open_market(actor, book)
    words = Words(book, actor.alliance.pack)
    context: dict[str, Any] = {
        **page_frame(actor, book, "needs"),
        "keeps": actions.keeps_agreements(actor),
        "summary": sum_up(market) if market.chances else (),
        "chances": [show_chance(each, words) for each in market.chances],
        "wanted": [
            (show_wish(each.wish, words), [words.waiting(told) for told in each.offers])
            for each in market.own
        ],
        "others": [show_wish(each, words) for each in market.others],
        "refused": refused,
    }
    return render(request, "contracts/needs.html", context, status=422 if refused else 200)
