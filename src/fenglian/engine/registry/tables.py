"""What is a member asked to say of itself? Tables and columns, read from their descriptions.

One row a column: name, type, unit, required, wording in both languages, class, other headings.
A type is ``text``, ``names`` (several, with ； or 、 between), ``specs`` (name=value; …), ``uscc``,
``region`` (GB/T 2260), ``industry`` (GB/T 4754), ``product`` (an id of the chain pack), ``date``,
``end_date`` (a day, or open), ``period`` (a year or a month), ``quantity`` (an interval, in the
column's unit or in that of the column named in braces), ``unit``, ``integer``, ``flag``, ``phone``,
``email``, or ``choice:`` and the name of a list of words. ``required`` is ``key``, ``key or empty``,
``yes``, ``no`` (asked of everybody) or ``if any`` (asked only of those who have one).
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from fenglian.engine.labels import Label

EXPLANATION = Label("填写说明", "How to fill in")  # sheets of a template that hold no rows
LISTS = Label("选项", "Choices")
CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that a column allows."""

    word: str  # as kept
    label: Label


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table."""

    name: str
    type: str  # "choice" where only the words of ``choices`` are allowed
    unit: str  # as the grammar of quantities reads it, {column}, or empty
    unit_label: Label | None
    required: str  # key, key or empty, yes, no, if any
    label: Label
    data_class: str  # S0 S1 S2 S3 P as declared; empty: not declared, which counts as S3
    aliases: tuple[str, ...]  # other headings, as firms write them
    choices: tuple[Choice, ...] = ()

    @property
    def is_key(self) -> bool:
        """Whether the column is a part of what tells rows apart."""
        return self.required.startswith("key")

    @property
    def needed(self) -> bool:
        """Whether every row must have a value."""
        return self.required in ("key", "yes")

    @property
    def asked(self) -> bool:
        """Whether an empty cell is a question: of keys and of what few have it is not."""
        return self.required in ("yes", "no")

    @property
    def unit_column(self) -> str | None:
        """Name of the column that holds the unit; None where the unit is fixed."""
        return self.unit[1:-1] if self.unit.startswith("{") else None


@dataclass(frozen=True, slots=True)
class TableDescription:
    """One table of a profile."""

    name: str
    label: Label
    about: Label
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that tell rows apart."""
        return tuple(column.name for column in self.columns if column.is_key)

    def column(self, name: str) -> Column:
        """Return a column by its name; a ``KeyError`` names the table too."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


def describe_tables(
    tables: bytes, columns: Mapping[str, bytes], choices: bytes, units: bytes
) -> Mapping[str, TableDescription]:
    """Return the tables by name, in the order in which they are asked.

    Parameters
    ----------
    tables
        CSV: table, wording, what it is about.
    columns
        Table → CSV of its columns.
    choices
        CSV: list, word, wording.
    units
        CSV: unit, wording.
    """
    words: dict[str, list[Choice]] = {}
    for row in _rows(choices):
        words.setdefault(row["list"], []).append(Choice(row["word"], _label(row)))
    labels = {row["unit"]: _label(row) for row in _rows(units)}
    return {
        row["table"]: TableDescription(
            row["table"],
            _label(row),
            Label(row["about_zh"], row["about_en"]),
            tuple(_column(each, words, labels) for each in _rows(columns[row["table"]])),
        )
        for row in _rows(tables)
    }


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _label(row: Mapping[str, str]) -> Label:
    return Label(row["zh"], row["en"])


def _column(
    row: Mapping[str, str], choices: Mapping[str, list[Choice]], units: Mapping[str, Label]
) -> Column:
    kind, _, words = row["type"].partition(":")
    return Column(
        name=row["name"],
        type=kind,
        unit=row["unit"],
        unit_label=units.get(row["unit"]),
        required=row["required"],
        label=_label(row),
        data_class=row["class"],
        aliases=tuple(each for each in row["aliases"].split(";") if each),
        choices=tuple(choices[words]) if kind == CHOICE else (),
    )
