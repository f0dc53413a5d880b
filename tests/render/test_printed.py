"""What stands on paper: marks, numbers, punctuation, dates."""

from dataclasses import replace
from datetime import date

import pytest

from fenglian.engine.advice.brief import Amount, Paragraph, Words
from fenglian.engine.chain.intervals import UNKNOWN, Interval, exactly
from fenglian.engine.labels import Label
from fenglian.render.printed import (
    PrintedChart,
    PrintedParagraph,
    PrintedTable,
    Run,
    chinese_numeral,
    in_large_units,
    print_brief,
    set_text,
    write_day,
)
from tests.render.sample_brief import SETS, make_brief

TON = Label("吨/年", "t a year")


def _runs(piece: Words | Amount, language: str = "zh") -> tuple[Run, ...]:
    brief = replace(make_brief(), blocks=(Paragraph((piece,)),))
    block = print_brief(brief, language).blocks[0]
    assert isinstance(block, PrintedParagraph)
    return block.runs


def test_a_number_carries_its_unit_its_ends_and_its_mark() -> None:
    amount = Amount(Interval(160, 300, 440), SETS, ("DEMO3", "DEMO1"), assumed=True)
    assert [run.text for run in _runs(amount)] == ["300 套/年（160–440）", "[1,3,假]"]
    assert [run.text for run in _runs(amount, "en")] == ["300 sets a year (160–440)", "[1,3,a]"]


def test_unknown_is_said_and_never_zero() -> None:
    runs = _runs(Amount(UNKNOWN, SETS, ("DEMO1",)))
    assert runs == (Run("未查到", "unknown"),)


def test_a_mark_stands_before_the_stop() -> None:
    runs = _runs(Words(Label("报告如下。", "as follows."), ("DEMO1", "DEMO2", "DEMO3")))
    assert [run.text for run in runs] == ["报告如下", "[1–3]", "。"]


def test_a_source_that_is_not_listed_is_seen() -> None:
    assert _runs(Words(Label("文", "text"), ("LOST",)))[1].text == "[LOST]"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("法兰,够:4吨", "法兰，够：4吨"),
        ("800 套(480–1,280)", "800 套（480–1,280）"),
        ("产能 (MW) 未知", "产能 (MW) 未知"),
        ("3.5 MW, 2 MW", "3.5 MW, 2 MW"),
        ("问:够不够?", "问：够不够？"),
    ],
)
def test_chinese_gets_its_own_punctuation(typed: str, printed: str) -> None:
    assert set_text(typed, "zh") == printed
    assert set_text(typed, "en") == typed


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        (14e8, "14 亿元/年", "1.4 bn yuan a year"),
        (3.2e6, "320 万元/年", "3.2 m yuan a year"),
        (500.0, "500 元/年", "500 yuan a year"),
    ],
)
def test_money_is_counted_as_each_language_counts(yuan: float, zh: str, en: str) -> None:
    amount = Amount(exactly(yuan), Label("元/年", "yuan a year"), ("DEMO1",))
    for language, text in (("zh", zh), ("en", en)):
        shown = in_large_units(amount, language)
        assert shown.interval.text(language, shown.unit) == text


def test_other_units_and_open_ends_stay_as_they_are() -> None:
    tons = Amount(exactly(1e9), TON, ())
    assert in_large_units(tons, "zh") is tons
    open_end = Amount(Interval(2.1e9, None, None), Label("元", "yuan"), ())
    shown = in_large_units(open_end, "zh")
    assert shown.interval.text("zh", shown.unit) == "不少于 21 亿元"


def test_headings_tables_and_charts_are_numbered() -> None:
    blocks = print_brief(make_brief(), "zh").blocks
    heads = [block.number for block in blocks if isinstance(block, PrintedParagraph)]
    assert [head for head in heads if head] == [
        "一、", "（一）", "（二）", "二、", "（一）", "1．", "（二）", "1．",
    ]  # fmt: skip
    titles = [block.title for block in blocks if isinstance(block, PrintedTable | PrintedChart)]
    assert titles == ["图1　覆盖谱：已知产能占年需求的比例", "表1　主要产品的需求与已知产能"]
    english = print_brief(make_brief(), "en").blocks
    numbers = [block.number for block in english if isinstance(block, PrintedParagraph)]
    assert [number.strip() for number in numbers if number][-1] == "2.2.1"


def test_every_row_of_a_table_names_its_sources() -> None:
    [table] = [
        block for block in print_brief(make_brief(), "zh").blocks if isinstance(block, PrintedTable)
    ]
    assert table.heads[-1] == (Run("来源"),)
    assert [row[-1][0].text for row in table.rows] == ["[1,2]", "[2,3]", "[2]", "[2,3]"]
    assert table.figures == (False, True, True, True, False, False)
    assert table.rows[0][1] == (Run("5,600"), Run("[假]", "mark"), Run("4,680–6,240", "ends"))
    assert table.rows[2][2] == (Run("未查到", "unknown"),)


def test_dates_and_numerals() -> None:
    assert write_day(date(2026, 1, 5), "zh") == "2026年1月5日"
    assert write_day(date(2026, 1, 5), "en") == "5 January 2026"
    numerals = [chinese_numeral(number) for number in (1, 10, 12, 20, 35)]
    assert numerals == ["一", "十", "十二", "二十", "三十五"]
