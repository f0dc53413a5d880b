"""Which links a chain knows, and the network that they make."""

from functools import cache

from fenglian.engine.chain.known_links import known_links, needed_by, value_of
from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import build_pack, join_region
from fenglian.engine.kernels.cascade_plan import ADDED, NEEDED
from tests.chains import example, shipped
from tests.planting import Change, put, sound


@cache
def demo(*changes: Change) -> Chain:
    """Return the wind chain of the invented region, with changes."""
    files = sound("demo")
    for change in changes:
        files = change(files)
    return build_chain(join_region(build_pack(sound("wind")), build_pack(files)))


def test_a_chain_without_contracts_knows_no_link() -> None:
    found = known_links(shipped())
    assert found.network is None
    assert (found.used, found.unvalued, found.intents) == ((), (), 0)


def test_intents_are_no_links() -> None:
    found = known_links(demo())
    assert found.intents == 28
    assert len(found.used) == 45
    assert {each.kind for each in found.used} == {"contract", "framework"}


def test_a_link_is_essential_where_the_buyer_cannot_build_without_it() -> None:
    network = known_links(demo()).network
    assert network is not None
    at = {
        (network.firms[s], network.firms[b]): int(c)
        for s, b, c in zip(network.suppliers, network.buyers, network.classes, strict=True)
    }
    assert at["demo-gearbox-02", "demo-turbine-02"] == NEEDED  # a nacelle needs its gearbox
    assert at["demo-steel-01", "demo-casting-03"] == ADDED  # nothing it makes is known to need it


def test_links_between_the_same_two_firms_add_up() -> None:
    chain = demo()
    network = known_links(chain).network
    assert network is not None
    supplier, buyer = network.place("demo-hydraulic-01"), network.place("demo-turbine-01")
    [at] = [
        number
        for number, pair in enumerate(zip(network.suppliers, network.buyers, strict=True))
        if pair == (supplier, buyer)
    ]
    expected = sum(
        value_of(each)
        for each in chain.supplies
        if (each.supplier, each.buyer) == ("demo-hydraulic-01", "demo-turbine-01")
        and each.kind != "intent"
    )
    assert float(network.values[at]) == expected


def test_a_firm_that_sells_to_nobody_weighs_what_it_buys() -> None:
    network = known_links(demo()).network
    assert network is not None
    assert float(network.weights()[network.place("demo-turbine-01")]) > 0


def test_another_currency_is_an_amount_that_is_not_known() -> None:
    foreign = demo(
        put("contracts", "18000000,17000000,19000000,CNY", "18000000,17000000,19000000,EUR")
    )
    assert len(known_links(foreign).unvalued) == 1
    assert len(known_links(foreign).used) == 44


def test_parts_that_the_maker_makes_itself_are_no_inputs() -> None:
    needed = needed_by(example(), "example-assembly-01")
    assert set(needed) == {"inner-ring", "outer-ring", "ball", "cage", "seal", "grease"}
    assert all(needed.values())
