"""How well was a page read? Its facts beside those of a careful person, key by key.

Rows are compared exactly, as sets. Short forms of a longer name neither help nor hurt; a county's
party committee, its government and the county itself are one organisation of its officials;
rolling off the line and commissioning are one kind of event; the day of publication is no date of
the article.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fenglian.engine.labels import Label
from fenglian.engine.quantities import fold_width

Row = tuple[object, ...]
_OF_A_PLACE = re.compile(r"(?<=[省市县区旗州盟])(?:委|委员会|人民政府|政府|党委)$")
_ONE_KIND = {"rolled_off": "commissioned"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted."""

    name: str
    label: Label
    rows: Callable[[Mapping[str, Any]], Iterable[Row]]  # of the object ``facts``


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of what there is, for one measure, on one page or many."""

    right: int
    missed: int
    extra: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return _share(self.right, self.extra)

    @property
    def recall(self) -> float | None:
        """Share of what there is that was found; None where there is nothing."""
        return _share(self.right, self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where there is nothing, found or to be found."""
        return _share(2 * self.right, self.missed + self.extra)

    def plus(self, other: "Score") -> "Score":
        """Return the score of both together."""
        return Score(self.right + other.right, self.missed + other.missed, self.extra + other.extra)


NOTHING = Score(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One page beside what a careful person got out of it."""

    scores: Mapping[str, Score]  # by measure
    missed: tuple[tuple[str, Row], ...]  # measure, row
    extra: tuple[tuple[str, Row], ...]
    edits: int  # characters to change, add or delete to get the person's text
    characters: int  # of the person's text

    @property
    def error_rate(self) -> float | None:
        """Character error rate; None where the person gave no text."""
        return self.edits / self.characters if self.characters else None


def evaluate(got: Mapping[str, Any], wanted: Mapping[str, Any]) -> Evaluation:
    """Hold a reading against a person's; both in the form of ``sample_form``.

    Parameters
    ----------
    got, wanted
        With ``facts`` and, for the character error rate, ``clean_text``. Keys that a person did not
        fill in are taken as empty: nothing of the kind is on the page.

    Examples
    --------
    >>> found = evaluate({"facts": {"chain": []}}, {"facts": {"chain": [["法兰", "supports", "整机"]]}})
    >>> found.scores["chain"].recall, found.missed
    (0.0, (('chain', ('法兰', 'supports', '整机')),))
    """
    scores, missed, extra = {}, [], []
    for measure in MEASURES:
        mine, theirs = (set(measure.rows(side.get("facts", {}))) for side in (got, wanted))
        if measure.name == "organisations":
            mine, theirs = _without_short_forms(mine, theirs)
        scores[measure.name] = Score(len(mine & theirs), len(theirs - mine), len(mine - theirs))
        missed += [(measure.name, row) for row in sorted(theirs - mine, key=repr)]
        extra += [(measure.name, row) for row in sorted(mine - theirs, key=repr)]
    text, original = (_plain(str(side.get("clean_text") or "")) for side in (got, wanted))
    edits = edit_distance(text, original) if original else 0
    return Evaluation(scores, tuple(missed), tuple(extra), edits, len(original))


def edit_distance(one: str, other: str) -> int:
    """Return how many characters must be changed, added or deleted to make one the other.

    Runs along the diagonals (Ukkonen 1985, doi:10.1016/S0019-9958(85)80046-2): quick where the
    texts are nearly alike.

    Examples
    --------
    >>> edit_distance("九鼎集团", "江苏九鼎集团"), edit_distance("", "abc"), edit_distance("ab", "ba")
    (2, 3, 2)
    """
    if one == other:
        return 0
    goal = len(other) - len(one)
    reached = {0: _run(one, other, 0, 0)}  # diagonal → characters of one that are accounted for
    distance = 0
    while reached.get(goal, -1) < len(one):
        distance += 1
        reached = {
            diagonal: _run(one, other, _step(reached, diagonal, one, other), diagonal)
            for diagonal in range(-distance, distance + 1)
            if -len(one) <= diagonal <= len(other)
        }
    return distance


def _step(reached: Mapping[int, int], diagonal: int, one: str, other: str) -> int:
    furthest = max(
        reached.get(diagonal, -2) + 1,  # one character changed
        reached.get(diagonal - 1, -2),  # one added
        reached.get(diagonal + 1, -2) + 1,  # one deleted
    )
    return min(furthest, len(one), len(other) - diagonal)


def _run(one: str, other: str, at: int, diagonal: int) -> int:
    """Return how far the two agree from a place on."""
    if at < 0 or at + diagonal < 0:
        return at
    end = min(len(one), len(other) - diagonal)
    while at < end and one[at] == other[at + diagonal]:
        at += 1
    return at


def _plain(text: str) -> str:
    return "".join(fold_width(text).split())


def _share(part: int, rest: int) -> float | None:
    return part / (part + rest) if part + rest else None


def _cells(key: str, *columns: int) -> Callable[[Mapping[str, Any]], Iterable[Row]]:
    def rows(facts: Mapping[str, Any]) -> Iterable[Row]:
        return [tuple(row[column] for column in columns) for row in facts.get(key) or ()]

    return rows


def _titles(facts: Mapping[str, Any]) -> Iterable[Row]:
    return [(row[0], title) for row in facts.get("persons") or () for title in row[2]]


def _offices(facts: Mapping[str, Any]) -> Iterable[Row]:
    rows = facts.get("persons") or ()
    return [(row[0], _OF_A_PLACE.sub("", row[1])) for row in rows if row[1]]


def _dates(facts: Mapping[str, Any]) -> Iterable[Row]:
    return [(row[0],) for row in facts.get("dates") or () if row[1] != "published"]


def _events(facts: Mapping[str, Any]) -> Iterable[Row]:
    kinds = (event["type"] for event in facts.get("events") or ())
    return [(_ONE_KIND.get(kind, kind),) for kind in kinds]


def _without_short_forms(mine: set[Row], theirs: set[Row]) -> tuple[set[Row], set[Row]]:
    long = [str(name) for (name,) in theirs]

    def whole(side: set[Row]) -> set[Row]:
        return {row for row in side if not any(_is_short(str(row[0]), each) for each in long)}

    return whole(mine), whole(theirs)


def _is_short(name: str, whole: str) -> bool:
    """Tell whether a name is made of characters of a longer one, in their order."""
    rest = iter(whole)
    return len(name) < len(whole) and all(character in rest for character in name)


MEASURES: tuple[Measure, ...] = (
    Measure("organisations", Label("单位", "organisations"), _cells("orgs", 0)),
    Measure("persons", Label("人员", "persons"), _cells("persons", 0)),
    Measure("titles", Label("人员与职务", "persons with title"), _titles),
    Measure("offices", Label("人员与单位", "persons with organisation"), _offices),
    Measure("money", Label("金额", "money, value"), _cells("money", 0, 1)),
    Measure("money_bound", Label("金额与界词", "money with bound"), _cells("money", 0, 1, 2)),
    Measure("money_role", Label("金额与用途", "money with role"), _cells("money", 0, 1, 3)),
    Measure("dates", Label("日期", "dates"), _dates),
    Measure("places", Label("地点", "places"), _cells("places", 0, 1)),
    Measure("counts", Label("计数", "counts"), _cells("counts", 0, 1)),
    Measure("quantities", Label("数量", "quantities"), _cells("quantities", 0, 1)),
    Measure("events", Label("事件", "events"), _events),
    Measure("chain", Label("产业链关系", "chain relations"), _cells("chain", 0, 1, 2)),
    Measure("targets", Label("目标", "targets"), _cells("targets", 0, 2)),
)
