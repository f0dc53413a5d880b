"""What does access remember? What owners granted, and what for others' secrets were looked at."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass

SLUG_BYTES = 8


def new_slug() -> str:
    """Return an address that says nothing and counts nothing."""
    return secrets.token_hex(SLUG_BYTES)


CLASSES = [(each.value, each.value) for each in DataClass]


class Grant(models.Model):
    """An owner lets another unit read one class of its rows: what for, until when."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)  # counts nothing
    owner = models.ForeignKey("accounts.Owner", models.PROTECT, related_name="grants_given")
    reader = models.ForeignKey("accounts.Owner", models.PROTECT, related_name="grants_received")
    data_class = models.CharField(max_length=2, choices=CLASSES)
    purpose = models.CharField(_("what for"), max_length=200)
    until = models.DateField(_("until"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("reader", "data_class", "until"), name="grant_find"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(owner=models.F("reader")), name="grant_to_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner_id} → {self.reader_id} {self.data_class}"


class Purpose(models.Model):
    """A person says what others' secrets are needed for; a second person confirms it."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)  # counts nothing
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    data_class = models.CharField(max_length=2, choices=CLASSES)
    words = models.CharField(_("what for, and on which legal basis"), max_length=400)
    stated_at = models.DateTimeField()
    until = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("user", "data_class", "until"), name="purpose_find"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("user")),
                name="purpose_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.data_class} {self.words}"
