"""Who is a member, of which tier, since when, and what is still to be asked of them?"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from fenglian.engine.alliance.membership import MEMBER
from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.labels import Label
from fenglian.web.access.scope import ScopedQuerySet
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Delegate, Member
from fenglian.web.alliance.queries.outward import is_listed
from fenglian.web.registry import queries as registry

SOON = 60  # days before the end of a certificate


@dataclass(frozen=True, slots=True)
class DelegateLine:
    """A person who speaks for a member."""

    slug: str
    name: str
    title: str
    since: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the list."""

    slug: str
    name: str
    tier: str
    state: str
    since: date
    member_since: date | None
    certificate: str
    valid_until: date | None
    known: int  # cells of S0 and S1 that are answered
    asked: int

    @property
    def ends_soon(self) -> bool:
        """Whether the certificate has run out, or will before long."""
        left = (self.valid_until - timezone.localdate()).days if self.valid_until else None
        return left is not None and left <= SOON


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member as the others see it."""

    line: MemberLine
    own: bool
    issued_on: date | None
    delegates: tuple[DelegateLine, ...]
    questions: tuple[Label, ...]  # what it has not answered of what members see
    listed: bool  # named on the public page


def _ordered(actor: Actor) -> ScopedQuerySet[Member]:
    order = [When(tier=name, then=Value(number)) for number, name in enumerate(TIERS)]
    rows: ScopedQuerySet[Member] = Member.objects.visible_to(actor)
    return rows.order_by(Case(*order, output_field=IntegerField()), "owner_id")


def list_members(actor: Actor, *, tier: str = "", gone: bool = False) -> list[MemberLine]:
    """Return the members of today by tier; those who have gone where they are asked for."""
    require(actor, Act.MEET)
    rows = _ordered(actor)
    rows = rows.exclude(state__in=MEMBER) if gone else rows.filter(state__in=MEMBER)
    found = list(rows.filter(tier=tier) if tier else rows)
    owners = Owner.objects.in_bulk([row.owner_id for row in found])
    meters = registry.open_meters(actor, list(owners))
    return [_line(row, owners[row.owner_id], *meters[row.owner_id]) for row in found]


def _line(row: Member, owner: Owner, known: int, asked: int) -> MemberLine:
    return MemberLine(
        slug=owner.slug,
        name=owner.name,
        tier=row.tier,
        state=row.state,
        since=row.since,
        member_since=row.member_since,
        certificate=row.certificate,
        valid_until=row.valid_until,
        known=known,
        asked=asked,
    )


def find_member(actor: Actor, slug: str) -> MemberView:
    """Return one member; raises ``ObjectDoesNotExist`` for a unit that never was one."""
    require(actor, Act.MEET)
    owner = registry.find_owner(actor, slug)
    row = Member.objects.visible_to(actor).filter(owner_id=owner.pk).first()
    if row is None:
        raise ObjectDoesNotExist
    known, asked = registry.open_meters(actor, [owner.pk])[owner.pk]
    delegates = Delegate.objects.visible_to(actor).filter(owner_id=owner.pk)
    return MemberView(
        line=_line(row, owner, known, asked),
        own=owner.pk == actor.owner,
        issued_on=row.issued_on,
        delegates=tuple(
            DelegateLine(each.slug, each.name, each.title, each.since, each.left_on)
            for each in delegates.order_by("left_on", "since")
        ),
        questions=registry.open_questions(actor, owner.pk),
        listed=is_listed(actor, owner.pk),
    )
