"""The only writer of who is who: two names are one, or two; said, confirmed by another, taken back."""

import secrets

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.faults import AlreadySaid, AnotherPersonNeeded, NothingToConfirm, SameName
from fenglian.web.intake.models import Identity, Statement
from fenglian.web.intake.signals import statements_decided

# Fact types and properties whose value is the name of an organisation.
NAMED_IN_VALUE = frozenset({"role", "signing"})
NOT_NAMES = frozenset({"partners", "unnamed_partner"})  # properties of them that are numbers


@transaction.atomic
def state_identity(actor: Actor, kind: str, name: str, other: str, *, same: bool) -> str:
    """Say that two names are one, or two; return its address.

    That two are one counts when another person has confirmed it; that they are two counts at once.
    """
    require(actor, Act.DECIDE)
    slug = _add(actor, kind, name.strip(), other.strip(), same=same, takes_two=same)
    _tell(actor)
    return slug


@transaction.atomic
def second_identity(actor: Actor, slug: str) -> None:
    """Confirm what another person said of two names."""
    require(actor, Act.SECOND)
    row = _own(actor).select_for_update().get(slug=slug)
    if row.withdrawn_at is not None or row.seconded_by_id is not None or not row.takes_two:
        raise NothingToConfirm(what=str(row))
    if row.said_by_id == actor.user:
        raise AnotherPersonNeeded(what=str(row))
    row.seconded_by_id, row.seconded_at = actor.user, timezone.now()
    row.save(update_fields=["seconded_by", "seconded_at"])
    _tell(actor)


@transaction.atomic
def withdraw_identity(actor: Actor, slug: str) -> None:
    """Take back what was said of two names; it stays on record."""
    require(actor, Act.DECIDE)
    if _withdraw(actor, _own(actor).filter(slug=slug)):
        _tell(actor)


@transaction.atomic
def withdraw_pair(actor: Actor, name: str, other: str) -> None:
    """Take back whatever stands about two names."""
    require(actor, Act.DECIDE)
    _withdraw(actor, _own(actor).filter(_pair(name, other)))
    _tell(actor)


def keep_alias(actor: Actor, row: Statement, read: str, corrected: str) -> None:
    """Make a corrected name an alias of the right one, at once.

    Where another statement uses the name as it was read, two organisations would become one:
    then it waits for a second person, as every merge does.
    """
    if row.fact not in NAMED_IN_VALUE or row.property in NOT_NAMES or read == corrected:
        return
    if _own(actor).filter(_pair(read, corrected), withdrawn_at=None).exists():
        return
    elsewhere = Statement.objects.filter(
        Q(value=read) | Q(subject=read), document__alliance_id=actor.alliance.id
    )
    merges = elsewhere.exclude(pk=row.pk).exclude(state=Statement.State.REJECTED).exists()
    kind = Identity.Kind.ORGANISATION
    _add(actor, kind, read, corrected, same=True, takes_two=merges, correction_of=row)


def withdraw_alias(actor: Actor, row: Statement) -> None:
    """Take back the alias that an undone correction had made."""
    _withdraw(actor, _own(actor).filter(correction_of=row))


def _own(actor: Actor) -> QuerySet[Identity]:
    return Identity.objects.filter(alliance_id=actor.alliance.id)


def _withdraw(actor: Actor, rows: QuerySet[Identity]) -> int:
    return rows.filter(withdrawn_at=None).update(
        withdrawn_by_id=actor.user, withdrawn_at=timezone.now()
    )


def _tell(actor: Actor) -> None:
    statements_decided.send(sender=Identity, actor=actor)


def _pair(name: str, other: str) -> Q:
    return Q(name=name, other=other) | Q(name=other, other=name)


def _add(
    actor: Actor,
    kind: str,
    name: str,
    other: str,
    *,
    same: bool,
    takes_two: bool,
    correction_of: Statement | None = None,
) -> str:
    if name == other:
        raise SameName(name=name)
    if _own(actor).filter(_pair(name, other), kind=kind, withdrawn_at=None).exists():
        raise AlreadySaid(name=name, other=other)
    row = Identity.objects.create(
        alliance_id=actor.alliance.id,
        slug=secrets.token_hex(8),
        kind=kind,
        name=name,
        other=other,
        same=same,
        takes_two=takes_two,
        correction_of=correction_of,
        said_by_id=actor.user,
        said_at=timezone.now(),
    )
    return row.slug
