"""Which dates does the article name, and what do they mean?"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.dates import DateWords
from fenglian.engine.intake.mentions.events import find_events
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

_MEANINGS = (
    "event",
    "planned",
    "period",
    "deadline",
    "founded",
    "signed",
    "decided",
    "target",
    "as_of",
)
_PLANNED = re.compile(r"计划|拟|将|预计|预期|力争|争取|有望|即将|动工|届时")
_FOUNDED = re.compile(r"[^,。]{0,6}(?:成立|创立|创建|始建|组建|建厂|建校)")
_FOUNDED_IN = re.compile(r"(?:成立|创立|创建|始建|组建|建)于$")
_AS_OF = re.compile(r"截至|截止")
_TARGET = re.compile(r"^[^。]{0,30}(?:目标|达到|力争|实现|突破)|(?:到|至)$")


def extract_dates(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the dates of the body; an unknown year stays ``????``."""
    mentions = find_mentions(page)
    days = {event.date.span: event.subject for event in reversed(find_events(page)) if event.date}
    published = page.header.published.value if page.header.published else None
    for sentence in mentions.sentences:
        for date in sentence.dates:
            meaning = (
                "event" if date.span in days else _meaning(mentions, sentence, date, published)
            )
            fixed = [("year", date.year_from)]
            if date.half_day:
                fixed.append(("half_day", date.half_day))
            subject = days.get(date.span) or _subject(page, sentence, date)
            yield Finding(subject, meaning, date.written, date.span, qualifiers=tuple(fixed))


def _subject(page: Page, sentence: Sentence, date: DateWords) -> str:
    """Return the words beside the date: behind it, else before it."""
    behind = page.text[date.span.end : sentence.span.end].lstrip(",、 ")
    before = page.text[sentence.span.start : date.span.start]
    return re.split(r"[,。;]", behind)[0] or re.split(r"[,。;]", before)[-1]


def _meaning(mentions: Mentions, sentence: Sentence, date: DateWords, published: str | None) -> str:
    before = mentions.text[sentence.span.start : date.span.start]
    after = mentions.text[date.span.end : sentence.span.end]
    if date.deadline:
        return "deadline"
    if _AS_OF.search(before[-6:]):
        return "as_of"
    if _FOUNDED.match(after) or _FOUNDED_IN.search(before[-4:]):
        return "founded"
    ahead = published is not None and date.iso[:1] != "?" and date.iso > published[: len(date.iso)]
    if ahead:
        return "target" if before[-1:] in ("到", "至") and _TARGET.search(after) else "planned"
    if _PLANNED.search(before[-12:]) and len(date.iso) < 10:
        return "planned"
    if date.until or len(date.iso) < 10:
        return "period"
    return "event"


FACT = FactType(
    name="date",
    label=Label("日期", "date"),
    version="2",
    properties=tuple(
        FactProperty(name, label)
        for name, label in zip(
            _MEANINGS,
            (
                Label("事件日", "day of an event"),
                Label("计划", "planned"),
                Label("期间", "period"),
                Label("期限", "deadline"),
                Label("成立", "founded"),
                Label("签署", "signed"),
                Label("决定", "decided"),
                Label("目标", "target"),
                Label("截至", "as of"),
            ),
            strict=True,
        )
    ),
    extract=extract_dates,
)
