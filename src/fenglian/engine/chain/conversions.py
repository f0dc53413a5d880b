"""How many product units are one of another unit? By the pack's table, or within a dimension."""

from fenglian.engine.chain.intervals import Interval, exactly
from fenglian.engine.chain.network import ends_of
from fenglian.engine.chain.pack import Pack
from fenglian.engine.chain.records import Product
from fenglian.engine.chain.tables import Row
from fenglian.engine.quantities import UNITS


class Conversions:
    """The units in which a pack's products may be counted."""

    def __init__(self, pack: Pack, products: tuple[Product, ...]) -> None:
        self._products = {product.id: product for product in products}
        self._rows = {
            (row.text("product_id"), row.text("unit")): row for row in pack.rows("conversions")
        }

    def knows(self, product: str) -> bool:
        """Whether the pack has a product."""
        return product in self._products

    def find(self, product: str, unit: str) -> tuple[Interval, Row | None] | None:
        """Return the factor and the row it comes from; None where there is no way."""
        if unit == self._products[product].unit:
            return exactly(1.0), None
        row = self._rows.get((product, unit))
        return None if row is None else (Interval(*ends_of(row, "per_unit")), row)

    def find_written(self, product: str, unit: str) -> tuple[Interval, Row | None] | None:
        """Return the same for a unit as people write it: its name, or one of the same dimension."""
        known = self._products[product]
        found = self.find(product, unit)
        if found is not None:
            return found
        if unit in (known.unit_name.zh, known.unit_name.en):
            return exactly(1.0), None
        written, own = UNITS.get(unit), UNITS.get(known.unit)
        if written is None:
            return None
        if own is not None and written[0] == own[0]:
            return exactly(float(written[1] / own[1])), None
        base = self.find(product, written[0])
        return None if base is None else (base[0].times(exactly(float(written[1]))), base[1])
