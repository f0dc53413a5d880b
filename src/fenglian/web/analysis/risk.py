"""What does the page of risk show of makers and links? Concentration, and what is not known."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenglian.engine.analysis.concentration import Concentration, Concentrations
from fenglian.engine.analysis.exposure import Exposures
from fenglian.engine.chain.intervals import UNKNOWN, exactly
from fenglian.engine.labels import Label
from fenglian.web.analysis.tables import Table
from fenglian.web.chain.evidence import Mark
from fenglian.web.chain.figures import Figure, no_figure, percent, show_figure
from fenglian.web.chain.presentation import NOBODY_ASKED, interest

FIRST = 12  # rows before "all" is asked for
MAKERS = Label("家", "")
INDEX = Label("", "")  # 0–1, without a unit


@dataclass(frozen=True, slots=True)
class Source:
    """On how many a product rests."""

    product: str
    name: str
    focus: bool
    makers: tuple[tuple[str, str], ...]
    single: bool
    by_firm: Figure
    by_owner: Figure
    by_place: Figure
    effective: Figure


@dataclass(frozen=True, slots=True)
class Missing:
    """A maker, and the inputs of which no supplier is known."""

    buyer: str
    address: str
    inputs: str


def show_sources(
    table: Table, found: Concentrations, *, everything: bool
) -> tuple[tuple[Source, ...], int]:
    """Return the products, single sources first, and how many are left out."""
    rows = sorted(found.rows, key=lambda row: _order(table, row))
    asked = [row for row in rows if everything or _asked_about(table, row)]
    shown = asked if everything else asked[:FIRST]
    return tuple(_source(table, row) for row in shown), len(rows) - len(shown)


def _order(table: Table, row: Concentration) -> tuple[bool, bool, float, str]:
    focus = table.view.chain.product(row.product).focus
    return not row.single_source, not focus, -(row.hhi or 0.0), row.product


def _asked_about(table: Table, row: Concentration) -> bool:
    product = table.view.chain.product(row.product)
    return row.single_source or interest(table.view, product) < NOBODY_ASKED


def _source(table: Table, row: Concentration) -> Source:
    mark = table.evidence.mark(row.sources, assumed=row.assumed)
    mark = mark or table.evidence.calculated(assumed=row.assumed)
    return Source(
        product=row.product,
        name=table.product_name(row.product),
        focus=table.view.chain.product(row.product).focus,
        makers=table.organisations(row.makers),
        single=row.single_source,
        by_firm=_index(row.hhi_firm, mark),
        by_owner=_index(row.hhi, mark),
        by_place=_index(row.hhi_place, mark),
        effective=_number(row.effective_makers, MAKERS, mark),
    )


def _index(hhi: float | None, mark: Mark) -> Figure:
    return _number(hhi, INDEX, mark)


def _number(value: float | None, unit: Label, mark: Mark) -> Figure:
    return show_figure(UNKNOWN if value is None else exactly(value), unit, mark)


def show_missing(table: Table, found: Exposures) -> tuple[Missing, ...]:
    """Return whom to ask for which supplier, the makers of named products first."""
    by_buyer: dict[str, list[str]] = {}
    for row in found.missing:
        by_buyer.setdefault(row.buyer, []).append(row.product)
    focus = {each.id for each in table.view.chain.products if each.focus}
    order = sorted(by_buyer, key=lambda name: (not focus & set(by_buyer[name]), name))
    return tuple(
        Missing(
            buyer=table.name_of(name),
            address=table.places.get(name, ""),
            inputs=_(", ").join(table.product_name(each) for each in by_buyer[name]),
        )
        for name in order
    )


def known_share(table: Table, found: Exposures) -> Figure:
    """Return the share of the essential inputs of which a supplier is known."""
    whole = len(found.known) + len(found.missing)
    if not whole:
        return no_figure()
    return percent(exactly(len(found.known) / whole), table.evidence.calculated(assumed=False))
