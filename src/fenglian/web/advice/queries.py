"""Which gaps has the chain, what was advised on them, and what became of it? Always for an actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone

from fenglian.engine.advice.case import (
    Case,
    Moved,
    figures_of,
    hold_against,
    make_case,
    outlook,
)
from fenglian.engine.advice.gaps import Gap, Gaps, find_gaps
from fenglian.engine.advice.options import Way
from fenglian.engine.chain.plain import from_plain
from fenglian.engine.errors import UnknownProduct, UnknownScenario
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor, Role
from fenglian.web.advice.models import Record
from fenglian.web.chain.queries import KEPT, OpenChain, Wanted, limits_of, open_public_chain

GIVEN, UNDER_WAY, DONE, DROPPED = "given", "open", "done", "dropped"


@lru_cache(maxsize=KEPT)
def gaps_of(view: OpenChain) -> Gaps:
    """Return the gaps of an open chain; kept as long as the chain is."""
    return find_gaps(view.chain, view.coverages, view.advice)


def every_gap(view: OpenChain) -> tuple[Gap, ...]:
    """Return the gaps of an open chain, the known ones first."""
    found = gaps_of(view)
    return (*found.known, *found.unknown)


def case_of(view: OpenChain, product: str, day: date) -> Case:
    """Return the case of one gap of an open chain; raises ``UnknownProduct``."""
    return make_case(view.chain, gaps_of(view), product, day, limits_of(view.chain))


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What was issued, and what became of it."""

    slug: str
    text: str
    unit: str  # whose it is to do; empty: the secretariat's
    due_on: date
    state: str
    evidence: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One piece of advice, as it stood, and what became of it."""

    slug: str
    case: Case
    given_to: str
    given_at: datetime
    given_by: str  # empty: not for the eyes of the one who asks
    way: Way | None  # None: nothing chosen yet
    reason: str
    chosen_at: datetime | None
    chosen_by: str
    task: TaskLine | None
    published: bool
    dropped_at: datetime | None
    dropped_for: str

    @property
    def state(self) -> str:
        """Given, under way, done or dropped."""
        if self.dropped_at is not None or (self.task and self.task.state == DROPPED):
            return DROPPED
        return self.task.state if self.task else GIVEN


def visible_records(actor: Actor) -> QuerySet[Record]:
    """Return the records that an actor may see: all to those who follow them, else the published."""
    require(actor, Act.READ)
    rows = Record.objects.filter(alliance_id=actor.alliance.id)
    return rows if may(actor, Act.FOLLOW) else rows.exclude(published_at=None)


def list_records(actor: Actor, product: str = "") -> list[RecordLine]:
    """Return what was advised, the latest first; of one product where it is named."""
    rows = visible_records(actor).select_related("task__owner", "given_by", "chosen_by")
    if product:
        rows = rows.filter(product=product)
    return [_line(actor, row) for row in rows]


def find_record(actor: Actor, slug: str) -> RecordLine:
    """Return one record; raises ``ObjectDoesNotExist`` where the actor may not see it."""
    rows = visible_records(actor).select_related("task__owner", "given_by", "chosen_by")
    row = rows.filter(slug=slug).first()
    if row is None:
        raise ObjectDoesNotExist
    return _line(actor, row)


def _line(actor: Actor, row: Record) -> RecordLine:
    follows = may(actor, Act.FOLLOW)
    chosen_by = row.chosen_by.name if row.chosen_by else ""
    return RecordLine(
        slug=row.slug,
        case=from_plain(Case, row.case),
        given_to=row.given_to or str(Role.GOVERNMENT.label),
        given_at=row.given_at,
        given_by=row.given_by.name if follows else "",
        way=Way(row.way) if row.way else None,
        reason=row.reason,
        chosen_at=row.chosen_at,
        chosen_by=chosen_by if follows else "",
        task=_task(row),
        published=row.published_at is not None,
        dropped_at=row.dropped_at,
        dropped_for=row.dropped_for,
    )


def _task(row: Record) -> TaskLine | None:
    task = row.task
    if task is None:
        return None
    return TaskLine(
        slug=task.slug,
        text=task.text,
        unit=task.owner.name if task.owner else "",
        due_on=task.due_on,
        state=task.state,
        evidence=task.evidence,
        overdue=task.state == task.State.OPEN and task.due_on < timezone.localdate(),
    )


def held_against_today(actor: Actor, case: Case) -> tuple[Moved, ...] | None:
    """Return the figures of a case beside today's of the same scenario, as everybody may know them.

    None where the packs do not have the scenario any more: nothing can be compared then.
    """
    try:
        view = open_public_chain(actor, Wanted(case.scenario_id, case.year))
    except UnknownScenario:
        return None
    if view is None:
        return None
    try:
        return hold_against(case, figures_of(view.chain, gaps_of(view), case.product))
    except UnknownProduct:
        return hold_against(case, None)


def outlook_of(view: OpenChain, lines: Iterable[RecordLine]) -> tuple[tuple[date, float], ...]:
    """Return what is left of the known gaps once what is under way is done; see the engine."""
    decided = [
        (line.case, line.task.due_on) for line in lines if line.task and line.state == UNDER_WAY
    ]
    return outlook(decided, gaps_of(view))
