"""Who acts? One person in one role of one alliance, as every action and query is told.

Also the two things that a view asks of a request before all else: who it is, and whether a
stranger may come here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.role_names import RoleName

ALLIANCE = "alliance"  # session key: slug of the alliance that is open
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Role(TextChoices):
    """What a person is in an alliance; the access table says what that allows."""

    SECRETARIAT = RoleName.SECRETARIAT.value, _("Secretariat")
    MEMBER = RoleName.MEMBER.value, _("Member firm")
    COUNCIL = RoleName.COUNCIL.value, _("Council unit")
    GOVERNMENT = RoleName.GOVERNMENT.value, _("Government")
    INSTITUTE = RoleName.INSTITUTE.value, _("University or institute")
    BANK = RoleName.BANK.value, _("Bank")
    ANALYST = RoleName.ANALYST.value, _("Analyst")
    STEWARD = RoleName.STEWARD.value, _("Clean-team steward")
    SYSTEM_ADMIN = RoleName.SYSTEM_ADMIN.value, _("System administrator")
    SECURITY_ADMIN = RoleName.SECURITY_ADMIN.value, _("Security administrator")
    AUDITOR = RoleName.AUDITOR.value, _("Auditor")


@dataclass(frozen=True, slots=True)
class Membership:
    """An alliance as its people see it, and the role that this person has there."""

    id: int
    slug: str
    zh: str
    en: str
    synthetic: bool  # invented throughout, and marked so wherever it shows
    pack: str  # id of the region pack whose organisations it lists; may be empty
    role: Role
    owner: int | None  # the unit that this person speaks for; None: for none
    owner_name: str = ""

    @property
    def name(self) -> str:
        """The alliance's name in the language of the request."""
        return self.en if (get_language() or "zh").startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work in one alliance."""

    user: int  # primary key
    zh: str  # name
    en: str
    alliance: Membership
    alliances: tuple[Membership, ...]  # all that this person may switch to

    @property
    def name(self) -> str:
        """The person's name in the language of the request."""
        return self.en if (get_language() or "zh").startswith("en") else self.zh

    @property
    def role(self) -> Role:
        """The role in the alliance that is open."""
        return self.alliance.role

    @property
    def owner(self) -> int | None:
        """The unit that this person speaks for in the alliance that is open; None: for none."""
        return self.alliance.owner


def visitor(request: HttpRequest) -> Actor | None:
    """Return who sent a request; None for a stranger."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who sent a request; strangers are refused."""
    actor = visitor(request)
    if actor is None:
        raise PermissionDenied
    return actor


def open_to_strangers(view: View) -> View:
    """Mark a view that needs no account; all others do."""
    view.open_to_strangers = True  # type: ignore[attr-defined]  # read by the gate
    return view
