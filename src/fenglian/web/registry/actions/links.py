"""The only writer of links for firms without an account, and of what comes in through them.

Whoever has the address writes for the unit, and sees nothing of what the unit keeps: no value,
no fault that names one, and not even whether a row was here before.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.intake.sheets import Sheets
from fenglian.engine.registry.faults import FormNotOpen, NotThisUnit, OtherOwner
from fenglian.engine.registry.sheets import RowOutcome
from fenglian.outside.workbook import read_workbook
from fenglian.web.access.table import Act, may
from fenglian.web.access.wall import lower_wall, on_behalf_of_the_house, raise_wall
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.happened import Happening
from fenglian.web.accounts.models import Owner
from fenglian.web.audit.actions import Occurrence, System, record
from fenglian.web.registry.actions.filling import (
    PROFILE,
    Receipt,
    code_of_unit,
    receive_sheets,
    sheet_of,
)
from fenglian.web.registry.actions.owned import may_write
from fenglian.web.registry.faults import LinkBusy, LinkDays, LinkForms
from fenglian.web.registry.models import Link, Way, new_slug
from fenglian.web.registry.profile_tables import profile_tables
from fenglian.web.registry.queries.links import (
    WHO,
    LinkVisit,
    open_links,
    sees_links,
    token_digest,
)

TOKEN_BYTES = 32
DAYS, MOST_DAYS = 14, 60
MOST_SENDINGS = 60  # of one link within the window: a firm with many rows sends a workbook
WINDOW = timedelta(hours=1)
LINK, UNIT = "registry.link", "accounts.owner"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link just made; the token is told this once."""

    token: str
    slug: str
    unit: str
    forms: tuple[str, ...]
    until: datetime


@transaction.atomic
def make_link(actor: Actor, owner: int, forms: Collection[str], *, days: int = DAYS) -> NewLink:
    """Make a link through which a unit's forms are filled in without an account.

    Where the unit has no profile yet, its form is among those that open: the other rows are told
    apart by the code that stands there.

    Raises
    ------
    ObjectDoesNotExist
        Where there is no such unit, or it is none of the actor's business.
    LinkDays, LinkForms
        Where the days are too few or many, or a form is none that the maker may send.
    """
    unit = Owner.objects.filter(pk=owner, alliance_id=actor.alliance.id).first()
    if unit is None or not sees_links(actor, unit) or _has_left(unit):
        raise ObjectDoesNotExist
    if not 1 <= days <= MOST_DAYS:
        raise LinkDays(days=days, most=MOST_DAYS)
    sendable = forms_to_send(actor, owner)
    if not forms or not set(forms) <= set(sendable):
        raise LinkForms(forms=", ".join(sorted(forms)))
    wanted = {*forms} if code_of_unit(actor, owner) else {*forms, PROFILE}
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    row = Link.objects.create(
        alliance_id=actor.alliance.id,
        owner=unit,
        slug=new_slug(),
        digest=token_digest(token),
        forms=[form for form in profile_tables() if form in wanted],
        until=now + timedelta(days=days),
        made_by_id=actor.user,
        made_at=now,
    )
    record(actor, [_occurrence("link-made", row.slug, owner, row.forms)])
    return NewLink(token, row.slug, unit.name, tuple(row.forms), row.until)


def _has_left(unit: Owner) -> bool:
    return unit.left_on is not None and unit.left_on <= timezone.localdate()


def forms_to_send(actor: Actor, owner: int) -> tuple[str, ...]:
    """Return the forms that an actor may open by a link: the secretariat all of them."""
    tables = profile_tables()
    if may(actor, Act.KEEP_UNITS):
        return tuple(tables)
    return tuple(form for form in tables if may_write(actor, form, owner))


@transaction.atomic
def revoke_link(actor: Actor, slug: str) -> None:
    """Take a link back: it opens nothing from this moment on, and stays on record.

    Raises ``ObjectDoesNotExist`` where it is none of the actor's business.
    """
    rows = Link.objects.filter(alliance_id=actor.alliance.id, slug=slug)
    row = rows.select_related("owner").first()
    if row is None or not sees_links(actor, row.owner):
        raise ObjectDoesNotExist
    if row.revoked_at is None:
        rows.update(revoked_at=timezone.now())
        record(actor, [_occurrence("link-revoked", slug, row.owner_id, row.forms)])


def hear(actor: Actor | None, happenings: Iterable[Happening], **_signal: Any) -> None:
    """Take the links of a unit that leaves back; they do not open again when it returns."""
    for told in happenings:
        if (told.act, told.table) == ("leave", UNIT):
            rows = Link.objects.filter(
                owner_id=told.owner, revoked_at=None, until__gt=timezone.now()
            )
            found = list(rows)
            rows.update(revoked_at=timezone.now())
            record(
                actor,
                [_occurrence("link-revoked", row.slug, told.owner, row.forms) for row in found],
            )


def _occurrence(act: str, slug: str, owner: int, forms: Iterable[str]) -> Occurrence:
    return Occurrence(
        act=act, table=LINK, rows=(slug,), owner=owner, detail={"forms": sorted(forms)}
    )


# What comes in.


def fill_by_link(visit: LinkVisit, form: str, typed: Mapping[str, str]) -> Receipt:
    """Keep one row as typed by whoever has the link; what is left empty stays as it stands.

    Raises ``ObjectDoesNotExist`` where the link does not open the form, or no longer anything,
    and ``LinkBusy``.
    """
    if form not in visit.forms:
        raise ObjectDoesNotExist
    _take_turn(visit)
    return _receive(visit, sheet_of(profile_tables()[form], [typed]))


def import_by_link(visit: LinkVisit, *, content: bytes, name: str) -> Receipt:
    """Bring a workbook in through a link; rows of forms that it does not open are refused."""
    _take_turn(visit)
    sheets = read_workbook(content, name)
    return _receive(visit, sheets, digest=sha256(content).hexdigest())


@transaction.atomic
def _take_turn(visit: LinkVisit) -> None:
    """Count a sending before it is looked at, in a transaction of its own: wrong ones count too."""
    rows = open_links().filter(slug=visit.link)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:  # revoked or run out while the page was open
        raise ObjectDoesNotExist
    now = timezone.now()
    if row.since is None or now - row.since > WINDOW:
        row.sent, row.since = 0, now
    if row.sent >= MOST_SENDINGS:
        until = timezone.localtime(row.since + WINDOW + timedelta(minutes=1))
        raise LinkBusy(until=until.strftime("%H:%M"))
    row.sent, row.used_at = row.sent + 1, now
    row.save(update_fields=["sent", "since", "used_at"])


def _receive(visit: LinkVisit, sheets: Sheets, *, digest: str = "") -> Receipt:
    with _as_unit(visit), transaction.atomic():
        receipt = receive_sheets(
            visit.actor,
            visit.owner,
            sheets,
            Way.LINK,
            digest=digest,
            screen=lambda row: _screen(row, visit.forms),
        )
        forms = {row.table for row in receipt.rows if row.table and row.status != "rejected"}
        who = System(WHO, visit.actor.alliance.slug)
        record(who, [_occurrence("link", visit.link, visit.owner, forms)])
    return replace(receipt, rows=tuple(map(_told, receipt.rows)))


@contextmanager
def _as_unit(visit: LinkVisit) -> Iterator[None]:
    """Raise the wall for the one whom a link makes of its visitor, and after that as it was."""
    with on_behalf_of_the_house():
        raise_wall(visit.actor)
        try:
            yield
        finally:
            lower_wall()


def _screen(row: RowOutcome, forms: Collection[str]) -> RowOutcome:
    """Refuse what the link does not open, and tell nobody which code would be right."""
    if row.table is not None and row.table not in forms:
        label = profile_tables()[row.table].label
        place = {"sheet": row.sheet, "cell": str(row.row), "value": row.sheet}
        fault = FormNotOpen(**place, form_zh=label.zh, form_en=label.en)
        return replace(row, status="rejected", record=None, faults=(fault,))
    if not any(isinstance(fault, OtherOwner) for fault in row.faults):
        return row
    kept = tuple(
        NotThisUnit(**{name: fault.facts[name] for name in ("sheet", "cell", "value")})
        if isinstance(fault, OtherOwner)
        else fault
        for fault in row.faults
    )
    return replace(row, faults=kept)


def _told(row: RowOutcome) -> RowOutcome:
    """Say "accepted" of rows that were here before: the difference would tell what is kept."""
    return replace(row, status="accepted") if row.status == "duplicate" else row
