"""Who may see our data, for whom have we opened it, and what do guardians look at others' for?"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access import actions, queries
from fenglian.web.access.faults import AccessError
from fenglian.web.access.forms import GRANTED, GrantForm, PurposeForm
from fenglian.web.access.table import Act, may
from fenglian.web.access.wording import describe_table, say
from fenglian.web.accounts.actor import Actor, actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def grants(request: HttpRequest) -> HttpResponse:
    """Show what one's unit granted and was granted; grant more."""
    actor = actor_of(request)
    form = GrantForm(queries.list_readers(actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.give_grant(
                actor,
                asked["reader"],
                DataClass(asked["data_class"]),
                purpose=asked["purpose"],
                until=asked["until"],
            )
        except AccessError as fault:
            form.add_error(None, fault.message(get_language() or "zh"))
        else:
            messages.success(request, _("Granted. You can take it back at any time."))
            return redirect("access:grants")
    context = {**_page(actor), "form": form}
    return render(request, "access/grants.html", context, status=422 if form.errors else 200)


def _page(actor: Actor) -> dict[str, Any]:
    given, received = queries.list_grants(actor)
    confirms = may(actor, Act.CONFIRM_PURPOSE)
    return {
        "given": given,
        "received": received,
        "purposes": queries.list_purposes(actor, everybody=confirms),
        "classes": [(each, say(each.label), say(each.readers)) for each in GRANTED],
        "readers": queries.list_readers(actor),
    }


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show the whole table of rights; it is no secret."""
    actor_of(request)
    classes = [(each, say(each.label), say(each.readers)) for each in DataClass]
    return render(request, "access/table.html", {"classes": classes, "lines": describe_table()})


@require_POST
def revoke(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a grant back."""
    actions.revoke_grant(actor_of(request), slug)
    messages.info(request, _("Taken back; it ended this moment."))
    return redirect("access:grants")


@require_POST
def state(request: HttpRequest) -> HttpResponse:
    """Say what others' secrets are needed for."""
    actor, form = actor_of(request), PurposeForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        actions.state_purpose(actor, DataClass(asked["data_class"]), asked["words"])
        messages.info(request, _("Stated. It opens nothing before a second person confirms it."))
        return redirect("access:grants")
    context = {**_page(actor), "form": GrantForm(queries.list_readers(actor)), "purpose_form": form}
    return render(request, "access/grants.html", context, status=422)


@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm another person's purpose."""
    actions.confirm_purpose(actor_of(request), slug)
    messages.success(request, _("Confirmed. Each look is logged with this purpose."))
    return redirect("access:grants")


@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """End a purpose."""
    actions.end_purpose(actor_of(request), slug)
    messages.info(request, _("Ended."))
    return redirect("access:grants")
