"""Two members recorded the same contract: which records are one, so that none counts twice?

The supplier writes it down, the buyer does, and the newspaper did before. Records are taken
together only where nothing that is known speaks against it and enough speaks for it; what is
merely possible is left for a person. The order of the records changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from fenglian.engine.contracts.ranges import Range
from fenglian.engine.contracts.records import KINDS, Contract, Kind
from fenglian.engine.quantities import fold_width

DAYS_APART = 31  # signing days of one contract, as two sides write them down
Likeness = Literal["same", "possible"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one."""

    first: str  # ids, in order
    second: str
    likeness: Likeness
    speaks_for: tuple[str, ...]  # number, product, day, amount: what both say alike; or person


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every contract once."""

    contracts: tuple[Contract, ...]  # by id; the first id of the records that became one
    records: dict[str, tuple[str, ...]]  # id of a contract → ids of its records
    possible: tuple[Pair, ...]  # for a person to decide
    conflicts: tuple[Pair, ...]  # one number and the same parties, but amounts that cannot both be


def build_ledger(
    records: Sequence[Contract],
    *,
    apart: Iterable[tuple[str, str]] = (),
    together: Iterable[tuple[str, str]] = (),
) -> Ledger:
    """Bring the records of all sides together, each contract once.

    Parameters
    ----------
    records
        In any order; ids are unique.
    apart
        Pairs of ids of which a person said that they are not the same.
    together
        Pairs of ids of which a person said that they are: one side confirmed what the other wrote.

    Returns
    -------
    Ledger
        A contract that several recorded is confirmed by each of them; its amount is what all
        records allow, its kind the firmest of theirs. Records of different kinds are one only by
        their number: a letter of intent and the contract that follows are two.
    """
    told_apart = {frozenset(pair) for pair in apart}
    by_id = {each.id: each for each in records}
    said = {(min(pair), max(pair)) for pair in together if set(pair) <= set(by_id)}
    pairs = [
        *(Pair(first, second, "same", ("person",)) for first, second in sorted(said)),
        *(
            pair
            for pair in _pairs(sorted(records, key=lambda each: each.id))
            if frozenset((pair.first, pair.second)) not in told_apart
            and (pair.first, pair.second) not in said
        ),
    ]
    same = [pair for pair in pairs if pair.likeness == "same"]
    conflicts = tuple(
        pair for pair in same if not by_id[pair.first].amount.meets(by_id[pair.second].amount)
    )
    groups = _join(by_id, [pair for pair in same if pair not in conflicts], told_apart, said)
    contracts = {ids[0]: _merge([by_id[each] for each in ids]) for ids in groups}
    return Ledger(
        tuple(contracts[each] for each in sorted(contracts)),
        {ids[0]: ids for ids in groups},
        tuple(pair for pair in pairs if pair.likeness == "possible"),
        conflicts,
    )


def compare(one: Contract, other: Contract) -> tuple[Likeness, tuple[str, ...]] | None:
    """Return how alike two records are, and what speaks for it; None: they are two contracts.

    One number between the same parties is one contract. Without numbers the parties must be the
    same and nothing may differ: ``same`` where product, day and amount all agree, ``possible``
    where at least one of them does and the rest is not known, or a party is not named.
    """
    shared = {one.supplier, one.buyer} & {other.supplier, other.buyer} - {None}
    if not (_agree(one.supplier, other.supplier) and _agree(one.buyer, other.buyer) and shared):
        return None
    named = (one.supplier, one.buyer) == (other.supplier, other.buyer) and None not in (
        one.supplier,
        one.buyer,
    )
    numbers = {plain_number(each.number) for each in (one, other) if each.number}
    if len(numbers) == 2:  # two numbers, two contracts
        return None
    if one.number and other.number and named:
        return "same", ("number",)
    return _compare_content(one, other, named=named)


def _compare_content(
    one: Contract, other: Contract, *, named: bool
) -> tuple[Likeness, tuple[str, ...]] | None:
    if one.kind != other.kind or not _agree(one.product, other.product):
        return None
    if not _near(one.signed_on, other.signed_on) or not one.amount.meets(other.amount):
        return None
    speaks = tuple(
        name
        for name, said in (
            ("product", one.product and other.product),
            ("day", one.signed_on and other.signed_on),
            ("amount", _both_bounded(one.amount, other.amount)),
        )
        if said
    )
    whole = named and len(speaks) == 3  # all of the above
    two_voices = not one.confirmed & other.confirmed  # one side keeps its own books without doubles
    if whole and two_voices:
        return "same", speaks
    return ("possible", speaks) if speaks else None


def _pairs(records: Sequence[Contract]) -> Iterator[Pair]:
    """Yield the pairs that may be one: of the same two parties, or of one and nobody."""
    of_two: dict[tuple[str | None, str | None], list[Contract]] = defaultdict(list)
    of_party: dict[str, list[Contract]] = defaultdict(list)
    for record in records:
        of_two[record.supplier, record.buyer].append(record)
        for party in {record.supplier, record.buyer} - {None}:
            of_party[str(party)].append(record)
    for block in of_two.values():
        yield from _compared(combinations(block, 2))
    for record in records:
        named = {record.supplier, record.buyer} - {None}
        if len(named) == 1:
            others = of_party[str(next(iter(named)))]
            yield from _compared((record, other) for other in others if _follows(record, other))


def _follows(partly: Contract, other: Contract) -> bool:
    """Tell whether the two were not compared yet: the other names more, or comes later."""
    if (partly.supplier, partly.buyer) == (other.supplier, other.buyer):
        return False
    return None not in (other.supplier, other.buyer) or partly.id < other.id


def _compared(couples: Iterable[tuple[Contract, Contract]]) -> Iterator[Pair]:
    for one, other in couples:
        if found := compare(one, other):
            first, second = sorted((one.id, other.id))
            yield Pair(first, second, *found)


def _join(
    by_id: dict[str, Contract],
    pairs: Sequence[Pair],
    told_apart: set[frozenset[str]],
    said: set[tuple[str, str]],
) -> list[tuple[str, ...]]:
    """Return the records by contract: pairs that hang together, unless someone said otherwise."""
    group_of: dict[str, tuple[str, ...]] = {each: (each,) for each in by_id}
    for pair in sorted(pairs, key=lambda each: (each.first, each.second)):
        one, other = group_of[pair.first], group_of[pair.second]
        members = [by_id[each] for each in (*one, *other)]
        if one == other or not _may_join(members, told_apart, said):
            continue
        joined = tuple(sorted({*one, *other}))
        for each in joined:
            group_of[each] = joined
    return sorted(set(group_of.values()))


def _may_join(
    records: Sequence[Contract], told_apart: set[frozenset[str]], said: set[tuple[str, str]]
) -> bool:
    """Tell whether records can all be one: pair by pair nothing speaks against it."""
    return all(
        (compare(one, other) is not None or (min(one.id, other.id), max(one.id, other.id)) in said)
        and one.amount.meets(other.amount)
        and frozenset((one.id, other.id)) not in told_apart
        for one, other in combinations(records, 2)
    )


def _merge(records: Sequence[Contract]) -> Contract:
    first = records[0]
    if len(records) == 1:
        return first
    amount = first.amount
    for each in records[1:]:
        amount = amount.within(each.amount)
    days = [each.signed_on for each in records if each.signed_on]
    return Contract(
        id=first.id,
        kind=max((each.kind for each in records), key=_firmness),
        supplier=next((each.supplier for each in records if each.supplier), None),
        buyer=next((each.buyer for each in records if each.buyer), None),
        amount=amount,
        product=next((each.product for each in records if each.product), None),
        signed_on=min(days, default=None),
        number=next((each.number for each in records if each.number), None),
        confirmed=frozenset(side for each in records for side in each.confirmed),
        evidence=tuple(dict.fromkeys(source for each in records for source in each.evidence)),
    )


def _firmness(kind: Kind) -> int:
    return list(KINDS).index(kind)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= DAYS_APART


def _both_bounded(one: Range, other: Range) -> bool:
    return one.high is not None and other.high is not None


def plain_number(number: str | None) -> str:
    """Return a contract's number as two that write it differently may still agree on it.

    Examples
    --------
    >>> plain_number("tz-23 / 001")
    'TZ-23/001'
    """
    return "".join(fold_width(number or "").split()).upper()
