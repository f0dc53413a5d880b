"""The page of a year: figures, each with the rows behind it; and the report to take along."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.yearly import KINDS, SECTIONS, YUAN, Figure, Row, YearlyReport
from fenglian.engine.advice.yearly_brief import compose_year
from fenglian.engine.labels import Label
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.advice.briefs import FORMS
from fenglian.web.contracts.figures import Shown, show_count, show_yuan
from fenglian.web.intake.wording import language, say
from fenglian.web.overview import yearly

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row behind a figure."""

    number: int
    kind: str
    day: date
    who: str
    what: str
    amount: Shown | None
    persons: bool
    address: str


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure, with the rows behind it."""

    name: str
    label: str
    value: Shown
    unit: str
    rows: tuple[ShownRow, ...]
    open: bool


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show the report of a year."""
    actor = actor_of(request)
    require(actor, Act.MEET)
    first = _first(actor, request)
    found = yearly.make_report(actor, first)
    rows = {row.id: _row(number, row) for number, row in enumerate(found.rows, 1)}
    context: dict[str, Any] = {
        "found": found,
        "first": first,
        "sections": [
            (say(label), [_figure(each, rows) for each in found.of(section)])
            for section, label in SECTIONS.items()
        ],
        "asked": [say(each.asked.label) for each in found.months[0].figures],
        "months": [
            (month.first, [_figure(each, rows) for each in month.figures]) for month in found.months
        ],
        "rows": rows.values(),
        "data_class": found.data_class,
        "class_name": say(found.data_class.label),
    }
    return render(request, "overview/yearly.html", context)


@require_safe
def document(request: HttpRequest, form: str) -> HttpResponse:
    """Hand out the report of a year as docx or pdf, or its tables as xlsx."""
    actor = actor_of(request)
    require(actor, Act.MEET)
    first = _first(actor, request)
    found = yearly.make_report(actor, first)
    kind = FORMS[form]
    content = kind.write(_brief(actor, found), language())
    response = HttpResponse(content, content_type=kind.content_type)
    start = "demo-year" if actor.alliance.synthetic else "year"
    name = f"{start}-{first:%Y-%m}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _brief(actor: Actor, found: YearlyReport) -> Any:
    here = actor.alliance
    heading = Heading(
        organ=Label(f"{here.zh}秘书处", f"Secretariat, {here.en}"),
        date=timezone.localdate(),
        data_class=found.data_class,
    )
    return compose_year(found, heading, Label(here.zh, here.en), synthetic=here.synthetic)


def _first(actor: Actor, request: HttpRequest) -> date:
    words = request.GET.get("from", "").strip()
    if not words:
        return yearly.default_first(actor)
    if not MONTH.fullmatch(words) or words < "1950":
        raise Http404
    return date(int(words[:4]), int(words[5:]), 1)


def _figure(figure: Figure, rows: dict[str, ShownRow]) -> ShownFigure:
    money = figure.asked.unit == YUAN
    return ShownFigure(
        name=figure.asked.name,
        label=say(figure.asked.label),
        value=show_yuan(figure.value) if money else show_count(figure.value),
        unit="" if money else say(figure.asked.unit),
        rows=tuple(rows[each] for each in figure.rows),
        open=figure.open,
    )


def _row(number: int, row: Row) -> ShownRow:
    persons = row.kind == "came"
    amount = row.amount
    return ShownRow(
        number=number,
        kind=say(KINDS[row.kind]),
        day=row.day,
        who=row.who,
        what=say(row.what),
        amount=None if amount is None else show_count(amount) if persons else show_yuan(amount),
        persons=persons,
        address=yearly.address_of(row),
    )
