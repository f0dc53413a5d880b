"""Numerals of every kind, their bounds and units, and the words they stand in."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.errors import MixedDimension, NotANumber, QuantityError, UnknownUnit
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
from fenglian.engine.registry.figures import plain_words, read_figure

TABLE = Path(__file__).parent / "numerals.csv"  # what is right was written down by people
WANTED = 300


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


NUMERALS = _rows()


def _read(row: Mapping[str, str]) -> Quantity:
    words = row["words"]
    match row["read_as"]:
        case "number":
            return Quantity(read_number(words), "eq", "")
        case "quantity":
            return read_quantity(words)
        case "money":
            return read_money(words)
        case _:
            return read_figure(plain_words(words), row["column_unit"])


def _name(row: Mapping[str, str]) -> str:
    return f"{row['read_as']} {row['words']} {row['column_unit']}".strip()


@pytest.mark.parametrize("row", [row for row in NUMERALS if not row["fault"]], ids=_name)
def test_a_numeral_reads_as_people_wrote_it_down(row: Mapping[str, str]) -> None:
    top = Decimal(row["top"]) if row["top"] else None
    wanted = (Decimal(row["figure"]), top, row["bound"] or "eq", row["unit"])
    read = _read(row)
    assert (read.figure, read.top, read.bound, read.unit) == wanted


@pytest.mark.parametrize("row", [row for row in NUMERALS if row["fault"]], ids=_name)
def test_a_wrong_numeral_is_refused_by_its_fault(row: Mapping[str, str]) -> None:
    with pytest.raises(QuantityError) as refusal:
        _read(row)
    assert type(refusal.value).__name__ == row["fault"]


def test_it_has_enough_numerals_and_none_twice() -> None:
    asked = [(row["read_as"], row["words"], row["column_unit"]) for row in NUMERALS]
    assert len(asked) == len(set(asked)) >= WANTED
    assert sum(not row["fault"] for row in NUMERALS) >= WANTED


@pytest.mark.parametrize(
    ("words", "low", "high"), [("4.2–4.8MW", "4.2", "4.8"), ("三四十家", 30, 40)]
)
def test_a_range_has_two_ends(words: str, low: int | str, high: int | str) -> None:
    read = read_quantity(words)
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
