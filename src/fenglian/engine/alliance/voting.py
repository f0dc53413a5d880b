"""Was a resolution carried? Quorum and majority by the charter, ballots in any order.

A voter counts once. Two ballots of one voter that say the same are one; two that differ are no
ballot, and are named. Who has no vote, and votes, is named too and not counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fenglian.engine.errors import BadShare
from fenglian.engine.labels import Label

Choice = Literal["for", "against", "abstain"]
CHOICES: dict[Choice, Label] = {
    "for": Label("同意", "for"),
    "against": Label("反对", "against"),
    "abstain": Label("弃权", "abstain"),
}
Base = Literal["entitled", "present", "cast"]
BASES: dict[Base, Label] = {
    "entitled": Label("全体有表决权者", "all who may vote"),
    "present": Label("到会者", "those present"),
    "cast": Label("同意票与反对票", "votes for and against"),
}
HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a charter asks of a vote.

    The two rules of the model charter for associations are ``COUNCIL``: two thirds must be
    present, and two thirds of those present agree; and ``ASSEMBLY``: the same quorum, half of
    those present.
    """

    quorum: Fraction  # of all who may vote
    majority: Fraction
    of: Base  # whose share the majority is
    more_than: bool  # the share itself is not enough: 过半数

    def __post_init__(self) -> None:
        for name in ("quorum", "majority"):
            if not 0 <= getattr(self, name) <= 1:
                raise BadShare(name=name, value=getattr(self, name))


# "以上" takes in the number itself (民法典 第 1259 条): half of those present carry an assembly.
# 社会团体章程示范文本 (民政部): 理事会须有 2/3 以上理事出席方能召开，其决议须经到会理事 2/3 以上表决通过方能生效；
# 会员（代表）大会须有 2/3 以上的会员（代表）出席方能召开，其决议须经到会会员（代表）半数以上表决通过方能生效。
COUNCIL = Rule(TWO_THIRDS, TWO_THIRDS, "present", more_than=False)
ASSEMBLY = Rule(TWO_THIRDS, HALF, "present", more_than=False)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One voter's word; a proxy votes as the one it stands in for."""

    voter: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Count:
    """How a vote came out."""

    entitled: int
    present: int
    votes: dict[Choice, int]
    quorate: bool
    carried: bool  # only where it is quorate
    needed: int  # votes for that would have carried it
    contradictory: tuple[str, ...]  # voters with two ballots that differ: present, no vote
    not_entitled: tuple[str, ...]  # who voted without a vote

    @property
    def silent(self) -> int:
        """How many were present and cast no ballot that counts."""
        return self.present - sum(self.votes.values())


def count_votes(
    ballots: Iterable[Ballot], *, entitled: Collection[str], present: Collection[str], rule: Rule
) -> Count:
    """Count a vote.

    Parameters
    ----------
    ballots
        In any order.
    entitled
        Who has a vote, each once.
    present
        Who was there or sent a ballot or a proxy; others of them are not counted. Whoever casts a
        ballot was there.
    rule
        What the charter asks.

    Returns
    -------
    Count
        Abstaining counts as being present, and towards a majority of those present.

    Examples
    --------
    >>> units = ["a", "b", "c"]
    >>> found = count_votes(
    ...     [Ballot("a", "for"), Ballot("b", "for")], entitled=units, present=units, rule=COUNCIL
    ... )
    >>> found.carried, found.needed, found.silent
    (True, 2, 1)
    """
    may = set(entitled)
    said: dict[str, set[Choice]] = defaultdict(set)
    for ballot in ballots:
        said[ballot.voter].add(ballot.choice)
    contradictory = sorted(voter for voter, words in said.items() if len(words) > 1)
    there = {*present, *said} & may
    votes: dict[Choice, int] = dict.fromkeys(CHOICES, 0)
    for voter, words in said.items():
        if voter in may and len(words) == 1:
            votes[next(iter(words))] += 1
    base = {"entitled": len(may), "present": len(there), "cast": votes["for"] + votes["against"]}
    needed = least(rule.majority, base[rule.of], more_than=rule.more_than)
    quorate = bool(may) and len(there) >= least(rule.quorum, len(may), more_than=False)
    return Count(
        entitled=len(may),
        present=len(there),
        votes=votes,
        quorate=quorate,
        carried=quorate and votes["for"] >= max(needed, 1),
        needed=needed,
        contradictory=tuple(voter for voter in contradictory if voter in may),
        not_entitled=tuple(sorted(set(said) - may)),
    )


def least(part: Fraction, whole: int, *, more_than: bool) -> int:
    """Return the least number that is the share of a whole, or more than it; exact.

    Examples
    --------
    >>> least(TWO_THIRDS, 66, more_than=False), least(HALF, 66, more_than=True)
    (44, 34)
    """
    exact = part * whole
    if more_than:
        return int(exact) + 1
    return -int(-exact // 1)
