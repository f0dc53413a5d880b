"""The demo alliance's members: invented, marked so, and only where the alliance itself is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from fenglian.engine.registry.codes import organisation_check, uscc_check
from fenglian.render.certificate import write_note
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.applying import Handed, Wanted, apply
from fenglian.web.alliance.actions.demo_governance import govern_demo
from fenglian.web.alliance.actions.keeping import issue_certificate, note_fee
from fenglian.web.alliance.actions.meeting import (
    Call,
    Errand,
    Office,
    call_meeting,
    fill_post,
    keep_minutes,
    note_presence,
    set_action,
)
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
        hand_in(secretary, slug, name, "member", number)
        if name == NEW[0]:
            take_step(secretary, slug, "review", "演示：材料齐全，建议提交理事会表决")
            open_vote(secretary, Motion("admit", f"同意{name}加入联盟", about=slug))
    govern_demo(secretary, dict(FEES), tuple(MEMBERS), _meet(secretary))


def _meet(secretary: Actor) -> str:
    """Have the demo's council meet, decide, and set something to do; one more meeting is to come."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    today, here = timezone.localdate(), secretary.alliance.id
    met = now - timedelta(days=20)
    agenda = "审议新成员入会\n审议年度工作\n其他"
    hours = timedelta(hours=2)
    first = Call("council", "演示理事会第一次会议", "太原（演示）", met, met + hours, agenda)
    slug = call_meeting(secretary, first)
    known = Owner.objects.filter(alliance_id=here, name__in=MEMBERS).values_list("name", flat=True)
    for name in known:
        note_presence(secretary, slug, name, 2, "演示代表")
    motion = Motion("other", "演示：每季度召开一次供需对接会", "council", "counted", meeting=slug)
    close_vote(secretary, open_vote(secretary, motion), Counted(3, 3, 3, 0, 0))
    keep_minutes(secretary, slug, "演示纪要：到会单位同意每季度召开一次供需对接会。")
    later = now + timedelta(days=12)
    call_meeting(
        secretary,
        replace(first, title="演示理事会第二次会议", starts_at=later, ends_at=later + hours),
    )
    for source, text, days, unit in (
        ("resolution", "演示：报送第四季度供需对接会需求清单", 15, "演示法兰01厂"),
        ("advice", "演示：提交补链项目清单", -5, "演示整机01厂"),
    ):
        if unit in known:
            grounds = "演示理事会第一次会议决议" if source == "resolution" else "演示：会上建议"
            set_action(secretary, Errand(source, text, today + timedelta(days=days), grounds, unit))
    for post, unit, person in (
        ("理事长单位", "演示整机01厂", ""),
        ("秘书长", "演示研究院02", "演示用户甲"),
    ):
        if unit in known:
            since = today - timedelta(days=5 * 365 - 90)
            fill_post(secretary, Office(post, unit, since, "演示成立大会选举", person, 5))
    return slug


def _admit(secretary: Actor, slug: str, name: str, tier: str, number: int) -> None:
    hand_in(secretary, slug, name, tier, number)
    take_step(secretary, slug, "review", "演示：材料齐全")
    motion = Motion("admit", f"同意{name}加入联盟", "assembly", "counted", slug)
    vote = open_vote(secretary, motion)
    close_vote(secretary, vote, Counted(66, 60, 58, 0, 2))
    take_step(secretary, slug, "admit")
    note_fee(secretary, slug, FEES[tier], f"演示收据{number:03d}")
    issue_certificate(secretary, slug)


def hand_in(secretary: Actor, slug: str, name: str, tier: str, number: int) -> None:
    """Hand in an invented application with invented papers."""
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
