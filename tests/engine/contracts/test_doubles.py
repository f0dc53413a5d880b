"""One contract that several wrote down counts once; two contracts never become one by guessing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.contracts.doubles import build_ledger, compare
from fenglian.engine.contracts.ranges import UNKNOWN, Range
from fenglian.engine.contracts.records import Contract, Side

TEN = Range(Decimal(10), Decimal(10))
BY_SUPPLIER = Contract(
    "s1", "contract", "flange-works", "taizhong", TEN, "flange", date(2023, 4, 7), "TZ-23/001",
    frozenset({"supplier"}), ("row-s",),
)  # fmt: skip
BY_BUYER = replace(
    BY_SUPPLIER,
    id="b1",
    number="\uff34\uff3a-23/001 ",
    amount=Range(Decimal(9), Decimal(11)),
    confirmed=frozenset({"buyer"}),
    evidence=("row-b",),
)


def test_what_both_sides_wrote_down_is_one_contract_confirmed_by_both() -> None:
    ledger = build_ledger([BY_SUPPLIER, BY_BUYER])
    [contract] = ledger.contracts
    assert contract.confirmation == "both"
    assert contract.amount == TEN
    assert ledger.records == {"b1": ("b1", "s1")}
    assert set(contract.evidence) == {"row-s", "row-b"}


def test_without_numbers_everything_must_agree() -> None:
    one, other = (replace(each, number=None) for each in (BY_SUPPLIER, BY_BUYER))
    assert len(build_ledger([one, other]).contracts) == 1
    undated = replace(other, signed_on=None)
    ledger = build_ledger([one, undated])
    assert len(ledger.contracts) == 2
    assert [(each.first, each.second) for each in ledger.possible] == [("b1", "s1")]
    assert ledger.possible[0].speaks_for == ("product", "amount")


def test_one_side_that_records_two_like_contracts_has_two() -> None:
    again = replace(BY_SUPPLIER, id="s2", number=None)
    ledger = build_ledger([replace(BY_SUPPLIER, number=None), again])
    assert len(ledger.contracts) == 2
    assert len(ledger.possible) == 1


def test_two_numbers_products_days_or_amounts_are_two_contracts() -> None:
    plain = replace(BY_BUYER, number=None)
    for changed in (
        replace(BY_BUYER, number="TZ-23/002"),
        replace(plain, product="tower"),
        replace(plain, signed_on=date(2023, 9, 1)),
        replace(plain, amount=Range(Decimal(99), Decimal(99))),
        replace(plain, kind="intent"),
        replace(plain, supplier="someone-else"),
    ):
        ledger = build_ledger([BY_SUPPLIER, changed])
        assert len(ledger.contracts) == 2
        assert ledger.possible == ()


def test_an_unnamed_party_is_for_a_person_to_decide() -> None:
    paper = Contract(
        "n1", "contract", None, "taizhong", UNKNOWN, "flange", date(2023, 4, 10), evidence=("news",)
    )
    ledger = build_ledger([BY_SUPPLIER, paper])
    assert len(ledger.contracts) == 2
    assert [each.speaks_for for each in ledger.possible] == [("product", "day")]
    told = build_ledger([BY_SUPPLIER, paper], apart=[("s1", "n1")])
    assert told.possible == ()


def test_one_number_with_amounts_that_cannot_both_be_is_a_conflict_and_stays_two() -> None:
    ledger = build_ledger([BY_SUPPLIER, replace(BY_BUYER, amount=Range(Decimal(30), Decimal(30)))])
    assert len(ledger.contracts) == 2
    assert [(each.first, each.second) for each in ledger.conflicts] == [("b1", "s1")]


def test_what_a_person_told_apart_is_not_joined_through_a_third() -> None:
    third = replace(BY_SUPPLIER, id="n1", confirmed=frozenset(), evidence=("news",))
    ledger = build_ledger([BY_SUPPLIER, BY_BUYER, third], apart=[("s1", "b1")])
    assert all(not {"s1", "b1"} <= set(ids) for ids in ledger.records.values())
    assert len(ledger.contracts) == 2


@st.composite
def records(draw: st.DrawFn) -> list[Contract]:
    sides: st.SearchStrategy[set[Side]] = st.sets(
        st.sampled_from(("supplier", "buyer")), max_size=1
    )
    rows = []
    for number in range(draw(st.integers(0, 7))):
        low = draw(st.integers(0, 3))
        said: set[Side] = draw(sides)
        rows.append(
            Contract(
                f"r{number}",
                draw(st.sampled_from(("intent", "contract"))),
                draw(st.sampled_from(("a", "b", None))),
                draw(st.sampled_from(("x", "y", None))),
                Range(Decimal(low), Decimal(low + draw(st.integers(0, 2)))),
                draw(st.sampled_from(("p", "q", None))),
                draw(st.sampled_from((date(2023, 4, 7), date(2024, 1, 1), None))),
                draw(st.sampled_from(("1", "2", None))),
                frozenset(said),
                (f"e{number}",),
            )
        )
    return rows


@given(records(), st.randoms(use_true_random=False))
def test_every_record_is_in_one_contract_whatever_their_order(
    rows: list[Contract], random: Random
) -> None:
    ledger = build_ledger(rows)
    assert ledger == build_ledger(random.sample(rows, len(rows)))
    found = [each for ids in ledger.records.values() for each in ids]
    assert sorted(found) == sorted(each.id for each in rows)
    by_id = {each.id: each for each in rows}
    for contract in ledger.contracts:
        for each in ledger.records[contract.id]:
            assert by_id[each].supplier in (contract.supplier, None)
            assert by_id[each].buyer in (contract.buyer, None)
            assert by_id[each].amount.meets(contract.amount)
            assert by_id[each].confirmed <= contract.confirmed
    for pair in (*ledger.possible, *ledger.conflicts):
        assert compare(by_id[pair.first], by_id[pair.second]) == (pair.likeness, pair.speaks_for)
        assert compare(by_id[pair.second], by_id[pair.first]) == (pair.likeness, pair.speaks_for)


def test_what_a_person_called_one_is_one_although_little_speaks_for_it() -> None:
    bare = replace(BY_BUYER, number=None, product=None, signed_on=None, amount=UNKNOWN)
    ledger = build_ledger([BY_SUPPLIER, bare], together=[("s1", "b1")])
    assert ledger.records == {"b1": ("b1", "s1")}
    assert ledger.contracts[0].confirmation == "both"
    assert ledger.contracts[0].amount == TEN
    assert ledger.possible == ()


def test_what_a_person_called_one_stays_two_where_the_amounts_cannot_both_be() -> None:
    dear = replace(BY_BUYER, number=None, amount=Range(Decimal(20), Decimal(20)))
    ledger = build_ledger([BY_SUPPLIER, dear], together=[("b1", "s1"), ("s1", "gone")])
    assert len(ledger.contracts) == 2
    assert [(each.first, each.second, each.speaks_for) for each in ledger.conflicts] == [
        ("b1", "s1", ("person",))
    ]
