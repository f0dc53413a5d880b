"""What did a unit hand in, what was found about it, and where does it stand?

For the unit, the secretariat and the council; each look is logged, and the unit sees it. To all
others a unit's papers are as if they were not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fenglian.data.divisions import division_names
from fenglian.engine.alliance import membership as ways
from fenglian.engine.alliance.admission import Applicant, Check, check_application
from fenglian.engine.alliance.membership import Membership, StepName, stand
from fenglian.web.access.reading import look_at, look_at_all
from fenglian.web.access.scope import ScopedQuerySet
from fenglian.web.access.table import Act, may, require
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.models import Application, Fee, Paper, Step, YearlyCheck
from fenglian.web.alliance.places import province_of
from fenglian.web.registry import queries as registry

ON_THE_WAY = ("applied", "reviewed")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A file that was handed in."""

    slug: str
    kind: str
    name: str
    suffix: str
    size: int  # bytes
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file with what is in it."""

    line: PaperLine
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken."""

    slug: str
    name: StepName
    taken_on: date
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee that was noted."""

    due_on: date
    yuan: int
    paid_on: date
    receipt: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A yearly check."""

    year: int
    passed: bool
    words: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What a unit asks for."""

    tier: str
    code: str
    region: str
    delegate: str
    title: str
    words: str
    applied_at: datetime


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """A unit's way into the alliance as the unit, the secretariat and the council see it."""

    owner: int
    slug: str
    name: str
    own: bool
    asked: Asked | None
    papers: tuple[PaperLine, ...]
    checks: tuple[Check, ...]
    steps: tuple[StepLine, ...]
    fees: tuple[FeeLine, ...]
    years: tuple[CheckLine, ...]
    membership: Membership


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A unit that is on its way in."""

    slug: str
    name: str
    state: ways.State
    since: date
    tier: str


def may_hand_in(actor: Actor, owner: Owner) -> bool:
    """Whether an actor may hand something in for a unit: its own people and the secretariat."""
    return owner.pk == actor.owner or may(actor, Act.KEEP_MEMBERS)


def sees(actor: Actor, owner: Owner) -> bool:
    """Whether an actor may see what a unit handed in."""
    return owner.pk == actor.owner or may(actor, Act.JUDGE)


def hands_in(actor: Actor, view: ApplicationView) -> bool:
    """Whether an actor may hand something in for the unit of a view."""
    return view.own or may(actor, Act.KEEP_MEMBERS)


def sees_inside(actor: Actor, slug: str) -> bool:
    """Whether an actor may see what the unit at an address handed in."""
    return sees(actor, registry.find_owner(actor, slug))


def require_keeper(actor: Actor, slug: str) -> None:
    """Raise where an actor keeps no members, or there is no unit at an address."""
    require(actor, Act.KEEP_MEMBERS)
    registry.find_owner(actor, slug)


def require_hand(actor: Actor, slug: str) -> None:
    """Raise where an actor may hand nothing in for the unit at an address, if there is one."""
    if not may_hand_in(actor, registry.find_owner(actor, slug)):
        raise ObjectDoesNotExist


def hands_in_for(actor: Actor, slug: str) -> bool:
    """Whether an actor may hand something in for the unit at an address."""
    return may_hand_in(actor, registry.find_owner(actor, slug))


def find_application(actor: Actor, slug: str) -> ApplicationView:
    """Return a unit's way in; raises ``ObjectDoesNotExist`` where it is not for the actor."""
    require(actor, Act.MEET)
    owner = registry.find_owner(actor, slug)
    if not sees(actor, owner):
        raise ObjectDoesNotExist
    rows: list[ScopedQuerySet[Any]] = [
        Application.objects.visible_to(actor).filter(owner_id=owner.pk, ended_at=None),
        Paper.objects.visible_to(actor).filter(owner_id=owner.pk).defer("content"),
        Step.objects.visible_to(actor).filter(owner_id=owner.pk),
        Fee.objects.visible_to(actor).filter(owner_id=owner.pk).order_by("due_on"),
        YearlyCheck.objects.visible_to(actor).filter(owner_id=owner.pk).order_by("year"),
    ]
    applications, files, steps, fees, years = look_at_all(actor, rows)
    asked = _asked(applications[0]) if applications else None
    lines = tuple(_paper(each) for each in files)
    taken = tuple(_step(each) for each in steps)
    return ApplicationView(
        owner=owner.pk,
        slug=owner.slug,
        name=owner.name,
        own=owner.pk == actor.owner,
        asked=asked,
        papers=lines,
        checks=_checks(actor, owner, asked, lines) if asked else (),
        steps=taken,
        fees=tuple(FeeLine(each.due_on, each.yuan, each.paid_on, each.receipt) for each in fees),
        years=tuple(
            CheckLine(each.year, each.passed, each.words, each.checked_on) for each in years
        ),
        membership=standing(taken),
    )


def find_begun(actor: Actor, slug: str) -> ApplicationView:
    """Return a unit's way in as ``find_application`` does, once there is something to judge."""
    view = find_application(actor, slug)
    if view.membership.state is None and not hands_in(actor, view):
        raise ObjectDoesNotExist
    return view


def standing(steps: Iterable[StepLine]) -> Membership:
    """Return where a unit stands today."""
    taken = [ways.Step(each.name, each.taken_on, each.evidence) for each in steps]
    return stand(taken, timezone.localdate())


def _asked(row: Application) -> Asked:
    return Asked(
        tier=row.tier,
        code=row.code,
        region=row.region,
        delegate=row.delegate,
        title=row.title,
        words=row.words,
        applied_at=row.applied_at,
    )


def _paper(row: Paper) -> PaperLine:
    return PaperLine(row.slug, row.kind, row.name, row.suffix, row.size, row.sha256, row.added_at)


def _step(row: Step) -> StepLine:
    name: StepName = row.name  # type: ignore[assignment]  # the table's choices are the engine's
    return StepLine(row.slug, name, row.taken_on, row.evidence)


def _checks(
    actor: Actor, owner: Owner, asked: Asked, papers: Iterable[PaperLine]
) -> tuple[Check, ...]:
    others = Owner.objects.filter(alliance_id=actor.alliance.id).exclude(pk=owner.pk)
    return check_application(
        Applicant(owner.name, asked.code, asked.region, frozenset(each.kind for each in papers)),
        names=frozenset(others.values_list("name", flat=True)),
        codes=registry.list_codes(actor, besides=owner.pk),
        province=province_of(actor.alliance.pack),
        divisions=division_names(),
    )


def find_paper(actor: Actor, slug: str, paper: str) -> PaperFile:
    """Return a file; raises ``ObjectDoesNotExist`` where it is not for the actor. Logged."""
    require(actor, Act.MEET)
    owner = registry.find_owner(actor, slug)
    if not sees(actor, owner):
        raise ObjectDoesNotExist
    rows = Paper.objects.visible_to(actor).filter(owner_id=owner.pk, slug=paper)
    for row in look_at(actor, rows):
        return PaperFile(_paper(row), row.media_type, bytes(row.content))
    raise ObjectDoesNotExist


def list_applications(actor: Actor) -> list[WaitingLine]:
    """Return the units that are on their way in, to those who judge; nothing to others."""
    if not may(actor, Act.JUDGE):
        return []
    asked = Application.objects.visible_to(actor).filter(ended_at=None)
    steps = Step.objects.visible_to(actor)
    rows: list[ScopedQuerySet[Any]] = [asked, steps]
    applications, taken = look_at_all(actor, rows)
    units = {row.pk: row for row in Owner.objects.filter(alliance_id=actor.alliance.id)}
    lines: dict[int, list[StepLine]] = defaultdict(list)
    for each in taken:
        lines[each.owner_id].append(_step(each))
    found = []
    for row in applications:
        now, unit = standing(lines[row.owner_id]), units[row.owner_id]
        if now.state in ON_THE_WAY and now.since:
            found.append(WaitingLine(unit.slug, unit.name, now.state, now.since, row.tier))
    return found
