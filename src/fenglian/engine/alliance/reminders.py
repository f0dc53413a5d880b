"""What is a unit to be reminded of on a day, and has it been told so already?

A thing is told twice at most: once ahead of its day, and once more when the day is gone without
it. Moved to another day it is told anew. A meeting that is over is nothing to be reminded of.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from fenglian.engine.alliance.terms import NOTICE_DAYS
from fenglian.engine.labels import Label

Kind = Literal["task", "meeting", "certificate", "term"]
Stage = Literal["ahead", "late"]
KINDS: Mapping[Kind, Label] = {
    "task": Label("交办", "to be done"),
    "meeting": Label("会议", "meeting"),
    "certificate": Label("会员证书到期", "certificate runs out"),
    "term": Label("任期届满", "term ends"),
}
NOTICE: Mapping[Kind, int] = {  # days ahead; of terms the charter may say another number
    "task": 7,
    "meeting": 7,
    "certificate": 60,
    "term": NOTICE_DAYS,
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a unit's that has a day."""

    kind: Kind
    key: str  # of the thing, among those of its kind
    day: date  # by which it is to be done, on which it is, or last one on which it holds
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that a unit is to be told now."""

    due: Due
    stage: Stage


def stage_of(due: Due, today: date, until: date) -> Stage | None:
    """Return whether a thing is due ahead or late; None: it is not to be told now.

    Examples
    --------
    >>> today, soon = date(2026, 3, 1), date(2026, 3, 8)
    >>> stage_of(Due("task", "a", date(2026, 3, 8)), today, soon)
    'ahead'
    >>> stage_of(Due("task", "a", date(2026, 2, 28)), today, soon)
    'late'
    >>> stage_of(Due("meeting", "a", date(2026, 2, 28)), today, soon) is None
    True
    """
    if due.day < today:
        return None if due.kind == "meeting" else "late"
    return "ahead" if due.day <= until else None


def find_reminders(
    dues: Iterable[Due],
    today: date,
    *,
    until: date | None = None,
    notice: Mapping[Kind, int] = NOTICE,
    told: Collection[tuple[str, str, date, str]] = (),
) -> tuple[Reminder, ...]:
    """Return what is to be told on a day, the first day first.

    Parameters
    ----------
    dues
        All that has a day, of one unit.
    until
        Last day that is looked ahead to, for every kind; None: as many days as ``notice`` has.
    told
        What was told before: kind, key, day and stage.

    Examples
    --------
    >>> task = Due("task", "a", date(2026, 3, 5))
    >>> [each.stage for each in find_reminders([task], date(2026, 3, 1))]
    ['ahead']
    >>> find_reminders([task], date(2026, 3, 1), told={("task", "a", date(2026, 3, 5), "ahead")})
    ()
    """
    found = []
    for due in dues:
        last = until or today + timedelta(days=notice[due.kind])
        stage = stage_of(due, today, last)
        if stage and (due.kind, due.key, due.day, stage) not in told:
            found.append(Reminder(due, stage))
    order = list(KINDS)
    return tuple(
        sorted(found, key=lambda each: (each.due.day, order.index(each.due.kind), each.due.key))
    )
