"""What is to be done by whom by when; what is overdue; what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Errand
from fenglian.web.alliance.deeds import do_form
from fenglian.web.alliance.forms import ErrandForm, EvidenceForm
from fenglian.web.alliance.words import SOURCE_LABELS, STATE_LABELS
from fenglian.web.registry import queries as registry

TASKS = "alliance:tasks"
MARKS = {"open": "short", "done": "good", "dropped": "unk"}


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: HttpRequest) -> HttpResponse:
    """List what is to be done; set more."""
    actor = actor_of(request)
    if request.method == "POST":
        form = ErrandForm(request.POST)
        return do_form(
            request,
            form,
            lambda: actions.set_action(actor, Errand(**form.cleaned_data)),
            _("Set."),
            TASKS,
        )
    keeps, overdue = may(actor, Act.KEEP_MEMBERS), request.GET.get("overdue") == "1"
    lines = queries.list_tasks(actor, overdue=overdue)
    context = {
        "tasks": [
            (each, SOURCE_LABELS[each.source], STATE_LABELS[each.state], MARKS[each.state])
            for each in lines
        ],
        "overdue": overdue,
        "late": sum(each.overdue for each in lines),
        "sources": SOURCE_LABELS.items() if keeps else (),
        "asks": actor.owner is not None and not keeps,
        "unit_names": registry.list_names(actor) if keeps else (),
    }
    return render(request, "alliance/tasks.html", context)


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what became of something."""
    actor, form = actor_of(request), EvidenceForm(request.POST)
    return do_form(
        request,
        form,
        lambda: actions.close_action(
            actor, slug, form.cleaned_data["words"], done=not form.cleaned_data["dropped"]
        ),
        _("Kept."),
        TASKS,
    )
