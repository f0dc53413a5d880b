"""Acts of the house within a request, past a wall that stands in a room behind this one.

A new unit or person is a row that other rooms' tables hang on, and a database asks those tables
before it takes the row, though it touches none of them. The room that raises the wall says at the start how
it is lifted; where there is none, nothing is in the way.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from fenglian.web.accounts.actor import Actor

Lift = Callable[[Actor | None], AbstractContextManager[None]]


def _stay(_actor: Actor | None) -> AbstractContextManager[None]:
    return nullcontext()


_lift: list[Lift] = [_stay]


def lift_with(lift: Lift) -> None:
    """Say how the wall is lifted for an act that accounts have allowed."""
    _lift[:] = [lift]


def for_the_house(actor: Actor | None) -> AbstractContextManager[None]:
    """Lift the wall for an act within this actor's request, None: a stranger's; it stands again after."""
    return _lift[0](actor)
