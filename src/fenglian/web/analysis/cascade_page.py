"""What does the page of risk show of cascades? Indices, one firm's cascade, and what would help.

Loaded when first asked for: see ``queries.load``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from fenglian.engine.analysis.location_risk import PlaceRisk
from fenglian.engine.analysis.reinforcement import Effect, NewSource, SecondSource
from fenglian.engine.analysis.systemic_risk import FirmRisk
from fenglian.engine.chain.intervals import exactly
from fenglian.engine.labels import Label
from fenglian.web.analysis.cascade_drawing import Picture, draw_cascade
from fenglian.web.analysis.cascades import Cascades, ask
from fenglian.web.analysis.tables import Table
from fenglian.web.chain.evidence import Mark
from fenglian.web.chain.figures import Figure, count, percent, show_figure
from fenglian.web.chain.queries import Kept
from fenglian.web.intake.wording import say

FIRST = 12  # firms of the list
PLACES = 8  # places, and owners, of the lists
POINTS = Label("个百分点", "percentage points")


@dataclass(frozen=True, slots=True)
class Index:
    """What the failure of a firm costs."""

    firm: str
    name: str
    address: str
    esri: Figure
    down: Figure
    up: Figure
    width: str
    touched: Figure
    current: bool


@dataclass(frozen=True, slots=True)
class Saving:
    """What a measure saves."""

    words: str
    before: Figure
    after: Figure
    saved: Figure
    worse: bool


@dataclass(frozen=True, slots=True)
class Together:
    """What it costs when all firms of a place, or of an owner, stop."""

    name: str
    firms: Figure
    share: Figure
    esri: Figure
    beyond: Figure
    width: str


@dataclass(frozen=True, slots=True)
class CascadePage:
    """All that the page shows of cascades."""

    indices: tuple[Index, ...]
    savings: tuple[Saving, ...]
    places: tuple[Together, ...]
    owners: tuple[Together, ...]  # of several firms: of one, it is the firm's own index
    firm: str  # whose cascade is drawn
    picture: Picture
    assumptions: tuple[str, ...]


def show(kept: Kept, firm: str, table: Table) -> CascadePage:
    """Return the indices, the measures and the cascade of a firm; empty: of the worst."""
    found = ask(kept, firm)
    return CascadePage(
        indices=_indices(table, found),
        savings=tuple(_savings(table, found.risks.measures)),
        places=tuple(_together(table, row, row.name) for row in found.risks.places.rows[:PLACES]),
        owners=tuple(_owners(table, found.risks.owners.rows)),
        firm=table.name_of(found.firm.firm),
        picture=draw_cascade(found.risks.network, found.losses, found.firm.firm, table.name_of),
        assumptions=tuple(say(each) for each in _assumptions(found)),
    )


def _indices(table: Table, found: Cascades) -> tuple[Index, ...]:
    mark = table.evidence.calculated(assumed=True)
    rows = found.risks.risk.top(FIRST)
    shown = rows if any(row.firm == found.firm.firm for row in rows) else (*rows, found.firm)
    return tuple(_firm(table, row, mark, current=row.firm == found.firm.firm) for row in shown)


def _firm(table: Table, row: FirmRisk, mark: Mark, *, current: bool) -> Index:
    return Index(
        firm=row.firm,
        name=table.name_of(row.firm),
        address=table.places.get(row.firm, ""),
        esri=percent(exactly(row.esri), mark),
        down=percent(exactly(row.esri_down), mark),
        up=percent(exactly(row.esri_up), mark),
        width=f"{90 * row.esri:.1f}",
        touched=count(row.touched, say(Label("家", "firms")), mark),
        current=current,
    )


def _owners(table: Table, rows: Iterable[PlaceRisk]) -> Iterable[Together]:
    several = (row for row in rows if len(row.firms) > 1)
    for row in islice(several, PLACES):
        yield _together(table, row, table.name_of(row.name))


def _together(table: Table, row: PlaceRisk, name: str) -> Together:
    mark = table.evidence.calculated(assumed=True)
    return Together(
        name=name,
        firms=count(len(row.firms), say(Label("家", "")), mark),
        share=percent(exactly(row.share), mark),
        esri=percent(exactly(row.esri), mark),
        beyond=percent(exactly(row.beyond), mark),
        width=f"{90 * row.esri:.1f}",
    )


def _assumptions(found: Cascades) -> Iterable[Label]:
    """Return what all of it rests on, each once."""
    return dict.fromkeys((*found.risks.risk.assumptions, *found.risks.places.assumptions))


def _savings(table: Table, effects: Iterable[Effect]) -> Iterable[Saving]:
    mark = table.evidence.calculated(assumed=True)
    for each in effects:
        yield _saving(table, each, mark)


def _saving(table: Table, effect: Effect, mark: Mark) -> Saving:
    ends = (effect.before, effect.after, abs(effect.saved))
    before, after, saved = (show_figure(exactly(100 * each), POINTS, mark) for each in ends)
    return Saving(
        words=_measure(table, effect),
        before=before,
        after=after,
        saved=saved,
        worse=effect.saved < 0,
    )


def _measure(table: Table, effect: Effect) -> str:
    match effect.measure:
        case SecondSource(buyer=buyer, first=first, second=second):
            words = _("%(buyer)s takes half of what %(first)s gives it from %(second)s")
            return words % {
                "buyer": table.name_of(buyer),
                "first": table.name_of(first),
                "second": table.name_of(second),
            }
        case NewSource(buyer=buyer, first=first):
            words = _("a new plant takes over half of what %(first)s gives %(buyer)s")
            return words % {"buyer": table.name_of(buyer), "first": table.name_of(first)}
    raise TypeError(type(effect.measure).__name__)
