"""What does the room of analyses remember? Drills that a unit keeps, whom it asked, and the answers.

A drill keeps its question alone. What it comes to is worked out anew for whoever opens it, of what
that one may use: so it can tell nobody a stock that was told to another.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.registry.models import new_slug


class Drill(Owned):
    """A unit keeps what it drills: whose stop would hurt it is told to nobody else."""

    data_class = DataClass.S3
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    stop = models.CharField(max_length=121)  # product:organisation, or product:* for all makers
    weeks = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField()  # of capacity, per cent
    ready_day = models.PositiveSmallIntegerField()  # of who stands in
    scenario = models.CharField(max_length=80, blank=True)  # as in the address
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ("-id",)
        verbose_name = _("drills that are kept")

    def __str__(self) -> str:
        return self.slug


class Notice(Owned):
    """The unit that drills asks another, which is told what is said here and nothing else.

    Without a party the one who is asked is no unit here: the secretariat is asked to reach it.
    """

    data_class = DataClass.S2
    party_field = "party"
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    drill = models.ForeignKey(Drill, models.PROTECT, related_name="+")
    party = models.ForeignKey("accounts.Owner", models.PROTECT, null=True, related_name="+")
    organisation = models.CharField(max_length=80)  # as the chain knows it
    name = models.CharField(max_length=120)
    product = models.CharField(max_length=60)  # that it lacks, or could give
    asks = models.JSONField()  # names of kinds of steps
    told = models.JSONField()  # who stops, for how many weeks, with which share
    words = models.CharField(max_length=400, blank=True)
    task = models.CharField(
        max_length=16, blank=True
    )  # of the secretariat, where there is no party
    due_on = models.DateField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answered = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ("-id",)
        verbose_name = _("notices of drills")
        indexes = (models.Index(fields=("party", "ended_at", "answered"), name="notice_of_party"),)
        constraints = (
            models.UniqueConstraint(
                fields=("drill", "organisation", "product"),
                condition=models.Q(ended_at=None),
                name="notice_once",
            ),
            models.CheckConstraint(
                condition=models.Q(party=None) | ~models.Q(party=models.F("owner")),
                name="notice_to_another",
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Answer(Owned):
    """What a unit that was asked says: its own words, read by who asked, and by whom it lets."""

    class Verdict(models.TextChoices):
        """In one word."""

        CAN = "can", _("can")
        CANNOT = "cannot", _("cannot")
        NEEDS = "needs", _("needs something first")

    data_class = DataClass.S2
    party_field = "party"
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    party = models.ForeignKey("accounts.Owner", models.PROTECT, related_name="+")  # who asked
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    stock_days = models.PositiveIntegerField(null=True)  # None: not said
    room_yuan = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # a month
    from_day = models.PositiveIntegerField(null=True)  # of the stop, from which on it can give
    words = models.CharField(max_length=400, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # when a later answer took its place

    class Meta(Owned.Meta):
        ordering = ("id",)
        verbose_name = _("answers to notices of drills")
        constraints = (
            models.UniqueConstraint(
                fields=("notice",), condition=models.Q(ended_at=None), name="answer_once"
            ),
        )

    def __str__(self) -> str:
        return self.slug
