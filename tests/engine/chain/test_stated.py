"""What units say of themselves stands instead of the pack's words, counted in the same unit."""

from dataclasses import replace

import pytest

from fenglian.engine.advice.compose import Heading, compose_brief
from fenglian.engine.advice.verbs import verbs
from fenglian.engine.analysis.coverage import coverage
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.chain.model import Chain, build_chain
from fenglian.engine.chain.pack import build_pack
from fenglian.engine.chain.stated import StatedCapacity
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label
from tests.engine.advice.test_brief import HEADING
from tests.planting import sound

PACK = build_pack(sound())
PLAIN = build_chain(PACK)
[FIRST, *_] = [
    each
    for each in PLAIN.capacities
    if each.status == "operating" and each.amount.working and PLAIN.product(each.product).unit
]


def say(**changes: object) -> StatedCapacity:
    """Return a statement of the first maker of the example pack, changed."""
    unit = PLAIN.product(FIRST.product).unit
    own = StatedCapacity(
        organisation=FIRST.organisation,
        name=Label("演示一厂", "Demo one"),
        kind="firm",
        inside=True,
        product=FIRST.product,
        site="一号",
        period="2026",
        amount=exactly(777.0),
        unit=unit,
        planned=False,
        estimated=False,
        data_class=DataClass.S2,
        row="0" * 16,
        unit_page="/registry/units/0/",
    )
    return replace(own, **changes)  # type: ignore[arg-type]  # names of fields


def told(*stated: StatedCapacity) -> Chain:
    return build_chain(PACK, stated=stated)


def of_first(chain: Chain, product: str = FIRST.product) -> list[tuple[str, Interval]]:
    found = chain.makers(product)
    return [(each.status, each.amount) for each in found if each.organisation == FIRST.organisation]


def left_out(chain: Chain) -> list[str]:
    return [each.en for each in chain.assumptions if each.en.startswith("Left out")]


def test_a_chain_without_statements_is_the_public_one() -> None:
    assert told().fingerprint == PLAIN.fingerprint
    assert told().data_class is DataClass.S0
    assert verbs(PLAIN).data_class is DataClass.S0


def test_the_units_own_words_take_the_place_of_the_packs() -> None:
    chain = told(say())
    assert of_first(chain) == [("operating", exactly(777.0))]
    assert len(chain.capacities) == len(PLAIN.capacities)
    assert len(chain.organisations) == len(PLAIN.organisations)
    assert chain.data_class is DataClass.S2
    assert chain.fingerprint != PLAIN.fingerprint
    [source] = [each for each in chain.sources.values() if each.kind == "self-stated"]
    assert (source.grade, source.data_class, source.reference) == (
        "S",
        DataClass.S2,
        "/registry/units/0/",
    )
    assert any("未经核对" in each.zh for each in coverage(chain).assumptions)


def test_the_order_in_which_units_speak_changes_nothing() -> None:
    first, second = say(), say(row="1" * 16, site="二号", amount=exactly(3.0))
    assert told(first, second).fingerprint == told(second, first).fingerprint
    assert told(first, second).capacities == told(second, first).capacities


def test_sites_add_up_and_of_a_site_the_latest_year_counts() -> None:
    chain = told(
        say(period="2024", amount=exactly(500.0), row="1" * 16),
        say(),
        say(site="二号", amount=Interval(10.0, None, 30.0), row="2" * 16),
    )
    assert of_first(chain) == [("operating", Interval(787.0, None, 807.0))]


def test_a_site_that_does_not_know_leaves_a_low_end() -> None:
    chain = told(say(), say(site="二号", amount=UNKNOWN, row="2" * 16))
    assert of_first(chain) == [("operating", Interval(777.0, None, None))]
    assert of_first(told(say(amount=UNKNOWN, unit=""))) == [("operating", UNKNOWN)]


def test_a_unit_of_its_own_becomes_an_organisation_of_the_region() -> None:
    chain = told(say(organisation="unit-x"))
    assert chain.organisation("unit-x").inside
    assert len(chain.capacities) == len(PLAIN.capacities) + 1
    outside = told(say(organisation="unit-x", inside=False))
    assert [each.organisation for each in outside.outside[FIRST.product]][-1] == "unit-x"
    assert outside.makers(FIRST.product) == PLAIN.makers(FIRST.product)


def test_a_plan_is_planned_and_leaves_what_runs_in_its_place() -> None:
    chain = told(say(planned=True, period="2028-06", data_class=DataClass.S3))
    assert sorted(of_first(chain)) == sorted(
        [("operating", FIRST.amount), ("planned", exactly(777.0))]
    )
    assert chain.data_class is DataClass.S3
    twice = told(say(planned=True), say(planned=True, row="1" * 16))
    assert ("planned", exactly(1554.0)) in of_first(twice)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": "kV"}, "cannot be converted"),
        ({"unit": "furlong"}, "cannot be converted"),
        ({"period": "2026-03"}, "is not a year"),
        ({"product": "moonshine"}, "no product"),
    ],
)
def test_what_cannot_be_counted_is_left_out_and_said_to_be(
    changes: dict[str, object], words: str
) -> None:
    chain = told(say(**changes))
    assert chain.capacities == PLAIN.capacities
    [said] = left_out(chain)
    assert words in said
    # That a unit said something is of its class, even where nothing of it is counted.
    assert chain.data_class is DataClass.S2


def test_an_estimate_is_an_assumption() -> None:
    [own] = [each for each in told(say(estimated=True)).capacities if each.unit_page]
    assert own.assumed


def test_a_brief_is_never_of_a_lower_class_than_its_chain() -> None:
    chain = told(say())
    for wanted, found in (
        (DataClass.S0, DataClass.S2),
        (DataClass.S1, DataClass.S2),
        (DataClass.S3, DataClass.S3),
    ):
        heading = Heading(HEADING.organ, HEADING.date, wanted)
        brief = compose_brief(chain, coverage(chain), verbs(chain), heading)
        assert brief.data_class is found
    assert brief.class_label.zh == "商业秘密"
