"""Numerals of every kind, their bounds and units, and the words they stand in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.errors import MixedDimension, NotANumber, UnknownUnit
from fenglian.engine.quantities import (
    Bound,
    Quantity,
    find_quantities,
    fold_width,
    plain,
    read_money,
    read_number,
    read_quantity,
    write_quantity,
)

NUMBERS = [
    ("0", 0),
    ("7", 7),
    ("42", 42),
    ("1234", 1234),
    ("1,234", 1234),
    ("1,234,567", 1234567),
    ("1,234.5", "1234.5"),
    ("3.14", "3.14"),
    ("-5", -5),
    ("+5", 5),
    ("\uff16\uff16", 66),
    ("\uff12\uff0e\uff15", "2.5"),
    ("\uff11\uff0c\uff12\uff13\uff14", 1234),
    ("3百", 300),
    ("3千", 3000),
    ("5万", 50000),
    ("1.5万", 15000),
    ("21亿", 2100000000),
    ("2.1亿", 210000000),
    ("1.5万亿", 1500000000000),
    ("3千亿", 300000000000),
    ("2百万", 2000000),
    ("2千万", 20000000),
    ("2亿5000万", 250000000),
    ("1,234.5万", 12345000),
    ("21 亿", 2100000000),
    ("零", 0),
    ("一", 1),
    ("两", 2),
    ("九", 9),
    ("十", 10),
    ("十一", 11),
    ("十九", 19),
    ("二十", 20),
    ("二十一", 21),
    ("九十九", 99),
    ("廿一", 21),
    ("廿", 20),
    ("卅五", 35),
    ("一百", 100),
    ("一百零五", 105),
    ("一百一十", 110),
    ("一百一十五", 115),
    ("三百二十", 320),
    ("两百", 200),
    ("一千", 1000),
    ("一千零一", 1001),
    ("一千零一十", 1010),
    ("一千一百", 1100),
    ("两千三百四十五", 2345),
    ("一万", 10000),
    ("一万零一", 10001),
    ("十万", 100000),
    ("十二万", 120000),
    ("一百万", 1000000),
    ("三千万", 30000000),
    ("二十一亿", 2100000000),
    ("一亿二千万", 120000000),
    ("一万亿", 1000000000000),
    ("三万五千", 35000),
    ("三点五", "3.5"),
    ("三点一四", "3.14"),
    ("二点五亿", 250000000),
    ("贰拾壹", 21),
    ("壹佰", 100),
    ("叁仟", 3000),
    ("伍万", 50000),
    ("二\u3007二三", 2023),
    ("一九四九", 1949),
]

QUANTITIES: list[tuple[str, str, Bound, str]] = [
    ("逾21亿元", "2100000000", "gt", "yuan"),
    ("超100亿元", "10000000000", "gt", "yuan"),
    ("超过100亿元", "10000000000", "gt", "yuan"),
    ("突破300亿元", "30000000000", "gt", "yuan"),
    ("高于5%", "0.05", "gt", "share"),
    ("21亿多元", "2100000000", "gt", "yuan"),
    ("21亿余元", "2100000000", "gt", "yuan"),
    ("10多亿元", "1000000000", "gt", "yuan"),
    ("20余万千瓦", "200", "gt", "MW"),
    ("160余位代表", "160", "gt", "位代表"),
    ("1000多个岗位", "1000", "gt", "个岗位"),
    ("百余家", "100", "gt", "家"),
    ("十余家", "10", "gt", "家"),
    ("十几家", "10", "gt", "家"),
    ("几十家", "10", "gt", "家"),
    ("数十亿元", "1000000000", "gt", "yuan"),
    ("数百万元", "1000000", "gt", "yuan"),
    ("好几百人", "100", "gt", "人"),
    ("不少于10亿元", "1000000000", "ge", "yuan"),
    ("不低于50亿元", "5000000000", "ge", "yuan"),
    ("至少3家", "3", "ge", "家"),
    ("100亿元以上", "10000000000", "ge", "yuan"),
    ("30人及以上", "30", "ge", "人"),
    ("上千人", "1000", "ge", "人"),
    ("上百亿元", "10000000000", "ge", "yuan"),
    ("千亿级", "100000000000", "ge", ""),
    ("万亿级", "1000000000000", "ge", ""),
    ("千亿元级", "100000000000", "ge", "yuan"),
    ("百万千瓦级", "1000", "ge", "MW"),
    ("近百家企业", "100", "lt", "家企业"),
    ("近21亿元", "2100000000", "lt", "yuan"),
    ("将近3万人", "30000", "lt", "人"),
    ("接近100台", "100", "lt", "台"),
    ("不到5家", "5", "lt", "家"),
    ("不足10亿元", "1000000000", "lt", "yuan"),
    ("低于8%", "0.08", "lt", "share"),
    ("不超过10亿元", "1000000000", "le", "yuan"),
    ("至多3家", "3", "le", "家"),
    ("50人以内", "50", "le", "人"),
    ("10%以下", "0.1", "le", "share"),
    ("约280亩", "280", "approx", "mu"),
    ("大约3亿元", "300000000", "approx", "yuan"),
    ("预计20亿元", "2000000000", "approx", "yuan"),
    ("100台左右", "100", "approx", "台"),
    ("十来家", "10", "approx", "家"),
    ("66家单位", "66", "eq", "家单位"),
    ("20家理事单位", "20", "eq", "家理事单位"),
    ("45家成员单位", "45", "eq", "家成员单位"),
    ("15个重大项目", "15", "eq", "个重大项目"),
    ("5万台", "50000", "eq", "台"),
    ("120台(套)", "120", "eq", "台(套)"),
    ("一百零五台", "105", "eq", "台"),
    ("6.5亿元", "650000000", "eq", "yuan"),
    ("千亿元", "100000000000", "eq", "yuan"),
    ("2 亿元", "200000000", "eq", "yuan"),
    ("300万美元", "3000000", "eq", "USD"),
    ("5亿欧元", "500000000", "eq", "EUR"),
    ("1,234.5万元", "12345000", "eq", "yuan"),
    ("贰拾壹万元", "210000", "eq", "yuan"),
    ("2000万千瓦", "20000", "eq", "MW"),
    ("3GW", "3000", "eq", "MW"),
    ("2千瓦", "0.002", "eq", "MW"),
    ("1.2兆瓦时", "1.2", "eq", "MWh"),
    ("3亿千瓦时", "300000", "eq", "MWh"),
    ("5万吨", "50000", "eq", "t"),
    ("800公斤", "0.8", "eq", "t"),
    ("120米", "120", "eq", "m"),
    ("3公里", "3000", "eq", "m"),
    ("2公顷", "20000", "eq", "m2"),
    ("35千伏", "35000", "eq", "V"),
    ("3.5‰", "0.0035", "eq", "share"),
    ("5个百分点", "0.05", "eq", "share"),
    ("五成", "0.5", "eq", "share"),
]

RANGES = [
    ("2-6MW", 2, 6, "MW"),
    ("4.2–4.8MW", "4.2", "4.8", "MW"),
    ("3至5家", 3, 5, "家"),
    ("10-20亿元", 1000000000, 2000000000, "yuan"),
    ("5亿元-8亿元", 500000000, 800000000, "yuan"),
    ("5000-1万台", 5000, 10000, "台"),
    ("100万~200万元", 1000000, 2000000, "yuan"),
    ("三四十家", 30, 40, "家"),
    ("两三百人", 200, 300, "人"),
    ("十七八家", 17, 18, "家"),
]


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_a_number_reads_exactly(words: str, value: int | str) -> None:
    assert read_number(words) == Decimal(value)


@pytest.mark.parametrize(("words", "figure", "bound", "unit"), QUANTITIES)
def test_a_quantity_keeps_bound_and_unit(words: str, figure: str, bound: Bound, unit: str) -> None:
    assert read_quantity(words) == Quantity(Decimal(figure), bound, unit)


@pytest.mark.parametrize(("words", "low", "high", "unit"), RANGES)
def test_a_range_has_two_ends(words: str, low: int | str, high: int | str, unit: str) -> None:
    read = read_quantity(words)
    assert (read.figure, read.top, read.unit) == (Decimal(low), Decimal(high), unit)
    assert (read.low, read.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "元",
        "很多",
        "NaN",
        "inf",
        "1e999999",
        "十百",
        "一二",
        "百百",
        "亿万亿",
        "9" * 60,
        "1.2.3",
        "三点",
    ],
)
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(NotANumber):
        read_number(words)


def test_words_left_over_are_an_unknown_unit() -> None:
    with pytest.raises(UnknownUnit):
        read_quantity("21亿元钱包")
    with pytest.raises(UnknownUnit):
        read_quantity("21光年")


def test_money_in_megawatts_is_refused() -> None:
    with pytest.raises(MixedDimension):
        read_money("3MW")
    assert read_money("21亿").unit == "yuan"


def test_open_ends_are_none_not_zero() -> None:
    assert read_quantity("逾21亿元").high is None
    assert read_quantity("近百家").low is None
    assert read_quantity("约280亩").low == Decimal(275)
    assert read_quantity("约280亩").high == Decimal(285)


@pytest.mark.parametrize(
    "text",
    [
        "2023年4月7日",
        "第3家",
        "二十大",
        "两会",
        "签约项目",
        "万元",
        "千家万户",
        "2023-04-18 11:03",
        "十四五",
        "一带一路",
        "GB18030标准",
    ],
)
def test_years_days_and_ordinals_are_no_quantities(text: str) -> None:
    assert list(find_quantities(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("总额逾21亿元。", "逾21亿元"),
        ("共计66家单位的160余位代表", "66家单位"),
        ("成员大会,20家理事单位到会", "20家理事单位"),
        ("集中签约15个重大项目", "15个重大项目"),
        ("可提供1000多个岗位", "1000多个岗位"),
        ("发出175台风电机组", "175台"),
        ("建设60万千瓦风力发电场", "60万千瓦"),
        ("尽早形成千亿级产业集群", "千亿级"),
    ],
)
def test_the_words_are_those_of_number_and_unit(text: str, words: str) -> None:
    found = next(find_quantities(text))
    assert text[found.start : found.end] == words


def test_signing_is_not_about() -> None:
    found = next(find_quantities("签约15个项目"))
    assert found.quantity.bound == "eq"


def test_full_width_folds_one_to_one() -> None:
    text = "\uff08\uff12\uff10\uff12\uff13\uff09\u3000\u00a0风"
    assert fold_width(text) == "(2023)  风"
    assert len(fold_width(text)) == len(text)


UNITS = st.sampled_from(["yuan", "家", "MW", "台", "t"])
BOUNDS = st.sampled_from(["eq", "gt", "ge", "lt", "le", "approx"])
FIGURES = st.decimals(
    min_value=0, max_value=10**15, allow_nan=False, allow_infinity=False, places=4
)


@given(FIGURES, BOUNDS, UNITS)
def test_what_is_written_reads_back(figure: Decimal, bound: Bound, unit: str) -> None:
    quantity = Quantity(figure, bound, unit)
    assert read_quantity(write_quantity(quantity)) == quantity


@given(st.integers(0, 10**16))
def test_digits_with_thousands_marks_read_back(number: int) -> None:
    assert read_number(f"{number:,}") == number
    assert read_number(plain(Decimal(number))) == number


def _hanzi(number: int) -> str:
    """Write a whole number in Chinese numerals, an oracle apart from the reader."""
    if number == 0:
        return "零"
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            rest = number % size
            gap = "零" if rest and rest < size // 10 else ""
            return _hanzi(number // size) + word + (gap + _hanzi(rest) if rest else "")
    words, pending = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("零" if pending and words else "") + "零一二三四五六七八九"[digit] + word
        pending = digit == 0
    return words


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert read_number(_hanzi(number)) == number


@given(st.text(max_size=80))
def test_no_text_breaks_the_search(text: str) -> None:
    for found in find_quantities(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.quantity.figure.is_finite()


def test_it_has_enough_numerals() -> None:
    assert len(NUMBERS) + len(QUANTITIES) + len(RANGES) >= 120
