"""A member list comes in, as the secretariat kept it before: looked at first, then kept.

Who is on it and was never heard of here becomes a member by the list itself, which stands in the
record as what that rests on. Of a member that is here it changes tier and representative, and
nothing else; a name that is only near to one that is here is not decided on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance.membership import MEMBER, STATES
from fenglian.engine.alliance.roll import (
    Enrolled,
    Meant,
    check_roll,
    enrolled,
    find_meant,
    refuse,
)
from fenglian.engine.alliance.sheet_faults import OnItsWay, PostsNotTaken, SinceDiffers
from fenglian.engine.registry.mapping import recognise
from fenglian.engine.registry.sheets import RowOutcome, read_profile_sheets
from fenglian.outside.workbook import read_workbook
from fenglian.web.access.table import Act, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.keeping import add_delegate, set_tier
from fenglian.web.alliance.actions.records import note
from fenglian.web.alliance.actions.stepping import state_of, write_step
from fenglian.web.alliance.models import Member
from fenglian.web.alliance.queries.sheets import (
    current_delegates,
    list_sheet_members,
    registered_names,
)
from fenglian.web.alliance.sheet_tables import MEMBERS, known_places, sheet_tables
from fenglian.web.registry.actions import Brought, Receipt, add_unit
from fenglian.web.registry.listings import regions

LONGEST_NAME = 80  # characters of a file's name, on record


@dataclass(frozen=True, slots=True)
class _List:
    """What is on record before a list comes in, and the list itself."""

    grounds: str  # as it stands in the record
    posts: Mapping[str, str]  # unit → posts as the list of today has them
    delegates: Mapping[str, Sequence[tuple[str, str]]]


def bring_members(actor: Actor, *, content: bytes, name: str, keep: bool = False) -> Brought:
    """Bring a member list in, or only look what would become of it.

    Raises
    ------
    NotPermitted
        Where the actor keeps no members or no units.
    WorkbookError, DocumentError
        Where the file is not read at all.
    """
    require(actor, Act.KEEP_MEMBERS)
    require(actor, Act.KEEP_UNITS)
    sheets = read_workbook(content, name)  # in a child with limits, before anything is locked
    tables = {MEMBERS: sheet_tables()[MEMBERS]}
    reading = read_profile_sheets(sheets, tables, known=known_places())
    digest = sha256(content).hexdigest()[:12]
    with transaction.atomic():
        checked = [check_roll(row, timezone.localdate()) for row in reading.rows]
        before = _List(
            grounds=f"{name[-LONGEST_NAME:]} · SHA-256 {digest}",
            posts=_posts(actor),
            delegates=current_delegates(actor),
        )
        meant = find_meant(checked, registered_names(actor), regions())
        rows = tuple(_take(actor, each, before) for each in meant)
        if not keep:
            transaction.set_rollback(True)
    receipt = Receipt(rows, reading.warnings, reading.left_aside)
    return Brought(sheets, recognise(sheets, tables), receipt, keep)


def _posts(actor: Actor) -> dict[str, str]:
    return {str(row["unit"]): str(row["posts"] or "") for row in list_sheet_members(actor, "zh")}


def _take(actor: Actor, meant: Meant, before: _List) -> RowOutcome:
    row = meant.row
    if row.status != "accepted":
        return row
    said = enrolled(row)
    unit = meant.unit or said.name
    posts = str(row.values.get("posts") or "")
    if posts and posts != before.posts.get(unit, ""):
        row = replace(row, warnings=(*row.warnings, PostsNotTaken(**row.place("posts"))))
    if not meant.unit:
        return _enrol(actor, row, said, add_unit(actor, unit), before)
    owner = Owner.objects.get(alliance_id=actor.alliance.id, name=unit)
    with on_behalf_of_the_house():
        stands = state_of(owner.pk)
    if stands.state is None:
        return _enrol(actor, row, said, owner.slug, before)
    if stands.state not in MEMBER:
        label = STATES[stands.state]
        fault = OnItsWay(**row.place("unit"), state_zh=label.zh, state_en=label.en)
        return refuse(row, fault)
    if stands.member_since != said.since:
        return refuse(row, SinceDiffers(**row.place("since"), known=stands.member_since))
    return _keep_up(actor, row, said, owner, before)


def _enrol(actor: Actor, row: RowOutcome, said: Enrolled, slug: str, before: _List) -> RowOutcome:
    """Make a unit a member by the list, with tier and representative."""
    with on_behalf_of_the_house():
        owner = Owner.objects.get(alliance_id=actor.alliance.id, slug=slug)
        rests_on = {"roll": before.grounds} | ({"code": said.code} if said.code else {})
        step = write_step(actor, owner, "enrol", rests_on, said.since)
        note(actor, "add", step, step="enrol")
    set_tier(actor, slug, said.tier)
    if row.values.get("state") in (STATES["in_arrears"].zh, STATES["in_arrears"].en):
        with on_behalf_of_the_house():
            today = timezone.localdate()
            step = write_step(actor, owner, "fall_behind", {"reminder": before.grounds}, today)
            note(actor, "add", step, step="fall_behind")
    if said.delegate:
        add_delegate(actor, slug, said.delegate, said.title, since=said.since)
    return row


def _keep_up(
    actor: Actor, row: RowOutcome, said: Enrolled, owner: Owner, before: _List
) -> RowOutcome:
    """Change of a member what the list may change; nothing new makes it a duplicate."""
    with on_behalf_of_the_house():
        tier = Member.objects.whole().get(owner_id=owner.pk).tier
    if tier != said.tier:
        set_tier(actor, owner.slug, said.tier)
    names = [name for name, _title in before.delegates.get(owner.name, ())]
    speaks = bool(said.delegate) and said.delegate not in names
    if speaks:
        add_delegate(actor, owner.slug, said.delegate, said.title)
    return row if tier != said.tier or speaks else replace(row, status="duplicate")
