"""Looking at somebody's rows: of secrets each look leaves an entry that the owner can read."""

from collections import defaultdict
from typing import TypeVar

from django.db import transaction

from fenglian.web.access.queries import reasons_of
from fenglian.web.access.rights import LOGGED
from fenglian.web.access.scope import Owned, ScopedQuerySet, data_class_of
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.actions import Occurrence, record

Row = TypeVar("Row", bound=Owned)


@transaction.atomic
def look_at(actor: Actor, rows: ScopedQuerySet[Row]) -> list[Row]:
    """Return rows that were asked for with ``visible_to``, and log the look where it counts.

    One entry for each owner, in the same transaction; it names the rows, the reader and what the
    owner or a second person has on record as the reason.
    """
    data_class = data_class_of(rows.model)
    if data_class not in LOGGED:
        return list(rows)
    seen = rows.all()
    seen.query.logged = True
    found = list(seen)
    owners: dict[int, list[str]] = defaultdict(list)
    for row in found:
        owners[row.owner_id].append(str(getattr(row, "slug", row.pk)))
    if not owners:
        return found
    reasons = reasons_of(actor, data_class, owners)
    record(
        actor,
        [
            Occurrence(
                act="read",
                table=rows.model._meta.label_lower,
                rows=tuple(numbers),
                owner=owner,
                data_class=data_class,
                purpose=reasons.get(owner, ""),
            )
            for owner, numbers in owners.items()
        ],
    )
    return found
