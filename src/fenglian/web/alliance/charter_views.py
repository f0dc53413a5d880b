"""The charter: its versions, what each says in numbers, and what it changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fenglian.engine.alliance.charter import MODEL, Charter, spell_charter
from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.alliance.voting import BASES
from fenglian.engine.errors import FenglianError
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor, actor_of
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.deeds import do
from fenglian.web.alliance.governance_forms import CharterForm
from fenglian.web.alliance.presentation import options
from fenglian.web.alliance.words import CHARTER_LABELS, CHARTER_STANDING, NUMBER_LABELS
from fenglian.web.intake.wording import say

LIST = "alliance:charters"
MARKS = {"in force": "good", "to come": "short", "past": ""}


@require_http_methods(["GET", "HEAD", "POST"])
def charters(request: HttpRequest) -> HttpResponse:
    """List the versions of the charter; keep another."""
    actor = actor_of(request)
    if request.method != "POST":
        return _page(request, actor)
    require(actor, Act.KEEP_MEMBERS)
    form = CharterForm(request.POST)
    if not form.is_valid():
        names = _(", ").join(str(name) for name in form.errors)
        return _page(request, actor, _("This could not be read: %(names)s.") % {"names": names})
    try:
        slug = actions.adopt_charter(actor, form.version())
    except FenglianError as fault:
        return _page(request, actor, fault.message(get_language() or "zh"))
    return do(request, lambda: None, _("Kept."), "alliance:charter", slug)


def _page(request: HttpRequest, actor: Actor, refused: str = "") -> HttpResponse:
    lines = queries.list_charters(actor)
    rules = queries.rules_on(actor.alliance.id)
    typed: Any = request.POST or spell_charter(rules.numbers)
    keeps = may(actor, Act.KEEP_MEMBERS)
    context = {
        "charters": [(each, CHARTER_STANDING[each.standing], MARKS[each.standing]) for each in lines],
        "numbers": show_numbers(rules.numbers),
        "on_record": rules.charter is not None,
        "refused": refused,
        "typed": request.POST,
        "bodies": [_fields(typed, "council"), _fields(typed, "assembly")],
        "wholes": [(name, NUMBER_LABELS[name], typed.get(name, "")) for name in ("term_years", "notice_days")],
        "tiers": [
            (name, label, _chosen(request, typed, "seated", name), _chosen(request, typed, "voting", name), typed.get(f"fee_{name}", ""))
            for name, label in options(TIERS)
        ],
        "resolutions": [each for each in queries.list_resolutions(actor) if each.carried and each.kind == "other"] if keeps else [],
    }  # fmt: skip
    return render(request, "alliance/charters.html", context, status=422 if refused else 200)


def _chosen(request: HttpRequest, typed: Any, field: str, tier: str) -> bool:
    return tier in (request.POST.getlist(field) if request.POST else typed[field].split())


def _fields(typed: Any, body: str) -> dict[str, Any]:
    return {
        "name": body,
        "label": CHARTER_LABELS[body],
        "quorum": typed.get(f"{body}_quorum", ""),
        "majority": typed.get(f"{body}_majority", ""),
        "of": typed.get(f"{body}_of", ""),
        "more_than": bool(typed.get(f"{body}_more_than")),
        "bases": options(BASES),
    }


def show_numbers(numbers: Charter) -> list[tuple[str, str]]:
    """Return what a charter says in numbers, in words."""
    found = []
    for body, rule in (("council", numbers.council), ("assembly", numbers.assembly)):
        facts = {"share": str(rule.majority), "base": say(BASES[rule.of])}
        words = (
            _("more than %(share)s of %(base)s") if rule.more_than else _("%(share)s of %(base)s")
        )
        found.append((_("%(body)s: quorum") % {"body": CHARTER_LABELS[body]}, str(rule.quorum)))
        found.append((_("%(body)s: majority") % {"body": CHARTER_LABELS[body]}, words % facts))
    years, days = {"years": numbers.term_years}, {"days": numbers.notice_days}
    found.append((str(NUMBER_LABELS["term_years"]), _("%(years)s years") % years))
    found.append((str(NUMBER_LABELS["notice_days"]), _("%(days)s days") % days))
    for name, tiers in (("seated", numbers.seated), ("voting", numbers.voting)):
        words = _(", ").join(say(label) for tier, label in TIERS.items() if tier in tiers)
        found.append((str(NUMBER_LABELS[name]), words))
    fees = _(", ").join(
        _("%(tier)s %(yuan)s yuan") % {"tier": say(label), "yuan": f"{numbers.fees[tier]:,}"}
        for tier, label in TIERS.items()
        if tier in numbers.fees
    )
    return [*found, (str(NUMBER_LABELS["fees"]), fees)]


@require_safe
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one version, and what it changed in another one."""
    view = queries.find_charter(actor_of(request), slug, request.GET.get("against", ""))
    context = {
        "view": view,
        "standing": CHARTER_STANDING[view.line.standing],
        "mark": MARKS[view.line.standing],
        "numbers": show_numbers(view.numbers),
        "changed": [(_field(name), before, after) for name, before, after in view.changed],
        "is_model": view.numbers == MODEL,
    }
    return render(request, "alliance/charter.html", context)


def _field(name: str) -> str:
    """Return the name of a number in words: ``council_quorum``, ``fee_member``, ``term_years``."""
    head, _bar, tail = name.partition("_")
    if head == "fee":
        tiers = {str(tier): say(label) for tier, label in TIERS.items()}
        return _("Yearly fee: %(tier)s") % {"tier": tiers.get(tail, tail)}
    if head in CHARTER_LABELS:
        return _("%(body)s: %(part)s") % {"body": CHARTER_LABELS[head], "part": NUMBER_LABELS[tail]}
    return str(NUMBER_LABELS[name])
