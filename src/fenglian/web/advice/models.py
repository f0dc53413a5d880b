"""What advice was given, what was chosen, and what became of it?

A record holds the case as it stood, worked out from what everybody may know: nobody's secrets are in
it. Until it is published it is for those who follow decisions; ``queries`` says so once.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.advice.options import Way
from fenglian.web.alliance.models import Action
from fenglian.web.registry.models import new_slug

WAYS = [(way.value, way.label.zh) for way in Way]


class Record(models.Model):
    """One piece of advice on one gap, from the day it was given on."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    product = models.CharField(max_length=60)
    case = models.JSONField()  # engine.advice.case.Case as plain values
    fingerprint = models.CharField(max_length=64)  # of the chain that it was worked out from
    given_to = models.CharField(max_length=120)  # empty: to the department that chose at once
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=WAYS, blank=True)  # empty: nothing chosen yet
    reason = models.CharField(max_length=1000, blank=True)
    chosen_at = models.DateTimeField(null=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    task = models.ForeignKey(Action, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_for = models.CharField(max_length=1000, blank=True)  # why it was taken back

    class Meta:
        ordering = ("-given_at", "-id")
        verbose_name = _("advice and decisions")
        indexes = (models.Index(fields=("alliance", "product"), name="advice_product"),)

    def __str__(self) -> str:
        return self.slug
