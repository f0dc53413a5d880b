"""A reading as plain lists, numbers and strings, ready for JSON: nothing of it is left out."""

from dataclasses import fields, is_dataclass
from decimal import Decimal

from fenglian.engine.intake.document import Document, Span
from fenglian.engine.intake.reading import Reading
from fenglian.engine.intake.statements import Finding, Statement
from fenglian.engine.quantities import Quantity

_BULKY = frozenset({"origins", "byte_starts"})  # the edits and spans say the same in less


def reading_record(reading: Reading) -> dict[str, object]:
    """Return everything of a reading except the per-character map, which the edits imply."""
    return {
        "document": _document(reading.document),
        "header": _plain(reading.page.header),
        "home": reading.page.home,
        "marks": _plain(reading.page.marks),
        "statements": [statement_record(each) for each in reading.statements],
        "unresolved": [statement_record(each) for each in reading.unresolved],
    }


def statement_record(statement: Statement | Finding) -> dict[str, object]:
    """Return a statement, or a finding not believed; qualifiers become an object."""
    record = {
        each.name: _plain(getattr(statement, each.name))
        for each in fields(statement)
        if each.name != "qualifiers"
    }
    return {**record, "qualifiers": dict(statement.qualifiers)}


def quantity_record(quantity: Quantity) -> dict[str, object]:
    """Return figure, bound and unit, and the interval they stand for; open ends are null."""
    return {
        "figure": _plain(quantity.figure),
        "top": _plain(quantity.top),
        "bound": quantity.bound,
        "unit": quantity.unit,
        "low": _plain(quantity.low),
        "high": _plain(quantity.high),
    }


def _document(document: Document) -> dict[str, object]:
    kept = [each.name for each in fields(document) if each.name not in _BULKY]
    return {name: _plain(getattr(document, name)) for name in kept}


def _plain(value: object) -> object:
    if isinstance(value, Quantity):
        return quantity_record(value)
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Decimal):
        # Digits, not a float: what a source writes is kept to the last one.
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
