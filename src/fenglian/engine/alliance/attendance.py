"""What does a row of an attendance sheet say, and does it hold together?"""

from dataclasses import dataclass, replace
from typing import Literal

from fenglian.engine.alliance import sheet_faults as faults
from fenglian.engine.errors import SheetFault
from fenglian.engine.registry.sheets import RowOutcome

How = Literal["came", "represented", "absent"]
PRESENT: frozenset[How] = frozenset(("came", "represented"))  # a proxy counts as being there


@dataclass(frozen=True, slots=True)
class Attended:
    """What is known of one unit at one meeting."""

    how: How
    persons: int | None = None  # None: not counted
    names: str = ""
    stands_in: str = ""  # who spoke for a unit that was represented


def check_attendance(row: RowOutcome) -> RowOutcome:
    """Return a row of a sheet, refused where its cells contradict each other."""
    if row.status == "rejected":
        return row
    found = tuple(_faults(row))
    return replace(row, status="rejected", faults=(*row.faults, *found)) if found else row


def _faults(row: RowOutcome) -> list[SheetFault]:
    said, how = row.values, row.values.get("how")
    who = [name for name in ("persons", "names", "stands_in") if said.get(name)]
    if how is None:
        return [faults.NotSaidWhether(**row.place("how"))] if who else []
    if how == "absent":
        return [faults.AbsentWithPersons(**row.place("how"))] if who else []
    if how == "represented" and not said.get("stands_in"):
        return [faults.NobodyStandsIn(**{**row.place("stands_in"), "value": ""})]
    if how == "came" and said.get("stands_in"):
        return [faults.StandsInForWhom(**row.place("stands_in"))]
    return []


def attended(row: RowOutcome, before: Attended | None = None) -> Attended | None:
    """Return what a row says of a unit; an empty cell leaves what was known before.

    Returns
    -------
    Attended | None
        None where nothing is said and nothing was known.

    Examples
    --------
    >>> row = RowOutcome("s", 5, "attendance", "accepted", None, "k", "i", values={"how": "absent"})
    >>> attended(row, Attended("came", 3))
    Attended(how='absent', persons=None, names='', stands_in='')
    """
    said = row.values
    how: How | None = said.get("how")  # type: ignore[assignment]  # the choices of the column
    if how is None:
        return before
    if how == "absent":
        return Attended("absent")
    known = before if before is not None and before.how == how else Attended(how)
    persons = said.get("persons")
    return Attended(
        how=how,
        persons=persons if isinstance(persons, int) else known.persons,
        names=str(said.get("names") or known.names),
        stands_in=str(said.get("stands_in") or known.stands_in),
    )
