"""What do units say of themselves? Rows that are theirs, one table for each class of data.

A row of a form is kept in parts: what members may see apart from prices, prices apart from
telephone numbers, each in the table of its class, so that the database can guard each by itself.
Which column has which class stands in ``data/profile/columns``; here a part's columns lie together
in ``values``. A part is never changed: a new version takes its place, and the old one keeps the
time at which it ended. ``valid_*`` is when something holds in the world, ``recorded_at`` when the
house learnt it.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.scope import Owned
from fenglian.web.registry.profile_words import LONGEST_WORD

SLUG_BYTES = 8


def new_slug() -> str:
    """Return an address that says nothing and counts nothing."""
    return secrets.token_hex(SLUG_BYTES)


class Way(models.TextChoices):
    """How a row came."""

    OWNER = "owner", _("entered by the unit")
    IMPORT = "import", _("from the unit's workbook")
    LINK = "link", _("through the unit's link")
    SECRETARIAT = "secretariat", _("entered by the secretariat")
    CONFIRMED = "confirmed", _("proposed and confirmed by the unit")
    DEMO = "demo", _("demo data")


class OwnedRow(Owned):
    """One version of the columns of one class of one row of a form."""

    form = models.CharField(max_length=24)  # name of the table in data/profile
    slug = models.CharField(
        max_length=16, default=new_slug
    )  # of the row, in all parts and versions
    key = models.CharField(max_length=200)  # natural key: tells whether two rows are one thing
    product = models.CharField(max_length=60, blank=True)  # id in the chain pack, where it has one
    values = models.JSONField()
    valid_from = models.DateField(null=True)  # None: not stated
    valid_to = models.DateField(null=True)
    way = models.CharField(max_length=12, choices=Way.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)  # when a later version took its place

    class Meta(Owned.Meta):
        abstract = True
        ordering = ("id",)
        indexes = (
            models.Index(fields=("owner", "form", "ended_at"), name="%(class)s_of_owner"),
            models.Index(fields=("alliance", "product"), name="%(class)s_of_product"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "form", "key"),
                condition=models.Q(ended_at=None),
                name="%(class)s_one_version",
            ),
        )

    def __str__(self) -> str:
        return self.slug


class PublicRow(OwnedRow):
    """What everybody may know of a unit."""

    data_class = DataClass.S0

    class Meta(OwnedRow.Meta):
        verbose_name = _("public rows of units")


class ProfileWord(models.Model):
    """A code or a name in a public profile: finds the profile without a look at all of them.

    Written with each version of the profile; who may read that version is asked of it, not here.
    """

    alliance = models.ForeignKey("accounts.Alliance", models.CASCADE, related_name="+")
    row = models.ForeignKey(PublicRow, models.CASCADE, related_name="+")
    column = models.CharField(max_length=16)  # of the form
    text = models.CharField(max_length=LONGEST_WORD)  # as the search compares it

    class Meta:
        indexes = (
            models.Index(fields=("alliance", "column", "text", "row"), name="profile_word_find"),
        )
        verbose_name = _("words of public profiles")

    def __str__(self) -> str:
        return self.text


class InternalRow(OwnedRow):
    """What the members of the alliance may know."""

    data_class = DataClass.S1

    class Meta(OwnedRow.Meta):
        verbose_name = _("members-only rows of units")


class SensitiveRow(OwnedRow):
    """Capacity, use, backlog: the unit's own, and whoever it grants them to."""

    data_class = DataClass.S2

    class Meta(OwnedRow.Meta):
        verbose_name = _("sensitive rows of units")


class ConfidentialRow(OwnedRow):
    """Prices, costs, customers, plans: the unit's own, and whoever it grants them to."""

    data_class = DataClass.S3

    class Meta(OwnedRow.Meta):
        verbose_name = _("confidential rows of units")


class PersonalRow(OwnedRow):
    """What is about a person."""

    data_class = DataClass.P

    class Meta(OwnedRow.Meta):
        verbose_name = _("personal rows of units")


OWNED: tuple[type[OwnedRow], ...] = (
    PublicRow,
    InternalRow,
    SensitiveRow,
    ConfidentialRow,
    PersonalRow,
)


class Proposal(Owned):
    """A change that another suggests, and the unit takes over or turns down."""

    class State(models.TextChoices):
        WAITS = "waits", _("waits")
        TAKEN = "taken", _("taken over")
        REFUSED = "refused", _("turned down")

    # Only what the unit shows to members is ever proposed by others, see the table of rights.
    data_class = DataClass.S1
    slug = models.CharField(max_length=16, default=new_slug, unique=True)
    form = models.CharField(max_length=24)
    key = models.CharField(max_length=200)
    values = models.JSONField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITS)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.slug


class Link(models.Model):
    """Lets a firm without an account fill in its own forms; only the digest is kept."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Owner", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=16, default=new_slug, unique=True)  # opens nothing
    digest = models.CharField(max_length=64, unique=True)  # sha256 of the token
    forms = models.JSONField()  # names of the tables that it opens
    until = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # last
    sent = models.PositiveIntegerField(default=0)  # times within the hour
    since = models.DateTimeField(null=True)  # when that hour began

    class Meta:
        ordering = ("-id",)
        verbose_name = _("links for filling in")

    def __str__(self) -> str:
        return f"{self.owner_id} {self.until:%Y-%m-%d}"


class Import(Owned):
    """A workbook that was brought in: the same file again adds nothing."""

    data_class = DataClass.S2  # how many rows of which sheet tells how large a firm is
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    rows = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    duplicate = models.PositiveIntegerField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    imported_at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("accepted") + models.F("rejected") + models.F("duplicate")
                ),
                name="import_loses_no_row",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"


class Heading(Owned):
    """What a unit's own heading means, as its people confirmed it once."""

    data_class = DataClass.S2  # how a firm calls its columns is its own business
    form = models.CharField(max_length=24)
    words = models.CharField(max_length=200)  # as written in the file
    column = models.CharField(max_length=40)  # of the form
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "form", "words"), name="heading_means_one_thing"
            ),
        )

    def __str__(self) -> str:
        return self.words
