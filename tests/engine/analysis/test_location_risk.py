"""All firms of a place or an owner stop together: against hand-worked cases and single failures."""

import pytest

from fenglian.engine.analysis.location_risk import location_risk
from fenglian.engine.analysis.systemic_risk import Options, systemic_risk, trace_failure
from fenglian.engine.chain.link_faults import UnknownMode
from fenglian.engine.chain.supply_network import SupplyNetwork, make_network
from tests.engine.analysis.test_systemic_risk import any_network


def two_places(**columns: list[float | str]) -> SupplyNetwork:
    """Two forges in the north give half each to a flange plant in the south."""
    more: dict[str, list[float | str]] = {"region": ["north", "north", "south"], **columns}
    return make_network(
        ["a", "b", "c"], ["s", "s", "t"], [("a", "c", 1.0), ("b", "c", 1.0)], {("s", "t"): 2},
        weight=[1.0, 1.0, 2.0], **more,
    )  # fmt: skip


def test_two_that_stand_in_for_each_other_stop_all_when_they_stop_together() -> None:
    single = systemic_risk(two_places())
    assert [row.esri for row in single.top(3)] == [
        1.0,
        0.5,
        0.5,
    ]  # c; either forge: itself, half of c
    north = location_risk(two_places()).rows[0]
    assert (north.name, north.firms) == ("north", ("a", "b"))
    assert (north.share, north.esri, north.beyond) == (0.5, 1.0, 0.5)
    assert (north.esri_down, north.esri_up) == (1.0, 0.5)


def test_owners_count_in_place_of_regions() -> None:
    found = location_risk(two_places(owner=["g", "", "g"]), "owner")
    assert [(row.name, row.firms) for row in found.rows] == [("g", ("a", "c")), ("b", ("b",))]
    assert found.by == "owner"
    assert found.unplaced == 0


def test_a_firm_without_a_region_counts_in_none_and_is_told() -> None:
    found = location_risk(two_places(region=["north", "", ""]))
    assert [row.name for row in found.rows] == ["north"]
    assert found.unplaced == 2
    assert len(found.assumptions) == 3
    assert len(location_risk(two_places()).assumptions) == 2


def test_where_no_region_is_known_there_is_no_row() -> None:
    assert location_risk(two_places(region=["", "", ""])).rows == ()


def test_it_is_the_cascade_of_all_of_them_and_no_less_than_that_of_each() -> None:
    links = any_network(12)
    owners = [f"g{place % 9}" for place in range(len(links.firms))]
    grouped = make_network(
        links.firms,
        [links.sectors[code] if code >= 0 else "" for code in links.sector],
        [
            (links.firms[a], links.firms[b], float(value), int(felt))
            for a, b, value, felt in zip(
                links.suppliers, links.buyers, links.values, links.effects, strict=True
            )
        ],
        revenue=links.revenue.tolist(),
        owner=owners,
    )
    exact = Options("exact")
    single = systemic_risk(grouped, exact)
    found = location_risk(grouped, "owner", exact)
    assert len(found.rows) == 9
    for row in found.rows:
        whole = trace_failure(grouped, dict.fromkeys(row.firms, 1.0), exact)
        assert row.esri == pytest.approx(whole.total, abs=1e-12)
        assert row.esri >= row.share - 1e-12
        each = [single.of(firm) for firm in row.firms]
        assert row.esri >= max(one.esri for one in each if one) - 1e-12


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(UnknownMode):
        location_risk(two_places(), options=Options("quick"))
