"""Sums of money whose ends may be open: adding, taking away, comparing, without inventing an end."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fenglian.engine.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high, both exact; None where nobody said. ``strict``: more than low."""

    low: Decimal | None
    high: Decimal | None
    strict: bool = False

    @property
    def known(self) -> bool:
        """Whether at least one end is known."""
        return self.low is not None or self.high is not None

    def meets(self, other: "Range") -> bool:
        """Tell whether some amount lies in both; what is open may be anything."""
        return not (_above(self, other) or _above(other, self))

    def within(self, other: "Range") -> "Range":
        """Return what both allow.

        The two must meet.
        """
        lows = [each for each in (self, other) if each.low is not None]
        low = max((each.low for each in lows if each.low is not None), default=None)
        highs = [each.high for each in (self, other) if each.high is not None]
        strict = any(each.strict for each in lows if each.low == low)
        return Range(low, min(highs, default=None), strict)

    def less(self, other: "Range") -> "Range":
        """Return what is left of this when the other is taken away, at least 0."""
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        floor = Decimal(0)
        return Range(
            floor if low is None else max(floor, low),
            None if high is None else max(floor, high),
            self.strict and low is not None and low >= 0,
        )


NOTHING = Range(Decimal(0), Decimal(0))
UNKNOWN = Range(None, None)


def range_of(quantity: Quantity | None) -> Range:
    """Return the ends of a quantity; both open where there is none.

    Examples
    --------
    >>> from fenglian.engine.quantities import read_money
    >>> range_of(read_money("逾21亿元"))
    Range(low=Decimal('2100000000'), high=None, strict=True)
    """
    if quantity is None:
        return UNKNOWN
    return Range(quantity.low, quantity.high, quantity.bound == "gt")


def add(ranges: Iterable[Range]) -> Range:
    """Return the sum of amounts that are not negative: one that is not known adds at least 0.

    Examples
    --------
    >>> add([Range(Decimal(2), Decimal(3)), UNKNOWN])
    Range(low=Decimal('2'), high=None, strict=False)
    """
    terms = list(ranges)
    highs = [each.high for each in terms]
    return Range(
        sum((each.low or Decimal(0) for each in terms), Decimal(0)),
        None if None in highs else sum((high or Decimal(0) for high in highs), Decimal(0)),
        any(each.strict for each in terms),
    )


def _above(one: Range, other: Range) -> bool:
    """Tell whether all of one lies above all of the other."""
    if one.low is None or other.high is None:
        return False
    return one.low > other.high or (one.strict and one.low == other.high)
