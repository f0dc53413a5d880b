"""The only writer of steps: which may be taken, and on what it rests, is the engine's to say."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance import membership as ways
from fenglian.engine.alliance.membership import MEMBER, Membership, StepName, stand
from fenglian.web.access.table import Act, require
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.outward import renew_page
from fenglian.web.alliance.actions.records import note, past, said, unit_for
from fenglian.web.alliance.faults import NotCarried
from fenglian.web.alliance.models import Application, Delegate, Member, Resolution, Step

RESTS_ON_A_VOTE: Mapping[str, str] = {
    "admit": Resolution.Kind.ADMIT,
    "expel": Resolution.Kind.EXPEL,
}
GONE = ("withdrawn", "expelled")
OWN_STEPS = ("withdraw",)  # that a unit takes by itself


@transaction.atomic
def take_step(
    actor: Actor, slug: str, name: str, words: str = "", *, on: date | None = None
) -> None:
    """Take a step of a unit's membership, with the words on which it rests.

    What rests on a resolution finds the one that was carried by itself.

    Raises
    ------
    NotPermitted, ObjectDoesNotExist
        Where the step is not the actor's to take, or there is none of that name.
    StepNotOpen, FieldMissing, NotCarried, DayNotPast
        Where it cannot be taken now, or does not say on what it rests.
    """
    if name not in ways.WAYS or name in ("apply", "enrol"):
        raise ObjectDoesNotExist
    owner = unit_for(actor, slug)
    if owner.pk != actor.owner or name not in OWN_STEPS:
        require(actor, Act.KEEP_MEMBERS)
    step: StepName = name  # type: ignore[assignment]  # looked up just now
    [kind] = ways.WAYS[step].rests_on
    day = past(on)
    with on_behalf_of_the_house():
        # Whether it is open at all is said before what it lacks.
        where = state_of(owner.pk)
        ways.check_step(where.state, ways.Step(step, day, {kind: "–"}))
        found = _carried(owner, name) if kind == "resolution" else said(words, *_wording(step))
        row = write_step(actor, owner, step, {kind: found}, day)
        note(actor, "add", row, step=name)


def _wording(step: StepName) -> tuple[str, str]:
    label = ways.WAYS[step].label
    return f"{label.zh}的依据", f"grounds to {label.en}"


def _carried(owner: Owner, name: str) -> str:
    last = Step.objects.whole().filter(owner_id=owner.pk).order_by("-id").first()
    rows = Resolution.objects.filter(about=owner, kind=RESTS_ON_A_VOTE[name], carried=True)
    if last is not None:
        rows = rows.filter(closed_at__gte=last.taken_at)
    row = rows.first()
    if row is None:
        raise NotCarried
    return row.slug


def state_of(owner: int) -> Membership:
    """Return where a unit stands today, for the house."""
    return stand(_steps(owner), timezone.localdate())


def _steps(owner: int) -> list[ways.Step]:
    rows = Step.objects.whole().filter(owner_id=owner).order_by("id")
    return [ways.Step(row.name, row.taken_on, row.evidence) for row in rows]


def write_step(
    actor: Actor, owner: Owner, name: StepName, evidence: Mapping[str, str], day: date
) -> Step:
    """Keep a step for the house, and what the other members see of it; the caller logs it."""
    steps = [*_steps(owner.pk), ways.Step(name, day, evidence)]
    now = stand(steps, timezone.localdate())
    row: Step = Step.objects.create(
        alliance_id=actor.alliance.id,
        owner=owner,
        name=name,
        taken_on=day,
        evidence=dict(evidence),
        taken_at=timezone.now(),
        taken_by_id=actor.user,
    )
    _settle(actor, owner, now)
    renew_page(actor)
    return row


def _settle(actor: Actor, owner: Owner, now: Membership) -> None:
    """Keep what the other members see: nothing of a unit that never was a member."""
    rows = Member.objects.whole().filter(owner_id=owner.pk)
    shown = {"state": now.state, "since": now.since, "member_since": now.member_since}
    if rows.exists():
        if now.state in MEMBER or now.state in GONE:
            rows.update(**shown)
    elif now.state in MEMBER:
        asked = Application.objects.whole().filter(owner_id=owner.pk, ended_at=None).first()
        tier = asked.tier if asked else "member"
        if asked is not None and now.since is not None:
            delegate = Delegate.objects.create(
                alliance_id=actor.alliance.id,
                owner=owner,
                name=asked.delegate,
                title=asked.title,
                since=now.since,
            )
            note(actor, "add", delegate)
        Member.objects.create(alliance_id=actor.alliance.id, owner=owner, tier=tier, **shown)
