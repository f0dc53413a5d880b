"""Coming in: name and password, code, the second factor's set-up; one click in the demo; going out."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actor import ALLIANCE, Role, actor_of, open_to_strangers, visitor
from fenglian.web.accounts.arrivals import address_of, device_of
from fenglian.web.accounts.faults import AccountFault, Locked, NoSeat
from fenglian.web.accounts.forms import CodeForm, SignInForm
from fenglian.web.accounts.qr import draw_square
from fenglian.web.accounts.queries import Step
from fenglian.web.accounts.roles import GUARDIANS, OF_THE_ALLIANCE
from fenglian.web.accounts.second_factor import (
    UnreadableSecret,
    address_for_authenticator,
    draw_secret,
    seal,
    unseal,
)
from fenglian.web.accounts.sessions import ADDRESS, DEVICE

BACKEND = "fenglian.web.accounts.backend.Accounts"
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")
PENDING, PROVEN, SECRET = "pending", "proven", "secret"  # keys of the session
PATIENCE = 10 * 60  # seconds between a right password and the code
GROUP = 4  # letters of a secret that are read out together


@open_to_strangers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; in the demo, offer one click a role."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.try_password(**form.cleaned_data, address=address_of(request))
            return go_on(request, user, next_of(request))
        except AccountFault as fault:
            form.show(fault)
            return _sign_in_page(request, form, refusal_of(fault))
    if visitor(request) is not None and request.method != "POST":
        return redirect(next_of(request))
    return _sign_in_page(request, form, 422 if form.errors else 200)


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    offers_demo = is_demo_here(request) and queries.has_demo_users()
    guardians = [role for role in Role if role in GUARDIANS]
    context = {
        "form": form,
        "next": next_of(request),
        "demo_groups": (OF_THE_ALLIANCE, guardians) if offers_demo else (),
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def refusal_of(fault: Exception) -> int:
    """Return the status of a refused try."""
    return 429 if isinstance(fault, Locked) else 422


def go_on(request: HttpRequest, user: Any, next_address: str) -> HttpResponse:
    """Lead a person whose password was right to what is next; raises ``NoSeat``."""
    step = queries.next_step(user)
    if step == Step.NOWHERE:
        raise NoSeat
    if step == Step.IN:
        come_in(request, user)
        return redirect(next_address)
    request.session.flush()  # a key that was planted before is worth nothing now
    request.session[PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "until": timezone.now().timestamp() + PATIENCE,
        "next": next_address,
    }
    return redirect("accounts:code" if step == Step.CODE else "accounts:set-up")


def come_in(request: HttpRequest, user: Any) -> None:
    """Begin the session of a person who passed every door."""
    login(request, user, backend=BACKEND)
    for key in (PENDING, SECRET):
        request.session.pop(key, None)
    request.session[DEVICE] = device_of(request)
    request.session[ADDRESS] = address_of(request)
    actions.note_entry(user)


def pending_user(request: HttpRequest) -> Any:
    """Return whose password was right a moment ago and has not changed since; None: nobody's."""
    kept = request.session.get(PENDING)
    if kept is None or kept["until"] < timezone.now().timestamp():
        return None
    user = queries.find_user(kept["user"])
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return user


@open_to_strangers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor."""
    user = pending_user(request)
    if user is None or queries.next_step(user) != Step.CODE:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.try_code(user, form.cleaned_data["code"], address_of(request))
        except AccountFault as fault:
            form.show(fault)
            status = refusal_of(fault)
        else:
            next_address = request.session[PENDING]["next"]
            come_in(request, user)
            return redirect(next_address)
    return render(request, "accounts/code.html", {"form": form}, status=status)


@open_to_strangers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: on the way in, or anew after password and code were given again."""
    user, is_arriving = _who_sets_up(request)
    if user is None:
        return redirect("accounts:account" if visitor(request) else "accounts:sign-in")
    secret = _secret_of(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.set_second_factor(user, secret, form.cleaned_data["code"])
        except AccountFault as fault:
            form.show(fault)
        else:
            return _welcome(request, user, codes, is_arriving=is_arriving)
    context = {
        "form": form,
        "square": draw_square(address_for_authenticator(secret, user.username)),
        "secret": " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)),
    }
    return render(request, "accounts/set_up.html", context, status=422 if form.errors else 200)


def _who_sets_up(request: HttpRequest) -> tuple[Any, bool]:
    """Return who may set up a second factor here, and whether they are on the way in."""
    actor = visitor(request)
    if actor is not None:
        proven = request.session.get(PROVEN, 0) > timezone.now().timestamp()
        return (queries.find_user(actor.user) if proven else None), False
    user = pending_user(request)
    # Whoever has one gives its code: a password alone must not replace it.
    may = user is not None and queries.next_step(user) == Step.SET_UP
    return (user if may else None), True


def _secret_of(request: HttpRequest) -> str:
    """Return the secret that this session offers, the same on every reload."""
    try:
        return unseal(request.session[SECRET])
    except (KeyError, UnreadableSecret):
        secret = draw_secret()
        request.session[SECRET] = seal(secret)
        return secret


def _welcome(
    request: HttpRequest, user: Any, codes: tuple[str, ...], *, is_arriving: bool
) -> HttpResponse:
    """Show the recovery codes once; who was on the way in is in."""
    next_address = "/"
    if is_arriving:
        next_address = request.session[PENDING]["next"]
        come_in(request, user)
    for key in (PROVEN, SECRET):
        request.session.pop(key, None)
    return show_codes(request, codes, next_address)


def show_codes(
    request: HttpRequest, codes: tuple[str, ...], next_address: str = "/"
) -> HttpResponse:
    """Show recovery codes, which cannot be shown again."""
    return render(request, "accounts/codes.html", {"codes": codes, "next": next_address})


@open_to_strangers
@require_POST
def enter_demo(request: HttpRequest, role: str) -> HttpResponse:
    """Let anyone on this machine in as the demo's user of a role; elsewhere this is not there."""
    if not is_demo_here(request) or role not in Role.values:
        raise Http404
    return go_on(request, queries.find_demo_user(Role(role)), next_of(request))


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
    actor = visitor(request)
    if actor is not None:
        actions.note_exit(actor)
    logout(request)
    return redirect("accounts:sign-in")


@require_POST
def choose_alliance(request: HttpRequest) -> HttpResponse:
    """Open another alliance of one's own; others are not told apart from none."""
    slug = request.POST.get("alliance", "")
    if slug not in {each.slug for each in actor_of(request).alliances}:
        raise Http404
    request.session[ALLIANCE] = slug
    return redirect(next_of(request))


def next_of(request: HttpRequest) -> str:
    """Return the address that a form leads to, where it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else "/"
