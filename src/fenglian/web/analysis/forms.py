"""What may be asked of an analysis? The words of an address, checked."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from fenglian.engine.chain.change_faults import TooManyChanges
from fenglian.engine.chain.changes import MOST_CHANGES, Changes, NewPlant
from fenglian.web.chain.forms import read_wanted
from fenglian.web.chain.queries import Wanted

ROWS = 3  # plants that the form has room for
LONGEST = 60  # characters of an id
NAN = math.nan  # what words that are no number become: the engine refuses it by name


@dataclass(frozen=True, slots=True)
class Line:
    """One plant as the form shows it."""

    product: str = ""
    amount: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of an analysis asks for."""

    wanted: Wanted = field(default_factory=Wanted)
    scenario: str = ""  # as it is written in the address
    everything: bool = False
    neighbours: tuple[str, ...] = ()
    firm: str = ""
    changes: Changes = field(default_factory=Changes)
    lines: tuple[Line, ...] = ()

    @property
    def query(self) -> str:
        """The scenario as an address carries it on; empty where it is the first."""
        return f"?{urlencode({'scenario': self.scenario})}" if self.scenario else ""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What a form of another scenario must carry along."""
        plants = [
            (name, value)
            for line in self.lines
            if line.product
            for name, value in (
                ("product", line.product), ("amount", line.amount), ("cost", line.cost)
            )
        ]  # fmt: skip
        found = [*plants, *(("drop", name) for name in self.changes.dropped)]
        found += [("neighbour", name) for name in self.neighbours]
        if self.changes.demand is not None:
            found.append(("demand", f"{self.changes.demand:g}"))
        return tuple(found)

    @property
    def all_address(self) -> str:
        """The same address, with all rows."""
        scenario = [("scenario", self.scenario)] if self.scenario else []
        return f"?{urlencode([*scenario, *self.kept, ('show', 'all')])}"

    @property
    def more(self) -> str:
        """The same, for an address that has a query already."""
        return self.query.replace("?", "&", 1)


def read_asked(query: QueryDict) -> Asked:
    """Return what an address asks for."""
    scenario = query.get("scenario", "")[:80]
    lines = tuple(_lines(query))
    return Asked(
        wanted=read_wanted(scenario),
        scenario=scenario,
        everything=query.get("show") == "all",
        neighbours=_names(query.getlist("neighbour")),
        firm=query.get("firm", "")[:LONGEST],
        changes=Changes(
            plants=tuple(
                NewPlant(line.product, read_number(line.amount), _cost(line.cost))
                for line in lines
                if line.product
            ),
            dropped=_names(query.getlist("drop")),
            demand=_demand(query.get("demand", "")),
        ),
        lines=(*lines, *([Line()] * max(1 if len(lines) < MOST_CHANGES else 0, ROWS - len(lines)))),
    )


def read_number(words: str) -> float:
    """Return the number that is written, with or without thousands marks; NaN where it is none."""
    plain = words.strip().replace(",", "").replace("，", "")
    try:
        return float(plain) if len(plain) <= LONGEST and plain.isascii() else NAN
    except ValueError:
        return NAN


def _cost(words: str) -> float | None:
    return read_number(words) if words.strip() else None


def _demand(words: str) -> float | None:
    return read_number(words) if words.strip() else None


def _lines(query: QueryDict) -> Iterable[Line]:
    """Return the plants of a form; a row without a product is none."""
    columns = [query.getlist(name) for name in ("product", "amount", "cost")]
    if len(columns[0]) > MOST_CHANGES:
        raise TooManyChanges(count=len(columns[0]), most=MOST_CHANGES)
    for number, product in enumerate(columns[0]):
        amount, cost = (each[number] if number < len(each) else "" for each in columns[1:])
        if product:
            yield Line(product[:LONGEST], amount[:LONGEST], cost[:LONGEST])


def _names(words: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(each[:LONGEST] for each in words if each))
    if len(found) > MOST_CHANGES:
        raise TooManyChanges(count=len(found), most=MOST_CHANGES)
    return found
