"""Is the workbook of the registry right to fill in, and does it come back as it was written?"""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fenglian as fl
from fenglian.engine.disclosure.classes import declared_class
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.cells import Known
from fenglian.engine.registry.figures import read_unit
from fenglian.engine.registry.profile import OPEN_END, Value, make_record, row_of
from fenglian.engine.registry.sheets import SheetReading, read_profile_sheets
from fenglian.engine.registry.tables import Column
from fenglian.outside.workbook import read_workbook
from fenglian.render.registry_book import HEADING_ROW, write_registry_workbook

TABLES = fl.load_profile_tables()
DIVISIONS = fl.load_divisions()
PRODUCTS = {"blade": Label("叶片", "blade"), "tower-steel": Label("钢塔筒", "steel tower")}
USCC = "91140100MA0ABCDE6K"  # made up
UNITS = ("MW", "台", "吨", "万千瓦")
HAN = "甲乙丙丁风链厂一二三ABCxyz=+-@'& 09"
WORDS = st.text(HAN, min_size=2, max_size=9).map(lambda words: f"名{words.strip()}")


def _quantities(unit: str) -> st.SearchStrategy[Value]:
    base, factor = read_unit(unit)
    figures = st.decimals(0, 10**7, places=2, allow_nan=False).map(lambda each: each * factor)
    bounds = st.sampled_from(("eq", "gt", "ge", "lt", "le", "approx"))
    return st.builds(Quantity, figures, bounds, st.just(base))


def _values(column: Column, unit: str) -> st.SearchStrategy[Value]:
    """Return what a cell of the column may hold."""
    if column.type == "quantity":
        return _quantities(unit if column.unit_column else column.unit)
    days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
    kinds: dict[str, st.SearchStrategy[Value]] = {
        "text": WORDS,
        "names": st.lists(WORDS, unique=True, max_size=3).map(tuple),
        "specs": st.lists(st.tuples(WORDS, WORDS).filter(lambda each: "=" not in each[0]), max_size=2).map(tuple),
        "uscc": st.just(USCC),
        "region": st.sampled_from(("140100", "140105", "110105")),
        "industry": st.sampled_from(("C3415", "3415")),
        "product": st.sampled_from(tuple(PRODUCTS)),
        "date": days,
        "end_date": days | st.just(OPEN_END),
        "period": st.sampled_from(("2024", "2023-12")),
        "unit": st.just(unit),
        "integer": st.integers(0, 999_999_999),
        "flag": st.booleans(),
        "phone": st.just("0351-1234567"),
        "email": st.just("a@example.com"),
        "choice": st.sampled_from([choice.word for choice in column.choices] or [""]),
    }  # fmt: skip
    return kinds[column.type]


@st.composite
def rows(draw: st.DrawFn) -> dict[str, list[dict[str, Value]]]:
    """Return one row a table, with every optional cell now and then unknown."""
    made = {}
    for name, table in TABLES.items():
        unit = draw(st.sampled_from(UNITS))
        row: dict[str, Value] = {}
        for column in table.columns:
            if column.name == "free" or (not column.needed and draw(st.booleans())):
                row[column.name] = None
            else:
                row[column.name] = draw(_values(column, unit))
        row["uscc"] = USCC
        start, end = row.get("valid_from"), row.get("valid_to")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            row["valid_to"] = OPEN_END
        made[name] = [row]
    return made


def _read(content: bytes) -> SheetReading:
    sheets = read_workbook(content, "a.xlsx")
    return read_profile_sheets(sheets, TABLES, known=Known(DIVISIONS, PRODUCTS))


@settings(max_examples=12, deadline=None)
@given(rows(), st.sampled_from(("zh", "en")))
def test_what_is_filled_in_comes_back_equal(
    made: Mapping[str, list[dict[str, Value]]], language: str
) -> None:
    content = write_registry_workbook(TABLES, made, language, products=PRODUCTS)
    reading = _read(content)
    assert [fault for row in reading.rows for fault in (*row.faults, *row.warnings)] == []
    assert reading.warnings == ()
    expected = tuple(make_record(name, each) for name, several in made.items() for each in several)
    assert reading.records == expected
    assert [row_of(record) for record in reading.records] == [
        each for several in made.values() for each in several
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_template_holds_no_row_and_comes_back_so(language: str) -> None:
    reading = _read(write_registry_workbook(TABLES, {}, language, products=PRODUCTS))
    assert (reading.rows, reading.warnings) == ((), ())
    assert len(reading.left_aside) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_heading_says_what_is_asked_and_who_reads_it(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_registry_workbook(TABLES, {}, language)))
    assert book.sheetnames[1:-1] == [table.label.text(language) for table in TABLES.values()]
    for table in TABLES.values():
        sheet = book[table.label.text(language)]
        for place, column in enumerate(table.columns, start=1):
            heading = sheet.cell(HEADING_ROW + 1, place).value
            first, second = heading.split("\n")
            assert first.startswith(column.label.text(language))
            assert column.label.zh in heading
            assert column.label.en in second or language == "en"
            assert first.endswith(" *") == column.needed
            if column.unit_label:
                assert column.unit_label.text(language) in first
            data_class = declared_class(column.data_class)
            assert (
                sheet.cell(HEADING_ROW, place).value
                == f"{data_class} {data_class.label.text(language)}"
            )


def test_choices_are_offered_by_the_spreadsheet_from_a_sheet_of_their_own() -> None:
    content = write_registry_workbook(TABLES, {}, "zh", products=PRODUCTS)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rules = {
        str(rule.sqref).partition(":")[0]: rule
        for rule in book["单位概况"].data_validations.dataValidation
    }
    kind = rules["F5"]
    assert kind.type == "list"
    sheet, _, cells = kind.formula1.replace("$", "").replace("'", "").partition("!")
    words = [cell.value for (cell,) in book[sheet][cells]]
    assert words == [choice.label.zh for choice in TABLES["profile"].column("kind").choices]
    offered = [cell.value for row in book["选项"].iter_rows() for cell in row if cell.value]
    assert {"blade", "叶片", "是", "否"} <= set(offered)


def test_without_products_any_id_may_be_written() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_registry_workbook(TABLES, {}, "en")))
    places = [str(rule.sqref) for rule in book["Offerings"].data_validations.dataValidation]
    assert places == []


def test_words_stay_words_whatever_they_begin_with() -> None:
    row: dict[str, Value] = {
        "uscc": USCC, "name_zh": "=1+1", "name_en": "+cmd", "kind": "firm", "status": "active",
        "parent": "http://a.example", "control_group": "007",
    }  # fmt: skip
    content = write_registry_workbook(TABLES, {"profile": [row]}, "zh")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["单位概况"]
    cells = [sheet.cell(HEADING_ROW + 2, place) for place in range(1, 19)]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert cells[0].number_format == "@"


def test_the_explanation_tells_of_every_column() -> None:
    for language in ("zh", "en"):
        content = write_registry_workbook(TABLES, {}, language)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        told = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        columns = [column for table in TABLES.values() for column in table.columns]
        assert [row[1] for row in told[-len(columns) :]] == [
            column.label.text(language) for column in columns
        ]
        assert any("12" in row[0] for row in told)


def test_the_same_rows_give_the_same_bytes() -> None:
    row: dict[str, Value] = {"uscc": USCC, "name_zh": "甲", "kind": "firm", "status": "active"}
    row["registered_capital"] = Quantity(Decimal(5_000_000), "approx", "yuan")
    first, second = (write_registry_workbook(TABLES, {"profile": [row]}, "zh") for _ in range(2))
    assert first == second
