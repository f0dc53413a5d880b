"""Does each type of column read what firms write, and refuse the rest with a way out?"""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from fenglian.engine.errors import FenglianError, SheetFault
from fenglian.engine.intake.sheets import Cell, CellValue
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry import faults
from fenglian.engine.registry.cells import TYPES, Known, read_cell, words_of, write_cell
from fenglian.engine.registry.profile import OPEN_END, Value
from fenglian.engine.registry.tables import Column
from tests.engine.registry.sheet_making import KNOWN, TABLES, USCC

PLACE = {"sheet": "单位概况", "cell": "C5", "value": ""}
COLUMNS = {
    "name": TABLES["profile"].column("name_zh"),
    "key": TABLES["sites"].column("name"),
    "parent": TABLES["profile"].column("parent"),
    "names": TABLES["profile"].column("short_names"),
    "uscc": TABLES["profile"].column("uscc"),
    "kind": TABLES["profile"].column("kind"),
    "day": TABLES["profile"].column("founded_on"),
    "end": TABLES["honours"].column("valid_to"),
    "money": TABLES["profile"].column("registered_capital"),
    "region": TABLES["profile"].column("region"),
    "industry": TABLES["profile"].column("industry"),
    "flag": TABLES["sites"].column("owned"),
    "phone": TABLES["contacts"].column("phone"),
    "email": TABLES["contacts"].column("email"),
    "product": TABLES["offerings"].column("product"),
    "spec": TABLES["offerings"].column("spec"),
    "days": TABLES["offerings"].column("lead_days"),
    "period": TABLES["capacities"].column("period"),
    "unit": TABLES["capacities"].column("unit"),
}


def _read(name: str, value: CellValue | Cell, known: Known = KNOWN) -> Value:
    cell = value if isinstance(value, Cell) else Cell(value)
    column = COLUMNS[name]
    return read_cell(cell, column, column.unit, PLACE, known)[0]


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("name", "  甲一公司 ", "甲一公司"),
        ("name", 360, "360"),
        ("name", 3.0, "3"),
        ("parent", "无", ""),
        ("key", "无", "无"),
        ("names", "甲一；甲 1、甲一", ("甲一", "甲 1")),
        ("names", "无", ()),
        ("uscc", USCC.lower(), USCC),
        ("kind", "企业", "firm"),
        ("kind", " Firm", "firm"),
        ("kind", "development zone", "zone"),
        ("day", "2015-03-09", date(2015, 3, 9)),
        ("day", "2015/3/9", date(2015, 3, 9)),
        ("day", "2015.3.9", date(2015, 3, 9)),
        ("day", "2015年3月9日", date(2015, 3, 9)),
        ("day", "2015 年 3 月 9 日", date(2015, 3, 9)),
        ("day", 20150309, date(2015, 3, 9)),
        ("day", datetime(2015, 3, 9), date(2015, 3, 9)),  # noqa: DTZ001  as a spreadsheet has it
        ("day", date(2015, 3, 9), date(2015, 3, 9)),
        ("end", "长期", OPEN_END),
        ("end", "2027-01-31", date(2027, 1, 31)),
        ("money", "5000", Quantity(Decimal(50_000_000), "eq", "yuan")),
        ("money", 5000.5, Quantity(Decimal(50_005_000), "eq", "yuan")),
        ("money", 0, Quantity(Decimal(0), "eq", "yuan")),
        ("region", "140100", "140100"),
        ("region", 140100, "140100"),
        ("region", "太原市", "140100"),
        ("region", "山西省太原市小店区", "140105"),
        ("industry", "c3415", "C3415"),
        ("industry", 3415, "3415"),
        ("flag", "是", True),
        ("flag", "√", True),
        ("flag", True, True),
        ("flag", "No", False),
        ("flag", 0, False),
        ("phone", 13900000000, "13900000000"),
        ("phone", "0351-1234567 转 801", "0351-1234567 转 801"),
        ("phone", "+86 139-0000-0000", "+86 139-0000-0000"),
        ("email", "a.b@example.com", "a.b@example.com"),
        ("product", "叶片", "blade"),
        ("product", "Blade", "blade"),
        ("spec", "额定功率=5 MW；叶轮直径：182 m", (("额定功率", "5 MW"), ("叶轮直径", "182 m"))),
        ("spec", "无", ()),
        ("days", "45天", 45),
        ("days", 1200, 1200),
        ("days", "1,200", 1200),
        ("period", 2024, "2024"),
        ("period", "2024年", "2024"),
        ("period", "2024年度", "2024"),
        ("period", "2024-5", "2024-05"),
        ("period", "2024年12月", "2024-12"),
        ("period", datetime(2024, 5, 1), "2024-05"),  # noqa: DTZ001  what it makes of 2024-05
        ("unit", "万千瓦", "万千瓦"),
        ("names", None, None),
        ("names", " ", None),
    ],
)
def test_what_firms_write_is_understood(name: str, written: CellValue, read: Value) -> None:
    assert _read(name, written) == read


@pytest.mark.parametrize(
    ("name", "written", "kind"),
    [
        ("name", None, faults.MissingCell),
        ("name", "无", faults.MissingCell),
        ("name", "不详", faults.MissingCell),
        ("name", "字" * 2001, faults.CellTooLong),
        ("name", "甲\x07乙", faults.UnseenCharacter),
        ("name", "甲\ue000", faults.UnseenCharacter),
        ("name", 12345678901234567, faults.TooManyDigits),
        ("uscc", 911401000000000000, faults.TooManyDigits),
        ("uscc", USCC[:-1] + "3", faults.BadCell),
        ("kind", "厂", faults.UnknownChoice),
        ("day", "2015", faults.NotADay),
        ("day", "03/04/2015", faults.NotADay),
        ("day", "2015-02-30", faults.NotADay),
        ("day", datetime(1905, 7, 7), faults.NotADay),  # noqa: DTZ001  2015 in a cell of days
        ("day", time(8, 30), faults.NotADay),
        ("end", "很久", faults.NotADay),
        ("money", "-5", faults.NegativeFigure),
        ("money", -5, faults.NegativeFigure),
        ("money", "若干", faults.BadCell),
        ("money", "5 MW", faults.BadCell),
        ("money", 1234567890123456789, faults.TooManyDigits),
        ("money", "1" * 31, faults.TooManyDigits),
        ("region", "990000", faults.UnknownRegion),
        ("region", "鼓楼区", faults.UnknownRegion),
        ("region", "山西省鼓楼区", faults.UnknownRegion),
        ("region", "甲省乙市", faults.UnknownRegion),
        ("industry", "风电", faults.NoIndustry),
        ("flag", "也许", faults.NotAFlag),
        ("phone", "请问前台", faults.NoAddress),
        ("email", "a@b", faults.NoAddress),
        ("email", "a b@example.com", faults.NoAddress),
        ("product", "叶", faults.UnknownProductWord),
        ("product", "x", faults.UnknownProductWord),
        ("spec", "五兆瓦", faults.NoSpecification),
        ("days", "4.5", faults.NotWhole),
        ("days", -1, faults.NotWhole),
        ("period", "2024-13", faults.NotAPeriod),
        ("period", datetime(2024, 5, 7), faults.NotAPeriod),  # noqa: DTZ001
        ("unit", "套件", faults.BadCell),
        ("name", Cell("#REF!", error=True), faults.ErrorCell),
        ("name", Cell(None, formula=True), faults.ErrorCell),
    ],
)
def test_what_cannot_be_understood_is_refused_with_place_and_way_out(
    name: str, written: CellValue | Cell, kind: type[SheetFault]
) -> None:
    with pytest.raises(SheetFault) as refusal:
        _read(name, written)
    assert type(refusal.value) is kind
    for language in ("zh", "en"):
        words = refusal.value.message(language)
        assert words.startswith("单位概况!C5")
        assert "{" not in words
        assert len(refusal.value.why(language) + refusal.value.fix(language)) > 10


def test_an_ambiguous_region_names_the_candidates() -> None:
    with pytest.raises(faults.UnknownRegion) as refusal:
        _read("region", "鼓楼区")
    assert "320106" in refusal.value.message("zh")


def test_a_refused_code_keeps_the_words_of_its_own_fault() -> None:
    with pytest.raises(faults.BadCell) as refusal:
        _read("uscc", USCC[:-1] + "3")
    assert isinstance(refusal.value.facts["cause"], FenglianError)
    assert "应为“K”" in refusal.value.message("zh")
    assert faults.code_of(refusal.value) == "wrong-uscc-check"


def test_without_reference_data_nothing_is_looked_up_and_nothing_is_guessed() -> None:
    assert _read("product", "任何产品", Known()) == "任何产品"
    assert _read("region", "999999", Known()) == "999999"
    with pytest.raises(faults.UnknownRegion):
        _read("region", "太原市", Known())
    assert _read("uscc", USCC, Known()) == USCC


def test_a_formula_gives_its_kept_value_and_a_warning() -> None:
    column = COLUMNS["money"]
    value, warnings = read_cell(Cell(5000, formula=True), column, column.unit, PLACE, KNOWN)
    assert value == Quantity(Decimal(50_000_000), "eq", "yuan")
    assert [type(each) for each in warnings] == [faults.FormulaCell]
    assert "5000" in warnings[0].message("zh")


@pytest.mark.parametrize("mark", ["/", "—", "不详", "N/A", "待定"])
def test_a_mark_is_taken_as_unknown_and_says_so(mark: str) -> None:
    value, warnings = read_cell(Cell(mark), COLUMNS["parent"], "", PLACE, KNOWN)
    assert value is None
    assert [type(each) for each in warnings] == [faults.TakenAsUnknown]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "=1+1"),
        ("parent", ""),
        ("names", ()),
        ("names", ("甲", "乙")),
        ("kind", "zone"),
        ("day", date(2020, 2, 29)),
        ("end", OPEN_END),
        ("money", Quantity(Decimal(50_000_000), "gt", "yuan")),
        ("flag", True),
        ("flag", False),
        ("spec", (("功率", "5 MW"), ("直径", "182 m"))),
        ("days", 45),
        ("product", "blade"),
        ("period", "2024-05"),
        ("parent", None),
    ],
)
def test_what_is_written_is_read_back(name: str, value: Value, language: str) -> None:
    column = COLUMNS[name]
    cell = write_cell(value, column, column.unit, language)
    assert _read(name, cell) == value


def test_words_of_a_cell_are_what_one_sees() -> None:
    moment = datetime(2024, 5, 1, 8, 30)  # noqa: DTZ001  spreadsheets know no zones
    assert words_of(moment) == "2024-05-01 08:30:00"
    assert words_of(1e21) == "1000000000000000000000"
    assert words_of(0.1) == "0.1"
    assert words_of(True) == "True"


def test_every_type_of_the_tables_has_a_reader() -> None:
    used = {column.type for table in TABLES.values() for column in table.columns}
    assert used == set(TYPES)


def test_a_word_among_several_choices_is_told_with_all_of_them() -> None:
    column: Column = replace(COLUMNS["kind"], label=Label("类", "kind"))
    with pytest.raises(faults.UnknownChoice) as refusal:
        read_cell(Cell("?!"), column, "", PLACE, KNOWN)
    assert all(choice.label.zh in refusal.value.message("zh") for choice in column.choices)
