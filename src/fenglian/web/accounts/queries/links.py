"""Which links still let somebody in, and how are tries and tokens named?"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.faults import LinkSpent
from fenglian.web.accounts.models import Invitation


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """What a link tells whoever opens it."""

    zh: str  # the alliance
    en: str
    name: str
    role: Role
    unit: str
    username: str  # of the person to whom it gives a new way in; empty: a new person
    expires_at: datetime

    @property
    def alliance(self) -> str:
        """The alliance's name in the language of the request."""
        return self.en if (get_language() or "zh").startswith("en") else self.zh


def token_digest(token: str) -> str:
    """Return what is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def tries_key(kind: str, what: str) -> str:
    """Return under which key tries are counted: spellings of one name count together."""
    spelt = unicodedata.normalize("NFKC", what).casefold()
    digest: str = salted_hmac(f"accounts.tries.{kind}", spelt, algorithm="sha256").hexdigest()
    return digest


def open_links() -> QuerySet[Invitation]:
    """Return the links that still work; those of units that have left do not."""
    waiting = Invitation.objects.filter(
        used_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    return waiting.filter(Q(owner=None) | Q(owner__left_on=None))


def find_link(token: str) -> LinkSeen:
    """Return what an open link tells; raises ``LinkSpent`` for every other."""
    rows = open_links().select_related("alliance", "owner", "renews__user")
    row = rows.filter(digest=token_digest(token)).first()
    if row is None:
        raise LinkSpent
    return LinkSeen(
        zh=row.alliance.zh,
        en=row.alliance.en,
        name=row.name,
        role=Role(row.role),
        unit=row.owner.name if row.owner else "",
        username=row.renews.user.username if row.renews else "",
        expires_at=row.expires_at,
    )
