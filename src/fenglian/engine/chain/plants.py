"""What did plants like this one cost elsewhere? Rows of the packs, as far as a source says so."""

from collections.abc import Iterator

from fenglian.engine.chain.conversions import Conversions
from fenglian.engine.chain.pack import Pack
from fenglian.engine.chain.records import Plant

MILLION = 1e6
NEW, EXTENSION, OUTDATED = "new", "extension", "outdated"
ASSUMPTION = "assumption"  # kind of a source that is none


def list_plants(pack: Pack, conversions: Conversions) -> tuple[Plant, ...]:
    """Return the plants that a pack's sources tell of, by product and name.

    Parameters
    ----------
    pack
        Its ``plants_observed`` are read. Rows that rest on an assumption are left out, and so are
        those that the pack calls too old to compare.
    conversions
        Of the pack's products. A capacity in a unit without a way to the product's own is not
        known; what the plant cost still is.
    """
    return tuple(sorted(_plants(pack, conversions), key=lambda each: (each.product, each.name)))


def _plants(pack: Pack, conversions: Conversions) -> Iterator[Plant]:
    guesses = {
        row.text("source_id") for row in pack.rows("sources") if row.text("kind") == ASSUMPTION
    }
    for row in pack.rows("plants_observed"):
        product, kind = row.text("product_id"), row.text("kind")
        if kind == OUTDATED or guesses & set(row.sources) or not conversions.knows(product):
            continue
        cost, capacity = row.number("capex_mcny"), row.number("capacity")
        unit = row.text("capacity_unit").removesuffix("/a")
        found = conversions.find(product, unit) if capacity is not None else None
        factor = found[0].working if found else None
        by = found[1].sources if found and found[1] else ()
        yield Plant(
            product=product,
            name=row.text("plant"),
            place=row.text("place"),
            year=row.text("year"),
            extension=kind == EXTENSION,
            cost=None if cost is None else cost * MILLION,
            capacity=None if capacity is None or factor is None else capacity * factor,
            jobs=row.number("jobs"),
            months=row.number("lead_months"),
            sources=tuple(sorted({*row.sources, *by})),
            assumed=row.assumed,
        )
