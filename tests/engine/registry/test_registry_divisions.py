"""Is a region found by code, by name, and by name with what lies above it?"""

import pytest

from fenglian.engine.registry.divisions import find_division
from tests.engine.registry.sheet_making import DIVISIONS


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("140100", ("140100",)),
        ("太原市", ("140100",)),
        ("山西省", ("140000",)),
        ("山西省太原市", ("140100",)),
        ("山西省太原市小店区", ("140105",)),
        ("太原市小店区", ("140105",)),
        ("北京市朝阳区", ("110105",)),
        ("山西省小店区", ("140105",)),
        ("四川省太原市", ()),
        ("鼓楼区小店区", ()),
        ("太原", ()),
        ("", ()),
        ("省", ()),
    ],
)
def test_words_mean_a_division_or_none(words: str, codes: tuple[str, ...]) -> None:
    assert find_division(words, DIVISIONS) == codes


def test_a_name_of_several_places_gives_all_that_are_valid() -> None:
    found = find_division("鼓楼区", DIVISIONS)
    assert len(found) > 1
    assert find_division("江苏省南京市鼓楼区", DIVISIONS) == ("320106",)


def test_a_name_that_is_no_longer_borne_gives_its_last_code() -> None:
    gone = next(
        name
        for name, rows in DIVISIONS.rows.items()
        if all(last is not None for _, _, last in rows)
    )
    assert find_division(gone, DIVISIONS) == (DIVISIONS.rows[gone][-1][0],)


def test_without_divisions_nothing_is_found() -> None:
    assert find_division("太原市", None) == ()
