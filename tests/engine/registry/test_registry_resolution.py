"""Who is who, by hand: what must come together, and what must stay apart."""

import pytest

from fenglian.engine.intake.document import Span
from fenglian.engine.registry.definitions import Definition
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.resolution import (
    CATALOGUE,
    LABELS,
    Directory,
    Match,
    Mention,
    resolve_name,
)
from tests.engine.registry.registry_making import DIVISIONS

GROUP, LISTED = "太原重型机械集团有限公司", "太原重工股份有限公司"
JIUDING, GOLDWIND = "江苏九鼎集团有限公司", "新疆金风科技股份有限公司"
HUADIAN = "华电山西能源有限公司"
KNOWN = frozenset({GROUP, LISTED, JIUDING, GOLDWIND, HUADIAN})


def resolve(name: str, document: str = "doc-a", **more: object) -> Match:
    known = Directory(
        divisions=DIVISIONS,
        **{
            "full_names": KNOWN,
            "homes": {"doc-a": "140000", "doc-x": "610000"},
            "seen_in": {JIUDING: frozenset({"doc-a"})},
            **more,
        },  # type: ignore[arg-type]  # the tests name the fields
    )
    return resolve_name(Mention(name, document), known)


def rules(match: Match) -> list[str]:
    return [reason.rule for reason in match.reasons]


@pytest.mark.parametrize(
    ("name", "target", "rule"),
    [
        ("江苏九鼎集团有限责任公司", JIUDING, "same_form"),
        ("省工信厅", "山西省工业和信息化厅", "context"),
        ("太重集团", GROUP, "aligned"),
        ("太原重工", LISTED, "aligned"),
        ("华电山西", HUADIAN, "aligned"),
        ("九鼎集团", JIUDING, "aligned"),
    ],
)
def test_a_name_finds_its_organisation(name: str, target: str, rule: str) -> None:
    match = resolve(name)
    assert match.target == target
    assert rules(match) == [rule]
    assert 0.5 < match.score <= 1
    assert match.reasons[0].label.zh


def test_the_group_is_not_its_listed_subsidiary() -> None:
    match = resolve("太重集团", full_names=frozenset({LISTED}))
    assert match.target is None
    assert resolve("太重股份", full_names=frozenset({GROUP, LISTED})).target != GROUP


def test_a_form_of_another_kind_is_vetoed() -> None:
    match = resolve("太原集团", full_names=frozenset({"太原重工集运团股份有限公司"}))
    assert match.target is None
    assert [reason.rule for reason in match.rivals[0].reasons][-1] == "form"


def test_another_province_is_never_the_same() -> None:
    assert resolve("华电陕西能源有限公司").target is None
    assert resolve("陕西能源局", full_names=frozenset({"山西省能源局"})).target is None
    definition = Definition("doc-a", "华电陕西", HUADIAN, Span(0, 1))
    match = resolve("华电陕西", definitions=(definition,))
    assert match.target is None
    assert [reason.rule for reason in match.rivals[0].reasons] == ["defined", "province"]


def test_names_that_only_sound_alike_stay_apart() -> None:
    match = resolve("江苏久鼎集团有限公司")
    assert match.target is None
    assert rules(match) == ["alone"]


def test_an_office_without_a_known_province_stays_apart() -> None:
    assert resolve("省工信厅", document="doc-unknown").target is None
    assert resolve("省能源局", document="doc-x").target == "陕西省能源局"


def test_a_brand_alone_in_another_document_stays_apart_with_its_candidate() -> None:
    match = resolve("九鼎集团", document="doc-x")
    assert match.target is None
    assert match.rivals[0].target == JIUDING
    assert "brand" in {reason.rule for reason in match.rivals[0].reasons}


def test_two_that_are_as_near_stay_apart() -> None:
    match = resolve("太重机械", full_names=frozenset({GROUP, "太原重工机械集团有限公司"}))
    assert match.target is None
    assert {rival.target for rival in match.rivals} == {GROUP, "太原重工机械集团有限公司"}
    assert all("close" in {reason.rule for reason in each.reasons} for each in match.rivals)


def test_two_characters_are_too_few_to_be_sure() -> None:
    assert resolve("太重").target is None


def test_a_reviewed_alias_and_a_definition_decide() -> None:
    assert resolve("太重", aliases={"太重": GROUP}).target == GROUP
    definition = Definition("doc-a", "我公司", JIUDING, Span(0, 1))
    assert resolve("我公司", definitions=(definition,)).target == JIUDING
    assert resolve("我公司", document="doc-x", definitions=(definition,)).target is None


def test_a_pair_that_a_person_kept_apart_stays_apart() -> None:
    assert resolve("太重集团", apart=frozenset({frozenset({"太重集团", GROUP})})).target is None


def test_a_match_gives_the_same_answer_whatever_the_order_of_the_names() -> None:
    names = ("太重集团", "九鼎集团", "金风科技")
    once = [resolve(name) for name in names]
    again = [resolve(name, full_names=frozenset(sorted(KNOWN, reverse=True))) for name in names]
    assert once == again


def test_every_rule_has_a_name_for_people() -> None:
    assert len(CATALOGUE) == 6
    assert all(label.zh and label.en for label in LABELS.values())
    assert normal_form(GROUP) == GROUP
