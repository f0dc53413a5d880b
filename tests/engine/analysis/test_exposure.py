"""How much of the supply links is known, and whom to ask for the others."""

from fenglian.engine.analysis.exposure import FEWEST, exposure
from tests.chains import shipped
from tests.engine.chain.test_known_links import demo


def test_where_no_link_is_known_every_essential_input_is_missing_and_none_is_nought() -> None:
    found = exposure(shipped())
    assert found.known == ()
    assert found.missing
    assert not found.enough
    assert all(row.hhi is None and row.state.zh == "未查到" for row in found.missing)


def test_the_makers_of_the_region_are_asked_but_no_cluster() -> None:
    chain = shipped()
    buyers = {row.buyer for row in exposure(chain).missing}
    assert "taizhong" in buyers
    assert not any(chain.organisation(name).cluster for name in buyers)


def test_an_input_of_one_known_supplier_is_a_single_source_of_what_is_known() -> None:
    found = exposure(demo())
    [row] = [
        each for each in found.rows if (each.product, each.buyer) == ("blade", "demo-turbine-01")
    ]
    assert row.suppliers == ("demo-blade-02",)
    assert row.hhi == 1.0
    assert row.single_owner
    assert row.essential
    assert row.buyers == ("demo-turbine-01",)


def test_the_shares_of_several_suppliers_make_the_index() -> None:
    found = exposure(demo())
    [row] = [
        each
        for each in found.rows
        if (each.product, each.buyer) == ("ring-forging", "demo-flange-03")
    ]
    whole = 66e6 + 110e6
    assert row.hhi is not None
    assert abs(row.hhi - ((66e6 / whole) ** 2 + (110e6 / whole) ** 2)) < 1e-12
    assert row.suppliers[0] == "demo-forging-cluster-01"
    assert not row.single_owner


def test_the_head_counts_what_is_known() -> None:
    found = exposure(demo())
    assert found.links >= FEWEST
    assert found.enough
    first, second = found.headlines
    assert first.value.working == len(found.known)
    assert second.value.working == found.links
    assert found.data_class == "S0"
