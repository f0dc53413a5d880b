"""The only writer of members' ideas: put forward, supported, put on an agenda, or answered."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.actions.records import note, said
from fenglian.web.alliance.faults import IdeaSettled, MayNotBack
from fenglian.web.alliance.models import Backing, Idea, Meeting


@transaction.atomic
def put_idea(actor: Actor, title: str, text: str) -> str:
    """Put an idea forward for the own unit, or as the secretariat; return its address.

    Raises ``FieldMissing``, and ``NotPermitted`` for who speaks for no unit and keeps no members.
    """
    require(actor, Act.MEET if actor.owner is not None else Act.KEEP_MEMBERS)
    row = Idea.objects.create(
        alliance_id=actor.alliance.id,
        unit_id=actor.owner,
        title=said(title, "建议题目", "the title of the idea"),
        text=said(text, "建议内容", "what is proposed"),
        put_at=timezone.now(),
        put_by_id=actor.user,
    )
    note(actor, "add", row)
    return row.slug


def _find(actor: Actor, slug: str) -> Idea:
    row = Idea.objects.filter(alliance_id=actor.alliance.id, slug=slug).first()
    if row is None:
        raise ObjectDoesNotExist
    return row


@transaction.atomic
def back_idea(actor: Actor, slug: str) -> None:
    """Support another unit's idea; raises ``MayNotBack``."""
    require(actor, Act.VOTE)
    row = _find(actor, slug)
    given = Backing.objects.visible_to(actor).filter(idea_id=row.pk, owner_id=actor.owner or 0)
    if actor.owner in (None, row.unit_id) or row.state != Idea.State.PUT or given.exists():
        raise MayNotBack
    backing = Backing.objects.create(
        alliance_id=actor.alliance.id,
        owner_id=actor.owner,
        idea=row,
        backed_at=timezone.now(),
        backed_by_id=actor.user,
    )
    note(actor, "add", backing, idea=row.slug)


@transaction.atomic
def settle_idea(actor: Actor, slug: str, *, meeting: str = "", answer: str = "") -> None:
    """Put an idea on the agenda of a meeting, or say why it is not taken up.

    Raises ``IdeaSettled``, ``FieldMissing`` without a meeting or an answer, ``ObjectDoesNotExist``.
    """
    require(actor, Act.KEEP_MEMBERS)
    row = _find(actor, slug)
    if row.state != Idea.State.PUT:
        raise IdeaSettled
    if meeting:
        there = Meeting.objects.get(alliance_id=actor.alliance.id, slug=meeting)
        there.agenda = "\n".join(filter(None, (there.agenda, row.title)))
        there.save(update_fields=["agenda"])
        row.state, row.meeting = Idea.State.AGENDA, there
    else:
        row.answer = said(answer, "会议，或不采纳的理由", "a meeting, or why it is not taken up")
        row.state = Idea.State.DECLINED
    row.save(update_fields=["state", "meeting", "answer"])
    note(actor, "change", row, state=row.state)


def may_propose(actor: Actor) -> bool:
    """Whether an actor may put an idea forward."""
    return may(actor, Act.KEEP_MEMBERS) or (actor.owner is not None and may(actor, Act.MEET))
