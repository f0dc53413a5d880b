"""Which versions has the charter, who adopted each, and from when does it hold?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.web.registry.models import new_slug


class Charter(models.Model):
    """A version of the charter: its text, and what is counted by; it holds until the next one."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    numbers = models.JSONField()  # as engine.alliance.charter spells them
    since = models.DateField()  # first day on which it holds
    resolution = models.CharField(max_length=16, blank=True)  # address of the one that adopted it
    grounds = models.CharField(max_length=400, blank=True)  # where no resolution is on record here
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since", "-id")
        verbose_name = _("versions of the charter")
        constraints = (
            models.UniqueConstraint(fields=("alliance", "since"), name="one_charter_a_day"),
        )

    def __str__(self) -> str:
        return self.slug
