"""How much of what is asked does a member's profile answer, and what is still to be asked?

An empty cell is a question, never a zero and never a "none": who answers 无 has answered. Keys and
columns that only some can fill (a predecessor, a park) are not counted.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fenglian.engine.labels import Label
from fenglian.engine.registry.profile import Record, row_of
from fenglian.engine.registry.tables import Column, TableDescription


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What is not known yet."""

    table: str
    column: str | None  # None: the table has no row at all
    key: tuple[str, ...]  # of the row, as far as it has one
    text: Label


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the profile."""

    table: str
    label: Label
    known: int  # cells that are answered
    asked: int  # cells that are asked; of a table without rows those of one row
    questions: tuple[OpenQuestion, ...]

    @property
    def ratio(self) -> float | None:
        """Known over asked; None where nothing is asked."""
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Meter:
    """The whole profile."""

    sections: tuple[Section, ...]

    @property
    def known(self) -> int:
        """Cells that are answered."""
        return sum(section.known for section in self.sections)

    @property
    def asked(self) -> int:
        """Cells that are asked."""
        return sum(section.asked for section in self.sections)

    @property
    def ratio(self) -> float | None:
        """Known over asked; None where nothing is asked."""
        return self.known / self.asked if self.asked else None

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """Everything that is still to be asked, in the order of the tables."""
        return tuple(question for section in self.sections for question in section.questions)


def completeness(
    records: Mapping[str, Sequence[Record]],
    tables: Mapping[str, TableDescription],
    *,
    none_of: Collection[str] = (),
    products: Mapping[str, Label] | None = None,
) -> Meter:
    """Measure how much one organisation has answered.

    Parameters
    ----------
    records
        Table → its records of that organisation.
    tables
        What is asked; see ``describe_tables``.
    none_of
        Tables of which the organisation has said that it has nothing to put in (no honours yet):
        answered, and so neither asked nor counted.
    products
        What products are called in the questions; one without a name keeps its own.

    Returns
    -------
    Meter
        A section a table, in order. Cells count alike; what matters more is for the reader to say.
    """
    sections = [
        _section(table, records.get(name, ()), products or {})
        for name, table in tables.items()
        if records.get(name) or name not in none_of
    ]
    return Meter(tuple(sections))


def _section(
    table: TableDescription, records: Sequence[Record], products: Mapping[str, Label]
) -> Section:
    asked = [column for column in table.columns if column.asked]
    if not records:
        return Section(table.name, table.label, 0, len(asked), (_first_row(table),))
    rows = [row_of(record) for record in records]
    questions = tuple(
        _question(table, column, _key(table, row), products)
        for row in rows
        for column in asked
        if row.get(column.name) is None
    )
    whole = len(asked) * len(rows)
    return Section(table.name, table.label, whole - len(questions), whole, questions)


def _key(table: TableDescription, row: Mapping[str, object]) -> tuple[str, ...]:
    """Return what tells the row from its like: of a table of one row nothing but its code."""
    found = [str(row[name]) for name in table.key if row.get(name) is not None]
    return tuple(found)


def _question(
    table: TableDescription,
    column: Column,
    key: tuple[str, ...],
    products: Mapping[str, Label],
) -> OpenQuestion:
    words = [products.get(each, Label(each, each)) for each in key[1:]]
    unit = column.unit_label
    row_zh, row_en = (" · ".join(getattr(each, side) for each in words) for side in ("zh", "en"))
    zh = f"{table.label.zh}{f'（{row_zh}）' if words else ''}：“{column.label.zh}”"
    en = f"{table.label.en}{f' ({row_en})' if words else ''}: “{column.label.en}”"
    if column.type == "quantity":
        zh += "是多少" + (unit.zh if unit else "")
        en += f", in {unit.en}" if unit else ""
    else:
        zh += "是什么"
    zh, en = f"{zh}？", f"{en}?"
    return OpenQuestion(table.name, column.name, key, Label(zh, en))


def _first_row(table: TableDescription) -> OpenQuestion:
    zh = f"{table.label.zh}：一行也没有填。有的请填；确实没有，请说明。"
    en = f"{table.label.en}: there is no row. Fill one in, or say that there is none."
    return OpenQuestion(table.name, None, (), Label(zh, en))
