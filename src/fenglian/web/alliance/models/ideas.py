"""What do members propose, who supports it, and what became of it?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.alliance.models.meetings import Meeting
from fenglian.web.registry.models import new_slug


class Idea(models.Model):
    """What a unit proposes to the alliance; all who see the alliance at work see it."""

    class State(models.TextChoices):
        """What became of it."""

        PUT = "put", _("put forward")
        AGENDA = "agenda", _("on an agenda")
        DECLINED = "declined", _("not taken up")

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    unit = models.ForeignKey("accounts.Owner", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=2000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PUT)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=400, blank=True)  # why it was not taken up
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-id",)
        verbose_name = _("ideas of members")

    def __str__(self) -> str:
        return self.slug


class Backing(Owned):
    """A unit supports another's idea."""

    data_class = DataClass.S1
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    backed_at = models.DateTimeField()
    backed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        ordering = ("owner_id",)
        verbose_name = _("who supports which idea")
        constraints = (models.UniqueConstraint(fields=("idea", "owner"), name="backed_once"),)

    def __str__(self) -> str:
        return f"{self.idea_id} {self.owner_id}"
