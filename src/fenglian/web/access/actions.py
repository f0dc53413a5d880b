"""The only writer of grants and purposes; each change leaves an entry in the log."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.faults import (
    ClassNotOpen,
    DayOutOfRange,
    GrantWithoutUnit,
    OwnPurpose,
    PurposeMissing,
    PurposeOver,
    UnknownReader,
)
from fenglian.web.access.models import Grant, Purpose
from fenglian.web.access.rights import LOGGED, cell
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.happened import Happening
from fenglian.web.accounts.models import Owner
from fenglian.web.audit.actions import Occurrence, System, record

LONGEST_GRANT = timedelta(days=366)
LONGEST_PURPOSE = timedelta(hours=8)
GRANT, PURPOSE = "access.grant", "access.purpose"
SEAT, UNIT = "accounts.seat", "accounts.owner"  # what accounts tell of
WHO = "fenglian user"  # who the log says that it was, where it was nobody of an alliance


@transaction.atomic
def give_grant(
    actor: Actor, reader: str, data_class: DataClass, *, purpose: str, until: date
) -> str:
    """Let another unit read one class of one's own unit's rows until a day; return its address.

    Raises
    ------
    GrantWithoutUnit, UnknownReader, PurposeMissing, DayOutOfRange
        Where the unit is one's own or unknown, the purpose empty, or the day past or too far.
    """
    require(actor, Act.GRANT)
    if actor.owner is None:
        raise GrantWithoutUnit
    to = Owner.objects.filter(alliance_id=actor.alliance.id, name=reader, left_on=None).first()
    if to is None or to.pk == actor.owner:
        raise UnknownReader(name=reader)
    if not purpose.strip():
        raise PurposeMissing
    today = timezone.localdate()
    if not today <= until <= today + LONGEST_GRANT:
        raise DayOutOfRange(until=until, last=today + LONGEST_GRANT)
    row = Grant.objects.create(
        alliance_id=actor.alliance.id,
        owner_id=actor.owner,
        reader=to,
        data_class=data_class,
        purpose=purpose.strip(),
        until=until,
        given_by_id=actor.user,
        given_at=timezone.now(),
    )
    detail = {"reader": to.name, "until": until}
    record(actor, [_on_grant("grant", row, detail)])
    return row.slug


@transaction.atomic
def revoke_grant(actor: Actor, slug: str) -> None:
    """Take a grant of one's own unit back; it ends at once and stays on record."""
    require(actor, Act.GRANT)
    row = Grant.objects.get(slug=slug, alliance_id=actor.alliance.id, owner_id=actor.owner or 0)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        record(actor, [_on_grant("revoke", row, {"reader": row.reader.name})])


def _on_grant(act: str, row: Grant, detail: dict[str, object]) -> Occurrence:
    return Occurrence(
        act=act,
        table=GRANT,
        rows=(row.slug,),
        owner=row.owner_id,
        data_class=row.data_class,
        purpose=row.purpose,
        detail=detail,
    )


@transaction.atomic
def state_purpose(actor: Actor, data_class: DataClass, words: str) -> str:
    """Say what others' secrets are needed for; nothing opens before a second person confirms.

    Raises
    ------
    ClassNotOpen, PurposeMissing
        Where the role reads this class for no purpose, or no words are given.
    """
    require(actor, Act.STATE_PURPOSE)
    rights = cell(actor.role, data_class)
    if data_class not in LOGGED or not rights.stated:
        raise ClassNotOpen(data_class=data_class)
    if not words.strip():
        raise PurposeMissing
    now = timezone.now()
    row = Purpose.objects.create(
        alliance_id=actor.alliance.id,
        user_id=actor.user,
        data_class=data_class,
        words=words.strip(),
        stated_at=now,
        until=now + LONGEST_PURPOSE,
    )
    record(actor, [_on_purpose("state", row)])
    return row.slug


@transaction.atomic
def confirm_purpose(actor: Actor, slug: str) -> None:
    """Confirm what another person wants others' secrets for.

    Raises
    ------
    OwnPurpose, PurposeOver
        Where it is one's own, ended, run out or confirmed before.
    """
    require(actor, Act.CONFIRM_PURPOSE)
    row = _purpose(actor, slug)
    now = timezone.now()
    if row.user_id == actor.user:
        raise OwnPurpose
    if row.confirmed_by_id is not None or row.ended_at is not None or row.until <= now:
        raise PurposeOver
    row.confirmed_by_id, row.confirmed_at = actor.user, now
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    record(actor, [_on_purpose("confirm", row)])


@transaction.atomic
def end_purpose(actor: Actor, slug: str) -> None:
    """End a purpose: one's own, or as one who confirms; it stays on record."""
    row = _purpose(actor, slug)
    if row.user_id != actor.user:
        require(actor, Act.CONFIRM_PURPOSE)
    if row.ended_at is None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        record(actor, [_on_purpose("end", row)])


def _purpose(actor: Actor, slug: str) -> Purpose:
    row = Purpose.objects.filter(slug=slug, alliance_id=actor.alliance.id).first()
    if row is None:
        raise ObjectDoesNotExist
    return row


def hear(actor: Actor | None, happenings: Iterable[Happening], **_signal: Any) -> None:
    """End what was opened for a seat or by a unit that goes: nothing of it comes back with them."""
    for told in happenings:
        if told.table == SEAT and told.act in ("seat", "end"):
            alliance = str(told.detail["alliance"])
            _end_purposes(actor or System(WHO, alliance), int(told.rows[0]), alliance)
        elif told.table == UNIT and told.act == "leave":
            _end_grants(actor, told.owner)


def _end_purposes(actor: Actor | System, user: int, alliance: str) -> None:
    now = timezone.now()
    rows = Purpose.objects.filter(user_id=user, alliance__slug=alliance, ended_at=None)
    found = list(rows.filter(until__gt=now))
    if found:
        rows.filter(until__gt=now).update(ended_at=now)
        record(actor, [_on_purpose("end", row) for row in found])


def _end_grants(actor: Actor | None, owner: int) -> None:
    rows = Grant.objects.filter(owner_id=owner, revoked_at=None, until__gte=timezone.localdate())
    found = list(rows.select_related("reader"))
    if found:
        rows.update(revoked_at=timezone.now())
        record(actor, [_on_grant("revoke", row, {"reader": row.reader.name}) for row in found])


def _on_purpose(act: str, row: Purpose) -> Occurrence:
    return Occurrence(
        act=act,
        table=PURPOSE,
        rows=(row.slug,),
        data_class=row.data_class,
        purpose=row.words,
        detail={"by": row.user_id},
    )
