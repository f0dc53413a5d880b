"""What does the replay of two days show? Each thing on both days; what was not known is said so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenglian.engine.analysis.coverage import Coverage, Status
from fenglian.engine.analysis.replay import Node, Replay, Side
from fenglian.engine.chain.model import Chain
from fenglian.engine.labels import Label
from fenglian.web.chain.drawing import short_name
from fenglian.web.chain.evidence import Evidence, Mark
from fenglian.web.chain.figures import Figure, a_year, count, percent, show_figure
from fenglian.web.chain.presentation import State, show_state
from fenglian.web.contracts.figures import Shown, show_yuan
from fenglian.web.intake.wording import say
from fenglian.web.overview.then_and_now import FOUNDED, Day, ThenAndNow
from fenglian.web.registry.presentation import Fact, Measure, ShownSigning, Writer

UNITS, PRODUCTS = Label("家", "organisations"), Label("种产品", "products")
AGREEMENTS = Label("份", "contracts")
STATES = (Status.MET, Status.SHORT, Status.MISSING, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing on one day; with nothing in it, it was not known."""

    figures: tuple[Figure, ...] = ()
    measures: tuple[Measure, ...] = ()
    facts: tuple[Fact, ...] = ()
    shown: Shown | None = None

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        shown = self.shown is not None and self.shown.known
        return bool(self.facts or self.measures or shown or any(x.known for x in self.figures))


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on both days."""

    label: str
    then: Cell
    now: Cell
    note: str = ""


@dataclass(frozen=True, slots=True)
class MakerName:
    """Somebody who makes the product, and whether it was found in between."""

    name: str
    address: str
    new: bool


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One product on both days."""

    product: str
    name: str
    focus: bool
    state_then: State
    state_now: State
    capacity_then: Figure
    capacity_now: Figure
    ratio_then: Figure
    ratio_now: Figure
    makers_then: tuple[MakerName, ...]
    makers_now: tuple[MakerName, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """A public signing, and whether it was one before the first of the two days ended."""

    signing: ShownSigning
    before: bool


def alliance_lines(found: ThenAndNow, writers: tuple[Writer, Writer]) -> tuple[Line, ...]:
    """Return what is known of the alliance on both days."""
    days = (found.then, found.now)
    both = list(zip(days, writers, strict=True))
    return (
        _line(
            _("Organisations on record"),
            (_counted(day.organisations, UNITS) for day in days),
            _("named by a dated source until then"),
        ),
        _line(
            _("Units that attended the founding"),
            (_attended(day, writer) for day, writer in both),
            _("attending is not membership"),
        ),
        _line(_("Members"), (_counted(day.members, UNITS) for day in days)),
        _line(_("Posts of units"), (_unit_posts(day, writer) for day, writer in both)),
        _line(_("Persons with a post"), (_persons(day, writer) for day, writer in both)),
        _line(
            _("Contracts signed"),
            (_counted(len(day.standing.contracts) or None, AGREEMENTS) for day in days),
            _("as far as you may know of them; letters of intent are not added up"),
        ),
        _line(_("Contract amount"), (Cell(shown=show_yuan(day.standing.amount)) for day in days)),
        _line(_("Delivered of them"), (Cell(shown=show_yuan(day.standing.delivered)) for day in days)),
        _line(_("Paid of them"), (Cell(shown=show_yuan(day.standing.paid)) for day in days)),
    )  # fmt: skip


def _line(label: str, cells: Iterable[Cell], note: str = "") -> Line:
    then, now = cells
    return Line(label, then, now, note)


def _counted(number: int | None, unit: Label, mark: Mark | None = None) -> Cell:
    return Cell() if number is None else Cell((count(number, say(unit), mark),))


def _attended(day: Day, writer: Writer) -> Cell:
    founded = {each.key for each in day.registry.events if each.type == FOUNDED}
    met = [each for each in day.registry.attendances if each.event in founded]
    return Cell(measures=tuple(writer.measure(each) for one in met for each in one.units))


def _unit_posts(day: Day, writer: Writer) -> Cell:
    facts = []
    for each in day.registry.unit_posts:
        held = writer.unit_post(each)
        who = writer.organisation(each.organisation, each.organisation, each.evidence)
        facts.append(Fact(who.text, held.mark, who.address, f"{held.text} {held.note}".strip()))
    kept = [Fact(each.unit, None, note=f"{each.name} {each.person}".strip()) for each in day.posts]
    return Cell(facts=(*facts, *kept))


def _persons(day: Day, writer: Writer) -> Cell:
    shown = [writer.person(each, day.registry) for each in day.registry.persons]
    return Cell(
        facts=tuple(
            Fact(each.name, post.mark, note=f"{post.note} {post.text}".strip())
            for each in shown
            for post in each.posts
        )
    )


def signings(found: ThenAndNow, writer: Writer) -> tuple[Since, ...]:
    """Return the public signings of both days, the latest first."""
    before = {each.key for each in found.then.registry.signings}
    rows = sorted(found.now.registry.signings, key=lambda each: each.day or "", reverse=True)
    return tuple(Since(writer.signing(each), each.key in before) for each in rows)


class Nodes:
    """Puts the products of both days into words."""

    def __init__(self, chain: Replay, evidence: Evidence, places: dict[str, str]) -> None:
        self.found, self.evidence, self.places = chain, evidence, places

    def lines(self) -> tuple[Line, ...]:
        """Return what is known of the whole chain on both days."""
        sides = (self.found.then, self.found.now)
        mark = self.evidence.calculated()
        covered = self.evidence.calculated(assumed=self.found.now.chain.scenario.assumed)
        return (
            _line(_("Makers known"), (_counted(len(x.makers) or None, UNITS, mark) for x in sides)),
            _line(
                _("Products with a known capacity"),
                (_counted(x.sized or None, PRODUCTS, mark) for x in sides),
            ),
            *(
                _line(
                    _("Coverage: %(state)s") % {"state": say(status.label)},
                    (_counted(x.count(status), PRODUCTS, covered) for x in sides),
                )
                for status in STATES
            ),
            _line(
                _("Bottlenecks, the first one first"),
                (Cell(facts=self._bottlenecks(x)) for x in sides),
                _("only capacities that are known can limit; not known is not the same as none"),
            ),
        )

    def _bottlenecks(self, side: Side) -> tuple[Fact, ...]:
        names = (short_name(side.chain.product(each)) for each in side.bottlenecks)
        return tuple(Fact(name, None) for name in names)

    def rows(self, *, everything: bool) -> tuple[NodeLine, ...]:
        """Return the products that differ and those the report names, or all of them."""
        chain = self.found.now.chain
        wanted = [
            row
            for row in self.found.rows
            if everything or row.differs or chain.product(row.product).focus
        ]
        wanted.sort(key=lambda row: (not chain.product(row.product).focus, not row.found))
        return tuple(self._row(row) for row in wanted)

    def _row(self, row: Node) -> NodeLine:
        then, now = self.found.then.chain, self.found.now.chain
        product = now.product(row.product)
        unit = a_year(product.unit_name)
        return NodeLine(
            product=row.product,
            name=short_name(product),
            focus=product.focus,
            state_then=show_state(row.then),
            state_now=show_state(row.now),
            capacity_then=show_figure(row.then.capacity, unit, self._mark(row.then)),
            capacity_now=show_figure(row.now.capacity, unit, self._mark(row.now)),
            ratio_then=percent(row.then.ratio, None),
            ratio_now=percent(row.now.ratio, None),
            makers_then=self._makers(then, row.then.makers, frozenset()),
            makers_now=self._makers(now, row.now.makers, frozenset(row.found)),
        )

    def _mark(self, cover: Coverage) -> Mark | None:
        if not cover.capacity.known:
            return None
        return self.evidence.mark(cover.sources, assumed=cover.assumed)

    def _makers(
        self, chain: Chain, names: Iterable[str], new: frozenset[str]
    ) -> tuple[MakerName, ...]:
        return tuple(
            MakerName(say(chain.organisation(each).name), self.places.get(each, ""), each in new)
            for each in names
        )
