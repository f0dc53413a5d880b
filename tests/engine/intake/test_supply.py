"""Who supplies whom, who makes what: each way of saying it, and what is not said."""

import pytest

from tests.engine.intake.pages import body, findings

SAID = {
    "项目采用乙川锻造有限公司生产的主轴毛坯。": [("主轴毛坯", "product_of", "乙川锻造有限公司")],
    "甲源重工有限公司采用乙川锻造有限公司生产的100米级叶片。": [
        ("叶片", "product_of", "乙川锻造有限公司")
    ],
    "甲源重工有限公司的塔筒采用乙川特钢有限公司生产的中厚板。": [
        ("中厚板", "product_of", "乙川特钢有限公司")
    ],
    "甲源重工有限公司的轴承产自乙川轴承有限公司。": [
        ("轴承", "product_of", "乙川轴承有限公司"),
        ("甲源重工有限公司", "supplied_by", "乙川轴承有限公司"),
    ],
    "乙川电缆有限公司生产的首根330千伏海底电缆交付。": [
        ("330千伏海底电缆", "product_of", "乙川电缆有限公司"),
    ],
    "甲源重工有限公司的法兰由乙川锻造有限公司供应。": [
        ("甲源重工有限公司", "supplied_by", "乙川锻造有限公司"),
    ],
    "叶片、塔筒分别由甲源叶片有限公司和乙川塔筒有限公司制造。": [
        ("叶片", "product_of", "甲源叶片有限公司"),
        ("塔筒", "product_of", "乙川塔筒有限公司"),
    ],
    "甲源重工有限公司从乙川锻造有限公司采购主轴毛坯。": [
        ("甲源重工有限公司", "supplied_by", "乙川锻造有限公司"),
    ],
    "甲源重工有限公司的轴承采购自乙川轴承有限公司。": [
        ("甲源重工有限公司", "supplied_by", "乙川轴承有限公司"),
    ],
    "乙川锻造有限公司是甲源重工有限公司的核心供应商。": [
        ("甲源重工有限公司", "supplied_by", "乙川锻造有限公司"),
    ],
    "乙川锻造有限公司生产法兰,主要客户有甲源重工有限公司。": [
        ("法兰", "product_of", "乙川锻造有限公司"),
        ("甲源重工有限公司", "supplied_by", "乙川锻造有限公司"),
    ],
    "乙川锻造有限公司年产法兰2万吨,产品全部销往甲源重工有限公司。": [
        ("法兰", "product_of", "乙川锻造有限公司"),
        ("甲源重工有限公司", "supplied_by", "乙川锻造有限公司"),
    ],
    "法兰供应商为乙川锻造有限公司。": [("法兰", "product_of", "乙川锻造有限公司")],
    "甲源风能有限公司公示招标结果:乙川塔筒有限公司中标塔筒。": [
        ("甲源风能有限公司", "supplied_by", "乙川塔筒有限公司"),
    ],
    "甲源风能有限公司与乙川叶片有限公司签订叶片采购合同。": [
        ("甲源风能有限公司", "supplied_by", "乙川叶片有限公司"),
    ],
    "乙川玻璃有限公司与甲源光能有限公司签订长期协议,为其供应光伏玻璃。": [
        ("甲源光能有限公司", "supplied_by", "乙川玻璃有限公司"),
    ],
    "首台齿轮箱在甲源传动有限公司下线。": [("齿轮箱", "product_of", "甲源传动有限公司")],
    "甲源重锻有限公司主轴为国内5家整机企业配套。": [("主轴", "product_of", "甲源重锻有限公司")],
    "甲源重锻有限公司桃源基地生产的主轴已经交付。": [("主轴", "product_of", "甲源重锻有限公司")],
    "齿轮箱是风电机组的核心部件。": [("齿轮箱", "supports", "风电机组")],
    "新能源汽车由电池、电机等部件组成。": [
        ("电池", "supports", "新能源汽车"),
        ("电机", "supports", "新能源汽车"),
    ],
    "甲源重锻有限公司年产主轴300根,为乙川风能有限公司的13兆瓦风电机组配套。": [
        ("主轴", "supports", "风电机组"),
        ("主轴", "product_of", "甲源重锻有限公司"),
        ("乙川风能有限公司", "supplied_by", "甲源重锻有限公司"),
    ],
    "风电产业链链主企业甲源风能有限公司发布年报。": [("甲源风能有限公司", "leads", "风电产业链")],
    "甲源风能有限公司被认定为全省链主。": [("甲源风能有限公司", "leads", "产业链")],
}
UNSAID = (
    "法兰不再由乙川锻造有限公司供应。",
    "甲源重工有限公司并非乙川锻造有限公司的供应商。",
    "甲源重工有限公司拟从乙川锻造有限公司采购法兰。",
    "会议由甲源重工有限公司提供支持。",
    "贷款由甲源银行股份有限公司提供。",
    "甲源重工有限公司为乙川锻造有限公司提供全方位服务。",
    "参会代表来自甲源重工有限公司。",
    "甲源重工有限公司生产基地开工。",
    "甲源重工有限公司生产经营稳定,采用新技术。",
    "甲源风能有限公司与乙川能源有限公司签订采购合同。",  # nobody says who sells
    "甲源重工有限公司中标防洪工程。",
)  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_is_read(text: str) -> None:
    found = {(f.subject, f.property, f.value) for f in findings(body(text), "chain_relation")}
    assert found == set(SAID[text])


@pytest.mark.parametrize("text", UNSAID)
def test_what_is_not_said_is_not_read(text: str) -> None:
    assert findings(body(text), "chain_relation") == []


def test_the_firm_of_the_sentence_before_is_the_buyer() -> None:
    page = body("甲源清电有限公司的风电场全容量并网。机组由乙川风能有限公司供货。")
    rows = [(f.subject, f.property, f.value) for f in findings(page, "chain_relation")]
    assert ("甲源清电有限公司", "supplied_by", "乙川风能有限公司") in rows


def test_a_short_name_stands_for_the_firm_that_the_page_defines() -> None:
    page = body(
        "北川风电装备有限公司(以下简称“北川风电”)投产。北川风电的塔筒由恒川塔筒有限公司供应。"
    )
    rows = [(f.subject, f.property, f.value) for f in findings(page, "chain_relation")]
    assert ("北川风电装备有限公司", "supplied_by", "恒川塔筒有限公司") in rows


def test_the_words_of_a_relation_are_its_place() -> None:
    page = body("甲源重工有限公司的法兰由乙川锻造有限公司供应。")
    found = findings(page, "chain_relation", "supplied_by")[0]
    assert found.qualifier("product") == "法兰"
    assert page.text[found.span.start : found.span.end] == (
        "甲源重工有限公司的法兰由乙川锻造有限公司供应"
    )
