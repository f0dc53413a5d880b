"""Which charter holds on a day, and what did a version change? For all who see the alliance at work."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fenglian.engine.alliance import charter as engine
from fenglian.engine.alliance.charter import MODEL, Change, Version
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.models import Charter

Standing = Literal["in force", "to come", "past"]


@dataclass(frozen=True, slots=True)
class CharterLine:
    """A version of the charter in the list."""

    slug: str
    title: str
    since: date
    until: date | None  # last day; None: no later version is on record
    standing: Standing
    resolution: str  # address; empty: not on record here
    grounds: str


@dataclass(frozen=True, slots=True)
class CharterView:
    """A version with its text, its numbers, and what it changed in another one."""

    line: CharterLine
    numbers: engine.Charter
    against: CharterLine | None  # None: there is none to compare with
    changes: tuple[tuple[Change, str], ...]  # of the text, paragraph by paragraph
    changed: tuple[tuple[str, str, str], ...]  # of the numbers: name, before, after
    others: tuple[CharterLine, ...]  # that it can be compared with
    text: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers that hold on a day, and the version that says them."""

    numbers: engine.Charter
    charter: Charter | None  # None: none on record, the model charter holds


def rules_on(alliance: int, day: date | None = None) -> Rules:
    """Return what is counted by on a day, today where none is given; for every room of the house."""
    rows = {row.slug: row for row in Charter.objects.filter(alliance_id=alliance)}
    versions = [Version(row.slug, row.since) for row in rows.values()]
    key = engine.in_force(versions, day or timezone.localdate())
    return rules_of(rows[key] if key else None)


def rules_of(row: Charter | None) -> Rules:
    """Return the numbers of one version, by which a vote that was opened under it is counted."""
    return Rules(engine.read_charter(row.numbers) if row else MODEL, row)


def list_charters(actor: Actor) -> list[CharterLine]:
    """Return the versions of the charter, the latest first."""
    require(actor, Act.MEET)
    rows = Charter.objects.filter(alliance_id=actor.alliance.id)
    found, until = [], None
    for row in rows:
        found.append(_line(row, until))
        until = date.fromordinal(row.since.toordinal() - 1)
    return found


def _line(row: Charter, until: date | None) -> CharterLine:
    today = timezone.localdate()
    standing: Standing = "in force"
    if row.since > today:
        standing = "to come"
    elif until is not None and until < today:
        standing = "past"
    return CharterLine(
        slug=row.slug,
        title=row.title,
        since=row.since,
        until=until,
        standing=standing,
        resolution=row.resolution,
        grounds=row.grounds,
    )


def find_charter(actor: Actor, slug: str, against: str = "") -> CharterView:
    """Return a version beside another: the one asked for, else the one before it.

    Raises ``ObjectDoesNotExist`` where there is none at an address.
    """
    lines = list_charters(actor)
    place = next((n for n, line in enumerate(lines) if line.slug == slug), None)
    if place is None or (against and against not in {line.slug for line in lines}):
        raise ObjectDoesNotExist
    line, rest = lines[place], (*lines[:place], *lines[place + 1 :])
    before = next((each for each in lines[place + 1 :]), None)
    other = next((each for each in rest if each.slug == against), before)
    rows = {row.slug: row for row in Charter.objects.filter(alliance_id=actor.alliance.id)}
    row, old = rows[slug], rows[other.slug] if other else None
    numbers = engine.read_charter(row.numbers)
    return CharterView(
        line=line,
        numbers=numbers,
        against=other,
        changes=tuple(engine.compare(old.text, row.text)) if old else (),
        changed=tuple(engine.changed_numbers(engine.read_charter(old.numbers), numbers))
        if old
        else (),
        others=rest,
        text=row.text,
    )
