"""The pages of the review: what is most urgent, what contradicts what, everything as lines."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenglian.outside.model_faults import ModelFault
from fenglian.web.accounts.actor import actor_of
from fenglian.web.intake import actions, presentation, queries
from fenglian.web.intake.queries import review

CONFLICTS = "conflicts"


def place_in_review(request: HttpRequest) -> int | str:
    """Return where a decision was made: the page of the queue, the conflicts, or 0: elsewhere."""
    said = request.POST.get("queue", "")
    return CONFLICTS if said == CONFLICTS else _page(said) if said else 0


def _page(said: str) -> int:
    return max(1, int(said)) if said.isdecimal() and len(said) < 7 else 1


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits, the most urgent first; or only what another person has accepted."""
    actor, second = actor_of(request), "second" in request.GET
    found = review.list_queue(actor, second=second, page=_page(request.GET.get("page", "")))
    context = {
        "cards": [presentation.show_card(item, actor.user) for item in found.items],
        "queue": found,
        "earlier": found.page - 1,
        "later": found.page + 1 if found.page < found.pages else 0,
        "second": second,
        "to_second": review.count_to_second(actor),
        "limit": presentation.limit_of_one_person(),
    }
    return render(request, "intake/queue.html", context)


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Show statements that contradict each other, side by side."""
    actor = actor_of(request)
    found = [
        [presentation.show_card(item, actor.user) for item in group]
        for group in review.list_conflicts(actor)
    ]
    return render(request, "intake/conflicts.html", {"conflicts": found})


@require_POST
def second(request: HttpRequest, identifier: str) -> HttpResponse:
    """Confirm what another person accepted first."""
    actor = actor_of(request)
    actions.second_statement(actor, identifier)
    messages.success(request, _("Confirmed: two persons have accepted it."))
    place = place_in_review(request)
    if place == CONFLICTS:
        return redirect("intake:conflicts")
    if place:
        return redirect(f"{reverse('intake:queue')}?second&page={place}")
    document = queries.find_statement(actor, identifier).statement.document
    return redirect(f"{reverse('intake:reading', args=[document])}#s-{identifier}")


@require_POST
def suggest(request: HttpRequest, sha256: str) -> HttpResponse:
    """Ask the model, where one is switched on, for relations of one document."""
    try:
        kept, dropped = actions.ask_for_suggestions(actor_of(request), sha256)
    except ModelFault as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
        return redirect("intake:reading", sha256)
    text = _("The model suggested %(kept)s relations; %(dropped)s were dropped.")
    messages.info(request, text % {"kept": kept, "dropped": dropped})
    return redirect("intake:reading", sha256)


@require_safe
def lines(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out the whole review as lines of JSON."""
    actor = actor_of(request)
    name = "demo-review.jsonl" if actor.alliance.synthetic else "review.jsonl"
    # Written before it is sent: the walls of the database stand as long as the request lasts.
    content = list(review.write_lines(actor))
    return StreamingHttpResponse(
        content,
        content_type="application/x-ndjson; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
