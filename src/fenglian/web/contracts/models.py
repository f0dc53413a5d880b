"""What does the room of agreements remember? Who is named in whose agreement, and the answer.

The agreements themselves are rows of the registry's forms. A naming holds of one of them only what
the other party may know: never its amount.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned

SLUG_BYTES = 8


def new_slug() -> str:
    """Return an address that says nothing and counts nothing."""
    return secrets.token_hex(SLUG_BYTES)


class Naming(Owned):
    """An agreement of the owner names another unit, which may confirm or dispute it.

    Where what it says changes, it ends and a new one waits: an answer is to these words alone.
    """

    class State(models.TextChoices):
        WAITS = "waits", _("waits")
        CONFIRMED = "confirmed", _("confirmed")
        DISPUTED = "disputed", _("disputed")

    data_class = DataClass.S2
    party_field = "party"
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    row = models.CharField(max_length=16)  # address of the owner's agreement
    party = models.ForeignKey("accounts.Owner", models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=120)  # by which the party is named, as compared
    said = models.JSONField()  # what the party may know: kind, side, product, number, days
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITS)
    answer = models.CharField(max_length=16, blank=True)  # address of the party's own agreement
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("party", "ended_at", "state"), name="naming_of_party"),
            models.Index(fields=("alliance", "words"), name="naming_by_words"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "row"),
                condition=models.Q(ended_at=None),
                name="naming_once",
            ),
            models.CheckConstraint(
                condition=models.Q(party=None) | ~models.Q(party=models.F("owner")),
                name="naming_of_another",
            ),
        )
        verbose_name = _("agreements that name another unit")

    def __str__(self) -> str:
        return self.slug


class Apart(Owned):
    """The unit found two records that may be one agreement to be two."""

    data_class = DataClass.S2
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    first = models.CharField(max_length=16)  # addresses of agreements or namings, in order
    second = models.CharField(max_length=16)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("owner", "first", "second"), name="apart_once"),
        )

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
