"""Which needs of others fit what a unit can supply, and what stands against each?

A need names product, quantity, day and certificates; an offering names model, certificates and
lead time. What one of them does not say is a question, neither a yes nor a no.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from fenglian.engine.contracts.ranges import Range
from fenglian.engine.labels import Label
from fenglian.engine.quantities import fold_width

CheckName = Literal["certificate", "day", "quantity"]
CHECKS: dict[CheckName, Label] = {
    "certificate": Label("证书", "certificates"),
    "day": Label("交货日期", "day"),
    "quantity": Label("数量", "quantity"),
}


class Verdict(StrEnum):
    """How a need and an offering go together."""

    FITS = "fits"
    OPEN = "open"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody wants to buy."""

    id: str
    buyer: str  # key of the organisation
    product: str  # id in the chain pack
    quantity: Range  # in ``unit``; open: not said
    unit: str
    needed_by: date | None
    certificates: tuple[str, ...]  # that are asked for; none: none is asked


@dataclass(frozen=True, slots=True)
class Offered:
    """What a unit can supply."""

    id: str
    product: str
    model: str
    certificates: tuple[str, ...] | None  # None: not said
    lead_days: int | None
    free: Range  # free capacity in ``unit``; open: not said
    unit: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was compared; None: one of the two does not say."""

    name: CheckName
    holds: bool | None
    words: tuple[str, ...] = ()  # certificates that lack


@dataclass(frozen=True, slots=True)
class Fit:
    """A need held against an offering."""

    need: Need
    offered: Offered
    checks: tuple[Check, ...]

    @property
    def verdict(self) -> Verdict:
        """Fails where one check does, is open where one cannot be made, else fits."""
        if any(each.holds is False for each in self.checks):
            return Verdict.FAILS
        return Verdict.OPEN if any(each.holds is None for each in self.checks) else Verdict.FITS

    @property
    def failing(self) -> tuple[CheckName, ...]:
        """The checks that fail."""
        return tuple(each.name for each in self.checks if each.holds is False)


def fit(need: Need, offered: Offered, *, on: date) -> Fit:
    """Hold a need against an offering of the same product.

    Parameters
    ----------
    on
        The day on which an order would be placed: the lead time runs from it.

    Examples
    --------
    >>> from fenglian.engine.contracts.ranges import UNKNOWN
    >>> need = Need("n", "x", "flange", UNKNOWN, "", date(2026, 3, 1), ("甲",))
    >>> mine = Offered("o", "flange", "F1", ("乙",), 30, UNKNOWN, "")
    >>> found = fit(need, mine, on=date(2026, 1, 7))
    >>> found.verdict.value, found.failing, found.checks[0].words
    ('fails', ('certificate',), ('甲',))
    """
    checks = []
    if need.certificates:
        checks.append(_certificates(need, offered))
    if need.needed_by is not None:
        days = offered.lead_days
        arrives = None if days is None else on + timedelta(days=days)
        checks.append(Check("day", None if arrives is None else arrives <= need.needed_by))
    if need.quantity.known:
        checks.append(Check("quantity", _suffices(need, offered)))
    return Fit(need, offered, tuple(checks))


def find_fits(needs: Iterable[Need], offerings: Iterable[Offered], *, on: date) -> tuple[Fit, ...]:
    """Return for each need that is not over the offering that fits best, fitting ones first.

    Needs of products that are not offered are left out.
    """
    rows = list(offerings)
    found = []
    for need in needs:
        if need.needed_by is not None and need.needed_by < on:
            continue
        fits = [fit(need, each, on=on) for each in rows if each.product == need.product]
        if fits:
            found.append(min(fits, key=_rank))
    return tuple(sorted(found, key=lambda each: (_rank(each)[0], each.need.needed_by or date.max, each.need.id)))  # fmt: skip


def _rank(found: Fit) -> tuple[int, int, str]:
    order = list(Verdict)
    return order.index(found.verdict), len(found.failing), found.offered.id


def _certificates(need: Need, offered: Offered) -> Check:
    if offered.certificates is None:
        return Check("certificate", None, need.certificates)
    held = {_plain(each) for each in offered.certificates}
    lacking = tuple(each for each in need.certificates if _plain(each) not in held)
    return Check("certificate", not lacking, lacking)


def _plain(words: str) -> str:
    return "".join(fold_width(words).split()).casefold()


def _suffices(need: Need, offered: Offered) -> bool | None:
    wanted, free = need.quantity, offered.free
    if not free.known or need.unit != offered.unit:
        return None
    if wanted.high is not None and free.low is not None and free.low >= wanted.high:
        return True
    if wanted.low is not None and free.high is not None and free.high < wanted.low:
        return False
    return None
