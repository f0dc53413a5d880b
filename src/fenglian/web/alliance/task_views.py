"""What is to be done by whom by when; what is overdue; what became of it."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import actor_of
from fenglian.web.alliance import actions, letters, queries
from fenglian.web.alliance.actions import Errand
from fenglian.web.alliance.deeds import do_form, tell_sent
from fenglian.web.alliance.forms import ErrandForm, EvidenceForm
from fenglian.web.alliance.governance_forms import HandOnForm
from fenglian.web.alliance.words import SOURCE_LABELS, STATE_LABELS
from fenglian.web.registry import queries as registry
from fenglian.web.registry.marks import Marker

TASKS = "alliance:tasks"
MARKS = {"open": "short", "done": "good", "dropped": "unk"}


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: HttpRequest) -> HttpResponse:
    """List what is to be done; set more."""
    actor = actor_of(request)
    if request.method == "POST":
        form = ErrandForm(request.POST)
        back = request.POST.get("back", "")
        return do_form(
            request,
            form,
            lambda: actions.set_action(actor, Errand(**form.cleaned_data)),
            _("Set."),
            *_way_back(back),
        )
    keeps, overdue = may(actor, Act.KEEP_MEMBERS), request.GET.get("overdue") == "1"
    lines = queries.list_tasks(actor, overdue=overdue)
    advice = queries.list_advice(actor) if keeps else []
    numbers = [
        *(each.statement for each in lines),
        *(number for each in advice for number in each.evidence),
    ]
    marker = Marker(actor, filter(None, numbers))
    chosen = request.GET.get("advice", "")
    context = {
        "tasks": [
            (
                each,
                SOURCE_LABELS[each.source],
                STATE_LABELS[each.state],
                MARKS[each.state],
                marker.mark([each.statement] if each.statement else []),
            )
            for each in lines
        ],
        "advice": [(each, marker.mark(each.evidence)) for each in advice],
        "chosen": next((each for each in advice if chosen in each.evidence), None),
        "overdue": overdue,
        "late": sum(each.overdue for each in lines),
        "due": len(queries.list_due(actor)) if actor.owner is not None else 0,
        "sources": [each for each in SOURCE_LABELS.items() if each[0] != "idea"] if keeps else (),
        "asking": [(name, SOURCE_LABELS[name]) for name in ("question", "support")],
        "reminders": [
            (unit, letters.reminder(unit, rows, actor.alliance.name))
            for unit, rows in queries.list_reminders(actor).items()
        ],
        "mails": settings.MAIL,
        "asks": actor.owner is not None and not keeps,
        "unit_names": registry.list_names(actor) if keeps else (),
    }
    return render(request, "alliance/tasks.html", context)


def _way_back(words: str) -> tuple[str, ...]:
    """Return where a form of another page leads back to: that page, or the list."""
    if words == "ideas":
        return ("alliance:ideas",)
    return ("alliance:meeting", words) if re.fullmatch("[0-9a-f]{16}", words) else (TASKS,)


@require_POST
def hand_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a question or a call for support to a unit that answers it."""
    actor, form = actor_of(request), HandOnForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    return do_form(
        request,
        form,
        lambda: actions.hand_on(actor, slug, **form.cleaned_data),
        _("Handed on."),
        TASKS,
    )


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Send every unit that has something due a reminder."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    return tell_sent(request, lambda: actions.mail_reminders(actor), TASKS)


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
