"""The parts of a name, and the name as it is compared."""

import pytest

from fenglian.engine.intake.document import Span
from fenglian.engine.registry.definitions import find_definitions
from fenglian.engine.registry.names import (
    build_regions,
    is_relative,
    normal_form,
    split_alias,
    split_name,
)
from fenglian.engine.registry.search import index_tokens, query_tokens
from tests.engine.registry.registry_making import DIVISIONS

REGIONS = build_regions(DIVISIONS)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("江苏九鼎集团有限公司", ("江苏", "九鼎", "", "集团有限公司")),
        ("太原重型机械集团有限公司", ("太原", "", "重型机械", "集团有限公司")),
        ("华电山西能源有限公司", ("山西", "华电", "能源", "有限公司")),
        ("山西省太原市某某锻造有限公司", ("山西省太原市", "某某", "锻造", "有限公司")),
        ("山西省能源局", ("山西省", "", "能源", "局")),
        ("太重集团", ("", "太重", "", "集团")),
        ("无名", ("", "无名", "", "")),
    ],
)
def test_a_name_has_its_parts(name: str, parts: tuple[str, ...]) -> None:
    found = split_name(name, REGIONS)
    assert (found.region, found.brand, found.trade, found.form) == parts


def test_the_province_is_found_in_front_inside_and_in_brackets() -> None:
    for name in ("山西某某厂", "华电山西能源", "某某(太原)科技有限公司"):
        assert split_name(name, REGIONS).provinces == {"140000"}


def test_a_district_of_two_provinces_says_nothing_of_the_province() -> None:
    assert split_name("鼓楼区某某商会", REGIONS).provinces == frozenset()


def test_width_brackets_quotes_and_the_two_wordings_of_limited_make_no_difference() -> None:
    assert normal_form("太重(天津)滨海有限责任公司") == normal_form(
        "太重\uff08天津\uff09滨海 有限公司"
    )
    assert normal_form("“重磅”联盟") == "重磅联盟"


def test_a_second_name_in_brackets_is_taken_apart_only_where_it_is_a_name() -> None:
    assert split_alias("太原重型机械集团有限公司\uff08太重集团\uff09")[1] == "太重集团"
    assert split_alias("国能中能(吕梁交口100MW风电项目)")[1] is None
    assert split_alias("太重(察右中旗)新能源实业有限公司")[1] is None


def test_an_office_without_its_province_is_relative() -> None:
    assert is_relative("省工信厅")
    assert is_relative("我省能源局")
    assert not is_relative("山西省能源局")
    assert not is_relative("市外某某厂")


def test_a_document_defines_its_own_short_names() -> None:
    text = "江苏九鼎集团有限公司(以下简称“九鼎”)与某某有限公司(简称某某)签约。(记者甲)"
    found = find_definitions("doc-a", text)
    assert [(each.short, each.full) for each in found] == [
        ("九鼎", "江苏九鼎集团有限公司"),
        ("某某", "某某有限公司"),
    ]
    assert text[found[0].span.start : found[0].span.end] == "(以下简称“九鼎”)"
    assert find_definitions("doc-a", "没有定义") == ()
    assert isinstance(found[0].span, Span)


def test_every_part_of_a_name_is_among_its_tokens() -> None:
    name = "江苏九鼎集团有限公司"
    tokens = set(index_tokens(name))
    for start in range(len(name)):
        for end in range(start + 1, len(name) + 1):
            assert set(query_tokens(name[start:end])) <= tokens
    assert query_tokens(" ") == ()
    assert query_tokens("ABB") == query_tokens("\uff41\uff42\uff42")
