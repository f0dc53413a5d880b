"""What strangers see: the public page, a form to apply behind a link, and sign-in to a meeting.

The page holds the copy that was made for strangers and nothing else. Behind a link or a QR code
one writes and reads nothing that is kept; as in ``registry.fill_views`` the key is in the address
and in no cookie, so there is nothing that another site could make a browser do.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fenglian.engine.alliance.papers import MOST
from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.errors import FenglianError
from fenglian.web.accounts.actor import open_to_strangers
from fenglian.web.accounts.qr import draw_square
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.forms import ApplicationForm, read_papers
from fenglian.web.alliance.governance_forms import SignInForm
from fenglian.web.alliance.presentation import options, paper_fields
from fenglian.web.alliance.words import MEETING_LABELS
from fenglian.web.registry.fill_views import DISCREET

PAGE = ["GET", "HEAD", "POST"]
Page = Callable[[HttpRequest, str], HttpResponse]


@open_to_strangers
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the alliance shows to everybody."""
    view = queries.find_public(slug)
    tiers = dict(options(TIERS))
    context = {
        "view": view,
        "members": [(each, tiers.get(each["tier"], "")) for each in view.members],
        "meetings": [(each, MEETING_LABELS.get(each["kind"], "")) for each in view.meetings],
    }
    response = render(request, "alliance/public.html", context)
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


def by_key(page: Page) -> Callable[..., HttpResponse]:
    """Open a page to whoever has its address; every address that opens nothing answers alike."""

    @open_to_strangers
    @csrf_exempt
    @require_http_methods(PAGE)
    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = _in_language(request) or page(request, token)
        except ObjectDoesNotExist:
            response = render(request, "alliance/closed.html", _frame(), status=404)
        for name, value in DISCREET.items():
            response.headers[name] = value
        vars(response)["_has_been_logged"] = True  # Django's line would name the address
        return response

    return view


def _in_language(request: HttpRequest) -> HttpResponse | None:
    """Remember the language that somebody asked for, and show the page in it."""
    wanted = request.GET.get("language", "")
    if request.method == "POST" or wanted not in dict(settings.LANGUAGES):
        return None
    response = redirect(request.path)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _frame() -> dict[str, Any]:
    """Return the frame as a stranger sees it, whoever is signed in."""
    return {"actor": None, "rooms": [], "may": {}, "bare": True}


def _apply(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form to apply; take an application."""
    visit = queries.open_door(token)
    if visit is None:
        raise ObjectDoesNotExist
    if request.method != "POST":
        return _form(request, visit)
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        names = ", ".join(form.errors)
        return _form(request, visit, _("This could not be read: %(names)s.") % {"names": names})
    try:
        arrived = actions.apply_by_link(
            visit, request.POST.get("name", ""), form.wanted(), read_papers(request)
        )
    except FenglianError as fault:
        return _form(request, visit, fault.message(get_language() or "zh"))
    address = request.build_absolute_uri(reverse("fill:form", args=[arrived.token]))
    context = {
        **_frame(),
        "alliance": visit.alliance,
        "arrived": arrived,
        "address": address,
        "square": draw_square(address),
    }
    return render(request, "alliance/arrived.html", context)


def _form(request: HttpRequest, visit: queries.DoorVisit, refused: str = "") -> HttpResponse:
    context = {
        **_frame(),
        "alliance": visit.alliance,
        "until": visit.until,
        "refused": refused,
        "typed": request.POST,
        "tiers": options(TIERS),
        "kinds": paper_fields(),
        "most": MOST // 1024 // 1024,
    }
    return render(request, "alliance/apply.html", context, status=422 if refused else 200)


def _sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Show the sign-in of a meeting; take a unit's."""
    visit, came, refused = queries.find_sign_in(token), "", ""
    if request.method == "POST":
        form = SignInForm(request.POST)
        try:
            if form.is_valid():
                came = actions.sign_in(visit, **form.cleaned_data)
            else:
                names = ", ".join(form.errors)
                refused = _("This could not be read: %(names)s.") % {"names": names}
        except FenglianError as fault:
            refused = fault.message(get_language() or "zh")
    context = {
        **_frame(),
        "visit": visit,
        "alliance": visit.alliance,
        "came": came,
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "alliance/sign_in.html", context, status=422 if refused else 200)


apply = by_key(_apply)
sign_in = by_key(_sign_in)
