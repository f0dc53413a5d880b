"""What does the registry remember? Rows derived from statements and packs, and people's verdicts.

Everything but the verdicts can be built again at any time, see ``actions.rebuild_registry``.
A row keeps its engine record whole in ``record``; the other columns are for finding it.
"""

from django.conf import settings
from django.db import models


class Derived(models.Model):
    """A row that is built from others, never typed in."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)  # the engine's, unique in the alliance
    record = models.JSONField()  # the engine's record, see records.py

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Organisation(Derived):
    """Someone who can act; its row stays while any source names it."""

    slug = models.CharField(max_length=16)  # of the key, for addresses
    name = models.CharField(max_length=255)
    written = models.TextField(blank=True)  # every way it is written, a line each, for the search
    kind = models.CharField(max_length=24, blank=True)
    province = models.CharField(max_length=6, blank=True)
    listed = models.BooleanField(default=False)  # a pack lists it
    stated = models.BooleanField(default=False)  # a document names it
    rank = models.PositiveIntegerField(default=0)  # place in the list: most stated first
    first_known = models.CharField(max_length=10, blank=True)  # ISO date; empty: undated
    owner = models.ForeignKey(  # the unit's own data, where it has some here
        "accounts.Owner", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("rank", "id")
        constraints = (
            models.UniqueConstraint(fields=("alliance", "key"), name="organisation_key"),
            models.UniqueConstraint(fields=("alliance", "slug"), name="organisation_slug"),
        )
        indexes = (
            models.Index(fields=("alliance", "rank"), name="organisation_rank"),
            models.Index(fields=("alliance", "kind", "rank"), name="organisation_kind"),
        )


class Token(models.Model):
    """A character or a pair of neighbours in a name of an organisation: the search index.

    A table of our own works alike on SQLite and PostgreSQL, and finds two characters, which
    the trigram indexes of both miss.
    """

    alliance = models.ForeignKey("accounts.Alliance", models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="tokens")
    text = models.CharField(max_length=8)
    rank = models.PositiveIntegerField()  # of the organisation: hits come out in order

    class Meta:
        indexes = (
            models.Index(fields=("alliance", "text", "rank", "organisation"), name="token_find"),
            models.Index(fields=("organisation", "text"), name="token_check"),
        )

    def __str__(self) -> str:
        return self.text


class TokenCount(models.Model):
    """How many organisations have a token in a name: the rarest one leads a search."""

    alliance = models.ForeignKey("accounts.Alliance", models.CASCADE, related_name="+")
    text = models.CharField(max_length=8)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("alliance", "text"), name="token_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.text} {self.count}"


class PlaceCount(models.Model):
    """How many organisations there are of a kind in a province, so that no page counts them all."""

    alliance = models.ForeignKey("accounts.Alliance", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, blank=True)
    province = models.CharField(max_length=6, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("alliance", "kind", "province"), name="place_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.province} {self.count}"


class Person(Derived):
    """A person with a post, or with words on record."""

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("alliance", "key"), name="person_key"),)


class Dated(Derived):
    """A derived row that counts from a day."""

    day = models.CharField(max_length=10, blank=True)  # ISO date; empty: undated

    class Meta:
        abstract = True
        ordering = ("id",)


class PersonPost(Dated):
    """A person holds a post."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="person_posts"
    )


class UnitPost(Dated):
    """An organisation holds a post in an alliance."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="unit_posts")
    body = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="held_posts")


class Event(Dated):
    """Something that happened."""

    type = models.CharField(max_length=40)
    subject = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="events")


class PartPlayed(Dated):
    """An organisation's part in an event."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="parts")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="parts")


class Attendance(Dated):
    """How many came to a meeting."""

    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="attendances")


class Signing(Dated):
    """One act of signing; partners that are not named are in its record."""

    signer = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="signings")
    partners = models.ManyToManyField(Organisation, related_name="signed_with")


class Quotation(Dated):
    """What a person said."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="quotations")


class Verdict(models.Model):
    """A person found two names to be one organisation, or not to be."""

    alliance = models.ForeignKey("accounts.Alliance", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)  # as written
    other = models.CharField(max_length=255)  # the full name that it stands for, or does not
    same = models.BooleanField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name} {'=' if self.same else '≠'} {self.other}"
