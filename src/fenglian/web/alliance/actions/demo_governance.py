"""The demo alliance's charter, elections, ideas and public page: invented, and marked so."""

from datetime import timedelta

from django.utils import timezone

from fenglian.engine.alliance.charter import MODEL, spell_charter
from fenglian.engine.alliance.tiers import TIERS
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import Owner
from fenglian.web.alliance.actions.chartering import Text, adopt_charter
from fenglian.web.alliance.actions.electing import (
    RoomCount,
    Standing,
    close_election,
    open_election,
)
from fenglian.web.alliance.actions.meeting import Errand, set_action
from fenglian.web.alliance.actions.outward import open_page, publish_meeting, set_listed
from fenglian.web.alliance.actions.proposing import put_idea, settle_idea
from fenglian.web.alliance.models import Election

FIRST = """第一条 演示联盟由风电产业链单位自愿组成（演示文本，不是真实章程）。
第二条 会员大会每届任期五年。
第三条 理事会须有三分之二以上理事出席，决议须经到会理事三分之二以上通过。
第四条 会员大会须有三分之二以上会员出席，决议须经到会会员半数以上通过。"""
SECOND = """第一条 演示联盟由风电产业链单位自愿组成（演示文本，不是真实章程）。
第二条 会员大会每届任期五年，届满前二百四十天筹备换届。
第三条 理事会须有三分之二以上理事出席，决议须经到会理事三分之二以上通过。
第四条 会员大会须有三分之二以上会员出席，决议须经到会会员半数以上通过。
第五条 会费按级别缴纳。"""
HOW = "演示：向秘书处索取申请链接，填写单位名称和代码，上传盖章的申请书和营业执照；或写信到 demo@example.invalid。"


def govern_demo(secretary: Actor, fees: dict[str, int], named: tuple[str, ...], met: str) -> None:
    """Give the demo what an alliance is governed by; ``met`` is the meeting that was held."""
    today, here = timezone.localdate(), secretary.alliance.id
    model = spell_charter(MODEL)
    later = {
        **model,
        "notice_days": "240",
        **{f"fee_{tier}": str(fees.get(tier, "")) for tier in TIERS},
    }
    grounds = "演示成立大会通过"
    adopt_charter(
        secretary, Text("演示章程（第一版）", FIRST, today - timedelta(900), model, grounds=grounds)
    )
    adopt_charter(
        secretary,
        Text("演示章程（修订）", SECOND, today - timedelta(90), later, grounds="演示会员大会通过"),
    )
    rows = Owner.objects.filter(alliance_id=here, name__in=named)
    slugs = dict(rows.values_list("name", "slug"))
    for slug in slugs.values():
        set_listed(secretary, slug, listed=True)
    if len(slugs) > 1:
        _elect(secretary, sorted(slugs), met)
    idea = put_idea(
        secretary, "演示：共用叶片试验台", "演示：几家单位的试验台有空档，建议排出共用日历。"
    )
    settle_idea(secretary, idea, meeting=met)
    due = today + timedelta(days=5)
    errand = Errand(
        "idea",
        "演示：列出可共用的试验台和空档",
        due,
        unit=min(slugs, default=""),
        idea=idea,
        meeting=met,
    )
    set_action(secretary, errand)
    put_idea(
        secretary,
        "演示：统一报送产能的口径",
        "演示：各家按台、按兆瓦、按吨报的都有，建议先定一个口径。",
    )
    publish_meeting(secretary, met, published=True)
    open_page(secretary, HOW)  # fmt: skip


def _elect(secretary: Actor, units: list[str], met: str) -> None:
    """Hold one election in the room, and leave one open for the slips of those who look."""
    today, both = timezone.localdate(), "\n".join(units[:2])
    held = Standing(
        "演示监事单位选举", "监事单位", both, 1, today - timedelta(20), way="counted", meeting=met
    )
    slug = open_election(secretary, held)
    first, second = Election.objects.get(slug=slug).candidates.values_list("slug", flat=True)
    close_election(secretary, slug, RoomCount(66, 60, 58, {first: 40, second: 18}))
    people = "\n".join(f"{unit} 演示人选{number}" for number, unit in enumerate(units, 1))
    open_election(
        secretary, Standing("演示秘书长换届", "秘书长", people, 1, today + timedelta(60), of_persons=True)
    )  # fmt: skip
