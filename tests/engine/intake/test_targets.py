"""What is aimed at, by when: any dimension, and never what has been reached."""

import pytest

from tests.engine.intake.pages import body, findings


@pytest.mark.parametrize(
    ("text", "value", "year", "what"),
    [
        ("县里提出,到2025年本地配套率提高到65%。", "0.65", "2025", "本地配套率"),
        ("全市力争到2026年新能源装机达到500万千瓦。", "5000", "2026", "新能源装机"),
        ("力争到2028年聚集企业60家以上。", "60", "2028", "企业"),
        ("力争“十四五”末海上风电装机达到1000万千瓦。", "10000", "2025", "海上风电装机"),
        ("计划到2028年形成绿氢产能20万吨。", "200000", "2028", "绿氢产能"),
    ],
)
def test_a_level_by_a_year_is_a_target(text: str, value: str, year: str, what: str) -> None:
    [target] = findings(body(text), "target")
    assert (target.value, target.property) == (value, "level")
    assert (target.qualifier("year"), target.qualifier("what")) == (year, what)


@pytest.mark.parametrize(
    "text",
    [
        "2022年,全县产值达到110亿元,同比增长9.5%。",
        "截至2025年底,全市装机超过500万千瓦。",
        "全市产值达到110亿元。",
        "到2021年,全县要使产值达到110亿元。",  # before the page was published
        "力争到2025年完成一期2台机组安装。",
    ],
)
def test_what_was_reached_or_has_no_year_is_none(text: str) -> None:
    assert findings(body(text), "target") == []
