"""What does a row of a member list say, and which unit does it mean? Nothing is merged by guessing.

A name means a unit where it is written as registered, or where the row has the unit's credit code.
A name that is near to one that is here is refused, until whoever sends the list says that it is
another unit, or writes the registered name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fenglian.engine.alliance import sheet_faults as faults
from fenglian.engine.alliance.membership import MEMBER, STATES
from fenglian.engine.alliance.tiers import Tier, check_tier
from fenglian.engine.errors import SheetFault
from fenglian.engine.registry.bulk import NameList, Resolved, resolve_names
from fenglian.engine.registry.names import Regions, normal_form
from fenglian.engine.registry.sheets import RowOutcome

SHOWN = 3  # names that a row may mean
SHORTEST_PART = 4  # characters of a name that may stand inside another


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a row says of a member."""

    name: str
    code: str
    tier: Tier
    since: date
    delegate: str
    title: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A row, and the unit that it means: as registered; empty for a new one."""

    row: RowOutcome
    unit: str


def check_roll(row: RowOutcome, today: date) -> RowOutcome:
    """Return a row of a list, refused where it cannot be a member of today."""
    if row.status == "rejected":
        return row
    said, found = row.values, list[SheetFault]()
    since, state = said.get("since"), str(said.get("state") or "")
    if isinstance(since, date) and since > today:
        found.append(faults.DayToCome(**row.place("since")))
    of_members = {word for name in MEMBER for word in (STATES[name].zh, STATES[name].en)}
    if state and state not in of_members:
        found.append(faults.NotOfToday(**row.place("state")))
    if said.get("delegate_title") and not said.get("delegate"):
        found.append(faults.TitleOfNobody(**row.place("delegate_title")))
    return refuse(row, *found)


def refuse(row: RowOutcome, *found: SheetFault) -> RowOutcome:
    """Return a row with more faults, which refuse it; as it is where there are none."""
    if not found:
        return row
    return replace(row, status="rejected", faults=(*row.faults, *found))


def enrolled(row: RowOutcome) -> Enrolled:
    """Return what a row says that was not refused."""
    said = row.values
    since = said["since"]
    assert isinstance(since, date)  # noqa: S101  # a required column of days
    return Enrolled(
        name=" ".join(str(said["unit"]).split()),
        code=str(said.get("code") or ""),
        tier=check_tier(str(said["tier"])),
        since=since,
        delegate=str(said.get("delegate") or ""),
        title=str(said.get("delegate_title") or ""),
    )


def find_meant(rows: Sequence[RowOutcome], registered: NameList, regions: Regions) -> list[Meant]:
    """Return which unit each row means, in the order of the rows; refused rows stay as they are.

    Parameters
    ----------
    rows
        See ``check_roll``.
    registered
        Names of the units that are here, with their codes and other names.
    regions
        What names are split with.
    """
    open_rows = [at for at, row in enumerate(rows) if row.status != "rejected"]
    said = [enrolled(rows[at]) for at in open_rows]
    asked = NameList([each.name for each in said], [each.code for each in said])
    known = {name: at for at, name in enumerate(registered.names)}
    found = resolve_names(asked, regions, registered)
    among = resolve_names(asked, regions)
    meant = [Meant(row, "") for row in rows]
    for place, at in enumerate(open_rows):
        one = known.get(said[place].name)
        meant[at] = (
            _as_written(rows[at], said[place], registered, one)
            if one is not None
            else _as_resolved(rows[at], said, place, registered, (found[place], among[place]))
        )
    return meant


def _as_written(row: RowOutcome, said: Enrolled, registered: NameList, at: int) -> Meant:
    code, name = registered.code(at), registered.names[at]
    if said.code and code and said.code != code:
        return Meant(refuse(row, faults.CodeOfAnother(**row.place("code"), unit=name)), "")
    owners = [n for i, n in enumerate(registered.names) if registered.code(i) == said.code]
    if said.code and owners and name not in owners:
        shown = "、".join(owners)
        return Meant(refuse(row, faults.CodeOfAnother(**row.place("code"), unit=shown)), "")
    return Meant(row, name)


def _as_resolved(
    row: RowOutcome,
    said: Sequence[Enrolled],
    place: int,
    registered: NameList,
    found: tuple[Resolved, Resolved],
) -> Meant:
    here, among = found
    apart = row.values.get("is_new") is True
    if here.reason.startswith("code") and (here.outcome == "person" or apart):
        unit = "、".join(_names(here, registered.names))
        return Meant(refuse(row, faults.CodeOfAnother(**row.place("code"), unit=unit)), "")
    if here.reason == "code" and here.target is not None:
        unit = registered.names[here.target]
        warning = faults.TakenForUnit(**row.place("unit"), unit=unit)
        return Meant(replace(row, warnings=(*row.warnings, warning)), unit)
    near = _names(here, registered.names) if here.outcome != "new" else []
    near += _overlapping(said[place].name, registered.names)
    if among.outcome != "new":
        near += _names(among, [each.name for each in said])
    near = [each for each in dict.fromkeys(near) if each != said[place].name]
    same = any(normal_form(each) == normal_form(said[place].name) for each in near)
    if near and (same or not apart):
        shown = "、".join(near[:SHOWN])
        return Meant(refuse(row, faults.MayBeThatUnit(**row.place("unit"), near=shown)), "")
    if here.outcome == "person" and not near and not apart:  # it fits too many to name them
        return Meant(refuse(row, faults.MayBeThatUnit(**row.place("unit"), near="…")), "")
    return Meant(row, "")


def _overlapping(name: str, names: Sequence[str]) -> list[str]:
    """Return the names that are a part of this one, or this of them: with and without legal form."""
    spoken = normal_form(name)
    others = ((each, normal_form(each)) for each in names)
    return [
        each
        for each, other in others
        if min(len(spoken), len(other)) >= SHORTEST_PART and (spoken in other or other in spoken)
    ]


def _names(found: Resolved, names: Sequence[str]) -> list[str]:
    rows = (*(() if found.target is None else (found.target,)), *found.rivals)
    return [names[row] for row in dict.fromkeys(rows)]
