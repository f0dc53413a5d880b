"""What does the invented alliance do in its scripted year? Days, deeds and their words; data only.

Everybody in it is invented, and every word that could pass for a fact says so. Amounts are yuan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FIRST = date(2025, 11, 1)
CHAIR, INSTITUTE, BANK, MEMBER = "演示整机01厂", "演示研究院02", "演示银行01", "演示法兰01厂"
NEWCOMER, REFUSED = "演示法兰02厂", "演示法兰03厂"
FOUNDERS: Mapping[str, str] = {
    CHAIR: "chair",
    INSTITUTE: "vice_chair",
    BANK: "council",
    MEMBER: "member",
}
PURCHASE = "演示：委托编写年度产业简报"
ASSEMBLY, COUNCIL = "assembly", "council"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done on a day; ``act`` is what the player calls it."""

    day: str
    act: str
    about: str = ""  # unit, or the name by which later deeds speak of it
    words: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def _founding() -> tuple[Deed, ...]:
    applied = [Deed("2025-11-03", "hand_in", name, tier) for name, tier in FOUNDERS.items()]
    looked = [Deed("2025-11-06", "review", name, "演示：材料齐全") for name in FOUNDERS]
    met = Deed("2025-11-20", "meet", "成立大会", "演示联盟成立大会", {
        "kind": ASSEMBLY, "came": {CHAIR: 6, INSTITUTE: 3, BANK: 2, MEMBER: 4},
        "minutes": "演示纪要：四家发起单位入会，选举理事长单位。"})  # fmt: skip
    admitted = [
        Deed("2025-11-20", "admit", name, f"同意{name}加入联盟", {"counted": (4, 4, 4, 0, 0)})
        for name in FOUNDERS
    ]
    paid = [Deed("2025-11-28", "pay_fee", name, "演示收据") for name in FOUNDERS]
    posts = (
        Deed("2025-11-20", "elect", CHAIR, "理事长单位"),
        Deed("2025-11-20", "elect", INSTITUTE, "秘书长", {"person": "演示用户甲"}),
    )
    return (*applied, *looked, met, *admitted, *posts, *paid)


def _contract(day: str, name: str, number: str, yuan: int, confirmed: str = "") -> tuple[Deed, ...]:
    signed = Deed(day, "sign", name, number, {"yuan": yuan})
    if not confirmed:
        return (signed,)
    return signed, Deed(confirmed, "confirm", name, number, {"yuan": yuan})


def _step(name: str, step: str, planned: str, came: str, paid: str, yuan: int) -> tuple[Deed, ...]:
    more = {"step": step, "planned": planned, "yuan": yuan}
    delivered = Deed(came, "deliver", name, "", more)
    return delivered, Deed(paid, "pay", name, "", {"step": step, "yuan": yuan * 9 // 10})


def _council(day: str, title: str, motion: str, counted: tuple[int, ...]) -> tuple[Deed, ...]:
    came = {CHAIR: 2, INSTITUTE: 2, BANK: 1}
    minutes = f"演示纪要：{motion}。"
    more = {"kind": COUNCIL, "came": came, "minutes": minutes}
    return (
        Deed(day, "meet", title, title, more),
        Deed(day, "decide", title, motion, {"counted": counted}),
    )


YEAR: tuple[Deed, ...] = (
    *_founding(),
    *_council("2025-12-10", "演示理事会第一次会议", "演示：每季度召开一次供需对接会", (3, 3, 3, 0, 0)),
    Deed("2025-12-10", "set_task", MEMBER, "演示：报送第一季度需求清单", {"due": "2025-12-26"}),
    Deed("2025-12-10", "set_task", CHAIR, "演示：提交补链项目清单", {"due": "2025-12-31"}),
    Deed("2025-12-22", "do_task", MEMBER, "演示：报送第一季度需求清单"),
    *_contract("2026-01-08", "年-1", "演示年签01", 84_000_000, "2026-01-12"),
    Deed("2026-01-09", "do_task", CHAIR, "演示：提交补链项目清单"),
    *_step("年-1", "第一批", "2026-02-10", "2026-02-10", "2026-03-05", 21_000_000),
    Deed("2026-02-20", "hand_in", NEWCOMER, "member"),
    Deed("2026-03-02", "review", NEWCOMER, "演示：材料齐全，建议表决"),
    *_council("2026-03-12", "演示理事会第二次会议", "演示：通过年度工作计划", (3, 3, 3, 0, 0)),
    Deed("2026-03-12", "admit", NEWCOMER, f"同意{NEWCOMER}加入联盟",
         {"body": COUNCIL, "counted": (3, 3, 3, 0, 0)}),
    Deed("2026-03-13", "put_to_vote", "", PURCHASE),
    Deed("2026-03-16", "vote", CHAIR, "for", {"on": PURCHASE}),
    Deed("2026-03-17", "vote", INSTITUTE, "for", {"on": PURCHASE}),
    Deed("2026-03-18", "vote", BANK, "abstain", {"on": PURCHASE}),
    Deed("2026-03-20", "close_vote", "", PURCHASE),
    Deed("2026-03-31", "pay_fee", NEWCOMER, "演示收据"),
    *_contract("2026-04-07", "年-2", "演示年签02", 36_000_000, "2026-04-10"),
    *_step("年-1", "第二批", "2026-04-20", "2026-05-06", "2026-05-28", 21_000_000),
    Deed("2026-05-18", "hand_in", REFUSED, "member"),
    Deed("2026-05-25", "review", REFUSED, "演示：材料齐全，建议表决"),
    *_step("年-2", "第一批", "2026-06-05", "2026-06-05", "2026-06-30", 18_000_000),
    Deed("2026-06-15", "meet", "年度大会", "演示会员大会", {
        "kind": ASSEMBLY, "came": {CHAIR: 4, INSTITUTE: 2, BANK: 1, MEMBER: 3, NEWCOMER: 2},
        "minutes": "演示纪要：审议上半年工作。"}),
    Deed("2026-06-15", "decide", "年度大会", "演示：通过上半年工作报告",
         {"body": ASSEMBLY, "counted": (5, 5, 4, 0, 1)}),
    Deed("2026-06-26", "refuse", REFUSED, f"同意{REFUSED}加入联盟",
         {"body": COUNCIL, "counted": (3, 3, 0, 2, 1)}),
    Deed("2026-07-06", "set_task", MEMBER, "演示：答复对口部门关于交付的询问",
         {"due": "2026-07-31", "source": "advice"}),
    *_contract("2026-07-15", "年-3", "演示年签03", 12_000_000),
    Deed("2026-07-28", "do_task", MEMBER, "演示：答复对口部门关于交付的询问"),
    *_step("年-1", "第三批", "2026-07-20", "2026-08-03", "2026-08-25", 21_000_000),
    *_step("年-2", "第二批", "2026-08-20", "2026-08-18", "2026-09-10", 18_000_000),
    *_council("2026-09-15", "演示理事会第三次会议", "演示：通过对接会安排", (3, 3, 2, 1, 0)),
    *_step("年-1", "第四批", "2026-10-10", "2026-10-09", "2026-10-29", 21_000_000),
    Deed("2026-10-08", "set_task", CHAIR, "演示：报送年度总结", {"due": "2026-10-20"}),
    Deed("2026-10-26", "check", CHAIR, "演示：参加活动正常"),
    Deed("2026-10-26", "check", INSTITUTE, "演示：参加活动正常"),
    Deed("2026-10-26", "check", MEMBER, "演示：参加活动正常"),
    Deed("2026-10-27", "check", BANK, "演示：缺年度材料，限期补交", {"passed": False}),
)  # fmt: skip
