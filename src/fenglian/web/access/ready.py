"""Questions about the rows of one unit, whose SQL is made once for all who stand to them alike.

A page of a unit asks five tables, and making Django's queries costs ten times what answering them
does. Who may see what is not decided here: each time ``scope.reached`` says which rows an actor may
have. Where that is all rows of the alliance, the SQL of that very condition is used again; any
other, such as rows that were granted, becomes a query of Django's. Kept are words of SQL with the
number of an alliance in them, never a row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Q

from fenglian.web.access.scope import Owned, ScopedQuerySet, reached
from fenglian.web.accounts.actor import Actor
from fenglian.web.sql import fetch

Row = TypeVar("Row", bound=Owned)
UNIT = 6_111_222_333_444_555_666  # in place of a unit's number while the SQL is made


@dataclass(frozen=True, slots=True)
class Ready(Generic[Row]):
    """Rows of one unit that an actor may read; ``reading`` alone looks at them."""

    model: type[Row]
    alliance: int
    owner: int
    form: str

    def rows(self) -> list[Row]:
        """Return the rows, for ``reading``, which logs the look where it counts."""
        kept = _kept(self.model, self.alliance, self.form, connection.vendor)
        values = tuple(self.owner if each == UNIT else each for each in kept.values)
        return [
            self.model.from_db(connection.alias, kept.columns, tuple(kept.read(row)))
            for row in fetch(kept.words, values)
        ]


def of_unit(
    actor: Actor, model: type[Row], owner: int, form: str = ""
) -> "ScopedQuerySet[Row] | Ready[Row]":
    """Return what is on record now of a unit's rows (of one form; empty: of all), for an actor."""
    alliance = actor.alliance.id
    if reached(actor, model) == Q(alliance_id=alliance):
        return Ready(model, alliance, owner, form)
    rows: ScopedQuerySet[Row] = model.objects.visible_to(actor)
    return _of(rows, owner, form)


def _of(rows: "ScopedQuerySet[Row]", owner: int, form: str) -> "ScopedQuerySet[Row]":
    more = {"form": form} if form else {}
    return rows.filter(owner_id=owner, ended_at=None, **more)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A question in SQL, and how the columns of its answer are read."""

    words: str
    values: tuple[Any, ...]
    columns: tuple[str, ...]
    readers: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]

    def read(self, row: tuple[Any, ...]) -> Iterator[Any]:
        cells = list(row)
        for place, readers, column in self.readers:
            for reader in readers:
                cells[place] = reader(cells[place], column, connection)
        return iter(cells)


@lru_cache(maxsize=256)
def _kept(model: type[Owned], alliance: int, form: str, _vendor: str) -> _Kept:
    whole: ScopedQuerySet[Any] = model.objects.whole().filter(alliance_id=alliance)
    compiler = _of(whole, UNIT, form).query.get_compiler(connection=connection)
    words, values = compiler.as_sql()
    columns = [column for column, *_more in compiler.select]
    return _Kept(
        words,
        tuple(values),
        tuple(column.target.attname for column in columns),
        tuple(
            (place, tuple(readers), column)
            for place, (readers, column) in compiler.get_converters(columns).items()
        ),
    )
