"""Does every row of a workbook get one outcome, and does the same file twice add nothing?"""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenglian.engine.intake.sheets import Cell, CellValue, Sheets, place_of
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.profile import (
    CapacityStated,
    Profile,
    Site,
    Value,
    make_record,
    row_of,
)
from fenglian.engine.registry.sheets import read_profile_sheets
from tests.engine.registry.sheet_making import (
    ONE,
    PROFILE,
    TABLES,
    USCC,
    codes,
    make_sheet,
    read,
    warned,
)

Row = Sequence[CellValue | Cell]
CAPACITY = ("产品", "时期", "产能", "其中空余", "单位", "依据")


def test_a_row_becomes_a_record() -> None:
    reading = read(make_sheet("单位概况", [PROFILE, ONE]))
    [row] = reading.rows
    assert (row.sheet, row.row, row.table, row.status) == ("单位概况", 2, "profile", "accepted")
    assert row.record == Profile(uscc=USCC, name_zh="甲一公司", kind="firm", status="active")
    assert reading.records == (row.record,)


@pytest.mark.parametrize("name", ["单位概况", "Profile", "Sheet1", "导出"])
@pytest.mark.parametrize(
    "headings",
    [
        ("信用代码", "企业名称", "单位类型", "经营状态"),
        ("unified social credit code *", "Name in Chinese", "kind", "STATUS"),
        (
            "统一社会信用代码 *\nunified social credit code",
            "中文名称（必填）",
            "类 别",
            "登记状态：",
        ),
    ],
)
def test_headings_are_known_by_either_language_and_by_alias(
    name: str, headings: tuple[str, ...]
) -> None:
    [row] = read(make_sheet(name, [headings, ONE])).rows
    assert row.status == "accepted"


def test_titles_above_and_translations_below_the_headings_are_passed_over() -> None:
    english = ("unified social credit code", "name in Chinese", "kind", "status")
    title = ("山西省风电装备产业联盟 单位名录",)
    note = ("填报日期", "2024-05-31")
    reading = read(make_sheet("Sheet1", [title, note, PROFILE, english, ONE], first=3))
    assert [(row.row, row.status) for row in reading.rows] == [(7, "accepted")]


def test_columns_may_stand_in_any_order_with_gaps() -> None:
    headings = (None, "登记状态", "单位类别", None, "中文名称", "统一社会信用代码")
    values = (None, "存续", "企业", None, "甲一公司", USCC)
    [row] = read(make_sheet("x", [headings, values])).rows
    assert row.record == Profile(uscc=USCC, name_zh="甲一公司", kind="firm", status="active")


def test_an_unknown_heading_is_told_and_a_stray_cell_too() -> None:
    reading = read(make_sheet("单位概况", [(*PROFILE, "官网地址"), (*ONE, "a.example", "多余")]))
    assert [type(each).__name__ for each in reading.warnings] == ["UnknownHeading"]
    assert reading.warnings[0].facts["cell"] == "E1"
    assert reading.rows[0].status == "accepted"
    assert warned(reading) == [["StrayCells"]]
    assert reading.rows[0].warnings[0].facts["cell"] == "F2"


def test_two_headings_of_one_meaning_refuse_every_row() -> None:
    reading = read(make_sheet("单位概况", [(*PROFILE, "企业名称"), (*ONE, "乙")]))
    assert codes(reading) == [["DuplicateHeading"]]
    assert reading.rows[0].faults[0].facts["first"] == "B1"


def test_a_required_heading_that_is_missing_refuses_every_row_once() -> None:
    reading = read(make_sheet("单位概况", [PROFILE[:3], ONE[:3], ONE[:3]]))
    assert codes(reading) == [["MissingHeading"], ["MissingHeading"]]
    assert "登记状态" in reading.rows[0].faults[0].message("zh")


def test_a_sheet_without_known_headings_refuses_its_rows_and_loses_none() -> None:
    reading = read(make_sheet("杂项", [("甲", "乙"), ("1", "2"), (" ", None)]))
    assert codes(reading) == [["UnknownSheet"], ["UnknownSheet"]]
    assert "单位概况" in reading.rows[0].faults[0].message("zh")
    assert "Profile" in reading.rows[0].faults[0].message("en")


def test_the_explanation_and_the_lists_of_a_template_hold_no_rows() -> None:
    reading = read(make_sheet("填写说明", [("a", "b")]), make_sheet("Choices", [PROFILE, ONE]))
    assert reading.rows == ()
    assert reading.left_aside == ("填写说明", "Choices")


def test_a_unit_in_the_heading_is_the_unit_that_counts() -> None:
    for heading, figure in (
        ("注册资本（元）", 500),
        ("注册资本（万元）", 5_000_000),
        ("注册资本", 5_000_000),
    ):
        [row] = read(make_sheet("单位概况", [(*PROFILE, heading), (*ONE, 500)])).rows
        assert isinstance(row.record, Profile)
        assert row.record.registered_capital is not None
        assert row.record.registered_capital.figure == figure
    wrong = read(make_sheet("单位概况", [(*PROFILE, "注册资本（MW）"), (*ONE, 500)]))
    assert codes(wrong) == [["BadCell"]]


def test_figures_meet_the_unit_of_their_row() -> None:
    profile = make_sheet("单位概况", [PROFILE, ONE])
    rows: list[Row] = [
        CAPACITY,
        ("blade", 2024, "20", "约 2", "万千瓦", "自报"),
        ("tower-steel", "2024", "300台", None, "台", "核实"),
        ("tower-steel", "2023", "300套", None, "台", "核实"),
    ]
    reading = read(profile, make_sheet("现有产能", rows))
    first, second, third = reading.rows[1:]
    assert isinstance(first.record, CapacityStated)
    assert first.record.quantity == Quantity(Decimal(200), "eq", "MW")
    assert first.record.free is not None
    assert first.record.free.bound == "approx"
    assert first.record.uscc == USCC  # the only organisation of the file
    assert second.status == "accepted"
    assert (third.status, codes(reading)[3]) == ("rejected", ["BadCell"])
    assert third.faults[0].facts["cell"] == "C4"


def test_a_figure_may_bring_its_own_unit_where_the_row_names_none() -> None:
    heads = ("需求编号", "产品", "数量", "计量单位")
    rows: list[Row] = [heads, ("X1", "blade", "逾 300台", None), ("X2", "blade", 300, None)]
    first, second = read(make_sheet("需求", rows), owner=USCC).rows
    assert first.record is not None
    assert row_of(first.record)["quantity"] == Quantity(Decimal(300), "gt", "台")
    assert [type(fault).__name__ for fault in second.faults] == ["WithoutUnit"]
    assert (second.status, second.faults[0].facts["cell"]) == ("rejected", "C3")


def test_unknown_is_not_zero() -> None:
    rows: list[Row] = [CAPACITY, ("blade", 2024, 0, None, "MW", "自报")]
    [row] = read(make_sheet("现有产能", rows), owner=USCC).rows
    assert isinstance(row.record, CapacityStated)
    assert row.record.quantity.figure == 0
    assert row.record.free is None


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        (("blade", 2024, 10, 12, "MW", "自报"), ["FreeAboveCapacity"]),
        (("blade", 2024, "约 10", 10, "MW", "自报"), []),
        (("blade", 2024, 10, None, "MW/月", "自报"), ["UnitOfPeriod"]),
        (("blade", "2024-05", 10, None, "MW/年", "自报"), ["UnitOfPeriod"]),
        (("blade", 2024, 10, None, "MW/年", "自报"), []),
        (("blade", 2024, 10, None, None, "自报"), ["MissingCell"]),
        (("blade", 2024, None, None, None, "自报"), ["MissingCell", "MissingCell"]),
        (("blade", 2024, None, None, "MW", "自报"), ["MissingCell"]),
        (("blade", 2024, 10, None, "furlong", "自报"), ["BadCell"]),
        (
            ("gearbox", "上月", -1, None, "MW", "听说"),
            ["UnknownProductWord", "NotAPeriod", "UnknownChoice", "NegativeFigure"],
        ),
    ],
)
def test_every_fault_of_a_row_is_told(
    cells: tuple[str | int | None, ...], faults: list[str]
) -> None:
    reading = read(make_sheet("现有产能", [CAPACITY, cells]), owner=USCC)
    assert codes(reading) == [faults]


def test_an_end_before_its_beginning_is_refused() -> None:
    headings = ("称号", "级别", "有效期起", "有效期止")
    rows: list[Row] = [
        headings,
        ("小巨人", "国家级", "2024-01-01", "2023-01-01"),
        ("规上", "省级", "2024-01-01", "长期"),
    ]
    reading = read(make_sheet("资质荣誉", rows), owner=USCC)
    assert codes(reading) == [["EndBeforeStart"], []]


def test_whose_a_row_is_must_be_known_and_must_be_right() -> None:
    sites = make_sheet("厂区", [("厂区名称", "所在地区"), ("一厂", "140100")])
    assert codes(read(sites)) == [["MissingOwner"]]
    assert read(sites, owner=USCC).rows[0].status == "accepted"
    stranger = make_sheet("单位概况", [PROFILE, ONE])
    assert codes(read(stranger, owner="X" * 18)) == [["OtherOwner"]]
    bad = make_sheet("厂区", [("信用代码", "厂区名称", "所在地区"), ("123", "一厂", "140100")])
    assert codes(read(bad, owner=USCC)) == [["BadCell"]]


def test_the_same_row_again_is_a_duplicate_and_another_content_a_conflict() -> None:
    sites: list[Row] = [
        ("厂区名称", "所在地区"),
        ("一厂", "140100"),
        ("一厂", "太原市"),
        ("一厂", "140200"),
    ]
    reading = read(make_sheet("厂区", sites), owner=USCC)
    assert [row.status for row in reading.rows] == ["accepted", "duplicate", "rejected"]
    assert reading.rows[0].key == reading.rows[1].key
    assert codes(reading)[2] == ["ConflictingRow"]
    assert reading.rows[2].faults[0].facts["first"] == "厂区!2"


def test_the_same_file_again_adds_nothing_and_a_changed_row_keeps_its_identity() -> None:
    sheet = make_sheet("厂区", [("厂区名称", "所在地区"), ("一厂", "140100"), ("二厂", "140100")])
    first = read(sheet, owner=USCC)
    seen = {row.key for row in first.rows}
    again = read(sheet, owner=USCC, seen=seen)
    assert [row.status for row in again.rows] == ["duplicate", "duplicate"]
    changed = make_sheet("别的", [("所在地区", "厂区名称"), ("140200", "一厂")], first=9)
    [row] = read(changed, owner=USCC, seen=seen).rows
    assert row.status == "accepted"
    assert row.identity == first.rows[0].identity
    assert row.key != first.rows[0].key


def test_a_formula_is_taken_with_a_warning_and_an_error_refused() -> None:
    rows: list[Row] = [PROFILE, (USCC, Cell("甲一公司", formula=True), "企业", "存续")]
    reading = read(make_sheet("单位概况", rows))
    assert reading.rows[0].status == "accepted"
    assert warned(reading) == [["FormulaCell"]]
    rows = [PROFILE, (USCC, Cell("#REF!", error=True), "企业", "存续")]
    assert codes(read(make_sheet("单位概况", rows))) == [["ErrorCell"]]


def test_a_column_without_a_field_is_kept_with_the_record() -> None:
    values: dict[str, Value] = {"uscc": USCC, "name": "一厂", "region": "140100", "roof_kw": 12}
    record = make_record("sites", values)
    assert record == Site(uscc=USCC, name="一厂", region="140100", extra=(("roof_kw", 12),))
    assert row_of(record)["roof_kw"] == 12
    assert "extra" not in row_of(record)


def test_nothing_at_all_is_nothing_at_all() -> None:
    reading = read_profile_sheets(Sheets("a.xlsx", ()), TABLES)
    assert (reading.rows, reading.warnings, reading.left_aside) == ((), (), ())


WORDS = st.sampled_from(
    [
        "",
        "无",
        "/",
        "一厂",
        "140100",
        "太原市",
        "2024",
        "是",
        "企业",
        USCC,
        "=1+1",
        "12 MW",
        "x" * 30,
    ]
)
HEADINGS = st.lists(
    st.sampled_from(
        ["厂区名称", "所在地区", "统一社会信用代码", "占地面积", "自有", "甲", "中文名称"]
    ),
    max_size=6,
)


@given(st.lists(st.tuples(HEADINGS, st.lists(st.lists(WORDS, max_size=6), max_size=6)), max_size=3))
def test_rows_in_are_accepted_rejected_and_duplicate_rows(
    made: list[tuple[list[str], list[list[str]]]],
) -> None:
    sheets = [
        make_sheet(f"表{number}", [headings, *rows]) for number, (headings, rows) in enumerate(made)
    ]
    reading = read(*sheets)
    kinds = [reading.of(kind) for kind in ("accepted", "rejected", "duplicate")]
    assert sum(map(len, kinds)) == len(reading.rows)
    places = [(row.sheet, row.row) for row in reading.rows]
    assert len(set(places)) == len(places)
    for sheet in sheets:  # no row with words is lost: below headings, or all where there are none
        filled = [
            row.number for row in sheet.rows if any(cell.value for cell in row.cells.values())
        ]
        read_rows = [row for name, row in places if name == sheet.name]
        assert read_rows == filled[len(filled) - len(read_rows) :]
        assert len(filled) - len(read_rows) <= 2
    assert all(bool(row.faults) == (row.status == "rejected") for row in reading.rows)
    assert all((row.record is None) == (row.status == "rejected") for row in reading.rows)


def test_places_are_named_as_spreadsheets_name_them() -> None:
    assert place_of(5, 3) == "C5"
    assert place_of(1048576, 16384) == "XFD1048576"
