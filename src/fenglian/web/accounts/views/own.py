"""One's own account: password, second factor, recovery codes, sessions, and keys of programs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.accounts.arrivals import address_of
from fenglian.web.accounts.faults import AccountFault
from fenglian.web.accounts.forms import CodeForm, KeyForm, PasswordForm, ProofForm
from fenglian.web.accounts.queries import OwnAccount
from fenglian.web.accounts.views.doors import PATIENCE, PROVEN, refusal_of, show_codes

PAGE = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(PAGE)
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is, one's sessions and keys; make a new key."""
    actor = actor_of(request)
    form = KeyForm(request.POST if request.method == "POST" else None)
    made = ""
    if request.method == "POST" and form.is_valid():
        made = actions.issue_key(actor, form.cleaned_data["name"])
        form = KeyForm()
    context = {
        "form": form,
        "keys": queries.list_keys(actor),
        "made": made,
        "own": queries.find_own(actor),
        "sessions": queries.list_sessions(actor, request.session.session_key),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@require_POST
def revoke_key(request: HttpRequest, key: int) -> HttpResponse:
    """Take a key of one's own away."""
    actions.revoke_key(actor_of(request), key)
    messages.info(request, _("The key no longer works."))
    return redirect("accounts:account")


@require_POST
def end_session(request: HttpRequest, session: str) -> HttpResponse:
    """End one of one's sessions."""
    actions.end_session(actor_of(request), session)
    messages.info(request, _("The session has ended."))
    return redirect("accounts:account")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    actions.end_other_sessions(actor_of(request), request.session.session_key)
    messages.info(request, _("All other sessions have ended."))
    return redirect("accounts:account")


def _own(actor: Actor) -> OwnAccount:
    own = queries.find_own(actor)
    if own.demo:
        raise PermissionDenied  # everybody's, so nobody's to change
    return own


@never_cache
@require_http_methods(PAGE)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; the other sessions end."""
    actor = actor_of(request)
    _own(actor)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.change_password(
                actor,
                current=form.cleaned_data["current"],
                new=form.cleaned_data["password"],
                address=address_of(request),
                session=request.session.session_key,
            )
        except (AccountFault, ValidationError) as fault:
            form.show(fault)
            status = refusal_of(fault)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("The password is changed; other sessions have ended."))
            return redirect("accounts:account")
    return _form_page(request, form, _("Change the password"), _("Change it"), status)


@never_cache
@require_http_methods(PAGE)
def renew_factor(request: HttpRequest) -> HttpResponse:
    """Ask for password and code once more, then lead to the set-up of a new second factor."""
    actor = actor_of(request)
    own = _own(actor)
    typed = request.POST if request.method == "POST" else None
    form = ProofForm(typed, has_code=own.since is not None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data.get("code", "")
            actions.prove_oneself(
                actor,
                password=form.cleaned_data["password"],
                code=code,
                address=address_of(request),
            )
        except AccountFault as fault:
            form.show(fault)
            status = refusal_of(fault)
        else:
            request.session[PROVEN] = timezone.now().timestamp() + PATIENCE
            return redirect("accounts:set-up")
    return _form_page(request, form, _("Set up the second step anew"), _("Go on"), status)


@never_cache
@require_http_methods(PAGE)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Replace one's recovery codes, for a code."""
    actor = actor_of(request)
    if _own(actor).since is None:
        raise PermissionDenied
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.renew_recovery_codes(
                actor, code=form.cleaned_data["code"], address=address_of(request)
            )
        except AccountFault as fault:
            form.show(fault)
            status = refusal_of(fault)
        else:
            return show_codes(request, codes, request.path)
    return _form_page(request, form, _("New recovery codes"), _("Make new ones"), status)


def _form_page(
    request: HttpRequest, form: Any, title: str, button: str, status: int
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button}
    return render(request, "accounts/form.html", context, status=status)
