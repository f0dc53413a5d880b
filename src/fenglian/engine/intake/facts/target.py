"""Which size is aimed at, in which metric, by when?

千亿级产业集群 and 千亿级产业链市场规模 are two metrics and never one number.
"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.prose import clause
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Found, Quantity, find_quantities, plain

_METRICS: tuple[tuple[str, str], ...] = (
    ("market_size", r"[^\W\d_]{0,8}?市场规模"),
    ("cluster", r"[^\W\d_]{0,8}?集群"),
    ("chain_size", r"[^\W\d_]{0,8}?(?:产业链|产业规模|产业基地|产业园|产业)"),
)
_METRIC_RULES = tuple((name, re.compile(words)) for name, words in _METRICS)
_AIM = re.compile(
    r"目标|打造|形成|培育|建成|建设|力争|争取|努力|迈向|冲刺|实现|达到|突破|为目标|到(?:19|20)\d\d年"
)
# A level by a year: 到2025年产值达到150亿元, 力争2030年装机突破500万千瓦.
_LEVEL = (
    r"(?P<what>[^\W\d_]{0,10}?(?:产值|产能|产量|营业收入|营业额|营收|收入|销售额|规模|装机容量|装机|配套率|覆盖率|国产化率|本地化率|"
    r"占比|比重|比例|利用率|发电量|年产|用电量|增加值|企业|项目|机构|平台|基地|人才))"
)
_RISES = r"(?:总|合计|总计|力争|要|将|均|分别|均值|数量|总量|数|达|到|达到|突破|超过|超|提高|提升|增长|增加|扩大|降低|下降|稳定|保持|实现|为|至|在|约|逾){0,5}"
_LEVEL_BEFORE = re.compile(rf"{_LEVEL}{_RISES}$")
_GAINED_BEFORE = re.compile(
    rf"(?:培育|聚集|集聚|引进|引育|新增|建成|形成|打造|发展|招引|落地|实现){_LEVEL}?{_RISES}$|(?:形成|建成|实现)[^\W\d_]{{0,8}}$"
)
_NOUN_BEHIND = re.compile(r"[^\W\d_]{2,10}")
_LEAD_IN = re.compile(
    r"(?:年?[底末]?(?:全[市省县区州]|我[市省县区])?(?:的|将|要|力争|实现|形成|建成|培育|聚集|集聚|引进|引育|新增|打造|发展|招引|使)?)(?=..)"
)
_AIMS = re.compile(
    r"力争|争取|努力|计划|规划|目标|确保|预计|将|要|(?<!达)到|至|拟|明确|提出|打算|有望"
)
_PLAN = re.compile(r"[“\"](?P<name>十[三四五六]五)[”\"](?:时期|期)?末")
_PLAN_ENDS = {"十三五": "2020", "十四五": "2025", "十五五": "2030", "十六五": "2035"}
_DONE = re.compile(r"截至|截止|已经?(?:达|完成|实现|形成|突破)|同比|较上年|比上年|累计完成|去年")


def extract_targets(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the aimed-at sizes with metric, the words kept, and the year where one is named."""
    mentions = find_mentions(page)
    for sentence in mentions.sentences:
        for found in find_quantities(mentions.text, sentence.span.start, sentence.span.end):
            target = _target(mentions, sentence, found, page.year)
            if target is None:
                continue
            metric, what, end = target
            quantity = found.quantity
            if quantity.unit == "":
                quantity = Quantity(quantity.figure, quantity.bound, "yuan", quantity.top)
            fixed = [("what", page.text[what.start : what.end]), ("metric", metric)]
            fixed.append(("words", page.text[found.start : end]))
            year = _year(mentions, sentence, end)
            fixed.append(("year", year) if year else ("date", "not stated"))
            yield Finding(
                mentions.alliance(found.start) or "",
                metric,
                plain(quantity.figure),
                Span(found.start, end),
                quantity,
                tuple(fixed),
            )


def _target(
    mentions: Mentions, sentence: Sentence, found: Found, now: int | None
) -> tuple[str, Span, int] | None:
    text = mentions.text
    around = clause(text, found.start, sentence.span)
    if found.level and found.dimension in (None, "money"):
        for metric, words in _METRIC_RULES:
            match = words.match(text, found.end, sentence.span.end)
            if match and _AIM.search(text, around.start, around.end):
                return metric, Span(*match.span()), match.end()
    if found.level or found.dimension is None:
        return None
    what = _level(mentions, sentence, found, now)
    return ("level", what, found.end) if what else None


def _level(mentions: Mentions, sentence: Sentence, found: Found, now: int | None) -> Span | None:
    """Return the words for what is to reach the size; None where no year ahead is named for it."""
    text, start = mentions.text, sentence.span.start
    year = _year(mentions, sentence, found.start)
    if year is None or (now is not None and int(year) < now):
        return None
    if not _AIMS.search(text, start, found.start) or _DONE.search(text, start, found.end):
        return None
    around = clause(text, found.start, sentence.span)
    for rule in (_LEVEL_BEFORE, _GAINED_BEFORE):
        match = rule.search(text, max(around.start, found.start - 32), found.start)
        if match is None or match.end() != found.start:
            continue
        if match.groupdict().get("what"):
            lead = _LEAD_IN.match(text, match.start("what"), match.end("what"))
            return Span(lead.end() if lead else match.start("what"), match.end("what"))
        behind = _NOUN_BEHIND.match(text, found.end, around.end)
        at = behind.span() if behind else match.span()
        return Span(*at)
    return None


def _year(mentions: Mentions, sentence: Sentence, before: int) -> str | None:
    """Return the year last named in front of a place; the end of a five-year plan is one.

    Quarters and months of one year are not: 今年前三季度产值达到 tells what was reached.
    """
    named = [
        (each.span.end, (each.until or each.iso)[:4])
        for each in sentence.dates
        if each.iso[:2] == "20"
        and each.span.end <= before
        and (each.until is None or each.until[:4] > each.iso[:4])
    ]
    plans = _PLAN.finditer(mentions.text, sentence.span.start, before)
    named += [(plan.end(), _PLAN_ENDS[plan["name"]]) for plan in plans]
    return max(named)[1] if named else None


FACT = FactType(
    name="target",
    label=Label("目标", "target"),
    version="3",
    properties=(
        FactProperty("cluster", Label("集群规模", "size of the cluster")),
        FactProperty("market_size", Label("市场规模", "market size")),
        FactProperty("chain_size", Label("产业规模", "size of the chain")),
        FactProperty("level", Label("指标水平", "level of an indicator")),
    ),
    extract=extract_targets,
)
