"""What does intake remember? Documents, what they state, and what people decided about it.

Nothing here is ever deleted: a rejected statement stays, an undone decision stays, and the
bytes of a document stay as they came. Rows are written by ``actions.py`` alone.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One received text, its repair and its page analysis."""

    alliance = models.ForeignKey(
        "accounts.Alliance", on_delete=models.PROTECT, related_name="documents"
    )
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    content = models.BinaryField()  # the bytes as received
    size = models.PositiveIntegerField()  # bytes
    charset = models.CharField(max_length=32)
    raw_text = models.TextField()
    clean_text = models.TextField()
    edits = models.JSONField()
    origins = models.JSONField()  # clean → raw characters, packed; see records.py
    byte_starts = models.JSONField()  # raw characters → bytes, packed
    marks = models.JSONField()
    header = models.JSONField()
    home = models.CharField(max_length=12, null=True)  # noqa: DJ001  # unknown is None, never ""
    unresolved = models.JSONField()  # numbers that touch damage: seen, not believed
    form = models.CharField(
        max_length=8, default="text"
    )  # what the bytes are, of the engine's FORMS
    parts = models.JSONField(default=list)  # raw characters → page or paragraph, packed
    unread = models.JSONField(default=list)  # pages of the file that hold no text
    versions = models.JSONField()  # extractor → version that read it
    received_at = models.DateTimeField()

    # Set by actions.receive_document: these bytes were here before.
    found_again = False

    class Meta:
        ordering = ("-received_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("alliance", "sha256"), name="read_once_an_alliance"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"


class Statement(models.Model):
    """One property of one subject, as read and as it stands after the decisions."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("to check")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="statements")
    identifier = models.CharField(max_length=16, db_index=True)  # the engine's, from the content
    place = models.PositiveIntegerField()  # order in the document
    fact = models.CharField(max_length=40)
    subject = models.TextField()
    property = models.CharField(max_length=40)
    value = models.TextField()
    quantity = models.JSONField(null=True)
    qualifiers = models.JSONField()
    words = models.TextField()
    clean_start = models.PositiveIntegerField()
    clean_end = models.PositiveIntegerField()
    raw_start = models.PositiveIntegerField()
    raw_end = models.PositiveIntegerField()
    octets_start = models.PositiveIntegerField()
    octets_end = models.PositiveIntegerField()
    extractor = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    grade = models.CharField(max_length=1)
    standing = models.CharField(max_length=12)
    doubts = models.JSONField()  # names of the reasons why a person must look closer
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    edited = models.BooleanField(default=False)

    class Meta:
        ordering = ("document", "place")
        constraints = (
            models.UniqueConstraint(fields=("document", "identifier"), name="stated_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=("proposed", "accepted", "rejected")),
                name="known_state",
            ),
        )
        indexes = (models.Index(fields=("state", "fact"), name="statement_state_fact"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.property} {self.value}"


class Decision(models.Model):
    """What a person did to a statement, with what stood there before and after."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        EDIT = "edit", _("edited")
        REJECT = "reject", _("rejected")
        UNDO = "undo", _("undone")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    before = models.JSONField()
    after = models.JSONField()
    batch = models.UUIDField(null=True)  # decisions made by one click are undone by one
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: decided before there were accounts
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.statement_id}"
