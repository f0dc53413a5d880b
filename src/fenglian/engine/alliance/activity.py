"""How active is the alliance? A self-score in the three parts of the yearly review, and what lacks.

The yearly review of pilot alliances (科技部) looks at three parts and gives four bands; how many points each
part and each activity has was not found. Here every activity of a part weighs the same, and the
parts have the weights of ``WEIGHTS``, which an alliance may replace. An activity that nobody has
recorded is unknown: it makes the score an interval, and is no zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fenglian.engine.labels import Label

Part = Literal["organisation", "innovation", "industry"]
Band = Literal["high", "fairly_high", "middling", "low"]
PARTS: Mapping[Part, Label] = {
    "organisation": Label("组织机构建设与运行", "organisation and its working"),
    "innovation": Label("协同创新活动", "joint innovation"),
    "industry": Label("带动产业发展成效", "effect on the industry"),
}
WEIGHTS: Mapping[Part, int] = {"organisation": 40, "innovation": 30, "industry": 30}
BANDS: tuple[tuple[int, Band, Label], ...] = (  # from so many points on
    (86, "high", Label("活跃度高", "high")),
    (75, "fairly_high", Label("活跃度较高", "fairly high")),
    (65, "middling", Label("活跃度一般", "middling")),
    (0, "low", Label("活跃度较差", "low")),
)
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that an active alliance does in a year."""

    name: str
    part: Part
    label: Label
    done: bool | None  # None: nothing on record either way
    grounds: tuple[str, ...] = ()  # ids of the rows that it rests on


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of the score; without anything on record its ends are None."""

    part: Part
    weight: int
    low: Fraction | None  # what is not on record counted as not done
    high: Fraction | None  # counted as done
    missing: tuple[Activity, ...]  # not done, or not on record


@dataclass(frozen=True, slots=True)
class ActivityScore:
    """The whole, out of 100; between its ends where something is unknown."""

    parts: tuple[PartScore, ...]
    low: int
    high: int

    @property
    def band(self) -> Band | None:
        """The band; None where the ends lie in different ones."""
        found = band_of(self.low)
        return found if found == band_of(self.high) else None


def score_activity(
    activities: Iterable[Activity], weights: Mapping[Part, int] = WEIGHTS
) -> ActivityScore:
    """Return the score: for each part weight × done / all, then added up and rounded half up.

    A part that has nothing on record is unknown, and counts from 0 to its weight in the whole.

    Examples
    --------
    >>> rows = [Activity("council", "organisation", Label("理事会", "council"), done=True)]
    >>> found = score_activity(rows)
    >>> found.low, found.high, found.parts[1].low
    (40, 100, None)
    """
    rows = list(activities)
    parts = tuple(
        _part(part, weights[part], [row for row in rows if row.part == part]) for part in PARTS
    )
    low = sum((each.low or Fraction(0) for each in parts), Fraction(0))
    high = sum(
        (Fraction(each.weight) if each.high is None else each.high for each in parts), Fraction(0)
    )
    scale = Fraction(WHOLE, sum(weights.values()))
    return ActivityScore(parts, _rounded(low * scale), _rounded(high * scale))


def _part(part: Part, weight: int, rows: Sequence[Activity]) -> PartScore:
    missing = tuple(row for row in rows if not row.done)
    if all(row.done is None for row in rows):
        return PartScore(part, weight, None, None, missing)
    done = sum(row.done is True for row in rows)
    unknown = sum(row.done is None for row in rows)
    return PartScore(
        part=part,
        weight=weight,
        low=Fraction(weight * done, len(rows)),
        high=Fraction(weight * (done + unknown), len(rows)),
        missing=missing,
    )


def _rounded(points: Fraction) -> int:
    return int(points + Fraction(1, 2))


def band_of(points: int) -> Band:
    """Return the band of so many points.

    Examples
    --------
    >>> [band_of(points) for points in (86, 85, 74, 64)]
    ['high', 'fairly_high', 'middling', 'low']
    """
    return next(band for least, band, _label in BANDS if points >= least)
