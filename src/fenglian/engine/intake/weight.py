"""How much hangs on a statement: where in the queue does it stand, and does one person suffice?

Impact times doubt: a large sum on rebuilt bytes comes before a clean count. Impact and doubt are
small whole numbers in a table, so that anyone can work out why a statement stands where it does.
"""

from collections.abc import Iterable
from decimal import Decimal

from fenglian.engine.intake.statements import Statement
from fenglian.engine.labels import Label

WEIGHTY = "weighty"  # name of the doubt that asks for a second person
WEIGHTY_LABEL = Label(
    "金额大或关系理事长，要两个人", "a large sum or the chair: two persons decide"
)
CHAIR_UNITS = frozenset({"chair_unit", "co_chair_unit"})
CHAIR_TITLES = ("理事长", "会长", "主席")  # of an alliance; 副理事长 is another post
CHAIR_IMPACT = 8
# By fact type; what is not here counts 1.
IMPACT = {
    "signing": 5,
    "event": 4,
    "role": 4,
    "organisation": 4,
    "chain_relation": 4,
    "amount": 3,
    "target": 3,
    "person_post": 3,
    "attendance": 2,
    "count": 2,
    "physical_quantity": 2,
}
DIGITS = 7  # of a sum in yuan that adds nothing; each further digit adds one, up to five
DOUBT = {"lost": 4, "model": 3, "rebuilt": 2, "choice": 2, "inferred": 1, "source": 1}


def needs_two_persons(statement: Statement, limit_yuan: Decimal) -> bool:
    """Tell whether one person's word is not enough: a sum from the limit on, or who has the chair.

    Of an interval the upper end counts; an open one (逾21亿) counts by its figure.
    """
    return _is_chair(statement) or _is_large(statement, limit_yuan)


def _is_chair(statement: Statement) -> bool:
    if statement.fact == "role":
        return statement.property in CHAIR_UNITS
    if statement.fact == "person_post":
        return statement.value in CHAIR_TITLES
    return False


def _is_large(statement: Statement, limit_yuan: Decimal) -> bool:
    quantity = statement.quantity
    if statement.fact != "amount" or quantity is None or quantity.unit != "yuan":
        return False
    return max(quantity.figure, quantity.top or quantity.figure) >= limit_yuan


def impact(statement: Statement) -> int:
    """Return how much hangs on a statement, from 1 up."""
    if _is_chair(statement):
        return CHAIR_IMPACT
    weight = IMPACT.get(statement.fact, 1)
    quantity = statement.quantity
    if quantity is not None and quantity.unit == "yuan":
        digits = len(str(int(quantity.top or quantity.figure)))
        weight += max(0, min(5, digits - DIGITS))
    return weight


def urgency(statement: Statement, doubts: Iterable[str]) -> int:
    """Return impact × (1 + doubt): the higher, the sooner a person should look.

    Examples
    --------
    A chair unit without a doubt has 8 × 1; one on rebuilt bytes, from a repost, 8 × (1 + 2 + 1).
    """
    return impact(statement) * (1 + sum(DOUBT.get(name, 0) for name in doubts))
