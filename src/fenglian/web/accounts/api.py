"""Accounts for programs: who acts by this key, and who sits in the alliance. Reading only.

Who gives or takes rights sits before a screen and came in with a second factor; a key is neither.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router, Schema

from fenglian.web.accounts import queries
from fenglian.web.accounts.actor import Role, actor_of

router = Router(tags=["accounts"])


class SelfOut(Schema):
    """The person a program acts as."""

    name: str
    role: Role
    alliance: str
    unit: str | None
    synthetic: bool


class PersonOut(Schema):
    """Somebody seated."""

    username: str
    name: str
    role: Role


class SeatedUnitOut(Schema):
    """A unit with its people; without a name, those who speak for none."""

    name: str | None
    left_on: date | None
    people: list[PersonOut]


@router.get("/self", response=SelfOut, operation_id="show_self")
def show_self(request: HttpRequest) -> SelfOut:
    """Say as whom, in which alliance and for which unit this program acts."""
    actor = actor_of(request)
    return SelfOut(
        name=actor.name,
        role=actor.role,
        alliance=actor.alliance.slug,
        unit=actor.alliance.owner_name or None,
        synthetic=actor.alliance.synthetic,
    )


@router.get("/units", response=list[SeatedUnitOut], operation_id="list_seated_units")
def list_seated_units(request: HttpRequest) -> list[SeatedUnitOut]:
    """List units and the people seated for them: all, or one's own unit, as the role allows."""
    actor = actor_of(request)
    if not queries.sees_people(actor):
        raise PermissionDenied
    return [
        SeatedUnitOut(
            name=unit.name or None,
            left_on=unit.left_on,
            people=[
                PersonOut(username=each.username, name=each.name, role=each.role)
                for each in unit.people
            ],
        )
        for unit in queries.list_units(actor)
    ]
