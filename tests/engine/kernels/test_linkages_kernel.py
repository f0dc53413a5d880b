"""Linkages: the textbook's two sectors, and extraction against taking sectors out one by one."""

import numpy as np
import pytest

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.faults import TableNotProductive
from fenglian.engine.kernels.linkages import input_coefficients, leontief_inverse, linkages

FLOWS, OUTPUT = np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0])


def extract(flows: Floats, output: Floats, sector: int) -> float:
    """Take a sector out the slow way and return the output that is lost."""
    left = np.arange(len(output)) != sector
    coefficients = (flows / output)[np.ix_(left, left)]
    final = (output - flows.sum(axis=1))[left]
    kept = np.linalg.solve(np.eye(left.sum()) - coefficients, final)
    return float(output.sum() - kept.sum())


def test_the_two_sectors_of_miller_and_blair() -> None:
    inverse = leontief_inverse(input_coefficients(FLOWS, OUTPUT))
    assert inverse == pytest.approx(np.array([[1.2541, 0.33], [0.264, 1.1221]]), abs=5e-5)
    assert inverse @ np.array([600.0, 1500.0]) == pytest.approx((1247.52, 1841.58), abs=5e-3)
    found = linkages(FLOWS, OUTPUT)
    assert found.backward == pytest.approx((1.5182, 1.4521), abs=5e-5)
    assert found.power == pytest.approx((1.0222, 0.9778), abs=5e-5)
    assert found.forward == pytest.approx((1.9142, 1.2541), abs=5e-5)
    assert found.direct_backward == pytest.approx((0.35, 0.3))
    assert found.direct_forward == pytest.approx((0.65, 0.15))
    assert found.loss == pytest.approx((1210.526, 2588.235), abs=5e-4)
    assert found.loss / OUTPUT.sum() == pytest.approx((0.4035, 0.8627), abs=5e-5)


def test_the_closed_form_is_what_taking_out_one_by_one_gives() -> None:
    rng = np.random.default_rng(3)
    flows = rng.uniform(0, 1, (40, 40))
    output = flows.sum(axis=1) + rng.uniform(20, 60, 40)
    slow = [extract(flows, output, sector) for sector in range(40)]
    assert linkages(flows, output).loss == pytest.approx(slow, rel=1e-10)


def test_forward_linkage_is_a_row_sum_of_the_ghosh_inverse() -> None:
    ghosh = np.linalg.inv(np.eye(2) - FLOWS / OUTPUT[:, np.newaxis])
    assert linkages(FLOWS, OUTPUT).forward == pytest.approx(ghosh.sum(axis=1))


def test_a_sector_without_output_hangs_on_nothing() -> None:
    flows, output = np.zeros((3, 3)), np.array([1000.0, 2000.0, 0.0])
    flows[:2, :2] = FLOWS
    found = linkages(flows, output)
    assert (found.loss[2], found.forward[2], found.direct_forward[2]) == (0, 1, 0)


def test_inputs_beyond_the_output_are_refused_by_the_sector() -> None:
    with pytest.raises(TableNotProductive) as raised:
        input_coefficients(np.array([[0.0, 9.0], [0.0, 11.0]]), np.array([30.0, 20.0]))
    assert raised.value.facts["sector"] == 1
    assert raised.value.facts["value"] == 1.0


@pytest.mark.parametrize("bad", [-1.0, np.nan])
def test_a_number_that_cannot_be_is_refused(bad: float) -> None:
    with pytest.raises(BadCoefficient):
        input_coefficients(np.array([[bad]]), np.array([1.0]))
    with pytest.raises(BadCoefficient):
        input_coefficients(np.array([[1.0]]), np.array([bad]))
    with pytest.raises(WrongShape):
        input_coefficients(np.ones((2, 3)), np.ones(2))
