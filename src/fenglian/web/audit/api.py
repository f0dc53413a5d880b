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

    kind: Literal["", "reads", "changes"] = ""
    before: int = Field(0, ge=0, lt=10**18)


class EntryOut(Schema):
    """One thing that somebody did; ``rows`` are public ids, ``detail`` is JSON."""

    number: int
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
    """Entries, the newest first; ``next_before`` leads to the older ones, 0 where there are none."""

    synthetic: bool
    entries: list[EntryOut]
    next_before: int


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
    page = queries.list_entries(actor, Filter(wanted.kind, wanted.before))
    return EntriesOut(
        synthetic=actor.alliance.synthetic,
        entries=[EntryOut.from_orm(each) for each in page.lines],
        next_before=page.next_before,
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
