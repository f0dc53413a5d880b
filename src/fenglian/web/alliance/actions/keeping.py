"""The only writer of fees, certificates, yearly checks, tiers and representatives."""

from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance.certificate import certificate_number, valid_until
from fenglian.engine.alliance.membership import MEMBER, fees_due
from fenglian.engine.alliance.terms import years_after
from fenglian.engine.alliance.tiers import check_tier
from fenglian.web.access.table import Act, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.outward import renew_page
from fenglian.web.alliance.actions.records import note, past, said, unit_for
from fenglian.web.alliance.faults import (
    CertificateIssued,
    CheckedTwice,
    FeeNotNoted,
    FeeTwice,
    NoMember,
)
from fenglian.web.alliance.models import Delegate, Fee, Member, YearlyCheck


def _member(actor: Actor, slug: str) -> tuple[Owner, Member]:
    """Return a member of today, for the secretariat; raises ``NoMember``."""
    require(actor, Act.KEEP_MEMBERS)
    owner = unit_for(actor, slug)
    row = Member.objects.whole().filter(owner_id=owner.pk, state__in=MEMBER).first()
    if row is None:
        raise NoMember
    return owner, row


def _change(row: Member, **values: object) -> None:
    Member.objects.whole().filter(pk=row.pk).update(**values)


@transaction.atomic
def note_fee(
    actor: Actor, slug: str, yuan: int, receipt: str, *, paid_on: date | None = None
) -> None:
    """Note the oldest fee that is still owed as paid; 0 yuan where the charter asks none.

    Raises
    ------
    NoMember, FieldMissing, DayNotPast, FeeTwice
        Where there is nothing to pay for, no receipt, or all that is due is paid.
    """
    with on_behalf_of_the_house():
        owner, member = _member(actor, slug)
        words = said(receipt, "收据号或免缴依据", "number of the receipt, or why none is asked")
        rows = Fee.objects.whole().filter(owner_id=owner.pk)
        paid = dict(rows.values_list("due_on", "paid_on"))
        first = member.member_since or timezone.localdate()
        due = fees_due(first, yuan, paid, on=timezone.localdate())
        owed = next((each.due_on for each in due if each.paid_on is None), None)
        if owed is None:
            raise FeeTwice(due_on=due[-1].due_on)
        row = Fee.objects.create(
            alliance_id=actor.alliance.id,
            owner=owner,
            due_on=owed,
            yuan=yuan,
            paid_on=past(paid_on),
            receipt=words,
            noted_at=timezone.now(),
            noted_by_id=actor.user,
        )
        note(actor, "add", row, fields=["yuan", "paid_on", "receipt"])


@transaction.atomic
def issue_certificate(actor: Actor, slug: str) -> str:
    """Give a member its certificate's number, and return it.

    Raises
    ------
    NoMember, FeeNotNoted, CertificateIssued
        Where it is none, has paid nothing yet, or has a certificate.
    """
    with on_behalf_of_the_house():
        owner, member = _member(actor, slug)
        if member.certificate:
            raise CertificateIssued(number=member.certificate)
        since = member.member_since
        if (
            since is None
            or not Fee.objects.whole().filter(owner_id=owner.pk, due_on__gte=since).exists()
        ):
            raise FeeNotNoted
        today = timezone.localdate()
        rows = Member.objects.whole().filter(alliance_id=actor.alliance.id)
        before = rows.filter(issued_on__year=today.year).values_list("certificate", flat=True)
        number = certificate_number(actor.alliance.slug, today.year, before)
        _change(member, certificate=number, issued_on=today, valid_until=valid_until(today))
        note(actor, "change", member, fields=["certificate", "issued_on", "valid_until"])
    return number


@transaction.atomic
def note_yearly_check(actor: Actor, slug: str, year: int, words: str, *, passed: bool) -> None:
    """Keep the outcome of a yearly check; passed, the certificate holds for another year.

    Raises
    ------
    NoMember, FieldMissing, CheckedTwice
        Where it is no member, nothing is said, or the year has passed its check already.
    """
    with on_behalf_of_the_house():
        owner, member = _member(actor, slug)
        found = said(words, "年检意见", "what was found")
        rows = YearlyCheck.objects.whole().filter(owner_id=owner.pk, year=year)
        if rows.filter(passed=True).exists():
            raise CheckedTwice(year=year)
        row = YearlyCheck.objects.create(
            alliance_id=actor.alliance.id,
            owner=owner,
            year=year,
            passed=passed,
            words=found,
            checked_on=timezone.localdate(),
            checked_at=timezone.now(),
            checked_by_id=actor.user,
        )
        if passed and member.valid_until is not None:
            _change(member, valid_until=years_after(member.valid_until, 1))
        note(actor, "add", row, year=year)


@transaction.atomic
def set_tier(actor: Actor, slug: str, tier: str) -> None:
    """Give a member another tier; raises ``NoMember`` and ``UnknownTier``."""
    with on_behalf_of_the_house():
        _owner, member = _member(actor, slug)
        found = check_tier(tier)
        if found != member.tier:
            _change(member, tier=found)
            renew_page(actor)
            note(actor, "change", member, tier=found)


@transaction.atomic
def add_delegate(
    actor: Actor, slug: str, name: str, title: str = "", *, since: date | None = None
) -> None:
    """Name a person who speaks for a member: the unit itself, or the secretariat.

    Raises ``ObjectDoesNotExist`` for another's unit, ``NoMember`` and ``FieldMissing``.
    """
    owner = unit_for(actor, slug)
    with on_behalf_of_the_house():
        if not Member.objects.whole().filter(owner_id=owner.pk, state__in=MEMBER).exists():
            raise NoMember
        row = Delegate.objects.create(
            alliance_id=actor.alliance.id,
            owner=owner,
            name=said(name, "代表姓名", "the representative's name")[:80],
            title=title.strip()[:80],
            since=past(since),
        )
        note(actor, "add", row)


@transaction.atomic
def end_delegate(actor: Actor, slug: str, delegate: str) -> None:
    """Note that a person speaks for a member no more; the row stays on record."""
    owner = unit_for(actor, slug)
    with on_behalf_of_the_house():
        rows = Delegate.objects.whole().filter(owner_id=owner.pk, slug=delegate, left_on=None)
        row = rows.first()
        if row is None:
            raise ObjectDoesNotExist
        rows.update(left_on=timezone.localdate())
        note(actor, "end", row)
