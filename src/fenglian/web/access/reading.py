"""Looking at somebody's rows: of secrets each look leaves an entry that the owner can read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from fenglian.web.access.queries import reasons_of
from fenglian.web.access.ready import Ready
from fenglian.web.access.rights import LOGGED
from fenglian.web.access.scope import Owned, ScopedQuerySet, data_class_of
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.durability import one_turn

Row = TypeVar("Row", bound=Owned)


def look_at(actor: Actor, rows: ScopedQuerySet[Row] | Ready[Row]) -> list[Row]:
    """Return rows that were asked for an actor, and log the look where it counts."""
    [found] = look_at_all(actor, [rows])
    return found


def look_at_all(actor: Actor, asked: Sequence[ScopedQuerySet[Row] | Ready[Row]]) -> list[list[Row]]:
    """Return rows of several tables, each asked for with ``visible_to`` or ``of_unit``, as one look.

    One entry for each table and owner, in the same transaction; it names the rows, the reader and
    what the owner or a second person has on record as the reason.
    """
    if all(data_class_of(rows.model) not in LOGGED for rows in asked):
        return [_see(rows) for rows in asked]
    with one_turn():
        found = [_see(rows) for rows in asked]
        looks = [
            each
            for rows, seen in zip(asked, found, strict=True)
            if data_class_of(rows.model) in LOGGED
            for each in _looks(actor, rows.model, seen)
        ]
        if looks:
            record(actor, looks)
    return found


def _see(rows: ScopedQuerySet[Row] | Ready[Row]) -> list[Row]:
    if isinstance(rows, Ready):
        return rows.rows()
    seen = rows.all()
    seen.query.logged = True
    return list(seen)


def _looks(actor: Actor, model: type[Row], rows: list[Row]) -> Iterator[Occurrence]:
    owners: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        owners[row.owner_id].append(str(getattr(row, "slug", row.pk)))
    data_class = data_class_of(model)
    reasons = reasons_of(actor, data_class, owners)
    for owner, numbers in owners.items():
        yield Occurrence(
            act="read",
            table=model._meta.label_lower,
            rows=tuple(numbers),
            owner=owner,
            data_class=data_class,
            purpose=reasons.get(owner, ""),
        )
