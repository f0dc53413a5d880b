"""The page of advice, and the brief to take along."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fenglian.engine.advice.items import Verb
from fenglian.web.accounts.actor import actor_of
from fenglian.web.advice import briefs, presentation
from fenglian.web.chain import queries
from fenglian.web.chain.forms import read_asked
from fenglian.web.chain.views import frame, open_evidence
from fenglian.web.intake.wording import language, say


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Show what to build, extend, patch and strengthen, and what nobody has found yet."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = queries.open_chain(actor, asked.wanted)
    if view is None:
        return render(request, "advice/empty.html")
    verb = _verb(request, presentation.first_verb(view))
    evidence = open_evidence(actor, view)
    found = view.advice.of(verb)
    opened = request.GET.get("item", found[0].id if found else "")
    shown = found if request.GET.get("show") == "all" else found[: presentation.FIRST]
    if all(item.id != opened for item in shown):
        shown = (*shown, *(item for item in found if item.id == opened))
    places = queries.addresses(actor)
    context: dict[str, Any] = {
        **frame(view, asked, evidence),
        "asked": asked,
        "tabs": presentation.show_tabs(view, evidence, verb),
        "verb": str(verb),
        "verb_name": say(verb.label),
        "meaning": say(verb.meaning),
        "items": [
            (
                presentation.show_item(view, item, evidence, places, opened=item.id == opened),
                presentation.show_detail(view, item, evidence) if item.id == opened else None,
            )
            for item in shown
        ],
        "hidden": len(found) - len(shown),
        "unknowns": presentation.show_unknowns(view, evidence),
        "assumptions": [say(each) for each in view.advice.assumptions],
        "scenario_query": _scenario_query(request),
        "classes": briefs.offered(view),
    }
    return render(request, "advice/items.html", context)


def _verb(request: HttpRequest, otherwise: Verb) -> Verb:
    asked = request.GET.get("verb", "")
    if not asked:
        return otherwise
    if asked not in set(Verb):
        raise Http404
    return Verb(asked)


def _scenario_query(request: HttpRequest) -> str:
    scenario = request.GET.get("scenario", "")
    return f"&{urlencode({'scenario': scenario})}" if scenario else ""


@require_safe
def brief(request: HttpRequest, form: str) -> HttpResponse:
    """Hand out the brief as docx or pdf, or its tables as xlsx."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = queries.open_chain(actor, asked.wanted)
    data_class = briefs.CLASSES.get(request.GET.get("class", "public"))
    if view is None or data_class is None:
        raise Http404
    day = timezone.localdate()
    composed = briefs.compose(actor, view, day, data_class)
    kind = briefs.FORMS[form]
    response = HttpResponse(kind.write(composed, language()), content_type=kind.content_type)
    start = "demo-brief" if composed.synthetic else "brief"
    name = f"{start}-{view.chain.scenario.id}-{day.isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
