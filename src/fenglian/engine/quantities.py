"""One numeral grammar: money, capacity, counts and shares as intervals with a bound word.

"逾21亿元" is at least 2.1e9 yuan, not 2.1e9 yuan; "160余位" is more than 160. What a source
leaves open stays open: an end of the interval that is not known is ``None``, never 0.

A figure may stand in full or half width, with thousands marks, in Chinese numerals (二十一亿,
廿一, 贰拾壹) or mixed (2亿5000万), alone or as a range (4.2–4.8, 三四十).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from string import ascii_letters
from typing import Literal

from fenglian.engine.errors import MixedDimension, NotANumber, UnknownUnit
from fenglian.engine.numerals import (
    MAGNITUDE,
    MAX_DIGITS,
    VALUE,
    read_magnitude,
    read_neighbours,
    read_value,
    trailing_magnitude,
)

Bound = Literal["eq", "gt", "ge", "lt", "le", "approx"]
Dimension = Literal[
    "money", "power", "energy", "mass", "length", "area", "share", "voltage", "count"
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a source gives it: figure, bound, unit."""

    figure: Decimal  # in the unit; of a range the low end
    bound: Bound
    unit: str  # base unit: "yuan", "MW" …, or a counting word as written ("家单位")
    top: Decimal | None = None  # high end where the source gives a range

    @property
    def low(self) -> Decimal | None:
        """Low end; None where the source gives only an upper bound."""
        if self.bound in ("lt", "le"):
            return None
        return self.figure - self._slack(self.figure)

    @property
    def high(self) -> Decimal | None:
        """High end; None where the source gives only a lower bound."""
        if self.bound in ("gt", "ge"):
            return None
        end = self.figure if self.top is None else self.top
        return end + self._slack(end)

    def _slack(self, end: Decimal) -> Decimal:
        """Half a unit of the end's last significant figure where the source says 约, else 0."""
        if self.bound != "approx" or end == 0:
            return Decimal(0)
        return Decimal(1).scaleb(int(end.normalize().as_tuple().exponent)) / 2


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity in a text, with the words that give it."""

    quantity: Quantity  # in the base unit
    written: Quantity  # in the unit as written, 万 and 亿 resolved: 2000万千瓦 is 20,000,000 千瓦
    dimension: Dimension | None  # None where no unit is written: 千亿级
    start: int  # of bound words, number and unit words
    end: int
    number: tuple[int, int]  # of the number words alone
    level: bool = False  # 级: a class of size, 千亿级


# Full-width forms fold onto ASCII one to one, so that places in the text stay what they are.
WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20, 0xA0: 0x20}


def fold_width(text: str) -> str:
    """Return the text with full-width letters, digits and marks narrowed, length unchanged."""
    return text.translate(WIDE)


# Unit as written → (base unit, base units in one, dimension).
UNITS: dict[str, tuple[str, Decimal, Dimension]] = {
    **dict.fromkeys(("元人民币", "人民币", "元", "块钱"), ("yuan", Decimal(1), "money")),
    **dict.fromkeys(("美元", "美金"), ("USD", Decimal(1), "money")),
    **dict.fromkeys(("港元", "港币"), ("HKD", Decimal(1), "money")),
    "欧元": ("EUR", Decimal(1), "money"),
    "日元": ("JPY", Decimal(1), "money"),
    "英镑": ("GBP", Decimal(1), "money"),
    **dict.fromkeys(("GW", "吉瓦"), ("MW", Decimal(1000), "power")),
    **dict.fromkeys(("MW", "兆瓦"), ("MW", Decimal(1), "power")),
    **dict.fromkeys(("kW", "KW", "千瓦"), ("MW", Decimal("0.001"), "power")),
    **dict.fromkeys(("W", "瓦"), ("MW", Decimal("0.000001"), "power")),
    **dict.fromkeys(("GWh", "吉瓦时"), ("MWh", Decimal(1000), "energy")),
    **dict.fromkeys(("MWh", "兆瓦时"), ("MWh", Decimal(1), "energy")),
    **dict.fromkeys(("kWh", "KWh", "千瓦时", "度电"), ("MWh", Decimal("0.001"), "energy")),
    **dict.fromkeys(("吨", "t"), ("t", Decimal(1), "mass")),
    **dict.fromkeys(("公斤", "千克", "kg"), ("t", Decimal("0.001"), "mass")),
    **dict.fromkeys(("公里", "千米", "km"), ("m", Decimal(1000), "length")),
    **dict.fromkeys(("米", "m"), ("m", Decimal(1), "length")),
    **dict.fromkeys(("厘米", "cm"), ("m", Decimal("0.01"), "length")),
    **dict.fromkeys(("毫米", "mm"), ("m", Decimal("0.001"), "length")),
    **dict.fromkeys(("平方米", "㎡", "m²"), ("m2", Decimal(1), "area")),
    "亩": ("mu", Decimal(1), "area"),  # kept: 1 mu is 2000/3 m², no finite decimal
    "公顷": ("m2", Decimal(10000), "area"),
    **dict.fromkeys(("平方公里", "平方千米", "km²"), ("m2", Decimal(10**6), "area")),
    **dict.fromkeys(("%", "‰"), ("share", Decimal("0.01"), "share")),
    **dict.fromkeys(("个百分点", "百分点"), ("share", Decimal("0.01"), "share")),
    "成": ("share", Decimal("0.1"), "share"),
    **dict.fromkeys(("千伏", "kV", "KV"), ("V", Decimal(1000), "voltage")),
    "伏": ("V", Decimal(1), "voltage"),
}
UNITS["‰"] = ("share", Decimal("0.001"), "share")
_PER = {"百分之": "%", "千分之": "‰"}

# Counting words, longest first where one begins another. Of those in _NOUNED the noun that
# follows belongs to the unit as written: 家单位, 位代表, 个重大项目.
_COUNTERS = (
    "台套", "台(套)", "家", "位", "名", "人次", "人", "个", "台", "套", "项", "件", "座", "条", "辆", "户",
    "所", "支", "根", "片", "批", "款", "艘", "架", "栋", "幢", "间", "只", "块", "份", "组", "对", "处", "颗", "门", "头", "箱", "副", "类",
)  # fmt: skip
_NOUNED = frozenset("家位名个项户所支条")
_NOUN = re.compile(
    r"[^\W\d_]{0,6}?(?:成员单位|会员单位|理事单位|单位|企业|公司|机构|项目|代表|专家|委员会|委员|会员|成员|代表团|岗位|职位|院所|"
    r"高校|协会|商会|银行|客户|供应商|生产线|产线|专利|标准|课题|平台|基地|园区|国家|省份|县|市|区|"
    r"嘉宾|同志|学者|负责人|工作人员|员工|职工|企业家|人才|工人|村民|家庭|车间|实验室|工作站|产品|工程|领导|院士|博士|教授|记者|学生|来宾|人)"
)

_PREFIXES: tuple[tuple[Bound, str], ...] = (
    ("ge", "不少于|不低于|不小于|不下于|不下|至少|最少|起码|上(?=[十百千万亿])"),
    ("le", "不超过|不多于|不高于|不大于|不超|至多|最多"),
    (
        "gt",
        "超过|超出|多于|高于|大于|突破|逾|超|好几(?=[十百千万亿])|几(?=[十百千万亿])|数(?=[十百千万亿])",
    ),
    ("lt", "将近|接近|不到|不足|低于|少于|小于|未满|未达|(?<!附)近"),
    ("approx", "大约|约为|预计|预估|估计|估算|大概|(?<![签节合契违邀条公预履大制])约"),
)
_SUFFIXES: tuple[tuple[Bound, str], ...] = (
    ("ge", "及以上|以上|之上"),
    ("le", "以内|之内|以下"),
    ("approx", "左右|上下"),
    ("gt", "有余|余|多"),
)
_LOOK = re.compile(r"\(\?[^)]*\)")
_BOUND_OF: dict[str, Bound] = {
    word: bound
    for bound, words in (*_PREFIXES, *_SUFFIXES)
    for word in _LOOK.sub("", words).split("|")
}

_AFTER_UNIT = {
    "成": "(?![立为功本员果都长交效品绩就])",
    "家": "(?!庭)",
    "个": "(?!体|人)",
    "条": "(?!件|例)",
}
_UNIT = "|".join(
    re.escape(word) + _AFTER_UNIT.get(word, "(?![A-Za-z])" if word[-1] in ascii_letters else "")
    for word in sorted((*UNITS, *_COUNTERS), key=len, reverse=True)
)
_QUANTITY = (
    rf"(?P<pre>{'|'.join(words for _, words in _PREFIXES)})? ?(?<![0-9A-Za-z.第])(?<![0-9][-,])"
    rf"(?P<per>[百千]分之)?(?P<low>{VALUE})(?:(?P<lowunit>元|MW|GW|千瓦|兆瓦|吨|米|%|家|台|人|名|个)?(?P<sep>[-–—~至到])(?P<high>{VALUE}))?"
    rf"(?P<mid>[余多几来](?=[万亿]))?(?P<mag>(?<=[余多几来]){MAGNITUDE})?"
    rf"(?P<tail>[余多来]|几(?!十))?(?P<level1>级(?!别))? ?(?P<unit>{_UNIT})?(?P<level2>级(?!别))?"
    rf"(?P<post>{'|'.join(words for _, words in _SUFFIXES)})?"
)


@cache  # on first use: it takes a tenth of what starting the program takes
def _quantity() -> re.Pattern[str]:
    return re.compile(_QUANTITY)


def read_number(words: str) -> Decimal:
    """Read a finite number written in digits, in Chinese numerals, or mixed.

    Parameters
    ----------
    words
        The number alone, without bound words and without a unit.

    Returns
    -------
    Decimal
        Exact; never infinite, never NaN.

    Raises
    ------
    NotANumber
        Where the words are no number, or longer than 40 figures.

    Examples
    --------
    >>> read_number("二十一亿")
    Decimal('2100000000')
    >>> read_number("1,234.5万")
    Decimal('12345000.0')
    """
    text = fold_width(words).strip()
    body = text[1:] if text[:1] in ("-", "−", "+") else text
    match = _quantity().fullmatch(body) if len(text) <= MAX_DIGITS else None
    value = read_value(body) if match and match["low"] == body else None
    if value is None:
        raise NotANumber(words=words)
    return value if body == text or text[0] == "+" else -value


def read_quantity(words: str) -> Quantity:
    """Read words that hold one quantity and nothing else.

    Parameters
    ----------
    words
        Bound words, number, unit: "逾21亿元", "不少于十家", "4.2-4.8MW", "160余位代表".

    Returns
    -------
    Quantity
        In the base unit of the dimension; counts keep their counting word as written.

    Raises
    ------
    NotANumber
        Where the words hold no number.
    UnknownUnit
        Where words are left behind the number that are no unit.

    Examples
    --------
    >>> read_quantity("逾21亿元")
    Quantity(figure=Decimal('2100000000'), bound='gt', unit='yuan', top=None)
    """
    text = fold_width(words).strip()
    for found in find_quantities(text):
        if found.start == 0 and found.end == len(text):
            return found.quantity
        if found.start == 0:
            raise UnknownUnit(words=words, unit=text[found.end :])
    match = _quantity().match(text)
    if match is None or (ends := _ends(match)) is None:
        raise NotANumber(words=words)
    if match.end() < len(text):
        raise UnknownUnit(words=words, unit=text[match.end() :])
    if match["unit"] and len(match["low"]) == 1:  # 万元 and 百台 are no numbers, 百万千瓦 is one
        raise NotANumber(words=words)
    if match["unit"]:
        return _measure(match, match["unit"], ends)[0]
    return Quantity(ends[0], _bound(match), "", ends[1])


def read_money(words: str) -> Quantity:
    """Read a sum of money; a bare figure is in yuan.

    Raises
    ------
    NotANumber
        Where the words hold no number.
    MixedDimension
        Where the unit is not one of money.
    """
    quantity = read_quantity(words)
    if quantity.unit == "":
        return Quantity(quantity.figure, quantity.bound, "yuan", quantity.top)
    if not any(quantity.unit == base and kind == "money" for base, _, kind in UNITS.values()):
        raise MixedDimension(words=words, unit=quantity.unit, wanted="yuan")
    return quantity


def find_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Yield every quantity of the text with a unit, a counting word or 级, by place.

    Years, days and ordinals (2023年, 7日, 第3家) are none. ``text`` may be in full or half width.
    """
    stop = len(text) if end is None else end
    base = max(0, start - 2)  # what stands before decides too: 第3家, 2023-04
    folded = fold_width(text[base:stop])
    at = start - base
    while match := _quantity().search(folded, at):
        found = _found(folded, match)
        at = max(match.start() + 1, found.end if found else match.end("low"))
        if found:
            number = (found.number[0] + base, found.number[1] + base)
            yield replace(found, start=found.start + base, end=found.end + base, number=number)


def _found(text: str, match: re.Match[str]) -> Found | None:
    unit, level = match["unit"], bool(match["level1"] or match["level2"])
    ends = _ends(match)
    if match["per"]:
        unit = None if unit else _PER[match["per"]]  # 百分之五元 is nothing
    if ends is None or not (unit or level) or _is_bare(match):
        return None
    end = match.end()
    if unit is None:
        quantity = Quantity(ends[0], _bound(match), "", ends[1])
        return Found(quantity, quantity, None, match.start(), end, match.span("low"), level)
    if unit in _NOUNED and match["post"] is None and (noun := _NOUN.match(text, end)):
        end = noun.end()
        unit += noun.group()
    quantity, dimension = _measure(match, unit, ends)
    written = Quantity(ends[0], quantity.bound, unit, ends[1])
    number = (match.start("low"), max(match.end(name) for name in ("low", "high", "mag")))
    return Found(quantity, written, dimension, _trim(text, match.start()), end, number, level)


def _measure(
    match: re.Match[str], unit: str, ends: tuple[Decimal, Decimal | None]
) -> tuple[Quantity, Dimension]:
    """Return the quantity in the base unit of its dimension."""
    base, factor, dimension = UNITS.get(unit, (unit, Decimal(1), "count"))
    top = None if ends[1] is None else ends[1] * factor
    return Quantity(ends[0] * factor, _bound(match), base, top), dimension


def _trim(text: str, start: int) -> int:
    while text[start] == " ":
        start += 1
    return start


def _is_bare(match: re.Match[str]) -> bool:
    """Tell whether only a magnitude stands there, as in 万元 (a column head) or 千家万户."""
    if match["low"][0] not in "百千万亿" or match["per"]:
        return False
    if match["pre"] or match["tail"] or match["mid"] or match["level1"] or match["level2"]:
        return False
    known = UNITS.get(match["unit"] or "")
    return known is None or known[2] != "money" or len(match["low"]) == 1


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    """Return both ends of the number, in the unit as written; None where it is no number."""
    magnitude = read_magnitude(match["mag"])
    pair = read_neighbours(match["low"]) if match["high"] is None else None
    if pair:
        return pair[0] * magnitude, pair[1] * magnitude
    low = read_value(match["low"])
    if low is None:
        return None
    if match["high"] is None:
        return low * magnitude, None
    high = read_value(match["high"])
    if high is None:
        return None
    # 2-3亿元 shares its 亿; 5000-1万台 does not, for 5000亿 would be more than the high end.
    shared = trailing_magnitude(match["high"])
    if match["lowunit"] is None and trailing_magnitude(match["low"]) == 1 and low * shared <= high:
        low *= shared
    return (low * magnitude, high * magnitude) if low <= high else None


def _bound(match: re.Match[str]) -> Bound:
    if match["pre"] and (bound := _BOUND_OF[match["pre"]]) != "approx":
        return bound
    if match["post"]:
        return _BOUND_OF[match["post"]]
    if match["mid"] or match["tail"]:
        return "approx" if "来" in (match["mid"], match["tail"]) else "gt"
    if match["level1"] or match["level2"]:
        money = match["unit"] is None or UNITS.get(match["unit"], ("", 0, ""))[2] == "money"
        return "ge" if money or match["low"][0] in "百千万亿" else "approx"
    return "approx" if match["pre"] else "eq"


def plain(value: Decimal) -> str:
    """Return the decimal digits without exponent or trailing zeros: 2100000000, 0.35."""
    return f"{value.normalize():f}"


def write_quantity(quantity: Quantity) -> str:
    """Return Chinese words that ``read_quantity`` reads back as the same quantity.

    Examples
    --------
    >>> write_quantity(Quantity(Decimal("2.1e9"), "gt", "yuan"))
    '逾21亿元'
    """
    prefix = {"eq": "", "gt": "逾", "ge": "不少于", "lt": "不到", "le": "不超过", "approx": "约"}
    unit = "元" if quantity.unit == "yuan" else quantity.unit
    ends = [quantity.figure] if quantity.top is None else [quantity.figure, quantity.top]
    return prefix[quantity.bound] + "-".join(_write_number(end) for end in ends) + unit


def _write_number(value: Decimal) -> str:
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            return plain(value / size) + word
    return plain(value)
