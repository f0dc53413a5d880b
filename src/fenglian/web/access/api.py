"""Grants for programs: what one's unit opened for others, and what others opened for it."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access import actions, queries
from fenglian.web.access.queries import GrantLine
from fenglian.web.accounts.actor import actor_of

router = Router(tags=["access"])


class GrantOut(Schema):
    """A grant; ``stands`` says whether it holds today."""

    id: str  # finds it again
    owner: str
    reader: str
    data_class: DataClass
    purpose: str
    until: date
    revoked: bool
    stands: bool


class GrantsOut(Schema):
    """What one's unit granted, and what was granted to it."""

    synthetic: bool
    given: list[GrantOut]
    received: list[GrantOut]


class GrantIn(Schema):
    """Which unit may read which class of one's own unit's rows, what for, and until which day."""

    reader: str = Field(max_length=120)
    data_class: DataClass
    purpose: str = Field(max_length=200)
    until: date


@router.get("/grants", response=GrantsOut, operation_id="list_grants")
def list_grants(request: HttpRequest) -> GrantsOut:
    """List the grants that one's unit gave and received, those that have ended too."""
    actor = actor_of(request)
    given, received = queries.list_grants(actor)
    return GrantsOut(
        synthetic=actor.alliance.synthetic,
        given=[_out(each) for each in given],
        received=[_out(each) for each in received],
    )


@router.post("/grants", response={201: GrantOut}, operation_id="give_grant")
def give_grant(request: HttpRequest, body: GrantIn) -> Status[GrantOut]:
    """Let another unit read one class of one's own unit's rows until a day."""
    actor = actor_of(request)
    slug = actions.give_grant(
        actor, body.reader, body.data_class, purpose=body.purpose, until=body.until
    )
    given, _received = queries.list_grants(actor)
    return Status(201, next(_out(each) for each in given if each.slug == slug))


@router.delete("/grants/{slug}", response={204: None}, operation_id="revoke_grant")
def revoke_grant(request: HttpRequest, slug: str) -> Status[None]:
    """Take a grant back; it ends at once and stays on record."""
    actions.revoke_grant(actor_of(request), slug)
    return Status(204, None)


def _out(line: GrantLine) -> GrantOut:
    return GrantOut(
        id=line.slug,
        owner=line.owner,
        reader=line.reader,
        data_class=line.data_class,
        purpose=line.purpose,
        until=line.until,
        revoked=line.revoked,
        stands=line.stands,
    )
