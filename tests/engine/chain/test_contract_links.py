"""Contracts make a network: unknown values are left out and counted, never made up."""

from dataclasses import replace
from decimal import Decimal

from fenglian.engine.chain.contract_links import SLOWS, STOPS, Need, network_of
from fenglian.engine.chain.supply_network import UNKNOWN as UNRATED
from fenglian.engine.contracts.flows import find_flows
from fenglian.engine.contracts.ranges import UNKNOWN, Range
from fenglian.engine.contracts.records import BOTH, Contract

NINE = Range(Decimal(9), Decimal(9))
SURE = Contract("1", "contract", "flange", "turbine", NINE, "flange", confirmed=BOTH)
SAID = replace(SURE, id="2", supplier="tower", product="tower", confirmed=frozenset({"buyer"}))
DARK = replace(SURE, id="3", supplier="cable", product="cable", amount=UNKNOWN)
INTENT = replace(SURE, id="4", kind="intent")
HALF = replace(SURE, id="5", supplier=None)
ALL = [SURE, SAID, DARK, INTENT, HALF]


def test_the_low_end_holds_what_both_confirm_and_the_high_end_what_one_says() -> None:
    low = network_of(ALL, find_flows(ALL))
    high = network_of(ALL, find_flows(ALL), end="high", regions={"tower": "140000"})
    assert low.network.firms == ("flange", "turbine")
    assert high.network.firms == ("flange", "tower", "turbine")
    assert high.network.regions == ("", "140000", "")
    assert low.network.values.tolist() == [9.0]
    assert high.network.values.tolist() == [9.0, 9.0]


def test_what_is_left_out_is_counted() -> None:
    found = network_of(ALL, find_flows(ALL), end="high").completeness
    assert (found.contracts, found.not_supply, found.without_party) == (5, 1, 1)
    assert (found.links, found.confirmed, found.valued, found.rated) == (3, 2, 2, 0)
    assert found.without_value == ("3",)


def test_how_badly_an_input_is_needed_is_the_buyers_word() -> None:
    needs = [Need("turbine", "flange", stops=True), Need("turbine", "tower", stops=False)]
    made = network_of(ALL, find_flows(ALL), needs, end="high")
    by_supplier = dict(
        zip(
            (made.network.firms[each] for each in made.network.suppliers),
            made.network.classes.tolist(),
            strict=True,
        )
    )
    assert by_supplier == {"flange": STOPS, "tower": SLOWS}
    assert made.completeness.rated == 2
    assert network_of(ALL, find_flows(ALL)).network.classes.tolist() == [UNRATED]


def test_of_two_products_of_one_supplier_the_worse_counts() -> None:
    bolt = replace(SURE, id="6", product="bolt")
    rows = [bolt, SURE]
    needs = [Need("turbine", "flange", stops=True), Need("turbine", "bolt", stops=False)]
    made = network_of(rows, find_flows(rows), needs)
    assert (made.network.values.tolist(), made.network.classes.tolist()) == ([18.0], [STOPS])
