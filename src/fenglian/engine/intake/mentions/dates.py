"""Which days, months, years and periods does the article name?

A year that is not written is taken from a year written before it in the same sentence, else from
the page's own publication line, and then marked as inferred. Without a publication line it is
unknown and stays so: ``????-08-30``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fenglian.engine.intake.document import LOST, Span
from fenglian.engine.intake.mentions.prose import in_quotation

_TO = r" ?[-–—~至到]{1,2} ?"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DAY_MARK = r"(?: ?日|号(?![机线楼车文公令]))"
_CLOCK = r"(?: ?\d{1,2}(?:[时点](?:\d{1,2}分|半)?|:\d\d))?"
_HALF = "凌晨|早上|清晨|早晨|上午|中午|下午|傍晚|晚上|晚间|当晚|夜间|晚"
# Not 投产后年产值, 过去年均, 以前年度, 以上年份.
_YEAR_WORDS = (
    "今年|(?<!过)去年|(?<![以提目之])前年(?!度)|明年|(?<!相)当年|同年|次年|翌年|"
    "(?<!以)上年|本月|(?<!以)上个?月(?!球)|(?<!以)下个?月(?!球)"
)
_PERIOD = r"前[一二三]季度|第?[一二三四1-4]季度|首季度?|[上下]半年|前(?:1[01]|[2-9]|两|[三四五六七八九十])个?月"
_FIRST = "今去前明当同次翌本上下年首第一二三四"  # what a date may begin with, but for figures
_DATE = re.compile(
    rf"(?<![\d.])(?=[\d{_FIRST}])(?:(?P<year>{_YEAR})(?:(?={_TO}{_YEAR} ?年)|(?P<sep>[-/.])(?=\d)| ?年度?)|(?P<relative>{_YEAR_WORDS}))? ?"
    rf"(?:(?P<period>{_PERIOD})(?P<end>末|底|结束)?|"
    rf"(?P<month>{_MONTH})(?: ?月份?(?!球)|(?={_TO}{_MONTH} ?月)|(?(sep)(?P=sep)|(?!)))"
    rf"(?: ?(?P<day>{_DAY})(?:{_DAY_MARK}|(?={_TO}{_DAY}{_DAY_MARK})|(?(sep)(?!\d)|(?!))))?)?"
    rf"(?P<part>年?底|年末|年初|年中|初|底|上旬|中旬|下旬|末)?{_CLOCK}(?P<half>{_HALF})?{_CLOCK}(?P<before>之?前|以前)?"
)
_TAIL = re.compile(
    rf"{_TO}(?:(?P<year>{_YEAR}) ?年度?|(?P<next>次年|翌年|今年))?(?:(?P<month>{_MONTH}) ?月份?)?"
    rf"(?:(?P<day>{_DAY}){_DAY_MARK})?(?P<part>年?底|年末|[上中下]旬|末)?"
)
_BARE_DAY = re.compile(
    rf"(?<![\d月-])(?<![至到])(?P<day>{_DAY})日(?P<half>凌晨|上午|中午|下午|晚)?"
    r"(?=,|在|召开|举行|上午|下午|从|由|正式|获悉)"
)
_NEXT_DAY = re.compile(rf"(?<![今首末每逐依])(?P<word>次日|翌日|第二天)(?!达)(?P<half>{_HALF})?")
_DAY_WORDS = {"昨日": -1, "昨天": -1, "昨晚": -1, "今日": 0, "今天": 0, "明日": 1, "明天": 1}
_NEAR_DAY = re.compile(
    rf"(?P<word>(?<![从像如似])(?:昨日|昨天|昨晚)(?![之的])|(?<![^,。;\s讯电将于])(?:今日|今天|明日|明天)"
    rf"(?=(?:{_HALF})?(?:,|在|从|由|将|举行|召开|正式|记者|获悉)))(?P<half>{_HALF})?"
)
_DATELINE = re.compile(rf"(?P<month>{_MONTH})月(?P<day>{_DAY})日(?:讯|电)")
_PLAN = re.compile(
    r"[“\"]?十(?P<number>[二三四五六])五[”\"]?(?P<what>期?末|时期末|规划末|收官|期间)"
)
_PLAN_ENDS = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
# 《…规划(2021—2025年)》, 2019年第15号公告, 2021年版, 2024年度工作会议: part of a name.
_NUMBERED = re.compile(
    r"第?[\d一二三四五六七八九十]+(?:号(?!机)|期(?!工)|次)|修订|修?版|"
    r"[^,。;:“”\d在召举将了是的]{0,12}?(?:大会|会议|论坛|年会|峰会|博览会|对接会|洽谈会)"
)
_OF_A_PLAN = re.compile(r"(?:规划|计划|方案|纲要|清单|目录)\($")
_SAME_PERIOD = re.compile(r"同期|同比|同月")
_HALVES = {
    "凌晨": "night", "清晨": "morning", "早晨": "morning", "早上": "morning", "上午": "morning", "中午": "noon", "下午": "afternoon",
    "傍晚": "evening", "晚上": "evening", "晚间": "evening", "当晚": "evening", "昨晚": "evening", "夜间": "night", "晚": "evening",
}  # fmt: skip
_SHIFT = {"去年": -1, "上年": -1, "前年": -2, "明年": 1}
_MONTH_SHIFT = {"上": -1, "本": 0, "下": 1}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FROM_ON = re.compile(r"起(?!义)")  # 自7月15日起: announced before it begins
_FUTURE = re.compile(r"计划|拟|将|预计|预期|力争|争取|有望|确保|届时|要求|务必|须|定于")
_DONE = re.compile(r"已|了")
_NEAR = 31  # days ahead of the page: without 去年 such a day is to come
UNKNOWN = "????"


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date that the text names."""

    iso: str  # 2023-04-07, 2010-04, 2023, ????-08-30; of a period its first
    span: Span
    half_day: str | None  # "morning", "afternoon" …
    year_from: str  # "written", "sentence", "publication" or "unknown"
    deadline: bool  # 前: by then
    until: str | None = None  # the last day, month or year of a period

    @property
    def written(self) -> str:
        """ISO 8601: a day, month or year, or a period as 2023-01/2023-09."""
        return f"{self.iso}/{self.until}" if self.until else self.iso


@dataclass(frozen=True, slots=True)
class _Context:
    """What a sentence is read against."""

    text: str
    sentence: Span
    published: str | None
    last: str | None  # the day named last before the sentence


def find_dates(
    text: str, sentence: Span, published: str | None, last: str | None = None
) -> tuple[DateWords, ...]:
    """Return the dates of one sentence, by place; what touches a lost character is none.

    Parameters
    ----------
    text
        Folded to half width.
    sentence
        The span to read; a year carries from one date to the next within it.
    published
        ISO date of the publication line; None where the page has none.
    last
        The day that the sentences before name last; 次日 is the day after it.
    """
    context = _Context(text, sentence, published, last)
    found = [*_plans(context), *_dated(context)]
    found += _bare_days(context, found)
    found += _near_days(context, found)
    whole = (each for each in found if LOST not in _around(text, each.span))
    return tuple(sorted(whole, key=lambda each: each.span))


def _around(text: str, span: Span) -> str:
    # 20□3年4月7日: the year is lost, and no other may stand in for it.
    reach = 6 if text[max(0, span.start - 1)] in "年月" else 1
    return text[max(0, span.start - reach) : span.end + 1]


def _dated(context: _Context) -> Iterator[DateWords]:
    text, sentence = context.text, context.sentence
    carried: str | None = None
    at = before = sentence.start
    while match := _DATE.search(text, at, sentence.end):
        at = max(match.end(), match.start() + 1)
        if not _is_date(match) or _is_in_a_name(context, match):
            continue
        year, origin = _year(context, match, _still(context, carried, before, match.start()))
        before = match.end()
        if match["year"] or match["relative"]:
            carried = year
        ends = _ends(context, match, year)
        if ends is None:
            continue
        tail = None if ends[1] else _TAIL.match(text, match.end(), sentence.end)
        until = ends[1] or (_until(ends[0], tail) if tail else None)
        end = tail.end() if tail and until else match.end()
        at = max(at, end)
        if origin == "unknown" and (until or not match["month"]):
            continue  # a quarter or an end of no year says nothing
        half = _HALVES.get(match["half"] or "")
        deadline = bool(match["before"])
        yield DateWords(ends[0], Span(match.start(), end), half, origin, deadline, until)


def _is_date(match: re.Match[str]) -> bool:
    if match["month"] or match["period"]:
        return True
    if match["year"]:
        return match["sep"] is None
    if match["part"] in ("年底", "年末") and match["relative"] is None:
        return True
    if match["relative"] is None or match["relative"][-1] == "月":
        return match["relative"] is not None
    if match["relative"] in ("去年", "前年", "明年"):
        return True
    return match["relative"] in ("今年", "上年") and bool(match["part"])


def _is_in_a_name(context: _Context, match: re.Match[str]) -> bool:
    text, start = context.text, context.sentence.start
    opened = text.rfind("《", start, match.start())
    if opened >= 0 and text.find("》", opened, match.start()) < 0:
        return True
    if match["relative"] and _SAME_PERIOD.match(text, match.end()):
        return True
    if match["year"] is None or match["month"]:
        return False
    numbered = _NUMBERED.match(text, match.end())
    return bool(numbered or _OF_A_PLAN.search(text[max(start, match.start() - 8) : match.start()]))


def _year(context: _Context, match: re.Match[str], carried: str | None) -> tuple[str, str]:
    if match["year"]:
        return match["year"], "written"
    relative, published = match["relative"], context.published
    if relative in ("次年", "翌年"):
        return _added(carried, 1) or UNKNOWN, "sentence" if carried else "unknown"
    if carried and relative in (None, "当年", "同年"):
        return carried, "sentence" if carried != UNKNOWN else "unknown"
    if published is None:
        return UNKNOWN, "unknown"
    year = int(published[:4]) + _SHIFT.get(relative or "", 0)
    if relative is None and _lies_ahead(context, match, published):
        year -= 1
    return str(year), "publication"


def _still(context: _Context, carried: str | None, start: int, end: int) -> str | None:
    """Return the year that carries on; none where 将 stands between and it is past."""
    if carried is None or context.published is None or carried >= context.published[:4]:
        return carried
    return None if _FUTURE.search(context.text, start, end) else carried


def _added(year: str | None, years: int) -> str | None:
    return str(int(year) + years) if year and year != UNKNOWN else None


def _lies_ahead(context: _Context, match: re.Match[str], published: str) -> bool:
    """Tell whether the day would come well after the page, though nothing says it is planned."""
    text, sentence = context.text, context.sentence
    if match["before"] and not _DONE.search(text, sentence.start, sentence.end):
        return False  # 9月30日前完成
    tail = _TAIL.match(text, match.end(), sentence.end)
    if tail and tail["month"]:
        day = (int(tail["month"]), int(tail["day"] or 1))
    elif match["month"]:
        day = (int(match["month"]), int(match["day"] or 1))
    elif match["period"]:
        day = (int(_period(match["period"], "0000")[1][-2:]), 1)
    else:
        return False
    if _days_ahead(day, published) <= _NEAR or _FROM_ON.match(text, match.end()):
        return False
    return not _FUTURE.search(text, sentence.start, min(sentence.end, match.end() + 12))


def _days_ahead(day: tuple[int, int], published: str) -> int:
    month, number = int(published[5:7] or 12), int(published[8:10] or 28)
    return (day[0] - month) * 30 + day[1] - number


def _ends(context: _Context, match: re.Match[str], year: str) -> tuple[str, str | None] | None:
    """Return first and last; last None where it is a day, a month or a year."""
    if match["relative"] and match["relative"][-1] == "月":
        return _by_month(context, match)
    if match["period"]:
        first, last = _period(match["period"], year)
        return (last, None) if match["end"] else (first, last)
    if match["month"] is None:
        month = {"初": "-01", "中": "-06", "底": "-12", "末": "-12"}.get((match["part"] or " ")[-1])
        return f"{year}{month or ''}", None
    iso = f"{year}-{int(match['month']):02d}"
    return (f"{iso}-{int(match['day']):02d}" if match["day"] else iso), None


def _by_month(context: _Context, match: re.Match[str]) -> tuple[str, None] | None:
    """Return 本月, 上月, 下月: known only from the day of publication."""
    if context.published is None or len(context.published) < 7:
        return None
    months = int(context.published[:4]) * 12 + int(context.published[5:7]) - 1
    months += _MONTH_SHIFT[match["relative"][0]]
    return f"{months // 12}-{months % 12 + 1:02d}", None


def _period(words: str, year: str) -> tuple[str, str]:
    """Return the first and the last month of 前三季度, 上半年, 前8个月."""
    if words.endswith("半年"):
        first, last = (1, 6) if words[0] == "上" else (7, 12)
    elif words[-1] == "月":
        number = words.strip("前个月")
        first, last = 1, _MONTHS.get(number) or int(number)
    elif words[0] == "前":
        first, last = 1, 3 * _QUARTERS[words[1]]
    else:
        last = 3 * _QUARTERS[words.removeprefix("第")[0]]
        first = last - 2
    return f"{year}-{first:02d}", f"{year}-{last:02d}"


def _until(first: str, tail: re.Match[str]) -> str | None:
    """Return the end of a period; what it leaves out is that of its beginning."""
    year, *rest = first.split("-")
    if tail["year"] or tail["next"] in ("次年", "翌年"):
        year = tail["year"] or _added(year, 1) or UNKNOWN
    elif tail["month"] is None and (tail["day"] is None or len(rest) < 2):
        return None
    if tail["month"] is None and tail["day"] is None:
        return f"{year}-12" if tail["part"] else year
    month = f"{year}-{int(tail['month'] or rest[0]):02d}"
    last = f"{month}-{int(tail['day']):02d}" if tail["day"] else month
    return last if last > first[: len(last)] or year == UNKNOWN else None


def _plans(context: _Context) -> Iterator[DateWords]:
    """Yield “十四五”末 and “十四五”期间."""
    text, sentence = context.text, context.sentence
    for match in _PLAN.finditer(text, sentence.start, sentence.end):
        end = _PLAN_ENDS[match["number"]]
        during = match["what"] == "期间"
        iso, until = (str(end - 4), str(end)) if during else (str(end), None)
        yield DateWords(iso, Span(*match.span()), None, "written", deadline=False, until=until)


def _bare_days(context: _Context, known: list[DateWords]) -> Iterator[DateWords]:
    """Yield 18日: of the month named last, else the last such day up to the day of publication."""
    text, sentence, published = context.text, context.sentence, context.published
    for match in _BARE_DAY.finditer(text, sentence.start, sentence.end):
        if _is_taken(match, known):
            continue
        number = int(match["day"])
        last = _day_before(context, known, match.start())
        origin = "publication"
        if last and int(last[8:]) <= number:
            iso, origin = f"{last[:8]}{number:02d}", "unknown" if last[0] == "?" else "sentence"
        elif published and len(published) >= 10:
            year, month = int(published[:4]), int(published[5:7])
            if number > int(published[8:10]):
                year, month = (year - 1, 12) if month == 1 else (year, month - 1)
            iso = f"{year}-{month:02d}-{number:02d}"
        else:
            continue
        half = _HALVES.get(match["half"] or "")
        yield DateWords(iso, Span(*match.span()), half, origin, deadline=False)


def _near_days(context: _Context, known: list[DateWords]) -> Iterator[DateWords]:
    """Yield 次日 and, outside of quotations, 昨日 and 今天."""
    text, sentence = context.text, context.sentence
    for match in _NEXT_DAY.finditer(text, sentence.start, sentence.end):
        iso = _shifted(_day_before(context, known, match.start()), 1)
        if iso:
            origin = "unknown" if iso[0] == "?" else "sentence"
            half = _HALVES.get(match["half"] or "")
            yield DateWords(iso, Span(*match.span()), half, origin, deadline=False)
    for match in _NEAR_DAY.finditer(text, sentence.start, sentence.end):
        iso = _shifted(_today(context), _DAY_WORDS[match["word"]])
        if iso and not in_quotation(text, match.start(), sentence):
            origin = "unknown" if iso[0] == "?" else "publication"
            half = _HALVES.get(match["half"] or match["word"])
            yield DateWords(iso, Span(*match.span()), half, origin, deadline=False)


def _today(context: _Context) -> str | None:
    """Return the day of the dateline, 12月2日讯, else that of publication."""
    start = context.sentence.start
    line = _DATELINE.search(context.text, max(0, start - 40), start + 24)
    if line is None:
        return context.published[:10] if context.published else None
    year = context.published[:4] if context.published else UNKNOWN
    return f"{year}-{int(line['month']):02d}-{int(line['day']):02d}"


def _day_before(context: _Context, known: list[DateWords], at: int) -> str | None:
    days = [each for each in known if each.span.end <= at and len(each.iso) == 10]
    return days[-1].until or days[-1].iso if days else context.last


def _is_taken(match: re.Match[str], known: list[DateWords]) -> bool:
    return any(each.span.start < match.end() and match.start() < each.span.end for each in known)


def _shifted(day: str | None, days: int) -> str | None:
    """Return the day so many days later; None where an unknown year decides it."""
    if day is None or len(day) < 10:
        return None
    try:
        start = date.fromisoformat(day.replace(UNKNOWN, "2023"))
    except ValueError:  # 2月30日
        return None
    moved = start + timedelta(days=days)
    if day[0] != "?":
        return moved.isoformat()
    leap = (start.month, moved.month) in ((2, 3), (3, 2))
    return None if leap or moved.year != start.year else f"{UNKNOWN}{moved.isoformat()[4:]}"
