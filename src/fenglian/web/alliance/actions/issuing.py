"""The only writer of what officials have done: issued for a decision, published, taken back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.actions.meeting import GROUNDS, Errand, unit_named
from fenglian.web.alliance.actions.records import note, said
from fenglian.web.alliance.faults import DayPast
from fenglian.web.alliance.models import Action


@transaction.atomic
def issue_action(actor: Actor, errand: Errand) -> Action:
    """Have a unit, or the secretariat, do what was decided; only they and those who follow see it.

    Raises ``FieldMissing``, ``UnitMissing``, and ``DayPast`` for a day before today.
    """
    require(actor, Act.CHOOSE)
    row = Action.objects.create(
        alliance_id=actor.alliance.id,
        source=Action.Source.ADVICE,
        grounds=said(errand.grounds, *GROUNDS)[:400],
        text=said(errand.text, "要办的事", "what is to be done")[:1000],
        owner=unit_named(actor, errand.unit) if errand.unit.strip() else None,
        due_on=_to_come(errand.due_on),
        published=False,
        set_at=timezone.now(),
        set_by_id=actor.user,
    )
    note(actor, "add", row, source=row.source)
    return row


def _to_come(day: date) -> date:
    if day < timezone.localdate():
        raise DayPast(day=day)
    return day


@transaction.atomic
def publish_action(actor: Actor, number: int) -> None:
    """Let everybody see what is to be done for a decision."""
    require(actor, Act.CHOOSE)
    row = Action.objects.get(pk=number, alliance_id=actor.alliance.id)
    row.published = True
    row.save(update_fields=["published"])
    note(actor, "change", row, fields=["published"])


@transaction.atomic
def recall_action(actor: Actor, number: int, words: str) -> None:
    """Drop what was to be done for a decision that is taken back; what is closed stays closed."""
    require(actor, Act.CHOOSE)
    row = Action.objects.get(pk=number, alliance_id=actor.alliance.id)
    if row.state != Action.State.OPEN:
        return
    row.state, row.evidence = Action.State.DROPPED, said(words, "理由", "the reason")[:1000]
    row.closed_at = timezone.now()
    row.save(update_fields=["state", "evidence", "closed_at"])
    note(actor, "end", row, state=row.state)
