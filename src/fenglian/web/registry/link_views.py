"""Sending a form to a firm without an account: make a link, show it once, take it back."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.accounts.qr import draw_square
from fenglian.web.intake.wording import say
from fenglian.web.registry import actions, queries
from fenglian.web.registry.faults import RegistryFault
from fenglian.web.registry.profile_tables import profile_tables
from fenglian.web.registry.queries import LinkLine


class LinkForm(forms.Form):
    """For how long a link is open; its forms are read as they come and judged by the action."""

    days = forms.IntegerField()


@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link and show it, this once."""
    actor = actor_of(request)
    owner = queries.find_owner(actor, slug)
    if not actions.forms_to_send(actor, owner.pk):
        raise Http404
    form = LinkForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Say in whole days how long the link is to be open."))
        return redirect("registry:unit", slug)
    try:
        link = actions.make_link(
            actor, owner.pk, request.POST.getlist("forms"), days=form.cleaned_data["days"]
        )
    except RegistryFault as fault:
        messages.info(request, fault.message(get_language() or "zh"))
        return redirect("registry:unit", slug)
    address = request.build_absolute_uri(reverse("fill:form", args=[link.token]))
    context = {
        "link": link,
        "slug": slug,
        "forms": titles(link.forms),
        "address": address,
        "square": draw_square(address),
    }
    response = render(request, "registry/link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a link back."""
    actor = actor_of(request)
    unit = queries.unit_of_link(actor, slug)
    actions.revoke_link(actor, slug)
    messages.info(request, _("The link no longer works."))
    return redirect("registry:unit", unit)


def titles(names: tuple[str, ...]) -> list[str]:
    """Return the names of forms in words."""
    return [say(profile_tables()[name].label) for name in names]


def show_links(actor: Actor, owner: int) -> list[tuple[LinkLine, list[str]]]:
    """Return a unit's links with the names of their forms, for those whose business they are."""
    return [(each, titles(each.forms)) for each in queries.list_links(actor, owner)]
