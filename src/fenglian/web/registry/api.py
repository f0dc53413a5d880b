"""The registry for programs: organisations, events, signings, people, each with its evidence."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenglian.engine.registry import records as engine
from fenglian.web.accounts.actor import actor_of
from fenglian.web.registry import queries
from fenglian.web.registry.queries import FOREVER, Filter

router = Router(tags=["registry"])
DAY = r"^\d{4}-\d{2}-\d{2}$"
Day = Annotated[str | None, Field(pattern=DAY)]


class FilterIn(Schema):
    """Which organisations are asked for."""

    q: str = Field("", max_length=60)
    kind: str = ""
    province: str = ""
    as_of: str | None = Field(None, pattern=DAY)
    page: int = Field(1, ge=1, le=10_000)


class OrganisationLineOut(Schema):
    """An organisation in the list; ``id`` finds it whole."""

    id: str
    name: str
    kind: str
    province: str
    posts: list[str]
    parts: list[str]
    evidence: list[str]


class OrganisationsOut(Schema):
    """A page of organisations; ``synthetic`` says that all of it is invented."""

    synthetic: bool
    organisations: list[OrganisationLineOut]
    page: int
    has_more: bool


class RelationOut(Schema):
    """What another organisation is to this one; ``organisation`` is null: not in this registry."""

    kind: str
    name: str
    organisation: str | None
    said_by_it: bool
    said_by_other: bool


class OrganisationOut(Schema):
    """One organisation with everything that is stated of it."""

    synthetic: bool
    organisation: engine.Organisation
    unit_posts: list[engine.UnitPost]
    person_posts: list[engine.PersonPost]
    parts: list[engine.PartPlayed]
    events: list[engine.Event]
    attendances: list[engine.Attendance]
    signings: list[engine.Signing]
    relations: list[RelationOut]


class OverviewOut(Schema):
    """What happened, who signed, who holds which post."""

    synthetic: bool
    events: list[engine.Event]
    attendances: list[engine.Attendance]
    parts: list[engine.PartPlayed]
    signings: list[engine.Signing]
    persons: list[engine.Person]
    person_posts: list[engine.PersonPost]
    unit_posts: list[engine.UnitPost]
    quotations: list[engine.Quotation]


@router.get("/organisations", response=OrganisationsOut, operation_id="list_organisations")
def list_organisations(request: HttpRequest, wanted: Query[FilterIn]) -> OrganisationsOut:
    """List organisations, the most stated first: two characters of a name, or four of a credit code."""
    actor = actor_of(request)
    found = queries.list_organisations(
        actor, Filter(wanted.q, wanted.kind, wanted.province, wanted.as_of or "", wanted.page)
    )
    return OrganisationsOut(
        synthetic=actor.alliance.synthetic,
        organisations=[
            OrganisationLineOut(
                id=line.slug,
                name=line.name,
                kind=line.kind,
                province=line.province,
                posts=list(line.posts),
                parts=list(line.parts),
                evidence=list(line.evidence),
            )
            for line in found.lines
        ],
        page=found.number,
        has_more=found.has_more,
    )


@router.get(
    "/organisations/{identifier}", response=OrganisationOut, operation_id="get_organisation"
)
def get_organisation(request: HttpRequest, identifier: str, as_of: Day = None) -> OrganisationOut:
    """Return one organisation with posts, parts, events and signings, as of a day."""
    actor = actor_of(request)
    about = queries.find_about(actor, identifier, as_of or FOREVER)
    return OrganisationOut(
        synthetic=actor.alliance.synthetic,
        organisation=queries.find_organisation(actor, identifier),
        unit_posts=list(about.unit_posts),
        person_posts=list(about.person_posts),
        parts=list(about.parts),
        events=list(about.events),
        attendances=list(about.attendances),
        signings=list(about.signings),
        relations=[
            RelationOut(
                kind=each.kind,
                name=each.words,
                organisation=each.slug or None,
                said_by_it=each.own,
                said_by_other=each.other,
            )
            for each in queries.list_relations(actor, identifier, as_of or "")
        ],
    )


@router.get("/overview", response=OverviewOut, operation_id="get_registry_overview")
def get_overview(request: HttpRequest, as_of: Day = None) -> OverviewOut:
    """Return events, attendance, signings, people and posts, as of a day."""
    actor = actor_of(request)
    found = queries.find_overview(actor, as_of or FOREVER)
    return OverviewOut(
        synthetic=actor.alliance.synthetic,
        events=list(found.events),
        attendances=list(found.attendances),
        parts=list(found.parts),
        signings=list(found.signings),
        persons=list(found.persons),
        person_posts=list(found.person_posts),
        unit_posts=list(found.unit_posts),
        quotations=list(found.quotations),
    )
