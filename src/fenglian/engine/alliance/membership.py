"""Where does a unit stand on its way into the alliance, through it, and out of it?

申请 → 审核 → 在册 → (欠费) → 退会 or 除名. Each step names what it rests on; a step that cannot be
taken from where the unit stands is refused, with the steps that can.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fenglian.engine.alliance.terms import years_after
from fenglian.engine.errors import StepNotOpen
from fenglian.engine.labels import Label

State = Literal["applied", "reviewed", "admitted", "in_arrears", "withdrawn", "refused", "expelled"]
STATES: Mapping[State, Label] = {
    "applied": Label("申请", "applied"),
    "reviewed": Label("已审核", "reviewed"),
    "admitted": Label("在册", "admitted"),
    "in_arrears": Label("欠费", "in arrears"),
    "withdrawn": Label("退会", "withdrawn"),
    "refused": Label("未通过", "refused"),
    "expelled": Label("除名", "expelled"),
}
MEMBER: frozenset[State] = frozenset(("admitted", "in_arrears"))
StepName = Literal[
    "apply", "enrol", "review", "admit", "refuse", "fall_behind", "pay", "withdraw", "expel"
]


@dataclass(frozen=True, slots=True)
class Way:
    """A step: from where it is open, where it leads, and what it must rest on."""

    name: StepName
    label: Label
    open_from: frozenset[State | None]  # None: not heard of yet
    to: State
    rests_on: tuple[str, ...]  # kinds of evidence that must be named


WAYS: Mapping[StepName, Way] = {
    way.name: way
    for way in (
        Way(
            "apply",
            Label("提交申请", "apply"),
            frozenset((None, "withdrawn", "refused")),
            "applied",
            ("application", "licence"),
        ),
        Way(
            "enrol",  # of who was a member before there was this software
            Label("由既有名单转入", "take over from a list"),
            frozenset((None,)),
            "admitted",
            ("roll",),
        ),
        Way("review", Label("审核", "review"), frozenset(("applied",)), "reviewed", ("review",)),
        Way(
            "admit",
            Label("批准入会", "admit"),
            frozenset(("reviewed",)),
            "admitted",
            ("resolution",),
        ),
        Way(
            "refuse",
            Label("不予通过", "refuse"),
            frozenset(("applied", "reviewed")),
            "refused",
            ("reason",),
        ),
        Way(
            "fall_behind",
            Label("会费逾期", "fall behind"),
            frozenset(("admitted",)),
            "in_arrears",
            ("reminder",),
        ),
        Way("pay", Label("缴清会费", "pay"), frozenset(("in_arrears",)), "admitted", ("receipt",)),
        Way(
            "withdraw",
            Label("退会", "withdraw"),
            frozenset(("applied", "reviewed", "admitted", "in_arrears")),
            "withdrawn",
            ("letter",),
        ),
        Way(
            "expel",
            Label("除名", "expel"),
            frozenset(("admitted", "in_arrears")),
            "expelled",
            ("resolution",),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step that was taken."""

    name: StepName
    taken_on: date
    evidence: Mapping[str, str]  # kind → id of what it rests on


@dataclass(frozen=True, slots=True)
class Membership:
    """Where a unit stands on a day."""

    state: State | None
    since: date | None  # in this state
    member_since: date | None  # of the present membership, arrears included
    open_steps: tuple[StepName, ...]


def stand(steps: Iterable[Step], on: date) -> Membership:
    """Return where a unit stands at the end of a day.

    Parameters
    ----------
    steps
        All that were taken; two of one day in the order in which they were taken.
    on
        Later steps are not looked at.

    Raises
    ------
    StepNotOpen
        Where a step could not be taken from where the unit stood, or names not what it rests on.

    Examples
    --------
    >>> applied = Step("apply", date(2023, 3, 1), {"application": "d1", "licence": "d2"})
    >>> stand([applied], date(2023, 4, 7)).state
    'applied'
    """
    state: State | None = None
    since = member_since = None
    for step in sorted(steps, key=lambda each: each.taken_on):
        if step.taken_on > on:
            break
        way = WAYS[step.name]
        check_step(state, step)
        if way.to in MEMBER and state not in MEMBER:
            member_since = step.taken_on
        if way.to not in MEMBER:
            member_since = None
        state, since = way.to, step.taken_on
    return Membership(state, since, member_since, open_steps(state))


def open_steps(state: State | None) -> tuple[StepName, ...]:
    """Return the steps that can be taken from a state; a list alone takes units over."""
    return tuple(name for name, way in WAYS.items() if state in way.open_from and name != "enrol")


def check_step(state: State | None, step: Step) -> None:
    """Raise ``StepNotOpen`` where a step cannot be taken, with the way out."""
    way = WAYS[step.name]
    missing = [kind for kind in way.rests_on if not step.evidence.get(kind)]
    if state in way.open_from and not missing:
        return
    stands = STATES[state] if state else Label("未申请", "not applied")
    steps = [WAYS[name].label for name in open_steps(state)]
    raise StepNotOpen(
        step_zh=way.label.zh,
        step_en=way.label.en,
        state_zh=stands.zh,
        state_en=stands.en,
        open_zh="、".join(each.zh for each in steps) or "无",
        open_en=", ".join(each.en for each in steps) or "none",
        missing=", ".join(missing) or "–",
    )


@dataclass(frozen=True, slots=True)
class Fee:
    """One year's fee."""

    due_on: date
    yuan: int
    paid_on: date | None


def fees_due(
    member_since: date, yuan: int, paid: Mapping[date, date], *, on: date
) -> tuple[Fee, ...]:
    """Return the yearly fees that have fallen due until a day, the oldest first.

    Parameters
    ----------
    paid
        Day on which a fee was due → day on which it was paid.
    """
    fees = []
    year = 0
    while (due := years_after(member_since, year)) <= on:
        day = paid.get(due)
        fees.append(Fee(due, yuan, day if day and day <= on else None))
        year += 1
    return tuple(fees)
