"""A total announced for several is never divided; what becomes known is taken from it."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.data.divisions import divisions
from fenglian.engine.contracts.groups import Group, Member, find_members, reconcile
from fenglian.engine.contracts.ranges import UNKNOWN, Range, add, range_of
from fenglian.engine.contracts.records import Contract
from fenglian.engine.quantities import read_money
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.resolution import Directory

CENTRE = "taizhong"
SIX = Group(
    "2023-04-07", range_of(read_money("逾21亿元")), 6, frozenset({"huadian", "jiuding"}), ("s1",)
)


def contract(partner: str | None, words: str | None, number: int = 0) -> Contract:
    amount = UNKNOWN if words is None else range_of(read_money(words))
    return Contract(f"c{number}-{partner}", "contract", partner, CENTRE, amount, evidence=("e",))


def test_the_group_of_six_stays_open_and_keeps_its_lower_bound() -> None:
    found = reconcile(SIX, [], centre=CENTRE)
    assert (found.state, found.unnamed) == ("open", 4)
    assert found.partners_without == {"huadian", "jiuding"}
    assert (found.remainder.low, found.remainder.high) == (Decimal("21e8"), None)
    assert found.evidence == ("s1",)


def test_three_contracts_leave_an_interval() -> None:
    rows = [
        contract("huadian", "9亿元"),
        contract("jiuding", "约4亿元"),
        contract("third", "2亿元"),
    ]
    found = reconcile(SIX, rows, centre=CENTRE)
    assert (found.state, found.unnamed) == ("open", 3)
    assert (found.known.low, found.known.high) == (Decimal("14.5e8"), Decimal("15.5e8"))
    assert (found.remainder.low, found.remainder.high) == (Decimal("5.5e8"), None)
    assert found.remainder.strict
    assert found.partners_without == frozenset()


def test_six_known_contracts_reconcile_or_contradict() -> None:
    partners = ("huadian", "jiuding", "c", "d", "e", "f")
    fits = [contract(name, "4亿元") for name in partners]
    found = reconcile(SIX, fits, centre=CENTRE)
    assert (found.state, found.remainder.high) == ("reconciled", Decimal(0))
    short = [contract(name, "3亿元") for name in partners]
    assert reconcile(SIX, short, centre=CENTRE).state == "contradicted"
    exactly = [contract(name, "3.5亿元") for name in partners]  # 21, and it was more than that
    assert reconcile(SIX, exactly, centre=CENTRE).state == "contradicted"


def test_a_contract_without_an_amount_keeps_the_group_open() -> None:
    partners = ("huadian", "jiuding", "c", "d", "e")
    rows = [*(contract(name, "5亿元") for name in partners), contract("f", None)]
    found = reconcile(SIX, rows, centre=CENTRE)
    assert (found.state, found.unnamed) == ("open", 0)
    assert found.amounts_missing == ("c0-f",)
    assert found.known.high is None


def test_a_seventh_partner_contradicts_the_count() -> None:
    rows = [contract(name, "1亿元") for name in ("a", "b", "c", "d", "e")]
    assert reconcile(SIX, rows, centre=CENTRE).state == "contradicted"


def test_more_than_an_upper_bound_contradicts() -> None:
    group = Group("g", range_of(read_money("不超过5亿元")), None, frozenset())
    found = reconcile(group, [contract("a", "6亿元")], centre=CENTRE)
    assert (found.state, found.unnamed) == ("contradicted", None)


amounts = st.one_of(st.none(), st.integers(0, 10**10).map(lambda yuan: f"{yuan}元"))


@given(st.lists(amounts, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_contracts_changes_nothing_and_nothing_is_invented(
    words: list[str | None], random: Random
) -> None:
    rows = [contract(f"p{n}", each, n) for n, each in enumerate(words)]
    shuffled = random.sample(rows, len(rows))
    found = reconcile(SIX, rows, centre=CENTRE)
    assert found == reconcile(SIX, shuffled, centre=CENTRE)
    assert found.known == add(each.amount for each in rows)
    if any(each is None for each in words):
        assert found.known.high is None
        assert found.state != "reconciled"
    if found.state == "open" and SIX.total.low is not None and found.known.high is not None:
        assert found.remainder.low == max(Decimal(0), SIX.total.low - found.known.high)
        assert found.remainder.high is None


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Range(Decimal(1), Decimal(2)), Range(Decimal(2), None), True),
        (Range(Decimal(2), None, strict=True), Range(Decimal(1), Decimal(2)), False),
        (UNKNOWN, Range(Decimal(5), Decimal(5)), True),
        (Range(None, Decimal(1)), Range(Decimal(2), None), False),
    ],
)
def test_ranges_meet_where_one_amount_can_be_both(one: Range, other: Range, meet: bool) -> None:
    assert one.meets(other) is other.meets(one) is meet


def _directory(*names: str) -> Directory:
    return Directory(divisions(), frozenset(map(normal_form, names)))


def test_a_short_name_resolves_to_the_member_that_it_clearly_means() -> None:
    full = "江苏九鼎集团有限公司"
    found = find_members(
        {"江苏九鼎": "江苏九鼎"}, [Member("jd", full)], _directory(full, "山西中工重型锻压有限公司")
    )
    assert found.same == {"江苏九鼎": "jd"}
    assert found.proposals == ()


def test_a_name_near_two_members_is_a_proposal_and_never_a_link() -> None:
    two = ("江苏九鼎集团有限公司", "江苏九鼎新材料股份有限公司")
    members = [Member("group", two[0]), Member("new", two[1])]
    found = find_members({"江苏九鼎": "江苏九鼎"}, members, _directory(*two))
    assert found.same == {}
    assert {each.member for each in found.proposals} == {"group", "new"}


def test_a_member_s_own_former_name_is_the_member_and_of_two_none_is_linked() -> None:
    one, two = Member("a", "演示整机01厂", ("演示整机公司",)), Member("b", "演示整机02厂")
    directory = _directory(one.name, two.name)
    assert find_members({"k": "演示整机公司"}, [one, two], directory).same == {"k": "a"}
    both = [one, Member("b", "演示整机02厂", ("演示整机公司",))]
    found = find_members({"k": "演示整机公司"}, both, directory)
    assert found.same == {}
    assert [each.member for each in found.proposals] == ["a", "b"]


def test_a_brand_alone_or_another_province_links_nothing() -> None:
    full = "江苏九鼎集团有限公司"
    for name in ("九鼎集团", "山西九鼎"):
        found = find_members({"k": name}, [Member("jd", full)], _directory(full))
        assert found.same == {}


def test_who_is_named_by_its_own_key_stays() -> None:
    assert (
        find_members({"jd": "别的"}, [Member("jd", "江苏九鼎")], _directory("江苏九鼎")).same == {}
    )
