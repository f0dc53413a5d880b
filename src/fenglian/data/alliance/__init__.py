"""What the secretariat keeps in workbooks of its own: the member list and attendance, as bytes.

Described as the tables of a profile are (see ``fenglian.data.profile``); template, reading and
error texts read these rows, and whoever adds a column adds a row.
"""

from functools import cache
from pathlib import Path

from fenglian.data.profile import ProfileFiles

_FOLDER = Path(__file__).parent


@cache
def alliance_files() -> ProfileFiles:
    """Return what describes the tables of an alliance."""
    columns = sorted((_FOLDER / "columns").glob("*.csv"))
    return ProfileFiles(
        tables=(_FOLDER / "tables.csv").read_bytes(),
        choices=(_FOLDER / "choices.csv").read_bytes(),
        units=(_FOLDER / "units.csv").read_bytes(),
        columns={path.stem: path.read_bytes() for path in columns},
    )
