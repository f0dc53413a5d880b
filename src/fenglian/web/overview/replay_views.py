"""The page of two days: the chain and the alliance as they were known then, beside now."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fenglian.engine.chain.faults import DaysNotInOrder
from fenglian.engine.chain.model import Chain
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.chain import queries as chain_queries
from fenglian.web.chain.evidence import Evidence
from fenglian.web.chain.forms import read_wanted
from fenglian.web.intake.wording import say
from fenglian.web.overview import then_and_now
from fenglian.web.overview.replay_presentation import Nodes, alliance_lines, signings
from fenglian.web.overview.then_and_now import ThenAndNow
from fenglian.web.registry.presentation import write_page


@require_safe
def replay(request: HttpRequest) -> HttpResponse:
    """Show what was known on two days; without any, on the founding day and today."""
    actor, today = actor_of(request), timezone.localdate()
    typed = {name: request.GET.get(name, "").strip()[:10] for name in ("then", "now")}
    first = then_and_now.default_day(actor, today)
    context: dict[str, Any] = {
        "typed": typed,
        "founded": then_and_now.founding_day(actor),
        "default": first,
        "today": today,
        "everything": request.GET.get("show") == "all",
    }
    try:
        then = date.fromisoformat(typed["then"]) if typed["then"] else first
        now = date.fromisoformat(typed["now"]) if typed["now"] else today
        wanted = read_wanted(request.GET.get("scenario", ""))
        found = then_and_now.compare_days(actor, then, now, wanted)
    except ValueError:
        refused = _("That is no day. Write it as 2023-04-07.")
        return render(request, "overview/replay.html", context | {"refused": refused}, status=422)
    except DaysNotInOrder as fault:
        refused = fault.message(get_language() or "zh")
        return render(request, "overview/replay.html", context | {"refused": refused}, status=422)
    return render(request, "overview/replay.html", context | _both(actor, found, context))


def _both(actor: Actor, found: ThenAndNow, asked: dict[str, Any]) -> dict[str, Any]:
    writers = (write_page(actor, found.then.registry), write_page(actor, found.now.registry))
    shown: dict[str, Any] = {
        "found": found,
        "alliance": alliance_lines(found, writers),
        "signings": signings(found, writers[1]),
        "data_class": found.data_class,
        "class_name": say(found.data_class.label),
    }
    if found.chain is not None:
        evidence = _evidence(actor, found.chain.now.chain)
        nodes = Nodes(found.chain, evidence, chain_queries.addresses(actor))
        rows = nodes.rows(everything=asked["everything"])
        shown |= {
            "chain": nodes.lines(),
            "rows": rows,
            "hidden": len(found.chain.rows) - len(rows),
            "scenario": found.chain.now.chain.scenario,
            "scenario_name": say(found.chain.now.chain.scenario.name),
            "assumptions": [say(each) for each in found.chain.assumptions],
            "evidence": evidence,
        }
    return shown


def _evidence(actor: Actor, chain: Chain) -> Evidence:
    packs = dict.fromkeys((chain.id, actor.alliance.pack))
    return Evidence(chain, packs, synthetic=actor.alliance.synthetic)
