"""Is a figure in a cell understood with the unit of its heading, and written back the same?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.errors import MixedDimension, NotANumber, UnknownUnit
from fenglian.engine.quantities import Bound, Quantity
from fenglian.engine.registry.figures import (
    plain_words,
    read_figure,
    read_unit,
    split_rate,
    write_figure,
)

BOUNDS = st.sampled_from(("eq", "gt", "ge", "lt", "le", "approx"))
UNITS = ("元", "万元", "MW", "万千瓦", "GW", "吨", "台", "套", "平方米", "万台", "千瓦时")


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("元", "yuan", "1"),
        ("万元", "yuan", "10000"),
        ("亿元", "yuan", "1e8"),
        ("MW", "MW", "1"),
        ("万千瓦", "MW", "10"),
        ("GW", "MW", "1000"),
        ("\uff2d\uff37", "MW", "1"),
        ("台", "台", "1"),
        ("万台", "台", "10000"),
        ("吨/年", "t", "1"),
        ("MW每年", "MW", "1"),
        ("亩", "mu", "1"),
    ],
)
def test_a_unit_is_its_base_times_a_factor(unit: str, base: str, factor: str) -> None:
    assert read_unit(unit) == (base, Decimal(factor))


@pytest.mark.parametrize("words", ["", "0台", "十台", "set", "万", "台以上", "很多", ".5台", "MWx"])
def test_what_is_no_unit_is_refused_by_its_words(words: str) -> None:
    with pytest.raises(UnknownUnit) as refusal:
        read_unit(words)
    assert refusal.value.facts["unit"] == words


@pytest.mark.parametrize(
    ("unit", "parts"),
    [
        ("MW", ("MW", None)),
        ("MW/年", ("MW", "year")),
        ("台/月", ("台", "month")),
        ("台每月", ("台", "month")),
        ("MW/year", ("MW", "year")),
        ("t p.a.", ("t", "year")),
        ("t/month", ("t", "month")),
    ],
)
def test_a_rate_is_told_from_its_unit(unit: str, parts: tuple[str, str | None]) -> None:
    assert split_rate(unit) == parts


@pytest.mark.parametrize(
    ("words", "unit", "figure", "bound", "base", "top"),
    [
        ("500", "万元", "5000000", "eq", "yuan", None),
        ("5000万元", "元", "50000000", "eq", "yuan", None),
        ("逾21亿", "元", "2100000000", "gt", "yuan", None),
        ("约 500 台", "台", "500", "approx", "台", None),
        ("近300", "MW", "300", "lt", "MW", None),
        ("100–120", "台", "100", "eq", "台", "120"),
        ("100 - 120", "台", "100", "eq", "台", "120"),
        ("100 to 120", "台", "100", "eq", "台", "120"),
        ("\uff11\uff10\uff10～\uff11\uff12\uff10", "台", "100", "eq", "台", "120"),
        ("2 GW", "MW", "2000", "eq", "MW", None),
        ("20万千瓦", "MW", "200", "eq", "MW", None),
        ("1.2万", "吨", "12000", "eq", "t", None),
        ("1,200", "吨", "1200", "eq", "t", None),
        ("≥ 100", "台", "100", "ge", "台", None),
        (">=100", "台", "100", "ge", "台", None),
        ("≤100", "台", "100", "le", "台", None),
        ("about 100", "台", "100", "approx", "台", None),
        ("more than 3", "台", "3", "gt", "台", None),
        ("<3", "台", "3", "lt", "台", None),
        ("500台/年", "台", "500", "eq", "台", None),
        ("200亩", "平方米", "200", "eq", "mu", None),
        ("300万美元", "万元", "3000000", "eq", "USD", None),
        ("0", "台", "0", "eq", "台", None),
    ],
)
def test_words_and_units_become_one_quantity(
    words: str, unit: str, figure: str, bound: Bound, base: str, top: str | None
) -> None:
    end = None if top is None else Decimal(top)
    assert read_figure(plain_words(words), unit) == Quantity(Decimal(figure), bound, base, end)


@pytest.mark.parametrize(
    ("words", "unit"),
    [("500 MW", "台"), ("500套", "台"), ("3吨", "MW"), ("5万元", "台"), ("5台", "元")],
)
def test_another_dimension_is_refused_and_never_guessed(words: str, unit: str) -> None:
    with pytest.raises(MixedDimension):
        read_figure(plain_words(words), unit)


def test_a_unit_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownUnit):
        read_figure("5 furlongs", "米")
    with pytest.raises(NotANumber):
        read_figure("若干", "台")


@given(
    st.decimals(0, 10**9, places=3, allow_nan=False),
    BOUNDS,
    st.sampled_from(UNITS),
    st.decimals(0, 10**9, places=2, allow_nan=False) | st.none(),
)
def test_what_is_written_is_read_back_equal(
    figure: Decimal, bound: Bound, unit: str, span: Decimal | None
) -> None:
    base, factor = read_unit(unit)
    top = None if span is None or span == 0 else (figure + span) * factor
    quantity = Quantity(figure * factor, bound, base, top)
    cell = write_figure(quantity, unit)
    words = str(cell) if not isinstance(cell, float) else f"{Decimal(repr(cell)):f}"
    assert read_figure(plain_words(words), unit) == quantity


def test_what_a_number_says_wholly_is_a_number_and_all_else_words() -> None:
    assert write_figure(Quantity(Decimal(5000000), "eq", "yuan"), "万元") == 500
    assert write_figure(Quantity(Decimal("1.5"), "eq", "MW"), "MW") == 1.5
    assert write_figure(Quantity(Decimal(5000000), "approx", "yuan"), "万元") == "约500"
    assert write_figure(Quantity(Decimal(100), "eq", "台", Decimal(120)), "台") == "100-120"
    assert write_figure(Quantity(Decimal(200), "eq", "mu"), "平方米") == "200亩"
    assert write_figure(Quantity(Decimal(1234567890123456), "eq", "台"), "台") == "1234567890123456"
