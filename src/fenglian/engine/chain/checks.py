"""What is wrong with a pack across its tables? One check a fault, and all of them are kept.

A table by itself is checked where it is read (``tables.py``), datapackage.json in
``descriptor.py``; here is what takes two places to see.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isclose, prod

from fenglian.engine.chain import faults
from fenglian.engine.chain.columns import interval_columns
from fenglian.engine.chain.descriptor import FILE, Descriptor
from fenglian.engine.chain.network import ENDS, build_network, build_routes
from fenglian.engine.chain.tables import SOURCES, Row, Table, nearest
from fenglian.engine.errors import PackFault
from fenglian.engine.kernels.explosion import loop_radius

NEEDED = {
    "chain": ("bom", "products", "sources"),
    "region": ("capacities", "organisations", "sources"),
}
SHARE_TOLERANCE = 1e-9
MAX_NODES = 2_000_000  # routes × products: more would not fit a computer that people have
_HOMES = {  # type of a column → table and column that define it
    "product": ("products", "product_id"),
    "variant": ("variants", "variant_id"),
    "organisation": ("organisations", "org_id"),
    "scenario": ("demand_scenarios", "scenario_id"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack that was read and not yet believed."""

    descriptor: Descriptor
    tables: Mapping[str, Table]
    beside: Mapping[str, Table] = field(default_factory=dict)  # of the chain that a region is for

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of a table of this pack; none where it is missing."""
        found = self.tables.get(table)
        return found.rows if found else ()

    def all_rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of a table of this pack and of the chain beside it."""
        other = self.beside.get(table)
        return self.rows(table) + (other.rows if other else ())

    def known(self, kind: str) -> set[str] | None:
        """Return the ids that a type of column may have; None where nothing defines them."""
        chain = self.descriptor.chain
        if kind in ("stage", "axis", "unit"):
            if chain is None:
                return None
            named = {"stage": chain.stages, "axis": chain.axes}.get(kind, ())
            return {item.id for item in named} if kind != "unit" else set(chain.units)
        table, column = _HOMES[kind]
        if table in self.tables or table in self.beside:
            return {row.text(column) for row in self.all_rows(table)}
        # A region pack alone cannot know the products of its chain.
        return set() if chain is not None else None


def check_draft(draft: Draft) -> tuple[PackFault, ...]:
    """Return every fault between the tables of a pack, check by check and row by row."""
    return tuple(fault for check in CHECKS for fault in check(draft))


def check_tables(draft: Draft) -> Iterator[PackFault]:
    """Find tables that this kind of pack must have and that are missing or empty."""
    blocks = {"chain": draft.descriptor.chain, "region": draft.descriptor.region}
    needed = sorted({name for kind, block in blocks.items() if block for name in NEEDED[kind]})
    for name in needed:
        if name not in draft.tables:
            yield faults.MissingTable(table=name)
        elif not draft.tables[name].rows:
            yield faults.EmptyTable(table=name)


def check_settings(draft: Draft) -> Iterator[PackFault]:
    """Find settings that name a product which is not there, and axes without variants."""
    chain = draft.descriptor.chain
    if chain is None:
        return
    products = {row.text("product_id") for row in draft.rows("products")}
    for name, value in (
        ("final_product", chain.final_product),
        ("lead_product", chain.lead_product),
    ):
        if value not in products:
            wanted = f"products.csv: {nearest(value, products)} …"
            yield faults.BadSetting(table=FILE, column=f"chain.{name}", value=value, wanted=wanted)
    if _nodes(draft) > MAX_NODES:
        yield faults.BadSetting(
            table=FILE, column="chain.variant_axes", value=len(chain.axes),
            wanted=f"routes × products ≤ {MAX_NODES:,}",
        )  # fmt: skip
    axes = {row.text("axis") for row in draft.rows("variants")}
    for axis in chain.axes:
        if axis.id not in axes:
            yield faults.BadSetting(
                table=FILE, column="chain.variant_axes", value=axis.id, wanted="variants.csv"
            )


def check_keys(draft: Draft) -> Iterator[PackFault]:
    """Find rows with the key of an earlier row."""
    for name, table in draft.tables.items():
        seen: dict[tuple[str, ...], int] = {}
        for row in table.rows:
            key = tuple(row.text(column) for column in table.key)
            if key in seen:
                shown = " ".join(part for part in key if part)
                yield faults.DuplicateKey(table=name, row=row.line, value=shown, first=seen[key])
            seen.setdefault(key, row.line)


def check_sources(draft: Draft) -> Iterator[PackFault]:
    """Find rows that name a source which sources.csv does not have."""
    known = {row.text("source_id") for row in draft.rows(SOURCES)}
    for name, table in draft.tables.items():
        for row in table.rows:
            for source in row.sources:
                if source not in known:
                    yield faults.UnknownSource(
                        table=name, row=row.line, column=SOURCES, value=source,
                        nearest=nearest(source, known),
                    )  # fmt: skip


def check_references(draft: Draft) -> Iterator[PackFault]:
    """Find ids that the table or the block that should define them does not have."""
    for name, table in draft.tables.items():
        for column in table.columns:
            if column.kind not in (*_HOMES, "stage", "axis", "unit"):
                continue
            known = draft.known(column.kind)
            home = f"{_HOMES[column.kind][0]}.csv" if column.kind in _HOMES else FILE
            for row in table.rows if known is not None else ():
                value = row.text(column.name)
                if value and value not in (known or ()):
                    yield faults.UnknownId(
                        table=name, row=row.line, column=column.name, value=value, target=home,
                        nearest=nearest(value, known or ()),
                    )  # fmt: skip


def check_intervals(draft: Draft) -> Iterator[PackFault]:
    """Find intervals the wrong way round, and working values outside them."""
    for name, table in draft.tables.items():
        for column in interval_columns(table.columns):
            for row in table.rows:
                low, high = row.number(f"{column}_low"), row.number(f"{column}_high")
                working = row.number(column)
                place = {"table": name, "row": row.line, "column": column}
                if low is not None and high is not None and low > high:
                    yield faults.LowAboveHigh(**place, value=working, low=low, high=high)
                elif working is not None and not _within(working, low, high):
                    yield faults.OutsideInterval(**place, value=working, low=low, high=high)


def check_amounts(draft: Draft) -> Iterator[PackFault]:
    """Find amounts that are empty without the method saying that they are not known."""
    for row in draft.rows("bom"):
        if row.number("qty") is None and row.text("method") not in ("", "unknown"):
            yield faults.UnknownWithoutReason(
                table="bom", row=row.line, column="method", value=row.text("method")
            )


def check_self_supply(draft: Draft) -> Iterator[PackFault]:
    """Find products that are a part of themselves."""
    for row in draft.rows("bom"):
        if row.text("parent_id") and row.text("parent_id") == row.text("child_id"):
            yield faults.SelfSupply(
                table="bom", row=row.line, column="child_id", value=row.text("child_id")
            )


def check_units(draft: Draft) -> Iterator[PackFault]:
    """Find units that fit neither the product nor one of its conversions."""
    unit = {row.text("product_id"): row.text("unit") for row in draft.all_rows("products")}
    for row in draft.rows("bom"):
        parent, part = unit.get(row.text("parent_id")), unit.get(row.text("child_id"))
        wanted = f"{part}/{parent}"
        if parent and part and row.text("unit") != wanted:
            yield _mismatch("bom", row, wanted)
    other = defaultdict(list)
    for row in draft.all_rows("conversions"):
        other[row.text("product_id")].append(row.text("unit"))
    for row in draft.rows("capacities"):
        own = unit.get(row.text("product_id"))
        allowed = [own, *other[row.text("product_id")]]
        if own and row.number("capacity") is not None and row.text("unit") not in allowed:
            yield _mismatch("capacities", row, " | ".join(str(name) for name in allowed))
    yield from _check_demand_and_prices(draft, unit, other)


def _check_demand_and_prices(
    draft: Draft, unit: Mapping[str, str], other: Mapping[str, list[str]]
) -> Iterator[PackFault]:
    chain = draft.descriptor.chain
    if chain is None:
        return
    for row in draft.rows("demand_scenarios"):
        if row.text("unit") != chain.demand_unit:
            yield _mismatch("demand_scenarios", row, chain.demand_unit)
    for row in draft.rows("prices"):
        currency, _, per = row.text("unit").partition("/")
        product = row.text("product_id")
        allowed = [unit.get(product, per), *other.get(product, ())]
        if currency == chain.currency and per not in allowed and row.number("price") is not None:
            yield _mismatch("prices", row, " | ".join(f"{currency}/{name}" for name in allowed))


def check_shares(draft: Draft) -> Iterator[PackFault]:
    """Find scenarios whose shares on an axis do not add up to 1."""
    axis_of = {row.text("variant_id"): row.text("axis") for row in draft.all_rows("variants")}
    if not axis_of:
        return
    shares = draft.rows("scenario_shares")
    for scenario in sorted({row.text("scenario_id") for row in draft.rows("demand_scenarios")}):
        rows = [row for row in shares if row.text("scenario_id") == scenario]
        for axis in sorted(set(axis_of.values())):
            mine = [row for row in rows if axis_of.get(row.text("variant_id")) == axis]
            total = sum(row.number("share") or 0.0 for row in mine)
            if not isclose(total, 1.0, abs_tol=SHARE_TOLERANCE):
                yield faults.ShareSum(
                    table="scenario_shares", row=mine[0].line if mine else None, column="share",
                    value=round(total, 9), scenario=scenario, axis=axis,
                )  # fmt: skip


def check_loops(draft: Draft) -> Iterator[PackFault]:
    """Find loops of products without a finite requirement, at the high ends of the amounts.

    A higher amount never lowers the spectral radius, so what holds at the high ends holds at all.
    """
    chain = draft.descriptor.chain
    if chain is None or _nodes(draft) > MAX_NODES:
        return
    products = sorted({row.text("product_id") for row in draft.rows("products")})
    links = [row for row in draft.rows("bom") if _is_link(row, set(products))]
    variants = [(row.text("variant_id"), row.text("axis")) for row in draft.rows("variants")]
    routes = build_routes([axis.id for axis in chain.axes], variants)
    network = build_network(products, links, routes)
    seen = set()
    for loop in network.plan.loops:
        nodes = {int(node) % len(products) for node in network.plan.order[slice(*loop)]}
        radius = loop_radius(network.plan, network.weights(ENDS.index("high")), loop)
        names = tuple(sorted(products[node] for node in nodes))
        if radius >= 1 and names not in seen:
            seen.add(names)
            line = next(row.line for row in links if row.text("parent_id") in names)
            yield faults.UndampedCycle(
                table="bom", row=line, column="qty", value=" → ".join(names), radius=radius
            )


CHECKS: tuple[Callable[[Draft], Iterator[PackFault]], ...] = (
    check_tables,
    check_settings,
    check_keys,
    check_sources,
    check_references,
    check_intervals,
    check_amounts,
    check_self_supply,
    check_units,
    check_shares,
    check_loops,
)


def _nodes(draft: Draft) -> int:
    """Return how many nodes all routes have side by side."""
    chain = draft.descriptor.chain
    axes = [row.text("axis") for row in draft.rows("variants")]
    counts = [axes.count(axis.id) for axis in chain.axes] if chain else []
    return prod(counts) * len(draft.rows("products"))


def _is_link(row: Row, products: set[str]) -> bool:
    ends = {row.text("parent_id"), row.text("child_id")}
    return len(ends) == 2 and ends <= products


def _within(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


def _mismatch(table: str, row: Row, wanted: str) -> PackFault:
    return faults.UnitMismatch(
        table=table, row=row.line, column="unit", value=row.text("unit"), wanted=wanted
    )
