"""The pages of drills: try one, take its plan along, keep it, ask units, answer for one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenglian.engine.advice.brief import Brief
from fenglian.engine.chain.intervals import exactly
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label
from fenglian.render.docx import write_docx
from fenglian.render.pdf import write_pdf
from fenglian.render.xlsx import write_xlsx
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance.queries import list_tasks
from fenglian.web.analysis import actions, drill_choices, drill_forms, queries
from fenglian.web.analysis.actions import Question, Sending
from fenglian.web.analysis.forms import Asked, read_asked
from fenglian.web.analysis.queries import drills
from fenglian.web.analysis.queries.drills import DrillLine, Heard, NoticeLine, Reply
from fenglian.web.analysis.tables import Table
from fenglian.web.analysis.views import open_frame
from fenglian.web.chain.figures import Figure, show_figure
from fenglian.web.chain.queries import OpenChain, open_chain
from fenglian.web.intake.wording import language, say

OFFICE = "application/vnd.openxmlformats-officedocument"
FILES: dict[str, tuple[Callable[[Brief, str], bytes], str]] = {
    "docx": (write_docx, f"{OFFICE}.wordprocessingml.document"),
    "pdf": (write_pdf, "application/pdf"),
    "xlsx": (write_xlsx, f"{OFFICE}.spreadsheetml.sheet"),
}
YUAN = Label("元", "yuan")
VERDICTS = {
    "can": Label("能", "can"),
    "cannot": Label("不能", "cannot"),
    "needs": Label("有条件", "needs something first"),
}


@dataclass(frozen=True, slots=True)
class Room:
    """What every page of drills is made of."""

    actor: Actor
    view: OpenChain
    heard: Heard
    context: dict[str, Any]
    table: Table


def _enter(request: HttpRequest, query: QueryDict, drill: str = "") -> Room:
    """Open the actor's chain under the scenario that is asked for; 404 where it has none."""
    actor, asked = actor_of(request), read_asked(query)
    view = open_chain(actor, asked.wanted)
    if view is None:
        raise Http404
    context, table = open_frame(actor, view, asked)
    heard = drills.hear(actor, view, drill)
    context |= {
        "title": _("Disruption drill"),
        "page": "drill",
        "here": reverse("analysis:drill"),
        "data_class": heard.data_class,
        "class_name": say(heard.data_class.label),
        "keeps": actions.may_keep(actor),
    }
    return Room(actor, view, heard, context, table)


@require_safe
def drill(request: HttpRequest) -> HttpResponse:
    """Show who stops when if a plant stops; the address holds what is asked."""
    room, question = _enter(request, request.GET), drill_forms.read_question(request.GET)
    context = room.context | _choices(room, question)
    if question.stop:
        show = queries.load("drill_page.show")
        context["found"] = show(room.table, _find(room, question))
        context["again"] = urlencode(_words(question))
        context["carried"] = [each for each in _words(question).items() if each[0] != "scenario"]
    context |= {
        "kept": [_kept(room.table, each) for each in drills.list_drills(room.actor) if each.own],
        "asked_us": [_notice(room.table, each) for each in drills.list_asked(room.actor)],
    }
    return render(request, "analysis/drill.html", context)


@require_safe
def plan(request: HttpRequest, form: str) -> HttpResponse:
    """Hand out the emergency plan of a drill as docx or pdf, or its tables as xlsx."""
    slug = request.GET.get("drill", "")
    question = drill_forms.read_question(request.GET)
    if slug:
        question = _question(drills.find_drill(actor_of(request), slug))
    room = _enter(request, request.GET, slug)
    if not question.stop:
        return redirect("analysis:drill")
    day = timezone.localdate()
    brief = queries.load("drill_page.write")(room.actor, _find(room, question), day)
    write, content_type = FILES[form]
    response = HttpResponse(write(brief, language()), content_type=content_type)
    start = "demo-emergency-plan" if brief.synthetic else "emergency-plan"
    name = f"{start}-{day.isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a drill for one's own unit."""
    actor, question = actor_of(request), drill_forms.read_question(request.POST)
    actions.require_keeper(actor)
    _find(_enter(request, request.POST), question)  # refuses what cannot be drilled
    slug = actions.keep_drill(actor, question)
    messages.success(request, _("Kept. Now choose whom to ask."))
    return redirect("analysis:kept-drill", slug)


@require_safe
def kept(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a drill of one's own unit, with who was asked and what they answered."""
    line = drills.find_drill(actor_of(request), slug)
    room, question = _enter(request, _query(line), slug), _question(line)
    found = _find(room, question)
    shown = queries.load("drill_page.show")(room.table, found)
    notices = [_notice(room.table, each) for each in drills.list_notices(room.actor, slug)]
    asked = {(each["line"].organisation, each["line"].product) for each in notices}
    tasks = {each.slug: each for each in list_tasks(room.actor)} if room.actor.owner else {}
    own = drills.own_organisation(room.actor)
    context = room.context | {
        "line": line,
        "settled": True,  # the scenario is that of the question
        "kept_line": _kept(room.table, line),
        "found": shown,
        "notices": [each | {"task": tasks.get(each["line"].task)} for each in notices],
        "answered": sum(bool(each["line"].reply) for each in notices),
        "todos": [
            (each, (each.organisation, each.product) in asked, each.organisation == own)
            for each in shown.todos
        ],
        "units": drills.owners_of(room.actor, [each.organisation for each in shown.todos]),
        "due": drill_forms.due_day(),
        "again": urlencode({"drill": slug, "scenario": line.scenario}),
    }
    return render(request, "analysis/kept_drill.html", context)


@require_POST
def notify(request: HttpRequest, slug: str) -> HttpResponse:
    """Send notices about a drill of one's own unit to the units that were chosen."""
    actor, form = actor_of(request), drill_forms.SendForm(request.POST)
    line = drills.find_drill(actor, slug)
    room = _enter(request, _query(line), slug)
    found = _find(room, _question(line))
    asks = queries.load("drill_page.asks_of")(found, request.POST.getlist("to"))
    if not form.is_valid():
        messages.warning(request, _("The day could not be read."))
        return redirect("analysis:kept-drill", slug)
    sending = Sending(
        stopped=tuple(found.desk.firms[each] for each in found.stopped), **form.cleaned_data
    )
    return _do(
        request,
        lambda: actions.send_notices(actor, slug, asks, sending),
        _("Sent."),
        reverse("analysis:kept-drill", args=[slug]),
    )


@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a drill of one's own unit."""
    actor = actor_of(request)
    return _do(
        request, lambda: actions.end_drill(actor, slug), _("Closed."), reverse("analysis:drill")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a notice that asks one's unit; take the answer."""
    actor = actor_of(request)
    line = drills.find_asked(actor, slug)
    if request.method == "POST":
        return _do(
            request,
            lambda: actions.answer_notice(actor, slug, drill_forms.read_said(request.POST)),
            _("Your answer is kept; who asked can read it."),
            reverse("analysis:notice", args=[slug]),
        )
    view = open_chain(actor)
    if view is None:
        raise Http404
    context, table = open_frame(actor, view, Asked())
    context |= {
        "title": _("Notice of a drill"),
        "settled": True,
        "page": "drill",
        "here": reverse("analysis:drill"),
        "shown": _notice(table, line),
        "verdicts": [(name, say(each)) for name, each in VERDICTS.items()],
    }
    return render(request, "analysis/notice.html", context)


def _do(request: HttpRequest, act: Callable[[], object], words: str, address: str) -> HttpResponse:
    """Do something and lead to a page; what refuses it is said there."""
    try:
        act()
    except FenglianError as fault:
        messages.warning(request, fault.message(get_language() or "zh"))
    else:
        messages.success(request, words)
    return redirect(address)


def _find(room: Room, question: Question) -> Any:
    return queries.load("drill_page.find")(room.table, room.heard, question)


def _choices(room: Room, question: Question) -> dict[str, Any]:
    return {
        "question": question,
        "stops": drill_choices.list_stops(room.table, room.heard),
        "missing": not room.heard.told.supplies and not room.view.chain.supplies,
    }


def _words(question: Question) -> dict[str, str | int]:
    """Return a question as an address carries it."""
    found: dict[str, str | int] = {
        "stop": question.stop,
        "weeks": question.weeks,
        "share": question.share,
        "ready": question.ready_day,
    }
    return found | ({"scenario": question.scenario} if question.scenario else {})


def _question(line: DrillLine) -> Question:
    return Question(line.stop, line.weeks, line.share, line.ready_day, line.scenario)


def _query(line: DrillLine) -> QueryDict:
    return QueryDict(urlencode({"scenario": line.scenario}))


def _kept(table: Table, line: DrillLine) -> dict[str, Any]:
    return {"line": line, "words": drill_choices.say_stop(table, line.stop)}


def _notice(table: Table, line: NoticeLine) -> dict[str, Any]:
    """Return a notice with its words."""
    reply = line.reply
    known = {each.id for each in table.view.chain.organisations}
    return {
        "line": line,
        "name": table.name_of(line.organisation) if line.organisation in known else line.name,
        "product": table.product_name(line.product)
        if line.product in table.view.chain.codes
        else "",
        "asks": [say(label) for label in drill_choices.asks(line.asks)],
        "stopped": _(", ").join(line.stopped),
        "verdict": say(VERDICTS[reply.verdict]) if reply else "",
        "replies": [(each, say(VERDICTS[each.verdict]), _free(each)) for each in line.replies],
    }


def _free(reply: Reply) -> Figure | None:
    """Return the free capacity of an answer; None where it says none."""
    return None if reply.room_yuan is None else show_figure(exactly(reply.room_yuan), YUAN, None)
