"""Who is who, as people said: two names are one, or two; confirmed by another; taken back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web import problems
from fenglian.web.accounts.actor import actor_of
from fenglian.web.intake import actions
from fenglian.web.intake.faults import ReviewFault
from fenglian.web.intake.queries import review
from fenglian.web.registry import queries
from fenglian.web.registry.forms import IdentityForm

ACTS = {"second": actions.second_identity, "withdraw": actions.withdraw_identity}


@require_http_methods(["GET", "HEAD", "POST"])
def identities(request: HttpRequest) -> HttpResponse:
    """List what was said of names; say something of two names."""
    if request.method != "POST":
        return _page(request, IdentityForm())
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    said = form.cleaned_data
    try:
        actions.state_identity(
            actor_of(request),
            said["kind"],
            said["name"],
            said["other"],
            same=said["verdict"] == "same",
        )
    except ReviewFault as fault:
        form.add_error(None, fault.message(get_language() or "zh"))
        return _page(request, form, problems.status_of(fault))
    text = (
        _("Kept. It counts when another person has confirmed it.")
        if said["verdict"] == "same"
        else _("Kept: they stay two.")
    )
    messages.success(request, text)
    return redirect("registry:identities")


def _page(request: HttpRequest, form: IdentityForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    said = review.list_identities(actor)
    context = {
        "form": form,
        "waiting": [each for each in said if each.waits],
        "standing": [each for each in said if not each.waits and each.withdrawn_at is None],
        "withdrawn": [each for each in said if each.withdrawn_at is not None],
        "namesakes": queries.namesakes(actor),
    }
    return render(request, "registry/identities.html", context, status=status)


@require_POST
def decide(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Confirm or take back what was said of two names."""
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](actor_of(request), slug)
    except ReviewFault as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
    return redirect("registry:identities")
