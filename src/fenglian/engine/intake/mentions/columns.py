"""Which figures stand in a table that came as lines of text, their unit in its heading?

Award notices and lists of projects are copied from pages so: one line of headings, 中标价(万元),
and lines with as many cells, their figures bare. Where a line has another number of cells the
table is over; a cell that is not a figure alone is passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.page import Page
from fenglian.engine.quantities import Found, find_quantities

_CELL = re.compile(r"[^\s|]+")
_HEADING = re.compile(r"(?P<name>[^()\d]+)\((?:单位:)?(?P<unit>[^()\d/]{1,6})\)")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_FEWEST = 3  # cells of a line


@dataclass(frozen=True, slots=True)
class Figure:
    """A bare figure with what its heading says."""

    found: Found  # its words are the figure alone
    heading: str  # without the unit
    line: Span


_Line = list[re.Match[str]]


@lru_cache(maxsize=2)  # amounts and quantities ask for the same page
def find_figures(page: Page) -> tuple[Figure, ...]:
    """Return the figures of the body's tables, by place."""
    return tuple(_figures(page))


def _figures(page: Page) -> Iterator[Figure]:
    headings: dict[int, tuple[str, str]] = {}
    width = 0
    for part in page.body:
        for cells in _lines(page.folded, part):
            if len(cells) == width and headings:
                yield from _read(cells, headings)
                continue
            headings, width = _headings(cells), len(cells)


def _lines(text: str, part: Span) -> Iterator[_Line]:
    start = part.start
    for line in text[part.start : part.end].split("\n"):
        yield list(_CELL.finditer(text, start, start + len(line)))
        start += len(line) + 1


def _headings(cells: _Line) -> dict[int, tuple[str, str]]:
    """Return name and unit of the columns that have one; none where the line is no heading."""
    if len(cells) < _FEWEST or any(_FIGURE.fullmatch(cell[0]) for cell in cells):
        return {}
    named = ((place, _HEADING.fullmatch(cell[0])) for place, cell in enumerate(cells))
    return {place: (match["name"], match["unit"]) for place, match in named if match}


def _read(cells: _Line, headings: dict[int, tuple[str, str]]) -> Iterator[Figure]:
    line = Span(cells[0].start(), cells[-1].end())
    for place, (heading, unit) in headings.items():
        cell = cells[place]
        if not _FIGURE.fullmatch(cell[0]):
            continue
        found = next(find_quantities(f"{cell[0]}{unit}"), None)
        if found and found.end == len(cell[0]) + len(unit):
            at, end = cell.span()
            yield Figure(replace(found, start=at, end=end, number=(at, end)), heading, line)
