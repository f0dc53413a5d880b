"""Of what was a unit reminded, so that it is not told twice?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.alliance.reminders import KINDS
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned


class Told(Owned):
    """A letter reminded a unit of something: of what and when, never in which words."""

    data_class = DataClass.P
    kind = models.CharField(max_length=12, choices=[(n, each.zh) for n, each in KINDS.items()])
    thing = models.CharField(max_length=60)  # address of what it was reminded of
    day = models.DateField()
    stage = models.CharField(max_length=8)  # ahead of the day, or late
    told_at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ("owner_id", "day")
        verbose_name = _("reminders that were sent")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "kind", "thing", "day", "stage"), name="told_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner_id} {self.kind} {self.thing} {self.stage}"
