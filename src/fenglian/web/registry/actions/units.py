"""The secretariat adds units to an alliance; a unit takes its data away."""

from django.db import transaction

from fenglian.web.access.table import Act, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actions import create_owner
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Alliance, Owner
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.registry.faults import UnitKnown, UnitNameMissing

LONGEST = 120  # characters of a name
OWNER = "accounts.owner"


@transaction.atomic
def add_unit(actor: Actor, name: str) -> str:
    """Add a unit that owns data in the alliance, and return its address.

    Raises
    ------
    NotPermitted
        Where the role keeps no units.
    UnitNameMissing, UnitKnown
        Where there is no name, or one that is there already.
    """
    require(actor, Act.KEEP_UNITS)
    written = " ".join(name.split())
    if not written or len(written) > LONGEST:
        raise UnitNameMissing(most=LONGEST)
    if Owner.objects.filter(alliance_id=actor.alliance.id, name=written).exists():
        raise UnitKnown(name=written)
    # For a new unit SQLite looks through all tables that refer to units, secrets among them.
    with on_behalf_of_the_house():
        owner = create_owner(Alliance.objects.get(pk=actor.alliance.id), written)
    record(actor, [Occurrence("add", OWNER, (owner.slug,), owner.pk)])
    return owner.slug


@transaction.atomic
def note_export(actor: Actor) -> None:
    """Note that a unit's own people took all of its data away."""
    owner = Owner.objects.get(pk=actor.owner or 0)
    record(actor, [Occurrence("export", OWNER, (owner.slug,), owner.pk)])
