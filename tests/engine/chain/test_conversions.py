"""Units as people write them, within one dimension and never across two."""

import pytest

from fenglian.engine.chain.conversions import Conversions
from fenglian.engine.chain.intervals import exactly
from tests.chains import shipped, shipped_pack


@pytest.mark.parametrize(
    ("product", "unit", "factor"),
    [
        ("wtg", "set", 1.0),
        ("wtg", "套", 1.0),
        ("wtg", "MW", 0.16),
        ("wtg", "GW", 160.0),
        ("wtg", "吨", None),
        ("wtg", "斛", None),
        ("iron-ore", "kg", 0.001),
    ],
)
def test_a_unit_is_converted_or_refused(product: str, unit: str, factor: float | None) -> None:
    conversions = Conversions(shipped_pack(), shipped().products)
    found = conversions.find_written(product, unit)
    if factor is None:
        assert found is None
    else:
        assert found is not None
        assert found[0].working == pytest.approx(exactly(factor).working, rel=1e-12)


def test_an_unknown_product_has_no_units() -> None:
    assert not Conversions(shipped_pack(), shipped().products).knows("moonshine")
