"""The trade tables that tests compare with what others published of them."""

import csv
import gzip
from functools import cache
from pathlib import Path

import numpy as np

from fenglian.engine.kernels.explosion import Floats

TRADE = Path(__file__).resolve().parent / "data" / "trade"


@cache
def table(name: str) -> tuple[list[str], list[str], Floats]:
    """Return places, products and amounts of a file."""
    content = (TRADE / name).read_bytes()
    text = gzip.decompress(content) if name.endswith(".gz") else content
    rows = list(csv.DictReader(text.decode().splitlines()))
    places, products = (sorted({row[column] for row in rows}) for column in ("country", "product"))
    amounts = np.zeros((len(places), len(products)))
    at = {name: code for code, name in enumerate(places)}
    of = {name: code for code, name in enumerate(products)}
    for row in rows:
        amounts[at[row["country"]], of[row["product"]]] = float(row["value"])
    return places, products, amounts
