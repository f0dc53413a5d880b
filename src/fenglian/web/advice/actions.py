"""The only writer of advice and decisions: given, chosen, published, taken back."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.advice.case import Case
from fenglian.engine.advice.options import Way
from fenglian.engine.chain.plain import from_plain, to_plain
from fenglian.engine.errors import WrongKindOfPack
from fenglian.engine.labels import Label
from fenglian.web.access.table import Act, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.advice.faults import (
    ChosenAlready,
    NoReason,
    NothingChosen,
    UnderWay,
    UnknownWay,
    WayClosed,
)
from fenglian.web.advice.models import Record
from fenglian.web.advice.queries import case_of
from fenglian.web.alliance import actions as alliance
from fenglian.web.alliance.actions import Errand
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.chain.queries import Wanted, open_public_chain
from fenglian.web.intake.wording import say

TODAY = Wanted()  # the region's first scenario
DECISION = Label("缺口处置决定", "decision on a gap,")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is decided."""

    way: str
    reason: str
    due_on: date
    unit: str = ""  # name of who does it; empty: the secretariat


@transaction.atomic
def give_advice(actor: Actor, product: str, to: str, wanted: Wanted = TODAY) -> str:
    """Keep the case of a gap as it stands today, as advice to somebody; return its address.

    The case is worked out from what everybody may know, whatever else the actor may read: what is
    kept is handed on to others.

    Raises
    ------
    UnknownProduct, UnknownScenario, WrongKindOfPack
        Where there is no such gap, no such scenario, or no chain.
    """
    require(actor, Act.FOLLOW)
    view = open_public_chain(actor, wanted)
    if view is None:
        raise WrongKindOfPack(name=actor.alliance.pack or "–", wanted="chain")
    case = case_of(view, product, timezone.localdate())
    row = Record.objects.create(
        alliance_id=actor.alliance.id,
        product=product,
        case=to_plain(case),
        fingerprint=case.fingerprint,
        given_to=to.strip()[:120],
        given_at=timezone.now(),
        given_by_id=actor.user,
    )
    _note(actor, "add", row, product=product)
    return row.slug


@transaction.atomic
def choose(actor: Actor, slug: str, choice: Choice) -> None:
    """Choose what is done about a gap, and have somebody do it.

    Raises
    ------
    UnknownWay, WayClosed, NoReason, ChosenAlready, UnderWay
        Where the choice cannot stand.
    UnitMissing, DayPast
        As ``issue_action`` says.
    """
    require(actor, Act.CHOOSE)
    row = _row(actor, slug)
    case = from_plain(Case, row.case)
    way, reason = _way(case, choice.way), _reason(choice.reason)
    if row.way or row.dropped_at:
        raise ChosenAlready(product_zh=case.name.zh, product_en=case.name.en)
    beside = Record.objects.filter(alliance_id=actor.alliance.id, product=row.product)
    if beside.filter(task__state="open", dropped_at=None).exists():
        raise UnderWay(product_zh=case.name.zh, product_en=case.name.en)
    told = Label(
        f"{way.label.zh}：{case.name.zh}，{way.meaning.zh}",
        f"{way.label.en}: {case.name.en}, {way.meaning.en}",
    )
    grounds = f"{say(DECISION)} {timezone.localdate().isoformat()}"
    row.task = alliance.issue_action(
        actor, Errand("advice", say(told), choice.due_on, grounds, choice.unit)
    )
    row.way, row.reason = way.value, reason
    row.chosen_at, row.chosen_by_id = timezone.now(), actor.user
    row.save(update_fields=["way", "reason", "chosen_at", "chosen_by", "task"])
    _note(actor, "change", row, fields=["way", "reason", "task"])


@transaction.atomic
def decide(actor: Actor, product: str, choice: Choice, wanted: Wanted = TODAY) -> str:
    """Keep the case of a gap and choose at once; return its address. Raises as both do."""
    require(actor, Act.CHOOSE)
    slug = give_advice(actor, product, "", wanted)
    choose(actor, slug, choice)
    return slug


@transaction.atomic
def publish(actor: Actor, slug: str) -> None:
    """Let everybody in the alliance see a decision; raises ``NothingChosen``."""
    require(actor, Act.CHOOSE)
    row = _row(actor, slug)
    if row.task_id is None:
        raise NothingChosen
    if row.published_at is not None:
        return
    row.published_at = timezone.now()
    row.save(update_fields=["published_at"])
    alliance.publish_action(actor, row.task_id)
    _note(actor, "change", row, fields=["published_at"])


@transaction.atomic
def take_back(actor: Actor, slug: str, words: str) -> None:
    """Take advice or a decision back, with what was to be done for it; raises ``NoReason``."""
    require(actor, Act.CHOOSE)
    row = _row(actor, slug)
    if row.dropped_at is not None:
        return
    row.dropped_at, row.dropped_for = timezone.now(), _reason(words)
    row.save(update_fields=["dropped_at", "dropped_for"])
    if row.task_id is not None:
        alliance.recall_action(actor, row.task_id, row.dropped_for)
    _note(actor, "end", row)


def _row(actor: Actor, slug: str) -> Record:
    row = Record.objects.filter(alliance_id=actor.alliance.id, slug=slug).first()
    if row is None:
        raise ObjectDoesNotExist
    return row


def _way(case: Case, words: str) -> Way:
    if words not in set(Way):
        raise UnknownWay(way=words)
    way = Way(words)
    if not case.offer(way).open:
        raise WayClosed(way_zh=way.label.zh, way_en=way.label.en)
    return way


def _reason(words: str) -> str:
    found = words.strip()[:1000]
    if not found:
        raise NoReason
    return found


def _note(actor: Actor, act: str, row: Record, **detail: object) -> None:
    record(actor, [Occurrence(act, row._meta.label_lower, (row.slug,), detail=detail)])
