"""Ideas of members: put forward, supported, put on an agenda, answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.deeds import do, do_form
from fenglian.web.alliance.governance_forms import IdeaForm, SettleForm
from fenglian.web.alliance.words import IDEA_LABELS, STATE_LABELS
from fenglian.web.registry import queries as registry

IDEAS = "alliance:ideas"
MARKS = {"put": "short", "agenda": "good", "declined": "unk"}


@require_http_methods(["GET", "HEAD", "POST"])
def ideas(request: HttpRequest) -> HttpResponse:
    """List ideas; put one forward."""
    actor = actor_of(request)
    if request.method == "POST":
        form = IdeaForm(request.POST)
        return do_form(
            request, form, lambda: actions.put_idea(actor, **form.cleaned_data), _("Put forward."), IDEAS
        )  # fmt: skip
    keeps, now = may(actor, Act.KEEP_MEMBERS), timezone.now()
    context = {
        "ideas": [
            (each, IDEA_LABELS[each.state], MARKS[each.state], [(text, STATE_LABELS[state]) for text, state in each.tasks])
            for each in queries.list_ideas(actor)
        ],
        "proposes": actions.may_propose(actor),
        "meetings": [each for each in queries.list_meetings(actor) if each.ends_at > now] if keeps else (),
        "unit_names": registry.list_names(actor) if keeps else (),
    }  # fmt: skip
    return render(request, "alliance/ideas.html", context)


@require_POST
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """Support another unit's idea."""
    actor = actor_of(request)
    return do(request, lambda: actions.back_idea(actor, slug), _("Supported."), IDEAS)


@require_POST
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an idea on an agenda, or say why it is not taken up."""
    actor, form = actor_of(request), SettleForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    return do_form(
        request, form, lambda: actions.settle_idea(actor, slug, **form.cleaned_data), _("Kept."), IDEAS
    )  # fmt: skip
