"""What does a brief say? Its heading, sections, tables, charts and sources, as one frozen value.

A number stands in a brief only as an :class:`Amount`, so that none can lose its unit or its
sources on the way to paper; words that come from a source are :class:`Words` that name it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from fenglian.engine.chain.intervals import Interval
from fenglian.engine.chain.records import Source
from fenglian.engine.disclosure.classes import DataClass
from fenglian.engine.labels import Label


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as an interval with unit and sources; the interval may be unknown."""

    interval: Interval
    unit: Label
    sources: tuple[str, ...]
    assumed: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.interval.known


@dataclass(frozen=True, slots=True)
class Words:
    """Text without figures of its own, and the sources it rests on."""

    label: Label
    sources: tuple[str, ...] = ()
    assumed: bool = False


def words(zh: str, en: str, *sources: str) -> Words:
    """Return text in both languages with its sources."""
    return Words(Label(zh, en), sources)


Piece = Words | Amount
Level = Literal[0, 1, 2, 3]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; levels 1 to 3 are headings, which the layout numbers 一、（一）1.

    A paragraph with a lead opens with its heading on the same line: of its level, or of level 3.
    """

    pieces: tuple[Piece, ...]
    level: Level = 0
    lead: Label | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; with a unit, its cells are amounts in that unit."""

    label: Label
    unit: Label | None = None
    share: float = 1.0  # of the table's width, relative to the other columns


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns, with a title and a note."""

    title: Label
    columns: tuple[Column, ...]
    rows: tuple[tuple[Piece, ...], ...]
    note: Label | None = None
    extract: bool = False  # all of it is in a table of the annex, too


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures; the page draws it from the same option."""

    title: Label
    option: Label  # JSON text of an ECharts option in each language, colours as token names
    width: int  # CSS pixels
    height: int  # CSS pixels
    alternative: Label  # what the chart shows, for those who cannot see it
    sources: tuple[str, ...]
    assumed: bool = False
    note: Label | None = None


Block = Paragraph | Table | Chart
GROUNDS = Label("依据与口径", "Grounds and method")
CLASS_LABELS: Mapping[DataClass, Label] = MappingProxyType(
    {
        DataClass.S0: Label("公开", "Public"),
        DataClass.S1: Label("内部", "Internal"),
        DataClass.S2: Label("经营敏感", "Sensitive"),
        DataClass.S3: Label("商业秘密", "Confidential"),
        DataClass.P: Label("个人信息", "Personal"),
    }
)


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief of the chain, in both languages, before any layout.

    The blocks are what is to be decided, on as few pages as that takes; the grounds follow on pages
    of their own, with the sources: what a decision rests on, for those who want to check it.
    """

    organ: Label  # 发文单位
    title: Label
    date: date
    data_class: DataClass  # of everything in it
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    synthetic: bool
    banner: Label | None = None  # the red head; None: a brief without one
    recipient: Label | None = None
    grounds_title: Label = GROUNDS  # of the first annex, which is printed with the brief
    grounds: tuple[Block, ...] = ()
    annexes: tuple[Label, ...] = ()  # titles of the others, as the brief names them
    annex_tables: tuple[Table, ...] = ()  # in the workbook only

    @property
    def class_label(self) -> Label:
        """The class as it is printed: 公开, 内部 …"""
        return CLASS_LABELS[self.data_class]

    @property
    def printed(self) -> tuple[Block, ...]:
        """What stands on paper: the pages of the decision, then its grounds."""
        return (*self.blocks, *self.grounds)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the workbook: those of the pages that are no extract, then the annex."""
        shown = (block for block in self.printed if isinstance(block, Table) and not block.extract)
        return (*shown, *self.annex_tables)

    def pieces(self, *, annex: bool = True) -> Iterator[Piece | Chart]:
        """Yield what carries sources, in order: that of the pages first, then the annex."""
        for block in (*self.printed, *(self.annex_tables if annex else ())):
            if isinstance(block, Paragraph):
                yield from block.pieces
            elif isinstance(block, Table):
                for row in block.rows:
                    yield from row
            else:
                yield block

    def cited(self, *, annex: bool = True) -> tuple[str, ...]:
        """Return the ids of the sources that something rests on, in order of appearance."""
        pieces = self.pieces(annex=annex)
        return tuple(dict.fromkeys(name for piece in pieces for name in piece.sources))


def bare_amounts(brief: Brief) -> tuple[Amount, ...]:
    """Return the known amounts that name neither a source nor an assumption; there should be none."""
    return tuple(
        piece
        for piece in brief.pieces()
        if isinstance(piece, Amount) and piece.known and not (piece.sources or piece.assumed)
    )


def unlisted_sources(brief: Brief) -> tuple[str, ...]:
    """Return the ids that are cited but not in the list of sources; there should be none."""
    return tuple(sorted(set(brief.cited()) - {source.id for source in brief.sources}))
