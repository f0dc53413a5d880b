"""Which statements of several sources cannot both be right, or speak of one thing differently?

Nothing is decided here and nothing hidden: the statements stay as they are, side by side, for a
person to look at. Two statements meet where they say the same property in the same unit of what
reads as one thing, and their intervals have no number in common.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fenglian.engine.intake.statements import Statement
from fenglian.engine.quantities import Quantity

ALIKE = 0.6  # share of character pairs that two subjects have in common (Dice)
_ALLIANCE = "联盟"
UNITS_OF_ALLIANCE = ("units of an alliance", "家")  # who came and who belongs, side by side
_HOLLOW = str.maketrans("", "", "的约占了共有已达到为是在,。:、“”()年月日0123456789")
_UNITS_OF_FIRMS = frozenset({"家", "家单位", "家企业", "家会员单位", "家成员单位", "家会员", "户"})
MOST = 5_000  # statements with a number that are held against each other


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements about one thing that do not go together, the best graded first."""

    statements: tuple[Statement, ...]


def find_conflicts(statements: Iterable[Statement]) -> tuple[Conflict, ...]:
    """Return the groups of statements that contradict each other.

    Parameters
    ----------
    statements
        Such as have a quantity are compared, the first 5,000 of them.

    Returns
    -------
    tuple
        Each statement is in one group at most; a group has statements of two documents or more.
    """
    rows = [each for each in statements if each.quantity is not None][:MOST]
    by_kind: dict[tuple[str, str], list[Statement]] = {}
    for each in rows:
        by_kind.setdefault(_kind(each), []).append(each)
    found = []
    for group in by_kind.values():
        found += [Conflict(_ranked(each)) for each in _clashes(group)]
    return tuple(found)


def _kind(statement: Statement) -> tuple[str, str]:
    """Return what must be the same for two numbers to be compared."""
    quantity = statement.quantity
    unit = quantity.unit if quantity else ""
    counts = statement.fact == "count" and unit in _UNITS_OF_FIRMS
    if (counts or statement.property == "units") and _ALLIANCE in statement.subject:
        return UNITS_OF_ALLIANCE
    return f"{statement.fact} {statement.property}", unit


def _clashes(group: Sequence[Statement]) -> list[list[Statement]]:
    left, clashes = list(group), []
    while left:
        first, *rest = left
        about = [each for each in rest if _same_thing(first, each)]
        others = [each for each in about if each.document != first.document]
        against = [each for each in others if _exclude(first, each)]
        clash = [first, *against] if against else []
        left = [each for each in rest if each not in clash]
        if clash:
            clashes.append(clash)
    return clashes


def _same_thing(one: Statement, other: Statement) -> bool:
    mine, theirs = (each.subject for each in (one, other))
    if _kind(one) == UNITS_OF_ALLIANCE:
        mine, theirs = (each[: each.find(_ALLIANCE) + 2] for each in (mine, theirs))
    mine, theirs = mine.translate(_HOLLOW), theirs.translate(_HOLLOW)
    if mine == theirs or _ALLIANCE in (mine, theirs):
        return True
    pairs, others = _pairs(mine), _pairs(theirs)
    if not pairs or not others:
        return False
    return 2 * len(pairs & others) / (len(pairs) + len(others)) >= ALIKE


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _exclude(one: Statement, other: Statement) -> bool:
    """Tell whether no number satisfies both; 约 counts as the figure itself."""
    if one.quantity is None or other.quantity is None:
        return False
    low, high = _ends(one.quantity)
    below, above = _ends(other.quantity)
    return high < below or above < low


def _ends(quantity: Quantity) -> tuple[Decimal, Decimal]:
    figure, top = quantity.figure, quantity.top or quantity.figure
    if quantity.bound in ("gt", "ge"):
        return figure, Decimal("Infinity")
    if quantity.bound in ("lt", "le"):
        return Decimal(0), top
    return figure, top


def _ranked(group: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(group, key=lambda each: (each.grade, each.document, each.clean)))
