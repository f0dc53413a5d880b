"""The pages of the analyses: the list of questions, one question, bottlenecks, risk, what if."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fenglian.engine.analysis import CATALOGUE
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.analysis import queries
from fenglian.web.analysis import risk as risk_page
from fenglian.web.analysis import what_if as what_if_page
from fenglian.web.analysis.bottlenecks import Bottlenecks
from fenglian.web.analysis.forms import Asked, read_asked
from fenglian.web.analysis.tables import Table
from fenglian.web.chain.forms import Asked as AskedOfChain
from fenglian.web.chain.queries import OpenChain, addresses, limits_of, open_chain
from fenglian.web.chain.views import frame, open_evidence
from fenglian.web.intake.wording import say


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every question that the chain can be asked."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = open_chain(actor, asked.wanted)
    if view is None:
        return render(request, "analysis/empty.html")
    context, table = open_frame(actor, view, asked)
    limits = Bottlenecks(table, view.chain, limits_of(view.chain))
    context |= {
        "questions": [(each.name, say(each.label), say(each.question)) for each in CATALOGUE],
        "cases": limits.cases()[:2],
        "ladder": limits.ladder(),
    }
    return render(request, "analysis/index.html", context)


@require_safe
def question(request: HttpRequest, question: str) -> HttpResponse:
    """Show what one question of the catalogue answers."""
    actor, asked = actor_of(request), read_asked(request.GET)
    analysis = queries.QUESTIONS.get(question)
    view = open_chain(actor, asked.wanted)
    if analysis is None or view is None:
        raise Http404
    context, table = open_frame(actor, view, asked)
    report = queries.answer(view.chain, question)
    context |= {
        "title": say(analysis.label),
        "analysis": analysis,
        "question": say(analysis.question),
        "shown": table.show(analysis, report, everything=asked.everything),
        "here": reverse("analysis:question", args=[question]),
    }
    if question != "throughput":
        return render(request, "analysis/question.html", context)
    limits = queries.limits_beside(view.chain, asked.neighbours)
    shown = Bottlenecks(table, view.chain, limits)
    context |= {
        "title": _("Bottlenecks"),
        "cases": shown.cases(),
        "ladder": shown.ladder(),
        "levels": shown.levels(),
        "lift": shown.first_step(),
        "unknowns": shown.unknowns(),
        "neighbours": shown.choices(asked.neighbours),
    }
    return render(request, "analysis/bottlenecks.html", context)


@require_safe
def risk(request: HttpRequest) -> HttpResponse:
    """Show on how many makers and links the chain rests, and whose failure would cost most."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = open_chain(actor, asked.wanted)
    if view is None:
        raise Http404
    context, table = open_frame(actor, view, asked)
    chain = view.chain
    links, makers = queries.exposures_of(chain), queries.concentrations_of(chain)
    sources, hidden = risk_page.show_sources(table, makers, everything=asked.everything)
    context |= {
        "title": _("Risk"),
        "sources": sources,
        "hidden": hidden,
        "links_known": links,
        "known_share": risk_page.known_share(table, links),
        "missing": risk_page.show_missing(table, links),
        "cascades": None,
        "assumptions": [say(each) for each in (*makers.assumptions, *links.assumptions)],
        "here": reverse("analysis:risk"),
    }
    if links.enough:
        show = queries.load("cascade_page.show")
        context["cascades"] = show(queries.kept(chain), asked.firm, table)
    return render(request, "analysis/risk.html", context)


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Show the chain as it is beside the chain as it would be; the address holds what is imagined."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = open_chain(actor, asked.wanted)
    if view is None:
        raise Http404
    context, table = open_frame(actor, view, asked)
    context |= {
        "title": _("What if"),
        "choices": what_if_page.show_choices(table, asked.changes),
        "compared": None,
        "here": reverse("analysis:what-if"),
    }
    if asked.changes.count:
        found = queries.comparison_of(view.chain, asked.changes)
        context["compared"] = what_if_page.show_comparison(table, view.chain, found)
    return render(request, "analysis/what_if.html", context)


def open_frame(actor: Actor, view: OpenChain, asked: Asked) -> tuple[dict[str, Any], Table]:
    """Return what every page shows, and what shows tables."""
    evidence = open_evidence(actor, view)
    context = frame(view, AskedOfChain(wanted=asked.wanted), evidence)
    places = {
        name: reverse("registry:organisation", args=[slug])
        for name, slug in addresses(actor).items()
    }
    context |= {"asked": asked, "title": _("Analysis"), "here": reverse("analysis:index")}
    return context, Table(view, evidence, places)
