"""Throughput: worked by hand, and what must hold of every network of recipes."""

from dataclasses import replace
from itertools import pairwise

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels import throughput as module
from fenglian.engine.kernels.explosion import Floats, Integers
from fenglian.engine.kernels.faults import Unsolved
from fenglian.engine.kernels.throughput import (
    Step,
    Supply,
    Throughput,
    binding,
    ladder,
    relief_gains,
    totals_without,
)

T, G, N, M, B, W, F = range(7)
Recipe = tuple[int, dict[int, float], float]  # output, inputs, yield
NO_HALLS = np.empty(0, np.int64)


def network(
    recipes: list[Recipe],
    capacity: list[float],
    worth: dict[int, float],
    *,
    hall: list[int] | None = None,
    halls: tuple[float, ...] = (),
    purchase: dict[int, float] | None = None,
    regions: int = 1,
    region: list[int] | None = None,
    recipe: list[int] | None = None,
    carried: bool = False,
) -> Supply:
    goods = 1 + max(max((output, *inputs)) for output, inputs, _ in recipes)
    bought = np.zeros(goods)
    for good, amount in (purchase or {}).items():
        bought[good] = amount
    blocks = len(capacity)
    sizes = [len(inputs) for _, inputs, _ in recipes]
    return Supply(
        goods=goods,
        regions=regions,
        outputs=np.array([output for output, _, _ in recipes]),
        yields=np.array([good for _, _, good in recipes], np.float64),
        starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        inputs=np.array([good for _, inputs, _ in recipes for good in inputs], np.int64),
        amounts=np.array(
            [each for _, inputs, _ in recipes for each in inputs.values()], np.float64
        ),
        recipe=np.array(recipe or range(blocks)),
        region=np.array(region or [0] * blocks),
        capacity=np.array(capacity, np.float64),
        hall=np.array(hall or [-1] * blocks),
        hall_capacity=np.array(halls, np.float64),
        purchase=bought,
        carried=np.full(goods, carried),
        sale_starts=np.arange(len(worth) + 1),
        sale_goods=np.array(list(worth), np.int64),
        sale_amounts=np.ones(len(worth)),
        worth=np.array(list(worth.values()), np.float64),
    )


# A turbine of 5 MW with a gearbox or without; F has a yield of 95 %.
RECIPES: list[Recipe] = [
    (T, {G: 1, N: 1, B: 3, W: 4}, 1),
    (T, {M: 1, B: 3, W: 4}, 1),
    (G, {}, 1),
    (N, {}, 1),
    (M, {}, 1),
    (B, {}, 1),
    (W, {F: 2}, 1),
    (F, {}, 0.95),
]
CAPACITY = [np.inf, np.inf, 150, 500, 100, 900, 1400, 3000]
FAMILIES, HALLS = np.array([-1, -1, G, N, M, B, W, F]), np.array([T])


def hand(purchase: dict[int, float] | None = None) -> Throughput:
    """Return the case that is worked by hand; both ways to make a turbine share one hall."""
    halls = [0, 0, *[-1] * 6]
    supply = network(RECIPES, CAPACITY, {T: 5}, hall=halls, halls=(400,), purchase=purchase)
    return Throughput(supply)


def test_the_region_of_the_hand_case_builds_1250_megawatts() -> None:
    programme = hand()
    assert programme.solve() == pytest.approx(1250)
    assert programme.runs()[:2] == pytest.approx((150, 100))
    blocks, halls, bought = programme.prices()
    assert blocks == pytest.approx((0, 0, 5, 0, 5, 0, 0, 0))
    assert halls.tolist() == [0]
    assert not bought.any()


def test_the_ladder_of_the_hand_case_and_its_tie() -> None:
    programme = hand()
    gains = relief_gains(programme, FAMILIES, HALLS)
    assert gains == pytest.approx([0, 250, 0, 250, 0, 0, 0])
    steps = ladder(programme, FAMILIES, HALLS, 5)
    assert [step.total for step in steps] == pytest.approx([1500, 1750, 1781.25, 2000, 3000])
    assert [step.lifted for step in steps] == [(G,), (B,), (W,), (F,), (T,)]
    assert steps[0].ties == (M,)
    assert programme.solve() == pytest.approx(1250)  # as it was before


def test_after_the_last_limit_there_is_none() -> None:
    last = ladder(hand(), FAMILIES, HALLS, 99)[-1]
    assert last.total == np.inf
    assert last == Step((N,), (M,), np.inf)
    endless = Throughput(network([(T, {}, 1)], [np.inf], {T: 1}))
    assert endless.solve() == np.inf
    assert not relief_gains(endless, np.array([0]), NO_HALLS).any()
    assert ladder(endless, np.array([0]), NO_HALLS, 3) == ()


def test_purchases_of_the_hand_case_make_1600_megawatts() -> None:
    programme = hand({B: 60, G: 80})
    assert programme.solve() == pytest.approx(1600)
    bought = programme.bought()
    assert bought[B] == pytest.approx(60)  # (900 + 60) / 3 turbines, of which 100 at most without G
    assert 70 - 1e-6 <= bought[G] <= 80 + 1e-6


def test_two_limits_that_gain_only_together_are_one_step() -> None:
    parts = network([(0, {1: 1, 2: 1}, 1), (1, {}, 1), (2, {}, 1)], [50, 10, 10], {0: 1})
    programme = Throughput(parts)
    families = np.arange(3)
    assert not relief_gains(programme, families, NO_HALLS).any()
    [first, *_] = ladder(programme, families, NO_HALLS, 3)
    assert first == Step((1, 2), (), 50)


def test_what_was_lifted_in_vain_is_left_out_of_the_step() -> None:
    # A comes from families 1 and 2, C from 2 and 3, B from 4: where 2 is lifted, 1 need not be.
    a, b, c = 1, 2, 3
    for first, *others in ((a, b, c), (b, a, c), (c, a, b)):
        recipes: list[Recipe] = [(0, {first: 1, others[0]: 1, others[1]: 1}, 1)]
        recipes += [(a, {}, 1), (a, {}, 1), (c, {}, 1), (c, {}, 1), (b, {}, 1)]
        programme = Throughput(network(recipes, [np.inf, 5, 5, 5, 5, 10], {0: 1}))
        [step] = ladder(programme, np.array([-1, 1, 2, 2, 3, 4]), NO_HALLS, 3)
        assert step == Step((2, 4), (), np.inf)


def test_where_lifting_cannot_help_the_ladder_ends() -> None:
    programme = Throughput(network([(0, {1: 1}, 1)], [10], {0: 1}))  # nobody makes the part
    assert programme.solve() == 0
    assert ladder(programme, np.array([0]), NO_HALLS, 3) == ()


def test_cases_of_what_falls_out_leave_the_programme_as_it_was() -> None:
    programme = hand()
    no, none = np.empty(0, np.int64), np.empty(0)
    cases: list[tuple[Integers, Floats, Integers, Floats]] = [
        (np.array([2]), np.array([50.0]), no, none),
        (no, none, np.array([0]), np.array([100.0])),
    ]
    assert totals_without(programme, cases) == pytest.approx([750, 500])
    assert programme.solve() == pytest.approx(1250)


def test_goods_go_from_region_to_region_only_where_they_can_be_carried() -> None:
    recipes: list[Recipe] = [(0, {1: 1}, 1), (1, {}, 1)]
    for carried, total in ((False, 0), (True, 30)):
        apart = network(
            recipes, [50, 30], {0: 1}, regions=2, region=[0, 1], recipe=[0, 1], carried=carried
        )
        assert Throughput(apart).solve() == pytest.approx(total)
    bought = network(
        recipes, [50, 30], {0: 1}, regions=2, region=[0, 1], carried=True, purchase={1: 5}
    )
    assert Throughput(bought).solve() == pytest.approx(35)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("capacity", -1.0),
        ("purchase", np.nan),
        ("amounts", np.inf),
        ("yields", 0.0),
        ("worth", -1.0),
    ],
)
def test_a_number_that_cannot_be_is_refused(name: str, value: float) -> None:
    supply = network([(0, {1: 1}, 1), (1, {}, 1)], [1, 1], {0: 1}, purchase={1: 1})
    wrong = getattr(supply, name).copy()
    wrong[0] = value
    with pytest.raises(BadCoefficient):
        Throughput(replace(supply, **{name: wrong}))


def test_an_array_of_another_length_is_refused() -> None:
    supply = network([(0, {}, 1)], [1], {0: 1})
    with pytest.raises(WrongShape):
        Throughput(replace(supply, purchase=np.zeros(3)))


def test_a_solver_that_stops_early_is_an_error_and_no_answer() -> None:
    programme = hand()
    assert str(programme._solver.setOptionValue("simplex_iteration_limit", 0)).endswith("kOk")
    programme._solver.setOptionValue("presolve", "off")
    with pytest.raises(Unsolved) as raised:
        programme.solve()
    assert "limit" in raised.value.message("en").lower()
    with pytest.raises(Unsolved):
        module._must(highspy.HighsStatus.kError, "x")


@st.composite
def networks(draw: st.DrawFn) -> Supply:
    """Draw a layered network: one recipe a good, some with a second one, some goods bought."""
    goods = draw(st.integers(2, 7))
    number = st.floats(0.1, 10)
    recipes: list[Recipe] = []
    for good in range(goods):
        for _ in range(draw(st.integers(1, 2))):
            later = st.sampled_from(range(good + 1, goods)) if good + 1 < goods else st.nothing()
            parts = draw(st.sets(later, max_size=3)) if good + 1 < goods else set()
            inputs = {part: draw(number) for part in sorted(parts)}
            recipes.append((good, inputs, draw(st.floats(0.5, 1))))
    capacity = [draw(st.floats(1, 1000)) for _ in recipes]
    purchase = {good: draw(st.floats(1, 100)) for good in range(1, goods) if draw(st.booleans())}
    housed = [0 if draw(st.booleans()) else -1 for _ in recipes]
    room = draw(st.floats(1, 1000))
    return network(recipes, capacity, {0: 3}, purchase=purchase, hall=housed, halls=(room,))


def scaled(supply: Supply, factor: float) -> Supply:
    return replace(
        supply,
        capacity=supply.capacity * factor,
        hall_capacity=supply.hall_capacity * factor,
        purchase=supply.purchase * factor,
    )


QUICK = settings(max_examples=60, deadline=None)


@QUICK
@given(networks())
def test_the_limits_at_their_prices_are_worth_the_total(supply: Supply) -> None:
    programme = Throughput(supply)
    total = programme.solve()
    blocks, halls, bought = programme.prices()
    worth = blocks @ supply.capacity + halls @ supply.hall_capacity + bought @ supply.purchase
    # Strong duality, and the programme is homogeneous of degree 1; 1e-7 is the solver's tolerance.
    assert worth == pytest.approx(total, rel=1e-6, abs=1e-7)


@QUICK
@given(networks(), st.floats(0.1, 50))
def test_twice_the_limits_give_twice_the_total(supply: Supply, factor: float) -> None:
    once, more = Throughput(supply).solve(), Throughput(scaled(supply, factor)).solve()
    assert more == pytest.approx(factor * once, rel=1e-6, abs=1e-6)


@QUICK
@given(networks(), st.data())
def test_more_of_a_limit_never_gives_less_and_never_more_than_its_price(
    supply: Supply, data: st.DataObject
) -> None:
    programme = Throughput(supply)
    total = programme.solve()
    price = programme.prices()[0]
    block = data.draw(st.sampled_from(range(len(supply.capacity))))
    more = data.draw(st.floats(0.1, 1000))
    raised = supply.capacity[[block]] + more
    programme.limit(np.array([block]), raised, NO_HALLS, np.empty(0))
    after = programme.solve()
    near = 1e-6 * max(total, 1.0)
    assert after >= total - near
    assert after - total <= price[block] * more + near


@QUICK
@given(networks())
def test_what_no_price_names_gains_nothing_when_lifted(supply: Supply) -> None:
    programme = Throughput(supply)
    families, apart = np.arange(len(supply.capacity)), np.array([-1])
    gains = relief_gains(programme, families, apart)
    total = programme.solve()
    named = binding(programme, families, apart)
    for family in families.tolist():
        lifted = supply.capacity.copy()
        lifted[family] = np.inf
        gain = Throughput(replace(supply, capacity=lifted)).solve() - total
        assert gains[family] == pytest.approx(gain, rel=1e-6, abs=1e-6 * max(total, 1.0))
        assert family in named or gain <= 1e-6 * max(total, 1.0)


@QUICK
@given(networks())
def test_every_step_of_the_ladder_goes_up(supply: Supply) -> None:
    programme = Throughput(supply)
    total = programme.solve()
    steps = ladder(programme, np.arange(len(supply.capacity)), np.array([-1]), 6)
    totals = [total, *(step.total for step in steps)]
    assert all(after > before for before, after in pairwise(totals))
    assert programme.solve() == pytest.approx(total, rel=1e-7, abs=1e-9)


@QUICK
@given(networks(), st.floats(0.01, 0.99))
def test_regions_by_themselves_never_build_more_than_together(supply: Supply, part: float) -> None:
    count = len(supply.capacity)
    two = replace(
        supply,
        regions=2,
        recipe=np.tile(supply.recipe, 2),
        region=np.repeat([0, 1], count),
        capacity=np.concatenate((supply.capacity * part, supply.capacity * (1 - part))),
        hall=np.full(2 * count, -1),
        purchase=np.zeros(supply.goods),
    )
    whole = replace(supply, hall=np.full(count, -1), purchase=np.zeros(supply.goods))
    together = Throughput(whole).solve()
    apart = Throughput(two).solve()
    joined = Throughput(replace(two, carried=np.full(supply.goods, True))).solve()
    near = 1e-6 * max(together, 1.0)
    assert apart <= joined + near
    assert joined <= together + near
    assert joined == pytest.approx(together, rel=1e-5, abs=near)
