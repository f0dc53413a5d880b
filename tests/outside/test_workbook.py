"""Is a stranger's file read without harm, and refused with its reason where it means some?"""

import io
import json
import sys
from dataclasses import replace
from datetime import date, time
from types import ModuleType

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from fenglian.engine.errors import DocumentError
from fenglian.engine.intake.sheets import Cell, Sheets
from fenglian.outside import child, workbook
from fenglian.outside.archive import LIMITS, Limits, check_archive
from fenglian.outside.faults import (
    BrokenWorkbook,
    ExpandsTooFar,
    FarCell,
    NotAWorkbook,
    ReadingGaveUp,
    TooManyCells,
    TooManyRows,
    WorkbookError,
    WorkbookTooLarge,
)
from fenglian.outside.parsers import book, sparse_book
from fenglian.outside.running import read_lines
from fenglian.outside.workbook import read_workbook
from fenglian.web.intake.export import harmless
from tests.outside.hostile import CELL, CORPUS, make_book, make_parts, zip_parts

HONEST = make_book([["甲" * 9, 1, True]] * 9)
SMALLEST = zip_parts(make_parts())


def _values(sheets: Sheets) -> list[list[object]]:
    return [[cell.value for cell in row.cells.values()] for row in sheets.sheets[0].rows]


def _of(rows: str, sheets: int = 1) -> Sheets:
    return read_workbook(zip_parts(make_parts(rows, sheets)), "a.xlsx")


@pytest.mark.parametrize("name", CORPUS)
def test_every_hostile_file_is_refused_by_name(name: str) -> None:
    make, kind = CORPUS[name]
    with pytest.raises((WorkbookError, DocumentError)) as refusal:
        read_workbook(make(), "坏文件.xlsx")
    assert type(refusal.value).__name__ == kind
    for language in ("zh", "en"):
        assert "坏文件.xlsx" in refusal.value.message(language)


def test_an_honest_workbook_gives_its_rows_with_their_places() -> None:
    sheets = read_workbook(make_book([["名称", None, 1.5], [], ["甲", True, 3]]), "a.xlsx")
    [sheet] = sheets.sheets
    assert sheet.name == "单位概况"
    assert [row.number for row in sheet.rows] == [1, 3]
    assert sheet.rows[0].cells == {1: Cell("名称"), 3: Cell(1.5)}
    assert sheet.rows[1].cells == {1: Cell("甲"), 2: Cell(True), 3: Cell(3)}


def test_days_and_moments_come_as_what_they_are() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        clock = book.add_format({"num_format": "hh:mm"})
        sheet.write_datetime(0, 0, date(2024, 5, 31), day)
        sheet.write_number(0, 1, 0.5, clock)
        sheet.write_number(0, 2, 1e9, day)
    [row] = read_workbook(stream.getvalue(), "a.xlsx").sheets[0].rows
    assert row.cells[1].value == date(2024, 5, 31)
    assert row.cells[2].value == time(12)
    assert row.cells[3].value == 1_000_000_000  # no day of any calendar: the number as it stands


def test_a_formula_is_never_evaluated_and_says_what_it_is() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>3</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    [row] = _of(rows).sheets[0].rows
    assert row.cells[1] == Cell(3, formula=True)  # what the file says, right or wrong
    assert row.cells[2] == Cell(None, formula=True)
    assert row.cells[3] == Cell("#DIV/0!", formula=True, error=True)


def test_what_is_no_number_is_an_error_of_its_cell_alone() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1E999</v></c><c r="C1"><v>7</v></c>'
        f'<c r="D1"><v>{"9" * 5000}</v></c><c r="E1" t="s"><v>99</v></c></row>'
    )
    [row] = _of(rows).sheets[0].rows
    assert [cell.error for cell in row.cells.values()] == [True, True, False, True, True]
    assert list(row.cells) == [1, 2, 3, 4, 5]
    assert row.cells[3].value == 7


def test_text_within_its_cell_is_read_plain_and_rich() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲</t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>乙</t></r><r><t>丙</t></r></is></c>'
        '<c r="C1" t="inlineStr"/></row>'
    )
    assert _values(_of(rows)) == [[" 甲", "乙丙"]]


def test_a_day_written_out_is_a_day() -> None:
    rows = '<row r="1"><c r="A1" t="d"><v>2024-05-31</v></c></row>'
    assert _values(_of(rows)) == [[date(2024, 5, 31)]]


def test_an_apostrophe_that_guards_nothing_stays() -> None:
    [row] = read_workbook(b"x,'tis", "a.csv").sheets[0].rows
    assert row.cells[2] == Cell("'tis")


def test_macros_and_empty_far_cells_are_passed_over() -> None:
    parts: dict[str, str | bytes] = dict(
        make_parts(f'{CELL}<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 Auto_Open"
    parts["xl/macrosheets/sheet1.xml"] = "<xm:macrosheet xmlns:xm='x'/>"
    assert _values(read_workbook(zip_parts(parts), "a.xlsm")) == [[1]]


def test_sheets_of_one_name_are_both_kept() -> None:
    sheets = _of(CELL, sheets=2).sheets
    assert [sheet.name for sheet in sheets] == ["S", "S"]
    assert all(len(sheet.rows) == 1 for sheet in sheets)


def test_text_with_line_ends_of_every_kind_stays_whole() -> None:
    words = "a\u2028b\x85c\nd"
    assert _values(read_workbook(make_book([[words]]), "a.xlsx")) == [[words]]


def test_limits_are_counted_and_not_believed() -> None:
    content = make_book([[f"{number}" for number in range(9)] for _ in range(9)])
    tests: list[tuple[Limits, type[WorkbookError]]] = [
        (replace(LIMITS, file_bytes=100), WorkbookTooLarge),
        (replace(LIMITS, part_bytes=100), ExpandsTooFar),
        (replace(LIMITS, total_bytes=2_000), ExpandsTooFar),
        (replace(LIMITS, rows=8), FarCell),
        (replace(LIMITS, columns=8), FarCell),
    ]
    for limits, kind in tests:
        with pytest.raises(kind):
            read_workbook(content, "a.xlsx", limits=limits)


def test_rows_of_all_sheets_together_are_limited() -> None:
    content = zip_parts(make_parts(sheets=3))
    with pytest.raises(TooManyRows):
        read_workbook(content, "a.xlsx", limits=replace(LIMITS, rows=2))
    with pytest.raises(TooManyRows):
        read_workbook(b"a\nb\nc\n", "a.csv", limits=replace(LIMITS, rows=2))
    with pytest.raises(TooManyCells):
        read_workbook(content, "a.xlsx", limits=replace(LIMITS, cells=2))
    with pytest.raises(TooManyCells):
        read_workbook(b"a,b\nc\n", "a.csv", limits=replace(LIMITS, cells=2))


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on memory there")
def test_a_child_that_needs_too_much_is_stopped() -> None:
    with pytest.raises(ReadingGaveUp):
        read_workbook(make_book([["a"]]), "a.xlsx", limits=replace(LIMITS, memory_bytes=1 << 20))


def test_a_child_that_does_not_come_back_is_given_up() -> None:
    with pytest.raises(ReadingGaveUp):
        read_workbook(make_book([["a"]]), "a.xlsx", limits=replace(LIMITS, seconds=-5))


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("名称,产能\n甲,5\n", "utf-8"),
        ("名称;产能\n甲;5\n", "gb18030"),
        ("名称\t产能\n甲\t5\n", "utf-8-sig"),
    ],
)
def test_csv_is_read_in_its_charset_and_with_its_delimiter(text: str, charset: str) -> None:
    sheets = read_workbook(text.encode(charset), "名录.csv")
    assert _values(sheets) == [["名称", "产能"], ["甲", "5"]]
    assert sheets.sheets[0].name == "名录"


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@a", "'a", "\uff1d1", "\t=1", "甲", "a'b", "5"]
)
def test_what_our_exports_guard_comes_back_as_it_was(words: str) -> None:
    row = ",".join(f'"{harmless(each)}"' for each in ("x", words))
    [read] = read_workbook(row.encode(), "a.csv").sheets[0].rows
    assert read.cells[2] == Cell(words)


def test_a_bare_formula_in_csv_is_none_of_ours() -> None:
    [row] = read_workbook(b"x,=cmd()", "a.csv").sheets[0].rows
    assert row.cells[2] == Cell(None, formula=True)


@settings(max_examples=5, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))), max_size=3
        ),
        max_size=3,
    )
)
def test_text_comes_through_as_it_was_written(rows: list[list[str]]) -> None:
    kept = [[words for words in row if words.strip()] for row in rows]
    assert _values(read_workbook(make_text_book(rows), "a.xlsx")) == [row for row in kept if row]


def make_text_book(rows: list[list[str]]) -> bytes:
    """Return a workbook of words that are nothing but words."""
    stream = io.BytesIO()
    plain = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(stream, plain) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for place, words in enumerate(row):
                sheet.write_string(at, place, words)
    return stream.getvalue()


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from((HONEST, SMALLEST)))
def test_changed_bytes_break_the_file_and_nothing_else(data: st.DataObject, whole: bytes) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    gone = data.draw(st.integers(0, 40))
    content = whole[:at] + data.draw(st.binary(max_size=20)) + whole[at + gone :]
    try:
        check_archive(content, "a.xlsx")
    except WorkbookError:
        return
    for parser in (book, sparse_book):
        end = list(parser.read(content, 100, 100, 1000))[-1]["end"]
        assert end in ("done", "far", "broken", "sparse")


@pytest.mark.parametrize("parser", [book, sparse_book])
def test_a_parser_alone_says_how_it_ended(parser: ModuleType) -> None:
    """In this process too, where one can see what it does line by line."""
    content = make_book([["甲", 1, True], [None, 2.5]])
    *lines, last = parser.read(content, 10, 10, 10)
    assert lines == [
        {"sheet": "单位概况"},
        {"r": 1, "v": ["甲", 1, True]},
        {"r": 2, "v": [None, 2.5]},
    ]
    assert last["end"] == "done"
    two = make_book([["a", "b"], ["c"]])
    ends = {
        "far": parser.read(two, 10, 1, 10),
        "cells": parser.read(two, 10, 10, 1),
        "rows": parser.read(zip_parts(make_parts(sheets=2)), 1, 1, 10),
    }
    for end, rows in ends.items():
        assert list(rows)[-1]["end"] == end
    assert list(parser.read(b"x", 1, 1, 1))[-1]["end"] == "broken"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><f>1+1</f><v>3</v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>',
        '<row r="1"><c r="XFD1"><v>3</v></c></row>',
        '<row r="200001"><c r="A200001"><v>3</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '</sheetData><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + "<" * 9,
    ],
)
def test_what_the_quick_parser_would_not_tell_is_left_to_the_other(rows: str) -> None:
    assert list(book.read(zip_parts(make_parts(rows)), 10**6, 10**5, 10))[-1]["end"] == "sparse"


def test_a_sheet_that_is_huge_and_almost_empty_is_read_cell_by_cell() -> None:
    rows = f'{CELL}<row r="150000"><c r="IV150000"><v>2</v></c></row>'
    [sheet] = _of(rows).sheets
    assert [(row.number, list(row.cells)) for row in sheet.rows] == [(1, [1]), (150_000, [256])]


def test_a_charset_that_the_quick_parser_cannot_read_is_read_all_the_same() -> None:
    parts: dict[str, str | bytes] = dict(make_parts('<row r="1"><c r="A1"><v>7</v></c></row>'))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = str(parts[name]).replace("UTF-8", "UTF-16").encode("utf-16")
    assert _values(read_workbook(zip_parts(parts), "a.xlsx")) == [[7]]


def test_an_open_document_is_read() -> None:
    kinds = 'office:value-type="float" office:value="12"'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="产能"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>叶片</text:p></table:table-cell>'
        f"<table:table-cell {kinds}><text:p>12</text:p></table:table-cell>"
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    media = "application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": media, "content.xml": content, "META-INF/manifest.xml": listed}
    sheets = read_workbook(zip_parts(parts), "产能.ods")
    assert sheets.sheets[0].name == "产能"
    assert _values(sheets) == [["叶片", 12]]


def test_the_child_loads_one_parser_and_writes_what_it_yields() -> None:
    stream = io.StringIO()
    child.write_lines(child.load_parser("book")(make_book([["甲", 1]]), 10, 10, 10), stream)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert lines[1] == {"r": 1, "v": ["甲", 1]}
    assert lines[-1]["end"] == "done"


def test_the_child_does_not_write_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WRITTEN", 10)
    stream = io.StringIO()
    child.write_lines(iter([{"sheet": "一个很长的名字"}]), stream)
    assert json.loads(stream.getvalue()) == {"end": "memory", "at": ""}


def test_what_the_child_says_last_decides() -> None:
    assert _said(b'{"end": "done", "at": ""}') == Sheets("a", ())
    assert _said(b'{"end": "sparse", "at": ""}') is None
    assert workbook._assemble(read_lines(b"", -6), "a", LIMITS) is None  # no memory for a rectangle
    for said, kind in (
        ('{"end": "memory", "at": ""}', ReadingGaveUp),
        ('{"end": "rows", "at": ""}', TooManyRows),
        ('{"end": "cells", "at": ""}', TooManyCells),
        ('{"end": "broken", "at": "S"}', BrokenWorkbook),
        ('{"end": "password", "at": "S"}', NotAWorkbook),
        ('{"end": "do', ReadingGaveUp),
        ("", ReadingGaveUp),
    ):
        with pytest.raises(kind):
            _said(said.encode())


def _said(words: bytes) -> Sheets | None:
    return workbook._assemble(read_lines(words), "a", LIMITS)
