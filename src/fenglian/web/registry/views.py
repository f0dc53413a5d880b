"""The pages of the registry: who there is, one organisation, a row of a pack, the export."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenglian.engine.registry import records as engine
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.intake.wording import say
from fenglian.web.registry import actions, export, listings, presentation, queries
from fenglian.web.registry.forms import VerdictForm
from fenglian.web.registry.marks import Marker
from fenglian.web.registry.queries import About, Filter

TOLD = ("signed", "elected")  # events that a signing or a post tells already


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """List who there is; beside it what happened, who signed, who speaks."""
    actor, wanted = actor_of(request), read_filter(request)
    overview = queries.find_overview(actor, wanted.day)
    writer = presentation.write_page(actor, overview)
    context = {
        **_list(request, actor, wanted),
        "events": [
            writer.event(each, overview) for each in overview.events if each.type not in TOLD
        ],
        "holders": _holders(writer, overview.unit_posts),
        "signings": [writer.signing(each) for each in overview.signings],
        "persons": [writer.person(each, overview) for each in overview.persons],
    }
    return render(request, "registry/organisations.html", context)


@require_GET
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organisation with everything that is stated of it."""
    actor, wanted = actor_of(request), read_filter(request)
    about = queries.find_about(actor, slug, wanted.day)
    found, stated = about.organisation, about.registry
    if not stated.organisations:
        return _not_yet(request, actor, about, wanted)
    rows = {number for number in found.evidence if "/" in number}
    made = [each for each in listings.makings(actor.alliance.pack) if each.organisation in rows]
    writer = presentation.write_page(actor, stated, *(each.id for each in made))
    said = queries.find_said(actor, slug, wanted.as_of)
    context = {
        **_list(request, actor, wanted, about),
        **_organisation(found, stated, writer),
        "makings": [writer.making(each) for each in made],
        "slug": slug,
        "says": said.unit,
        "relations": presentation.show_relations(said.relations),
        "verdicts": queries.list_verdicts(actor, [name.value for name in found.names]),
    }
    return render(request, "registry/organisation.html", context)


def _organisation(
    found: engine.Organisation, about: engine.Registry, writer: presentation.Writer
) -> dict[str, Any]:
    own = [each for each in about.unit_posts if each.organisation == found.key]
    held = [each for each in about.unit_posts if each.body == found.key]
    events = [each for each in about.events if each.type not in TOLD]
    return {
        "name": found.name.value,
        "name_mark": writer.marker.mark(found.name.evidence),
        "kind": presentation.kind_label(found.kind or ""),
        "kinds": [
            presentation.Fact(
                presentation.kind_label(each.value), writer.marker.mark(each.evidence)
            )
            for each in found.kinds
        ],
        "names": [writer.name(each, found.matches) for each in found.names],
        "provinces": [
            presentation.Fact(
                presentation.province_label(each.value), writer.marker.mark(each.evidence)
            )
            for each in found.provinces
        ],
        "places": [
            presentation.Fact(each.value, writer.marker.mark(each.evidence))
            for each in found.places
        ],
        "notes": [
            presentation.Fact(each.value, writer.marker.mark(each.evidence)) for each in found.notes
        ],
        "first_known": found.first_known,
        "posts": [writer.unit_post(each) for each in own],
        "holders": _holders(writer, held),
        "events": [writer.event(each, about) for each in events],
        "signings": [writer.signing(each) for each in about.signings],
        "persons": [writer.person(each, about) for each in about.persons],
        "marks": writer.marker.marks(found.evidence),
        "rivals": presentation.show_rivals(found),
    }


def _holders(
    writer: presentation.Writer, posts: Iterable[engine.UnitPost]
) -> list[tuple[presentation.Fact, str, str | None]]:
    """Return who holds which post since when, the highest first."""
    ranked = sorted(posts, key=lambda each: list(engine.UNIT_POSTS).index(each.post))
    return [
        (
            writer.organisation(each.organisation, each.organisation, each.evidence),
            say(engine.UNIT_POSTS[each.post]),
            each.since,
        )
        for each in ranked
    ]


def _not_yet(request: HttpRequest, actor: Actor, about: About, wanted: Filter) -> HttpResponse:
    context = {
        **_list(request, actor, wanted, about),
        "slug": request.resolver_match.kwargs["slug"] if request.resolver_match else "",
        "name": about.organisation.name.value,
        "not_yet": True,
    }
    return render(request, "registry/organisation.html", context)


def _list(
    request: HttpRequest, actor: Actor, wanted: Filter, beside: About | None = None
) -> dict[str, Any]:
    """Return a page of the list, or what of it stands beside one organisation."""
    page = (
        queries.list_organisations(actor, wanted)
        if beside is None
        else queries.list_neighbours(actor, wanted, beside.rank)
    )
    places = queries.count_places(actor, wanted)
    marker = Marker(actor, (number for line in page.lines for number in line.evidence[:1]))
    kept = request.GET.copy()
    kept.pop("page", None)
    listing = {
        "lines": [
            (
                line,
                presentation.line_note(line),
                presentation.line_post(line),
                marker.mark(line.evidence[:1]),
            )
            for line in page.lines
        ],
        "has_more": page.has_more,
        "next_page": page.number if beside else page.number + 1,
        "beside": beside is not None,
        "total": places.total,
        "kinds": [
            (kind, presentation.kind_label(kind), places.kinds[kind])
            for kind in engine.KINDS
            if kind in places.kinds
        ],
        "provinces": sorted(
            (code, presentation.province_label(code), count)
            for code, count in places.provinces.items()
        ),
    }
    query = f"?{kept.urlencode()}" if kept else ""
    return {"listing": listing, "wanted": wanted, "query": query, "slug": ""}


def read_filter(request: HttpRequest) -> Filter:
    """Return what the address asks for; what cannot be meant is left out."""
    asked = request.GET
    number = asked.get("page", "1")
    return Filter(
        words=asked.get("q", "").strip()[:60],
        kind=asked.get("kind", "")[:24],
        province=asked.get("province", "")[:6],
        as_of=_day(asked.get("as_of", "")),
        page=min(int(number), 10_000) if number.isdecimal() and int(number) > 0 else 1,
    )


def _day(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return ""


@require_GET
def row(request: HttpRequest, pack: str, table: str, key: str) -> HttpResponse:
    """Show a row of the alliance's region pack with the sources that it names."""
    found, sources = queries.find_pack_row(actor_of(request), pack, table, key)
    columns = listings.describe_columns(table, pack)
    context = {
        "pack": pack,
        "table": table,
        "key": key,
        "fields": [
            (say(columns[name]) if name in columns else name, value)
            for name, value in found.items()
            if value
        ],
        "sources": sources,
    }
    return render(request, "registry/row.html", context)


@require_GET
def organisations_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the organisations that a filter leaves as CSV."""
    actor, wanted = actor_of(request), read_filter(request)
    content = export.write_organisations(actor, queries.list_all(actor, wanted)).encode()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = "demo-organisations.csv" if actor.alliance.synthetic else "organisations.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def judge(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that two names are one organisation, or two; or take that back."""
    actor, form = actor_of(request), VerdictForm(request.POST)
    if not form.is_valid():
        raise Http404
    name, other = form.cleaned_data["name"], form.cleaned_data["other"]
    match form.cleaned_data["verdict"]:
        case "withdraw":
            actions.withdraw_verdict(actor, name, other)
            text = _("Taken back: %(name)s and %(other)s are compared anew.")
        case verdict:
            actions.judge_names(actor, name, other, same=verdict == "same")
            text = (
                _("%(name)s stands for %(other)s when another person has confirmed it.")
                if verdict == "same"
                else _("%(name)s and %(other)s stay two.")
            )
    messages.success(request, text % {"name": name, "other": other})
    place = queries.slugs_of(actor, [other if form.cleaned_data["verdict"] == "same" else name])
    for address, _name in place.values():
        return redirect("registry:organisation", address)
    return redirect("registry:organisations")
