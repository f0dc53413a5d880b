"""What was put to the vote, and who voted how?

A resolution belongs to the alliance. One about a unit is for that unit, the secretariat, the
council and whoever has a vote in it until it is carried; ``queries.votes`` says so once.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.alliance.voting import CHOICES
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.alliance.models.meetings import Meeting
from fenglian.web.registry.models import new_slug


class Resolution(models.Model):
    """What is decided; its result is the engine's, kept when the vote is closed."""

    class Kind(models.TextChoices):
        """What about."""

        ADMIT = "admit", _("admit a unit")
        EXPEL = "expel", _("expel a unit")
        OTHER = "other", _("another matter")

    class Body(models.TextChoices):
        """Who decides, by which of the charter's rules."""

        COUNCIL = "council", _("the council")
        ASSEMBLY = "assembly", _("the assembly")

    class Way(models.TextChoices):
        """How it is voted."""

        OPEN = "open", _("each unit on record")
        COUNTED = "counted", _("counted in the room")

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about = models.ForeignKey("accounts.Owner", models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    charter = models.ForeignKey("alliance.Charter", models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=400)
    body = models.CharField(max_length=8, choices=Body.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    entitled = models.JSONField()  # addresses of the units with a vote, as of the opening
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    carried = models.BooleanField(null=True)  # None: open
    result = models.JSONField(null=True)  # the engine's count, whole

    class Meta:
        ordering = ("-id",)
        verbose_name = _("resolutions")

    def __str__(self) -> str:
        return self.slug


class Ballot(Owned):
    """One unit's word on a resolution that is voted on record; once given it stands."""

    data_class = DataClass.S1
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=[(n, each.zh) for n, each in CHOICES.items()])
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        ordering = ("owner_id",)
        verbose_name = _("votes of units")
        constraints = (models.UniqueConstraint(fields=("resolution", "owner"), name="one_ballot"),)

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.owner_id}"
