"""How does any question of the catalogue show? Its headlines, and its rows by their columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fenglian.engine.analysis.question import Analysis, Column, Report, ReportRow, by_rank
from fenglian.engine.chain.intervals import exactly
from fenglian.engine.labels import Label
from fenglian.web.chain.drawing import short_name
from fenglian.web.chain.evidence import Evidence, Mark
from fenglian.web.chain.figures import Figure, a_year, percent, show_figure
from fenglian.web.chain.presentation import NOBODY_ASKED, interest
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.wording import say

NUMBER, YUAN_A_YEAR = Label("", ""), Label("元/年", "yuan a year")
BADGES = {
    "met": "met", "short": "short", "missing": "gap", "not found": "unk", "behind": "short",
    "in step": "met", "ahead": "good", "known": "met",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a figure, a badge, names, or words."""

    figure: Figure | None = None
    badge: str = ""
    unknown: bool = False
    words: str = ""
    names: tuple[tuple[str, str], ...] = ()  # name, address
    flag: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the product that it is about."""

    product: str
    name: str
    focus: bool
    cells: tuple[Cell, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a page shows it."""

    headlines: tuple[Figure, ...]
    heads: tuple[tuple[str, bool], ...]  # label, whether its cells are numbers
    rows: tuple[Row, ...]
    hidden: int
    assumptions: tuple[str, ...]


class Table:
    """Shows the reports of one chain, for one page."""

    def __init__(self, view: OpenChain, evidence: Evidence, places: dict[str, str]) -> None:
        self.view, self.evidence, self.places = view, evidence, places

    def show(self, analysis: Analysis, report: Report, *, everything: bool) -> Shown:
        """Return a report; without ``everything`` the rows that somebody asks about."""
        rows = [row for row in by_rank(report.rows) if everything or self._asked_about(row)]
        method = self.evidence.calculated(assumed=self.view.chain.scenario.assumed)
        columns = [column for column in analysis.columns if column.name != "product"]
        return Shown(
            headlines=tuple(
                show_figure(each.value, each.unit, method, each.label)
                for each in getattr(report, "headlines", ())
            ),
            heads=tuple((say(each.label), each.kind in _NUMBERS) for each in columns),
            rows=tuple(self._row(row, columns) for row in rows),
            hidden=len(report.rows) - len(rows),
            assumptions=tuple(say(each) for each in report.assumptions),
        )

    def organisations(self, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return names with their pages in the registry, where they have one."""
        return tuple((self.name_of(name), self.places.get(name, "")) for name in names)

    def name_of(self, organisation: str) -> str:
        """Return the name of an organisation of the chain."""
        return say(self.view.chain.organisation(organisation).name)

    def product_name(self, product: str) -> str:
        """Return a product's name without what stands in brackets."""
        return short_name(self.view.chain.product(product))

    def _asked_about(self, row: ReportRow) -> bool:
        return interest(self.view, self.view.chain.product(row.product)) < NOBODY_ASKED

    def _row(self, row: ReportRow, columns: Iterable[Column]) -> Row:
        product = self.view.chain.product(row.product)
        mark = self.evidence.mark(row.sources, assumed=row.assumed)
        # A number that rests on no source was still worked out of something.
        mark = mark or self.evidence.calculated(assumed=row.assumed)
        cells = tuple(self._cell(row, column, mark) for column in columns)
        return Row(row.product, say(product.name), product.focus, cells, mark)

    def _cell(self, row: ReportRow, column: Column, mark: Mark) -> Cell:
        value: Any = getattr(row, column.name)
        match column.kind:
            case "ratio":
                return Cell(figure=percent(value, mark))
            case "interval" | "final":
                about = row.product if column.kind == "interval" else self.view.chain.final_product
                unit = a_year(self.view.chain.product(about).unit_name)
                return Cell(figure=show_figure(value, unit, mark))
            case "money":
                return Cell(figure=show_figure(value, YUAN_A_YEAR, mark))
            case "number" if value is not None:
                return Cell(figure=show_figure(exactly(float(value)), NUMBER, mark))
            case "number":
                return Cell(badge="none", words="–")
            case "flag":
                return Cell(flag=bool(value))
            case "organisations":
                return Cell(names=self.organisations(value))
            case "products":
                return Cell(names=tuple((self.product_name(each), "") for each in value))
        return _words(value)


_NUMBERS = ("interval", "final", "money", "ratio", "number")


def _words(label: Label) -> Cell:
    badge = BADGES.get(label.en, "")
    return Cell(badge=badge, unknown=badge == "unk", words=say(label))
