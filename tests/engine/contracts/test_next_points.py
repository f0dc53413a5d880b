"""The next five points: the largest sure part first, until it suffices; what nobody makes comes last."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.contracts.flows import Flow, LocalSourcing, local_sourcing
from fenglian.engine.contracts.next_points import next_points
from fenglian.engine.contracts.ranges import UNKNOWN, Range


def yuan(low: int, high: int | None = None) -> Range:
    return Range(Decimal(low), Decimal(low if high is None else high))


def bought(*parts: tuple[str, Range]) -> LocalSourcing:
    flows = [Flow("elsewhere", "x", name, amount, (name,), True) for name, amount in parts]
    return local_sourcing(flows, "x", local={"here"}, purchases=yuan(100))


def test_the_largest_part_that_can_be_made_here_comes_first_and_suffices() -> None:
    found = bought(("bolt", yuan(2)), ("bearing", yuan(50)), ("flange", yuan(4, 8)))
    steps = next_points(found, {"flange": ["a", "b"], "bolt": ["c"]})
    assert [(each.product, each.needed) for each in steps] == [
        ("flange", True),
        ("bolt", True),
        ("bearing", False),
    ]
    flange, bolt, bearing = steps
    assert (flange.gain.low, flange.gain.high) == (Decimal("0.04"), Decimal("0.08"))
    assert (bolt.reached.low, bolt.reached.high) == (Decimal("0.06"), Decimal("0.10"))
    assert bearing.makers == ()


def test_what_stands_behind_five_sure_points_is_not_needed() -> None:
    found = bought(("a", yuan(6)), ("b", yuan(5)))
    steps = next_points(found, {"a": ["m"], "b": ["m"]})
    assert [each.needed for each in steps] == [True, False]


def test_a_part_of_unknown_amount_promises_nothing_sure() -> None:
    [step] = next_points(bought(("a", UNKNOWN)), {"a": ["m"]})
    assert (step.gain.low, step.gain.high, step.needed) == (Decimal(0), None, True)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6))
def test_what_is_reached_never_falls_and_every_part_is_named_once(
    amounts: list[tuple[int, int]],
) -> None:
    parts = [(f"p{n}", yuan(low, low + more)) for n, (low, more) in enumerate(amounts)]
    steps = next_points(bought(*parts), {name: ["m"] for name, _ in parts})
    assert sorted(each.product for each in steps) == sorted(name for name, _ in parts)
    reached = [each.reached.low or Decimal(0) for each in steps]
    assert reached == sorted(reached)
    needed = [each.needed for each in steps]
    assert needed == sorted(needed, reverse=True)
