"""What of the contracts was delivered, how late, and how long do signings last?

An overdue step counts its days until today; a step without a plan has no delay. What nobody
reported is not "nothing delivered": the rate then has an open end.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from fenglian.engine.contracts.ranges import UNKNOWN, Range, add
from fenglian.engine.contracts.records import Contract, Delivery, Payment

TAIL = 0.05  # of both sides together, outside an interval
Z = NormalDist().inv_cdf(1 - TAIL / 2)


@dataclass(frozen=True, slots=True)
class Delay:
    """A step that came, or still is, after its day."""

    contract: str
    planned_on: date
    days: int
    over: bool  # delivered in the end


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Where a contract stands on a day."""

    contract: str
    delivered: Range  # yuan
    paid: Range  # yuan; open at both ends: no payment was reported
    rate: Range  # of the amount, 0 to 1
    delays: tuple[Delay, ...]
    reported: bool  # whether anybody reported a step


def fulfil(
    contracts: Iterable[Contract],
    deliveries: Iterable[Delivery],
    payments: Iterable[Payment],
    *,
    on: date,
) -> tuple[Fulfilment, ...]:
    """Return where each contract stands at the end of a day, by id."""
    steps: dict[str, list[Delivery]] = defaultdict(list)
    money: dict[str, list[Range]] = defaultdict(list)
    for each in deliveries:
        steps[each.contract].append(each)
    for payment in payments:
        if payment.paid_on <= on:
            money[payment.contract].append(payment.amount)
    return tuple(
        _stand(contract, steps[contract.id], money[contract.id], on)
        for contract in sorted(contracts, key=lambda each: each.id)
    )


def _stand(
    contract: Contract, steps: Sequence[Delivery], money: Sequence[Range], on: date
) -> Fulfilment:
    made = [each for each in steps if each.delivered_on and each.delivered_on <= on]
    delivered = add(each.amount for each in made) if steps else UNKNOWN
    return Fulfilment(
        contract=contract.id,
        delivered=delivered,
        paid=add(money) if money else UNKNOWN,
        rate=share(delivered, contract.amount),
        delays=tuple(
            sorted(filter(None, (_delay(each, on) for each in steps)), key=lambda d: d.planned_on)
        ),
        reported=bool(steps),
    )


def _delay(step: Delivery, on: date) -> Delay | None:
    done = step.delivered_on is not None and step.delivered_on <= on
    if step.planned_on is None:
        return None
    end = step.delivered_on if done and step.delivered_on else on
    days = (end - step.planned_on).days
    return Delay(step.contract, step.planned_on, days, done) if days > 0 else None


def share(part: Range, whole: Range) -> Range:
    """Return what share a part is of a whole, from 0 to 1 at the most.

    Examples
    --------
    >>> share(Range(Decimal(1), Decimal(2)), Range(Decimal(4), Decimal(5)))
    Range(low=Decimal('0.2'), high=Decimal('0.5'), strict=False)
    """
    low = high = None
    if part.low is not None and whole.high:
        low = min(Decimal(1), part.low / whole.high)
    if part.high is not None and whole.low:
        high = min(Decimal(1), part.high / whole.low)
    return Range(low, high)


@dataclass(frozen=True, slots=True)
class Step:
    """From a day after signing on, so large a share is still without its first delivery."""

    day: int
    at_risk: int  # signings that were looked at until then
    came: int  # that had their first delivery on that day
    open_share: Fraction


def waiting(ages: Iterable[tuple[int, bool]]) -> tuple[Step, ...]:
    """Return what share of signings still waits for its first delivery, by days since signing.

    Parameters
    ----------
    ages
        Of each signing the days until its first delivery, and True; or, where there was none,
        the days until today, and False.

    Returns
    -------
    tuple[Step, ...]
        A step for each day on which one came; the share is exact. Young signings count as long as
        they could be watched, and do not look better or worse for being young.

    References
    ----------
    Kaplan, E. L., Meier, P. (1958): Nonparametric estimation from incomplete observations.
    Journal of the American Statistical Association 53, 457–481. doi:10.2307/2281868

    Examples
    --------
    >>> [(step.day, str(step.open_share)) for step in waiting([(30, True), (60, False), (90, True)])]
    [(30, '2/3'), (90, '0')]
    """
    rows = sorted(ages)
    share_open = Fraction(1)
    steps = []
    for day in sorted({day for day, came in rows if came}):
        at_risk = sum(age >= day for age, _ in rows)
        came = sum(age == day and did for age, did in rows)
        share_open *= Fraction(at_risk - came, at_risk)
        steps.append(Step(day, at_risk, came, share_open))
    return tuple(steps)


def waiting_between(steps: Iterable[Step]) -> tuple[tuple[float, float], ...]:
    """Return between which shares the true one lies after each step, at 95 %.

    Parameters
    ----------
    steps
        As ``waiting`` returns them, all of them and in order.

    Returns
    -------
    tuple[tuple[float, float], ...]
        Low and high of each step, 0 to 1: Greenwood's variance on the scale of log(−log). Where
        none is left waiting, that variance says nothing; the high end is then that of none in as
        many as were looked at (Clopper–Pearson).

    References
    ----------
    Kalbfleisch, J. D., Prentice, R. L. (2002): The Statistical Analysis of Failure Time Data,
    2nd ed., section 1.4. doi:10.1002/9781118032985

    Examples
    --------
    >>> steps = waiting([(30, True), (60, False), (90, True)])
    >>> [(round(low, 3), round(high, 3)) for low, high in waiting_between(steps)]
    [(0.054, 0.945), (0.0, 0.975)]
    """
    found = []
    variance = 0.0
    for step in steps:
        left = step.at_risk - step.came
        if not left:
            found.append((0.0, 1 - (TAIL / 2) ** (1 / step.at_risk)))
            continue
        variance += step.came / (step.at_risk * left)
        share_open = float(step.open_share)
        spread = Z * math.sqrt(variance) / abs(math.log(share_open))
        found.append((share_open ** math.exp(spread), share_open ** math.exp(-spread)))
    return tuple(found)


def ages_of(
    contracts: Iterable[Contract], deliveries: Iterable[Delivery], *, on: date
) -> tuple[tuple[int, bool], ...]:
    """Return the age of each dated signing at its first delivery, or today; see ``waiting``."""
    first: dict[str, date] = {}
    for each in deliveries:
        if each.delivered_on and each.delivered_on <= on:
            known = first.get(each.contract)
            first[each.contract] = min(known, each.delivered_on) if known else each.delivered_on
    return tuple(
        (max(0, (first.get(each.id, on) - each.signed_on).days), each.id in first)
        for each in sorted(contracts, key=lambda each: each.id)
        if each.signed_on and each.signed_on <= on
    )
