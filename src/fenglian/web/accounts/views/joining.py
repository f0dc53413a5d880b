"""Opening a link: who was invited becomes somebody here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actor import ALLIANCE, open_to_strangers, visitor
from fenglian.web.accounts.faults import AccountFault, LinkSpent
from fenglian.web.accounts.forms import FaultForm, JoinForm, NewPasswordForm
from fenglian.web.accounts.house import for_the_house
from fenglian.web.accounts.queries import LinkSeen
from fenglian.web.accounts.views.doors import go_on


@open_to_strangers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link offers; make its person, or seat who is signed in."""
    try:
        link = queries.find_link(token)
        if visitor(request) is not None and not link.username:
            return _join_as(request, link, token)
        return _join_anew(request, link, token)
    except LinkSpent as fault:
        return render(request, "accounts/spent.html", {"fault": fault}, status=404)


def _join_as(request: HttpRequest, link: LinkSeen, token: str) -> HttpResponse:
    form = FaultForm(request.POST if request.method == "POST" else None)
    actor = visitor(request)
    if request.method == "POST" and actor is not None:
        try:
            actions.join_as(actor, token)
        except LinkSpent:
            raise
        except AccountFault as fault:
            form.show(fault)
        else:
            return redirect("home")
    context = {"link": link, "form": form, "as_self": True}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)


def _join_anew(request: HttpRequest, link: LinkSeen, token: str) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form: FaultForm = (
        NewPasswordForm(typed) if link.username else JoinForm(typed, initial={"name": link.name})
    )
    if request.method == "POST" and form.is_valid():
        try:
            with for_the_house(visitor(request)):
                user = _make(link, token, form.cleaned_data)
        except ValidationError as fault:
            form.show(fault)
        else:
            request.session.pop(ALLIANCE, None)
            return go_on(request, user, "/")
    context = {"link": link, "form": form}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)


def _make(link: LinkSeen, token: str, typed: dict[str, Any]) -> Any:
    if link.username:
        return actions.renew(token, password=typed["password"])
    return actions.join(
        token, username=typed["username"], name=typed["name"], password=typed["password"]
    )
