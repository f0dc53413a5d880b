"""The pages of agreements: the ledger, one agreement, an answer, signings, local sourcing, links."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.contracts.doubles import compare
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.contracts import actions, queries
from fenglian.web.contracts.details import (
    show_agreement,
    show_group,
    show_links,
    show_part,
    show_sourcing,
    show_told,
)
from fenglian.web.contracts.faults import AgreementFault
from fenglian.web.contracts.forms import AnswerForm, ApartForm, DefinitionForm
from fenglian.web.contracts.presentation import (
    Words,
    describe,
    open_doubles,
    open_namings,
    sum_up,
    survival,
)
from fenglian.web.contracts.queries import Book
from fenglian.web.intake.wording import say
from fenglian.web.registry.presentation import write_page
from fenglian.web.registry.queries import find_overview, own_slug
from fenglian.web.registry.unit_presentation import say_fault

ABOUT = {  # page → title and what it shows
    "agreement": (
        _("Agreement"),
        _("One side's record, and what both sides come to."),
    ),
    "ledger": (
        _("Agreements"),
        _(
            "What was signed with whom, and what came of it. Letters of intent, framework agreements and contracts are never added up together."
        ),
    ),
    "links": (
        _("Supply links"),
        _(
            "Who supplies whom by the contracts that you may know of, and what stops the buyer when it fails."
        ),
    ),
    "naming": (
        _("An agreement that names your unit"),
        _(
            "You see what the other side wrote of it, but not its amount: what you write is your own."
        ),
    ),
    "needs": (
        _("Needs"),
        _(
            "What members want to buy, held against what your unit offers: product, certificates, day and free capacity. What one of the two does not say is a question, not a yes."
        ),
    ),
    "signings": (
        _("Public signings"),
        _(
            "What was announced, held against the agreements that you may know of. A total is never divided among the partners: what is known is taken from it, and the rest stays an interval."
        ),
    ),
    "sourcing": (
        _("Local sourcing"),
        _(
            "What share of your purchases is local, by contracts: what both sides confirm is the low end, what one side says the high end. What counts as local is for you to choose."
        ),
    ),
}


def page_frame(actor: Actor, book: Book, page: str) -> dict[str, Any]:
    """Return what every page shows: whose agreements, and the class of what went in."""
    title, about = ABOUT[page]
    return {
        "tab": page,
        "title": title,
        "about": about,
        "own": own_slug(actor),
        "data_class": book.data_class,
        "class_name": say(book.data_class.label),
        "today": book.today,
    }


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the agreements that the visitor may know of, and what waits for an answer."""
    actor = actor_of(request)
    book = queries.open_book(actor)
    words = Words(book, actor.alliance.pack)
    context = {
        **page_frame(actor, book, "ledger"),
        "lines": describe(book, book.contracts, words),
        "waiting": [words.waiting(each) for each in open_namings(book)],
        "totals": sum_up(book),
        "possible": [words.double(each) for each in open_doubles(book)],
        "conflicts": [words.double(each) for each in book.ledger.conflicts],
        "survival": survival(book),
    }
    return render(request, "contracts/ledger.html", context)


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one agreement with its deliveries and payments."""
    actor = actor_of(request)
    book = queries.open_book(actor)
    entry = book.entries.get(slug)
    if entry is None:
        raise Http404
    words = Words(book, actor.alliance.pack)
    shown = show_agreement(book, entry, words)
    contract = book.contract_of(slug)
    bought = contract.kind == "contract" and contract.buyer == book.me
    sourcing = queries.find_sourcing(actor, book) if bought else None
    context = {
        **page_frame(actor, book, "agreement"),
        "title": shown.title,
        "shown": shown,
        "part": show_part(book, contract, sourcing),
    }
    return render(request, "contracts/agreement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def naming(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an agreement that names the visitor's unit; take the answer."""
    actor = actor_of(request)
    refused: list[str] = []
    form = AnswerForm(request.POST) if request.method == "POST" else None
    if form is not None:
        if form.is_valid():
            refused = _answer(actor, slug, form)
            if not refused:
                return _answered(request, form.cleaned_data["reply"])
        else:
            refused = [gettext("Choose an answer.")]
    book = queries.open_book(actor)
    told = book.told.get(slug)
    if told is None:
        raise Http404
    words = Words(book, actor.alliance.pack)
    context = {
        **page_frame(actor, book, "naming"),
        "shown": show_told(told, words),
        "alike": [
            (each.row.slug, str(each.row.values.get("ref")))
            for each in book.entries.values()
            if each.row.own and each.state != "confirmed" and compare(each.contract, told.contract)
        ],
        "keeps": actions.keeps_agreements(actor),
        "typed": request.POST,
        "refused": refused,
    }
    return render(request, "contracts/naming.html", context, status=422 if refused else 200)


def _answer(actor: Actor, slug: str, form: AnswerForm) -> list[str]:
    """Give the answer, and return what is wrong with it."""
    asked = form.cleaned_data
    try:
        if asked["reply"] == "dispute":
            actions.dispute(actor, slug)
        elif asked["reply"] == "same":
            actions.confirm_as(actor, slug, asked["own"])
        else:
            receipt = actions.confirm(actor, slug, ref=asked["ref"], amount=asked["amount"])
            return [say_fault(fault) for fault in receipt.faults] if receipt else []
    except AgreementFault as fault:
        return [fault.message(get_language() or "zh")]
    return []


def _answered(request: HttpRequest, reply: str) -> HttpResponse:
    if reply == "dispute":
        messages.info(
            request, gettext("Disputed. The other side sees it, and can correct its record.")
        )
    else:
        messages.success(request, gettext("Confirmed. Both sides see that it is."))
    return redirect("contracts:ledger")


@require_POST
def tell_apart(request: HttpRequest) -> HttpResponse:
    """Say that two records that may be one agreement are two."""
    actor, form = actor_of(request), ApartForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.tell_apart(actor, form.cleaned_data["first"], form.cleaned_data["second"])
    messages.info(request, gettext("Kept as two."))
    return redirect("contracts:ledger")


@require_safe
def signings(request: HttpRequest) -> HttpResponse:
    """Show what was announced of signings, held against the agreements that are known."""
    actor = actor_of(request)
    book = queries.open_book(actor)
    words = Words(book, actor.alliance.pack)
    writer = write_page(actor, find_overview(actor))
    groups = queries.list_groups(actor, book)
    context = {
        **page_frame(actor, book, "signings"),
        "groups": [(writer.signing(each.signing), show_group(each, words)) for each in groups],
    }
    return render(request, "contracts/signings.html", context)


@require_safe
def sourcing(request: HttpRequest) -> HttpResponse:
    """Show the local sourcing of the visitor's unit, and the parts that would raise it most."""
    actor = actor_of(request)
    book = queries.open_book(actor)
    found = queries.find_sourcing(actor, book, DefinitionForm(request.GET).definition())
    words = Words(book, actor.alliance.pack)
    context = {
        **page_frame(actor, book, "sourcing"),
        "shown": show_sourcing(found, words) if found else None,
        "scopes": [(name, say(label)) for name, label in queries.SCOPES.items()],
        "most_points": queries.MOST_POINTS,
    }
    return render(request, "contracts/sourcing.html", context)


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Show who supplies whom by the agreements that are known, and how complete that is."""
    actor = actor_of(request)
    book = queries.open_book(actor)
    made = queries.supply_network(book, "high")
    words = Words(book, actor.alliance.pack)
    context = {**page_frame(actor, book, "links"), "shown": show_links(book, made, words)}
    return render(request, "contracts/links.html", context)
