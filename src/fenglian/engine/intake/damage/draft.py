"""What has been done to a text so far, and where does each character of it come from?

A repair looks at a text and says what to change; the draft makes the changes and keeps the
account: the raw characters are cut into *cells* that never overlap, each cell says what stands
there now and which repair put it there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from fenglian.engine.intake.damage.clone_site import Gloss
from fenglian.engine.intake.document import Edit, Span
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change in the text that a repair was given; places are in that text."""

    start: int
    end: int
    after: str  # nothing, or the one character to stand there
    kind: str  # "gloss", "shift", "orphan", "lost", "script", "variant", "farm"
    confidence: float = 1.0
    made_from: Span | None = None  # whose bytes the character has; None: [start, end)
    gloss: Gloss | None = None  # entry of the page's gloss table that shows here


@dataclass(frozen=True, slots=True)
class Repair:
    """One named repair: finds what to change, changes nothing itself."""

    name: str
    label: Label  # what is wrong and what the repair does
    find: Callable[[str, Tables], Sequence[Change]]  # changes by place, none over another


class Cell(NamedTuple):
    """Some raw characters, and the one or no character that stands there now."""

    text: str
    raw: Span
    origin: Span  # raw characters whose bytes the character has; may overlap a neighbour's
    repair: str = ""  # the repair that touched it first; empty: untouched
    kind: str = ""
    confidence: float = 1.0
    gloss: Gloss | None = None


@dataclass(frozen=True)
class Draft:
    """A text under repair; each repair makes a new draft."""

    raw: str
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, raw: str) -> "Draft":
        """Return the draft to which nothing has been done."""
        spans = [Span(at, at + 1) for at in range(len(raw))]
        return cls(raw, tuple(map(Cell, raw, spans, spans)))

    @cached_property
    def text(self) -> str:
        """What stands there now."""
        return "".join(cell.text for cell in self.cells)

    @property
    def origins(self) -> tuple[Span, ...]:
        """Raw characters that each character of the text was made from."""
        return tuple(cell.origin for cell in self.cells if cell.text)

    def repaired_by(self, repair: Repair, tables: Tables) -> "Draft":
        """Return the draft with all that the repair finds."""
        changes = repair.find(self.text, tables)
        if not changes:
            return self
        places = [index for index, cell in enumerate(self.cells) if cell.text]
        cells: list[Cell] = []
        done = 0
        for change in changes:
            first, last = places[change.start], places[change.end - 1]
            cells += self.cells[done:first]
            cells.append(self._changed(repair.name, change, first, last, places))
            done = last + 1
        cells += self.cells[done:]
        return Draft(self.raw, tuple(cells))

    def _changed(
        self, repair: str, change: Change, first: int, last: int, places: list[int]
    ) -> Cell:
        old = self.cells[first]
        raw = Span(old.raw.start, self.cells[last].raw.end)
        origin = Span(old.origin.start, self.cells[last].origin.end)
        if change.made_from is not None:
            start, end = change.made_from
            origin = Span(
                self.cells[places[start]].origin.start, self.cells[places[end - 1]].origin.end
            )
        if first == last and old.repair:
            # A second repair of the same character, a rebuilt one made simplified: the first
            # one names it, because it says why the character differs from the page's.
            sure = min(old.confidence, change.confidence)
            gloss = old.gloss or change.gloss
            return Cell(change.after, raw, old.origin, old.repair, old.kind, sure, gloss)
        return Cell(change.after, raw, origin, repair, change.kind, change.confidence, change.gloss)

    def edits(self) -> tuple[Edit, ...]:
        """Return the log: every place where the text differs from the raw one."""
        log: list[Edit] = []
        at = 0
        for cell in self.cells:
            end = at + len(cell.text)
            if cell.repair:
                before = self.raw[cell.raw.start : cell.raw.end]
                if before != cell.text:
                    log.append(
                        Edit(
                            repair=cell.repair,
                            kind=cell.kind,
                            raw=cell.raw,
                            clean=Span(at, end),
                            before=before,
                            after=cell.text,
                            confidence=cell.confidence,
                        )
                    )
            at = end
        return tuple(log)
