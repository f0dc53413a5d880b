"""The workbook: the figures of the brief as numbers, what is unknown as words, and no formulas."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from fenglian.engine.advice.brief import Amount, Brief, Table, Words
from fenglian.engine.labels import Label
from fenglian.render.xlsx import write_xlsx
from tests.render.sample_brief import COVERAGE, make_brief

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Sheet = dict[str, str | float]
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org", "12.50", "=cmd|' /C calc'!A0")


def read_book(content: bytes) -> dict[str, Sheet]:
    """Return sheet → cell → value, formulas forbidden."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        shared = _tree(packed, "xl/sharedStrings.xml")
        texts = ["".join(each.itertext()) for each in shared.findall("m:si", SPACE)]
        sheets = _tree(packed, "xl/workbook.xml").findall("m:sheets/m:sheet", SPACE)
        names = [sheet.attrib["name"] for sheet in sheets]
        return {
            name: _cells(_tree(packed, f"xl/worksheets/sheet{number}.xml"), texts)
            for number, name in enumerate(names, 1)
        }


def _tree(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(packed.read(name))  # noqa: S314 — our own file


def _cells(sheet: ElementTree.Element, texts: list[str]) -> Sheet:
    assert not sheet.findall(".//m:f", SPACE)
    found: Sheet = {}
    for cell in sheet.iterfind(".//m:c", SPACE):
        value = cell.findtext("m:v", None, SPACE)
        if value is not None:
            text = cell.attrib.get("t") == "s"
            found[cell.attrib["r"]] = texts[int(value)] if text else float(value)
    return found


def _brief(*texts: str) -> Brief:
    rows = tuple((Words(Label(text, text)),) for text in texts)
    columns = COVERAGE.columns[:1]
    return replace(make_brief(), blocks=(Table(Label("表", "table"), columns, rows),))


@pytest.fixture(scope="module")
def book() -> dict[str, Sheet]:
    return read_book(write_xlsx(make_brief(), "zh"))


def test_there_is_a_sheet_for_each_table_the_notes_and_the_sources(book: dict[str, Sheet]) -> None:
    assert list(book) == ["说明", "主要产品的需求与已知产能", "来源"]


def test_numbers_are_those_of_the_brief(book: dict[str, Sheet]) -> None:
    sheet = book["主要产品的需求与已知产能"]
    heads = [sheet[f"{letter}5"] for letter in "ABCDEFG"]
    assert heads == [
        "产品", "年需求 下限", "年需求 采用值", "年需求 上限", "年需求 单位", "年需求 来源",
        "年需求 含假设",
    ]  # fmt: skip
    for number, row in enumerate(COVERAGE.rows, 6):
        for start, cell in zip(("B", "H", "N"), row[1:4], strict=True):
            assert isinstance(cell, Amount)
            letters = [chr(ord(start) + offset) for offset in range(6)]
            values = [sheet.get(f"{letter}{number}") for letter in letters]
            ends = cell.interval.ends() if cell.known else ("未查到",) * 3
            assert values[:3] == list(ends)
            assert values[3] == cell.unit.zh
            assert (values[4] or "") == ", ".join(cell.sources)
            assert values[5] == ("是" if cell.assumed else "否")


def test_unknown_is_a_word_and_an_open_end_is_empty(book: dict[str, Sheet]) -> None:
    sheet = book["主要产品的需求与已知产能"]
    assert [sheet.get(f"{letter}8") for letter in "HIJ"] == ["未查到"] * 3
    assert [sheet.get(f"{letter}9") for letter in "HIJ"] == [385.0, None, None]
    assert 0.0 not in sheet.values()


@pytest.mark.parametrize("text", EVIL)
def test_text_stays_text(text: str) -> None:
    sheet = read_book(write_xlsx(_brief(text), "zh"))["表"]
    assert sheet["A6"] == text


def test_names_of_sheets_are_legal_and_not_twice() -> None:
    table = Table(Label("a/b:[很长的名字]" * 5, "x"), COVERAGE.columns[:1], ())
    names = list(read_book(write_xlsx(replace(make_brief(), blocks=(table, table)), "zh")))
    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_every_sheet_and_every_printed_page_says_that_data_are_invented() -> None:
    content = write_xlsx(make_brief(), "zh")
    assert all(sheet.get("A3") == "演示数据，不是真实情况" for sheet in read_book(content).values())
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert "演示数据" in packed.read(name).decode().partition("<oddHeader>")[2]
    real = read_book(write_xlsx(make_brief(synthetic=False), "zh"))
    assert not any("A3" in sheet for sheet in real.values())


def test_the_annex_lists_every_source(book: dict[str, Sheet]) -> None:
    assert [book["来源"][f"A{row}"] for row in (6, 7, 8)] == ["DEMO1", "DEMO2", "DEMO3"]
    assert [book["来源"][f"E{row}"] for row in (6, 7, 8)] == ["A", "D", "B"]


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert write_xlsx(make_brief(), "en") == write_xlsx(make_brief(), "en")
