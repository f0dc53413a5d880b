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
_REACHED = re.compile(
    r"(?:到|力争|目标)[^。]{0,20}(?P<what>产值|产能|营业收入|营收|规模|装机)[^,。]{0,6}$"
)

_BY_YEAR = re.compile(r"(?:到|至)20\d\d年(?:底|末)?,?[^,。\d]{0,10}$")
_LAST_LEVEL = re.compile(r"(?s:.*)(?P<what>产值|产能|营业收入|营收|收入|规模|装机)")


def extract_targets(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the aimed-at sizes with metric, the words kept, and the year where one is named."""
    mentions = find_mentions(page)
    for sentence in mentions.sentences:
        for found in find_quantities(mentions.text, sentence.span.start, sentence.span.end):
            target = _target(mentions, sentence, found)
            if target is None:
                continue
            metric, what, end = target
            quantity = found.quantity
            if quantity.unit == "":
                quantity = Quantity(quantity.figure, quantity.bound, "yuan", quantity.top)
            fixed = [("what", page.text[what.start : what.end]), ("metric", metric)]
            fixed.append(("words", page.text[found.start : end]))
            years = [d.iso[:4] for d in sentence.dates if d.iso[:2] == "20" and d.span.end <= end]
            year = years[-1] if years else None
            fixed.append(("year", year) if year else ("date", "not stated"))
            yield Finding(
                mentions.alliance(found.start) or "",
                metric,
                plain(quantity.figure),
                Span(found.start, end),
                quantity,
                tuple(fixed),
            )


def _target(mentions: Mentions, sentence: Sentence, found: Found) -> tuple[str, Span, int] | None:
    text = mentions.text
    around = clause(text, found.start, sentence.span)
    if found.level and found.dimension in (None, "money"):
        for metric, words in _METRIC_RULES:
            match = words.match(text, found.end, sentence.span.end)
            if match and _AIM.search(text, around.start, around.end):
                return metric, Span(*match.span()), match.end()
    if found.dimension == "money":
        before = text[sentence.span.start : found.start]
        match = _REACHED.search(before)
        if match is None and _BY_YEAR.search(before):
            match = _LAST_LEVEL.search(before)
        if match and any(date.iso[:2] == "20" for date in sentence.dates):
            at = sentence.span.start + match.start("what")
            return "level", Span(at, at + len(match["what"])), found.end
    return None


FACT = FactType(
    name="target",
    label=Label("目标", "target"),
    version="1",
    properties=(
        FactProperty("cluster", Label("集群规模", "size of the cluster")),
        FactProperty("market_size", Label("市场规模", "market size")),
        FactProperty("chain_size", Label("产业规模", "size of the chain")),
        FactProperty("level", Label("指标水平", "level of an indicator")),
    ),
    extract=extract_targets,
)
