"""Linkages of a table of names: the textbook's case, and a fault by the sector's name."""

import pytest

from fenglian.engine.analysis.linkages import NO_REPLACEMENT, flow_table, linkages
from fenglian.engine.kernels.faults import TableNotProductive


def test_two_sectors_lose_what_the_textbook_says() -> None:
    table = flow_table(
        ["a", "a", "b", "b", "a", "b"],
        ["a", "b", "a", "b", "final", "最终使用"],
        [150, 500, 200, 100, 350, 1700],
    )
    found = linkages(table)
    assert table.output.tolist() == [1000, 2000]
    assert [row.loss for row in found.rows] == pytest.approx([1210.526, 2588.235], abs=5e-4)
    assert found.of("b").loss_share == pytest.approx(0.8627, abs=5e-5)
    assert found.assumptions == (NO_REPLACEMENT,)


def test_a_sector_that_costs_more_than_it_gives_is_named() -> None:
    with pytest.raises(TableNotProductive) as raised:
        linkages(flow_table(["coal", "steel"], ["steel", "final"], [9.0, 5.0]))
    assert "steel" in raised.value.message("en")
    assert "“steel”" in raised.value.message("zh")


def test_a_table_of_nothing_has_no_share() -> None:
    [row] = linkages(flow_table(["a"], ["a"], [0.0])).rows
    assert row.loss_share is None
