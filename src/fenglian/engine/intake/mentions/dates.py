"""Which days, months and years does the article name?

A year that is not written is taken from a year written before it in the same sentence, else from
the page's own publication line, and then marked as inferred. Without a publication line it is
unknown and stays so: ``????-08-30``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fenglian.engine.intake.document import Span

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)(?:年|(?P<sep>[-/.])(?=\d)))?(?P<relative>今年|去年|前年|明年|当年|同年)?"
    r"(?:(?P<month>1[0-2]|0?[1-9])(?:月份?|(?(sep)(?P=sep)|(?!)))(?:(?P<day>3[01]|[12]\d|0?[1-9])(?:日|号|(?(sep)|(?!))))?)?"
    r"(?P<part>年?底|年末|年初|初|底|上旬|中旬|下旬|末)?"
    r"(?P<half>凌晨|早上|清晨|上午|中午|下午|傍晚|晚上|晚间|当晚|晚)?(?P<before>之?前)?"
)
_RANGE_TAIL = re.compile(r"\s*(?:[-–—~至到])\s*(?:\d{1,2}|(?:19|20)\d\d)[月年日]")
_HALVES = {
    "凌晨": "night", "清晨": "morning", "早上": "morning", "上午": "morning", "中午": "noon", "下午": "afternoon",
    "傍晚": "evening", "晚上": "evening", "晚间": "evening", "当晚": "evening", "晚": "evening",
}  # fmt: skip
_BARE_DAY = re.compile(
    r"(?<![\d月-])(?<![至到])(?P<day>3[01]|[12]\d|[1-9])日(?P<half>凌晨|上午|中午|下午|晚)?"
    r"(?=,|在|召开|举行|上午|下午|从|由|正式|获悉)"
)
_SHIFT = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_FROM_ON = re.compile(r"起(?!义)")  # 自7月15日起: announced before it begins
_FUTURE = re.compile(r"计划|拟|将|预计|预期|力争|争取|有望|确保|届时|即将")


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date that the text names."""

    iso: str  # 2023-04-07, 2010-04, 2023, ????-08-30
    span: Span
    half_day: str | None  # "morning", "afternoon" …
    year_from: str  # "written", "sentence", "publication" or "unknown"
    deadline: bool  # 前: by then
    range: bool  # an end of a period


def find_dates(text: str, sentence: Span, published: str | None) -> tuple[DateWords, ...]:
    """Return the dates of one sentence, by place.

    Parameters
    ----------
    text
        Folded to half width.
    sentence
        The span to read; a year carries from one date to the next within it.
    published
        ISO date of the publication line; None where the page has none.
    """
    return tuple(sorted(_dates(text, sentence, published), key=lambda date: date.span))


def _dates(text: str, sentence: Span, published: str | None) -> Iterator[DateWords]:
    yield from _bare_days(text, sentence, published)
    carried: str | None = None
    at = sentence.start
    ranged = False
    for match in _DATE.finditer(text, at, sentence.end):
        if not _is_date(match):
            continue
        year, origin = _year(text, match, carried, published, sentence)
        if match["year"] or match["relative"]:
            carried = year
        iso = _iso(match, year)
        if iso is None:
            continue
        tail = bool(_RANGE_TAIL.match(text, match.end()))
        half = _HALVES.get(match["half"] or "")
        span = Span(*match.span())
        yield DateWords(iso, span, half, origin, bool(match["before"]), tail or ranged)
        ranged = tail


def _bare_days(text: str, sentence: Span, published: str | None) -> Iterator[DateWords]:
    """Yield 18日, the last such day up to the day of publication."""
    for match in _BARE_DAY.finditer(text, sentence.start, sentence.end):
        if published is None or len(published) < 10:
            continue
        year, month, day = int(published[:4]), int(published[5:7]), int(match["day"])
        if day > int(published[8:10]):
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        half = _HALVES.get(match["half"] or "")
        span = Span(*match.span())
        iso = f"{year}-{month:02d}-{day:02d}"
        yield DateWords(iso, span, half, "publication", deadline=False, range=False)


def _is_date(match: re.Match[str]) -> bool:
    if match["month"]:
        return True
    if match["year"]:
        return match["sep"] is None
    return bool(match["relative"] in _SHIFT and match["part"] in ("年底", "底", "年末", "年初"))


def _year(
    text: str, match: re.Match[str], carried: str | None, published: str | None, sentence: Span
) -> tuple[str, str]:
    if match["year"]:
        return match["year"], "written"
    if match["relative"] in ("当年", "同年") and carried:
        return carried, "sentence"
    if carried and match["relative"] is None:
        return carried, "sentence"
    if published is None:
        return "????", "unknown"
    year = int(published[:4]) + _SHIFT.get(match["relative"] or "今年", 0)
    if match["relative"] is None and _lies_ahead(text, match, published, sentence):
        year -= 1
    return str(year), "publication"


def _lies_ahead(text: str, match: re.Match[str], published: str, sentence: Span) -> bool:
    """Tell whether the day would come after the page, though nothing says it is planned."""
    day = f"{int(match['month']):02d}-{int(match['day'] or 1):02d}"
    if day <= published[5:10]:
        return False
    if _FROM_ON.match(text, match.end()):
        return False
    return not _FUTURE.search(text, sentence.start, min(sentence.end, match.end() + 12))


def _iso(match: re.Match[str], year: str) -> str | None:
    if match["month"] is None:
        if match["part"] in ("年底", "底", "年末"):
            return f"{year}-12"
        return f"{year}-01" if match["part"] == "年初" else year
    iso = f"{year}-{int(match['month']):02d}"
    return f"{iso}-{int(match['day']):02d}" if match["day"] else iso
