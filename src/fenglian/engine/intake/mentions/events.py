"""What happened: foundings, signings, meetings, ground-breakings, with their subject and day?

Only what the article says has happened counts: 计划动工, 投产后 and 拟开工 are no events.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.dates import DateWords
from fenglian.engine.intake.mentions.organisations import Organisation
from fenglian.engine.intake.mentions.parties import parties
from fenglian.engine.intake.mentions.prose import clause, in_quotation
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.page import Page

_BODY = r"(?:联盟|协会|商会|促进会|联合会|学会|联合体|共同体|研究会)"
_MEETING = r"(?:大会|会议|座谈会|年会|推进会|对接会|理事会|论坛|研讨会|交流会|启动会|见面会|工作会|全会|峰会|博览会|展览会|发布会|洽谈会|启动仪式)"

_FOUNDED = (
    rf"{_BODY}(?:\([^()。]{{0,24}}\))?(?:[^,。“”]{{0,14}}?)(?:成立大会|创立大会|揭牌(?!仪式|后)|成立(?!于|以来|后|至今|的第|[一二三四五\d]周?年))|"
    rf"成立(?:了)?(?!于|以来|后)[^,。]{{0,24}}{_BODY}|组建(?:了|成立)?[^,。]{{0,24}}{_BODY}"
)

# Type → words that say it happened. The first that fits a clause names it.
_TRIGGERS: tuple[tuple[str, str], ...] = (
    (
        "alliance_founded",
        _FOUNDED,
    ),
    (
        "elected",
        r"(?:当选为?|被?推选为|被?推举为|被选为|选举产生)[^,。、]{0,16}?(?:单位|(?:理事长|会长|主席|秘书长|监事长|理事|董事|监事)(?:单位)?)|选举[^,。;]{2,60}?为[^,。;]{0,12}(?:单位|理事长|会长|主席|秘书长|监事长|理事|董事|监事)|选举产生了?[^,。]{0,30}(?:理事会|委员会|领导班子)",
    ),
    ("signed", r"签约(?!率|意向|前)|签订|签署|签下|签定|签了|达成[^,。]{0,10}协议"),
    (
        "joined",
        rf"(?:加入|获准加入)[^,。]{{0,24}}{_BODY}|成为[^,。]{{0,24}}(?:会员单位|成员单位|理事单位)|新增[^,。]{{0,10}}会员单位",
    ),
    (
        "ground_broken",
        r"(?<!新)开工(?!率|后|前|日|条件|手续|令|面积)|奠基|破土|(?:启动|开始)建设(?!工作)|动工(?!后|前)",
    ),
    (
        "commissioned",
        (
            r"投产(?!后|前|率|时间)|试产(?!后|前)|并网(?:发电)?(?!后|前|容量|装机|规模|风电|光伏|电价|条件|线路|点)|投[运用](?!后|前)|"
            r"竣工(?!后|前)|投入(?:商业)?(?:使用|试?运行|运营|生产)|正式(?:运行|启用)"
        ),
    ),
    ("installed", r"吊装(?:完成|成功|完毕)?(?!上?船|设备|能力|平台|作业)|安装完[成毕]|完成安装"),
    ("rolled_off", r"下线(?!率|后|前|路|缆)|(?:成功|顺利|正式)出厂"),
    (
        "awarded",
        r"荣获|喜获|(?:摘得|斩获|夺得|捧回)[^,。]{0,20}(?:奖|称号|冠军)|获得[^,。]{0,20}(?:奖|称号|认定|殊荣)|被(?:授予|评为|认定为)|入选|获评|上榜|中标(?!率|价|公告)",
    ),
    (
        "negotiated",
        r"洽谈(?!会)|会谈|磋商|(?:进行|举行|开展)(?:了)?[^,。]{0,6}(?:座谈|对接|交流)(?!会)|会见",
    ),
    ("visited", r"(?:考察|(?<!市场)(?<!据)调研|走访|视察|参观)(?!报告|组|显示|数据|机构)"),
    (
        "meeting",
        rf"(?:召开|举行|举办)(?:了)?[^,。]{{0,24}}?{_MEETING}|{_MEETING}[^,。]{{0,24}}(?:召开|举行|举办|开幕|闭幕)",
    ),
    ("investment_planned", r"(?:拟|计划|将|准备|宣布|有意)[^,。]{0,12}(?<!完成)投资(?!者|人|方)"),
)
_FUTURE = re.compile(
    r"计划(?!单列)|(?<![虚模])拟|预计|力争|争取|即将|有望|将(?![军乐])|准备|筹备|尽快|尽早|希望|(?<![主重])要(?!素|点)|确保|加快|推动|目标|"
    r"如果|一旦|可(?!再生|靠|控|视|燃|降解)|未|没有|尚无|取消|推迟|延期|暂停|终止"
)
_WITH_GAPS = ("alliance_founded", "meeting", "joined")  # 大会将于下月召开
_DONE = re.compile(r"已(?:经|于|全部|正式|顺利|成功|完成)?")
# 开工在即, 签约仪式将于下月举行: the words for it, and yet not done.
_NOT_DONE = re.compile(
    r"(?:仪式|活动)?(?:在即|未果|将于|将在|拟于|定于|推迟|取消|延期|倒计时|还需|尚需|仍需|待定)"
)
_SAME_DAY = re.compile(
    r"^[“]?(?:会上|会议上|大会上|会议期间|会议现场|现场|当天|当日|同日|同一天|当晚|仪式上|活动上|会后|此次|本次)"
)
_BODY_NAME = re.compile(rf"[^\W\d_]{{0,30}}{_BODY}")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    type: str
    subject: str  # as written; empty where the words name none
    span: Span  # of the words that say it
    sentence: Sentence
    date: DateWords | None
    same_day: bool  # the day is taken from the event before: 会上, 当天


@lru_cache(maxsize=2)
def find_events(page: Page) -> tuple[Event, ...]:
    """Return what happened according to the body, by place, one event a type and subject."""
    mentions = find_mentions(page)
    events: list[Event] = []
    for sentence in mentions.sentences:
        for kind, words in _triggers():
            event = _event(page, mentions, sentence, kind, words, events)
            if event and not _known(event, events):
                events.append(event)
    return tuple(sorted(events, key=lambda event: event.span))


@cache
def _triggers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(words)) for kind, words in _TRIGGERS)


def _known(event: Event, events: list[Event]) -> bool:
    return any(
        known.type == event.type and (known.subject == event.subject or event.date is None)
        for known in events
    )


def _event(
    page: Page,
    mentions: Mentions,
    sentence: Sentence,
    kind: str,
    words: re.Pattern[str],
    events: list[Event],
) -> Event | None:
    text = mentions.text
    for match in words.finditer(text, sentence.span.start, sentence.span.end):
        if _is_vetoed(page, text, kind, match, sentence, events):
            continue
        span = _with_subject(kind, match, sentence)
        date, same = _date(text, sentence, match, events)
        subject = _subject(page, mentions, sentence, kind, match)
        return Event(kind, subject, span, sentence, date, same)
    return None


def _is_vetoed(
    page: Page,
    text: str,
    kind: str,
    match: re.Match[str],
    sentence: Sentence,
    events: list[Event],
) -> bool:
    here = {event.type for event in events if event.sentence is sentence}
    if kind == "investment_planned":
        before = text[sentence.span.start : match.start()]
        return "其中" in before or any(e.type in ("signed", "ground_broken") for e in events)
    if kind == "joined" and "alliance_founded" in here:
        return True
    if kind == "meeting" and ("alliance_founded" in here or "visited" in here):
        return True
    if in_quotation(text, match.start(), sentence.span) and kind != "alliance_founded":
        return True
    around = clause(text, match.start(), sentence.span)
    said = match.end() if kind in _WITH_GAPS else match.start()
    if _is_to_come(text, Span(around.start, said), sentence):
        return True
    if _NOT_DONE.match(text, match.end()):
        return True
    published = page.header.published
    if published is None:
        # 项目计划总投资22亿元,…,2011年3月开工: no day to hold the month against.
        return _is_to_come(text, Span(sentence.span.start, match.start()), sentence)
    return any(
        date.iso[:1] != "?" and date.iso > published.value[: len(date.iso)]
        for date in sentence.dates
        if around.start <= date.span.start < around.end
    )


def _is_to_come(text: str, words: Span, sentence: Sentence) -> bool:
    """Tell whether the words in front say that it has not happened: 计划, 将, 未."""
    named = [mention.span for mention in sentence.organisations]
    last: re.Match[str] | None = None
    for match in _FUTURE.finditer(text, *words):
        if any(span.start <= match.start() < span.end for span in named):
            continue  # 某可再生能源有限公司
        opened = text.rfind("《", words.start, match.start())
        if opened > text.rfind("》", words.start, match.start()):
            continue  # 《三年行动计划》
        last = match
    if last is None:
        return False
    return last[0] == "未" or not _DONE.search(text, last.end(), words.end)


def _with_subject(kind: str, match: re.Match[str], sentence: Sentence) -> Span:
    start, end = match.span()
    for mention in sentence.organisations:
        belongs = kind == "elected" or mention.kind == "association"
        if belongs and mention.span.start <= start <= mention.span.end:
            start = mention.span.start
    return Span(start, end)


def _date(
    text: str, sentence: Sentence, match: re.Match[str], events: list[Event]
) -> tuple[DateWords | None, bool]:
    """Return when it was: the day in its clause, else the date before it, else a day behind."""
    at = match.start()
    around = clause(text, at, sentence.span)
    near = [d for d in sentence.dates if around.start <= d.span.start and d.span.end <= match.end()]
    if near:
        return next((d for d in reversed(near) if len(d.iso) == 10), near[-1]), False
    before = [d for d in sentence.dates if d.span.end <= at]
    days = [d for d in sentence.dates if len(d.iso) == 10]
    opening = [d for d in before if len(d.iso) == 10 or _opens(text, sentence, d)]
    if opening:
        return opening[-1], False
    if days:
        return days[0], False
    if events and _SAME_DAY.match(text[sentence.span.start : at]):
        return events[-1].date, events[-1].date is not None
    return None, False


def _opens(text: str, sentence: Sentence, date: DateWords) -> bool:
    """Tell whether the date stands alone in front of what happened then: 今年5月,."""
    start = date.span.start
    return (start == sentence.span.start or text[start - 1] in ",;") and text[date.span.end] == ","


def _subject(
    page: Page, mentions: Mentions, sentence: Sentence, kind: str, match: re.Match[str]
) -> str:
    named = sentence.organisations
    bodies = [m for m in named if m.kind == "association"]
    inside = [m for m in bodies if match.start() < m.span.end and m.span.start < match.end()]
    if kind == "alliance_founded":
        if inside or bodies:
            return (inside or bodies)[0].name
        name = _BODY_NAME.search(page.text, match.start(), match.end())
        return name.group() if name else ""
    if kind == "signed":
        signer, partners = parties(mentions, sentence)
        if signer or partners:
            return signer or ""  # a partner is not who signs with it
    before = [m for m in named if m.span.end <= match.start()]
    around = clause(mentions.text, match.start(), sentence.span)
    if kind == "meeting":
        return next((m.name for m in (*bodies, *named)), "")
    near = [m for m in before if m.span.start >= around.start]
    return _first_name(near) or _first_name(before) or _first_name(list(named))


def _first_name(named: list[Organisation]) -> str:
    return named[0].name if named else ""


def event_before(page: Page, at: int) -> Event | None:
    """Return the founding or meeting that the words at a place belong to: the last one before."""
    held: Iterator[Event] = (
        event
        for event in reversed(find_events(page))
        if event.type in ("alliance_founded", "meeting") and event.span.start <= at
    )
    return next(held, None)
