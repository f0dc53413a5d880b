"""How far a value may travel, and what is printed on a page of many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.disclosure.classes import (
    UNDECLARED,
    DataClass,
    declared_class,
    highest,
    mark,
)
from fenglian.engine.errors import UnknownDataClass

CLASSES = st.lists(st.sampled_from([*DataClass, None]), min_size=1)
S0, S1, S2, S3, P = DataClass


@pytest.mark.parametrize(("lower", "higher"), [(S0, S1), (S1, S2), (S2, P), (P, S3)])
def test_the_stricter_of_two_is_printed(lower: DataClass, higher: DataClass) -> None:
    assert highest([lower, higher]) is highest([higher, lower]) is higher


def test_what_nobody_declared_is_confidential() -> None:
    assert UNDECLARED is S3
    assert highest([S0, None]) is S3
    assert highest([]) is S3
    assert declared_class(None) is declared_class("  ") is S3


@given(CLASSES, CLASSES)
def test_putting_together_never_lowers_a_class(
    one: list[DataClass | None], other: list[DataClass | None]
) -> None:
    together = highest([*one, *other])
    assert together is highest([highest(one), highest(other)])
    assert together is highest([*other, *one])
    assert together in {highest(one), highest(other)}


@given(CLASSES)
def test_a_person_never_vanishes_from_the_mark(classes: list[DataClass | None]) -> None:
    words = mark(classes)
    assert (P.label.zh in words.zh) == (P in classes)
    assert (P.label.en in words.en) == (P in classes)
    assert highest(classes).label.zh in words.zh


@pytest.mark.parametrize("word", list(DataClass))
def test_a_declaration_is_read_as_it_is_written(word: str) -> None:
    assert declared_class(f" {word} ") == word


def test_a_class_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnknownDataClass) as refusal:
        declared_class("S4")
    for language in ("zh", "en"):
        assert "S4" in refusal.value.message(language)
        assert "S0, S1, S2, S3, P" in refusal.value.message(language)


def test_every_class_has_words_in_both_languages() -> None:
    for label in (words for each in DataClass for words in (each.label, each.readers)):
        assert label.text("zh") != label.text("en")
    assert len({each.label for each in DataClass}) == len(DataClass)
