"""Which places does the article name, and what was their GB/T 2260 code then?

Full names count wherever they stand (德州市风能行业协会 says 德州). Short ones count only where
the words around them speak of a place: 在太原举行, 山西晋城, 宁乡高新区. A province that merely
begins a firm's name (湖南华民集团) is not a place, and a name that several places bear is
resolved by the province the article speaks of, or left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fenglian.engine.intake.document import Span

Rows = tuple[tuple[str, int, int | None], ...]

PROVINCES = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南",
    "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "台湾", "香港", "澳门",
)  # fmt: skip
PROVINCE_TAILS = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区")
PROVINCE = "|".join(PROVINCES)
_FULL_END = re.compile(r"(?:省|市|区|县|旗|盟|州)(?![场值面域别块间分划际内情况])")
_LONGEST = 15
# Words that are also the name of some district or county.
_NOT_FULL = frozenset(
    ("城区", "矿区", "郊区", "新区", "市区", "海城市", "港口区", "城中区", "市中区")
)
_NOT_SHORT = frozenset(
    (
        "东方",
        "合作",
        "和平",
        "共和",
        "兴业",
        "平和",
        "大方",
        "武功",
        "新建",
        "安全",
        "长期",
        "大学",
        "开放",
        "建设",
    )
)
_BEFORE = re.compile(r"(?:在|于|落户|赴|抵达|来到|前往|入驻|落地|扎根|走进|到|从|至|目前|全)")
_AFTER = re.compile(
    r"(?:国家级|省级|市级)?(?:经济(?:技术)?开发区|高新(?:技术)?(?:产业)?(?:开发)?区|经开区|高新区|开发区|综改区|工业园|产业园|保税区)"
)
_BARE_PROVINCE = re.compile(rf"(?:(?<=在)|(?<=于)|(?<=落户)|(?<=整个)|(?<=全))(?:{PROVINCE})")
_PROVINCE = re.compile(PROVINCE)
_SMALLER = re.compile(r"[镇乡村路街港山河湖江桥]")  # 江阴镇 of Fuqing is not Jiangyin
_SHORT_TAILS = ("市", "县", "地区", "盟", "区", "自治州")
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|普米|怒|鄂温克|保安|裕固|独龙|鄂伦春|各"
)
_TAIL = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族?)*自治[州县旗区]|特别行政区|自治区|地区|省|市|县|区|旗|盟|州)$"
)


# Banners that are written short as a rule: 察右中旗.
_BANNERS = {
    "察右": "察哈尔右翼",
    "科左": "科尔沁左翼",
    "科右": "科尔沁右翼",
    "达茂": "达尔罕茂明安联合",
}
_BANNER = re.compile(rf"(?P<short>{'|'.join(_BANNERS)})(?P<rest>[前中后]?旗)")


@dataclass(frozen=True, slots=True)
class Place:
    """A division that the text names."""

    name: str  # short: 太原
    full: str  # 太原市
    code: str  # GB/T 2260, valid in the text's year
    span: Span
    is_full: bool  # written in full


def find_places(
    text: str,
    parts: tuple[Span, ...],
    divisions: Mapping[str, Rows],
    year: int | None,
    home: str | None,
) -> tuple[Place, ...]:
    """Return the places named in the parts of the text, by place.

    Parameters
    ----------
    text
        Folded to half width.
    parts
        The spans to look in: the article's body.
    divisions
        Full name → rows of code, first year, last year.
    year
        Of publication; codes valid then are taken. None: the codes valid today.
    home
        Code of the source's province, which decides between places of one name.
    """
    hits: list[tuple[Span, str]] = []
    for part in parts:
        written = list(_full_names(text, part, divisions))
        hits.extend(written)
        hits.extend(_short_names(text, part, divisions, [span for span, _ in written]))
    hits = sorted(set(hits))
    spoken = {
        rows[-1][0][:2]
        for _, full in hits
        if (rows := divisions[full]) and len({row[0][:2] for row in rows}) == 1
    }
    places = []
    for span, full in hits:
        code = _code(divisions[full], year, spoken, home)
        if code:
            is_full = text[span.start : span.end] == full
            places.append(Place(short_name(full), full, code, span, is_full))
    return tuple(places)


def short_name(full: str) -> str:
    """Return the name without its kind: 太原市 is 太原, 新晃侗族自治县 is 新晃."""
    for province in PROVINCES:
        if full.startswith(province) and full[len(province) :] in PROVINCE_TAILS:
            return province
    if full.endswith("旗") and not full.endswith("自治旗"):
        return full  # 杭锦旗 is never called 杭锦
    name = _TAIL.sub("", full)
    return name if len(name) >= 2 else full


def division_code(name: str, divisions: Mapping[str, Rows]) -> str | None:
    """Return the newest code of a province or city by its short name (山西, 太原)."""
    for tail in PROVINCE_TAILS:
        if rows := divisions.get(name + tail):
            return rows[-1][0]
    return None


def _full_names(text: str, part: Span, divisions: Mapping[str, Rows]) -> Iterator[tuple[Span, str]]:
    for match in _BANNER.finditer(text, part.start, part.end):
        full = _BANNERS[match["short"]] + match["rest"]
        if full in divisions:
            yield Span(*match.span()), full
    at = part.start
    for match in _FULL_END.finditer(text, part.start, part.end):
        end = match.end()
        for start in range(max(at, end - _LONGEST), end - 1):
            name = text[start:end]
            if name in divisions and name not in _NOT_FULL:
                # 山西省太原市 ends twice: the later match starts behind the earlier one.
                yield Span(start, end), name
                at = end
                break


def _short_names(
    text: str, part: Span, divisions: Mapping[str, Rows], taken: list[Span]
) -> Iterator[tuple[Span, str]]:
    covered = {place for span in taken for place in range(*span)}
    starts = {match.end() for match in _BEFORE.finditer(text, part.start, part.end)}
    starts |= {span.end for span in taken}
    for match in _PROVINCE.finditer(text, part.start, part.end):
        full = _with_tail(match.group(), divisions, PROVINCE_TAILS)
        below = full and _short_at(text, match.end(), divisions)
        if full and below and _below(divisions[below[1]], divisions[full]):
            yield Span(*match.span()), full
            yield below
    for match in _BARE_PROVINCE.finditer(text, part.start, part.end):
        full = _with_tail(match.group(), divisions, PROVINCE_TAILS)
        if full and match.start() not in covered:
            yield Span(*match.span()), full
    for start in starts:
        found = _short_at(text, start, divisions)
        if found and start not in covered:
            yield found
    for match in _AFTER.finditer(text, part.start, part.end):
        for length in (4, 3, 2):
            name = text[match.start() - length : match.start()]
            full = _with_tail(name, divisions, _SHORT_TAILS)
            if full and name not in _NOT_SHORT:
                yield Span(match.start() - length, match.start()), full
                break


def _short_at(text: str, start: int, divisions: Mapping[str, Rows]) -> tuple[Span, str] | None:
    for length in (5, 4, 3, 2):
        name = text[start : start + length]
        full = _with_tail(name, divisions, _SHORT_TAILS)
        if _SMALLER.match(text, start + length):
            continue
        if full and name not in _NOT_SHORT and not _PROVINCE.fullmatch(name):
            return Span(start, start + length), full
    return None


def _with_tail(name: str, divisions: Mapping[str, Rows], tails: tuple[str, ...]) -> str | None:
    if len(name) < 2:
        return None
    return next((name + tail for tail in tails if name + tail in divisions), None)


def _below(rows: Rows, province: Rows) -> bool:
    return any(row[0][:2] == province[-1][0][:2] for row in rows)


def _code(rows: Rows, year: int | None, spoken: set[str], home: str | None) -> str | None:
    valid = [
        row
        for row in rows
        if (row[2] is None if year is None else row[1] <= year <= (row[2] or year))
    ]
    codes = {row[0]: row for row in valid or rows[-1:]}
    if len({code[:2] for code in codes}) > 1:
        near = [code for code in codes if code[:2] in spoken] or [
            code for code in codes if home and code[:2] == home[:2]
        ]
        codes = {code: codes[code] for code in near}
    if not codes or len(codes) > 2:
        return None
    return max(codes, key=lambda code: (codes[code][1], code))  # of the year of change, the new one
