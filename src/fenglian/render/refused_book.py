"""The rows that were not taken, as a workbook to put right: each cell as it came, its reason beside it."""

import io
from collections.abc import Mapping

import xlsxwriter

from fenglian.engine.errors import SheetFault
from fenglian.engine.intake.sheets import Sheet, Sheets, column_letters
from fenglian.engine.labels import Label
from fenglian.engine.registry.cells import words_of
from fenglian.engine.registry.sheets import RowOutcome, SheetReading

REASON = Label("没有收下的原因", "why it was not taken")
_LONGEST_NAME = 31  # of a sheet, for Excel
_UNNAMABLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_CELL = 32_000


def write_refused(
    sheets: Sheets, reading: SheetReading, heads: Mapping[str, int], language: str
) -> bytes:
    """Return an xlsx of the rejected rows: headings, the row as it came, reasons in front.

    Parameters
    ----------
    sheets, reading
        The file and what became of its rows.
    heads
        Sheet → row of its headings; a sheet without one has its rows alone.
    language
        Of the reasons.

    Returns
    -------
    bytes
        The same sheets, without the rows that were taken. The first column says why; the cells that
        are wrong are coloured. Read again, the first column is a heading that nobody knows.
    """
    refused: dict[str, dict[int, RowOutcome]] = {}
    for row in reading.of("rejected"):
        refused.setdefault(row.sheet, {})[row.row] = row
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        formats = workbook.add_format({"bold": True}), workbook.add_format({"bg_color": "#F8D7DA"})
        taken: set[str] = set()
        for sheet in sheets.sheets:
            if sheet.name in refused:
                page = workbook.add_worksheet(_sheet_name(sheet.name, taken))
                _write_sheet(
                    page, sheet, refused[sheet.name], heads.get(sheet.name, 0), formats, language
                )
    return stream.getvalue()


def _write_sheet(
    page: "xlsxwriter.worksheet.Worksheet",
    sheet: Sheet,
    refused: Mapping[int, RowOutcome],
    head: int,
    formats: tuple["xlsxwriter.format.Format", "xlsxwriter.format.Format"],
    language: str,
) -> None:
    bold, wrong = formats
    page.set_column(0, 0, 60)
    page.write_string(0, 0, REASON.text(language), bold)
    at = 1
    for row in sheet.rows:
        if row.number == head:
            for column, cell in row.cells.items():
                page.write_string(0, column, words_of(cell.value)[:_LONGEST_CELL], bold)
        outcome = refused.get(row.number)
        if outcome is None:
            continue
        faulty = {str(fault.facts.get("cell", "")) for fault in outcome.faults}
        page.write_string(at, 0, _reasons(outcome.faults, language)[:_LONGEST_CELL])
        for column, cell in row.cells.items():
            place = f"{column_letters(column)}{row.number}"
            style = wrong if place in faulty else None
            value = cell.value
            if isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(at, column, value, style)
            else:
                page.write_string(at, column, words_of(value)[:_LONGEST_CELL], style)
        at += 1


def _reasons(faults: tuple[SheetFault, ...], language: str) -> str:
    return "\n".join(fault.message(language) for fault in faults)


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a spreadsheet takes, and that no sheet before has."""
    plain = name.translate(_UNNAMABLE).strip()[:_LONGEST_NAME] or "Sheet"
    found, number = plain, 2
    while found.lower() in taken:
        tail = f" {number}"
        found, number = plain[: _LONGEST_NAME - len(tail)] + tail, number + 1
    taken.add(found.lower())
    return found
