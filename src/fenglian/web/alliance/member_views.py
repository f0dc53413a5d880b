"""One member: its certificate, fees, yearly checks and the people who speak for it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenglian.engine.alliance.certificate import Certificate
from fenglian.engine.alliance.tiers import TIERS, check_tier
from fenglian.engine.labels import Label
from fenglian.render.certificate import MEDIA_TYPE, write_certificate
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import actions, letters, queries
from fenglian.web.alliance.deeds import do, do_form, tell_sent
from fenglian.web.alliance.forms import DelegateForm, FeeForm, TierForm, YearForm
from fenglian.web.alliance.presentation import (
    options,
    show_application,
    show_member,
    show_resolutions,
)
from fenglian.web.intake.wording import say

MEMBER = "alliance:member"


@require_safe
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one member; more of it to those who judge, and to its own people."""
    actor = actor_of(request)
    view = queries.find_member(actor, slug)
    inside = queries.find_application(actor, slug) if queries.sees_inside(actor, slug) else None
    context: dict[str, Any] = {
        "member": show_member(view.line),
        "view": view,
        "questions": [say(each) for each in view.questions],
        "tiers": options(TIERS),
        "inside": show_application(inside, actor) if inside else None,
        "resolutions": show_resolutions(queries.about_owner(actor, slug)),
        "welcome": letters.welcome(view, actor.alliance.name) if inside else "",
        "mails": settings.MAIL,
        "listed": view.listed,
        "fee": _fee(actor, view),
        "keeps_delegates": queries.hands_in_for(actor, slug) and view.line.member_since,
    }
    return render(request, "alliance/member.html", context)


def _fee(actor: Actor, view: queries.MemberView) -> int | None:
    """Return the fee that the charter in force asks of a member's tier; None: it does not say."""
    fees = queries.rules_on(actor.alliance.id).numbers.fees
    return next((yuan for tier, yuan in fees.items() if tier == view.line.tier), None)


@require_safe
def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out a member's certificate as PDF."""
    actor = actor_of(request)
    view = queries.find_member(actor, slug)
    if not queries.sees_inside(actor, slug) or not view.line.certificate:
        raise Http404
    content = write_certificate(_certificate(actor, view), get_language() or "zh")
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    start = "demo-" if actor.alliance.synthetic else ""
    name = f"{start}certificate-{view.line.certificate}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _certificate(actor: Actor, view: queries.MemberView) -> Certificate:
    line, here = view.line, actor.alliance
    if view.issued_on is None or line.valid_until is None:
        raise Http404
    return Certificate(
        number=line.certificate,
        unit=line.name,
        alliance=Label(here.zh, here.en),
        tier=TIERS[check_tier(line.tier)],
        issued_on=view.issued_on,
        valid_until=line.valid_until,
        synthetic=here.synthetic,
    )


@require_POST
def fee(request: HttpRequest, slug: str) -> HttpResponse:
    """Note a fee that was paid."""
    actor, form = actor_of(request), FeeForm(request.POST)
    queries.require_keeper(actor, slug)

    def act() -> None:
        asked = form.cleaned_data
        actions.note_fee(actor, slug, asked["yuan"], asked["receipt"], paid_on=asked["paid_on"])

    return do_form(request, form, act, _("Noted."), MEMBER, slug)


@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Issue a member's certificate."""
    actor = actor_of(request)
    queries.require_keeper(actor, slug)
    return do(
        request,
        lambda: actions.issue_certificate(actor, slug),
        _("The certificate is issued."),
        MEMBER,
        slug,
    )


@require_POST
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the outcome of a yearly check."""
    actor, form = actor_of(request), YearForm(request.POST)
    queries.require_keeper(actor, slug)

    def act() -> None:
        asked = form.cleaned_data
        actions.note_yearly_check(
            actor, slug, asked["year"], asked["words"], passed=asked["passed"]
        )

    return do_form(request, form, act, _("Noted."), MEMBER, slug)


@require_POST
def tier(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a member another tier."""
    actor, form = actor_of(request), TierForm(request.POST)
    queries.require_keeper(actor, slug)
    return do_form(
        request,
        form,
        lambda: actions.set_tier(actor, slug, form.cleaned_data["tier"]),
        _("Kept."),
        MEMBER,
        slug,
    )


@require_POST
def delegate(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a person who speaks for a member."""
    actor, form = actor_of(request), DelegateForm(request.POST)
    queries.require_hand(actor, slug)

    def act() -> None:
        asked = form.cleaned_data
        actions.add_delegate(actor, slug, asked["name"], asked["title"], since=asked["since"])

    return do_form(request, form, act, _("Kept."), MEMBER, slug)


@require_POST
def end_delegate(request: HttpRequest, slug: str, row: str) -> HttpResponse:
    """Note that a person speaks for a member no more."""
    actor = actor_of(request)
    return do(
        request,
        lambda: actions.end_delegate(actor, slug, row),
        _("Ended; it stays on record."),
        MEMBER,
        slug,
    )


@require_POST
def mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a new member its welcome letter."""
    actor = actor_of(request)
    queries.require_keeper(actor, slug)
    return tell_sent(request, lambda: actions.mail_welcome(actor, slug), MEMBER, slug)


@require_POST
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether a member is named on the public page."""
    actor, shown = actor_of(request), request.POST.get("listed") == "yes"
    queries.require_hand(actor, slug)
    return do(
        request, lambda: actions.set_listed(actor, slug, listed=shown), _("Kept."), MEMBER, slug
    )
