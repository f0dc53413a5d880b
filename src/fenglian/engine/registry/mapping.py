"""Whose headings mean what: a mapping that a person confirmed, beside the names of the tables.

A mapping is words, so that it can be kept as a file: ``{"capacities": {"设备能力": "quantity"}}``.
What it says counts as one more alias of the column and nothing else of the table changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from fenglian.engine.intake.sheets import Sheets
from fenglian.engine.quantities import fold_width
from fenglian.engine.registry.cells import words_of
from fenglian.engine.registry.faults import UnknownMapping
from fenglian.engine.registry.headings import find_headings
from fenglian.engine.registry.tables import TableDescription

ColumnMapping = Mapping[str, Mapping[str, str]]  # table → heading as written → column
_NEAR = 0.4  # share of characters that a suggestion must have in common


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the headings of one sheet were taken for."""

    sheet: str
    table: str | None  # None: no headings that are known
    row: int  # of the headings; 0 where there are none
    columns: Mapping[str, str]  # heading as written → column
    unknown: tuple[str, ...]  # headings that no name or alias knows
    suggested: Mapping[str, str]  # unknown heading → nearest column that is free


def with_mapping(
    tables: Mapping[str, TableDescription], mapping: ColumnMapping, name: str
) -> dict[str, TableDescription]:
    """Return the tables with the headings of a mapping among the aliases of their columns.

    Parameters
    ----------
    tables
        See ``describe_tables``.
    mapping
        Table → heading → column.
    name
        Of the file, for the fault.

    Raises
    ------
    UnknownMapping
        Where it names a table or a column that there is not.
    """
    found = dict(tables)
    for table_name, headings in mapping.items():
        table = found.get(table_name)
        if table is None:
            raise UnknownMapping(name=name, word=table_name, known=", ".join(found))
        known = {column.name: column for column in table.columns}
        for heading, column_name in headings.items():
            if column_name not in known:
                raise UnknownMapping(name=name, word=column_name, known=", ".join(known))
            column = known[column_name]
            known[column_name] = replace(column, aliases=(*column.aliases, heading))
        found[table_name] = replace(table, columns=tuple(known.values()))
    return found


def recognise(sheets: Sheets, tables: Mapping[str, TableDescription]) -> tuple[Recognised, ...]:
    """Return, sheet by sheet, which table it is and what its headings mean.

    A heading that is not known is never taken for a column; the nearest free one is suggested for
    a person to confirm.
    """
    found = []
    for sheet in sheets.sheets:
        # One heading that is known is too little to read by, but enough to ask about the others.
        headings = find_headings(sheet, tables) or find_headings(sheet, tables, fewest=1)
        if headings is None:
            found.append(Recognised(sheet.name, None, 0, {}, (), {}))
            continue
        row = next(row for row in sheet.rows if set(headings.columns) <= set(row.cells))
        words = {at: words_of(cell.value) for at, cell in row.cells.items()}
        columns = {words[at]: column.name for at, column in headings.columns.items() if at in words}
        unknown = tuple(words[at] for at in sorted(headings.unknown) if words.get(at))
        suggested = _suggest(headings.table, unknown, set(columns.values()))
        found.append(
            Recognised(sheet.name, headings.table.name, headings.row, columns, unknown, suggested)
        )
    return tuple(found)


def _suggest(table: TableDescription, unknown: tuple[str, ...], taken: set[str]) -> dict[str, str]:
    spoken = {
        _plain(word): column.name
        for column in table.columns
        if column.name not in taken
        for word in (column.label.zh, column.label.en, column.name, *column.aliases)
    }
    found: dict[str, str] = {}
    for heading in unknown:
        near = get_close_matches(_plain(heading), sorted(spoken), n=1, cutoff=_NEAR)
        if near and spoken[near[0]] not in found.values():
            found[heading] = spoken[near[0]]
    return found


def _plain(words: str) -> str:
    return "".join(each for each in fold_width(words).lower() if each.isalnum())
