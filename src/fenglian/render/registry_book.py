"""The workbook in which a member says of itself what it knows: one sheet a table, filled once.

Headings, units, lists of choices and the explanation come from the descriptions of the tables. A
cell of words is a cell of text: no formula, no number, no date is made of a code or a model.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fenglian.engine.disclosure.classes import DataClass, declared_class, mark
from fenglian.engine.labels import Label
from fenglian.engine.registry.cells import NO, YES, write_cell
from fenglian.engine.registry.profile import Value
from fenglian.engine.registry.tables import EXPLANATION, LISTS, Column, TableDescription

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING_ROW = 3  # from 0; above it title, purpose and classes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_EPOCH = datetime(2023, 4, 18)  # noqa: DTZ001  fixed, so that the same rows give the same bytes
_ROOM = 2_000  # rows below the headings that are laid out and checked
_NUMBERS = frozenset({"quantity", "integer"})
_DAYS = frozenset({"date", "end_date"})
_REQUIRED = Label("必填", "required")
_TITLE = Label("联盟单位填报表", "What our organisation says of itself")
_RULES = (
    Label("每张工作表一类内容，一行一项；表头的次序可以变，不要改表头的字。",
          "One sheet a subject, one row an item. Columns may change places, headings keep their words."),
    Label("带 * 的必填。空着表示不知道，0 表示没有，写“无”表示确实没有。",
          "Columns with * are required. Empty: not known; 0: nothing; 'none': there is none."),
    Label("数量可以写 120、100–120、约 120、逾 120、1.2 万、1.2 亿；不写单位时按表头或“单位”一列。",
          "Quantities: 120, 100–120, about 120, over 120; without a unit that of the heading or the column counts."),
    Label("日期写 2024-05-31；时期写 2024 或 2024-05。几项之间用分号隔开。",
          "Days: 2024-05-31. Periods: 2024 or 2024-05. Several items: with semicolons between them."),
    Label("每列上方写明谁能看：S0 公开，S1 成员，S2、S3 须本单位授权，P 个人信息。",
          "Above each column stands who may read it: S0 public, S1 members, S2 and S3 by your grant, P personal."),
)  # fmt: skip
_COLUMNS = (
    Label("工作表", "sheet"),
    Label("列", "column"),
    Label("单位", "unit"),
    Label("必填", "required"),
    Label("数据等级", "class"),
    Label("谁能看", "who may read it"),
    Label("可填", "allowed"),
)
_TYPES = {
    "text": Label("文字", "text"),
    "names": Label("一个或几个，用分号隔开", "one or several, semicolons between them"),
    "specs": Label("名称=值，用分号隔开", "name=value, semicolons between them"),
    "uscc": Label("18 位代码", "18 characters"),
    "region": Label("六位代码或全称", "six digits, or the full name"),
    "industry": Label("GB/T 4754 代码，如 C3415", "code of GB/T 4754: C3415"),
    "product": Label("见“选项”", "see the sheet of choices"),
    "date": Label("年月日", "a day"),
    "end_date": Label("年月日，或“长期”", "a day, or 'open'"),
    "period": Label("年或年月", "a year or a month"),
    "quantity": Label("数或区间", "a number or a range"),
    "unit": Label("如 MW、台、吨、万千瓦", "MW, 台, t …"),
    "integer": Label("整数", "a whole number"),
    "flag": Label("是、否", "yes, no"),
    "phone": Label("电话号码", "a telephone number"),
    "email": Label("邮箱", "an e-mail address"),
}
Row = Mapping[str, Value]


def write_registry_workbook(
    tables: Mapping[str, TableDescription],
    rows: Mapping[str, Sequence[Row]],
    language: str,
    *,
    products: Mapping[str, Label] | None = None,
    title: Label = _TITLE,
    rules: Sequence[Label] = _RULES,
) -> bytes:
    """Return the workbook, empty or with what is known; the same rows give the same bytes.

    ``rows`` holds, by table, the values of each row by column, as records and forms have them.
    ``products`` are those of the chain, offered as a list; without them any id may be written.
    ``rules`` say how to fill it in.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
        workbook.set_properties({"title": title.text(language), "created": _EPOCH})
        book = _Book(workbook, language, products or {})
        book.explanation(title, rules, tables)
        for name, table in tables.items():
            book.table(table, rows.get(name, ()))
        book.lists()
    return stream.getvalue()


@dataclass(slots=True)
class _Book:
    workbook: xlsxwriter.Workbook
    language: str
    products: Mapping[str, Label]
    offered: dict[str, tuple[str, ...]] = field(default_factory=dict)  # list → its words
    formats: dict[str, Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        line = {"valign": "top", "font_size": 11}
        head = {"bold": True, "text_wrap": True, "bottom": 1, **line}
        looks: dict[str, dict[str, object]] = {
            "title": {"bold": True, "font_size": 14},
            "note": {"font_color": "#4A5663", "font_size": 10},
            "class": {"font_color": "#8F4B06", "font_size": 10, "text_wrap": True},
            "head": {"bg_color": "#EDF1F4", **head},
            "needed": {"bg_color": "#FDF0DC", **head},
            "text": {"num_format": "@", "text_wrap": True, **line},
            "day": {"num_format": "yyyy-mm-dd", "align": "left", **line},
            "number": {"num_format": "General", "align": "right", **line},
            "cell": {"text_wrap": True, **line},
        }
        self.formats = {name: self.workbook.add_format(look) for name, look in looks.items()}

    def words(self, label: Label) -> str:
        return label.text(self.language)

    def explanation(
        self, title: Label, rules: Sequence[Label], tables: Mapping[str, TableDescription]
    ) -> None:
        sheet = self.workbook.add_worksheet(self.words(EXPLANATION))
        sheet.set_column(0, len(_COLUMNS) - 1, 18)
        sheet.set_column(len(_COLUMNS) - 2, len(_COLUMNS) - 1, 44)
        sheet.write_string(0, 0, self.words(title), self.formats["title"])
        for row, rule in enumerate(rules, start=1):
            sheet.write_string(row, 0, self.words(rule), self.formats["note"])
        at = len(rules) + 2
        for place, label in enumerate(_COLUMNS):
            sheet.write_string(at, place, self.words(label), self.formats["head"])
        for table in tables.values():
            for column in table.columns:
                at += 1
                for place, cell in enumerate(self.explained(table, column)):
                    sheet.write_string(at, place, cell, self.formats["cell"])

    def explained(self, table: TableDescription, column: Column) -> Iterable[str]:
        """Yield the cells that explain a column."""
        data_class = declared_class(column.data_class)
        yield self.words(table.label)
        yield self.words(column.label)
        yield self.unit(column)
        yield self.words(_REQUIRED) if column.needed else ""
        yield f"{data_class} {self.words(data_class.label)}"
        yield self.words(data_class.readers)
        yield (
            ("、" if self.language.startswith("zh") else ", ").join(self.choices(column))
            if column.choices
            else self.words(_TYPES[column.type])
        )

    def unit(self, column: Column) -> str:
        return self.words(column.unit_label) if column.unit_label else ""

    def choices(self, column: Column) -> tuple[str, ...]:
        """Return the words that a cell of the column is chosen from; empty: written freely."""
        if column.type == "flag":
            return (self.words(YES), self.words(NO))
        if column.type == "product":
            return tuple(self.products)
        return tuple(self.words(choice.label) for choice in column.choices)

    def table(self, table: TableDescription, rows: Sequence[Row]) -> None:
        sheet = self.workbook.add_worksheet(self.words(table.label))
        sheet.write_string(0, 0, self.words(table.label), self.formats["title"])
        sheet.write_string(1, 0, self.words(table.about), self.formats["note"])
        classes = [declared_class(column.data_class) for column in table.columns]
        sheet.set_header(f"&R{self.words(mark(classes))}")
        for place, (column, data_class) in enumerate(zip(table.columns, classes, strict=True)):
            self.heading(sheet, place, column, data_class)
            self.offer(sheet, place, table, column)
        for at, row in enumerate(rows, start=HEADING_ROW + 1):
            self.row(sheet, at, table, row)
        sheet.freeze_panes(HEADING_ROW + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)

    def heading(self, sheet: Worksheet, place: int, column: Column, data_class: DataClass) -> None:
        unit = column.unit_label
        zh = column.label.zh + (f"（{unit.zh}）" if unit else "")
        en = column.label.en + (f" ({unit.en})" if unit else "")
        first, second = (zh, en) if self.language.startswith("zh") else (en, zh)
        lines = (f"{first} *" if column.needed else first, second)
        look = self.formats["needed" if column.needed else "head"]
        sheet.write_string(HEADING_ROW, place, "\n".join(lines), look)
        shown = f"{data_class} {self.words(data_class.label)}"
        sheet.write_string(HEADING_ROW - 1, place, shown, self.formats["class"])
        kind = "number" if column.type in _NUMBERS else "day" if column.type in _DAYS else "text"
        sheet.set_column(place, place, 24 if kind == "text" else 16, self.formats[kind])

    def offer(self, sheet: Worksheet, place: int, table: TableDescription, column: Column) -> None:
        """Let the spreadsheet offer the choices, from a sheet of its own: a list may be long."""
        words = self.choices(column)
        if not words:
            return
        name = "product" if column.type == "product" else f"{table.name}.{column.name}"
        self.offered.setdefault(name, words)
        letters = xlsxwriter.utility.xl_col_to_name(list(self.offered).index(name))
        source = f"='{self.words(LISTS)}'!${letters}$2:${letters}${len(words) + 1}"
        checked = {"validate": "list", "source": source}
        # A product's Chinese name is read too, so that a word beside the list only warns.
        checked |= {"error_type": "warning"} if column.type == "product" else {}
        sheet.data_validation(HEADING_ROW + 1, place, HEADING_ROW + _ROOM, place, checked)

    def row(self, sheet: Worksheet, at: int, table: TableDescription, row: Row) -> None:
        for place, column in enumerate(table.columns):
            unit = column.unit
            if column.unit_column:
                unit = str(row.get(column.unit_column) or "")
            cell = write_cell(row.get(column.name), column, unit, self.language)
            if isinstance(cell, date):
                moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  a day
                sheet.write_datetime(at, place, moment, self.formats["day"])
            elif isinstance(cell, str):
                if cell:
                    sheet.write_string(at, place, cell, self.formats["text"])
            else:
                sheet.write_number(at, place, cell, self.formats["number"])

    def lists(self) -> None:
        """Write the choices, a column a list; products with their names beside them."""
        sheet = self.workbook.add_worksheet(self.words(LISTS))
        for place, (name, words) in enumerate(self.offered.items()):
            sheet.set_column(place, place, 24)
            sheet.write_string(0, place, name, self.formats["head"])
            for at, word in enumerate(words, start=1):
                sheet.write_string(at, place, word, self.formats["text"])
        beside = len(self.offered) + 1
        for at, (product, label) in enumerate(self.products.items(), start=1):
            sheet.write_string(at, beside, product, self.formats["text"])
            sheet.write_string(at, beside + 1, self.words(label), self.formats["text"])
