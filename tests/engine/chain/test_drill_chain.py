"""A chain becomes the network of a drill: links, main products, stocks, room, and the final product."""

import pytest

from fenglian.engine.chain.drill_chain import Told, ToldRoom, ToldStock, chain_drill
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import build_pack, join_region
from fenglian.engine.chain.records import Supply
from fenglian.engine.labels import Label
from fenglian.packs import read_pack_files

TURBINE, TOWER = "demo-turbine-01", "demo-tower-02"


@pytest.fixture(scope="module")
def chain() -> Chain:
    packs = (build_pack(read_pack_files(name)) for name in ("wind", "demo"))
    return build_chain(join_region(*packs))


def supply(supplier: str, buyer: str, product: str, yuan: float, kind: str = "contract") -> Supply:
    return Supply(supplier, buyer, product, kind, "", exactly(yuan), (), assumed=False)


TOWERS = supply(TOWER, TURBINE, "tower-steel", 260e6)


def test_a_units_own_agreement_stands_instead_of_the_packs(chain: Chain) -> None:
    own = supply("demo-flange-04", TOWER, "flange", 1e6)
    told, packs = chain_drill(chain, Told((own,))), chain_drill(chain)
    assert told is not None
    assert packs is not None

    def value(desk: object) -> float:
        network = desk.network  # type: ignore[attr-defined]
        pair = (network.place("演示法兰04厂"), network.place("演示塔筒02厂"))
        found = zip(network.suppliers, network.buyers, network.values, strict=True)
        return next(float(v) for a, b, v in found if (a, b) == pair)

    assert value(packs) == 140e6
    assert value(told) == 1e6


def test_an_intent_and_a_link_without_an_amount_do_not_count(chain: Chain) -> None:
    unvalued = Supply(TOWER, TURBINE, "tower-can", "contract", "", Interval(None, None, None), (), assumed=False)  # fmt: skip
    found = chain_drill(chain, Told((supply("x", "y", "flange", 1, "intent"), unvalued)))
    assert found is not None
    assert "x" not in found.firms
    assert found.unvalued == 1


def test_who_is_in_no_link_can_still_be_asked_for_room(chain: Chain) -> None:
    before, found = chain_drill(chain), chain_drill(chain, product="blade")
    assert before is not None
    assert found is not None
    alone = set(found.firms) - set(before.firms)
    makers = {each.organisation for each in chain.makers("blade", "operating", "trial")}
    assert makers <= set(found.firms)
    assert alone <= makers


def test_the_shorter_of_two_stocks_of_one_main_product_counts(chain: Chain) -> None:
    stocks = (
        ToldStock("demo-turbine-02", "hub", 20),
        ToldStock("demo-turbine-02", "hub", 12),
        ToldStock("demo-turbine-02", "casting-other", 5),
        ToldStock(TURBINE, "blade-shell", 9),
    )
    found = chain_drill(chain, Told(stocks=stocks))
    assert found is not None
    assert {each.days.working for each in found.stocks} <= {12.0, 5.0}
    assert 20.0 not in {each.days.working for each in found.stocks}
    assert [each.product for each in found.without_link][-1:] == ["blade-shell"]


def test_room_is_yuan_a_year_or_a_share_of_what_is_usual(chain: Chain) -> None:
    rooms = (
        ToldRoom("demo-flange-04", share=0.5),
        ToldRoom("demo-steel-02", yuan=12e6),
        ToldRoom("nobody", yuan=1.0),
    )
    found = chain_drill(chain, Told(rooms=rooms))
    assert found is not None
    assert {each.firm: each.amount.working for each in found.free} == {
        "演示法兰04厂": pytest.approx(119e6),  # half of 98 and 140 million
        "演示特钢02厂": 12e6,
    }


def test_the_final_product_is_what_capacity_and_price_say(chain: Chain) -> None:
    found = chain_drill(chain, Told((TOWERS,)), language="en")
    assert found is not None
    assert found.final is not None
    assert found.final.unit.en == "MW"
    # 330 sets of 6.25 MW at 9,643,750 yuan a set.
    assert found.final.yuan_per_unit.working == pytest.approx(9_643_750 * 0.16)
    assert "Demo Turbine Plant 01" in " ".join(each.en for each in found.assumptions)
    assert found.organisation("Demo Turbine Plant 01") == TURBINE
    assert found.product(found.products["flange"]) == "flange"
    assert found.product("unheard of") == ""


def test_without_links_there_is_no_network(chain: Chain) -> None:
    packs = (build_pack(read_pack_files(name)) for name in ("wind", "shanxi"))
    plain = build_chain(join_region(*packs))
    assert chain_drill(plain) is None or plain.supplies
    found = chain_drill(plain, Told((supply("a", "b", "flange", 1e6),), names=(("a", Label("甲", "A")), ("b", Label("甲", "A")))))  # fmt: skip
    assert found is not None
    assert {found.firms["a"], found.firms["b"]} == {"甲 a", "甲 b"}  # of one name, told apart
    assert found.final is None
