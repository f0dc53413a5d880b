"""Who sits here: inviting, changing and ending seats, units that leave, and what takes two persons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fenglian.web.accounts import actions, queries
from fenglian.web.accounts.actions import Link
from fenglian.web.accounts.actor import Actor, Role, actor_of
from fenglian.web.accounts.faults import AccountFault
from fenglian.web.accounts.forms import GuardianForm, InvitationForm, SeatForm
from fenglian.web.accounts.house import for_the_house
from fenglian.web.accounts.qr import draw_square
from fenglian.web.accounts.roles import CONFIRMS, PROPOSES, SEES_ALL, gives, proposes

PAGE = ["GET", "HEAD"]


@never_cache
@require_http_methods(PAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Show who sits here, for which unit; links and proposals to who may see them."""
    return _people_page(request, actor_of(request))


def _people_page(
    request: HttpRequest,
    actor: Actor,
    *,
    form: InvitationForm | None = None,
    guardian_form: GuardianForm | None = None,
) -> HttpResponse:
    if not queries.sees_people(actor):
        raise PermissionDenied
    may_give, may_propose = gives(actor), proposes(actor)
    refused = any(each is not None and each.errors for each in (form, guardian_form))
    context = {
        "units": queries.list_units(actor),
        "invitations": queries.list_invitations(actor),
        "proposals": queries.list_proposals(actor),
        "form": (form or InvitationForm(may_give)) if may_give else None,
        "guardian_form": (guardian_form or GuardianForm(may_propose)) if may_propose else None,
        "unit_names": queries.list_unit_names(actor) if may_give else (),
        "password_only": queries.is_password_enough(actor) if may_propose else None,
        "rules_units": bool(may_give),
        "sees_all": actor.role in SEES_ALL,
    }
    return render(request, "accounts/people.html", context, status=422 if refused else 200)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make a link and show it, this once."""
    actor = actor_of(request)
    form = InvitationForm(gives(actor), request.POST)
    if not form.is_valid():
        return _people_page(request, actor, form=form)
    try:
        with for_the_house(actor):  # the unit may be new
            link = actions.invite(actor, **form.cleaned_data)
    except AccountFault as fault:
        form.show(fault)
        return _people_page(request, actor, form=form)
    return _link_page(request, link)


def _link_page(request: HttpRequest, link: Link) -> HttpResponse:
    path = reverse("accounts:join", args=[link.token])
    address = request.build_absolute_uri(path)
    context = {"link": link, "address": address, "square": draw_square(address)}
    response = render(request, "accounts/link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _done(request: HttpRequest, act: Callable[[Actor], None], words: str) -> HttpResponse:
    try:
        act(actor_of(request))
    except AccountFault as fault:
        return _refused(request, fault)
    messages.success(request, words)
    return redirect("accounts:people")


def _refused(request: HttpRequest, fault: AccountFault) -> HttpResponse:
    messages.warning(request, fault.message(get_language() or "zh"))
    return redirect("accounts:people")


def _deed(act: Callable[[Actor, str], None], words: Promise) -> Callable[..., HttpResponse]:
    """Return the view that does one thing to one person, unit or link, and leads back to the list."""

    @require_POST
    def view(request: HttpRequest, **place: str) -> HttpResponse:
        [which] = place.values()
        return _done(request, lambda actor: act(actor, which), str(words))

    return view


revoke = _deed(actions.revoke_invitation, gettext_lazy("The link no longer works."))
unit_leaves = _deed(actions.let_unit_leave, gettext_lazy("The unit has left; its people are out."))
unit_returns = _deed(
    actions.let_unit_return, gettext_lazy("The unit is in again. Invite its people.")
)
# For a person who lost password or phone.
propose_renewal = _deed(
    actions.propose_renewal,
    gettext_lazy("Proposed. Another security administrator decides."),
)
unlock = _deed(actions.unlock, gettext_lazy("The lock is off."))


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a guardian."""
    actor = actor_of(request)
    form = GuardianForm(proposes(actor), request.POST)
    if form.is_valid():
        try:
            actions.propose_guardian(
                actor,
                name=form.cleaned_data["guardian_name"],
                role=form.cleaned_data["guardian_role"],
            )
        except AccountFault as fault:
            form.show(fault)
        else:
            messages.success(request, _("Proposed. Another security administrator decides."))
            return redirect("accounts:people")
    return _people_page(request, actor, guardian_form=form)


@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm or refuse what another proposed."""
    if "confirm" not in request.POST:
        return _done(request, lambda actor: actions.refuse(actor, slug), _("Not done, and kept."))
    try:
        link = actions.confirm(actor_of(request), slug)
    except AccountFault as fault:
        return _refused(request, fault)
    if link is not None:
        return _link_page(request, link)
    messages.success(request, _("Done as proposed."))
    return redirect("accounts:people")


@require_POST
def propose_factors(request: HttpRequest) -> HttpResponse:
    """Propose whether a password is enough here."""
    password_only = "password_only" in request.POST
    return _done(
        request,
        lambda actor: actions.propose_factors(actor, password_only=password_only),
        _("Proposed. Another security administrator decides."),
    )


@never_cache
@require_http_methods(PAGE)
def seat(request: HttpRequest, username: str) -> HttpResponse:
    """Show one person's seat, and what the viewer may do with it."""
    actor = actor_of(request)
    return _seat_page(request, actor, username)


def _seat_page(
    request: HttpRequest, actor: Actor, username: str, form: SeatForm | None = None
) -> HttpResponse:
    person = queries.find_person(actor, username)
    roles = _roles_for(actor, person)
    initial = {"role": str(person.role), "unit": person.unit}
    context: dict[str, Any] = {
        "person": person,
        "form": (form or SeatForm(roles, initial=initial)) if roles else None,
        "alone": person.gives,
        "unlocks": actor.role in CONFIRMS and person.locked_until is not None,
        "proposes": person.proposes,
        "unit_names": queries.list_unit_names(actor) if roles else (),
    }
    refused = form is not None and form.errors
    return render(request, "accounts/seat.html", context, status=422 if refused else 200)


def _roles_for(actor: Actor, person: queries.Person) -> tuple[Role, ...]:
    """Return the roles that the viewer may give or propose for a person."""
    alone = set(gives(actor)) if person.gives else set()
    proposed = set(Role) if person.proposes else set()
    return tuple(role for role in Role if role in alone | proposed)


@require_POST
def change_seat(request: HttpRequest, username: str) -> HttpResponse:
    """Change a person's role or unit: alone where that is allowed, else as a proposal."""
    actor = actor_of(request)
    person = queries.find_person(actor, username)
    form = SeatForm(_roles_for(actor, person), request.POST)
    if not form.is_valid():
        return _seat_page(request, actor, username, form)
    role, unit = form.cleaned_data["role"], form.cleaned_data["unit"]
    alone = person.gives and role in gives(actor)
    change = actions.change_seat if alone else actions.propose_change
    try:
        with for_the_house(actor):  # the unit may be new
            change(actor, username, role, unit)
    except AccountFault as fault:
        form.show(fault)
        return _seat_page(request, actor, username, form)
    proposed = _("Proposed. Another security administrator decides.")
    messages.success(request, _("The seat is changed.") if alone else proposed)
    return redirect("accounts:people")


@require_POST
def end_seat(request: HttpRequest, username: str) -> HttpResponse:
    """End a person's seat: alone where that is allowed, else as a proposal."""
    actor = actor_of(request)
    person = queries.find_person(actor, username)
    if person.gives or actor.role not in PROPOSES:
        return _done(
            request,
            lambda who: actions.end_seat(who, username),
            _("The seat has ended; the alliance is closed to this person."),
        )
    return _done(
        request,
        lambda who: actions.propose_end(who, username),
        _("Proposed. Another security administrator decides."),
    )
