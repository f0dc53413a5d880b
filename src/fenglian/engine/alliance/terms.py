"""Who holds which post when, and when is the next election (换届) due?

A term ends on the day before its anniversary. A unit's post and a person's are different things:
the unit keeps its post when its representative changes.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

NOTICE_DAYS = 180  # before the end of a term: time for a council, an assembly and 30 days' notice
Standing = Literal["to come", "running", "due", "overdue", "ended"]


@dataclass(frozen=True, slots=True)
class Term:
    """A post held from a day on."""

    holder: str  # key of a unit or a person
    post: str
    since: date
    years: int | None  # None: without an end
    left_on: date | None = None  # first day on which it was no longer held

    @property
    def last_day(self) -> date | None:
        """Last day of the term as elected; None: without an end."""
        return None if self.years is None else years_after(self.since, self.years) - _DAY


_DAY = timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February 1 March where there is none.

    Examples
    --------
    >>> years_after(date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    """
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def standing(term: Term, on: date, notice_days: int = NOTICE_DAYS) -> Standing:
    """Return how a term stands on a day: due within the notice, overdue when it has run out.

    Who was elected stays in office until another is: an overdue term still holds.

    Examples
    --------
    >>> standing(Term("taizhong", "chair_unit", date(2023, 4, 7), 5), date(2028, 4, 7))
    'overdue'
    """
    if on < term.since:
        return "to come"
    if term.left_on is not None and on >= term.left_on:
        return "ended"
    last = term.last_day
    if last is None or on < last - timedelta(days=notice_days):
        return "running"
    return "due" if on <= last else "overdue"


def holders(terms: Iterable[Term], post: str, on: date) -> tuple[str, ...]:
    """Return who holds a post on a day, sorted."""
    return tuple(
        sorted(
            {
                each.holder
                for each in terms
                if each.post == post and standing(each, on) not in ("to come", "ended")
            }
        )
    )


@dataclass(frozen=True, slots=True)
class Clash:
    """Two terms of a post that only one can hold, over the same days."""

    post: str
    first: str
    second: str
    since: date  # first day of both


def find_clashes(terms: Iterable[Term], single: Iterable[str]) -> tuple[Clash, ...]:
    """Return where a post of one holder has two; by post and day.

    Parameters
    ----------
    single
        Posts that one holder has at a time: the chair unit, the secretary general.
    """
    found = []
    for post in sorted(set(single)):
        rows = sorted(
            (each for each in terms if each.post == post),
            key=lambda each: (each.since, each.holder),
        )
        for earlier, later in combinations(rows, 2):
            over = earlier.left_on is not None and earlier.left_on <= later.since
            if not over and earlier.holder != later.holder:
                found.append(Clash(post, earlier.holder, later.holder, later.since))
    return tuple(found)
