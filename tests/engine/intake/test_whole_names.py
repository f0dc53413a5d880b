"""Names, titles and offices as a whole; who supplies whom."""

import pytest

from tests.engine.intake.pages import body, findings


@pytest.mark.parametrize(
    ("text", "person", "title", "organisation"),
    [
        ("赤峰市市长哈斯巴根出席。", "哈斯巴根", "市长", "赤峰市"),
        ("甲锻造有限公司战略发展部部长汤颖介绍。", "汤颖", "战略发展部部长", "甲锻造有限公司"),
        ("大同市发展和改革委员会主任安磊参加。", "安磊", "主任", "大同市发展和改革委员会"),
        ("通辽经济技术开发区管委会主任李国栋参加。", "李国栋", "主任", "通辽经济技术开发区管委会"),
        ("甲银行股份有限公司无锡分行副行长邵刚签字。", "邵刚", "副行长", "甲银行股份有限公司无锡分行"),
        ("滨海理工大学船舶与海洋工程学院教授贺兰山说。", "贺兰山", "教授", "滨海理工大学船舶与海洋工程学院"),
    ],
)  # fmt: skip
def test_offices_branches_and_sounded_names_are_whole(
    text: str, person: str, title: str, organisation: str
) -> None:
    [found] = findings(body(text), "person_post")
    assert (found.subject, found.value) == (person, title)
    assert found.qualifier("organisation") == organisation


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "甲重工有限公司的法兰由乙锻造有限公司供应。",
            [("法兰", "product_of", "乙锻造有限公司"), ("甲重工有限公司", "supplied_by", "乙锻造有限公司")],
        ),
        (
            "甲重工有限公司的塔筒采用乙特钢有限公司生产的中厚板。",
            [("中厚板", "product_of", "乙特钢有限公司"), ("甲重工有限公司", "supplied_by", "乙特钢有限公司")],
        ),
    ],
)  # fmt: skip
def test_who_buys_is_whom_the_words_are_about(text: str, rows: list[tuple[str, str, str]]) -> None:
    found = [(s.subject, s.property, s.value) for s in findings(body(text), "chain_relation")]
    assert [row for row in found if row[1] != "supports"] == rows
