"""Makes sheets in code: headings and rows of words, as a reader of files would hand them over."""

from collections.abc import Sequence

import fenglian as fl
from fenglian.engine.intake.sheets import Cell, CellValue, Sheet, SheetRow, Sheets
from fenglian.engine.labels import Label
from fenglian.engine.registry.cells import Known
from fenglian.engine.registry.sheets import SheetReading, read_profile_sheets

TABLES = fl.load_profile_tables()
DIVISIONS = fl.load_divisions()
PRODUCTS = {"blade": Label("叶片", "blade"), "tower-steel": Label("钢塔筒", "steel tower")}
KNOWN = Known(DIVISIONS, PRODUCTS)
USCC = "91140100MA0ABCDE6K"  # made up; see test_registry_codes

PROFILE = ("统一社会信用代码", "中文名称", "单位类别", "登记状态")
ONE = (USCC, "甲一公司", "企业", "存续")


def make_sheet(name: str, rows: Sequence[Sequence[CellValue | Cell]], first: int = 1) -> Sheet:
    """Return a sheet whose first row has that number; None is an empty cell."""
    made = []
    for number, row in enumerate(rows, start=first):
        cells = {
            at: each if isinstance(each, Cell) else Cell(each)
            for at, each in enumerate(row, start=1)
            if each is not None
        }
        made.append(SheetRow(number, cells))
    return Sheet(name, tuple(made))


def read(*sheets: Sheet, **further: object) -> SheetReading:
    """Read sheets with everything known."""
    return read_profile_sheets(Sheets("a.xlsx", sheets), TABLES, known=KNOWN, **further)  # type: ignore[arg-type]


def codes(reading: SheetReading) -> list[list[str]]:
    """Return the kinds of faults, row by row."""
    return [[type(fault).__name__ for fault in row.faults] for row in reading.rows]


def warned(reading: SheetReading) -> list[list[str]]:
    """Return the kinds of warnings, row by row."""
    return [[type(fault).__name__ for fault in row.warnings] for row in reading.rows]
