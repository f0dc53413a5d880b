"""How do gaps, cases and records look on a page? Figures with their marks, and the line that moves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fenglian.engine.advice.case import Case, Moved, Offer, Supplier
from fenglian.engine.advice.case import Effect as EngineEffect
from fenglian.engine.advice.gaps import Gap, Gaps
from fenglian.engine.analysis.coverage import Status
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.records import Plant
from fenglian.engine.labels import Label
from fenglian.web.advice.queries import RecordLine
from fenglian.web.chain.drawing import short_name
from fenglian.web.chain.evidence import Evidence, Mark
from fenglian.web.chain.figures import Figure, a_year, count, percent, show_figure
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import say

YUAN, YUAN_A_YEAR = Label("元", "yuan"), Label("元/年", "yuan a year")
PEOPLE, MONTHS = Label("人", "people"), Label("个月", "months")
FIRST = 15  # gaps of each list, before all are asked for
LINKS = Label("种产品", "products")
WIDTH, HEIGHT, EDGE = 720, 150, 14  # CSS pixels of the line
STATES = {
    "given": (Label("待定", "to be decided"), "unk"),
    "open": (Label("在办", "under way"), "short"),
    "done": (Label("办结", "done"), "good"),
    "dropped": (Label("撤回", "taken back"), "unk"),
}


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap as a row."""

    product: str
    name: str
    badge: str
    status: str
    demand: Figure
    value: Figure
    lacking: Figure
    makers: int
    question: str
    decided: str  # state of the latest record on it; empty: none
    decided_badge: str
    record: str  # its address


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """Who makes it."""

    name: str
    address: str
    state: str
    amount: Figure


@dataclass(frozen=True, slots=True)
class PlantRow:
    """A precedent."""

    name: str
    extension: bool
    cost: Figure
    capacity: Figure
    jobs: Figure
    months: Figure


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One option."""

    way: str
    name: str
    meaning: str
    open: bool
    who: tuple[str, ...]
    routes: tuple[str, ...]
    cost: Figure
    jobs: Figure | None  # None: brings none here
    months: Figure
    earliest: date | None
    latest: date | None
    plants: tuple[PlantRow, ...]
    assumptions: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class EffectShown:
    """What closing the gap here would do."""

    amount: Figure
    covered: Figure
    before: Figure
    after: Figure
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as a page shows it."""

    product: str
    name: str
    verb: str
    status: str
    known: bool
    missing: bool  # a source states that there is none
    sure: bool
    why: str
    question: str
    scenario: str
    year: int
    day: date
    fingerprint: str
    figures: tuple[Figure, ...]
    inside: tuple[SupplierRow, ...]
    outside: tuple[SupplierRow, ...]
    offers: tuple[OfferCard, ...]
    effect: EffectShown | None
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """A record as a row."""

    line: RecordLine
    name: str
    state: str
    state_badge: str
    way: str
    meaning: str
    demand: Figure
    value: Figure


@dataclass(frozen=True, slots=True)
class MovedShown:
    """One figure then and now."""

    label: str
    then: Figure
    now: Figure
    change: str  # with its sign; empty: none, or not known
    better: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the line."""

    day: date
    left: Figure


@dataclass(frozen=True, slots=True)
class OutlookShown:
    """The known gaps in money, and what is left of them once what is decided is done."""

    total: Figure
    left: Figure
    priced: Figure
    known: Figure
    steps: tuple[Step, ...]
    line: str  # points of the line
    area: str
    base: str
    width: int
    height: int
    words: str  # of the picture


class Shown:
    """Shows gaps, cases and records for one page."""

    def __init__(self, evidence: Evidence, places: Mapping[str, str] | None = None) -> None:
        self.evidence, self.places = evidence, places or {}

    def list_gaps(
        self, view: OpenChain, gaps: Gaps, lines: Iterable[RecordLine], *, everything: bool
    ) -> dict[str, Any]:
        """Return both lists of gaps, cut to the first ones, and what they come to."""
        latest: dict[str, RecordLine] = {}
        for line in lines:
            latest.setdefault(line.case.product, line)
        rows = [
            [self._gap(view, gap, latest) for gap in part] for part in (gaps.known, gaps.unknown)
        ]
        shown = [part if everything else part[:FIRST] for part in rows]
        mark = self.evidence.calculated(assumed=view.chain.scenario.assumed)
        return {
            "known": shown[0],
            "unknown": shown[1],
            "hidden": sum(len(all_) - len(cut) for all_, cut in zip(rows, shown, strict=True)),
            "total": show_figure(gaps.value, YUAN_A_YEAR, mark),
            "priced": count(gaps.priced, say(LINKS), mark),
            "known_count": count(len(gaps.known), say(LINKS), mark),
            "unknown_count": count(len(gaps.unknown), say(LINKS), mark),
        }

    def _gap(self, view: OpenChain, gap: Gap, latest: Mapping[str, RecordLine]) -> GapRow:
        cover, line = gap.cover, latest.get(gap.product)
        mark = self._mark(cover.sources, assumed=cover.assumed)
        state, badge = STATES[line.state] if line else (Label("", ""), "")
        return GapRow(
            product=gap.product,
            name=short_name(view.chain.product(gap.product)),
            badge={"missing": "gap", "short": "short"}.get(cover.status, "unk"),
            status=say(cover.status.label),
            demand=show_figure(gap.demand, a_year(view.chain.product(view.chain.final_product).unit_name), mark),
            value=show_figure(gap.value, YUAN_A_YEAR, mark),
            lacking=show_figure(gap.lacking, a_year(cover.unit), mark),
            makers=len(cover.makers),
            question=say(gap.question) if gap.question else "",
            decided=say(state),
            decided_badge=badge,
            record=reverse("advice:record", args=[line.slug]) if line else "",
        )  # fmt: skip

    def _mark(self, sources: Sequence[str], *, assumed: bool) -> Mark:
        found = self.evidence.mark(sources, assumed=assumed)
        return found or self.evidence.calculated(assumed=assumed)

    def case(self, case: Case) -> CaseShown:
        """Return a case."""
        unit = a_year(case.unit)
        return CaseShown(
            product=case.product,
            name=say(case.name),
            verb=say(case.verb) if case.verb else "",
            status=say(case.status),
            known=case.known,
            missing=case.status == Status.MISSING.label,
            sure=case.sure,
            why=say(case.why) if case.why else "",
            question=say(case.question) if case.question else "",
            scenario=say(case.scenario),
            year=case.year,
            day=case.day,
            fingerprint=case.fingerprint[:16],
            figures=tuple(
                show_figure(
                    each.interval, each.unit, self._mark(each.sources, assumed=each.assumed), each.label
                )
                for each in case.figures
            ),
            inside=tuple(self._supplier(each, unit) for each in case.inside),
            outside=tuple(self._supplier(each, unit) for each in case.outside),
            offers=tuple(self._offer(each, unit) for each in case.offers),
            effect=self._effect(case, case.effect),
            assumptions=tuple(say(each) for each in case.assumptions),
        )  # fmt: skip

    def _supplier(self, each: Supplier, unit: Label) -> SupplierRow:
        slug = self.places.get(each.id, "")
        return SupplierRow(
            name=say(each.name),
            address=reverse("registry:organisation", args=[slug]) if slug else "",
            state=say(each.state),
            amount=show_figure(each.amount, unit, self._mark(each.sources, assumed=each.assumed)),
        )

    def _offer(self, each: Offer, unit: Label) -> OfferCard:
        mark = self._mark(each.sources, assumed=each.assumed)
        return OfferCard(
            way=str(each.way),
            name=say(each.way.label),
            meaning=say(each.way.meaning),
            open=each.open,
            who=tuple(say(name) for name in each.who),
            routes=tuple(say(name) for name in each.routes),
            cost=show_figure(each.cost, YUAN_A_YEAR if each.yearly else YUAN, mark),
            jobs=None if each.yearly else show_figure(each.jobs, PEOPLE, mark),
            months=show_figure(each.months, MONTHS, mark),
            earliest=each.earliest,
            latest=each.latest,
            plants=tuple(self._plant(plant, unit) for plant in each.precedents),
            assumptions=tuple(say(said) for said in each.assumptions),
            question=say(each.question) if each.question else "",
        )

    def _plant(self, plant: Plant, unit: Label) -> PlantRow:
        mark = self._mark(plant.sources, assumed=plant.assumed)

        def figure(number: float | None, measure: Label) -> Figure:
            known = Interval(None, None, None) if number is None else exactly(number)
            return show_figure(known, measure, mark)

        place = " ".join(filter(None, (plant.place, plant.year)))
        return PlantRow(
            name=_("%(name)s (%(place)s)") % {"name": plant.name, "place": place},
            extension=plant.extension,
            cost=figure(plant.cost, YUAN),
            capacity=figure(plant.capacity, unit),
            jobs=figure(plant.jobs, PEOPLE),
            months=figure(plant.months, MONTHS),
        )

    def _effect(self, case: Case, effect: EngineEffect) -> EffectShown | None:
        if effect.amount is None:
            return None
        mark = self.evidence.calculated(assumed=True)
        return EffectShown(
            amount=show_figure(exactly(effect.amount), a_year(case.unit), mark),
            covered=percent(effect.covered, mark),
            before=show_figure(effect.output_before, case.demand_unit, mark),
            after=show_figure(effect.output_after, case.demand_unit, mark),
            next=tuple(say(each) for each in effect.next),
        )

    def line(self, line: RecordLine) -> LineShown:
        """Return a record as a row; its figures are those of the day it was given."""
        state, badge = STATES[line.state]
        figures = line.case.figures
        mark = self.evidence.calculated(assumed=True)
        demand, value = (
            show_figure(each.interval, each.unit, mark, each.label) for each in figures[-2:]
        )
        return LineShown(
            line=line,
            name=say(line.case.name),
            state=say(state),
            state_badge=badge,
            way=say(line.way.label) if line.way else "",
            meaning=say(line.way.meaning) if line.way else "",
            demand=demand,
            value=value,
        )

    def moved(self, rows: Sequence[Moved] | None) -> tuple[MovedShown, ...]:
        """Return figures then and now; none where nothing can be compared."""
        mark = self.evidence.calculated(assumed=True)
        return tuple(
            MovedShown(
                label=say(each.label),
                then=show_figure(each.then, each.unit, mark),
                now=show_figure(each.now, each.unit, mark),
                change=_change(each),
                better=(each.change or 0.0) < 0,
            )
            for each in rows or ()
        )

    def outlook(
        self, gaps: Gaps, steps: Sequence[tuple[date, float]], today: date
    ) -> OutlookShown | None:
        """Return the line of what is left; None where no known gap has a price."""
        total = gaps.value.working
        if not total:
            return None
        mark = self.evidence.calculated(assumed=True)
        end = steps[-1][1] if steps else total
        shown = tuple(
            Step(day, show_figure(exactly(left), YUAN_A_YEAR, mark)) for day, left in steps
        )
        line = _points(total, steps, today)
        known = show_figure(exactly(total), YUAN_A_YEAR, mark)
        left = show_figure(exactly(end), YUAN_A_YEAR, mark)
        words = _("From %(total)s now to %(left)s once what was decided is done.")
        return OutlookShown(
            total=known,
            left=left,
            priced=count(gaps.priced, say(LINKS), mark),
            known=count(len(gaps.known), say(LINKS), mark),
            steps=shown,
            line=" ".join(f"{x:g},{y:g}" for x, y in line),
            area=" ".join(f"{x:g},{y:g}" for x, y in (*line, (line[-1][0], _FLOOR), (EDGE, _FLOOR))),
            base=f"{EDGE},{_FLOOR:g} {WIDTH - EDGE},{_FLOOR:g}",
            width=WIDTH,
            height=HEIGHT,
            words=words % {"total": known.text, "left": left.text},
        )  # fmt: skip


_FLOOR = HEIGHT - EDGE


def _points(
    total: float, steps: Sequence[tuple[date, float]], today: date
) -> list[tuple[float, float]]:
    """Return the corners of the line: level, then down on the day by which each is to be done."""
    last = max((day for day, _left in steps), default=today)
    span = max((last - today).days, 1) * 1.15  # a rest behind the last step
    height, wide = HEIGHT - 2 * EDGE, WIDTH - 2 * EDGE

    def y(value: float) -> float:
        return round(EDGE + height * (1 - value / total), 1)

    points = [(float(EDGE), y(total))]
    before = total
    for day, left in steps:
        x = round(EDGE + wide * max((day - today).days, 0) / span, 1)
        points += [(x, y(before)), (x, y(left))]
        before = left
    return [*points, (float(WIDTH - EDGE), y(before))]


def _change(moved: Moved) -> str:
    if not moved.change:
        return ""
    return show_figure(exactly(abs(moved.change)), moved.unit, None).text.join(
        ("+" if moved.change > 0 else "−", "")
    )
