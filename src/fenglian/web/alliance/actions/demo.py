"""The demo alliance's members: invented, marked so, and only where the alliance itself is."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from fenglian.engine.registry.codes import organisation_check, uscc_check
from fenglian.render.certificate import write_note
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.applying import Handed, Wanted, apply
from fenglian.web.alliance.actions.keeping import issue_certificate, note_fee
from fenglian.web.alliance.actions.stepping import take_step
from fenglian.web.alliance.actions.voting import Counted, Motion, close_vote, open_vote
from fenglian.web.alliance.models import Step
from fenglian.web.registry.actions import add_unit
from fenglian.web.registry.actions.demo import REGION

MEMBERS: Mapping[str, str] = {  # unit → tier
    "演示整机01厂": "chair",
    "演示研究院02": "vice_chair",
    "演示银行01": "council",
    "演示法兰01厂": "member",
}
NEW = ("演示法兰02厂", "演示法兰03厂")  # one whose vote is open, one that has only applied
FEES: Mapping[str, int] = {
    "chair": 50_000,
    "vice_chair": 20_000,
    "council": 10_000,
    "member": 2_000,
}


@transaction.atomic
def fill_demo_alliance(secretary: Actor) -> None:
    """Have the demo's units apply and be admitted; where there is a step already, nothing is done."""
    here = secretary.alliance
    if not here.synthetic or Step.objects.whole().filter(alliance_id=here.id).exists():
        return
    slugs = dict(Owner.objects.filter(alliance_id=here.id).values_list("name", "slug"))
    for number, (name, tier) in enumerate(MEMBERS.items(), 1):
        if name in slugs:
            _admit(secretary, slugs[name], name, tier, number)
    for number, name in enumerate(NEW, len(MEMBERS) + 1):
        slug = slugs.get(name) or add_unit(secretary, name)
        _apply(secretary, slug, name, "member", number)
        if name == NEW[0]:
            take_step(secretary, slug, "review", "演示：材料齐全，建议提交理事会表决")
            open_vote(secretary, Motion("admit", f"同意{name}加入联盟", about=slug))


def _admit(secretary: Actor, slug: str, name: str, tier: str, number: int) -> None:
    _apply(secretary, slug, name, tier, number)
    take_step(secretary, slug, "review", "演示：材料齐全")
    motion = Motion("admit", f"同意{name}加入联盟", "assembly", "counted", slug)
    vote = open_vote(secretary, motion)
    close_vote(secretary, vote, Counted(66, 60, 58, 0, 2))
    take_step(secretary, slug, "admit")
    note_fee(secretary, slug, FEES[tier], f"演示收据{number:03d}")
    issue_certificate(secretary, slug)


def _apply(secretary: Actor, slug: str, name: str, tier: str, number: int) -> None:
    day = timezone.localdate()
    papers = [
        Handed(kind, f"演示-{title}.pdf", _paper(title, name, day))
        for kind, title in (("application", "入会申请书"), ("licence", "营业执照"))
    ]
    wanted = Wanted(
        tier=tier,
        code=_code(number),
        region=REGION,
        delegate=f"演示代表{number:02d}",
        title="演示",
        words="演示数据：愿意遵守章程，参加联盟活动。",
    )
    apply(secretary, slug, wanted, papers)


def _paper(title: str, name: str, day: date) -> bytes:
    return write_note(
        f"{title}（演示）", [name, "这是虚构的演示材料，不是真实文件。"], day, synthetic=True
    )


def _code(number: int) -> str:
    body = f"DEMY{number:04d}"
    first = f"91{REGION}{body}{organisation_check(body)}"
    return f"{first}{uscc_check(first)}"
