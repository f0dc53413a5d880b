"""May this stand in the place of what was read? The same rules for the form and for programs."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from fenglian.engine.errors import (
    BlankText,
    ControlCharacter,
    EndsSwapped,
    FigureOutOfRange,
    MissingQuantity,
    MixedDimension,
    QuantityError,
    StrayQuantity,
    TextTooLong,
    UnknownQualifier,
    UnknownUnit,
)
from fenglian.engine.quantities import UNITS, Dimension, Quantity, read_quantity, write_quantity

LONGEST_SUBJECT = 400  # characters
LONGEST_VALUE = 2000  # characters, also of a qualifier
LONGEST_UNIT = 40  # characters
LARGEST = Decimal(10**18)  # in base units; all the money there is has fifteen digits
MOST_DIGITS = 28  # of a number written out: what decimal arithmetic keeps exactly
_DIMENSIONS: dict[str, Dimension] = {base: kind for base, _factor, kind in UNITS.values()}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person puts in the place of a statement's subject, value and qualifiers."""

    subject: str
    value: str
    quantity: Quantity | None
    qualifiers: tuple[tuple[str, str], ...]


def check_correction(correction: Correction, *stands: Correction) -> None:
    """Raise where a correction cannot take the place of what stands there, as read and as it is.

    Raises
    ------
    CorrectionError, QuantityError
        With the ``field`` of the correction among its facts.
    """
    _check_text("subject", correction.subject, LONGEST_SUBJECT, {each.subject for each in stands})
    _check_quantity(correction.quantity, stands[0].quantity)
    if correction.quantity is None:
        _check_text("value", correction.value, LONGEST_VALUE, {each.value for each in stands})
    _check_qualifiers(correction.qualifiers, [each.qualifiers for each in stands])


def _check_text(field: str, text: str, limit: int, known: set[str]) -> None:
    if text in known:
        return  # what was read may hold what nobody may type, such as a line end
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit)
    kinds = [unicodedata.category(character) for character in text]
    for character, kind in zip(text, kinds, strict=True):
        if kind in ("Cc", "Cs"):
            raise ControlCharacter(field=field, found=f"U+{ord(character):04X}")
    if all(kind[0] in "ZC" for kind in kinds):
        raise BlankText(field=field)


def _check_quantity(quantity: Quantity | None, read: Quantity | None) -> None:
    if quantity is None:
        if read is not None:
            raise MissingQuantity(field="quantity", wanted=_unit_word(read.unit))
        return
    if read is None:
        raise StrayQuantity(field="quantity")
    _check_figure("quantity.figure", quantity.figure)
    if quantity.top is not None:
        _check_figure("quantity.top", quantity.top)
        if quantity.top < quantity.figure:
            raise EndsSwapped(field="quantity.top", figure=quantity.figure, top=quantity.top)
    _check_unit(quantity, read.unit)


def _check_figure(field: str, number: Decimal) -> None:
    if not in_range(number):
        limits = {"limit": f"{LARGEST:.0E}", "digits": MOST_DIGITS}
        raise FigureOutOfRange(field=field, figure=str(number)[:60], **limits)


def in_range(number: Decimal) -> bool:
    """Tell whether a statement may have this number: it can be written out in full."""
    _sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or number.is_signed() or number > LARGEST:
        return False
    return max(len(digits) + max(exponent, 0), -exponent) <= MOST_DIGITS


def _check_unit(quantity: Quantity, wanted: str) -> None:
    unit = quantity.unit
    if unit == wanted:
        return
    if len(unit) > LONGEST_UNIT:
        raise TextTooLong(field="quantity.unit", length=len(unit), limit=LONGEST_UNIT)
    words = write_quantity(quantity)
    found, needed = _dimension(unit), _dimension(wanted)
    if found is None:
        raise UnknownUnit(field="quantity.unit", words=words, unit=unit)
    if needed not in (None, found):
        units = {"unit": _unit_word(unit), "wanted": _unit_word(wanted)}
        raise MixedDimension(field="quantity.unit", words=words, **units)


def _dimension(unit: str) -> Dimension | None:
    """Return what a base unit or a counting word measures; None where it is neither."""
    if unit in _DIMENSIONS:
        return _DIMENSIONS[unit]
    try:
        return "count" if unit and read_quantity(f"1{unit}").unit == unit else None
    except QuantityError:
        return None


def _unit_word(unit: str) -> str:
    return "元" if unit == "yuan" else unit


def _check_qualifiers(
    given: tuple[tuple[str, str], ...], stands: list[tuple[tuple[str, str], ...]]
) -> None:
    known: Counter[str] = Counter()
    for each in stands:
        known |= Counter(name for name, _value in each)
    for name in Counter(name for name, _value in given) - known:
        names = "、".join(known) or "–"
        raise UnknownQualifier(field="qualifiers", name=name[:60], known=names)
    texts = {value for each in stands for _name, value in each}
    for name, value in given:
        _check_text(f"qualifiers.{name}", value, LONGEST_VALUE, texts)
