"""The four verbs: figures with units and sources, questions where something is unknown."""

import re

import pytest

import fenglian as fl
from fenglian.engine.advice.items import AdviceItem, Verb
from fenglian.engine.advice.verbs import verbs
from fenglian.engine.chain.model import Chain
from tests.chains import example, shipped, tower
from tests.planting import put


def items(chain: Chain, verb: Verb) -> dict[str, AdviceItem]:
    return {item.product: item for item in verbs(chain).of(verb)}


def test_a_product_that_a_source_calls_missing_is_to_be_built_for_sure() -> None:
    item = items(example(), Verb.BUILD)["seal"]
    assert item.sure
    assert item.question is None
    assert item.id == "build:seal"
    assert item.title.zh == "建链：演示密封圈"


def test_a_product_that_was_not_found_is_a_question_and_not_missing() -> None:
    item = items(shipped(), Verb.BUILD)["main-bearing"]
    assert not item.sure
    assert item.question is not None
    assert "没有查到不等于没有" in item.why.zh
    assert "缺失" not in item.why.zh
    assert "Not found is not the same as missing" in item.why.en


def test_a_planned_line_is_asked_about_by_name() -> None:
    item = items(shipped(), Verb.BUILD)["blade"]
    assert item.organisations == ("tz-datong", "yunda-xf")
    assert item.question is not None
    assert "运达" in item.question.zh
    assert "YD_XF1" in item.evidence


def test_a_short_product_is_patched_with_its_gap() -> None:
    item = items(shipped(), Verb.PATCH)["tower-steel"]
    assert item.sure
    assert item.question is None
    figures = {figure.label.en: figure for figure in item.figures}
    assert figures["coverage"].working == pytest.approx(35.7, abs=0.1)
    assert figures["coverage"].unit.en == "%"
    assert figures["gap"].working == pytest.approx(360, abs=1)
    assert figures["gap"].unit.zh == "套/年"
    assert figures["gap"].assumed


def test_an_unknown_capacity_asks_its_makers() -> None:
    item = items(shipped(), Verb.PATCH)["generator-dfig"]
    assert not item.sure
    assert item.organisations == ("yongji",)
    assert item.question is not None
    assert item.question.zh == "问中车永济电机有限公司：双馈异步发电机一年能做多少件？"


def test_a_trial_line_is_named_with_what_it_is_said_to_make() -> None:
    item = items(shipped(), Verb.PATCH)["wtg"]
    assert any(
        "试生产" in figure.label.zh and figure.working == pytest.approx(160)
        for figure in item.figures
    )


def test_overlapping_intervals_ask_for_the_capacity() -> None:
    changed = put(
        "capacities", "inner-ring,makes,40000,40000,40000", "inner-ring,makes,70000,70000,70000"
    )
    item = items(example(changed), Verb.PATCH)["inner-ring"]
    assert not item.sure
    assert item.question is not None


def test_what_is_met_needs_no_patch() -> None:
    assert "ball" not in items(example(), Verb.PATCH)


def test_one_known_group_is_to_be_strengthened_and_a_cluster_is_not() -> None:
    found = items(example(), Verb.STRENGTHEN)
    assert "outer-ring" in found
    assert "cage" not in found
    assert not found["outer-ring"].sure
    assert "only" not in found["outer-ring"].why.en


def test_a_risk_that_a_source_tells_is_strengthened_against() -> None:
    item = items(shipped(), Verb.STRENGTHEN)["flange"]
    assert "外移" in item.why.zh
    assert "TB_BT" in item.evidence
    calm = tower(put("organisations", "medium,yes", "medium,"))
    assert "flange" not in items(calm, Verb.STRENGTHEN)


def test_forgings_extend_to_bearings_and_gearboxes_to_their_second_life() -> None:
    found = items(shipped(), Verb.EXTEND)
    assert {"main-bearing", "pitch-bearing", "yaw-bearing", "gearbox-reman"} <= set(found)
    assert "dingxiang" in found["main-bearing"].organisations
    assert "现状不明" in found["om"].why.zh


def test_what_a_maker_makes_for_itself_and_what_nobody_asks_about_is_left_out() -> None:
    products = {item.product for item in verbs(shipped()).items}
    assert not products & {"spar-cap", "blade-shell", "iron-ore", "wind-farm", "access-road"}


@pytest.mark.parametrize("chain", [shipped(), example()], ids=["wind", "bearing"])
def test_every_item_has_figures_units_sources_and_says_when_it_is_a_question(chain: Chain) -> None:
    advice = verbs(chain)
    assert advice.items
    assert advice.fingerprint == chain.fingerprint
    for item in advice.items:
        assert item.figures
        assert item.evidence == tuple(sorted(item.evidence))
        assert set(item.evidence) <= set(chain.sources)
        assert item.sure or item.question is not None
        for figure in item.figures:
            assert figure.unit.zh
            assert figure.sources
            assert figure.text("zh")
            assert figure.text("en")
        for label in (item.title, item.why, *([item.question] if item.question else [])):
            assert re.search("[\u4e00-\u9fff]", label.zh)
            assert not re.search("[\u4e00-\u9fff]", label.en), label.en


def test_advice_comes_in_the_same_order_every_time_the_sure_first() -> None:
    first, second = verbs(shipped()), verbs(shipped())
    assert first == second
    order = [list(Verb).index(item.verb) for item in first.items]
    assert order == sorted(order)
    for verb in Verb:
        sure = [item.sure for item in first.of(verb)]
        assert sure == sorted(sure, reverse=True)
    assert len({item.id for item in first.items}) == len(first.items)


def test_the_verbs_know_no_unit_and_no_product() -> None:
    # Another final product, another unit, another axis: the same code, other words.
    words = " ".join(item.why.en + item.title.en for item in verbs(example()).items)
    assert "MW" not in words
    assert "turbine" not in words


def test_a_verb_says_when_it_is_used() -> None:
    for verb in Verb:
        assert verb.meaning.zh
        assert verb.meaning.en
    assert [verb.label.zh for verb in Verb] == ["建链", "延链", "补链", "强链"]


def test_a_question_names_a_few_and_the_item_all() -> None:
    chain = fl.build_chain(fl.join_region(fl.load_pack("wind"), fl.load_pack("shanxi")))
    [item] = [each for each in verbs(chain).items if each.id == "extend:tower-hybrid"]
    assert len(item.organisations) == 5
    assert item.question
    assert "等5家" in item.question.zh
    assert "and 3 more" in item.question.en
    names = [chain.organisation(each).name.zh for each in item.organisations]
    assert sum(name in item.question.zh for name in names) == 2
