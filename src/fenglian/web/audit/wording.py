"""How is it said what is wrong with a log?"""

from fenglian.engine.labels import Label
from fenglian.web.audit.chain import Fault, Kind, Report

FAULTS = {
    Kind.EDITED: Label("第 {n} 条被改过", "entry {n} is not what was written"),
    Kind.BROKEN: Label(
        "第 {n} 条接不上前一条：之间有删除、插入或调换",
        "entry {n} does not follow on the one before: something was deleted, inserted or moved",
    ),
    Kind.MISSING: Label("第 {n} 条之前缺号", "numbers are missing before entry {n}"),
    Kind.STRAY: Label(
        "第 {n} 条处多出一条，不是本软件写的",
        "at entry {n} there is one too many, which this software did not write",
    ),
    Kind.CUT: Label("从第 {n} 条起被截去", "the log is cut off from entry {n} on"),
    Kind.REWRITTEN: Label(
        "第 {n} 条或更早被整段重写", "the log was written anew at or before entry {n}"
    ),
}
BY_ANCHOR = Label("（{day} 的锚：{count} 条）", " (by the anchor of {day}: {count} entries)")
WHOLE = Label(
    "日志完整：{count:,} 条逐条重算，对上 {anchors} 个锚。",
    "The log is whole: {count:,} entries recomputed, {anchors} anchors hold.",
)
BROKEN = Label(
    "日志被动过：{found:,} 处不对，最早在第 {first} 条。共 {count:,} 条，对照 {anchors} 个锚。",
    "The log was tampered with: {found:,} faults, the first at entry {first}. {count:,} entries, "
    "held against {anchors} anchors.",
)


def say_fault(fault: Fault) -> Label:
    """Return what is wrong, and where."""
    words = _fill(FAULTS[fault.kind], n=f"{fault.number:,}")
    if fault.anchor is None:
        return words
    by = _fill(BY_ANCHOR, day=fault.anchor.day.isoformat(), count=f"{fault.anchor.count:,}")
    return Label(words.zh + by.zh, words.en + by.en)


def say_report(report: Report) -> Label:
    """Return the verdict in one sentence."""
    facts = {"count": report.count, "anchors": report.anchors, "found": report.found}
    if report.first is None:
        return _fill(WHOLE, **facts)
    return _fill(BROKEN, **facts, first=f"{report.first.number:,}")


def _fill(label: Label, **facts: object) -> Label:
    return Label(label.zh.format(**facts), label.en.format(**facts))
