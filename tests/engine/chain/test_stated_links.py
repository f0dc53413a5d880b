"""What units record of who supplies whom goes into a chain, and takes the pack's place."""

from dataclasses import replace

from fenglian.engine.analysis.exposure import exposure
from fenglian.engine.chain.changes import Changes, change_chain
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.known_links import known_links, needed_by
from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import build_pack, join_region
from fenglian.engine.chain.stated_links import (
    StatedInput,
    StatedLinks,
    StatedParty,
    StatedSupply,
)
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from tests.engine.chain.test_known_links import demo
from tests.planting import sound

FLANGE, TURBINE, OUTSIDE = "demo-flange-01", "demo-turbine-01", "party-outside"
PARTIES = (
    StatedParty(FLANGE, Label("演示法兰01厂", "flange"), "firm", inside=True),
    StatedParty(TURBINE, Label("演示整机01厂", "turbine"), "firm", inside=True),
    StatedParty(OUTSIDE, Label("演示外省厂", "outside"), "firm", inside=False),
)
SUPPLY = StatedSupply(
    supplier=OUTSIDE,
    buyer=TURBINE,
    product="main-bearing",
    kind="contract",
    signed="2026-03-07",
    amount=exactly(9e6),
    confirmed=True,
    row="r1",
    page="/contracts/r1/",
    data_class=DataClass.S3,
)


def chain(*supplies: StatedSupply, inputs: tuple[StatedInput, ...] = ()) -> Chain:
    pack = join_region(build_pack(sound("wind")), build_pack(sound("demo")))
    return build_chain(pack, links=StatedLinks(PARTIES, supplies, inputs))


def test_a_recorded_agreement_becomes_a_link_with_its_source_and_class() -> None:
    made = chain(SUPPLY)
    [link] = [each for each in made.supplies if each.supplier == OUTSIDE]
    assert link.sources == ("self-r1",)
    assert made.sources["self-r1"].reference == "/contracts/r1/"
    assert made.data_class is DataClass.S3
    assert not made.organisation(OUTSIDE).inside
    assert "1 份协议" in "".join(each.zh for each in made.assumptions)
    network = known_links(made).network
    assert network is not None
    assert OUTSIDE in network.firms


def test_without_records_a_chain_is_the_same() -> None:
    assert chain().fingerprint == demo().fingerprint
    assert chain(SUPPLY).fingerprint != demo().fingerprint
    assert chain(SUPPLY).fingerprint != chain(replace(SUPPLY, amount=exactly(8e6))).fingerprint


def test_a_record_takes_the_place_of_the_packs_row() -> None:
    row = demo().supplies[0]
    own = replace(
        SUPPLY, supplier=row.supplier, buyer=row.buyer, product=row.product, amount=exactly(1.0)
    )
    parties = tuple(
        StatedParty(name, Label(name, name), "firm", inside=True)
        for name in (row.supplier, row.buyer)
    )
    pack = join_region(build_pack(sound("wind")), build_pack(sound("demo")))
    made = build_chain(pack, links=StatedLinks(parties, (own,)))
    same = [
        each
        for each in made.supplies
        if (each.supplier, each.buyer, each.product) == (row.supplier, row.buyer, row.product)
    ]
    assert [each.amount.working for each in same] == [1.0]
    assert [each.id for each in made.organisations] == [each.id for each in demo().organisations]


def test_what_one_side_says_counts_as_a_high_end() -> None:
    made = chain(replace(SUPPLY, amount=Interval(None, None, 5e6), confirmed=False))
    assert len(known_links(made).used) == len(known_links(demo()).used) + 1


def test_a_product_that_the_chain_does_not_have_is_left_out_and_counted() -> None:
    made = chain(replace(SUPPLY, product=""), replace(SUPPLY, product="tractor", row="r2"))
    assert made.supplies == demo().supplies
    assert "另有 2 份协议" in made.assumptions[-1].zh


def test_what_a_maker_says_of_its_inputs_comes_before_the_bill_of_materials() -> None:
    told = StatedInput(TURBINE, "bolt", True, 9, 30, (), "i1", "/u/", DataClass.S2)
    made = chain(inputs=(told, replace(told, product="flange", stops=False, row="i2")))
    needed = needed_by(made, TURBINE)
    assert needed["bolt"] is True
    assert needed["flange"] is False
    assert [each.switch_days for each in made.inputs] == [30, 30]
    rows = {(row.product, row.buyer): row for row in exposure(made).rows}
    assert rows["bolt", TURBINE].essential
    assert ("flange", TURBINE) not in rows or not rows["flange", TURBINE].essential
    assert made.data_class is DataClass.S2


def test_a_firm_that_falls_out_takes_its_inputs_along() -> None:
    told = StatedInput(TURBINE, "bolt", True, 9, 30, (), "i1", "/u/", DataClass.S2)
    gone = change_chain(chain(SUPPLY, inputs=(told,)), Changes(dropped=(TURBINE,)))
    assert gone.inputs == ()
    assert all(each.buyer != TURBINE for each in gone.supplies)
