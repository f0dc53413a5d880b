"""How many units and persons attended? Attending is not membership, and the finding says so."""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.counts import find_counts
from fenglian.engine.intake.mentions.sentences import Sentence, find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label
from fenglian.engine.quantities import plain

_MEETING = re.compile(r"[^\W召举]{0,6}?(?:大会|会议|年会|论坛|座谈会|推进会|对接会|研讨会)")
_KINDS = re.compile(r"来自(?P<kinds>[^。]{2,40}?)(?P<open>等)?(?:共计|共|合计|总计|的)?\d")
_PROPERTIES = {"attending_units": "units", "attending_persons": "persons"}


def extract_attendance(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the numbers of attending units and persons, each with its bound."""
    mentions = find_mentions(page)
    for sentence in mentions.sentences:
        for count in find_counts(mentions, sentence):
            if count.part not in _PROPERTIES:
                continue
            found = count.found
            meeting = _meeting(mentions.text, sentence, found.start)
            subject = page.text[meeting.start : meeting.end] if meeting else ""
            fixed = [("unit", found.quantity.unit), ("membership", "not stated")]
            fixed.extend(_kinds(mentions.text, sentence))
            yield Finding(
                subject or mentions.alliance(found.start) or "",
                _PROPERTIES[count.part],
                plain(found.quantity.figure),
                Span(found.start, found.end),
                found.quantity,
                tuple(fixed),
            )


def _meeting(text: str, sentence: Sentence, before: int) -> Span | None:
    """Return the meeting's name: the organisation in front of 成立大会 belongs to it."""
    for mention in sentence.organisations:
        match = _MEETING.match(text, mention.span.end)
        if match and match.end() <= before:
            return Span(mention.span.start, match.end())
    return None


def _kinds(text: str, sentence: Sentence) -> Iterator[tuple[str, str]]:
    match = _KINDS.search(text, sentence.span.start, sentence.span.end)
    if match and "、" in match["kinds"]:
        yield "kinds", match["kinds"]
        if match["open"]:
            yield "list", "open"


FACT = FactType(
    name="attendance",
    label=Label("参会", "attendance"),
    version="1",
    properties=(
        FactProperty("units", Label("参会单位数", "attending units")),
        FactProperty("persons", Label("参会人数", "attending persons")),
    ),
    extract=extract_attendance,
)
