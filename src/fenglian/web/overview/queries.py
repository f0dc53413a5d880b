"""What is new? The statements that were last accepted, always for an actor."""

from datetime import datetime

from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.models import Decision, Statement


def latest_accepted(actor: Actor, size: int) -> list[tuple[str, datetime]]:
    """Return the statements that were last accepted: identifier and moment, the latest first."""
    require(actor, Act.READ)
    rows = (
        Decision.objects.filter(
            statement__document__alliance_id=actor.alliance.id,
            statement__state=Statement.State.ACCEPTED,
            kind__in=(Decision.Kind.ACCEPT, Decision.Kind.EDIT),
            undone_by=None,
        )
        .order_by("-id")
        .values_list("statement__identifier", "decided_at")
    )
    newest: dict[str, datetime] = {}
    for identifier, moment in rows[: 2 * size]:
        newest.setdefault(identifier, moment)
    return list(newest.items())[:size]
