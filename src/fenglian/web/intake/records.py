"""How do engine values become JSON columns, and the same values again?

Lossless both ways: what the web remembers of a reading is what the engine said.
"""

from array import array
from collections.abc import Iterable
from itertools import accumulate, groupby, pairwise
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from fenglian.engine.intake.document import Edit, Part, Span
from fenglian.engine.intake.page import Header, Mark
from fenglian.engine.intake.statements import Finding
from fenglian.engine.quantities import Quantity

Value = TypeVar("Value")


class Column(Generic[Value]):
    """An engine type, written to and read from a JSON column."""

    def __init__(self, adapter: TypeAdapter[Value]) -> None:
        self._adapter = adapter

    def pack(self, value: Value) -> Any:
        return self._adapter.dump_python(value, mode="json")

    def unpack(self, stored: Any) -> Value:
        return self._adapter.validate_python(stored)

    def read(self, text: str) -> Value:
        """Return the value of a column as the database hands it over, text of JSON."""
        return self._adapter.validate_json(text)


EDITS: Column[tuple[Edit, ...]] = Column(TypeAdapter(tuple[Edit, ...]))
MARKS: Column[tuple[Mark, ...]] = Column(TypeAdapter(tuple[Mark, ...]))
HEADER: Column[Header] = Column(TypeAdapter(Header))
FINDINGS: Column[tuple[Finding, ...]] = Column(TypeAdapter(tuple[Finding, ...]))
QUANTITY: Column[Quantity | None] = Column(TypeAdapter(Quantity | None))
QUALIFIERS: Column[tuple[tuple[str, str], ...]] = Column(TypeAdapter(tuple[tuple[str, str], ...]))


def pack_origins(origins: Iterable[Span]) -> list[list[int]]:
    """Return runs [first raw start, width, count]: neighbours that follow each other as a row."""
    runs: list[list[int]] = []
    for start, end in origins:
        if runs and runs[-1][1] == end - start and runs[-1][0] + runs[-1][1] * runs[-1][2] == start:
            runs[-1][2] += 1
        else:
            runs.append([start, end - start, 1])
    return runs


def unpack_origins(runs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Return the raw span of every clean character."""
    return tuple(
        Span(start + width * number, start + width * (number + 1))
        for start, width, count in runs
        for number in range(count)
    )


def pack_starts(starts: "array[int]") -> list[list[int]]:
    """Return [first offset, 0] and then runs [bytes a character, count]."""
    widths = (after - before for before, after in pairwise(starts))
    return [[starts[0], 0], *([width, len(list(same))] for width, same in groupby(widths))]


def unpack_starts(runs: list[list[int]]) -> "array[int]":
    """Return the byte offset of every raw character, and the end."""
    widths = (width for width, count in runs[1:] for _number in range(count))
    return array("L", accumulate(widths, initial=runs[0][0]))


def pack_parts(parts: Iterable[Part]) -> list[list[int | str]]:
    """Return [first raw character, unit, number, aside, linked] of every part."""
    return [[each.start, each.unit, each.number, each.aside, each.linked] for each in parts]


def unpack_parts(stored: Iterable[Any]) -> tuple[Part, ...]:
    """Return where in its file each stretch of a raw text stands."""
    return tuple(Part(*each) for each in stored)
