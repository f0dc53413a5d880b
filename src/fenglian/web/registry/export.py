"""How do organisations leave as CSV that no spreadsheet takes for formulas?"""

import csv
import io
from collections.abc import Iterable

from fenglian.engine.registry.records import Organisation
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.export import BYTE_ORDER_MARK, SOURCED, SYNTHETIC, harmless

COLUMNS = (
    "data", "name", "kind", "names", "province", "place", "first_known", "evidence",
)  # fmt: skip


def write_organisations(actor: Actor, found: Iterable[Organisation]) -> str:
    """Return organisations as CSV with a header; every row says whether its data are invented."""
    data = SYNTHETIC if actor.alliance.synthetic else SOURCED
    stream = io.StringIO()
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _row(data, each)] for each in found)
    return stream.getvalue()


def _row(data: str, each: Organisation) -> tuple[str, ...]:
    return (
        data,
        each.name.value,
        each.kind or "",
        "; ".join(name.value for name in each.names),
        each.provinces[0].value if each.provinces else "",
        each.places[0].value if each.places else "",
        each.first_known or "",
        " ".join(each.evidence),
    )
