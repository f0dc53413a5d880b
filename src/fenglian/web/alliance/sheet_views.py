"""The member list and the attendance sheet of a meeting, as workbooks out and in."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fenglian.engine.errors import FenglianError
from fenglian.render.refused_book import write_refused
from fenglian.render.registry_book import MEDIA_TYPE
from fenglian.web import problems
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import actions, queries, sheets
from fenglian.web.registry.actions import Brought
from fenglian.web.registry.forms import WorkbookForm

PAGE = ["GET", "HEAD", "POST"]
SHOWN = 50  # faulty rows on the page; the workbook of them has all
Bring = Callable[[bytes, str, bool], Brought]  # content, name, whether it is kept


@require_safe
def members_book(request: HttpRequest) -> HttpResponse:
    """Hand out the member list; without members it is a template."""
    actor = actor_of(request)
    return hand_out(actor, sheets.write_members(actor, get_language() or "zh"), "members.xlsx")


@require_safe
def actions_book(request: HttpRequest) -> HttpResponse:
    """Hand out what is to be done; only what is overdue where that is asked for."""
    actor, overdue = actor_of(request), request.GET.get("overdue") == "1"
    content = sheets.write_actions(actor, get_language() or "zh", overdue=overdue)
    return hand_out(actor, content, "actions.xlsx")


@require_safe
def attendance_book(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the attendance sheet of a meeting."""
    actor = actor_of(request)
    view = queries.find_meeting(actor, slug)
    content = sheets.write_attendance(actor, view, get_language() or "zh")
    return hand_out(actor, content, f"attendance-{slug}.xlsx")


@require_http_methods(PAGE)
def members_sheet(request: HttpRequest) -> HttpResponse:
    """Take a member list: look at it first, then keep it."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    page = {
        "title": _("Member list from a workbook"),
        "about": _(
            "Who stands on the list and was never heard of here becomes a member by the list; of "
            "members it changes tier and representative. A name that is only near to one here is "
            "sent back to you."
        ),
        "here": reverse("alliance:members-sheet"),
        "template": reverse("alliance:members-book"),
        "back": reverse("alliance:members"),
    }
    return _page(
        request,
        page,
        lambda content, name, keep: actions.bring_members(
            actor, content=content, name=name, keep=keep
        ),
    )


@require_http_methods(PAGE)
def attendance_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the attendance sheet of a meeting: look at it first, then keep it."""
    actor = actor_of(request)
    require(actor, Act.KEEP_MEMBERS)
    view = queries.find_meeting(actor, slug)
    page = {
        "title": _("Attendance sheet"),
        "about": view.line.title,
        "here": reverse("alliance:attendance", args=[slug]),
        "template": reverse("alliance:attendance-book", args=[slug]),
        "back": reverse("alliance:meeting", args=[slug]),
    }
    return _page(
        request,
        page,
        lambda content, name, keep: actions.bring_attendance(
            actor, slug, content=content, name=name, keep=keep
        ),
    )


def _page(request: HttpRequest, page: dict[str, Any], bring: Bring) -> HttpResponse:
    """Show where to choose a file; look at it, keep it, or hand back what would not be taken."""
    if request.method != "POST":
        return render(request, "alliance/sheet.html", page)
    form, act = WorkbookForm(request.POST, request.FILES), request.POST.get("act", "look")
    if not form.is_valid():
        page["refused"] = _("Choose a file first.")
        return render(request, "alliance/sheet.html", page, status=422)
    file = form.cleaned_data["file"]
    try:
        brought = bring(file.read(), file.name or "", act == "keep")
    except FenglianError as fault:
        page["refused"] = fault.message(get_language() or "zh")
        return render(request, "alliance/sheet.html", page, status=problems.status_of(fault))
    if act == "rejected":
        return _refused_rows(brought)
    return render(request, "alliance/sheet.html", page | show_brought(brought))


def show_brought(brought: Brought) -> dict[str, Any]:
    """Return what became of the rows of a file, in words of the request's language."""
    language, receipt = get_language() or "zh", brought.receipt
    rejected = [each for each in receipt.rows if each.status == "rejected"]
    warnings = [
        *receipt.warnings,
        *(warning for row in receipt.rows if row.status != "rejected" for warning in row.warnings),
    ]
    return {
        "brought": brought,
        "receipt": receipt,
        "rejected": [
            (each.sheet, each.row, [fault.message(language) for fault in each.faults])
            for each in rejected[:SHOWN]
        ],
        "more": max(len(rejected) - SHOWN, 0),
        "warned": list(dict.fromkeys(each.message(language) for each in warnings))[:SHOWN],
    }


def _refused_rows(brought: Brought) -> HttpResponse:
    heads = {each.sheet: each.row for each in brought.seen}
    content = write_refused(brought.sheets, brought.reading, heads, get_language() or "zh")
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="not-taken.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


def hand_out(actor: Actor, content: bytes, name: str) -> HttpResponse:
    """Return a workbook as a file that no browser keeps."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    start = "demo-" if actor.alliance.synthetic else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{start}{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
