"""What is a kind of fact: its name, the properties it may state, and the rule that finds them?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label


@dataclass(frozen=True, slots=True)
class FactProperty:
    """One property that a fact type states of its subjects."""

    name: str  # what stands in ``Finding.property``
    label: Label


@dataclass(frozen=True, slots=True)
class FactType:
    """A kind of fact. Equal pages and tables give equal findings; ``version`` rises with the rule."""

    name: str
    label: Label
    version: str
    properties: tuple[FactProperty, ...]
    extract: Callable[[Page, Tables], Iterator[Finding]]
