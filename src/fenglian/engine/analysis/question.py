"""What is an analysis? A question, a function of the chain that answers it, and how to show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.model import Chain
from fenglian.engine.chain.supply_network import SupplyNetwork
from fenglian.engine.labels import Label

Kind = Literal[
    "product",
    "products",
    "organisations",
    "interval",
    "final",
    "money",
    "ratio",
    "label",
    "number",
    "flag",
]


@dataclass(frozen=True, slots=True)
class Column:
    """One attribute of a report's rows, as pages, endpoints and tables show it."""

    name: str  # of the attribute
    label: Label
    kind: Kind


class ReportRow(Protocol):
    """What every row of every report has."""

    @property
    def product(self) -> str:
        """Id of the product that it is about."""
        ...

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that it rests on, sorted."""
        ...

    @property
    def assumed(self) -> bool:
        """Whether a part of it is an assumption."""
        ...


class Report(Protocol):
    """What every analysis returns."""

    @property
    def rows(self) -> Sequence[ReportRow]:
        """By product."""
        ...

    @property
    def assumptions(self) -> tuple[Label, ...]:
        """What was assumed for all rows."""
        ...


def by_rank(rows: Sequence[ReportRow]) -> list[ReportRow]:
    """Return the rows of a report that ranks them in that order, and all others as they are."""
    return sorted(rows, key=lambda row: getattr(row, "rank", 0))


@dataclass(frozen=True, slots=True)
class Headline:
    """An answer that is about the whole chain; a report may have a tuple ``headlines`` of them."""

    label: Label
    value: Interval
    unit: Label


@dataclass(frozen=True, slots=True)
class Analysis:
    """One question that a chain can be asked."""

    name: str  # of the file, the page, the endpoint and the command
    label: Label
    question: Label
    run: Callable[[Chain], Report]
    columns: tuple[Column, ...]
    source: str  # where the formula comes from


@dataclass(frozen=True, slots=True)
class LinkAnalysis:
    """One question that a supply network can be asked, also one of a user's own tables."""

    name: str  # of the file
    command: str  # after ``fenglian analyse``
    label: Label
    question: Label
    run: Callable[[SupplyNetwork], object]
    source: str  # where the formula comes from


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a user's own table that a question needs."""

    name: str
    label: Label
    headings: tuple[str, ...]  # as it may be written in the file


@dataclass(frozen=True, slots=True)
class TableAnalysis:
    """One question that a user's own table can be asked."""

    name: str  # of the file and the command
    label: Label
    question: Label
    columns: tuple[TableColumn, ...]
    source: str  # where the formula comes from
