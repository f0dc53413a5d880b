"""Elections: who stands, secret slips, the count, and which terms end before long."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.errors import FenglianError
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.deeds import do, do_form
from fenglian.web.alliance.governance_forms import ElectionForm, RoomCountForm
from fenglian.web.alliance.presentation import options
from fenglian.web.alliance.words import BODY_LABELS, ELECTION_WAYS, STANDING_LABELS
from fenglian.web.intake.wording import say
from fenglian.web.registry import queries as registry

LIST, ONE = "alliance:elections", "alliance:election"


@require_http_methods(["GET", "HEAD", "POST"])
def elections(request: HttpRequest) -> HttpResponse:
    """List elections, and the terms that end before long; open an election."""
    actor = actor_of(request)
    if request.method == "POST":
        return _open(request, actor)
    keeps = may(actor, Act.KEEP_MEMBERS)
    ending = [each for each in queries.list_posts(actor) if each.standing in ("due", "overdue")]
    rules = queries.rules_on(actor.alliance.id)
    typed = request.GET
    context = {
        "elections": [
            (each, BODY_LABELS[each.body], ELECTION_WAYS[each.way])
            for each in queries.list_elections(actor)
        ],
        "ending": [(each, STANDING_LABELS[each.standing]) for each in ending],
        "bodies": BODY_LABELS.items(),
        "ways": ELECTION_WAYS.items(),
        "tiers": options(TIERS),
        "years": rules.numbers.term_years,
        "meetings": queries.list_meetings(actor)[:20] if keeps else (),
        "unit_names": registry.list_names(actor) if keeps else (),
        "typed": {name: typed.get(name, "") for name in ("post", "title", "candidates", "seats")},
        "of_persons": typed.get("of_persons") == "1",
    }
    return render(request, "alliance/elections.html", context)


def _open(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, Act.KEEP_MEMBERS)
    form = ElectionForm(request.POST)
    if not form.is_valid():
        return do_form(request, form, lambda: None, "", LIST)
    try:
        slug = actions.open_election(actor, form.standing())
    except FenglianError as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
        return redirect(LIST)
    return redirect(ONE, slug)


@require_safe
def election(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one election: who stands; after the count, how it came out."""
    view = queries.find_election(actor_of(request), slug)
    context: dict[str, Any] = {
        "view": view,
        "body": BODY_LABELS[view.line.body],
        "way": ELECTION_WAYS[view.line.way],
        "tier": next((say(label) for name, label in TIERS.items() if name == view.tier), ""),
    }
    return render(request, "alliance/election.html", context)


@require_POST
def slip(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the own unit's slip."""
    actor, names = actor_of(request), request.POST.getlist("names")
    queries.find_election(actor, slug)
    return do(
        request,
        lambda: actions.give_slip(actor, slug, names),
        _("The slip is in the box. Nothing that is kept says whose it is."),
        ONE,
        slug,
    )


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close an election and count it."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    view = queries.find_election(actor, slug)
    words = _("Closed and counted; who was elected holds the post.")
    if view.line.way == "secret":
        return do(request, lambda: actions.close_election(actor, slug), words, ONE, slug)
    form = RoomCountForm(request.POST)
    return do_form(
        request, form, lambda: actions.close_election(actor, slug, form.counted()), words, ONE, slug
    )
