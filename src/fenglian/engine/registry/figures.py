"""How is a quantity written in a cell, whose unit stands in the heading or in another column?

Words go through the one grammar of ``quantities``; here its figures meet the unit of the column.
Within a dimension they are converted where a finite factor leads over (万千瓦 → MW); 亩 and other
currencies are kept as stated; another dimension is refused.
"""

import re
from decimal import Decimal
from functools import lru_cache

from fenglian.engine.errors import MixedDimension, QuantityError, UnknownUnit
from fenglian.engine.quantities import UNITS, Quantity, fold_width, plain, read_quantity

_SIGNS = {
    "≥": "不少于", ">=": "不少于", "at least": "不少于",
    "≤": "不超过", "<=": "不超过", "at most": "不超过", "up to": "不超过",
    ">": "逾", "more than": "逾", "over": "逾",
    "<": "不到", "less than": "不到", "under": "不到",
    "≈": "约", "~": "约", "about": "约", "approx.": "约", "approximately": "约", "ca.": "约",
}  # fmt: skip
_PREFIXES = {"eq": "", "gt": "逾", "ge": "不少于", "lt": "不到", "le": "不超过", "approx": "约"}
_SPEAKING = {"yuan": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑",
             "mu": "亩", "m2": "平方米"}  # fmt: skip
_RATE = re.compile(r"(?P<unit>.*?)(?:(?:/|每)(?P<per>年|月|a|yr|year|month)|(?P<word>p\.a\.))$")
_SEPARATOR = re.compile(r"\s*([-–—~至到]|(?<=\s)to(?=\s))\s*(?=\d)")
_NO_UNIT = re.compile(
    r"[\d.,\s零一二两三四五六七八九十]"
)  # at the start: it would join the figure before it
_SAFE_DIGITS = 15  # of a number, for a spreadsheet to keep it


def plain_words(words: str) -> str:
    """Return the words with signs and English bound words turned into the grammar's own."""
    text = fold_width(words).strip()
    for sign in sorted(_SIGNS, key=len, reverse=True):
        if text.lower().startswith(sign):
            text = _SIGNS[sign] + text[len(sign) :].lstrip()
            break
    return _SEPARATOR.sub(lambda match: "-" if match[1] == "to" else match[1], text)


@lru_cache(maxsize=1024)  # a sheet says the same unit in every row
def read_unit(words: str) -> tuple[str, Decimal]:
    """Return the base unit and how many of it are in one: 万千瓦 is 10 MW.

    Raises
    ------
    UnknownUnit
        Where the words are no unit.

    Examples
    --------
    >>> read_unit("万千瓦"), read_unit("吨/年")
    (('MW', Decimal('10.000')), ('t', Decimal('1')))
    """
    bare = split_rate(words)[0]
    try:
        one = None if _NO_UNIT.match(bare) else read_quantity(f"1{bare}")
    except QuantityError:
        one = None
    if one is None or one.bound != "eq" or one.top is not None or not one.unit:
        raise UnknownUnit(words=words, unit=words)
    return one.unit, one.figure


def split_rate(words: str) -> tuple[str, str | None]:
    """Return a unit without its rate, and the rate: year, month, or None where none is written."""
    text = fold_width(words).strip()
    match = _RATE.fullmatch(text)
    if match is None:
        return text, None
    return match["unit"].strip(), "month" if match["per"] in ("月", "month") else "year"


def read_figure(words: str, unit: str) -> Quantity:
    """Return a quantity in its base unit; a figure without a unit is in that of the column.

    Parameters
    ----------
    words
        After ``plain_words``.
    unit
        Of the column; empty where it has none, and the words alone tell.

    Raises
    ------
    NotANumber, UnknownUnit, MixedDimension
        As the grammar says; the last where the words have a unit of another kind.

    Examples
    --------
    >>> read_figure("约500", "万元")
    Quantity(figure=Decimal('5000000'), bound='approx', unit='yuan', top=None)
    """
    found = read_quantity(split_rate(words)[0])
    if not unit:
        return found
    base, factor = read_unit(unit)
    if found.unit == "":
        top = None if found.top is None else found.top * factor
        return Quantity(found.figure * factor, found.bound, base, top)
    if found.unit != base and (
        _dimension(found.unit) is None or _dimension(found.unit) != _dimension(base)
    ):
        raise MixedDimension(words=words, unit=found.unit, wanted=unit)
    return found


def write_figure(quantity: Quantity, unit: str) -> str | float | int:
    """Return what to write in a cell: a number where it says everything, words elsewhere."""
    base, factor = read_unit(unit) if unit else ("", Decimal(1))
    if quantity.unit != base:
        tail, factor = _SPEAKING.get(quantity.unit, quantity.unit), Decimal(1)
    else:
        tail = ""
    ends = [quantity.figure] if quantity.top is None else [quantity.figure, quantity.top]
    shown = [plain(end / factor) for end in ends]
    if quantity.bound == "eq" and len(shown) == 1 and not tail and _is_safe(shown[0]):
        return float(shown[0]) if "." in shown[0] else int(shown[0])
    return _PREFIXES[quantity.bound] + "-".join(shown) + tail


def _dimension(base: str) -> str | None:
    return next((kind for word, _, kind in UNITS.values() if word == base), None)


def _is_safe(digits: str) -> bool:
    return len(digits.replace(".", "").lstrip("0")) <= _SAFE_DIGITS
