"""Which tables does the secretariat keep as workbooks? Read once from their descriptions."""

from collections.abc import Mapping
from functools import cache

from fenglian.data.alliance import alliance_files
from fenglian.data.divisions import division_names, divisions
from fenglian.engine.registry.cells import Known
from fenglian.engine.registry.divisions import Divisions
from fenglian.engine.registry.tables import TableDescription, describe_tables

MEMBERS, ATTENDANCE, ACTIONS = "members", "attendance", "actions"


@cache
def sheet_tables() -> Mapping[str, TableDescription]:
    """Return the tables by name."""
    files = alliance_files()
    return describe_tables(files.tables, files.columns, files.choices, files.units)


@cache
def known_places() -> Known:
    """Return what a cell may refer to: the regions that stand in credit codes."""
    return Known(divisions=Divisions(rows=divisions(), names=division_names()))
