"""ESRI against cases worked by hand and published, and what must never change it."""

import numpy as np
import pytest

from fenglian.engine.analysis.systemic_risk import (
    Options,
    SystemicRisk,
    systemic_risk,
    trace_failure,
)
from fenglian.engine.chain.link_faults import NoWeight, UnknownFirm, UnknownMode
from fenglian.engine.chain.supply_network import SupplyNetwork, make_network
from fenglian.engine.errors import Cancelled
from fenglian.engine.executor import SerialExecutor, ThreadExecutor, Watch
from fenglian.engine.kernels import cascade_bound
from fenglian.engine.kernels.cascade_bound import NO_BOUND, reach_against
from fenglian.engine.kernels.cascade_plan import plan_cascade

Rows = dict[str, tuple[float, float, float, int]]
PUBLISHED = Options("published")
ALL = {(giver, taker): 2 for giver in "stuvw" for taker in "stuvw"}
THIRD = 1 / 3


def rows_of(risk: SystemicRisk) -> Rows:
    return {
        row.firm: (row.esri, row.esri_down, row.esri_up, row.rounds)
        for row in risk.top(len(risk.firms))
    }


def network(
    links: str, sectors: str, essentiality: dict[tuple[str, str], int] | None = None
) -> SupplyNetwork:
    """Make a network of ``A>B 1`` links; sectors are one letter a firm, from A."""
    firms = [chr(ord("A") + place) for place in range(len(sectors))]
    parsed = [(each[0], each[2], float(each.split(" ")[1])) for each in links.split(", ")]
    return make_network(firms, list(sectors), parsed, essentiality)


CASES: dict[str, tuple[SupplyNetwork, dict[str, tuple[float, ...]]]] = {
    "V1 a chain": (
        network("A>B 1, B>C 1", "stu", ALL),
        {"A": (1, 1, 0.5, 3), "B": (1, 0.5, 1, 2), "C": (1, 0, 1, 3)},
    ),
    "V2 two of one sector": (
        network("A>C 1, B>C 1, C>D 2", "sstu", ALL),
        {"A": (0.5, 0.5, 0.25), "B": (0.5, 0.5, 0.25), "C": (1, 0.5, 1), "D": (1, 0, 1)},
    ),
    "V3 a third that stands in": (
        network("A>C 1, B>C 1, C>D 2, E>F 8", "sstusv", ALL),
        {"A": ((1 + 2 / 18) / 12,)},
    ),
    "V4 not essential": (
        network("A>C 1, B>C 3, C>D 4", "stuv"),
        {"A": (0.25, 0.25, 0.125), "B": (0.75, 0.75, 0.375), "C": (1, 0.5, 1)},
    ),
    "V5 not felt": (
        network("A>B 1, B>C 1", "stu", {**ALL, ("s", "t"): 0}),
        {"A": (0.5, 0.5, 0.5, 1)},
    ),
    "V6 mixed": (
        network("A>C 1, B>C 3, D>C 4, C>E 8", "ssutv", {**ALL, ("t", "u"): 1}),
        {"A": ((1 + 8 / 12) / 16,), "B": ((3 + 6) / 16,), "D": (0.5,)},
    ),
    "V8 one apart": (
        network("A>B 1, B>C 1", "stuv", ALL),
        {"A": (1, 1, 0.5, 3), "B": (1, 0.5, 1, 2), "C": (1, 0, 1, 3), "D": (0, 0, 0)},
    ),
    "V9 upstream shares": (
        network("A>B 3, A>C 1", "stu", ALL),
        {"B": (0.75, 0, 0.75), "C": (0.25, 0, 0.25), "A": (1, 1, 1)},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case_worked_by_hand_comes_out(name: str) -> None:
    links, wanted = CASES[name]
    found = rows_of(systemic_risk(links, PUBLISHED))
    for firm, figures in wanted.items():
        assert found[firm][: len(figures)] == pytest.approx(figures, abs=1e-15)


def test_v7_a_closed_loop_of_customers_loses_all_slowly() -> None:
    loop = network("A>B 1, B>A 1, A>C 1", "stu")
    published = rows_of(systemic_risk(loop, PUBLISHED))["C"]
    assert published[:3] == pytest.approx((0.98958333, 0, 0.98958333), abs=1e-8)
    assert published[3] == 13
    exact = rows_of(systemic_risk(loop, Options("exact")))["C"]
    assert exact[0] == pytest.approx(1, abs=1e-11)
    assert exact[3] == 79


def test_v10_without_the_self_loop_two_rounds_do() -> None:
    found = rows_of(systemic_risk(network("A>B 1", "st"), Options("exact")))
    assert [found[firm][3] for firm in "AB"] == [2, 2]


def test_v11_two_that_supply_each_other() -> None:
    found = rows_of(systemic_risk(network("A>B 1, B>A 1, C>A 1", "stu"), Options("exact")))
    assert found["A"][:3] == pytest.approx((1, 2 / 3, 1), abs=1e-10)
    assert found["B"][:3] == pytest.approx((1, 0.5, 1), abs=1e-10)
    assert found["C"][:3] == pytest.approx((1, 1, THIRD), abs=1e-10)


def test_the_published_example_of_thirteen_firms() -> None:
    firms = list("ABCDEFGHXIJKL")
    sectors = ["1", "2", "2", "2", "3", "3", "5", "99", "99", "1", "3", "4", "2"]
    links = [
        (firm, "X", 1.0, felt)
        for firm, felt in zip("ABCDEFGH", (2,) * 4 + (1,) * 3 + (0,), strict=True)
    ]
    links += [("X", "I", 1.0, 2), ("X", "J", 1.0, 1), ("X", "K", 1.0, 2), ("K", "L", 1.0, 2)]
    found = rows_of(systemic_risk(make_network(firms, sectors, links), PUBLISHED))
    wanted = {
        "A": 0.4166667, "X": 1, "B": 1 / 12 + 1 / 24 + 1 / 84, "C": 0.1369048, "D": 0.1369048,
        "E": 0.1232040, "F": 0.1232040, "G": 0.1232040, "H": 0.0833333, "I": 0.3055556,
        "J": 0.3055556, "K": 0.3888889, "L": 0.3888889,
    }  # fmt: skip
    assert {firm: found[firm][0] for firm in wanted} == pytest.approx(wanted, abs=5e-8)


def any_network(seed: int, firms: int = 120, scale: float = 1.0) -> SupplyNetwork:
    rng = np.random.default_rng(seed)
    names = [f"f{place:03}" for place in range(firms)]
    sectors = [f"s{code}" if code else "" for code in rng.integers(0, 12, firms)]
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, firms, (4 * firms, 2)) if a != b}
    links = [(names[a], names[b], float(rng.lognormal()) * scale) for a, b in sorted(pairs)]
    known = sorted({sector for sector in sectors if sector})
    rated = {(a, b): int(rng.integers(0, 3)) for a in known for b in known}
    revenue = rng.uniform(1, 30, firms) * scale
    return make_network(names, sectors, links, rated, revenue=revenue.tolist())


@pytest.mark.parametrize("factor", [1e-6, 1e4])
def test_the_unit_of_money_changes_nothing(factor: float) -> None:
    one, other = systemic_risk(any_network(1)), systemic_risk(any_network(1, scale=factor))
    np.testing.assert_allclose(one.esri, other.esri, rtol=0, atol=1e-14)
    np.testing.assert_array_equal(one.rounds, other.rounds)


def test_the_order_of_the_firms_changes_nothing() -> None:
    links = any_network(2)
    shuffled = np.random.default_rng(0).permutation(len(links.firms))
    names = [links.firms[place] for place in shuffled]
    sectors = [
        links.sectors[links.sector[place]] if links.sector[place] >= 0 else "" for place in shuffled
    ]
    pairs = [
        (links.firms[a], links.firms[b], float(value))
        for a, b, value in zip(links.suppliers, links.buyers, links.values, strict=True)
    ]
    rated = {
        (a, b): int(links.essentiality[i, j])
        for i, a in enumerate(links.sectors)
        for j, b in enumerate(links.sectors)
    }
    other = make_network(
        names, sectors, pairs[::-1], rated, revenue=links.revenue[shuffled].tolist()
    )
    one, two = rows_of(systemic_risk(links)), rows_of(systemic_risk(other))
    for firm, figures in one.items():
        assert two[firm] == pytest.approx(figures, abs=1e-13)


def test_firms_that_stand_in_for_nobody_make_failures_worse() -> None:
    links = any_network(3)
    with_stand_ins = systemic_risk(links, Options("exact"))
    without = systemic_risk(links, Options("exact", substitution=False))
    assert (without.esri >= with_stand_ins.esri - 1e-12).all()
    assert without.esri.sum() > with_stand_ins.esri.sum()


def test_a_sterner_mode_never_finds_less() -> None:
    links = any_network(4)
    published, default, exact = (
        systemic_risk(links, Options(mode)).esri for mode in ("published", "default", "exact")
    )
    assert (published <= default + 1e-15).all()
    assert (default <= exact + 1e-15).all()
    assert published.sum() < exact.sum()


def test_the_bound_holds_and_is_close() -> None:
    links = any_network(5)
    exact = systemic_risk(links, Options("exact"))
    rough = systemic_risk(links, Options("published", prune=1e-3))
    assert (rough.esri_up <= exact.esri_up + 1e-12).all()
    assert (rough.esri_up_bound >= exact.esri_up - 1e-12).all()
    assert np.median(exact.esri_up_bound - exact.esri_up) < 1e-9


def test_loops_without_leakage_have_no_bound_but_one() -> None:
    loop = network("A>B 1, B>A 1", "st")
    plan = plan_cascade(loop.flows())
    assert (reach_against(plan, sweeps=50) == NO_BOUND).all()
    assert cascade_bound.SWEEPS > 50
    assert systemic_risk(loop).esri_up_bound.tolist() == [1.0, 1.0]


def test_what_is_sold_outside_does_not_come_back_as_loss() -> None:
    inside = make_network(["a", "b"], ["s", "t"], [("a", "b", 1.0)], weight=[1.0, 1.0])
    leaking = make_network(
        ["a", "b"], ["s", "t"], [("a", "b", 1.0)], weight=[1.0, 1.0], revenue=[4.0, 1.0]
    )
    assert rows_of(systemic_risk(inside))["b"][0] == 1.0
    assert rows_of(systemic_risk(leaking))["b"][0] == (1 + 0.25) / 2


def test_what_is_bought_outside_damps_the_loss() -> None:
    links = make_network(
        ["a", "b"], ["s", "t"], [("a", "b", 1.0)], weight=[1.0, 1.0], cost=[0.0, 2.0]
    )
    assert rows_of(systemic_risk(links))["a"][0] == (1 + 0.5) / 2


def test_one_firm_alone_is_its_whole_network() -> None:
    alone = make_network(["a"], ["s"], [], revenue=[5.0])
    row = systemic_risk(alone).of("a")
    assert row is not None
    assert (row.esri, row.touched, row.rounds) == (1.0, 1, 1)


def test_an_isolated_firm_costs_its_weight() -> None:
    links = make_network(
        ["a", "b", "c"], ["s", "t", "u"], [("a", "b", 1.0)], weight=[1.0, 1.0, 2.0]
    )
    assert rows_of(systemic_risk(links))["c"][:3] == (0.5, 0.5, 0.5)


def test_firms_of_unknown_sector_replace_nobody() -> None:
    links = make_network(["a", "b", "c"], ["", "", "t"], [("a", "c", 1.0), ("b", "c", 1.0, 2)])
    found = rows_of(systemic_risk(links))
    assert found["a"][1] == pytest.approx(0.5)  # not essential: half of what c buys
    assert found["b"][1] == pytest.approx(0.5)  # essential: all of c, which weighs nothing
    assert trace_failure(links, {"b": 1.0}).worst(2) == (("b", 1.0), ("c", 1.0))


def test_a_part_of_several_firms_can_fail() -> None:
    chain = network("A>B 1, B>C 1", "stu", ALL)
    losses = trace_failure(chain, {"A": 0.5, "C": 0.25})
    assert losses.down.tolist() == [0.5, 0.5, 0.5]
    assert losses.up.tolist() == [0.5, 0.25, 0.25]
    assert losses.total == pytest.approx(0.5)
    assert losses.worst(9) == (("A", 0.5), ("B", 0.5), ("C", 0.5))


def test_only_the_firms_asked_for_are_computed() -> None:
    links = any_network(6)
    some = systemic_risk(links, firms=["f007", "f003"])
    whole = systemic_risk(links)
    assert some.firms == ("f007", "f003")
    assert some.of("f007") == whole.of("f007")
    assert some.of("f000") is None
    assert systemic_risk(links, firms=[]).top(3) == ()


@pytest.mark.parametrize("threads", [1, 3])
def test_threads_give_the_same_bits(threads: int) -> None:
    links = any_network(7, firms=400)
    serial = systemic_risk(links, executor=SerialExecutor())
    shared = systemic_risk(links, executor=ThreadExecutor(threads))
    for name in ("esri", "esri_down", "esri_up", "esri_up_bound", "rounds", "touched"):
        np.testing.assert_array_equal(getattr(serial, name), getattr(shared, name))


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        systemic_risk(any_network(8), watch=Watch(stopped=lambda: True))


def test_wrong_words_are_refused_with_the_way_out() -> None:
    links = any_network(9)
    with pytest.raises(UnknownMode, match="published, default, exact"):
        systemic_risk(links, Options("quick"))
    with pytest.raises(UnknownFirm, match="Nearest: f103"):
        systemic_risk(links, firms=["f03"])
    with pytest.raises(NoWeight):
        systemic_risk(make_network(["a"], ["s"], []))


def test_what_was_assumed_is_said() -> None:
    assert len(systemic_risk(network("A>B 1", "st")).assumptions) == 3
    assert len(systemic_risk(any_network(1)).assumptions) == 1


def test_cascades_that_were_cut_off_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fenglian.engine.analysis.systemic_risk.ROUNDS_AT_MOST", 5)
    loop = network("A>B 1, B>A 1, A>C 1", "stu")
    assert systemic_risk(loop, Options("exact")).unfinished == 1
