"""The pages of one unit's own data: see them, fill them in, take them along."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.errors import FenglianError, SheetFault
from fenglian.render.registry_book import MEDIA_TYPE
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.intake.wording import say
from fenglian.web.registry import actions, book, queries
from fenglian.web.registry.forms import WorkbookForm
from fenglian.web.registry.profile_tables import profile_tables
from fenglian.web.registry.unit_presentation import (
    Input,
    say_fault,
    show_inputs,
    show_profile,
    show_proposals,
)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to the data of one's own unit."""
    owner = queries.own_slug(actor_of(request))
    if owner is None:
        raise Http404
    return redirect("registry:unit", owner)


@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a unit says of itself, as far as the visitor may see it."""
    actor = actor_of(request)
    return render(request, "registry/unit.html", _page(request, actor, slug))


def _page(request: HttpRequest, actor: Actor, slug: str) -> dict[str, Any]:
    as_of = queries.day_of(request.GET.get("as_of", ""))
    view = queries.find_profile(actor, slug, as_of)
    return {
        "unit": show_profile(view, actor.alliance.pack),
        "as_of": as_of,
        "proposals": show_proposals(view, queries.list_proposals(actor), actor.alliance.pack)
        if view.own
        else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, slug: str, form: str, row: str = "") -> HttpResponse:
    """Fill in a row of a form, or correct it."""
    actor = actor_of(request)
    view = queries.find_profile(actor, slug)
    found = next((each for each in view.forms if each.table.name == form), None)
    kept = next((each for each in found.rows if each.slug == row), None) if found else None
    if found is None or not found.writable or (row and kept is None):
        raise Http404
    typed = {name: request.POST.get(name, "") for name in (c.name for c in found.table.columns)}
    faults: tuple[SheetFault, ...] = ()
    if request.method == "POST":
        receipt = actions.fill_form(actor, view.owner, form, typed)
        if not receipt.rejected:
            text = _("Kept.") if receipt.accepted else _("Nothing was changed.")
            messages.success(request, text)
            return redirect("registry:unit", slug)
        faults = receipt.faults
    inputs: list[Input] = show_inputs(
        found.table, kept, typed if request.method == "POST" else None, actor.alliance.pack, faults
    )
    context = {
        "unit": show_profile(view, actor.alliance.pack),
        "form": form,
        "row": row,
        "inputs": inputs,
        "title": say(found.table.label),
        "about": say(found.table.about),
        "faults": [say_fault(fault) for fault in faults],
    }
    return render(request, "registry/unit_row.html", context, status=422 if faults else 200)


@require_POST
def end_row(request: HttpRequest, slug: str, form: str, row: str) -> HttpResponse:
    """End a row of one's own unit."""
    actor = actor_of(request)
    if form not in profile_tables() or queries.own_slug(actor) != slug:
        raise Http404
    actions.end_row(actor, form, row)
    messages.info(request, _("Ended; it stays on record."))
    return redirect("registry:unit", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the unit's workbook, filled with what the visitor may see; take it back filled in."""
    actor = actor_of(request)
    if request.method != "POST":
        content = book.write_workbook(actor, slug, get_language() or "zh")
        response = HttpResponse(content, content_type=MEDIA_TYPE)
        name = "demo-unit.xlsx" if actor.alliance.synthetic else "unit.xlsx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return _import(request, actor, slug)


def _import(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    owner = queries.find_owner(actor, slug)
    if owner.pk != actor.owner:
        raise PermissionDenied
    form = WorkbookForm(request.POST, request.FILES)
    context = {**_page(request, actor, slug)}
    if not form.is_valid():
        context["refused"] = _("Choose a file first.")
        return render(request, "registry/unit.html", context, status=422)
    file = form.cleaned_data["file"]
    try:
        receipt = actions.import_workbook(
            actor, owner.pk, content=file.read(), name=file.name or ""
        )
    except FenglianError as fault:
        context["refused"] = fault.message(get_language() or "zh")
        return render(request, "registry/unit.html", context, status=422)
    language = get_language() or "zh"
    context = {
        **_page(request, actor, slug),
        "receipt": receipt,
        "rejected": [
            (each.sheet, each.row, [fault.message(language) for fault in each.faults])
            for each in receipt.rows
            if each.status == "rejected"
        ],
        "warned": [each.message(language) for each in receipt.warnings],
    }
    return render(request, "registry/unit.html", context)


@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over a proposal of the secretariat, or turn it down."""
    actor = actor_of(request)
    take = request.POST.get("decision") == "take"
    try:
        actions.decide_proposal(actor, slug, take=take)
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, _("Taken over.") if take else _("Turned down."))
    return redirect("registry:mine")
