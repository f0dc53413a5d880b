"""Names, titles and offices as a whole."""

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
