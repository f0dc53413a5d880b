"""Coming in, going out, changing the alliance, and the keys of one's programs."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actor import ALLIANCE, Role, actor_of, open_to_strangers, visitor
from fenglian.web.accounts.forms import KeyForm, SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")


@open_to_strangers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a person in by name and password; in the demo, by one click a role."""
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.cleaned_data["user"])
        return redirect(_next(request))
    if visitor(request) is not None and request.method != "POST":
        return redirect(_next(request))
    context = {
        "form": form,
        "next": _next(request),
        "demo_roles": Role if is_demo_here(request) and queries.has_demo_users() else (),
    }
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@open_to_strangers
@require_POST
def enter_demo(request: HttpRequest, role: str) -> HttpResponse:
    """Let anyone on this machine in as the demo's user of a role; elsewhere this is not there."""
    if not is_demo_here(request) or role not in Role.values:
        raise Http404
    login(request, queries.find_demo_user(Role(role)), backend=BACKEND)
    return redirect(_next(request))


def is_demo_here(request: HttpRequest) -> bool:
    """Whether this is a demo and the visitor sits at the same machine.

    A proxy's visitors all come from the proxy's address, so behind one nobody is local.
    """
    if not settings.DEMO or settings.PROXIED or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@open_to_strangers
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let a person out; the session ends on the server."""
    logout(request)
    return redirect("accounts:sign-in")


@require_POST
def choose_alliance(request: HttpRequest) -> HttpResponse:
    """Open another alliance of one's own; others are not told apart from none."""
    slug = request.POST.get("alliance", "")
    if slug not in {each.slug for each in actor_of(request).alliances}:
        raise Http404
    request.session[ALLIANCE] = slug
    return redirect(_next(request))


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is and the keys of one's programs; make a new key."""
    actor = actor_of(request)
    form = KeyForm(request.POST if request.method == "POST" else None)
    made = ""
    if request.method == "POST" and form.is_valid():
        made = actions.issue_key(actor, form.cleaned_data["name"])
        form = KeyForm()
    context = {"form": form, "keys": queries.list_keys(actor), "made": made}
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@require_POST
def revoke_key(request: HttpRequest, key: int) -> HttpResponse:
    """Take a key of one's own away."""
    actions.revoke_key(actor_of(request), key)
    messages.info(request, _("The key no longer works."))
    return redirect("accounts:account")


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else "/"
