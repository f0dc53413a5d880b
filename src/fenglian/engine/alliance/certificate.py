"""What does a certificate of membership say? Its number, its unit, how long it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fenglian.engine.labels import Label

PLACES = 4  # digits of the number within a year


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, ready to be printed."""

    number: str
    unit: str
    alliance: Label
    tier: Label
    issued_on: date
    valid_until: date
    synthetic: bool  # invented throughout, and marked so on the paper


def certificate_number(alliance: str, year: int, issued: Iterable[str]) -> str:
    """Return the next number of a year: short name, year, and one more than the highest issued.

    Parameters
    ----------
    alliance
        Short name of the alliance.
    issued
        Numbers of that year; others among them are not looked at.

    Examples
    --------
    >>> certificate_number("demo", 2026, ["DEMO-2026-0001", "DEMO-2026-0007"])
    'DEMO-2026-0008'
    """
    start = f"{alliance.upper()}-{year}-"
    tails = (each.removeprefix(start) for each in issued if each.startswith(start))
    highest = max((int(tail) for tail in tails if tail.isdigit()), default=0)
    return f"{start}{highest + 1:0{PLACES}d}"


def valid_until(issued_on: date) -> date:
    """Return the last day of a new certificate: the end of the next year, when the check is due.

    Examples
    --------
    >>> valid_until(date(2026, 11, 23))
    datetime.date(2027, 12, 31)
    """
    return date(issued_on.year + 1, 12, 31)
