"""How does a page show an amount, or a share, whose ends may be open? Bound word, value, unit."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from fenglian.engine.chain.intervals import write_number
from fenglian.engine.contracts.ranges import Range
from fenglian.web.intake.wording import language

_LARGE = ((Decimal(10**8), "亿元"), (Decimal(10**4), "万元"))
_LARGE_EN = ((Decimal(10**9), "billion yuan"), (Decimal(10**6), "million yuan"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A range as it is shown."""

    word: str  # of its bound; empty: none
    value: str
    unit: str
    known: bool

    @property
    def text(self) -> str:
        """The whole in words."""
        return " ".join(filter(None, (self.word, self.value, self.unit)))


def show_yuan(amount: Range) -> Shown:
    """Return an amount of money in a readable unit."""
    size = max((each for each in (amount.low, amount.high) if each is not None), default=Decimal(0))
    english = language().startswith("en")
    scales = _LARGE_EN if english else _LARGE
    factor, unit = next(
        ((least, word) for least, word in scales if size >= least),
        (Decimal(1), "yuan" if english else "元"),
    )
    return _show(amount, factor, unit)


def show_share(share: Range) -> Shown:
    """Return a share from 0 to 1 in per cent."""
    return _show(share, Decimal("0.01"), "%")


def show_points(gain: Range) -> Shown:
    """Return a gain from 0 to 1 in percentage points."""
    return _show(gain, Decimal("0.01"), _("points"))


def show_count(number: Range) -> Shown:
    """Return a number of things."""
    return _show(number, Decimal(1), "")


def _show(amount: Range, factor: Decimal, unit: str) -> Shown:
    low, high = (None if end is None else _write(end / factor) for end in (amount.low, amount.high))
    if low is None and high is None:
        return Shown("", _("not known"), "", known=False)
    if high is None:
        word = _("more than") if amount.strict else _("at least")
        return Shown(word, str(low), unit, known=True)
    if low is None:
        return Shown(_("at most"), high, unit, known=True)
    return Shown("", low if low == high else f"{low}–{high}", unit, known=True)


def _write(number: Decimal) -> str:
    return write_number(float(number))
