"""Who is who in bulk: linked, left to a person, or new, and never against a veto."""

import pytest

from fenglian.data.divisions import divisions
from fenglian.engine.registry.bulk import LABELS, NameList, Resolved, resolve_names
from fenglian.engine.registry.names import build_regions

REGIONS = build_regions(divisions())
REGISTRY = (
    "江苏甲鼎集团有限公司",
    "太原重源机械集团有限公司",
    "太原重源风电股份有限公司",
    "乙电山西能源有限公司",
    "浙江云川锻造有限公司",
)
CODE, OTHER_CODE = "91140100MA0ABCDE6K", "91140200MA0DEMQE54"


def resolve(name: str, code: str = "", **known: object) -> Resolved:
    listed = NameList(REGISTRY, **known)  # type: ignore[arg-type]  # codes or aliases
    [found] = resolve_names(NameList([name], [code] if code else ()), REGIONS, listed)
    return found


@pytest.mark.parametrize(
    ("name", "outcome", "reason", "target"),
    [
        ("江苏甲鼎集团有限责任公司", "linked", "form", 0),
        (" 江苏“甲鼎”集团有限公司", "linked", "form", 0),
        ("太重源集团", "linked", "short", 1),
        ("乙电陕西能源有限公司", "new", "province", None),
        ("陕西云川锻造有限公司", "new", "province", None),
        ("浙江云川锻造股份有限公司", "person", "near", None),
        ("浙江云州锻造有限公司", "person", "near", None),
        ("云川锻造有限公司", "person", "near", None),
        ("浙江云川风电有限公司", "new", "none", None),
        ("省能源局", "new", "relative", None),
        ("福建远山电缆有限公司", "new", "none", None),
    ],
)
def test_a_name_has_one_outcome_with_its_reason(
    name: str, outcome: str, reason: str, target: int | None
) -> None:
    found = resolve(name)
    assert (found.outcome, found.reason, found.target) == (outcome, reason, target)
    assert LABELS[found.reason].zh


def test_group_and_listed_firm_are_two() -> None:
    listed = NameList(["太原重源集团有限公司"])
    [found] = resolve_names(NameList(["太原重源股份有限公司"]), REGIONS, listed)
    assert (found.outcome, found.reason, found.rivals) == ("new", "legal_form", (0,))


def test_a_code_that_holds_decides_before_the_name() -> None:
    codes = [CODE, "", "", "", ""]
    found = resolve("江苏甲鼎实业集团有限公司", CODE, codes=codes)
    assert (found.outcome, found.reason, found.target) == ("linked", "code", 0)
    wrong = resolve("江苏甲鼎实业集团有限公司", CODE[:-1] + "1", codes=codes)
    assert wrong.outcome != "linked"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("山西甲鼎集团有限公司", "code_province"), ("江苏甲鼎股份有限公司", "code_legal_form"), ("江苏甲鼎风电集团有限公司", None)],
)  # fmt: skip
def test_the_same_code_under_a_name_that_is_vetoed_goes_to_a_person(
    name: str, reason: str | None
) -> None:
    found = resolve(name, CODE, codes=[CODE, "", "", "", ""])
    assert found.reason == (reason or "code")
    assert found.outcome == ("person" if reason else "linked")


def test_the_same_name_under_another_code_goes_to_a_person() -> None:
    found = resolve(REGISTRY[0], OTHER_CODE, codes=[CODE, "", "", "", ""])
    assert (found.outcome, found.reason, found.rivals) == ("person", "codes_differ", (0,))


def test_another_name_of_the_registry_is_taken_unless_several_have_it() -> None:
    one = resolve("甲鼎系", aliases=[("甲鼎系",), (), (), (), ()])
    assert (one.outcome, one.reason, one.target) == ("linked", "alias", 0)
    several = resolve("甲鼎系", aliases=[("甲鼎系",), ("甲鼎系",), (), (), ()])
    assert (several.outcome, several.reason) == ("person", "alias_of_several")
    vetoed = resolve("甲鼎股份公司", aliases=[("甲鼎股份公司",), (), (), (), ()])
    assert (vetoed.outcome, vetoed.reason) == ("person", "alias_veto")


def test_a_short_name_that_fits_two_goes_to_a_person() -> None:
    listed = NameList(["大同云源机械有限公司", "大同云源机电有限公司"])
    [found] = resolve_names(NameList(["大同云源"]), REGIONS, listed)
    assert (found.outcome, found.reason, found.rivals) == ("person", "short", (0, 1))


def test_a_short_name_that_fits_a_crowd_is_left_to_a_person() -> None:
    listed = NameList(
        [f"大同云源{a}{b}机械有限公司" for a in "甲乙丙丁戊己庚辛壬" for b in "子丑寅卯辰巳午未"]
    )
    [found] = resolve_names(NameList(["大同云源"]), REGIONS, listed)
    assert (found.outcome, found.reason) == ("person", "crowd")


def test_a_short_name_is_not_linked_across_a_veto() -> None:
    listed = NameList(["太原重源股份有限公司"])
    [found] = resolve_names(NameList(["太重源集团"]), REGIONS, listed)
    assert (found.outcome, found.target) == ("new", None)


def test_names_against_themselves_link_to_the_first() -> None:
    names = NameList(
        ["浙江云川锻造有限公司", "远山电缆厂", "浙江云川锻造有限责任公司", "浙江云州锻造有限公司"]
    )
    found = resolve_names(names, REGIONS)
    assert [(each.outcome, each.target) for each in found] == [
        ("new", None),
        ("new", None),
        ("linked", 0),
        ("person", None),
    ]
    assert found[3].rivals == (0,)


def test_nothing_asked_gives_nothing() -> None:
    assert resolve_names(NameList([]), REGIONS) == []
    assert resolve_names(NameList([]), REGIONS, NameList(REGISTRY)) == []
