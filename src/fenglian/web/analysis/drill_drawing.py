"""How does a drill look, day by day? A row a unit, a column a day; and what is delivered, as a line.

Drawn on the server as an SVG, with classes for its colours. A row shows what its table says: on
which day output falls, on which it stops, and on which it is back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fenglian.engine.analysis.disruption import Days, FirmPath
from fenglian.engine.kernels.explosion import Floats

NAMES, PLOT, ROW, TOP = 176.0, 860.0, 24.0, 24.0  # width of names and of days, height of a row
CURVE = 120.0
MOST = 20  # rows that are drawn
WEEK, TICKS = 7, 10  # days; as many words as fit above them


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit's row; a part that does not come has no width."""

    name: str
    y: str
    text_y: str
    bar_y: str
    dot_y: str
    less_x: str
    less: str  # widths
    stop_x: str
    stop: str
    early_x: str  # from the earliest to the latest day on which it stops
    early: str
    never: bool  # it may go on
    tip: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a week."""

    x: str
    day: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The rows, the weeks, and the line of what is delivered."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: str
    height: str
    plot_x: str
    plot: str
    hidden: int
    curve: str
    band: str
    curve_height: str
    ended: str  # x of the day after the stop


def draw_days(
    rows: Iterable[tuple[FirmPath, str]], days: int, shares: Floats, ends: int
) -> Picture:
    """Return the picture of a drill: paths with their words, and daily deliveries (3, days)."""
    step, known = PLOT / days, list(rows)
    shown = known[:MOST]
    return Picture(
        bars=tuple(_bar(path, tip, place, step, days) for place, (path, tip) in enumerate(shown)),
        ticks=tuple(Tick(_n(NAMES + day * step), day + 1) for day in _ticks(days)),
        width=_n(NAMES + PLOT + 10),
        height=_n(TOP + ROW * len(shown) + 6),
        plot_x=_n(NAMES),
        plot=_n(PLOT),
        hidden=len(known) - len(shown),
        curve=_line(shares[1], step),
        band=_band(shares, step),
        curve_height=_n(TOP + CURVE + 8),
        ended=_n(NAMES + ends * step),
    )


def _ticks(days: int) -> range:
    weeks = -(-days // (WEEK * TICKS))
    return range(0, days, WEEK * weeks)


def _bar(path: FirmPath, tip: str, place: int, step: float, days: int) -> Bar:
    top = TOP + ROW * place
    hit, stop, back = path.hit_day.working, path.stop_day.working, path.recovered_day.working
    end = back if back and hit and back > hit else days + 1
    less = (stop or end) - hit if hit else 0
    early, late = _whisker(path.stop_day, days)
    return Bar(
        name=path.firm,
        y=_n(top),
        text_y=_n(top + 16),
        bar_y=_n(top + 5),
        dot_y=_n(top + 21),
        less_x=_n(NAMES + ((hit or 1) - 1) * step),
        less=_n(max(0, less) * step),
        stop_x=_n(NAMES + ((stop or 1) - 1) * step),
        stop=_n((end - stop) * step if stop else 0.0),
        early_x=_n(NAMES + early * step),
        early=_n((late - early) * step),
        never=None in (path.stop_day.low, path.stop_day.working, path.stop_day.high),
        tip=tip,
    )


def _whisker(found: Days, days: int) -> tuple[int, int]:
    """Return from where to where the day of the stop may lie; nowhere where it is certain."""
    if found.earliest is None:
        return 0, 0
    last = found.latest or days
    return found.earliest - 1, last - 1 if last != found.earliest else found.earliest - 1


def _height(share: float) -> float:
    return TOP + CURVE * (1 - min(1.25, max(0.0, share)) / 1.25)


def _line(shares: Floats, step: float) -> str:
    points = [
        f"{_n(NAMES + (day + 0.5) * step)},{_n(_height(float(each)))}"
        for day, each in enumerate(shares)
    ]
    return " ".join(points)


def _band(shares: Floats, step: float) -> str:
    """Return the outline between the least and the most of the three."""
    upper = _line(shares.max(axis=0), step).split(" ")
    lower = _line(shares.min(axis=0), step).split(" ")
    return " ".join([*upper, *reversed(lower)])


def _n(number: float) -> str:
    return f"{number:.1f}"
