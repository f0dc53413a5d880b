"""What do accounts remember? Alliances, people, their seats, and keys for programs."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.actor import Role


class Alliance(models.Model):
    """An alliance with everything that belongs to it; two are never added up."""

    slug = models.SlugField(unique=True)
    zh = models.CharField(_("name in Chinese"), max_length=120)
    en = models.CharField(_("name in English"), max_length=120)
    synthetic = models.BooleanField(_("demo data"), default=False)
    pack = models.CharField(_("region pack"), max_length=60, blank=True)

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
    left_on = models.DateField(null=True)  # its people's rights end with that day

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
