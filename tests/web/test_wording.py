"""Quantities are shown with bound word, figure and unit; codes in both languages."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from fenglian.engine.intake.doubts import CATALOGUE as DOUBTS
from fenglian.engine.intake.facts import CATALOGUE
from fenglian.engine.intake.terms import CODES, QUALIFIERS
from fenglian.engine.quantities import Bound, Quantity
from fenglian.web.intake import wording


def shown(figure: str, bound: Bound, unit: str, words: str = "", language: str = "zh-hans") -> str:
    with override(language):
        return str(wording.show_quantity(Quantity(Decimal(figure), bound, unit), words))


@pytest.mark.parametrize(
    ("figure", "bound", "unit", "words", "zh", "en"),
    [
        ("2.1e9", "gt", "yuan", "总额逾21亿元", "逾 21 亿元", "over 2.1 billion yuan"),
        ("2.1e9", "gt", "yuan", "超过21亿元", "超过 21 亿元", "over 2.1 billion yuan"),
        ("66", "eq", "家单位", "共计66家单位", "共计 66 家单位", "66 家单位"),
        ("45000", "approx", "yuan", "4.5万元左右", "约 4.5 万元", "about 45,000 yuan"),
        ("1e11", "ge", "yuan", "", "不少于 1,000 亿元", "at least 100 billion yuan"),
        ("6.25", "eq", "MW", "", "6.25 MW", "6.25 MW"),
        ("5", "lt", "yuan", "不到5元", "不到 5 元", "under 5 yuan"),
        ("0", "eq", "yuan", "", "0 元", "0 yuan"),
    ],
)
def test_a_quantity_is_never_bare(
    figure: str, bound: Bound, unit: str, words: str, zh: str, en: str
) -> None:
    assert shown(figure, bound, unit, words) == zh
    assert shown(figure, bound, unit, words, "en") == en


def test_a_range_shows_both_ends_in_one_scale() -> None:
    quantity = Quantity(Decimal("4.2e8"), "eq", "yuan", Decimal("4.8e8"))
    with override("zh-hans"):
        assert str(wording.show_quantity(quantity)) == "4.2–4.8 亿元"
        assert wording.show_quantity(quantity).meaning == "区间"


@pytest.mark.parametrize(
    "figure", ["1E+999999", "9E+99999999", "-1E-999999", "NaN", "9" * 50, "9" * 2000, "0E+999"]
)
@pytest.mark.parametrize("unit", ["yuan", "MW"])
def test_any_number_that_was_kept_is_shown_and_briefly(figure: str, unit: str) -> None:
    assert len(shown(figure, "eq", unit)) < 100


def test_names_of_a_later_version_are_shown_as_they_are() -> None:
    assert wording.fact_label("not_yet") == "not_yet"
    assert wording.property_label("not_yet", "x") == "x"
    assert wording.qualifier_label("not_yet") == "not_yet"
    assert wording.say_code("kind", "not_yet") == "not_yet"
    assert wording.repair_label("not_yet") == "not_yet"


def test_every_fact_type_and_term_reads_in_both_languages() -> None:
    labels = [fact.label for fact in CATALOGUE]
    labels += [each.label for fact in CATALOGUE for each in fact.properties]
    labels += [*QUALIFIERS.values(), *(each for codes in CODES.values() for each in codes.values())]
    labels += [label for _name, label, _doubt in DOUBTS]
    for label in labels:
        assert label.zh
        assert label.en


@pytest.mark.parametrize(
    ("size", "text"), [(12, "12 字节"), (4138, "4.1 kB"), (5_000_000, "5.0 MB")]
)
def test_sizes_are_readable(size: int, text: str) -> None:
    with override("zh-hans"):
        assert wording.show_size(size) == text
