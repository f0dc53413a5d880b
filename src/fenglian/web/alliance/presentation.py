"""How do members, applications and votes read? In words of the request's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from fenglian.engine.alliance.membership import STATES, WAYS
from fenglian.engine.alliance.papers import KINDS, REQUIRED
from fenglian.engine.alliance.tiers import TIERS
from fenglian.engine.alliance.voting import CHOICES
from fenglian.engine.labels import Label
from fenglian.web.access.table import Act, may
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.places import region_name
from fenglian.web.alliance.queries import (
    ApplicationView,
    MemberLine,
    PaperLine,
    ResolutionLine,
    ResolutionView,
)
from fenglian.web.alliance.words import BODY_LABELS, KIND_LABELS, WAY_LABELS
from fenglian.web.intake.wording import say

OUTCOMES = {"good": "good", "bad": "gap", "unknown": "unk"}
STANDING = {"admitted": "good", "in_arrears": "short"}


def options(labels: Any) -> list[tuple[str, str]]:
    """Return values and words of a table of labels."""
    return [(str(name), say(label)) for name, label in labels.items()]


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A member in words."""

    slug: str
    name: str
    tier: str
    tier_id: str
    state: str
    mark: str  # of the badge
    since: date
    member_since: date | None
    certificate: str
    valid_until: date | None
    ends_soon: bool
    known: int
    asked: int


def show_member(line: MemberLine) -> ShownMember:
    """Return a member in words."""
    return ShownMember(
        slug=line.slug,
        name=line.name,
        tier=_say(TIERS, line.tier),
        tier_id=line.tier,
        state=_say(STATES, line.state),
        mark=STANDING.get(line.state, "gap"),
        since=line.since,
        member_since=line.member_since,
        certificate=line.certificate,
        valid_until=line.valid_until,
        ends_soon=line.ends_soon,
        known=line.known,
        asked=line.asked,
    )


def _say(labels: Any, name: str) -> str:
    label: Label | None = labels.get(name)
    return say(label) if label else name


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in words."""

    label: str
    taken_on: date
    grounds: str  # words; empty where it rests on a resolution or on papers
    resolution: str  # address


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that may be taken now."""

    name: str
    label: str
    by_vote: bool


@dataclass(frozen=True, slots=True)
class ShownApplication:
    """A unit's way in, in words."""

    slug: str
    name: str
    own: bool
    state: str
    mark: str
    since: date | None
    pairs: tuple[tuple[str, str], ...]
    applied_at: datetime | None
    papers: tuple[tuple[str, PaperLine], ...]
    checks: tuple[tuple[str, str, str, str], ...]  # label, mark, outcome, words
    steps: tuple[ShownStep, ...]
    open_steps: tuple[OpenStep, ...]
    may_apply: bool
    may_add: bool
    is_member: bool
    fees: Sequence[Any]
    years: Sequence[Any]


def show_application(view: ApplicationView, actor: Actor) -> ShownApplication:
    """Return a unit's way in, in words, with what the actor may do next."""
    keeps, now = may(actor, Act.KEEP_MEMBERS), view.membership
    names = [name for name in now.open_steps if name != "apply"]
    mine = [name for name in names if keeps or (view.own and name == "withdraw")]
    hands = keeps or view.own
    return ShownApplication(
        slug=view.slug,
        name=view.name,
        own=view.own,
        state=_say(STATES, now.state) if now.state else _("not applied"),
        mark=STANDING.get(now.state or "", "short" if now.state in ("applied", "reviewed") else ""),
        since=now.since,
        pairs=_pairs(view),
        applied_at=view.asked.applied_at if view.asked else None,
        papers=tuple((_say(KINDS, each.kind), each) for each in view.papers),
        checks=tuple(
            (say(each.label), OUTCOMES[each.outcome], _outcome(each.outcome), say(each.words))
            for each in view.checks
        ),
        steps=tuple(_step(each) for each in view.steps),
        open_steps=tuple(
            OpenStep(name, say(WAYS[name].label), WAYS[name].rests_on == ("resolution",))
            for name in mine
        ),
        may_apply=hands and "apply" in now.open_steps,
        may_add=hands and now.state in ("applied", "reviewed"),
        is_member=now.member_since is not None,
        fees=view.fees,
        years=view.years,
    )


def _outcome(name: str) -> str:
    return {"good": _("in order"), "bad": _("not in order"), "unknown": _("not known")}[name]


def _pairs(view: ApplicationView) -> tuple[tuple[str, str], ...]:
    asked = view.asked
    if asked is None:
        return ()
    return (
        (_("Tier asked for"), _say(TIERS, asked.tier)),
        (_("Credit code"), asked.code),
        (_("Region"), region_name(asked.region) if asked.region else ""),
        (_("Representative"), asked.delegate),
        (_("Post"), asked.title),
        (_("Reasons"), asked.words),
    )


def _step(step: Any) -> ShownStep:
    evidence = dict(step.evidence)
    resolution = evidence.pop("resolution", "")
    grounds = "" if step.name == "apply" else "; ".join(evidence.values())
    return ShownStep(say(WAYS[step.name].label), step.taken_on, grounds, resolution)


@dataclass(frozen=True, slots=True)
class ShownResolution:
    """A resolution in the list, in words."""

    slug: str
    text: str
    kind: str
    body: str
    way: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    mark: str


def show_resolution(line: ResolutionLine) -> ShownResolution:
    """Return a resolution in words."""
    outcome, mark = _("being voted on"), "short"
    if line.carried is not None:
        outcome, mark = (_("carried"), "good") if line.carried else (_("not carried"), "gap")
    return ShownResolution(
        slug=line.slug,
        text=line.text,
        kind=str(KIND_LABELS[line.kind]),
        body=str(BODY_LABELS[line.body]),
        way=str(WAY_LABELS[line.way]),
        opened_at=line.opened_at,
        closed_at=line.closed_at,
        outcome=outcome,
        mark=mark,
    )


def show_resolutions(lines: Iterable[ResolutionLine]) -> list[ShownResolution]:
    """Return resolutions in words."""
    return [show_resolution(line) for line in lines]


def show_ballots(view: ResolutionView) -> list[tuple[str, str, str]]:
    """Return unit, vote and its mark; empty where the unit has not voted."""
    marks = {"for": "good", "against": "gap", "abstain": "unk"}
    return [
        (
            each.unit,
            _say(CHOICES, each.choice) if each.choice else "",
            marks.get(each.choice or "", ""),
        )
        for each in view.ballots
    ]


def choices() -> list[tuple[str, str]]:
    """Return the three ways to vote."""
    return options(CHOICES)


def paper_fields() -> list[tuple[str, str, bool]]:
    """Return the kinds of papers: value, words, and whether it is required."""
    return [(str(name), say(label), name in REQUIRED) for name, label in KINDS.items()]
