"""What does the page of what-if show? The form as it was filled, and both chains side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from fenglian.engine.analysis.comparison import Comparison, Difference
from fenglian.engine.analysis.coverage import Coverage
from fenglian.engine.chain.changes import PLANT, Changes, change_chain
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.labels import Label
from fenglian.web.analysis.bottlenecks import Bottlenecks, Case, Ladder, Level
from fenglian.web.analysis.tables import Table
from fenglian.web.chain.figures import Figure, a_year, no_figure, percent, show_figure
from fenglian.web.chain.presentation import State, show_state
from fenglian.web.intake.wording import say

YUAN, SHOWN = Label("元", "yuan"), 2  # cases that are set side by side: alone, with purchases


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two chains."""

    cases: tuple[Case, ...]
    ladder: Ladder
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A product whose coverage the change moves."""

    product: str
    name: str
    state_before: State
    ratio_before: Figure
    state_after: State
    ratio_after: Figure


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides, and what lies between them."""

    before: Side
    after: Side
    gained: Figure
    less: bool
    cost: Figure
    cost_of_one: Figure
    rows: tuple[Moved, ...]
    assumptions: tuple[str, ...]


def show_comparison(table: Table, chain: Chain, found: Comparison) -> Compared:
    """Return both sides of a comparison."""
    imagined = change_chain(chain, found.changes)
    before = Bottlenecks(table, chain, found.before)
    after = Bottlenecks(table, imagined, found.after)
    # Bars of both sides have one scale.
    before.top = after.top = max(before.top, after.top)
    mark = table.evidence.calculated(assumed=True)
    per_unit = Label(f"元/({found.before.unit.zh}/年)", f"yuan per {found.before.unit.en} a year")
    return Compared(
        before=Side(before.cases()[:SHOWN], before.ladder(), before.levels()),
        after=Side(after.cases()[:SHOWN], after.ladder(), after.levels()),
        gained=show_figure(_known(found.gained), before.unit, mark),
        less=found.gained is not None and found.gained < 0,
        cost=show_figure(_known(found.cost), YUAN, mark) if found.changes.plants else no_figure(),
        cost_of_one=show_figure(_known(found.cost_of_one), per_unit, mark),
        rows=tuple(_moved(table, row) for row in sorted(found.rows, key=_changes_little)),
        assumptions=tuple(say(each) for each in found.assumptions),
    )


def _changes_little(row: Difference) -> bool:
    """Tell whether only the number moves, and not what it means: those come after."""
    before, after = row.before, row.after
    return before is not None and after is not None and before.status is after.status


def _known(number: float | None) -> Interval:
    return UNKNOWN if number is None else exactly(number)


def _moved(table: Table, row: Difference) -> Moved:
    return Moved(
        product=row.product,
        name=table.product_name(row.product),
        state_before=show_state(row.before),
        ratio_before=_ratio(table, row.before),
        state_after=show_state(row.after),
        ratio_after=_ratio(table, row.after),
    )


def _ratio(table: Table, cover: Coverage | None) -> Figure:
    if cover is None:
        return no_figure()
    mark = table.evidence.mark(cover.sources, assumed=cover.assumed)
    return percent(cover.ratio, mark or table.evidence.calculated(assumed=cover.assumed))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers."""

    products: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]  # stage: id, name with unit
    makers: tuple[tuple[str, str, bool], ...]  # id, name, chosen
    demand: str
    demand_unit: str


def show_choices(table: Table, changes: Changes) -> Choices:
    """Return products by stage, makers by name, and today's demand."""
    chain = table.view.chain
    groups = []
    for stage in table.view.stages:
        own = [
            each for each in chain.products if each.stage == stage.id and _needed(table, each.id)
        ]
        named = tuple(
            (each.id, f"{say(each.name)} · {say(a_year(each.unit_name))}") for each in own
        )
        if named:
            groups.append((stage.id, say(stage.name), named))
    return Choices(
        products=tuple(groups),
        makers=tuple(_makers(table, changes.dropped)),
        demand="" if changes.demand is None else f"{changes.demand:g}",
        demand_unit=chain.scenario.unit,
    )


def _needed(table: Table, product: str) -> bool:
    return product in table.view.covers


def _makers(table: Table, dropped: Iterable[str]) -> Iterable[tuple[str, str, bool]]:
    chain, wanted = table.view.chain, set(dropped)
    names = {
        each.organisation
        for product in chain.inside
        for each in chain.makers(product, "operating", "trial")
        if not each.organisation.startswith(PLANT)
    }
    for name in sorted(names, key=table.name_of):
        yield name, table.name_of(name), name in wanted
