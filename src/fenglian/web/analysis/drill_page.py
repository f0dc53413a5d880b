"""What does the page of a drill show? Who stops when, what is lost, who could stand in, what to do.

Loaded when first asked for: see ``queries.load``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fenglian.engine.advice.brief import Brief
from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.emergency import Kind, Step
from fenglian.engine.advice.emergency_brief import compose_plan, shock_words
from fenglian.engine.analysis.disruption import Days, FirmPath
from fenglian.engine.analysis.drill.sensitivity import Change, Sensitivity
from fenglian.engine.analysis.drill.stand_ins import StandIn
from fenglian.engine.chain.intervals import exactly
from fenglian.engine.disclosure.classes import highest
from fenglian.engine.labels import Label
from fenglian.web.accounts.actor import Actor
from fenglian.web.analysis.actions import Ask, Question
from fenglian.web.analysis.drill_drawing import Picture, draw_days
from fenglian.web.analysis.drills import WorkedOut, work_out
from fenglian.web.analysis.queries.drills import Heard
from fenglian.web.analysis.tables import Table
from fenglian.web.chain.evidence import Mark
from fenglian.web.chain.figures import Figure, percent, show_figure
from fenglian.web.intake.wording import language, say

YUAN, DAYS = Label("元", "yuan"), Label("天", "days")
YUAN_A_DAY = Label("元", "yuan a day")
NEVER = Label("不停", "never")
NOT_BACK = Label("期内未恢复", "not by then")
ALWAYS = Label("一直照常", "as usual")


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of one unit."""

    name: str
    address: str
    why: str
    hit: str
    stop: str
    back: str
    stock: Figure | None
    stock_assumed: bool
    lowest: Figure
    lost: Figure


@dataclass(frozen=True, slots=True)
class Other:
    """Who could stand in."""

    name: str
    address: str
    product: str
    buyers: str
    room: Figure
    saved: Figure
    stated: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What one change does to the loss."""

    words: str
    lost: Figure
    more: Figure
    less: bool
    same: bool
    stopped: int


@dataclass(frozen=True, slots=True)
class Todo:
    """One unit to turn to, and what about."""

    organisation: str
    name: str
    product: str  # id; empty: of none
    product_name: str
    by_day: int | None
    lines: tuple[tuple[str, str], ...]  # kind and words
    urgent: bool  # about the product that is drilled


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page shows of a drill."""

    situation: tuple[str, ...]
    lost_yuan: Figure
    lost_final: Figure
    stopped: int
    firms: int
    days: int
    first_stop: str
    picture: Picture
    rows: tuple[Row, ...]
    others: tuple[Other, ...]
    together: Figure
    without: tuple[tuple[str, str], ...]
    changes: tuple[Moved, ...]
    todos: tuple[Todo, ...]
    assumptions: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]  # unit, products whose stock nobody stated
    stated: int
    assumed: int
    data_class: str
    class_name: str


def find(table: Table, heard: Heard, question: Question) -> WorkedOut:
    """Return what a drill comes to, with names in the language of the request."""
    return work_out(table.view.chain, heard, question, language())


def show(table: Table, found: WorkedOut) -> Shown:
    """Return what a drill's page shows."""
    plan, run = found.plan, found.plan.found
    mark = table.evidence.calculated(assumed=True)
    rows = tuple(_row(table, found, path, mark) for path in run.paths)
    tips = [_tip(row) for row in rows]
    final = run.drill.final
    first = next((path for path in run.paths if path.firm not in _own(found)), None)
    return Shown(
        situation=tuple(say(shock_words(each)) for each in run.drill.shocks),
        lost_yuan=show_figure(run.final_lost_yuan, YUAN, mark),
        lost_final=show_figure(run.final_lost, final.unit if final else YUAN, mark),
        stopped=len(run.stopped),
        firms=run.firms,
        days=run.rules.days,
        first_stop=first.stop_day.text(language(), NEVER) if first else "",
        picture=draw_days(
            zip(run.paths, tips, strict=True),
            run.rules.days,
            run.daily_outside,
            found.question.weeks * 7,
        ),
        rows=rows,
        others=tuple(_other(table, found, each, mark) for each in plan.others.rows),
        together=show_figure(plan.others.together_yuan, YUAN, mark),
        without=plan.others.without,
        changes=tuple(_moved(each, mark) for each in plan.changes),
        todos=todos(found),
        assumptions=tuple(say(each) for each in (*found.desk.assumptions, *run.assumptions)),
        unknown=_unknown(found),
        stated=run.stocks_stated,
        assumed=run.stocks_assumed,
        data_class=str(found.heard.data_class),
        class_name=say(found.heard.data_class.label),
    )


def _own(found: WorkedOut) -> set[str]:
    return {shock.firm for shock in found.plan.found.drill.shocks}


def _row(table: Table, found: WorkedOut, path: FirmPath, mark: Mark) -> Row:
    why = say(path.cause.label)
    if path.product:
        why = _("lacks %(product)s") % {"product": path.product}
    return Row(
        name=path.firm,
        address=table.places.get(found.organisation(path.firm), ""),
        why=why,
        hit=path.hit_day.text(language(), NEVER),
        stop=path.stop_day.text(language(), NEVER),
        back=_back(path.recovered_day),
        stock=show_figure(path.stock_days, DAYS, mark) if path.product else None,
        stock_assumed=path.product is not None and not path.stock_stated,
        lowest=percent(path.lowest, mark),
        lost=show_figure(path.lost_yuan, YUAN, mark),
    )


def _back(days: Days) -> str:
    """Return when output is back; day 1 stands for never having been below."""
    three = (days.low, days.working, days.high)
    if days.working == 1:
        return say(ALWAYS)
    if 1 in three and None not in three:
        return Days(*(None if day == 1 else day for day in three)).text(language(), ALWAYS)
    return days.text(language(), NOT_BACK)


def _tip(row: Row) -> str:
    words = _("%(name)s: less from day %(hit)s, stops on day %(stop)s, back on day %(back)s")
    return words % {"name": row.name, "hit": row.hit, "stop": row.stop, "back": row.back}


def _other(table: Table, found: WorkedOut, each: StandIn, mark: Mark) -> Other:
    return Other(
        name=each.supplier,
        address=table.places.get(found.organisation(each.supplier), ""),
        product=each.product,
        buyers=_(", ").join(each.buyers),
        room=show_figure(each.room_yuan, YUAN_A_DAY, mark),
        saved=show_figure(each.saved_yuan, YUAN, mark),
        stated=each.stated,
    )


def _moved(each: Sensitivity, mark: Mark) -> Moved:
    return Moved(
        words=say(each.change.label),
        lost=show_figure(exactly(each.lost_yuan), YUAN, mark),
        more=show_figure(exactly(abs(each.more_yuan)), YUAN, mark),
        less=each.more_yuan < 0,
        same=each.change is Change.NOTHING or abs(each.more_yuan) < 1,
        stopped=each.stopped,
    )


def _unknown(found: WorkedOut) -> tuple[tuple[str, str], ...]:
    by_firm: dict[str, list[str]] = {}
    for each in found.plan.found.unknown_stocks:
        by_firm.setdefault(each.firm, []).append(each.product)
    return tuple((firm, _(", ").join(names)) for firm, names in by_firm.items())


def todos(found: WorkedOut) -> tuple[Todo, ...]:
    """Return whom to turn to about which product: first about the one that is drilled, then by day."""
    groups: dict[tuple[str, str], list[Step]] = {}
    for step in found.plan.steps:
        groups.setdefault((step.firm, step.product or ""), []).append(step)
    drilled = found.desk.products.get(found.product, "")
    rows = [
        _todo(found, firm, product, steps, urgent=product == drilled)
        for (firm, product), steps in groups.items()
    ]
    return tuple(sorted(rows, key=lambda each: not each.urgent))


def _todo(
    found: WorkedOut, firm: str, product: str, steps: Iterable[Step], *, urgent: bool
) -> Todo:
    rows = list(steps)
    return Todo(
        organisation=found.organisation(firm),
        name=firm,
        product=found.desk.product(product),
        product_name=product,
        by_day=min((step.by_day for step in rows if step.by_day), default=None),
        lines=tuple((say(step.kind.label), say(step.text)) for step in rows),
        urgent=urgent,
    )


def asks_of(found: WorkedOut, chosen: Iterable[str]) -> list[Ask]:
    """Return what to ask those who were chosen, each an ``organisation:product``."""
    wanted = set(chosen)
    asks = []
    for each in todos(found):
        if f"{each.organisation}:{each.product}" not in wanted:
            continue
        kinds = tuple(
            dict.fromkeys(
                step.kind.value
                for step in found.plan.steps
                if (step.firm, step.product or "") == (each.name, each.product_name)
            )
        )
        words = _(", ").join(say(Kind(kind).label) for kind in kinds)
        product = each.product_name or "–"
        asks.append(Ask(each.organisation, each.name, each.product, product, kinds, words))
    return asks


def write(actor: Actor, found: WorkedOut, day: date) -> Brief:
    """Return the emergency plan as a brief, for the class of what went in."""
    alliance, unit = actor.alliance, actor.alliance.owner_name
    organ = Label(unit, unit) if unit else Label(alliance.zh, alliance.en)
    heading = Heading(organ=organ, date=day, data_class=highest([found.heard.data_class]))
    return compose_plan(found.plan, heading, synthetic=alliance.synthetic)
