"""How much of an economy hangs on one sector? Asked of a user's own input–output table."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from fenglian.engine.analysis.question import TableAnalysis, TableColumn
from fenglian.engine.chain.product_table import FLOW_HEADINGS, code_names
from fenglian.engine.kernels import linkages as kernel
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.faults import TableNotProductive
from fenglian.engine.labels import Label

FINAL = ("final", "final demand", "最终使用", "最终需求")  # as a user: not a sector
NO_REPLACEMENT = Label(
    "假定抽走一个部门后没有别处顶上，投入结构不变；这是上限，不是预测。",
    "Taken out means that nobody else steps in and inputs stay as they are: an upper bound, no "
    "forecast.",
)


@dataclass(frozen=True, slots=True, eq=False)
class FlowTable:
    """What each sector delivers to each, and to final use."""

    sectors: tuple[str, ...]  # sorted
    flows: Floats  # (sectors, sectors), in the unit of the table
    final: Floats  # (sectors,)

    @property
    def output(self) -> Floats:
        """Total output: all that is delivered."""
        total: Floats = self.flows.sum(axis=1) + self.final
        return total


@dataclass(frozen=True, slots=True)
class SectorLinkage:
    """What hangs on one sector."""

    sector: str
    output: float  # in the unit of the table
    backward: float
    forward: float
    direct_backward: float
    direct_forward: float
    power: float
    sensitivity: float
    loss: float  # in the unit of the table
    loss_share: float | None  # of all output; None where there is none


@dataclass(frozen=True, slots=True)
class SectorLinkages:
    """What hangs on every sector of a table."""

    rows: tuple[SectorLinkage, ...]  # by sector
    assumptions: tuple[Label, ...]

    def of(self, sector: str) -> SectorLinkage:
        """Return the row of a sector."""
        return next(row for row in self.rows if row.sector == sector)


def flow_table(
    suppliers: Iterable[str], users: Iterable[str], values: Iterable[float]
) -> FlowTable:
    """Build a table of three columns that are equally long; a user called final is final use."""
    given = list(zip(suppliers, users, values, strict=True))
    inside = [(first, second, value) for first, second, value in given if not _is_final(second)]
    names = [first for first, _, _ in given] + [second for _, second, _ in inside]
    _, sectors = code_names(names)
    place = {name: code for code, name in enumerate(sectors)}
    flows, final = np.zeros((len(sectors), len(sectors))), np.zeros(len(sectors))
    for first, second, value in inside:
        flows[place[first], place[second]] += value
    for first, second, value in given:
        if _is_final(second):
            final[place[first]] += value
    return FlowTable(sectors, flows, final)


def linkages(table: FlowTable) -> SectorLinkages:
    """Return backward and forward linkages of every sector, and what is lost without it.

    Parameters
    ----------
    table
        Of one year, in money.

    Returns
    -------
    SectorLinkages
        Hypothetical extraction in closed form; ``power`` and ``sensitivity`` have mean 1.

    Raises
    ------
    TableNotProductive
        Where the inputs to one unit of a sector's output add up to 1 or more; it is named.

    Examples
    --------
    >>> a, b = "agriculture", "manufacturing"
    >>> table = flow_table(
    ...     [a, a, b, b, a, b], [a, b, a, b, "final", "final"], [150, 500, 200, 100, 350, 1700]
    ... )
    >>> round(linkages(table).of(a).loss, 3)
    1210.526
    """
    output = table.output
    try:
        found = kernel.linkages(table.flows, output)
    except TableNotProductive as fault:
        place = fault.facts["sector"]
        sector = table.sectors[place] if isinstance(place, int) else place
        raise TableNotProductive(**{**fault.facts, "sector": sector}) from None
    total = float(output.sum())
    rows = tuple(
        SectorLinkage(
            sector=sector,
            output=float(output[code]),
            backward=float(found.backward[code]),
            forward=float(found.forward[code]),
            direct_backward=float(found.direct_backward[code]),
            direct_forward=float(found.direct_forward[code]),
            power=float(found.power[code]),
            sensitivity=float(found.sensitivity[code]),
            loss=float(found.loss[code]),
            loss_share=float(found.loss[code]) / total if total else None,
        )
        for code, sector in enumerate(table.sectors)
    )
    return SectorLinkages(rows, (NO_REPLACEMENT,))


def _is_final(user: str) -> bool:
    return user.strip().lower() in FINAL


TABLE_ANALYSIS = TableAnalysis(
    name="linkages",
    label=Label("投入产出关联", "Input–output linkages"),
    question=Label("抽走一个部门，总产出少多少？", "How much output is lost without one sector?"),
    columns=(
        TableColumn("supplier", Label("供给部门", "supplier"), FLOW_HEADINGS["supplier"]),
        TableColumn("user", Label("使用部门", "user"), FLOW_HEADINGS["user"]),
        TableColumn("value", Label("数额", "amount"), FLOW_HEADINGS["value"]),
    ),
    source="Miller & Blair 2022, doi:10.1017/9781108676212",
)
