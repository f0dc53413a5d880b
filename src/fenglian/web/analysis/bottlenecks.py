"""What does the page of bottlenecks show? Outputs, the ladder, losses, and whom to ask."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from fenglian.data.divisions import division_names
from fenglian.engine.analysis.throughput import Loss, Output, Rung, Throughputs, more_needed
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.disclosure.classes import DataClass, highest
from fenglian.engine.labels import Label
from fenglian.engine.registry.listing import PROVINCES
from fenglian.web.analysis.tables import Table
from fenglian.web.chain.evidence import Mark
from fenglian.web.chain.figures import Figure, a_year, percent, show_figure
from fenglian.web.intake.wording import say

WIDEST = 220.0  # px of the bar of a total
SHOWN = 8  # losses of a level, and unknown capacities, before the rest is opened
LEVELS = {
    "firm": Label("少一家企业（按集团）", "without one firm (by group)"),
    "site": Label("少一个单位的厂", "without one organisation's site"),
    "city": Label("少一个市", "without one city"),
    "region": Label("少一个外地", "without one neighbour"),
}
CASES = (
    ("alone", Label("只靠本地", "alone"), Label("外购为 0", "nothing is bought")),
    ("purchases", Label("加上外购", "with purchases"),
     Label("除整机外什么都买得到", "all but the complete product can be bought")),
    ("neighbours", Label("加上外地", "with neighbours"),
     Label("只买得到外地查到的产能", "only what neighbours are known to make can be bought")),
    ("free_mix", Label("路线不拘", "variants in any shares"),
     Label("只靠本地，各路线份额不限", "alone, without the shares of the scenario")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One of the outputs."""

    name: str
    meaning: str
    total: Figure
    room: Figure
    origins: str


@dataclass(frozen=True, slots=True)
class Lifted:
    """One product of a step."""

    product: str
    name: str
    held: Figure  # capacity as it is known
    more: Figure  # how much more the total after the step takes


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder."""

    products: tuple[Lifted, ...]
    ties: str
    total: Figure | None  # None: nothing that is known limits any more
    width: str  # of its bar


@dataclass(frozen=True, slots=True)
class Ladder:
    """From what can be built now, step by step."""

    start: Figure
    start_width: str
    steps: tuple[Step, ...]
    first: str  # names of what the first step lifts
    wanted: str  # where the need lies on the bars; empty: beyond them


@dataclass(frozen=True, slots=True)
class Lost:
    """What is left without one of a level."""

    name: str
    address: str
    products: str
    left: Figure
    share: Figure
    width: str
    data_class: str  # empty: public


@dataclass(frozen=True, slots=True)
class Level:
    """All losses of a level; the first ones, and the rest."""

    name: str
    first: tuple[Lost, ...]
    rest: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A product whose capacity was not found, and whom to ask."""

    product: str
    name: str
    makers: tuple[tuple[str, str], ...]
    question: str


class Bottlenecks:
    """Shows the throughput of one chain, for one page."""

    def __init__(self, table: Table, chain: Chain, report: Throughputs) -> None:
        self.table, self.chain, self.report = table, chain, report
        self.unit = a_year(report.unit)
        self.mark: Mark = table.evidence.calculated(assumed=chain.scenario.assumed)
        known = [rung.total for rung in report.ladder if rung.total is not None]
        wanted = float(chain.demand[1].sum())
        self.wanted = wanted
        self.top = max([report.alone.room.working or 0.0, wanted, *known]) or 1.0

    def cases(self) -> tuple[Case, ...]:
        """Return the outputs, alone first."""
        return tuple(
            self._case(getattr(self.report, name), say(label), say(note))
            for name, label, note in CASES
        )

    def _case(self, output: Output, name: str, meaning: str) -> Case:
        return Case(
            name=name,
            meaning=meaning,
            total=show_figure(output.total, self.unit, self.mark),
            room=show_figure(output.room, self.unit, self.mark),
            origins=_(", ").join(self.origin(each) for each in output.from_outside),
        )

    def origin(self, name: str) -> str:
        """Return the name of a region or of a maker outside."""
        if name in PROVINCES:
            return division_names()[PROVINCES[name]][0]
        known = {each.id for each in self.chain.organisations}
        return say(self.chain.organisation(name).name) if name in known else name

    def ladder(self) -> Ladder:
        """Return the ladder of reliefs."""
        room = self.report.alone.room.working
        start = Interval(room, room, room) if room is not None else Interval(None, None, None)
        steps = tuple(self._step(rung) for rung in self.report.ladder)
        first = self.report.ladder[0].products if self.report.ladder else ()
        return Ladder(
            start=show_figure(start, self.unit, self.mark),
            start_width=self._width(room),
            steps=steps,
            first=_(", ").join(self.table.product_name(each) for each in first),
            wanted=self._width(self.wanted),
        )

    def first_step(self) -> str:
        """Return the plants that the first step takes, as the address of a what-if has them."""
        if not self.report.ladder:
            return ""
        rung = self.report.ladder[0]
        extra = more_needed(self.chain, self.report, rung)
        plants = [
            (name, value)
            for product, more in zip(rung.products, extra, strict=True)
            if more is not None
            for name, value in (
                ("product", product),
                ("amount", f"{math.ceil(more)}"),
                ("cost", ""),
            )
        ]
        return urlencode(plants)

    def _step(self, rung: Rung) -> Step:
        extra = more_needed(self.chain, self.report, rung)
        return Step(
            products=tuple(
                self._lifted(product, more)
                for product, more in zip(rung.products, extra, strict=True)
            ),
            ties=_(", ").join(self.table.product_name(each) for each in rung.ties),
            total=None
            if rung.total is None
            else show_figure(exactly(rung.total), self.unit, self.mark),
            width=self._width(rung.total),
        )

    def _lifted(self, product: str, more: float | None) -> Lifted:
        row, unit = self.report.of(product), a_year(self.chain.product(product).unit_name)
        held = row.capacity if row else Interval(None, None, None)
        mark = self.table.evidence.mark(row.sources, assumed=row.assumed) if row else None
        added = Interval(None, None, None) if more is None else exactly(more)
        return Lifted(
            product=product,
            name=self.table.product_name(product),
            held=show_figure(held, unit, mark or self.mark),
            more=show_figure(added, unit, self.mark),
        )

    def _width(self, total: float | None) -> str:
        return f"{WIDEST if total is None else WIDEST * min(total / self.top, 1.0):.1f}"

    def levels(self) -> tuple[Level, ...]:
        """Return who or what may fall out, level by level, the largest loss first."""
        found = []
        for level, label in LEVELS.items():
            lost = [self._lost(each) for each in self.report.losses if each.level == level]
            if lost:
                found.append(Level(say(label), tuple(lost[:SHOWN]), tuple(lost[SHOWN:])))
        return tuple(found)

    def _lost(self, loss: Loss) -> Lost:
        is_place = loss.level in ("city", "region")
        left = Interval(None, None, None) if loss.left is None else exactly(loss.left)
        return Lost(
            name=self.origin(loss.name) if loss.level == "region" else self._name(loss),
            address="" if is_place else self.table.places.get(loss.name, ""),
            products=_(", ").join(self.table.product_name(each) for each in loss.products),
            left=show_figure(left, self.unit, self.mark),
            share=percent(exactly(loss.share), self.mark),
            width=f"{90 * loss.share:.1f}",
            data_class=self._class(loss),
        )

    def _name(self, loss: Loss) -> str:
        if loss.level == "city":
            return loss.name
        known = {each.id for each in self.chain.organisations}
        return say(self.chain.organisation(loss.name).name) if loss.name in known else loss.name

    def _class(self, loss: Loss) -> str:
        """Return the class of what a loss rests on, where it is more than public."""
        groups = {each.id: (each.id, each.group, each.city, each.region)
                  for each in self.chain.organisations}  # fmt: skip
        used = (
            each.data_class
            for each in self.chain.capacities
            if each.product in loss.products and loss.name in groups[each.organisation]
        )
        top = highest([DataClass.S0, *used])
        return "" if top is DataClass.S0 else str(top)

    def unknowns(self) -> tuple[Unknown, ...]:
        """Return the needed products of unknown capacity: named ones first, then those made here."""
        rows = [
            row
            for row in self.table.view.coverages.rows
            if row.capacity.working is None and self._limits(row.product)
        ]
        asked = {item.product: item.question for item in self.table.view.advice.items}
        found = []
        for row in rows:
            question = asked.get(row.product)
            found.append(
                Unknown(
                    product=row.product,
                    name=self.table.product_name(row.product),
                    makers=self.table.organisations(row.unsized or row.makers),
                    question=say(question) if question else "",
                )
            )
        return tuple(sorted(found, key=self._urgency))

    def _limits(self, product: str) -> bool:
        need = self.table.view.needs.of(product)
        return need is not None and need.essential

    def _urgency(self, each: Unknown) -> tuple[bool, bool, str]:
        return not self.chain.product(each.product).focus, not each.makers, each.product

    def choices(self, chosen: Iterable[str]) -> tuple[tuple[str, str, bool], ...]:
        """Return the regions and makers outside that may be named as neighbours."""
        wanted = set(chosen)
        makers = {
            each.organisation
            for rows in self.chain.outside.values()
            for each in rows
            if each.status in ("operating", "trial")
        }
        regions = {self.chain.organisation(name).region for name in makers} - {""}
        names = (*sorted(regions), *sorted(makers))
        return tuple((name, self.origin(name), name in wanted) for name in names)
