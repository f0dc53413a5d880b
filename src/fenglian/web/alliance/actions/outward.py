"""The only writer of what the alliance shows to everybody: a copy, made anew when something changes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance.membership import MEMBER
from fenglian.engine.alliance.tiers import TIERS
from fenglian.web.access.table import Act, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.actions.records import note, said, unit_for
from fenglian.web.alliance.faults import NoMember, PageClosed
from fenglian.web.alliance.models import Listed, Meeting, Member, Post, PublicPage


@transaction.atomic
def open_page(actor: Actor, how: str) -> None:
    """Open the public page, or change its words on how to apply; raises ``FieldMissing``."""
    require(actor, Act.KEEP_MEMBERS)
    words = said(how, "怎样申请", "how to apply")
    row, made = PublicPage.objects.update_or_create(
        alliance_id=actor.alliance.id,
        defaults={
            "how": words,
            "shown": {},
            "made_at": timezone.now(),
            "opened_by_id": actor.user,
            "closed_at": None,
        },
    )
    renew_page(actor)
    note(actor, "add" if made else "change", row)


@transaction.atomic
def close_page(actor: Actor) -> None:
    """Close the public page: strangers find nothing there; raises ``PageClosed``."""
    require(actor, Act.KEEP_MEMBERS)
    row = PublicPage.objects.filter(alliance_id=actor.alliance.id, closed_at=None).first()
    if row is None:
        raise PageClosed
    row.closed_at, row.shown = timezone.now(), {}
    row.save(update_fields=["closed_at", "shown"])
    note(actor, "end", row)


@transaction.atomic
def set_listed(actor: Actor, slug: str, *, listed: bool) -> None:
    """Say whether a member is named on the public page: the unit itself, or the secretariat.

    Raises ``ObjectDoesNotExist`` for another's unit, ``NoMember``.
    """
    owner = unit_for(actor, slug)
    with on_behalf_of_the_house():
        if not Member.objects.whole().filter(owner_id=owner.pk, state__in=MEMBER).exists():
            raise NoMember
        rows = Listed.objects.whole().filter(owner_id=owner.pk)
        row = rows.first()
        if row is None and listed:
            row = Listed.objects.create(
                alliance_id=actor.alliance.id,
                owner=owner,
                listed_at=timezone.now(),
                listed_by_id=actor.user,
            )
            renew_page(actor)
            note(actor, "add", row)
        elif row is not None and not listed:
            note(actor, "end", row)
            rows.delete()
            renew_page(actor)


@transaction.atomic
def publish_meeting(actor: Actor, slug: str, *, published: bool) -> None:
    """Name a meeting on the public page, or no longer."""
    require(actor, Act.KEEP_MEMBERS)
    row = Meeting.objects.get(alliance_id=actor.alliance.id, slug=slug)
    row.published = published
    row.save(update_fields=["published"])
    renew_page(actor)
    note(actor, "change", row, published="yes" if published else "no")


def renew_page(actor: Actor) -> None:
    """Make the copy for strangers anew, where the page is open; last in the change that calls it."""
    here = actor.alliance.id
    rows = PublicPage.objects.filter(alliance_id=here, closed_at=None)
    if not rows.exists():
        return
    with on_behalf_of_the_house():
        shown = {"members": _members(here), "posts": _posts(here), "meetings": _meetings(here)}
    rows.update(shown=shown, made_at=timezone.now())


def _members(here: int) -> list[dict[str, Any]]:
    """Return the members that let themselves be named: name, tier, and since when."""
    named = Listed.objects.whole().filter(alliance_id=here).values_list("owner_id", flat=True)
    rows = Member.objects.whole().filter(
        alliance_id=here, state__in=MEMBER, owner_id__in=list(named)
    )
    order = list(TIERS)
    found = [
        {"name": row.owner.name, "tier": row.tier, "since": _day(row.member_since)}
        for row in rows.select_related("owner")
    ]
    return sorted(found, key=lambda each: (order.index(each["tier"]), each["name"]))


def _posts(here: int) -> list[dict[str, Any]]:
    """Return who holds which post today: the unit; a person's name is no public matter."""
    named = set(Listed.objects.whole().filter(alliance_id=here).values_list("owner_id", flat=True))
    today = timezone.localdate()
    rows = Post.objects.filter(alliance_id=here, since__lte=today, unit_id__in=named)
    return [
        {"name": row.name, "unit": row.unit.name, "since": _day(row.since)}
        for row in rows.select_related("unit")
        if row.left_on is None or row.left_on > today
    ]


def _meetings(here: int) -> list[dict[str, Any]]:
    rows = Meeting.objects.filter(alliance_id=here, published=True)
    return [
        {
            "title": row.title,
            "kind": row.kind,
            "place": row.place,
            "day": _day(timezone.localdate(row.starts_at)),
        }
        for row in rows
    ]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
