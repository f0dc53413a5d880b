"""What does the alliance show to everybody, and through which links does it take applications?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.registry.models import new_slug


class Listed(Owned):
    """A member lets itself be named on the public page."""

    data_class = DataClass.S0
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        ordering = ("owner_id",)
        verbose_name = _("members named in public")
        constraints = (models.UniqueConstraint(fields=("owner",), name="listed_once"),)

    def __str__(self) -> str:
        return f"{self.owner_id}"


class PublicPage(models.Model):
    """What strangers read: a copy made for them, of class S0 throughout, and nothing else."""

    alliance = models.OneToOneField("accounts.Alliance", models.PROTECT, related_name="+")
    how = models.CharField(max_length=2000)  # how to apply, whom to ask
    shown = models.JSONField()  # members, posts and meetings as of ``made_at``
    made_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("public pages")

    def __str__(self) -> str:
        return f"{self.alliance_id}"


class Door(models.Model):
    """A link through which firms without an account apply; only its digest is kept."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    digest = models.CharField(max_length=64, unique=True)  # sha256 of the token
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)  # applications that came in through it

    class Meta:
        ordering = ("-id",)
        verbose_name = _("links to apply")

    def __str__(self) -> str:
        return self.slug
