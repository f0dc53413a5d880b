"""The pages of one unit's own data: see them, fill them in, take them along."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
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
from fenglian.web.registry.faults import RegistryFault
from fenglian.web.registry.forms import WorkbookForm
from fenglian.web.registry.link_views import show_links
from fenglian.web.registry.presentation import show_relations
from fenglian.web.registry.profile_tables import profile_tables
from fenglian.web.registry.takeaway import write_takeaway
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
    tables = profile_tables()
    return {
        "unit": show_profile(view, actor.alliance.pack),
        "as_of": as_of,
        "relations": show_relations(queries.list_unit_relations(actor, view, as_of)),
        "sendable": [
            (form, say(tables[form].label)) for form in actions.forms_to_send(actor, view.owner)
        ],
        "links": show_links(actor, view.owner),
        "days": actions.DAYS,
        "most_days": actions.MOST_DAYS,
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
        raise Http404
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


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str, form: str, row: str = "") -> HttpResponse:
    """Suggest a row, or a correction of one, to the unit that it is of."""
    actor = actor_of(request)
    view = queries.find_profile(actor, slug)
    found = next((each for each in view.forms if each.table.name == form), None)
    kept = next((each for each in found.rows if each.slug == row), None) if found else None
    if found is None or not found.proposable or (row and kept is None):
        raise Http404
    typed: dict[str, str] | None = None
    refused: list[str] = []
    faults: tuple[SheetFault, ...] = ()
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in found.proposable}
        try:
            done = actions.propose_row(actor, view.owner, form, typed, row=row)
        except RegistryFault as fault:
            refused = [fault.message(get_language() or "zh")]
        else:
            if done.receipt.accepted:
                return _proposed(request, slug, waits=done.waits)
            faults = done.receipt.faults
            refused = [say_fault(fault) for fault in faults] or [_("Fill in something first.")]
    key = found.table.key if row else ()
    columns = [name for name in found.proposable if name not in key]
    context = {
        "unit": show_profile(view, actor.alliance.pack),
        "inputs": show_inputs(found.table, kept, typed, actor.alliance.pack, faults, columns),
        "title": _("Propose: %(form)s") % {"form": say(found.table.label)},
        "about": say(found.table.about),
        "faults": refused,
        "proposes": True,
    }
    return render(request, "registry/unit_row.html", context, status=422 if refused else 200)


def _proposed(request: HttpRequest, slug: str, *, waits: bool) -> HttpResponse:
    text = (
        _("Proposed. It counts once the unit takes it over.")
        if waits
        else _("The unit has no people here: it counts at once.")
    )
    messages.success(request, text)
    return redirect("registry:unit", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """List the units; the secretariat adds one."""
    actor = actor_of(request)
    words, number = request.GET.get("q", "").strip()[:60], request.GET.get("page", "1")[:4]
    refused = ""
    if request.method == "POST":
        try:
            slug = actions.add_unit(actor, request.POST.get("name", ""))
        except RegistryFault as fault:
            refused = fault.message(get_language() or "zh")
        else:
            messages.success(request, _("Added. Send it a link, or have its people invited."))
            return redirect("registry:unit", slug)
    page = max(1, int(number)) if number.isdecimal() else 1
    context = {"units": queries.list_units(actor, words, page), "words": words, "refused": refused}
    return render(request, "registry/units.html", context, status=422 if refused else 200)


@require_safe
def takeaway(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand a unit's own people everything that it has here."""
    actor = actor_of(request)
    if queries.own_slug(actor) != slug:
        raise Http404
    content = write_takeaway(actor, slug, get_language() or "zh")
    response = HttpResponse(content, content_type="application/zip")
    name = "demo-unit.zip" if actor.alliance.synthetic else "unit.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


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
