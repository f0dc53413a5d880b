"""How does a change of the alliance stand in the log? One entry a change, fields by name only."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone

from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.faults import DayNotPast, FieldMissing
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.registry import queries as registry


def note(actor: Actor, act: str, row: models.Model, **detail: Any) -> None:
    """Write down what was done to a row, last in its transaction."""
    owner = getattr(row, "owner_id", None) or getattr(row, "about_id", None) or 0
    data_class = getattr(row, "data_class", "")
    what: Mapping[str, Any] = {name: value for name, value in detail.items() if value}
    named = getattr(row, "slug", "") or (_slug_of_owner(owner) if owner else actor.alliance.slug)
    slug = str(named)
    record(
        actor,
        [Occurrence(act, row._meta.label_lower, (slug,), owner, str(data_class), detail=what)],
    )


def _slug_of_owner(owner: int) -> str:
    return Owner.objects.values_list("slug", flat=True).get(pk=owner)


def unit_for(actor: Actor, slug: str) -> Owner:
    """Return the unit for which an actor may hand something in; to others it is not there."""
    owner = registry.find_owner(actor, slug)
    if owner.pk != actor.owner and not may(actor, Act.KEEP_MEMBERS):
        raise ObjectDoesNotExist
    return owner


def said(words: str, zh: str, en: str) -> str:
    """Return words without blanks around them; raises ``FieldMissing`` where there are none."""
    found = words.strip()
    if not found:
        raise FieldMissing(what_zh=zh, what_en=en)
    return found


def past(day: date | None) -> date:
    """Return a day on which something was done, today where none is given."""
    today = timezone.localdate()
    if day is not None and day > today:
        raise DayNotPast(day=day)
    return day or today
