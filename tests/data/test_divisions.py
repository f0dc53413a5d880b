"""The table of divisions: codes with their years, loaded fast."""

import ast
from pathlib import Path

import pytest

from fenglian.data import divisions as room
from fenglian.data.divisions import divisions


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("山西省", "140000"),
        ("太原市", "140100"),
        ("乐亭县", "130225"),
        ("锡林浩特市", "152502"),
        ("德州市", "371400"),
        ("酒泉市", "620900"),
        ("宁乡市", "430182"),
        ("晋城市", "140500"),
        ("新晃侗族自治县", "431227"),
        ("陕西省", "610000"),
        ("平陆县", "140829"),
        ("芮城县", "140830"),
        ("台湾省", "710000"),
        ("香港特别行政区", "810000"),
    ],
)
def test_the_valid_code_is_known(name: str, code: str) -> None:
    assert [row[0] for row in divisions()[name] if row[2] is None] == [code]


def test_a_county_that_became_a_city_keeps_its_old_code() -> None:
    assert divisions()["宁乡县"][-1] == ("430124", 1983, 2017)
    assert divisions()["宁乡市"] == (("430182", 2017, None),)


def test_rows_are_by_year_and_well_formed() -> None:
    for name, rows in divisions().items():
        assert not name.endswith("直辖县级行政区划")
        assert [row[1] for row in rows] == sorted(row[1] for row in rows), name
        for code, first, last in rows:
            assert len(code) == 6
            assert code.isdigit()
            assert last is None or first <= last


def test_every_province_is_there_once() -> None:
    provinces = [
        name
        for name, rows in divisions().items()
        for code, _, last in rows
        if code.endswith("0000") and last is None
    ]
    assert len(provinces) == 34


def test_it_imports_nothing_of_the_engine() -> None:
    tree = ast.parse(Path(room.__file__ or "").read_text("utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not any(name.startswith("fenglian.engine") for name in names)
