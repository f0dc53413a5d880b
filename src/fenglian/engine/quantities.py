"""One numeral grammar: money, capacity, counts and shares as intervals with a bound word.

"逾21亿元" is at least 2.1e9 yuan, not 2.1e9 yuan; "160余位" is more than 160. What a source
leaves open stays open: an end of the interval that is not known is ``None``, never 0.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["eq", "gt", "ge", "lt", "le", "approx"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a source gives it: figure, bound, unit."""

    figure: Decimal  # in the unit; of a range the low end
    bound: Bound
    unit: str  # base unit: "yuan", "MW" …, or a counting word as written ("家单位")
    top: Decimal | None = None  # high end where the source gives a range

    @property
    def low(self) -> Decimal | None:
        """Low end; None where the source gives only an upper bound."""
        if self.bound in ("lt", "le"):
            return None
        return self.figure - self._slack

    @property
    def high(self) -> Decimal | None:
        """High end; None where the source gives only a lower bound."""
        if self.bound in ("gt", "ge"):
            return None
        return (self.figure if self.top is None else self.top) + self._slack

    @property
    def _slack(self) -> Decimal:
        """Half a unit of the last significant figure where the source says 约, else 0."""
        if self.bound != "approx":
            return Decimal(0)
        digits = self.figure.normalize()
        return Decimal(1).scaleb(int(digits.as_tuple().exponent)) / 2
