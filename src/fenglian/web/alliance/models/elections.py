"""Who stands for which post, who has voted, and what lies in the box?

Who has voted is known, what was voted is known, and nothing ties the two: a slip has no voter, no
time and no number, and the box is sorted anew with every slip that goes in.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.alliance.models.charters import Charter
from fenglian.web.alliance.models.meetings import Meeting
from fenglian.web.registry.models import new_slug


class Election(models.Model):
    """A post, or several seats of it, that one body fills by election."""

    class Body(models.TextChoices):
        """Who elects, by which of the charter's rules."""

        COUNCIL = "council", _("the council")
        ASSEMBLY = "assembly", _("the assembly")

    class Way(models.TextChoices):
        """How the slips are given."""

        SECRET = "secret", _("by secret slips here")
        COUNTED = "counted", _("counted in the room")

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    title = models.CharField(max_length=120)
    post = models.CharField(max_length=40)
    of_persons = models.BooleanField()  # else units hold the post
    tier = models.CharField(
        max_length=20, blank=True, choices=[(n, t.zh) for n, t in TIERS.items()]
    )
    seats = models.PositiveIntegerField()
    body = models.CharField(max_length=8, choices=Body.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    charter = models.ForeignKey(Charter, models.PROTECT, null=True, related_name="+")
    since = models.DateField()  # first day of the terms
    years = models.PositiveIntegerField()
    entitled = models.JSONField()  # addresses of the units with a vote, as of the opening
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)  # the engine's count, whole

    class Meta:
        ordering = ("-id",)
        verbose_name = _("elections")

    def __str__(self) -> str:
        return self.slug


class Candidate(models.Model):
    """Who stands: a unit, or a person of a unit."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="candidates")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    unit = models.ForeignKey("accounts.Owner", models.PROTECT, related_name="+")
    person = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("candidates")
        constraints = (
            models.UniqueConstraint(fields=("election", "unit", "person"), name="stands_once"),
        )

    def __str__(self) -> str:
        return self.slug


class Voted(Owned):
    """A unit has given its slip; which it was, stands nowhere."""

    data_class = DataClass.S1
    election = models.ForeignKey(Election, models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        ordering = ("owner_id",)
        verbose_name = _("who has voted in elections")
        constraints = (models.UniqueConstraint(fields=("election", "owner"), name="one_slip"),)

    def __str__(self) -> str:
        return f"{self.election_id} {self.owner_id}"


class Box(models.Model):
    """The slips of an election, sorted: in which order they came in cannot be told."""

    election = models.OneToOneField(Election, models.PROTECT, primary_key=True, related_name="+")
    slips = models.JSONField()  # lists of addresses of candidates

    class Meta:
        verbose_name = _("ballot boxes")

    def __str__(self) -> str:
        return f"{self.election_id}"
