"""Quorum and majority by hand and by property: no order of ballots changes a result."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.alliance.elections import Slip, elect
from fenglian.engine.alliance.voting import (
    ASSEMBLY,
    COUNCIL,
    HALF,
    Ballot,
    Choice,
    Rule,
    count_votes,
)
from fenglian.engine.errors import BadShare

UNITS = [f"u{number:02d}" for number in range(66)]


def ballots(agree: int, refuse: int = 0, abstain: int = 0) -> list[Ballot]:
    words: list[Choice] = []
    words += ["for"] * agree
    words += ["against"] * refuse
    words += ["abstain"] * abstain
    return [Ballot(unit, word) for unit, word in zip(UNITS, words, strict=False)]


@pytest.mark.parametrize(
    ("agree", "present", "quorate", "carried"),
    [
        (43, 43, False, False),  # 44 of 66 make a quorum
        (29, 44, True, False),  # two thirds of 44 are 29 1/3
        (30, 44, True, True),
        (44, 66, True, True),
        (43, 66, True, False),
    ],
)
def test_a_council_of_66(agree: int, present: int, quorate: bool, carried: bool) -> None:
    found = count_votes(ballots(agree), entitled=UNITS, present=UNITS[:present], rule=COUNCIL)
    assert (found.quorate, found.carried) == (quorate, carried)
    assert found.silent == present - agree


def test_half_of_those_present_carry_an_assembly_and_more_than_half_is_another_rule() -> None:
    half = ballots(33, 33)
    assert count_votes(half, entitled=UNITS, present=[], rule=ASSEMBLY).carried
    strict = Rule(HALF, HALF, "cast", more_than=True)
    assert not count_votes(half, entitled=UNITS, present=[], rule=strict).carried
    assert count_votes(ballots(34, 32), entitled=UNITS, present=[], rule=strict).carried


def test_abstaining_counts_among_those_present_and_not_among_votes_cast() -> None:
    words = ballots(20, 10, 20)
    of_present = count_votes(words, entitled=UNITS, present=[], rule=COUNCIL)
    assert (of_present.needed, of_present.carried) == (34, False)
    of_cast = count_votes(
        words, entitled=UNITS, present=[], rule=Rule(HALF, HALF, "cast", more_than=True)
    )
    assert (of_cast.needed, of_cast.carried) == (16, True)


def test_two_ballots_that_differ_are_none_and_strangers_do_not_count() -> None:
    words = [*ballots(50), Ballot("u00", "against"), Ballot("u01", "for"), Ballot("guest", "for")]
    found = count_votes(words, entitled=UNITS, present=UNITS, rule=COUNCIL)
    assert found.contradictory == ("u00",)
    assert found.not_entitled == ("guest",)
    assert found.votes == {"for": 49, "against": 0, "abstain": 0}


def test_nobody_carries_nothing() -> None:
    nobody = count_votes([], entitled=[], present=[], rule=COUNCIL)
    assert not nobody.quorate
    silent = count_votes(
        [], entitled=UNITS, present=UNITS, rule=Rule(HALF, HALF, "cast", more_than=False)
    )
    assert (silent.quorate, silent.carried) == (True, False)


def test_a_share_beyond_the_whole_is_refused() -> None:
    with pytest.raises(BadShare, match="3/2"):
        Rule(Fraction(3, 2), HALF, "present", more_than=False)


words = st.lists(
    st.builds(
        Ballot,
        st.sampled_from([*UNITS[:8], "guest"]),
        st.sampled_from(("for", "against", "abstain")),
    )
)


@given(words, st.randoms(use_true_random=False))
def test_no_order_of_ballots_and_no_repetition_changes_a_result(
    cast: list[Ballot], random: Random
) -> None:
    rule = random.choice((COUNCIL, ASSEMBLY))
    found = count_votes(cast, entitled=UNITS[:8], present=[], rule=rule)
    again = count_votes(
        random.sample(cast * 2, len(cast) * 2), entitled=UNITS[:8], present=[], rule=rule
    )
    assert found == again
    assert sum(found.votes.values()) + found.silent == found.present
    assert found.carried <= found.quorate


@given(words)
def test_one_more_vote_for_never_hurts(cast: list[Ballot]) -> None:
    said = {ballot.voter for ballot in cast}
    before = count_votes(cast, entitled=UNITS[:9], present=UNITS[:9], rule=COUNCIL)
    fresh = next(unit for unit in UNITS[:9] if unit not in said)
    after = count_votes(
        [*cast, Ballot(fresh, "for")], entitled=UNITS[:9], present=UNITS[:9], rule=COUNCIL
    )
    assert before.carried <= after.carried


def slips(*names: str) -> list[Slip]:
    return [Slip(UNITS[n], frozenset(filter(None, each.split()))) for n, each in enumerate(names)]


def hold(cast: list[Slip], seats: int, voters: int = 5) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = elect(
        cast, candidates="abcd", seats=seats, entitled=UNITS[:voters], present=[], rule=ASSEMBLY
    )
    return found.elected, found.tied


def test_seats_go_to_those_with_most_votes_who_reach_the_majority() -> None:
    cast = slips("a b", "a b", "a c", "a c", "b d")
    assert hold(cast, 2) == (("a", "b"), ())
    assert hold(slips("a", "a", "b", "c", "d"), 1) == ((), ())  # two of five are no half


def test_a_tie_for_the_last_seat_is_left_to_a_run_off() -> None:
    cast = slips("a b", "a b", "a c", "a c", "b c")
    assert hold(cast, 2) == (("a",), ("b", "c"))


def test_too_many_names_strange_names_and_two_slips_are_spoilt() -> None:
    cast = [
        *slips("a b c", "z", "a", "a"),
        Slip("u03", frozenset("b")),
        Slip("guest", frozenset("a")),
    ]
    found = elect(
        cast, candidates="abcd", seats=2, entitled=UNITS[:5], present=UNITS[:5], rule=ASSEMBLY
    )
    assert found.spoilt == ("u00", "u01", "u03")
    assert found.not_entitled == ("guest",)
    assert found.votes["a"] == 1


def test_without_a_quorum_nobody_is_elected() -> None:
    assert hold(slips("a", "a"), 1) == ((), ())


@given(
    st.lists(st.sets(st.sampled_from("abcd"), max_size=3), max_size=6),
    st.integers(1, 3),
    st.randoms(use_true_random=False),
)
def test_no_order_of_slips_changes_who_is_elected(
    names: list[set[str]], seats: int, random: Random
) -> None:
    cast = [Slip(UNITS[n], frozenset(each)) for n, each in enumerate(names)]
    found = hold(cast, seats, 6)
    assert found == hold(random.sample(cast, len(cast)), seats, 6)
    assert len(found[0]) <= seats
    assert not set(found[0]) & set(found[1])
