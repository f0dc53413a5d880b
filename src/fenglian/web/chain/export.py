"""How does coverage leave as CSV that no spreadsheet takes for formulas?"""

import csv
import io
from collections.abc import Iterable

from fenglian.engine.chain.intervals import Interval
from fenglian.web.chain.queries import OpenChain
from fenglian.web.intake.export import BYTE_ORDER_MARK, SOURCED, SYNTHETIC, harmless

COLUMNS = (
    "data", "scenario", "year", "product", "name", "stage", "unit_a_year", "status",
    "required_low", "required", "required_high", "capacity_low", "capacity", "capacity_high",
    "ratio_low", "ratio", "ratio_high", "makers", "sources", "assumed", "class",
)  # fmt: skip


def write_coverage(view: OpenChain, *, synthetic: bool) -> str:
    """Return the coverage of every product; a cell is empty where nothing was found."""
    stream = io.StringIO()
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    data = SYNTHETIC if synthetic else SOURCED
    writer.writerows([harmless(cell) for cell in row] for row in _rows(view, data))
    return stream.getvalue()


def _rows(view: OpenChain, data: str) -> Iterable[tuple[str, ...]]:
    scenario = view.chain.scenario
    for row in view.coverages.rows:
        product = view.chain.product(row.product)
        yield (
            data, scenario.id, str(scenario.year), row.product, product.name.zh, product.stage,
            row.unit.zh, str(row.status), *_ends(row.required), *_ends(row.capacity),
            *_ends(row.ratio), "; ".join(row.makers), "; ".join(row.sources),
            "yes" if row.assumed else "", str(view.chain.data_class),
        )  # fmt: skip


def _ends(interval: Interval) -> tuple[str, ...]:
    return tuple("" if end is None else f"{end:.6g}" for end in interval.ends())
