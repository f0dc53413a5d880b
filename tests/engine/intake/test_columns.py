"""Are the figures of a table read that came as lines of text, and nothing that only looks like one?"""

from decimal import Decimal

from tests.engine.intake.pages import body, findings

AWARDS = (
    "标段 容量（万千瓦） 中标人 中标价（万元） 单价（元/千瓦）\n"
    "第一标段 50 甲源风电装备有限公司 92,500 1850\n"
    "第二标段 30 乙川重工有限公司 43800.5 1460\n"
    "合计 80 见上\n"
    "第三标段 20 丙岭重工有限公司 29600 1480\n"
)


def test_a_sum_has_the_unit_and_the_role_of_its_heading_and_the_firm_of_its_line() -> None:
    first, second = findings(body(AWARDS), "amount")
    assert (first.subject, first.property) == ("甲源风电装备有限公司", "price")
    assert first.quantity is not None
    assert (first.quantity.figure, first.quantity.unit) == (Decimal(925_000_000), "yuan")
    assert (second.subject, second.value) == ("乙川重工有限公司", "438005000")


def test_the_words_of_a_figure_are_the_cell_alone() -> None:
    page = body(AWARDS)
    assert [page.text[each.span.start : each.span.end] for each in findings(page, "amount")] == [
        "92,500",
        "43800.5",
    ]


def test_other_quantities_are_read_too_until_the_table_is_over() -> None:
    found = findings(body(AWARDS), "physical_quantity")
    assert [(each.subject, each.value) for each in found] == [("容量", "500"), ("容量", "300")]


def test_lines_of_equal_length_without_a_heading_are_no_table() -> None:
    assert findings(body("甲 乙 12\n丙 丁 13\n"), "amount") == []
    assert findings(body("总投资（万元） 12\n甲 13\n"), "amount") == []  # two cells are no table
    assert findings(body("第1期 名称 总投资（亿元）\n甲 乙 约13\n"), "amount") == []
