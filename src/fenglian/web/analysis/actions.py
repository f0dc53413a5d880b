"""The only writer of drills that are kept, of notices and of answers to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from fenglian.engine.labels import Label
from fenglian.web.access.rights import Right
from fenglian.web.access.table import Act, NotPermitted, may, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance import actions as alliance
from fenglian.web.analysis.faults import DayPast, NobodyAsked, SaysNothing
from fenglian.web.analysis.models import Answer, Drill, Notice
from fenglian.web.analysis.queries.drills import owners_of
from fenglian.web.audit.actions import Occurrence, record

WORDS = 400  # characters of a message
REACH = Label(
    "停产推演：请联系{name}（未入网），就“{product}”请其答复：{asks}。",
    "Disruption drill: please reach {name}, which has no account here, about {product}: {asks}.",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is drilled."""

    stop: str
    weeks: int
    share: int
    ready_day: int
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom to ask about which product, and what."""

    organisation: str
    name: str
    product: str
    product_name: str
    kinds: tuple[str, ...]
    words: str  # of the kinds, in the language of the request


@dataclass(frozen=True, slots=True)
class Sending:
    """What all notices of one sending have in common."""

    stopped: tuple[str, ...]  # names
    due_on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit answers."""

    verdict: str
    stock_days: int | None = None
    room_yuan: Decimal | None = None  # a month
    from_day: int | None = None
    words: str = ""


def may_keep(actor: Actor) -> bool:
    """Whether an actor can keep drills: of a unit of its own alone."""
    return actor.owner is not None and may(actor, Act.DRILL)


def require_keeper(actor: Actor) -> int:
    """Return the unit that an actor keeps drills for; raises ``NotPermitted``."""
    if not may_keep(actor) or actor.owner is None:
        raise NotPermitted(actor, Act.DRILL)
    return actor.owner


@transaction.atomic
def keep_drill(actor: Actor, question: Question) -> str:
    """Keep a drill, and return its address; the same question again is the same drill."""
    owner = require_keeper(actor)
    asked = {
        "stop": question.stop,
        "weeks": question.weeks,
        "share": question.share,
        "ready_day": question.ready_day,
        "scenario": question.scenario,
    }
    rows = Drill.objects.visible_to(actor, Right.WRITE).filter(owner_id=owner, ended_at=None)
    kept = rows.filter(**asked).values_list("slug", flat=True).first()
    if kept is not None:
        return str(kept)
    row: Drill = Drill.objects.create(
        alliance_id=actor.alliance.id,
        owner_id=owner,
        kept_by_id=actor.user,
        kept_at=timezone.now(),
        **asked,
    )
    record(actor, [_occurrence("add", row)])
    return row.slug


@transaction.atomic
def end_drill(actor: Actor, slug: str) -> None:
    """Close a drill: its notices wait no more; drill, notices and answers stay on record."""
    row = _own_drill(actor, slug)
    now = timezone.now()
    mine = Notice.objects.visible_to(actor, Right.WRITE).filter(drill_id=row.pk, ended_at=None)
    mine.update(ended_at=now)
    rows = Drill.objects.visible_to(actor, Right.WRITE)
    rows.filter(pk=row.pk).update(ended_at=now)
    record(actor, [_occurrence("end", row)])


def _own_drill(actor: Actor, slug: str) -> Drill:
    owner = require_keeper(actor)
    rows = Drill.objects.visible_to(actor, Right.WRITE).filter(owner_id=owner, ended_at=None)
    found: Drill | None = rows.filter(slug=slug).first()
    if found is None:
        raise ObjectDoesNotExist
    return found


@transaction.atomic
def send_notices(actor: Actor, slug: str, asks: Iterable[Ask], sending: Sending) -> int:
    """Ask units about a drill, and return how many; who was asked before is not asked twice.

    Who is no unit here is handed to the secretariat, as a question of the own unit.

    Raises
    ------
    ObjectDoesNotExist
        Where the drill is not the own unit's, or is closed.
    NobodyAsked, DayPast
        Where there is nobody to ask, or the day is over.
    """
    drill, wanted = _own_drill(actor, slug), list(asks)
    if not wanted:
        raise NobodyAsked
    if sending.due_on < timezone.localdate():
        raise DayPast(day=sending.due_on)
    rows = Notice.objects.visible_to(actor, Right.WRITE).filter(drill_id=drill.pk, ended_at=None)
    before = set(rows.values_list("organisation", "product"))
    parties = owners_of(actor, [each.organisation for each in wanted])
    made = [
        _notice(actor, drill, each, sending, parties.get(each.organisation))
        for each in wanted
        if (each.organisation, each.product) not in before
        and parties.get(each.organisation) != actor.owner
    ]
    record(actor, [_occurrence("ask", row) for row in made])
    return len(made)


def _notice(actor: Actor, drill: Drill, ask: Ask, sending: Sending, party: int | None) -> Notice:
    task = ""
    if party is None:
        words = REACH.text(get_language() or "zh").format(
            name=ask.name, product=ask.product_name, asks=ask.words
        )
        task = alliance.set_action(actor, alliance.Errand("question", words[:1000], sending.due_on))
    row: Notice = Notice.objects.create(
        alliance_id=actor.alliance.id,
        owner_id=actor.owner,
        drill=drill,
        party_id=party,
        organisation=ask.organisation,
        name=ask.name[:120],
        product=ask.product,
        asks=list(ask.kinds),
        told={
            "stopped": list(sending.stopped),
            "weeks": drill.weeks,
            "share": drill.share,
        },
        words=sending.words.strip()[:WORDS],
        task=task,
        due_on=sending.due_on,
        sent_by_id=actor.user,
        sent_at=timezone.now(),
    )
    return row


@transaction.atomic
def answer_notice(actor: Actor, slug: str, said: Said) -> None:
    """Answer a notice for one's unit; a later answer takes the place of an earlier one.

    Raises
    ------
    ObjectDoesNotExist
        Where no such notice asks the actor's unit, or its drill is closed.
    SaysNothing
        Where it needs something and does not say what.
    """
    require(actor, Act.READ)
    rows = Notice.objects.visible_to(actor, Right.ANSWER).filter(slug=slug, ended_at=None)
    notice: Notice | None = rows.filter(party_id=actor.owner).first() if actor.owner else None
    if notice is None or said.verdict not in Answer.Verdict.values:
        raise ObjectDoesNotExist
    if said.verdict == Answer.Verdict.NEEDS and not said.words.strip():
        raise SaysNothing
    now = timezone.now()
    mine = Answer.objects.visible_to(actor, Right.WRITE).filter(notice_id=notice.pk, ended_at=None)
    mine.update(ended_at=now)
    row = Answer.objects.create(
        alliance_id=actor.alliance.id,
        owner_id=actor.owner,
        notice=notice,
        party_id=notice.owner_id,
        verdict=said.verdict,
        stock_days=said.stock_days,
        room_yuan=said.room_yuan,
        from_day=said.from_day,
        words=said.words.strip()[:WORDS],
        answered_by_id=actor.user,
        answered_at=now,
    )
    # The notice is the other's: the right to answer was asked above, and only that it is answered
    # is written.
    with on_behalf_of_the_house():
        Notice.objects.whole().filter(pk=notice.pk).update(answered=True)
    record(actor, [_occurrence("answer", row)])


def _occurrence(act: str, row: Drill | Notice | Answer) -> Occurrence:
    return Occurrence(
        act=act,
        table=row._meta.label_lower,
        rows=(row.slug,),
        owner=row.owner_id,
        data_class=row.data_class.value,
    )
