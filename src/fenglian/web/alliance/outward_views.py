"""What the alliance shows to everybody, for the secretariat: the public page and links to apply."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import actor_of
from fenglian.web.accounts.qr import draw_square
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.deeds import do, do_form
from fenglian.web.alliance.governance_forms import DoorForm, PageForm

OUTWARD = "alliance:outward"


@require_http_methods(["GET", "HEAD", "POST"])
def outward(request: HttpRequest) -> HttpResponse:
    """Show the public page's state and the links to apply; open the page or change its words."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    if request.method == "POST":
        form = PageForm(request.POST)
        words = _("The public page is open.")
        return do_form(
            request, form, lambda: actions.open_page(actor, form.cleaned_data["how"]), words, OUTWARD
        )  # fmt: skip
    page = queries.own_public(actor)
    address = request.build_absolute_uri(reverse("public:page", args=[actor.alliance.slug]))
    context = {
        "page": page,
        "address": address,
        "square": draw_square(address) if page else None,
        "doors": queries.list_doors(actor),
    }
    return render(request, "alliance/outward.html", context)


@require_POST
def close_page(request: HttpRequest) -> HttpResponse:
    """Close the public page."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    return do(request, lambda: actions.close_page(actor), _("The public page is closed."), OUTWARD)


@require_POST
def make_door(request: HttpRequest) -> HttpResponse:
    """Make a link to apply and show it, this once."""
    actor, form = actor_of(request), DoorForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    if not form.is_valid():
        return do_form(request, form, lambda: None, "", OUTWARD)
    door = actions.make_door(actor, form.cleaned_data["days"])
    address = request.build_absolute_uri(reverse("public:apply", args=[door.token]))
    context = {"door": door, "address": address, "square": draw_square(address)}
    response = render(request, "alliance/door.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def close_door(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a link to apply back."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    return do(
        request, lambda: actions.close_door(actor, slug), _("The link no longer works."), OUTWARD
    )
