"""When does the alliance meet, who came, what is to be done by whom, and who holds which post?

All of it is for everybody who may see the alliance at work (``Act.MEET``), but for questions and
calls for support: those are for the unit that asks, the unit that answers, and the secretariat;
``queries.tasks`` says so once.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.registry.models import new_slug


class Meeting(models.Model):
    """A meeting of the alliance."""

    class Kind(models.TextChoices):
        """Of whom."""

        COUNCIL = "council", _("council")
        ASSEMBLY = "assembly", _("assembly")
        OTHER = "other", _("other meeting")

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    agenda = models.TextField(blank=True)  # an item a line
    minutes = models.TextField(blank=True)
    published = models.BooleanField(default=False)  # named on the public page
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-starts_at", "-id")
        verbose_name = _("meetings")

    def __str__(self) -> str:
        return self.slug


class Presence(Owned):
    """A unit came to a meeting, with so many persons; or was represented there, or did not come."""

    class How(models.TextChoices):
        """Whether it was there; who was represented counts as being there."""

        CAME = "came", _("came")
        REPRESENTED = "represented", _("represented")
        ABSENT = "absent", _("absent")

    data_class = DataClass.S1
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    persons = models.PositiveIntegerField(null=True)  # None: not counted
    names = models.CharField(max_length=400, blank=True)
    how = models.CharField(max_length=12, choices=How.choices, default=How.CAME)
    stands_in = models.CharField(max_length=200, blank=True)  # who spoke for the unit
    by_code = models.BooleanField(default=False)  # signed in by the QR code; not confirmed yet
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        ordering = ("owner_id",)
        verbose_name = _("attendance of units")
        constraints = (models.UniqueConstraint(fields=("meeting", "owner"), name="came_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.owner_id}"


class Action(models.Model):
    """What one unit is to do by a day: for a resolution, advice, an idea, a question, a need."""

    class Source(models.TextChoices):
        """What it comes from."""

        RESOLUTION = "resolution", _("a resolution")
        ADVICE = "advice", _("official advice")
        QUESTION = "question", _("a question to the secretariat")
        SUPPORT = "support", _("a call for support")
        IDEA = "idea", _("a member's idea")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    grounds = models.CharField(max_length=400, blank=True)  # which resolution, whose advice
    statement = models.CharField(max_length=16, blank=True, default="")  # that says the advice
    idea = models.ForeignKey("alliance.Idea", models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=1000)
    # Whose it is to do; None: the secretariat's.
    owner = models.ForeignKey("accounts.Owner", models.PROTECT, null=True, related_name="+")
    asked_for = models.ForeignKey("accounts.Owner", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    # What government had done without publishing it is for those who follow it, and whose it is.
    published = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    evidence = models.CharField(max_length=1000, blank=True)  # of what was done
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("what is to be done")

    def __str__(self) -> str:
        return self.slug


class Post(models.Model):
    """A post of the alliance, held by a unit or by a person of a unit, for a term."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    name = models.CharField(max_length=40)
    unit = models.ForeignKey("accounts.Owner", models.PROTECT, related_name="+")
    person = models.CharField(max_length=80, blank=True)  # empty: the unit itself holds it
    since = models.DateField()
    years = models.PositiveIntegerField(null=True)  # None: without an end
    left_on = models.DateField(null=True)  # first day on which it was no longer held
    grounds = models.CharField(max_length=400)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name", "since", "id")
        verbose_name = _("posts of the alliance")

    def __str__(self) -> str:
        return self.slug
