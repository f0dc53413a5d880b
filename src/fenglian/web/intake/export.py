"""How do accepted statements leave as CSV that no spreadsheet takes for formulas?"""

import csv
import io
from collections.abc import Iterable

from fenglian.web.cells import BYTE_ORDER_MARK, SOURCED, SYNTHETIC, harmless
from fenglian.web.intake.queries import Reviewed

__all__ = ["BYTE_ORDER_MARK", "COLUMNS", "SOURCED", "SYNTHETIC", "harmless", "write_statements"]

COLUMNS = (
    "id", "fact", "subject", "property", "value", "bound", "figure", "top", "unit", "qualifiers",
    "words", "document", "sha256", "byte_start", "byte_end", "clean_start", "clean_end",
    "grade", "standing", "extractor", "version", "edited", "data",
)  # fmt: skip


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
