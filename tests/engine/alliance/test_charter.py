"""A charter's numbers are read or refused by name; the version in force is that of the day."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fenglian.engine.alliance.charter import (
    MODEL,
    Version,
    changed_numbers,
    compare,
    in_force,
    read_charter,
    spell_charter,
)
from fenglian.engine.alliance.elections import elect, slips_of_counts
from fenglian.engine.alliance.faults import SlipsOff, UnreadableCharter
from fenglian.engine.alliance.voting import ASSEMBLY, HALF, Rule


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("council_quorum", "两成"),
        ("council_majority", "0"),
        ("assembly_majority", "3/2"),
        ("assembly_quorum", "1/0"),
        ("council_of", "everybody"),
        ("term_years", "11"),
        ("term_years", "五"),
        ("notice_days", "0"),
        ("seated", ""),
        ("voting", "member boss"),
        ("fee_member", "-1"),
        ("fee_chair", "1.5"),
    ],
)
def test_a_number_that_cannot_be_read_is_named_with_what_was_written(
    field: str, words: str
) -> None:
    with pytest.raises(UnreadableCharter) as caught:
        read_charter({**spell_charter(MODEL), field: words})
    assert caught.value.facts["field"] == field
    assert field in caught.value.message("zh")
    assert field in caught.value.message("en")


def test_what_is_spelt_is_read_again_and_names_what_changed() -> None:
    other = replace(
        MODEL,
        assembly=Rule(Fraction(1, 2), HALF, "entitled", more_than=True),
        seated=frozenset(("chair", "vice_chair")),
        fees={"chair": 300_000, "member": 0},
    )
    assert read_charter(spell_charter(other)) == other
    assert {name for name, _old, _new in changed_numbers(MODEL, other)} == {
        "assembly_quorum", "assembly_of", "assembly_more_than", "seated", "fee_chair", "fee_member",
    }  # fmt: skip
    assert (other.rule("assembly").of, other.rule("council")) == ("entitled", MODEL.council)
    assert other.entitled("council") == other.seated
    assert other.entitled("assembly") == MODEL.voting


def test_before_the_first_version_none_is_in_force() -> None:
    versions = [Version("new", date(2026, 1, 1)), Version("old", date(2023, 4, 7))]
    assert in_force(versions, date(2023, 4, 6)) is None
    assert in_force(versions, date(2023, 4, 7)) == "old"
    assert in_force(versions, date(2026, 1, 1)) == "new"


@given(
    some.lists(some.sampled_from("一二三四五"), max_size=9),
    some.lists(some.sampled_from("一二三四五"), max_size=9),
)
def test_a_comparison_holds_both_texts_whole(old: list[str], new: list[str]) -> None:
    found = compare("\n".join(old), "\n".join(new))
    assert [words for change, words in found if change != "new"] == old
    assert [words for change, words in found if change != "gone"] == new


@given(
    some.dictionaries(some.sampled_from("abcde"), some.integers(0, 12), min_size=1),
    some.integers(0, 12),
    some.integers(1, 4),
)
def test_slips_bear_the_votes_that_were_counted_or_are_refused(
    votes: dict[str, int], slips: int, seats: int
) -> None:
    possible = max(votes.values()) <= slips and sum(votes.values()) <= slips * seats
    if not possible:
        with pytest.raises(SlipsOff):
            slips_of_counts(votes, slips=slips, seats=seats)
        return
    found = slips_of_counts(votes, slips=slips, seats=seats)
    assert len(found) == slips
    units = [each.voter for each in found]
    counted = elect(
        found, candidates=votes, seats=seats, entitled=units, present=units, rule=ASSEMBLY
    )
    assert counted.votes == votes
    assert counted.spoilt == ()
