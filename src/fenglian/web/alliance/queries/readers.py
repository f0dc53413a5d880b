"""As whom is a letter to a unit written? As a member of it, who sees what a member sees."""

from dataclasses import replace

from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.accounts.models import Owner


def reader_of(actor: Actor, unit: Owner) -> Actor:
    """Return who reads a letter to a unit: the least that its people are, and nobody in person."""
    here = replace(actor.alliance, role=Role.MEMBER, owner=unit.pk, owner_name=unit.name)
    return Actor(user=0, zh="", en="", alliance=here, alliances=(here,))
