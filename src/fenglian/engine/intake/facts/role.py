"""Which part does an organisation play: guiding, host, chair unit, member?"""

import re
from collections.abc import Iterator
from functools import cache

from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.events import event_before
from fenglian.engine.intake.mentions.organisations import Organisation
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.offices import full_office
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

_OPEN = r"(?:等)?(?:\d+家)?(?:单位|部门|机构|企业|公司)?(?:的)?(?:共同|联合|具体|大力|倾力)?"
_MANY = r"(?:等(?:\d+[余多]?家)?(?:企业|单位|公司|机构)?)?"
# Property → words behind a list of organisations. Longer titles first: 副理事长单位 holds 理事长单位.
_BEHIND: tuple[tuple[str, str], ...] = (
    ("guiding_body", rf"{_OPEN}(?:指导|业务指导|主管)(?!性)"),
    ("host", rf"{_OPEN}主办"),
    ("organiser", rf"{_OPEN}承办"),
    ("supporter", rf"{_OPEN}(?:协办|支持|协同)"),
    ("lead", rf"{_OPEN}牵头"),
    ("initiator", rf"{_OPEN}(?:发起|倡议)"),
    (
        "co_chair_unit",
        _MANY + r"(?:当选|担任|成为|为|任|出任)[^,。、]{0,12}联席(?:理事长|会长)单位",
    ),
    (
        "vice_chair_unit",
        _MANY + r"(?:当选|担任|成为|为|任|出任)[^,。、]{0,12}副(?:理事长|会长|主席)单位",
    ),
    (
        "chair_unit",
        _MANY
        + r"(?:被[推选举]{1,2}为?|当选为?|担任|成为|为|任|出任)[^,。、副]{0,12}(?:理事长|会长|主席)单位",
    ),
    ("council_member", _MANY + r"(?:当选|担任|成为|为|任)[^,。、]{0,12}理事单位"),
    (
        "member",
        _MANY
        + r"(?:(?:获准|正式)?加入[^,。]{0,24}(?:联盟|协会|商会|促进会)|成为[^,。、]{0,24}(?:会员|成员)单位)",
    ),
)
_AHEAD: tuple[tuple[str, str], ...] = (
    ("guiding_body", r"指导单位(?:为|是|:|有)?$"),
    ("host", r"主办(?:单位|方)(?:为|是|:|有)?$"),
    ("organiser", r"承办(?:单位|方)(?:为|是|:|有)?$"),
    ("supporter", r"(?:协办|支持)(?:单位|方)(?:为|是|:|有)?$"),
    ("chair_unit", r"(?<!副)(?<!联席)(?:理事长|会长)单位(?:为|是|:|由)?$"),
    ("vice_chair_unit", r"副(?:理事长|会长)单位(?:为|是|:|由)?$"),
)
_JOINT = re.compile(r"、|和|与|及|以及|,(?=[^\W\d_]{2,20}(?:、|联合|共同))")
_OF_BODY = frozenset(("chair_unit", "co_chair_unit", "vice_chair_unit", "council_member", "member"))


@cache
def _rules(words: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(each)) for name, each in words)


def extract_roles(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield organisation by organisation its part in the event or the alliance."""
    mentions = find_mentions(page)
    for sentence in mentions.sentences:
        for group in joint_lists(mentions, sentence):
            role = _role(mentions, sentence, group)
            if role is None:
                continue
            subject = _subject(page, mentions, role, group[0].span.start)
            for mention in group:
                fixed = _qualifiers(page, tables, mention)
                yield Finding(subject, role, mention.name, mention.span, qualifiers=fixed)


def joint_lists(mentions: Mentions, sentence: Sentence) -> Iterator[tuple[Organisation, ...]]:
    """Yield the organisations of a sentence, those joined by 、 or 和 together."""
    group: list[Organisation] = []
    for mention in sentence.organisations:
        between = mentions.text[group[-1].span.end : mention.span.start] if group else ""
        if group and not _JOINT.fullmatch(between):
            yield tuple(group)
            group = []
        group.append(mention)
    if group:
        yield tuple(group)


def _role(mentions: Mentions, sentence: Sentence, group: tuple[Organisation, ...]) -> str | None:
    text = mentions.text
    end = group[-1].span.end
    for name, words in _rules(_BEHIND):
        if words.match(text, end, sentence.span.end):
            return name
    start = group[0].span.start
    before = text[max(sentence.span.start, start - 16) : start]
    return next((name for name, words in _rules(_AHEAD) if words.search(before)), None)


def _subject(page: Page, mentions: Mentions, role: str, at: int) -> str:
    if role in _OF_BODY:
        return mentions.alliance(at) or ""
    event = event_before(page, at)
    return event.subject if event else mentions.alliance(at) or ""


def _qualifiers(page: Page, tables: Tables, mention: Organisation) -> tuple[tuple[str, str], ...]:
    fixed = [("kind", mention.kind)]
    office = full_office(mention.name, page.home, tables.divisions)
    if office:
        fixed.extend((("resolved", office[0]), ("province", office[1])))
    return tuple(fixed)


FACT = FactType(
    name="role",
    label=Label("单位角色", "role of an organisation"),
    version="1",
    properties=(
        FactProperty("guiding_body", Label("指导单位", "guiding body")),
        FactProperty("host", Label("主办单位", "host")),
        FactProperty("organiser", Label("承办单位", "organiser")),
        FactProperty("supporter", Label("协办或支持单位", "supporter")),
        FactProperty("lead", Label("牵头单位", "lead")),
        FactProperty("initiator", Label("发起单位", "initiator")),
        FactProperty("chair_unit", Label("理事长单位", "chair unit")),
        FactProperty("co_chair_unit", Label("联席理事长单位", "co-chair unit")),
        FactProperty("vice_chair_unit", Label("副理事长单位", "vice-chair unit")),
        FactProperty("council_member", Label("理事单位", "council member")),
        FactProperty("member", Label("成员单位", "member")),
    ),
    extract=extract_roles,
)
