"""The pages of the chain: the map with one product opened, the table, one product, the export."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.chain import drawing, export, presentation, queries
from fenglian.web.chain.evidence import Evidence
from fenglian.web.chain.figures import a_year, show_figure
from fenglian.web.chain.forms import Asked, read_asked
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import say


@require_safe
def chain_map(request: HttpRequest) -> HttpResponse:
    """Show the chain as a map, or as a table, with one product opened."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = queries.open_chain(actor, asked.wanted)
    if view is None:
        return render(request, "chain/empty.html")
    evidence = open_evidence(actor, view)
    shown = presentation.of_interest(view)
    context = {**frame(view, asked, evidence), "asked": asked}
    if asked.table:
        context["groups"] = presentation.show_table(view, evidence)
    else:
        drawn = [each.id for each in view.chain.products] if asked.everything else shown
        selected = asked.product or _first(view, shown)
        if selected not in view.chain.codes:
            raise Http404
        first = presentation.first_limits(view)
        names = [name for name, _said in first]
        context["map"] = drawing.draw_map(view, {*drawn, *names, selected}, selected, names)
        context["first"] = first
        context["beside"] = presentation.show_beside(view, drawn)
        context["panel"] = _panel(actor, view, selected, evidence)
    return render(request, "chain/map.html", context)


@require_safe
def product(request: HttpRequest, product: str) -> HttpResponse:
    """Show one product with makers, parts and uses."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = queries.open_chain(actor, asked.wanted)
    if view is None or product not in view.chain.codes:
        raise Http404
    evidence = open_evidence(actor, view)
    context = {
        **frame(view, asked, evidence),
        "asked": asked,
        "panel": _panel(actor, view, product, evidence),
    }
    context["links"] = {**context["links"], "map": asked.address(product=product)}
    return render(request, "chain/product.html", context)


@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """Hand out need, capacity and coverage of every product as CSV."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = queries.open_chain(actor, asked.wanted)
    if view is None:
        raise Http404
    content = export.write_coverage(view, synthetic=actor.alliance.synthetic).encode()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = "demo-coverage.csv" if actor.alliance.synthetic else "coverage.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def open_evidence(actor: Actor, view: OpenChain) -> Evidence:
    """Return what makes the marks of a page."""
    packs = dict.fromkeys((view.pack, view.region))
    return Evidence(view.chain, packs, synthetic=actor.alliance.synthetic)


def frame(view: OpenChain, asked: Asked, evidence: Evidence) -> dict[str, Any]:
    """Return what every page of a chain shows: scenario, demand, choice, marks."""
    scenario = view.chain.scenario
    unit = a_year(Label(scenario.unit, scenario.unit))
    mark = evidence.mark(scenario.sources, assumed=scenario.assumed)
    return {
        "chain_name": say(view.chain.name),
        "region": say(view.chain.region) if view.chain.region else "",
        "scenario": scenario,
        "scenario_name": say(scenario.name),
        "demand": show_figure(scenario.demand, unit, mark),
        "scenario_note": say(scenario.note),
        "scenarios": [
            (f"{each.id}@{each.year}", say(each.name), each.year, each.assumed,
             (each.id, each.year) == (scenario.id, scenario.year))
            for each in view.scenarios
        ],
        "links": _links(asked),
        "evidence": evidence,
        "data_class": view.chain.data_class,
        "class_name": say(view.chain.data_class.label),
    }  # fmt: skip


def _links(asked: Asked) -> dict[str, str]:
    """Return the addresses that a page leads to, each with what is asked for now."""
    here = asked.address(product="")
    return {
        "map": asked.address(table=False),
        "table": asked.address(table=True),
        "everything": asked.address(everything=True),
        "fewer": asked.address(everything=False),
        "product": f"{here}{'&' if len(here) > 1 else ''}product=",
        "csv": asked.address(product="", everything=False, table=False).removesuffix("?"),
    }


def _first(view: OpenChain, shown: list[str]) -> str:
    """Return the product that is open at first: of those named, one with known coverage."""
    known = [name for name in shown if (row := view.covers.get(name)) and row.ratio.known]
    named = [name for name in known if view.chain.product(name).focus]
    return next(iter((*named, view.chain.lead_product)))


def _panel(actor: Actor, view: OpenChain, product: str, evidence: Evidence) -> presentation.Panel:
    places = queries.addresses(actor)
    return presentation.show_panel(view, view.chain.product(product), evidence, places)
