"""The gaps, one gap with its three options, and the history of what was advised and decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenglian.engine.advice.case import Case
from fenglian.engine.errors import FenglianError
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.advice import actions, briefs, decisions, queries
from fenglian.web.advice.actions import Choice
from fenglian.web.advice.forms import ChoiceForm, GiveForm, TakeBackForm
from fenglian.web.alliance.deeds import do, do_form
from fenglian.web.chain.evidence import Evidence
from fenglian.web.chain.forms import Asked, read_asked
from fenglian.web.chain.queries import OpenChain, addresses, open_chain, open_public_chain
from fenglian.web.chain.views import frame, open_evidence
from fenglian.web.intake.wording import language, say
from fenglian.web.registry.queries import list_names

GAP, HISTORY, RECORD = "advice:gap", "advice:history", "advice:record"


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """List what lacks, in demand and in money, and apart from it what nobody knows."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = open_chain(actor, asked.wanted)
    if view is None:
        return render(request, "advice/empty.html")
    evidence = open_evidence(actor, view)
    shown = decisions.Shown(evidence)
    lines = queries.list_records(actor)
    context = {
        **frame(view, asked, evidence),
        **shown.list_gaps(view, queries.gaps_of(view), lines, everything=asked.everything),
        "assumptions": [say(each) for each in queries.gaps_of(view).assumptions],
        "scenario_query": _query(asked),
    }
    return render(request, "advice/gaps.html", context)


@require_safe
def gap(request: HttpRequest, product: str) -> HttpResponse:
    """Show one gap: need, capacity, suppliers, three options, and what closing it would do."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = _open(actor, asked)
    evidence = open_evidence(actor, view)
    case = _case(view, product)
    context: dict[str, Any] = {
        **frame(view, asked, evidence),
        "case": decisions.Shown(evidence, addresses(actor)).case(case),
        "records": [
            decisions.Shown(evidence).line(each) for each in queries.list_records(actor, product)
        ],
        "scenario_query": _query(asked),
        "scenario_words": request.GET.get("scenario", ""),
        "unit_names": list_names(actor),
        "today": timezone.localdate(),
        "secret": str(view.chain.data_class) != "S0",
    }
    return render(request, "advice/gap.html", context)


def _open(actor: Actor, asked: Asked) -> OpenChain:
    view = open_chain(actor, asked.wanted)
    if view is None:
        raise Http404
    return view


def _case(view: OpenChain, product: str) -> Case:
    if product not in {gap.product for gap in queries.every_gap(view)}:
        raise Http404
    return queries.case_of(view, product, timezone.localdate())


def _query(asked: Asked) -> str:
    return asked.address(product="", everything=False, table=False).removesuffix("?")


@require_POST
def give(request: HttpRequest, product: str) -> HttpResponse:
    """Keep the case of a gap as advice to somebody."""
    actor, form = actor_of(request), GiveForm(request.POST)
    wanted = read_asked(request.POST).wanted
    return do_form(
        request,
        form,
        lambda: actions.give_advice(actor, product, form.cleaned_data["to"], wanted),
        _("Given. It stands in the history now."),
        HISTORY,
    )


@require_POST
def decide(request: HttpRequest, product: str) -> HttpResponse:
    """Choose on a gap at once."""
    actor, form = actor_of(request), ChoiceForm(request.POST)
    if not form.is_valid():
        return do_form(request, form, lambda: None, "", GAP, product)
    wanted = read_asked(request.POST).wanted
    try:
        slug = actions.decide(actor, product, Choice(**form.cleaned_data), wanted)
    except FenglianError as fault:
        messages.warning(request, fault.message(language()))
        return redirect(GAP, product)
    messages.success(request, _("Decided, and issued as something to be done."))
    return redirect(RECORD, slug)


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Show what was advised and decided, what became of it, and how the line moves."""
    actor, asked = actor_of(request), read_asked(request.GET)
    view = open_public_chain(actor, asked.wanted)
    if view is None:
        return render(request, "advice/empty.html")
    evidence = open_evidence(actor, view)
    lines = queries.list_records(actor)
    shown = decisions.Shown(evidence)
    context = {
        **frame(view, asked, evidence),
        "records": [
            (shown.line(each), shown.moved(queries.held_against_today(actor, each.case)))
            for each in lines
        ],
        "outlook": shown.outlook(
            queries.gaps_of(view), queries.outlook_of(view, lines), timezone.localdate()
        ),
        "scenario_query": _query(asked),
    }
    return render(request, "advice/history.html", context)


@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one record: the case as it stood, what was chosen, and the figures of today beside it."""
    actor = actor_of(request)
    line = queries.find_record(actor, slug)
    evidence = _evidence(actor, line)
    shown = decisions.Shown(evidence, addresses(actor))
    context = {
        "record": shown.line(line),
        "case": shown.case(line.case),
        "moved": shown.moved(queries.held_against_today(actor, line.case)),
        "evidence": evidence,
        "unit_names": list_names(actor),
        "today": timezone.localdate(),
        "data_class": line.case.data_class,
        "class_name": say(line.case.data_class.label),
    }
    return render(request, "advice/record.html", context)


def _evidence(actor: Actor, line: queries.RecordLine) -> Evidence:
    return Evidence(line.case, (actor.alliance.pack,), synthetic=actor.alliance.synthetic)


@require_POST
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose on advice that was given."""
    actor, form = actor_of(request), ChoiceForm(request.POST)
    return do_form(
        request,
        form,
        lambda: actions.choose(actor, slug, Choice(**form.cleaned_data)),
        _("Decided, and issued as something to be done."),
        RECORD,
        slug,
    )


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody see a decision."""
    actor = actor_of(request)
    return do(
        request,
        lambda: actions.publish(actor, slug),
        _("Published: everybody in the alliance sees it now."),
        RECORD,
        slug,
    )


@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take advice or a decision back."""
    actor, form = actor_of(request), TakeBackForm(request.POST)
    return do_form(
        request,
        form,
        lambda: actions.take_back(actor, slug, form.cleaned_data["words"]),
        _("Taken back."),
        RECORD,
        slug,
    )


@require_safe
def record_brief(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Hand out a record as docx or pdf: two pages to decide on, and their grounds."""
    actor = actor_of(request)
    line = queries.find_record(actor, slug)
    composed = briefs.compose_record(actor, line, timezone.localdate())
    kind = briefs.FORMS[form]
    response = HttpResponse(kind.write(composed, language()), content_type=kind.content_type)
    start = "demo-decision" if composed.synthetic else "decision"
    name = f"{start}-{line.case.product}-{line.case.day.isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
