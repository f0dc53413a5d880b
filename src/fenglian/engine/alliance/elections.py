"""Who was elected? So many seats, each voter as many names; a tie is told, never broken here."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, cycle

from fenglian.engine.alliance.faults import SlipsOff
from fenglian.engine.alliance.voting import Rule, least


@dataclass(frozen=True, slots=True)
class Slip:
    """The names on one voter's slip."""

    voter: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Elected:
    """How an election came out."""

    elected: tuple[str, ...]  # by votes, then by name
    tied: tuple[str, ...]  # as many votes each as there are too few seats for: a run-off
    seats_open: int  # seats that nobody has won
    votes: dict[str, int]  # candidate → votes, all candidates
    quorate: bool
    needed: int  # votes without which nobody is elected
    spoilt: tuple[str, ...]  # voters with too many or strange names, or two slips that differ
    not_entitled: tuple[str, ...]


def elect(
    slips: Iterable[Slip],
    *,
    candidates: Collection[str],
    seats: int,
    entitled: Collection[str],
    present: Collection[str],
    rule: Rule,
) -> Elected:
    """Count an election with as many winners as seats.

    Parameters
    ----------
    slips
        In any order; the same slip twice is one, two that differ are spoilt.
    seats
        How many are to be elected; a slip may bear as many names, or fewer.
    rule
        Its majority is what a candidate must reach, as for a resolution.

    Returns
    -------
    Elected
        Where candidates with equal votes compete for the last seats, none of them is elected.

    Examples
    --------
    >>> from fenglian.engine.alliance.voting import ASSEMBLY
    >>> found = elect(
    ...     [Slip("u", frozenset({"a"})), Slip("v", frozenset({"b"})), Slip("w", frozenset({"a"}))],
    ...     candidates=["a", "b"], seats=1, entitled=["u", "v", "w"], present=["u", "v", "w"],
    ...     rule=ASSEMBLY,
    ... )
    >>> found.elected, found.needed
    (('a',), 2)
    """
    may = set(entitled)
    said: dict[str, set[frozenset[str]]] = defaultdict(set)
    for slip in slips:
        said[slip.voter].add(slip.names)
    good = {
        voter: next(iter(names))
        for voter, names in said.items()
        if voter in may and len(names) == 1 and _holds(next(iter(names)), candidates, seats)
    }
    found = Counter(name for names in good.values() for name in names)
    votes = {name: found[name] for name in sorted(candidates)}
    there = {*present, *said} & may
    base = {"entitled": len(may), "present": len(there), "cast": len(good)}[rule.of]
    needed = least(rule.majority, base, more_than=rule.more_than)
    quorate = bool(may) and len(there) >= least(rule.quorum, len(may), more_than=False)
    elected, tied = _winners(votes, seats, max(needed, 1)) if quorate else ((), ())
    return Elected(
        elected=elected,
        tied=tied,
        seats_open=seats - len(elected),
        votes=votes,
        quorate=quorate,
        needed=needed,
        spoilt=tuple(sorted(set(said) & may - set(good))),
        not_entitled=tuple(sorted(set(said) - may)),
    )


def _holds(names: frozenset[str], candidates: Collection[str], seats: int) -> bool:
    return len(names) <= seats and names <= set(candidates)


def _winners(
    votes: dict[str, int], seats: int, needed: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ranked = sorted(
        (name for name, number in votes.items() if number >= needed),
        key=lambda name: (-votes[name], name),
    )
    if len(ranked) <= seats:
        return tuple(ranked), ()
    last = votes[ranked[seats]]  # of the first who has no seat
    sure = tuple(name for name in ranked[:seats] if votes[name] > last)
    return sure, tuple(name for name in ranked if votes[name] == last)


def slips_of_counts(votes: Mapping[str, int], *, slips: int, seats: int) -> list[Slip]:
    """Return slips that bear the votes counted in the room; nobody's name stands on them.

    Parameters
    ----------
    votes
        Candidate → votes.
    slips
        Good slips in the box; who is on which of them changes no result.
    seats
        Names that a slip may bear.

    Raises
    ------
    SlipsOff
        Where no such slips exist: a candidate with more votes than slips, or too many votes in all.

    Examples
    --------
    >>> sorted(len(each.names) for each in slips_of_counts({"a": 2, "b": 1}, slips=3, seats=2))
    [1, 1, 1]
    """
    total = sum(votes.values())
    for name, count in votes.items():
        if not 0 <= count <= slips or total > slips * seats:
            raise SlipsOff(name=name, votes=count, slips=slips, seats=seats)
    borne: list[set[str]] = [set() for _ in range(slips)]
    # One after the other round the slips: no candidate comes twice to a slip, and none gets too many.
    names = chain.from_iterable([name] * votes[name] for name in sorted(votes))
    for slip, name in zip(cycle(borne), names, strict=False):
        slip.add(name)
    return [Slip(str(number), frozenset(each)) for number, each in enumerate(borne)]
