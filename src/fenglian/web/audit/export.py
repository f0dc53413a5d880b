"""How do entries leave as CSV, line by line, however many there are?"""

import csv
from collections.abc import Iterable, Iterator

from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.queries import Line
from fenglian.web.cells import BYTE_ORDER_MARK, SOURCED, SYNTHETIC, harmless

COLUMNS = (
    "number", "at", "who", "unit", "role", "act", "table", "rows", "class", "purpose", "detail",
    "digest", "data",
)  # fmt: skip


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def write_entries(actor: Actor, lines: Iterable[Line]) -> Iterator[str]:
    """Yield entries as CSV with a header; every row says whether its data are invented."""
    writer = csv.writer(_Echo())
    data = SYNTHETIC if actor.alliance.synthetic else SOURCED
    yield BYTE_ORDER_MARK
    yield writer.writerow(COLUMNS)
    for each in lines:
        yield writer.writerow([harmless(cell) for cell in (*_row(each), data)])


def _row(each: Line) -> tuple[object, ...]:
    return (
        each.number if each.number is not None else "",
        each.at.isoformat(),
        each.who,
        each.unit,
        each.role,
        each.act,
        each.table,
        " ".join(each.rows),
        each.data_class,
        each.purpose,
        each.detail,
        each.digest,
    )
