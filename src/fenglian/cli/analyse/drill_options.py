"""What do the options of a drill say? Words become shocks, intervals and rules, or an error."""

from math import isfinite
from typing import TYPE_CHECKING

from fenglian.cli.application import fail
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.engine.chain.drill import FinalProduct, Shock
    from fenglian.engine.chain.intervals import Interval
    from fenglian.engine.chain.supply_network import SupplyNetwork

AFTERWARDS = 60  # days that are watched after a stop has ended


def read_stops(
    stops: list[str], days: int, from_day: int, network: "SupplyNetwork", language: str
) -> "tuple[Shock, ...]":
    """Return the shocks of ``FIRM`` or ``FIRM:SHARE``; a firm's own name may have a colon."""
    from fenglian.engine.chain.drill import Shock

    found = []
    for words in stops:
        firm, share = words, 1.0
        if words not in network and ":" in words.replace("：", ":"):
            firm, _, tail = words.replace("：", ":").rpartition(":")
            share = read_share(tail, words, language)
        found.append(Shock(firm.strip(), share, from_day, days or None))
    return tuple(found)


def read_share(tail: str, words: str, language: str) -> float:
    """Return a share as 0.5 or 50%."""
    try:
        number = float(tail.strip().rstrip("%％"))
    except ValueError:
        raise fail(
            Label(
                f"--stop “{words}”：“{tail}”不是份额。请写成 企业:0.5 或 企业:50%；全停只写企业。",
                f"--stop {words!r}: {tail!r} is no share. Write FIRM:0.5 or FIRM:50%; for all of it "
                "the firm alone.",
            ),
            language,
        ) from None
    return number / 100 if tail.strip().endswith(("%", "％")) else number


def read_ends(words: str, option: str, language: str) -> "Interval":
    """Return the interval of ``LOW:WORKING:HIGH``, or of one number."""
    from fenglian.engine.chain.intervals import Interval

    try:
        ends = [float(part) for part in words.replace("：", ":").split(":")]
    except ValueError:
        ends = []
    if len(ends) == 1:
        ends *= 3
    if len(ends) != 3 or not all(map(isfinite, ends)) or not 0 <= ends[0] <= ends[1] <= ends[2]:
        raise fail(
            Label(
                f"{option} “{words}”不能用。请写一个数；或写低、中、高三个数，如 0:7:30。",
                f"{option} {words!r} cannot be used. Write one number, or LOW:WORKING:HIGH, as 0:7:30.",
            ),
            language,
        )
    return Interval(*ends)


def read_final(
    product: str | None, price: str | None, unit: str, language: str
) -> "FinalProduct | None":
    """Return the final product; it needs its price to be counted in its unit."""
    from fenglian.engine.chain.drill import FinalProduct

    if product is None and price is None:
        return None
    if product is None or price is None:
        raise fail(
            Label(
                "--final 和 --final-price 要一起写：最终产品的行业，和每单位多少元。",
                "--final and --final-price go together: the sector of the final product, and yuan "
                "a unit.",
            ),
            language,
        )
    per_unit = read_ends(price, "--final-price", language)
    if not per_unit.low:
        raise fail(
            Label("--final-price 要大于 0。请写每单位多少元。", "--final-price must be above 0."),
            language,
        )
    return FinalProduct(product, Label(unit, unit), per_unit)
