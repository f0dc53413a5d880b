"""What did a pack's sources say by a day? The pack without rows that nobody had published yet.

A row counts from its earliest dated source. A source without a whole date counts from the end of
the month or the year that it names; one without any date was known by no day of the past, so that
it is unknown there and never 0.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fenglian.engine.chain.pack import Pack
from fenglian.engine.chain.tables import SOURCES, Row, Table
from fenglian.engine.labels import Label

FOUNDING = (
    "alliance_founding_units"  # metric of a region pack that tells when an alliance met first
)
DATED = ("capacities", "coverage_found")  # tables of what was found, as against what was defined
EARLIEST_SOURCE = Label(
    "往日一侧：数据包的一行从它最早的有日期的来源算起；一行有几个来源的，不分哪个来源说了哪一句。"
    "没有日期的来源，往日一侧一律当作未知。",
    "On the side of the past, a row of a pack counts from its earliest dated source; of several "
    "sources of a row it is not kept which said what. A source without a date is not known there.",
)
LENGTH = len("2023-04-07")
_DATE = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?(?!\d)")


def published_by(words: str, day: date) -> bool:
    """Tell whether a source's date, as a pack writes it, is over by the end of a day.

    Examples
    --------
    >>> published_by("2023-03-31", date(2023, 4, 7)), published_by("2023", date(2023, 4, 7))
    (True, False)
    >>> published_by("undated (item 7)", date(2023, 4, 7))
    False
    """
    found = _DATE.match(words)
    if found is None:
        return False
    year, month, number = found.groups()
    return f"{year}{month or '-99'}{number or '-99'}" <= day.isoformat()


def pack_known_by(pack: Pack, day: date) -> Pack:
    """Return the pack without what no dated source had said by a day.

    Parameters
    ----------
    pack
        A chain pack with its region.
    day
        Its evening counts.

    Returns
    -------
    Pack
        What is built of what, and what is asked for, stay: they are the same question then and
        now. The fingerprint names the day.
    """
    dates = {row.text("source_id"): row.text("date") for row in pack.rows(SOURCES)}
    tables = {
        name: _known(table, dates, day) if name in DATED else table
        for name, table in pack.tables.items()
    }
    return replace(pack, tables=tables, fingerprint=f"{pack.fingerprint} {day.isoformat()}")


def _known(table: Table, dates: Mapping[str, str], day: date) -> Table:
    return replace(table, rows=tuple(row for row in table.rows if _was_said(row, dates, day)))


def _was_said(row: Row, dates: Mapping[str, str], day: date) -> bool:
    return any(published_by(dates.get(name, ""), day) for name in row.sources)


def founding_day(pack: Pack) -> date | None:
    """Return the day on which a region's alliance was founded, where its pack tells; else None."""
    days = (row.text("period") for row in pack.rows("policy") if row.text("metric") == FOUNDING)
    return next((date.fromisoformat(day) for day in days if len(day) == LENGTH), None)
