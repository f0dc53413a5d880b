"""What a member is asked to say of itself: tables of columns, choices and units, as bytes.

``columns/<table>.csv`` has one row a column: name, type, unit, required, wording in both
languages, class (who may read it) and other headings under which firms know it. Template,
reading, forms and error texts read these rows; whoever adds a column adds a row.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ProfileFiles:
    """The files that describe the tables, as they are."""

    tables: bytes
    choices: bytes
    units: bytes
    columns: dict[str, bytes]  # table → description of its columns


@cache
def profile_files() -> ProfileFiles:
    """Return what describes the tables of a profile."""
    columns = sorted((_FOLDER / "columns").glob("*.csv"))
    return ProfileFiles(
        tables=(_FOLDER / "tables.csv").read_bytes(),
        choices=(_FOLDER / "choices.csv").read_bytes(),
        units=(_FOLDER / "units.csv").read_bytes(),
        columns={path.stem: path.read_bytes() for path in columns},
    )
