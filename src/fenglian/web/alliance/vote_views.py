"""What is decided, who voted how, and how it came out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.errors import FenglianError
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Motion
from fenglian.web.alliance.deeds import do, do_form
from fenglian.web.alliance.forms import BallotForm, CountForm, VoteForm
from fenglian.web.alliance.presentation import (
    choices,
    show_ballots,
    show_resolution,
    show_resolutions,
)
from fenglian.web.alliance.words import BODY_LABELS, WAY_LABELS

LIST, ONE = "alliance:resolutions", "alliance:resolution"


@require_http_methods(["GET", "HEAD", "POST"])
def resolutions(request: HttpRequest) -> HttpResponse:
    """List what was and is put to the vote; put more to it."""
    actor = actor_of(request)
    if request.method == "POST":
        return _put(request, "", LIST)
    context = {
        "resolutions": show_resolutions(queries.list_resolutions(actor)),
        "bodies": BODY_LABELS.items(),
        "ways": WAY_LABELS.items(),
    }
    return render(request, "alliance/resolutions.html", context)


@require_POST
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Put something about a unit to the vote."""
    queries.require_keeper(actor_of(request), slug)
    return _put(request, slug, "alliance:application", slug)


def _put(request: HttpRequest, about: str, to: str, *place: str) -> HttpResponse:
    actor, form = actor_of(request), VoteForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    if not form.is_valid():
        return do_form(request, form, lambda: None, "", to, *place)
    try:
        slug = actions.open_vote(actor, Motion(**form.cleaned_data, about=about))
    except FenglianError as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
        return redirect(to, *place)
    return redirect(ONE, slug)


@require_safe
def resolution(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one resolution with its votes."""
    view = queries.find_resolution(actor_of(request), slug)
    context: dict[str, Any] = {
        "resolution": show_resolution(view.line),
        "view": view,
        "ballots": show_ballots(view),
        "choices": choices(),
        "counts": count_fields(),
    }
    return render(request, "alliance/resolution.html", context)


def count_fields() -> list[tuple[str, str]]:
    """Return what is counted in the room, in words."""
    return [
        ("entitled", _("units with a vote")),
        ("present", _("units present")),
        ("votes_for", _("for")),
        ("against", _("against")),
        ("abstain", _("abstaining")),
    ]


@require_POST
def ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """Vote for one's own unit."""
    actor, form = actor_of(request), BallotForm(request.POST)
    queries.find_resolution(actor, slug)
    return do_form(
        request,
        form,
        lambda: actions.cast_ballot(actor, slug, form.cleaned_data["choice"]),
        _("Your unit's vote is on record."),
        ONE,
        slug,
    )


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a vote and count it."""
    actor, form = actor_of(request), CountForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    view = queries.find_resolution(actor, slug)
    words = _("Closed and counted.")
    if view.line.way == "open":
        return do(request, lambda: actions.close_vote(actor, slug), words, ONE, slug)
    return do_form(
        request, form, lambda: actions.close_vote(actor, slug, form.counted()), words, ONE, slug
    )
