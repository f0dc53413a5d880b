"""The audit log for programs: who read or changed our data; for the auditor, whether it is whole."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenglian.web.accounts.actor import actor_of
from fenglian.web.audit import anchors, queries
from fenglian.web.audit.queries import Filter

router = Router(tags=["audit"])


class EntryFilterIn(Schema):
    """Which entries are asked for."""

    kind: Literal["", "reads", "changes", "others"] = ""
    page: int = Field(1, ge=1, le=100_000)


class EntryOut(Schema):
    """One thing that somebody did; ``rows`` are public ids, ``detail`` is JSON.

    ``number`` and ``digest`` are told to the auditor alone.
    """

    number: int | None
    at: datetime
    who: str
    unit: str
    role: str
    act: str
    table: str
    rows: list[str]
    data_class: str
    purpose: str
    detail: str
    digest: str


class EntriesOut(Schema):
    """A page of entries, the newest first."""

    synthetic: bool
    entries: list[EntryOut]
    page: int
    has_more: bool


class FaultOut(Schema):
    """One thing that is wrong with the log, at the entry where it shows."""

    number: int
    kind: str


class CheckOut(Schema):
    """What a check of the whole log found; ``faults`` are the first ones."""

    whole: bool
    count: int
    digest: str
    anchors: int
    found: int
    faults: list[FaultOut]


@router.get("/entries", operation_id="list_audit_entries", response=EntriesOut)
def list_audit_entries(request: HttpRequest, wanted: Query[EntryFilterIn]) -> EntriesOut:
    """List who read or changed the data of one's unit; for the auditor, everything."""
    actor = actor_of(request)
    page = queries.list_entries(actor, Filter(wanted.kind, wanted.page))
    return EntriesOut(
        synthetic=actor.alliance.synthetic,
        entries=[EntryOut.from_orm(each) for each in page.lines],
        page=wanted.page,
        has_more=page.has_more,
    )


@router.get("/check", operation_id="check_audit_log", response=CheckOut)
def check_audit_log(request: HttpRequest) -> CheckOut:
    """Recompute the whole log and hold it against the anchors of this installation; auditors only."""
    report = queries.check_for(actor_of(request), anchors.kept_anchors())
    return CheckOut(
        whole=report.whole,
        count=report.count,
        digest=report.last.digest,
        anchors=report.anchors,
        found=report.found,
        faults=[FaultOut(number=each.number, kind=each.kind) for each in report.faults],
    )
