"""How much, when not all is known? A working value between two ends; None where not known."""

from collections.abc import Iterable
from dataclasses import dataclass

from fenglian.engine.labels import Label

NOT_FOUND = Label("未查到", "not found")


@dataclass(frozen=True, slots=True)
class Interval:
    """Low end, working value and high end; each None where it is not known, never 0 for that."""

    low: float | None
    working: float | None
    high: float | None

    @property
    def known(self) -> bool:
        """Whether at least one of the three is known."""
        return not (self.low is None and self.working is None and self.high is None)

    def times(self, factor: "Interval") -> "Interval":
        """Return the product of two intervals that are not negative, end by end."""
        pairs = zip(self.ends(), factor.ends(), strict=True)
        return Interval(*(None if a is None or b is None else a * b for a, b in pairs))

    def over(self, whole: "Interval") -> "Interval":
        """Return the ratio: the lowest is low over high, the highest high over low."""
        return Interval(
            _ratio(self.low, whole.high),
            _ratio(self.working, whole.working),
            _ratio(self.high, whole.low),
        )

    def short_of(self, wanted: "Interval") -> "Interval":
        """Return what is missing to the wanted amount, at least 0; what is unknown may be all."""
        return Interval(
            _excess(wanted.low, self.high),
            _excess(wanted.working, self.working),
            wanted.high if self.low is None else _excess(wanted.high, self.low),
        )

    def ends(self) -> tuple[float | None, float | None, float | None]:
        """Return low, working and high."""
        return self.low, self.working, self.high

    def text(self, language: str, unit: Label | None = None) -> str:
        """Return the words for it, with three figures: 800 套（480–1,280）."""
        chinese = language.startswith("zh")
        tail = f" {unit.text(language)}" if unit and unit.text(language) else ""
        if self.working is not None:
            shown = f"{write_number(self.working)}{tail}"
            if self.low == self.high == self.working:
                return shown
            low, high = _write_end(self.low), _write_end(self.high)
            return f"{shown}（{low}–{high}）" if chinese else f"{shown} ({low}–{high})"
        if self.low is not None and self.high is not None:
            return f"{write_number(self.low)}–{write_number(self.high)}{tail}"
        if self.low:
            return f"{'不少于' if chinese else 'at least'} {write_number(self.low)}{tail}"
        if self.high is not None:
            return f"{'不超过' if chinese else 'at most'} {write_number(self.high)}{tail}"
        return NOT_FOUND.text(language)


UNKNOWN = Interval(None, None, None)
NOTHING = Interval(0.0, 0.0, 0.0)  # stated to be none, not: not found


def exactly(number: float) -> Interval:
    """Return the interval of an exact number."""
    return Interval(number, number, number)


def add(intervals: Iterable[Interval]) -> Interval:
    """Return the sum; an end is None where one of its terms is not known, or there are none."""
    terms = list(intervals)
    return Interval(
        _sum([term.low for term in terms]),
        _sum([term.working for term in terms]),
        _sum([term.high for term in terms]),
    )


def write_number(number: float) -> str:
    """Return three significant figures, with thousands marks.

    Examples
    --------
    >>> [write_number(number) for number in (0, 0.01234, 1.5, 1234.5, 1.2e9)]
    ['0', '0.0123', '1.5', '1,230', '1,200,000,000']
    """
    rounded = float(f"{number:.3g}")
    if rounded == int(rounded):
        return f"{int(rounded):,}"
    return f"{rounded:,.12f}".rstrip("0")


def _write_end(end: float | None) -> str:
    return "?" if end is None else write_number(end)


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _excess(wanted: float | None, there: float | None) -> float | None:
    return None if wanted is None or there is None else max(0.0, wanted - there)


def _sum(numbers: list[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None
