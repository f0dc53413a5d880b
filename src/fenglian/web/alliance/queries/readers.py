"""As whom is a letter to a unit written? As a member of it, who sees what a member sees."""

from dataclasses import replace

from fenglian.web.accounts.actor import Actor, Membership, Role
from fenglian.web.accounts.models import Alliance, Owner


def reader_of(actor: Actor, unit: Owner) -> Actor:
    """Return who reads a letter to a unit: the least that its people are, and nobody in person."""
    here = replace(actor.alliance, role=Role.MEMBER, owner=unit.pk, owner_name=unit.name)
    return Actor(user=0, zh="", en="", alliance=here, alliances=(here,))


def reader_in(row: Alliance, unit: Owner, who: str) -> Actor:
    """Return the same where nobody writes it but the installation; ``who`` stands in the log."""
    here = member_of(row, unit.pk, unit.name)
    return Actor(user=0, zh=who, en=who, alliance=here, alliances=(here,))


def member_of(row: Alliance, owner: int | None = None, name: str = "") -> Membership:
    """Return an alliance as a member's people see it."""
    return Membership(
        id=row.pk,
        slug=row.slug,
        zh=row.zh,
        en=row.en,
        synthetic=row.synthetic,
        pack=row.pack,
        role=Role.MEMBER,
        owner=owner,
        owner_name=name,
    )
