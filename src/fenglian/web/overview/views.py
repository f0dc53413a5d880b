"""The first page: what is known, what is short, what is new, what to ask."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.advice import briefs
from fenglian.web.advice.presentation import first_verb, show_tabs
from fenglian.web.chain import queries as chain_queries
from fenglian.web.chain.evidence import Mark
from fenglian.web.chain.figures import count
from fenglian.web.chain.forms import Asked
from fenglian.web.chain.presentation import show_line
from fenglian.web.chain.queries import OpenChain
from fenglian.web.chain.views import frame, open_evidence
from fenglian.web.intake.queries import count_waiting
from fenglian.web.intake.wording import say
from fenglian.web.overview import presentation, queries, skyline, tiles
from fenglian.web.registry import listings
from fenglian.web.registry.marks import Mark as Words
from fenglian.web.registry.marks import Marker
from fenglian.web.registry.presentation import write_page
from fenglian.web.registry.queries import find_overview

LATEST = 4  # accepted statements
LOOKED_AT = 15  # of which those of the same words are one


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the state of an alliance and of its chain."""
    actor = actor_of(request)
    if not may(actor, Act.READ):  # who guards the house, and not its data, begins at the account
        return redirect("accounts:account")
    facts = find_overview(actor)
    latest = queries.latest_accepted(actor, LOOKED_AT)
    marker = Marker(actor, (identifier for identifier, _moment in latest))
    context: dict[str, Any] = {
        "ledger": presentation.show_ledger(write_page(actor, facts), facts),
        "latest": _latest(marker, latest),
        "waiting_count": count_waiting(actor),
    }
    view = chain_queries.open_chain(actor)
    if view is not None:
        context |= _chain(request, actor, view)
    return render(request, "overview/overview.html", context)


def _latest(marker: Marker, latest: list[tuple[str, datetime]]) -> list[tuple[Words, datetime]]:
    """Return the marks of what is new; several statements of the same words stand once."""
    found: dict[tuple[str, str], tuple[Words, datetime]] = {}
    for identifier, moment in latest:
        mark = marker.mark([identifier])
        if mark is not None:
            found.setdefault((mark.words, mark.what), (mark, moment))
    return list(found.values())[:LATEST]


def _chain(request: HttpRequest, actor: Actor, view: OpenChain) -> dict[str, Any]:
    evidence = open_evidence(actor, view)
    rows = presentation.rows_of_interest(view)
    mark = evidence.calculated(assumed=view.chain.scenario.assumed)
    places = evidence.calculated()
    rest = len(view.coverages.rows) - len(rows)
    known = sum(row.ratio.known for row in view.coverages.rows)
    return {
        **frame(view, Asked(), evidence),
        "skyline": skyline.draw_skyline(view, rows),
        "lines": [show_line(view, view.chain.product(row.product), evidence) for row in rows],
        "needed": count(len(view.coverages.rows), _products(), mark),
        "known": count(known, _products(), mark),
        "rest": count(rest, _products(), mark) if rest else None,
        "tabs": show_tabs(view, evidence, first_verb(view)),
        "questions": presentation.show_questions(view),
        "classes": briefs.offered(view),
        "mark": mark,
        **_sketch(request, actor, places),
    }


def _products() -> str:
    return say(presentation.KINDS)


def _sketch(request: HttpRequest, actor: Actor, mark: Mark | None) -> dict[str, Any]:
    listed = listings.listed(actor.alliance.pack)
    makings = listings.makings(actor.alliance.pack)
    current = request.GET.get("place", "")
    if current and current not in tiles.prefectures():
        raise Http404
    found = tiles.sketch(listed, makings)
    context: dict[str, Any] = {
        "tiles": presentation.show_tiles(found, mark, current),
        "placed": presentation.show_tally(found.total, mark),
        "unplaced": presentation.show_tally(found.unplaced, mark),
    }
    if current:
        counties, elsewhere = tiles.count_counties(current, listed, makings)
        context |= {
            "prefecture": tiles.prefectures()[current],
            "counties": presentation.show_counties(counties, mark),
            "county_unknown": presentation.show_tally(elsewhere, mark),
        }
    return context
