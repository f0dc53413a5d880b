"""What do accounts remember? Alliances, people, their seats, the ways in, and keys for programs."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.sessions import SessionStore


class Alliance(models.Model):
    """An alliance with everything that belongs to it; two are never added up."""

    slug = models.SlugField(unique=True)
    zh = models.CharField(_("name in Chinese"), max_length=120)
    en = models.CharField(_("name in English"), max_length=120)
    synthetic = models.BooleanField(_("demo data"), default=False)
    pack = models.CharField(_("region pack"), max_length=60, blank=True)
    password_only = models.BooleanField(default=False)  # guardians need their second factor anyway

    class Meta:
        ordering = ("synthetic", "id")

    def __str__(self) -> str:
        return self.slug


class User(AbstractUser):
    """A person who can sign in."""

    name = models.CharField(_("name"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    demo = models.BooleanField(default=False)  # enters by one click, on this machine only

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name or self.username


class Owner(models.Model):
    """A unit that owns data in an alliance: what it enters is its own, and its people are seated.

    Other tables hang on it; who it is, its names and codes, is told by the registry.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="owners")
    slug = models.CharField(max_length=16)  # random, for addresses: says nothing, counts nothing
    name = models.CharField(_("name"), max_length=120)
    left_on = models.DateField(null=True)  # out from the moment it left on that day

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("alliance", "slug"), name="owner_slug"),
            models.UniqueConstraint(fields=("alliance", "name"), name="owner_name"),
        )

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """The role that a person has in an alliance, and the unit that the person speaks for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=16, choices=Role.choices)
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="seats")
    ended_at = models.DateTimeField(null=True)  # kept, so that it can be told who once sat here

    class Meta:
        ordering = ("alliance", "user")
        constraints = (
            models.UniqueConstraint(fields=("user", "alliance"), name="one_seat_an_alliance"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="known_role"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.alliance_id} {self.role}"


class Key(models.Model):
    """Lets a program act as a person in one alliance; only its digest is kept."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)  # sha256 of the key
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link that seats one person once; only the digest of its token is kept."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="invitations")
    slug = models.CharField(max_length=16, unique=True)  # for addresses; lets nobody in
    digest = models.CharField(max_length=64, unique=True)  # sha256 of the token
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(max_length=16, choices=Role.choices)
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="invitations")
    renews = models.ForeignKey(Seat, models.CASCADE, null=True, related_name="+")  # a new way in
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="known_invited_role"
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Proposal(models.Model):
    """A change of rights that one person proposed and another decides on."""

    class Kind(models.TextChoices):
        """What is to be done."""

        INVITE = "invite", _("invite")
        CHANGE = "change", _("give another role")
        END = "end", _("end the seat")
        RENEW = "renew", _("give a new way in")
        PASSWORD_ONLY = "password-only", _("let the password do")
        BOTH_FACTORS = "both-factors", _("require the second factor")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("waits")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="proposals")
    slug = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    seat = models.ForeignKey(Seat, models.CASCADE, null=True, related_name="proposals")
    name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices, blank=True)
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            # The rule itself, below everything that could forget it.
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("proposed_by"), state="confirmed"),
                name="two_persons",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class SecondFactor(models.Model):
    """The secret that a person's authenticator shares with us, sealed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor"
    )
    sealed = models.TextField()
    last_step = models.BigIntegerField()  # of the last code that was taken; older ones are refused
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class RecoveryCode(models.Model):
    """Stands in for the authenticator once; only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Tries(models.Model):
    """How often somebody tried a user name, or tried from an address, and failed."""

    key = models.CharField(max_length=64, unique=True)  # keyed digest: people mistype into it
    count = models.IntegerField(default=0)
    since = models.DateTimeField()  # the first of them
    locks = models.IntegerField(default=0)  # each lasts twice as long as the one before
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class Visit(AbstractBaseSession):
    """A browser's session, with what its owner needs in order to know it again."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="visits"
    )
    device = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=45, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("-seen_at",)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore
