"""What is asked of the chain? A scenario's demand, split over the routes.

Shares are given for each axis by itself. That a product takes one variant on one axis says
nothing, here, about the others: the share of a route is the product of the shares of its
variants. That is an assumption, and the chain carries it as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fenglian.engine.chain.descriptor import ChainBlock
from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.network import Route, ends_of
from fenglian.engine.chain.pack import Pack
from fenglian.engine.chain.tables import Row
from fenglian.engine.errors import UnknownScenario
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.labels import Label

INDEPENDENT_AXES = Label(
    "假设：各技术维度的份额相互独立。", "Assumed: the shares of the axes are independent."
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Demand of one year under one assumption about the future."""

    id: str
    year: int
    name: Label
    region: str
    demand: Interval  # in the chain's demand unit, a year
    unit: str
    shares: Mapping[str, float]  # variant → share of its axis
    note: Label
    sources: tuple[str, ...]
    assumed: bool


def list_scenarios(pack: Pack) -> tuple[Scenario, ...]:
    """Return the scenarios of a pack, by id and year."""
    rows = sorted(pack.rows("demand_scenarios"), key=_scenario_key)
    return tuple(_scenario(pack, row) for row in rows)


def find_scenario(pack: Pack, scenario: str | None = None, year: int | None = None) -> Scenario:
    """Return a scenario by its id and year.

    Parameters
    ----------
    pack
        With a chain, and a region where one is wanted.
    scenario
        Id; without it the first one of the pack's region, or of the chain.
    year
        Without it the first year of the scenario.

    Raises
    ------
    UnknownScenario
        Where the pack has none of that id or year.
    """
    known = list_scenarios(pack)
    code = pack.region.code if pack.region else None
    preferred = [found for found in known if code is None or found.region == code] or list(known)
    chosen = preferred if scenario is None else [found for found in known if found.id == scenario]
    for found in chosen:
        if year is None or found.year == year:
            return found
    asked = " ".join(str(part) for part in (scenario, year) if part is not None)
    shown = ", ".join(sorted({f"{found.id} {found.year}" for found in known})) or "–"
    raise UnknownScenario(scenario=asked, known=shown)


def final_demand(
    block: ChainBlock, scenario: Scenario, routes: tuple[Route, ...], products: tuple[str, ...]
) -> Floats:
    """Return what is asked of every product on every route.

    Returns
    -------
    numpy.ndarray
        (3, routes × products), low, working and high, in product units a year.
    """
    demand = np.zeros((3, len(routes) * len(products)))
    at = products.index(block.final_product)
    factor = block.product_units_per_demand_unit
    for number, route in enumerate(routes):
        share = float(np.prod([scenario.shares.get(variant, 0.0) for variant in route]))
        for end, amount in enumerate(scenario.demand.ends()):
            demand[end, number * len(products) + at] = (amount or 0.0) * factor * share
    return demand


def _scenario_key(row: Row) -> tuple[str, float]:
    return row.text("scenario_id"), row.number("year") or 0.0


def _scenario(pack: Pack, row: Row) -> Scenario:
    name = row.text("scenario_id")
    shares = [each for each in pack.rows("scenario_shares") if each.text("scenario_id") == name]
    low, working, high = ends_of(row, "demand")
    given = Interval(low, working, high)
    return Scenario(
        id=name,
        year=int(row.number("year") or 0),
        name=Label(row.text("name_zh"), row.text("name_en") or row.text("name_zh")),
        region=row.text("region"),
        demand=given if given.known else exactly(0.0),
        unit=row.text("unit"),
        shares={each.text("variant_id"): each.number("share") or 0.0 for each in shares},
        note=Label(row.text("note_zh"), row.text("note_en") or row.text("note_zh")),
        sources=tuple(
            sorted({*row.sources, *(each for share in shares for each in share.sources)})
        ),
        assumed=row.assumed or any(share.assumed for share in shares),
    )
