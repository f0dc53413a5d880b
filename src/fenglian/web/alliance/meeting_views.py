"""Meetings and posts: notice, attendance, quorum, minutes, and who holds what as of a day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.errors import FenglianError
from fenglian.render.calendar import MEDIA_TYPE, write_calendar
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.accounts.qr import draw_square
from fenglian.web.alliance import actions, letters, queries
from fenglian.web.alliance.actions import Call, Office
from fenglian.web.alliance.deeds import do, do_form, tell_sent
from fenglian.web.alliance.forms import (
    CallForm,
    LeaveForm,
    MinutesForm,
    OfficeForm,
    PresenceForm,
)
from fenglian.web.alliance.presentation import show_resolutions
from fenglian.web.alliance.words import MEETING_LABELS, STANDING_LABELS, STATE_LABELS
from fenglian.web.registry import queries as registry

LIST, ONE, POSTS = "alliance:meetings", "alliance:meeting", "alliance:posts"
MARKS = {"running": "good", "due": "short", "overdue": "gap"}
TASK_MARKS = {"open": "short", "done": "good", "dropped": "unk"}
PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings; call one."""
    actor = actor_of(request)
    if request.method == "POST":
        return _call(request, actor)
    lines = queries.list_meetings(actor)
    now = timezone.now()
    context = {
        "meetings": [(MEETING_LABELS[each.kind], each, each.ends_at < now) for each in lines],
        "kinds": MEETING_LABELS.items(),
    }
    return render(request, "alliance/meetings.html", context)


def _call(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, Act.KEEP_MEMBERS)
    form = CallForm(request.POST)
    if not form.is_valid():
        return do_form(request, form, lambda: None, "", LIST)
    try:
        slug = actions.call_meeting(actor, Call(**form.cleaned_data))
    except FenglianError as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
        return redirect(LIST)
    return redirect(ONE, slug)


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one meeting."""
    actor = actor_of(request)
    view = queries.find_meeting(actor, slug)
    keeps = may(actor, Act.KEEP_MEMBERS)
    tasks = queries.list_tasks(actor, meeting=slug)
    context: dict[str, Any] = {
        "view": view,
        "kind": MEETING_LABELS[view.line.kind],
        "notice": letters.notice(view, actor.alliance.name),
        "ideas": queries.list_ideas(actor, meeting=slug),
        "tasks": [(each, STATE_LABELS[each.state], TASK_MARKS[each.state]) for each in tasks],
        "mails": settings.MAIL,
        "resolutions": show_resolutions(view.resolutions),
        "unit_names": registry.list_names(actor) if keeps else (),
        "persons": sum(each.persons or 0 for each in view.came),
        "uncounted": sum(each.persons is None for each in view.came),
        "unconfirmed": sum(each.by_code for each in view.came),
    }
    return render(request, "alliance/meeting.html", context)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out a meeting for a calendar."""
    view = queries.find_meeting(actor_of(request), slug)
    content = write_calendar(
        uid=view.line.slug,
        title=view.line.title,
        place=view.line.place,
        words="\n".join(view.agenda),
        starts_at=view.line.starts_at,
        ends_at=view.line.ends_at,
        stamped_at=view.called_at,
    )
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="meeting-{slug}.ics"'
    return response


@require_POST
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that a unit came."""
    actor, form = actor_of(request), PresenceForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    queries.find_meeting(actor, slug)
    return do_form(
        request,
        form,
        lambda: actions.note_presence(actor, slug, **form.cleaned_data),
        _("Noted."),
        ONE,
        slug,
    )


@require_POST
def minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the minutes."""
    actor, form = actor_of(request), MinutesForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    queries.find_meeting(actor, slug)
    return do_form(
        request,
        form,
        lambda: actions.keep_minutes(actor, slug, form.cleaned_data["words"]),
        _("Kept."),
        ONE,
        slug,
    )


@require_POST
def mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the notice to all members that have an address."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    queries.find_meeting(actor, slug)
    return tell_sent(request, lambda: actions.mail_notice(actor, slug), ONE, slug)


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a meeting on the public page, or no longer."""
    actor, shown = actor_of(request), request.POST.get("published") == "yes"
    require(actor, Act.KEEP_MEMBERS)
    queries.find_meeting(actor, slug)
    return do(
        request,
        lambda: actions.publish_meeting(actor, slug, published=shown),
        _("Kept."),
        ONE,
        slug,
    )


@require_safe
def sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the QR code to sign in with, for the screen at the door."""
    actor = actor_of(request)
    token = queries.sign_in_token(actor, slug)
    view = queries.find_meeting(actor, slug)
    address = request.build_absolute_uri(reverse("public:sign-in", args=[token]))
    context = {"view": view, "address": address, "square": draw_square(address)}
    response = render(request, "alliance/sign_in_code.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(PAGE)
def posts(request: HttpRequest) -> HttpResponse:
    """Show who holds which post as of a day; note who does."""
    actor = actor_of(request)
    if request.method == "POST":
        require(actor, Act.KEEP_MEMBERS)
        form = OfficeForm(request.POST)
        return do_form(
            request,
            form,
            lambda: actions.fill_post(actor, Office(**form.cleaned_data)),
            _("Kept."),
            POSTS,
        )
    as_of = registry.day_of(request.GET.get("as_of", ""))
    lines = queries.list_posts(actor, date.fromisoformat(as_of) if as_of else None)
    context = {
        "posts": [
            (each, STANDING_LABELS[each.standing], MARKS.get(each.standing, "")) for each in lines
        ],
        "as_of": as_of,
        "due": sum(each.standing in ("due", "overdue") for each in lines),
        "unit_names": registry.list_names(actor) if may(actor, Act.KEEP_MEMBERS) else (),
    }
    return render(request, "alliance/posts.html", context)


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that a post is no longer held."""
    actor, form = actor_of(request), LeaveForm(request.POST)
    require(actor, Act.KEEP_MEMBERS)
    return do_form(
        request,
        form,
        lambda: actions.leave_post(actor, slug, form.cleaned_data["on"]),
        _("Ended; it stays on record."),
        POSTS,
    )
