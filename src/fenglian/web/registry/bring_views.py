"""Bringing a unit's own table in: say once what its headings mean, look, and then keep it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenglian.engine.errors import FenglianError
from fenglian.engine.registry.mapping import Recognised
from fenglian.engine.registry.tables import TableDescription
from fenglian.render.refused_book import write_refused
from fenglian.render.registry_book import MEDIA_TYPE
from fenglian.web import problems
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.intake.wording import say
from fenglian.web.registry import actions, queries
from fenglian.web.registry.actions import Brought
from fenglian.web.registry.forms import WorkbookForm
from fenglian.web.registry.profile_tables import profile_tables

MEANING = "meaning"  # a field: meaning, form and heading, with a line end between
SHOWN = 50  # faulty rows on the page; the workbook of them has all


@dataclass(frozen=True, slots=True)
class ShownHeading:
    """A heading of a file, and what it is taken for."""

    field: str
    words: str
    column: str  # name; empty: of no use
    label: str  # of the column, in words
    asks: bool  # a person must say what it means
    suggested: bool


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet of a file, and what its headings are taken for."""

    name: str
    title: str  # of the form; empty: no headings are known
    row: int
    headings: tuple[ShownHeading, ...]
    choices: tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where to choose a file; look at it, keep it, or hand back what would not be taken."""
    actor = actor_of(request)
    owner = queries.find_owner(actor, slug)
    if owner.pk != actor.owner or not actions.fills(actor, owner.pk):
        raise Http404
    page = {"unit": owner, "whole": request.POST.get("whole") == "yes"}
    if request.method != "POST":
        return render(request, "registry/bring.html", page)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        page["refused"] = _("Choose a file first.")
        return render(request, "registry/bring.html", page, status=422)
    act = request.POST.get("act", "look")
    try:
        brought = _brought(request, actor, owner.pk, form, keep=act == "keep")
    except FenglianError as fault:
        page["refused"] = fault.message(get_language() or "zh")
        return render(request, "registry/bring.html", page, status=problems.status_of(fault))
    if act == "rejected":
        return _refused_rows(brought)
    return render(request, "registry/bring.html", {**page, **_answer(request, brought)})


def _brought(
    request: HttpRequest, actor: Actor, owner: int, form: WorkbookForm, *, keep: bool
) -> Brought:
    file = form.cleaned_data["file"]
    return actions.bring_workbook(
        actor,
        owner,
        content=file.read(),
        name=file.name or "",
        meanings=_meanings(request),
        whole=request.POST.get("whole") == "yes",
        keep=keep,
    )


def _meanings(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Return what the person said of headings: form → heading → column."""
    found: dict[str, dict[str, str]] = {}
    for field, column in request.POST.items():
        kind, _mark, rest = field.partition("|")
        form, _mark, heading = rest.partition("|")
        if kind == MEANING and heading and column:
            found.setdefault(form, {})[heading] = str(column)
    return found


def _answer(request: HttpRequest, brought: Brought) -> dict[str, Any]:
    language, receipt = get_language() or "zh", brought.receipt
    rejected = [each for each in receipt.rows if each.status == "rejected"]
    sheets = [_show_sheet(each, request) for each in brought.seen]
    return {
        "brought": brought,
        "receipt": receipt,
        "sheets": sheets,
        "asks": any(heading.asks for sheet in sheets for heading in sheet.headings),
        "rejected": [
            (each.sheet, each.row, [fault.message(language) for fault in each.faults])
            for each in rejected[:SHOWN]
        ],
        "more": max(len(rejected) - SHOWN, 0),
        "warned": _warned(brought, language),
    }


def _warned(brought: Brought, language: str) -> list[str]:
    """Return the warnings of rows; those of unknown headings stand beside their headings."""
    found = [each.message(language) for row in brought.receipt.rows for each in row.warnings]
    return list(dict.fromkeys(found))[:SHOWN]


def _show_sheet(seen: Recognised, request: HttpRequest) -> ShownSheet:
    table = profile_tables().get(seen.table or "")
    if table is None:
        return ShownSheet(seen.sheet, "", 0, (), ())
    known = [
        ShownHeading("", heading, column, say(table.column(column).label), False, False)
        for heading, column in seen.columns.items()
    ]
    taken = set(seen.columns.values())
    free = [each for each in table.columns if each.name not in taken]
    choices = tuple((each.name, say(each.label)) for each in free)
    asked = [_ask(heading, seen, table, request) for heading in seen.unknown]
    return ShownSheet(seen.sheet, say(table.label), seen.row, (*known, *asked), choices)


def _ask(
    heading: str, seen: Recognised, table: TableDescription, request: HttpRequest
) -> ShownHeading:
    field = f"{MEANING}|{table.name}|{heading}"
    said = request.POST.get(field)
    column = seen.suggested.get(heading, "") if said is None else said
    return ShownHeading(field, heading, column, "", True, said is None and bool(column))


def _refused_rows(brought: Brought) -> HttpResponse:
    heads = {each.sheet: each.row for each in brought.seen}
    content = write_refused(brought.sheets, brought.reading, heads, get_language() or "zh")
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="not-taken.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response
