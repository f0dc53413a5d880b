"""The only writer of applications and their papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from fenglian.engine.alliance import papers as kinds
from fenglian.engine.alliance.membership import Step as Taken
from fenglian.engine.alliance.membership import check_step
from fenglian.engine.alliance.papers import paper_type
from fenglian.engine.alliance.tiers import check_tier
from fenglian.engine.quantities import fold_width
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.records import note, said, unit_for
from fenglian.web.alliance.actions.stepping import state_of, write_step
from fenglian.web.alliance.faults import PaperMissing, TooManyPapers
from fenglian.web.alliance.models import Application, Paper

MOST_PAPERS = 12
LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it came."""

    kind: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a unit asks for."""

    tier: str
    code: str = ""
    region: str = ""
    delegate: str = ""
    title: str = ""
    words: str = ""


@transaction.atomic
def apply(actor: Actor, slug: str, wanted: Wanted, papers: Sequence[Handed]) -> None:
    """Hand in an application with its papers, for one's own unit or as the secretariat.

    Raises
    ------
    ObjectDoesNotExist
        Where the unit is not the actor's to speak for.
    StepNotOpen, FieldMissing, PaperMissing, PaperUnknown, PaperTooLarge, UnknownTier
        Where it cannot be handed in now, or something is missing or not what it may be.
    """
    owner = unit_for(actor, slug)
    tier = check_tier(wanted.tier)
    delegate = said(wanted.delegate, "代表姓名", "the representative's name")
    handed = {each.kind for each in papers}
    missing = [kinds.KINDS[kind] for kind in kinds.REQUIRED if kind not in handed]
    with on_behalf_of_the_house():
        check_step(
            state_of(owner.pk).state,
            Taken("apply", timezone.localdate(), {"application": "–", "licence": "–"}),
        )
        if missing:
            raise PaperMissing(
                what_zh="、".join(each.zh for each in missing),
                what_en=", ".join(each.en for each in missing),
            )
        if len(papers) > MOST_PAPERS:
            raise TooManyPapers(most=MOST_PAPERS)
        now = timezone.now()
        before = Application.objects.whole().filter(owner_id=owner.pk, ended_at=None)
        before.update(ended_at=now)
        row: Application = Application.objects.create(
            alliance_id=actor.alliance.id,
            owner=owner,
            tier=tier,
            code=fold_width(wanted.code).strip().upper()[:18],
            region=wanted.region.strip()[:6],
            delegate=delegate,
            title=wanted.title.strip(),
            words=wanted.words.strip(),
            applied_at=now,
            applied_by_id=actor.user,
        )
        kept = {each.kind: _keep(actor, owner, row, each) for each in papers}
        evidence: dict[str, str] = {kind: kept[kind].slug for kind in kinds.REQUIRED}
        step = write_step(actor, owner, "apply", evidence, timezone.localdate())
        note(actor, "add", row, step=step.slug, papers=len(papers))


def _keep(actor: Actor, owner: Owner, application: Application, handed: Handed) -> Paper:
    name = handed.name.rpartition("/")[2].rpartition("\\")[2][-LONGEST_NAME:]
    kind = handed.kind if handed.kind in kinds.KINDS else "other"
    found = paper_type(name or kind, handed.content)
    row: Paper = Paper.objects.create(
        alliance_id=actor.alliance.id,
        owner=owner,
        application=application,
        kind=kind,
        name=name or f"{kind}.{found.suffix}",
        media_type=found.media_type,
        suffix=found.suffix,
        size=len(handed.content),
        sha256=sha256(handed.content).hexdigest(),
        content=handed.content,
        added_at=timezone.now(),
        added_by_id=actor.user,
    )
    return row


@transaction.atomic
def add_paper(actor: Actor, slug: str, handed: Handed) -> None:
    """Add a file to an application that is on its way; equal bytes are kept once.

    Raises ``ObjectDoesNotExist`` where there is no such application.
    """
    owner = unit_for(actor, slug)
    with on_behalf_of_the_house():
        row = Application.objects.whole().get(owner_id=owner.pk, ended_at=None)
        papers = Paper.objects.whole().filter(application_id=row.pk)
        if papers.filter(sha256=sha256(handed.content).hexdigest(), kind=handed.kind).exists():
            return
        if papers.count() >= MOST_PAPERS:
            raise TooManyPapers(most=MOST_PAPERS)
        paper = _keep(actor, owner, row, handed)
        note(actor, "add", paper, kind=paper.kind)
