"""Several contracts were announced with one total: which part of it is known, and does it fit?

"与华电山西能源、江苏九鼎等6家单位签约，总额逾21亿元": six partners, two named, more than 2.1 bn. The
total is never divided by six. As contracts become known, the rest stays an interval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from fenglian.engine.contracts.ranges import NOTHING, Range, add
from fenglian.engine.contracts.records import Contract
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.resolution import Directory, Mention, Reason, resolve_name

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


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who may be meant by a name in an announcement."""

    key: str
    name: str  # full
    others: tuple[str, ...] = ()  # short and former names, as its own profile has them


@dataclass(frozen=True, slots=True)
class MayBe:
    """A name in an announcement that may be a member's: for a person to decide."""

    named: str  # key of whom the announcement names
    member: str  # key
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """Which members an announcement means by the names that it uses."""

    same: Mapping[str, str]  # key of whom it names → key of the member
    proposals: tuple[MayBe, ...]


def find_members(
    named: Mapping[str, str], members: Iterable[Member], directory: Directory
) -> Meant:
    """Return which members are meant by the names of an announcement.

    Parameters
    ----------
    named
        Key of whom the announcement names → the name as written.
    members
        Who may be meant; one whose key is named already is meant, and no other.
    directory
        All full names that are known, so that a near rival keeps a short name from being linked.

    Returns
    -------
    Meant
        ``same`` where the name is a member's own, whole, or the resolution of names finds it beyond
        its margin; what is nearer to a rival than that, or fits two, is a proposal and no link.
    """
    known = list(members)
    keys = {each.key for each in known}
    by_name = {normal_form(each.name): each.key for each in known}
    same: dict[str, str] = {}
    proposals: list[MayBe] = []
    for key, name in named.items():
        if key in keys:
            continue
        form = normal_form(name)
        own = [each for each in known if form in map(normal_form, (each.name, *each.others))]
        if len(own) == 1:
            same[key] = own[0].key
            continue
        if own:
            proposals += [MayBe(key, each.key, ()) for each in own]
            continue
        match = resolve_name(Mention(name, document=key), directory)
        if match.target in by_name:
            same[key] = by_name[match.target]
        elif match.target is None:
            proposals += [
                MayBe(key, by_name[each.target], each.reasons)
                for each in match.rivals
                if each.target in by_name and not any(one.weight < 0 for one in each.reasons)
            ]
    return Meant(same, tuple(proposals))


def _partner(contract: Contract, centre: str) -> str | None:
    return contract.buyer if contract.supplier == centre else contract.supplier


def _leaves_room(known: Range, total: Range) -> bool:
    """Tell whether what is known does not go beyond the total: more may come, less may not."""
    return total.high is None or known.low is None or known.low <= total.high
