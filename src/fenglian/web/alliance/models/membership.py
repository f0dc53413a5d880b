"""How does a unit come in and stay? What it handed in, the steps it took, what it paid.

What was handed in, and what it led to, is for the unit, the secretariat and the council: rows of
class P that ``Act.JUDGE`` opens, each look logged. ``Member`` is what the other members see.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.alliance.membership import STATES, WAYS
from fenglian.engine.alliance.papers import KINDS
from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.access.table import Act
from fenglian.web.registry.models import new_slug

TIER = [(name, label.zh) for name, label in TIERS.items()]


class Judged(Owned):
    """A row that the unit, the secretariat and the council see."""

    data_class = DataClass.P
    also: ClassVar[Act | None] = Act.JUDGE
    slug = models.CharField(max_length=16, default=new_slug, unique=True)

    class Meta(Owned.Meta):
        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return self.slug


class Application(Judged):
    """A unit asks to come in; an earlier one that led nowhere is ended."""

    tier = models.CharField(max_length=20, choices=TIER)
    code = models.CharField(max_length=18, blank=True)
    region = models.CharField(max_length=6, blank=True)
    delegate = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)  # why
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta(Judged.Meta):
        verbose_name = _("applications")
        constraints = (
            models.UniqueConstraint(
                fields=("owner",), condition=models.Q(ended_at=None), name="one_application"
            ),
        )


class Paper(Judged):
    """A file that came with an application; its bytes are handed out as a file, never shown."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(n, each.zh) for n, each in KINDS.items()])
    name = models.CharField(max_length=120)  # as it came; said, never used as a path
    media_type = models.CharField(max_length=40)
    suffix = models.CharField(max_length=4)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Judged.Meta):
        verbose_name = _("papers of applications")


class Step(Judged):
    """A step into the alliance, through it, or out of it; see ``engine/alliance/membership``."""

    name = models.CharField(max_length=12, choices=[(n, way.label.zh) for n, way in WAYS.items()])
    taken_on = models.DateField()
    evidence = models.JSONField()  # kind → what it rests on
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Judged.Meta):
        verbose_name = _("steps of membership")


class Fee(Judged):
    """A fee that was paid; 0 yuan where the charter asks none of the unit."""

    due_on = models.DateField()
    yuan = models.PositiveIntegerField()
    paid_on = models.DateField()
    receipt = models.CharField(max_length=80)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Judged.Meta):
        verbose_name = _("fees")
        constraints = (models.UniqueConstraint(fields=("owner", "due_on"), name="fee_once"),)


class YearlyCheck(Judged):
    """The secretariat looked a member through for a year; passed, it renews the certificate."""

    year = models.PositiveIntegerField()
    passed = models.BooleanField()
    words = models.CharField(max_length=400)
    checked_on = models.DateField()
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Judged.Meta):
        verbose_name = _("yearly checks")


class Member(Owned):
    """What the other members see of a membership: the outcome of its steps."""

    data_class = DataClass.S1
    tier = models.CharField(max_length=20, choices=TIER)
    state = models.CharField(max_length=12, choices=[(n, each.zh) for n, each in STATES.items()])
    since = models.DateField()  # in this state
    member_since = models.DateField(null=True)  # None: no member any more
    certificate = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta(Owned.Meta):
        ordering = ("owner_id",)
        verbose_name = _("members")
        constraints = (
            models.UniqueConstraint(fields=("owner",), name="one_membership"),
            models.UniqueConstraint(
                fields=("alliance", "certificate"),
                condition=~models.Q(certificate=""),
                name="certificate_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner_id} {self.state}"


class Delegate(Owned):
    """A person who speaks for a member in the alliance; how to reach them stands in the registry."""

    data_class = DataClass.S1
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    left_on = models.DateField(null=True)  # first day on which it was somebody else

    class Meta(Owned.Meta):
        ordering = ("id",)
        verbose_name = _("representatives of members")

    def __str__(self) -> str:
        return self.slug
