"""Who is a member, who wants to be one, and what did they hand in?"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.alliance.papers import MOST
from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.errors import FenglianError
from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import actions, letters, queries
from fenglian.web.alliance.deeds import do, do_form
from fenglian.web.alliance.forms import ApplicationForm, StepForm, read_papers
from fenglian.web.alliance.presentation import (
    options,
    paper_fields,
    show_application,
    show_member,
    show_resolutions,
)
from fenglian.web.alliance.words import BODY_LABELS, WAY_LABELS
from fenglian.web.registry import queries as registry

PAGE = ["GET", "HEAD", "POST"]


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """List the members by tier, and to those who judge who is on the way in."""
    actor = actor_of(request)
    gone = request.GET.get("gone") == "1"
    found = queries.list_members(actor, tier=request.GET.get("tier", ""), gone=gone)
    tiers, states = dict(options(TIERS)), {"applied": _("applied"), "reviewed": _("reviewed")}
    context = {
        "members": [show_member(line) for line in found],
        "tiers": options(TIERS),
        "tier": request.GET.get("tier", ""),
        "gone": gone,
        "judges": may(actor, Act.JUDGE),
        "waiting": [
            (line.slug, line.name, states[line.state], line.since, tiers.get(line.tier, line.tier))
            for line in queries.list_applications(actor)
        ],
    }
    return render(request, "alliance/members.html", context)


@require_safe
def owing(request: HttpRequest) -> HttpResponse:
    """List the members that owe a fee or a yearly check, with words to send."""
    actor = actor_of(request)
    tiers = dict(options(TIERS))
    lines = [
        (each, tiers.get(each.line.tier, each.line.tier), letters.owing(each, actor.alliance.name))
        for each in queries.list_owing(actor)
    ]
    return render(request, "alliance/owing.html", {"owing": lines})


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to one's own unit's application."""
    slug = registry.own_slug(actor_of(request))
    if slug is None:
        raise Http404
    return redirect("alliance:application", slug)


@require_http_methods(PAGE)
def application(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a unit's way in; take an application."""
    actor = actor_of(request)
    if request.method != "POST":
        return _application_page(request, actor, slug)
    queries.require_hand(actor, slug)
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        names = ", ".join(form.errors)
        refused = _("This could not be read: %(names)s.") % {"names": names}
        return _application_page(request, actor, slug, refused)
    try:
        actions.apply(actor, slug, form.wanted(), read_papers(request))
    except FenglianError as fault:
        return _application_page(request, actor, slug, fault.message(get_language() or "zh"))
    return do(
        request,
        lambda: None,
        _("Handed in. The secretariat looks it through."),
        "alliance:application",
        slug,
    )


def _application_page(
    request: HttpRequest, actor: Actor, slug: str, refused: str = ""
) -> HttpResponse:
    view = queries.find_begun(actor, slug)
    context: dict[str, Any] = {
        "application": show_application(view, actor),
        "refused": refused,
        "typed": request.POST,
        "tiers": options(TIERS),
        "kinds": paper_fields(),
        "most": MOST // 1024 // 1024,
        "resolutions": show_resolutions(queries.about_unit(actor, view.owner)),
        "bodies": BODY_LABELS.items(),
        "ways": WAY_LABELS.items(),
    }
    status = 422 if refused else 200
    return render(request, "alliance/application.html", context, status=status)


@require_POST
def add_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Take more papers of an application."""
    actor, papers = actor_of(request), read_papers(request)

    def add() -> None:
        for each in papers:
            actions.add_paper(actor, slug, each)

    queries.require_hand(actor, slug)
    words = _("Kept.") if papers else _("Choose a file first.")
    return do(request, add, words, "alliance:application", slug)


@require_safe
def paper(request: HttpRequest, slug: str, row: str) -> HttpResponse:
    """Hand out a file as it came, to be saved; a browser shows none of them."""
    actor = actor_of(request)
    found = queries.find_paper(actor, slug, row)
    response = HttpResponse(found.content, content_type=found.media_type)
    start = "demo-" if actor.alliance.synthetic else ""
    name = f"{start}{found.line.kind}-{found.line.sha256[:12]}.{found.line.suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a step of a unit's membership."""
    actor, form = actor_of(request), StepForm(request.POST)
    queries.require_hand(actor, slug)
    return do_form(
        request,
        form,
        lambda: actions.take_step(
            actor,
            slug,
            form.cleaned_data["name"],
            form.cleaned_data["words"],
            on=form.cleaned_data["on"],
        ),
        _("Taken. It stands on record."),
        "alliance:application",
        slug,
    )
