"""What do a user's own tables say for a drill: stocks, free capacity, who stands in?

As with links and firms each row is accepted, rejected with its place and the way out, or a
duplicate; none is lost.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from fenglian.engine.chain import drill_faults, faults
from fenglian.engine.chain.drill import (
    ALL_INPUTS,
    Free,
    Stock,
    Substitute,
    check_substitute,
    product_kind,
    product_name,
)
from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.link_tables import RowCount, TableFile, TableRow, read_rows
from fenglian.engine.chain.supply_network import SupplyNetwork, TableIntake
from fenglian.engine.chain.tables import nearest
from fenglian.engine.errors import NetworkError

SEARCHED = 2_000  # firms; among more, nearest names cost too much for every row
Said = TypeVar("Said", Stock, Free, Substitute)


@dataclass(frozen=True, slots=True)
class DrillTables:
    """What the tables say, and what became of their rows."""

    stocks: tuple[Stock, ...] = ()
    free: tuple[Free, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    intakes: tuple[TableIntake, ...] = ()


def read_drill_tables(
    network: SupplyNetwork,
    stocks: TableFile | None = None,
    free: TableFile | None = None,
    substitutes: TableFile | None = None,
) -> DrillTables:
    """Read the tables of a drill in CSV, held against the network.

    Parameters
    ----------
    network
        Of the firms and links.
    stocks
        Columns firm, days, and if wanted product (empty: all inputs of the firm), days_low,
        days_high, source. Days of normal use; an end that is not known stays empty.
    free
        Columns firm, free, and if wanted free_low, free_high, source: what it could make more, of
        one period in the unit of the links.
    substitutes
        Columns buyer, product, supplier, and if wanted from_day.

    Raises
    ------
    MissingHeading, NothingAccepted, PackFault
        As for the tables of links.
    """
    intakes: list[TableIntake] = []

    def read(
        file: TableFile | None,
        needed: tuple[str, ...],
        take: Callable[[SupplyNetwork, TableRow], Said],
    ) -> tuple[Said, ...]:
        if file is None:
            return ()
        intake, rows = _read(network, file, needed, take)
        intakes.append(intake)
        return rows

    return DrillTables(
        stocks=read(stocks, ("firm", "days"), _stock),
        free=read(free, ("firm", "free"), _free),
        substitutes=read(substitutes, ("buyer", "product", "supplier"), _substitute),
        intakes=tuple(intakes),
    )


def _read(
    network: SupplyNetwork,
    file: TableFile,
    needed: tuple[str, ...],
    take: Callable[[SupplyNetwork, TableRow], Said],
) -> tuple[TableIntake, tuple[Said, ...]]:
    count = RowCount(file.name)
    found: dict[tuple[str, ...], tuple[Said, int]] = {}

    def one(row: TableRow) -> bool:
        row.check()
        said = take(network, row)
        key = _key(said)
        if key not in found:
            found[key] = (said, row.line)
            return True
        if found[key][0] == said:
            return False
        raise row.fault(faults.DuplicateKey, needed[0], first=found[key][1])

    for row in read_rows(file, needed):
        count.take(partial(one, row))
    return count.close(), tuple(said for said, _ in found.values())


def _key(said: Stock | Free | Substitute) -> tuple[str, ...]:
    if isinstance(said, Stock):
        return said.firm, said.product
    if isinstance(said, Free):
        return (said.firm,)
    return said.buyer, said.product, said.supplier


def _stock(network: SupplyNetwork, row: TableRow) -> Stock:
    firm, product = _firm(network, row, "firm"), row.cells.get("product", "")
    if product != ALL_INPUTS:
        place = network.place(firm)
        bought = network.products[network.suppliers[network.buyers == place]]
        if product_kind(network, product) not in bought.tolist():
            names = sorted({product_name(network, int(kind)) for kind in bought})
            known = ", ".join(names) or "–"
            raise row.fault(drill_faults.NothingTaken, "product", firm=firm, bought=known)
    return Stock(firm, product, _interval(row, "days"), row.cells.get("source", ""))


def _free(network: SupplyNetwork, row: TableRow) -> Free:
    return Free(_firm(network, row, "firm"), _interval(row, "free"), row.cells.get("source", ""))


def _substitute(network: SupplyNetwork, row: TableRow) -> Substitute:
    day = row.cells.get("from_day", "") or "1"
    if not (day.isascii() and day.isdigit() and len(day) <= 5 and int(day) >= 1):
        raise row.fault(drill_faults.NotADay, "from_day")
    buyer, supplier = _firm(network, row, "buyer"), _firm(network, row, "supplier")
    each = Substitute(buyer, row.text("product"), supplier, int(day))
    try:
        check_substitute(network, each)
    except NetworkError as fault:
        words = {"reason_zh": fault.message("zh"), "reason_en": fault.message("en")}
        raise row.fault(drill_faults.UselessSubstitute, "product", **words) from None
    return each


def _firm(network: SupplyNetwork, row: TableRow, column: str) -> str:
    name = row.text(column)
    if name not in network:
        like = nearest(name, network.firms) if len(network.firms) <= SEARCHED else "–"
        raise row.fault(faults.UnknownId, column, target="firms", nearest=like)
    return name


def _interval(row: TableRow, column: str) -> Interval:
    names = (f"{column}_low", column, f"{column}_high")
    numbers = [row.amount(name) for name in names]
    known = [number for number in numbers if not math.isnan(number)]
    if not known:
        raise row.fault(faults.MissingValue, column)
    if known != sorted(known):
        raise row.fault(drill_faults.EndsOutOfOrder, column)
    low, working, high = (None if math.isnan(number) else number for number in numbers)
    if working is not None and low is None and high is None:
        return Interval(working, working, working)
    return Interval(low, working, high)
