"""Several contracts were announced with one total: which part of it is known, and does it fit?

"与华电山西能源、江苏九鼎等6家单位签约，总额逾21亿元": six partners, two named, more than 2.1 bn. The
total is never divided by six. As contracts become known, the rest stays an interval.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fenglian.engine.contracts.ranges import NOTHING, Range, add
from fenglian.engine.contracts.records import Contract

State = Literal["open", "reconciled", "contradicted"]


@dataclass(frozen=True, slots=True)
class Group:
    """What was announced together."""

    id: str
    total: Range  # yuan, as announced
    partners: int | None  # named and unnamed together; None where not said
    named: frozenset[str]  # keys of the named partners
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How far a group's contracts account for what was announced."""

    group: str
    state: State
    known: Range  # sum of the contracts that are known, yuan
    remainder: Range  # what the others are worth together, yuan
    partners_with_contract: frozenset[str]
    partners_without: frozenset[str]  # named, and no contract known
    unnamed: int | None  # partners that are still nobody; None where the number was not said
    amounts_missing: tuple[str, ...]  # ids of contracts whose amount nobody knows
    evidence: tuple[str, ...]


def reconcile(group: Group, contracts: Iterable[Contract], *, centre: str) -> Reconciliation:
    """Hold a group's contracts against what was announced of it.

    Parameters
    ----------
    group
        The announcement.
    contracts
        Those that belong to it, each once (see ``doubles``); in any order.
    centre
        Key of the organisation with which all of them signed.

    Returns
    -------
    Reconciliation
        ``contradicted`` where the known contracts are worth more than the total allows, are made
        with more partners than were counted, or, when all partners are known with their amounts,
        are worth less. ``reconciled`` when all are known and it fits; else ``open``.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from fenglian.engine.contracts.ranges import Range
    >>> total = Range(Decimal("21e8"), None, strict=True)
    >>> group = Group("g", total, 6, frozenset({"huadian", "jiuding"}))
    >>> one = Contract("1", "contract", "huadian", "tz", Range(Decimal("9e8"), Decimal("9e8")))
    >>> found = reconcile(group, [one], centre="tz")
    >>> found.state, found.unnamed, found.remainder.low, found.remainder.high
    ('open', 4, Decimal('1200000000'), None)
    """
    rows = sorted(contracts, key=lambda each: each.id)
    partners = frozenset(filter(None, (_partner(each, centre) for each in rows)))
    everyone = partners | group.named
    unnamed = None if group.partners is None else group.partners - len(everyone)
    missing = tuple(each.id for each in rows if each.amount.high is None)
    known = add(each.amount for each in rows)
    complete = unnamed == 0 and partners == everyone and not missing
    fits = known.meets(group.total) if complete else _leaves_room(known, group.total)
    too_many = unnamed is not None and unnamed < 0
    state: State = "reconciled" if complete else "open"
    return Reconciliation(
        group=group.id,
        state=state if fits and not too_many else "contradicted",
        known=known,
        remainder=NOTHING if complete and fits else group.total.less(known),
        partners_with_contract=partners,
        partners_without=group.named - partners,
        unnamed=None if unnamed is None else max(0, unnamed),
        amounts_missing=missing,
        evidence=(*group.evidence, *(source for each in rows for source in each.evidence)),
    )


def _partner(contract: Contract, centre: str) -> str | None:
    return contract.buyer if contract.supplier == centre else contract.supplier


def _leaves_room(known: Range, total: Range) -> bool:
    """Tell whether what is known does not go beyond the total: more may come, less may not."""
    return total.high is None or known.low is None or known.low <= total.high
