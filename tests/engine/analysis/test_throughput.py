"""Throughput of a chain: worked by hand, and honest about what was not found."""

import pytest

from fenglian.engine.analysis.throughput import (
    LIFTED_ROOM,
    UNKNOWN_OPEN,
    Limit,
    Loss,
    Rung,
    Throughputs,
    more_needed,
    throughput,
)
from fenglian.engine.chain.intervals import NOTHING, UNKNOWN, Interval, exactly
from fenglian.engine.chain.model import Chain
from fenglian.engine.errors import UnknownNeighbour
from tests.chains import example, shipped
from tests.engine.chain.test_known_links import demo
from tests.planting import Change, put, settings, with_table

HEADS = {
    "products": "product_id,name_zh,name_en,stage,unit,gbt4754_2017,gbt_code_seen,hs6,hs_check,focus,note,sources",
    "bom": "parent_id,child_id,variant_id,qty,qty_low,qty_high,unit,essential,in_house,scaling,method,note,sources",
    "capacities": "org_id,product_id,relation,capacity,capacity_low,capacity_high,unit,stated,status,note_zh,note_en,sources",
    "organisations": "org_id,name_zh,name_en,kind,group_id,member_firms,region,city,county,role_zh,role_en,evidence_zh,"
    "evidence_en,confidence,risk,note_zh,note_en,sources",
}
# 5 MW a turbine: 0.2 turbines a MW; with a gearbox (G, N) or without (M); W takes 2 F at 95 % yield.
BOM = (
    ("park", "T", "", 0.2), ("T", "G", "open", 1), ("T", "N", "open", 1), ("T", "M", "sealed", 1),
    ("T", "B", "", 3), ("T", "W", "", 4), ("W", "F", "", 2 / 0.95),
)  # fmt: skip
CAPACITIES = {"T": 400, "G": 150, "N": 500, "M": 100, "B": 900, "W": 1400, "F": 3000}
Makers = dict[str, tuple[str, object]]  # organisation → product, capacity (None: not found)
HOME: Makers = {f"maker-{each}": (each, amount) for each, amount in CAPACITIES.items()}
AWAY: Makers = {"away-b": ("B", 60), "away-g": ("G", 80)}


def table(name: str, rows: list[str]) -> Change:
    return lambda files: with_table(files, name, "\n".join((HEADS[name], *rows)) + "\n")


def hand(
    home: Makers = HOME, away: Makers = AWAY, *, own: str = "", loose: str = "", unknown: str = ""
) -> Chain:
    """Return the chain that is worked by hand: a park in MW, in the example pack's clothes."""
    products = [f"{each},{each},{each},part,pc,,,,,yes,,EXAMPLE" for each in (*CAPACITIES, "park")]
    bom = [
        f"{parent},{part},{variant},{'' if part == unknown else amount},,,pc/pc,"
        f"{'no' if part == loose else 'yes'},{'yes' if part == own else ''},1,"
        f"{'unknown' if part == unknown else 'count'},,EXAMPLE"
        for parent, part, variant, amount in BOM
    ]
    everybody = {**home, **away}
    organisations = [
        f"{name},{name},{name},{'cluster' if 'cluster' in name else 'firm'},,,"
        f"{'YY' if name in away else 'XX'},{'east' if 'B' in product else 'west'},,,,,,low,,,,EXAMPLE"
        for name, (product, _) in everybody.items()
    ]
    capacities = [
        f"{name},{product},makes,{'' if amount is None else amount},,,pc,2025,operating,,,EXAMPLE"
        for name, (product, amount) in everybody.items()
    ]
    return example(
        settings('"final_product": "bearing-set"', '"final_product": "park"'),
        settings('"lead_product": "bearing-set"', '"lead_product": "T"'),
        table("products", sorted(products)),
        table("bom", bom),
        table("organisations", organisations),
        table("capacities", capacities),
        lambda files: with_table(files, "relations", None),
        lambda files: with_table(files, "conversions", None),
        lambda files: with_table(files, "coverage_found", None),
        put("prices", "bearing-set,2025,80,CNY/set", "B,2025,2,CNY/pc"),
        put("prices", "ball,2025,0.5,CNY/pc", "G,2025,10,CNY/pc"),
    )


def row(report: Throughputs, product: str) -> Limit:
    found = report.of(product)
    assert found is not None
    return found


def test_the_hand_case_builds_1250_megawatts_alone() -> None:
    report = throughput(hand(), mix="free")
    assert report.alone.total == exactly(1250)
    assert report.alone.room == exactly(1250)
    assert report.free_mix.total == report.alone.total
    assert report.headlines[0].value == exactly(1250)


def test_the_ladder_of_the_hand_case_is_climbed_by_relief_and_not_by_prices() -> None:
    report = throughput(hand(), mix="free")
    assert report.ladder[:4] == (
        Rung(("G",), ("M",), 1500),
        Rung(("B",), (), 1750),
        Rung(("W",), (), 1781.25),
        Rung(("F",), (), 2000),
    )
    assert row(report, "G").relief == 250
    assert row(report, "M").relief == 250
    assert row(report, "B").relief == 0
    assert [row(report, name).step for name in "GBWFT"] == [1, 2, 3, 4, 5]


def test_purchases_are_limited_by_the_complete_product_alone() -> None:
    assert throughput(hand(), mix="free").purchases.total == exactly(2000)


def test_neighbours_sell_what_they_are_known_to_make_and_no_more() -> None:
    both = throughput(hand(), mix="free").neighbours
    assert both.total == exactly(1600)
    assert both.from_outside == ("YY",)
    assert throughput(hand(), ["away-g"], mix="free").neighbours.total == exactly(1500)
    assert throughput(hand(), ["YY"], mix="free").neighbours.total == exactly(1600)
    assert throughput(hand(), [], mix="free").neighbours.total == exactly(1250)


def test_a_neighbour_that_is_not_known_is_named() -> None:
    with pytest.raises(UnknownNeighbour) as raised:
        throughput(hand(), ["ZZ"])
    assert "YY, away-b, away-g" in raised.value.message("zh")
    with pytest.raises(UnknownNeighbour):
        throughput(example(), ["ZZ"])


def test_in_the_shares_of_the_scenario_the_scarcer_variant_decides() -> None:
    # 40 % with a gearbox: 150 / 0.4 = 375; 60 % without: 100 / 0.6 = 166.7 turbines of 5 MW.
    report = throughput(hand())
    assert report.alone.total.working == pytest.approx(100 / 0.6 * 5)
    assert report.ladder[0].products == ("M",)


def test_a_capacity_that_was_not_found_is_neither_nought_nor_without_limit() -> None:
    report = throughput(hand({**HOME, "maker-W": ("W", None)}, {}), mix="free")
    assert report.alone.total == Interval(None, None, 1250)
    assert report.alone.room == exactly(1250)
    wing = row(report, "W")
    assert (wing.capacity, wing.relief, wing.step) == (UNKNOWN, None, None)
    assert wing.gain.zh == "未查到"
    assert UNKNOWN_OPEN in report.assumptions
    assert LIFTED_ROOM in report.assumptions


def test_one_more_maker_of_unknown_size_leaves_a_floor() -> None:
    report = throughput(hand({**HOME, "more-G": ("G", None)}, {}), mix="free")
    assert report.alone.total == Interval(1250, None, 1500)


def test_a_part_that_its_user_makes_itself_goes_with_the_user() -> None:
    without = {name: made for name, made in HOME.items() if name != "maker-F"}
    assert throughput(hand(without, {}), mix="free").alone.total.low is None
    assert throughput(hand(without, {}, own="F"), mix="free").alone.total == exactly(1250)


def test_a_part_that_can_be_left_out_sets_no_limit() -> None:
    report = throughput(hand({**HOME, "maker-B": ("B", 3)}, {}, loose="B"), mix="free")
    assert report.alone.total == exactly(1250)


def test_an_amount_that_is_not_known_leaves_no_floor_unless_it_can_be_bought() -> None:
    report = throughput(hand(unknown="F"), mix="free")
    assert report.alone.total == Interval(None, None, 1250)
    assert report.purchases.total == exactly(2000)


def test_losses_name_who_falls_out_and_a_cluster_never_does_as_one() -> None:
    report = throughput(hand(), mix="free")
    assert report.losses[0].share == 1
    found = {(each.level, each.name): each for each in report.losses}
    lost = found["firm", "maker-G"]
    assert lost == Loss("firm", "maker-G", ("G",), 500, lost.share)
    assert lost.share == pytest.approx(0.6)
    assert found["site", "maker-M"].left == 750
    assert found["city", "east"].products == ("B",)
    assert ("firm", "maker-N") in found
    away = found["region", "YY"]
    assert away.left == 1250
    assert away.share == pytest.approx(1 - 1250 / 1600)
    cluster = {**HOME, "maker-G": ("T", 0), "cluster-G": ("G", 150)}
    names = {(each.level, each.name) for each in throughput(hand(cluster), mix="free").losses}
    assert ("firm", "cluster-G") not in names
    assert ("city", "west") in names


def test_a_second_maker_of_unknown_size_makes_a_loss_unknown_and_not_whole() -> None:
    two = {**HOME, "more-T": ("T", None)}
    names = {(each.level, each.name) for each in throughput(hand(two, {}), mix="free").losses}
    assert ("firm", "maker-T") not in names


def test_without_any_known_limit_only_a_single_source_is_a_known_loss() -> None:
    only: Makers = {"maker-T": ("T", None), "maker-B": ("B", None), "more-B": ("B", None)}
    report = throughput(hand(only, {}), mix="free")
    assert report.alone.total == UNKNOWN
    assert report.ladder == ()
    assert {each.name for each in report.losses if each.level == "firm"} == {"maker-T"}
    assert report.losses[0].left == 0


def test_localisation_is_the_value_that_known_capacity_can_make() -> None:
    report = throughput(hand())
    # 10 × 10,000 MW need 20,000 T, 60,000 B at 2 and 8,000 G at 10; 900 B and 150 G can be made.
    assert report.localisation.working == pytest.approx((900 * 2 + 150 * 10) / (120_000 + 80_000))
    assert {"T", "F"} <= set(report.unpriced)
    open_one = throughput(hand({**HOME, "maker-B": ("B", None)}))
    assert open_one.localisation.working is None
    assert open_one.localisation.low == pytest.approx(1500 / 200_000)
    assert open_one.localisation.high == pytest.approx(121_500 / 200_000)


def test_the_example_cannot_build_without_its_seal_and_says_so() -> None:
    report = throughput(example())
    assert report.alone.total == NOTHING
    assert report.ladder[0] == Rung(("seal",), (), 60_000)
    assert report.purchases.total == exactly(150_000)


def test_a_scenario_that_asks_for_nothing_still_has_an_answer() -> None:
    nothing = example(put("demand_scenarios", "XX,10,8,12", "XX,0,0,0"))
    assert throughput(nothing).rows == ()
    assert throughput(nothing).localisation == UNKNOWN


def test_shanxi_is_bounded_by_its_steel_towers_alone() -> None:
    report = throughput(shipped())
    # 60,000 t are 200 towers (143–248); 70 % of turbines of 6.25 MW have one.
    assert report.alone.total.high == pytest.approx(60_000 / 242 / 0.7 * 6.25, rel=1e-3)
    assert (report.alone.total.low, report.alone.total.working) == (None, None)
    tower = row(report, "tower-steel")
    assert (tower.opens, tower.step) == (True, 1)
    assert tower.gain.en == "no other known limit"
    assert tower.allows.working == pytest.approx(report.alone.room.working or 0)


def test_a_step_says_how_much_more_it_takes() -> None:
    chain = example()
    found = throughput(chain)
    # 60,000 sets take two seals each, where there are none; half the sets of the scenario are sealed.
    share = chain.scenario.shares["sealed"]
    [more] = more_needed(chain, found, found.ladder[0])
    assert more == pytest.approx(60000.0 * 2 * share)
    [last] = more_needed(chain, found, found.ladder[-1])
    assert last is None


def test_where_nothing_can_be_built_nobody_can_lose_anything() -> None:
    found = throughput(demo())
    assert found.alone.room.working == 0.0
    assert found.losses == ()
