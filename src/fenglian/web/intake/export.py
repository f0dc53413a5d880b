"""How do accepted statements leave as CSV that no spreadsheet takes for formulas?"""

import csv
import io
import unicodedata
from collections.abc import Iterable

from fenglian.web.intake.queries import Reviewed

COLUMNS = (
    "id", "fact", "subject", "property", "value", "bound", "figure", "top", "unit", "qualifiers",
    "words", "document", "sha256", "byte_start", "byte_end", "clean_start", "clean_end",
    "grade", "standing", "extractor", "version", "edited", "data",
)  # fmt: skip
# What a spreadsheet may take for the start of a formula, full-width forms included. An apostrophe
# is among them so that leaving out a cell's first one always gives the words back.
_DANGEROUS = tuple("=+-@'\uff1d\uff0b\uff0d\uff20")
_CONTROLS = tuple("\t\r\n\0")
SYNTHETIC, SOURCED = "演示数据 demo data", "有出处 sourced"
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read Chinese as another charset


def write_statements(items: Iterable[Reviewed], *, synthetic: bool = False) -> str:
    """Return statements as CSV with a header; the text starts with a byte order mark.

    The last column says of every row whether the data are invented.
    """
    stream = io.StringIO()
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    data = SYNTHETIC if synthetic else SOURCED
    writer.writerows([harmless(cell) for cell in (*_row(item), data)] for item in items)
    return stream.getvalue()


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet evaluates; numbers stay numbers."""
    if isinstance(cell, str) and (
        cell.startswith(_CONTROLS) or _first_seen(cell).startswith(_DANGEROUS)
    ):
        return f"'{cell}"
    return cell


def _first_seen(cell: str) -> str:
    """Return the first character that is neither blank nor unseen: importers trim what is."""
    seen = (each for each in cell if unicodedata.category(each)[0] not in "ZC")
    return next(seen, "")


def _row(item: Reviewed) -> tuple[object, ...]:
    each, quantity = item.statement, item.statement.quantity
    return (
        each.id,
        each.fact,
        each.subject,
        each.property,
        each.value,
        quantity.bound if quantity else "",
        quantity.figure if quantity else "",
        quantity.top if quantity and quantity.top is not None else "",
        quantity.unit if quantity else "",
        "; ".join(f"{name}={value}" for name, value in each.qualifiers),
        each.words,
        item.document_name,
        each.document,
        each.octets.start,
        each.octets.end,
        each.clean.start,
        each.clean.end,
        each.grade,
        each.standing,
        each.extractor,
        each.version,
        "yes" if item.edited else "",
    )
