"""What number do words say? Digits with thousands marks, Chinese numerals, and both mixed.

The patterns say where a number stands and how far it goes, the readers what it is worth; words in
front of it, behind it and its unit belong to ``quantities``. Figures are those of ASCII, into
which full-width ones fold; those of other scripts are none.
"""

import re
from decimal import Decimal

DIGITS = {
    "零": 0, "\u3007": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "贰": 2, "三": 3, "叁": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_TENS = {"廿": "二十", "卅": "三十"}
_ZEROS = ("零", "\u3007")

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
MAGNITUDE = r"(?!千[瓦伏米克帕]|百[分帕])(?:[千百十]?亿|[百千十]?万亿?|[千百]|億|萬)"
_NUMERALS = r"零\u3007一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟万萬亿億"
# 千 of 千瓦 belongs to the unit, and 点 to a number only before a figure.
_HANZI = rf"(?!千[瓦伏米克帕])[{_NUMERALS}](?:(?!千[瓦伏米克帕]|点[^零\u3007一二三四五六七八九])[{_NUMERALS}点])*"
VALUE = rf"(?:{ARABIC}(?: ?{MAGNITUDE}(?:{ARABIC}{MAGNITUDE})?)?|{_HANZI})"
_PARTS = re.compile(rf"(?P<figure>{ARABIC}) ?(?P<mag>{MAGNITUDE})?")
_TRAILING = re.compile(rf"{MAGNITUDE}$")
_FIGURES = re.compile(r"[零\u3007一二三四五六七八九]+")
_ADJACENT = re.compile(
    r"(?P<head>十)?(?P<a>[一二两三四五六七八])(?P<b>[二三四五六七八九])(?P<rest>[十百千万亿]*)"
)
MAX_DIGITS = 40  # longer figures are noise, and slow


def read_value(words: str) -> Decimal | None:
    """Return what words are worth that match ``VALUE``; None where they are no number."""
    if len(words) > MAX_DIGITS:
        return None
    if not words[0].isdigit() or words[0] in DIGITS:
        return _read_hanzi(words)
    total, last = Decimal(0), None
    for part in _PARTS.finditer(words):
        magnitude = read_magnitude(part["mag"])
        worth = Decimal(part["figure"].replace(",", "")) * magnitude
        if last is not None and worth >= last:
            return None
        total += worth
        last = magnitude
    return total


def read_magnitude(words: str | None) -> Decimal:
    """Return what 百万 multiplies by; 1 where nothing stands."""
    product = Decimal(1)
    for character in words or "":
        product *= LARGE.get(character) or _SMALL[character]
    return product


def trailing_magnitude(words: str) -> Decimal:
    """Return the magnitude behind the digits of a number; 1 where none is, or no digits are."""
    match = _TRAILING.search(words)
    return read_magnitude(match.group()) if match and words[0].isascii() else Decimal(1)


def _read_hanzi(words: str) -> Decimal | None:
    """Read Chinese numerals; 二\u3007二三 by position, 三点五 with its decimals."""
    for short, long in _TENS.items():
        words = words.replace(short, long)
    whole, point, decimals = words.partition("点")
    if point:
        tail = _FIGURES.match(decimals)
        if tail is None:
            return None
        head = _read_whole(whole)
        magnitude = decimals[tail.end() :]
        if head is None or any(character not in LARGE for character in magnitude):
            return None
        figures = "".join(str(DIGITS[character]) for character in tail.group())
        return (head + Decimal("0." + figures)) * read_magnitude(magnitude)
    if all(character in DIGITS for character in words):
        if len(words) == 2 and "\u3007" not in words and words[0] != "零":
            return None
        return Decimal("".join(str(DIGITS[character]) for character in words))
    return _read_whole(whole)


def _read_whole(words: str) -> Decimal | None:
    """Read 二十一亿三千万 section by section; None where the order of the magnitudes is none."""
    for character in ("亿", "億", "万", "萬"):
        head, found, tail = words.rpartition(character)
        if found:
            left = _read_whole(head) if head else (None if tail else Decimal(1))
            right = _read_rest(tail, LARGE[character], head)
            if left is None or right is None or right >= LARGE[character]:
                return None
            return left * LARGE[character] + right
    return _read_section(words)


def _read_rest(words: str, size: int, head: str) -> Decimal | None:
    """Read what stands behind 万 or 亿; a lone figure counts the next lower place: 一万二 is 12,000."""
    if words in DIGITS:  # of 三万亿五 nobody knows which place that would be
        return None if head[-1:] in LARGE else Decimal(DIGITS[words] * size // 10)
    return _read_whole(words) if words else Decimal(0)


def _read_section(words: str) -> Decimal | None:
    total, digit, last = 0, None, 10**4
    for position, character in enumerate(words):
        if character in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[character]
            continue
        size = _SMALL.get(character, 0)
        if size == 0 or size >= last or (digit == 0 and size != 10):
            return None
        if digit is None and position and size != 10:
            return None
        total += (1 if digit is None else digit) * size
        digit, last = None, size
    lone = 10 < last < 10**4 and words[-2:-1] not in _ZEROS  # 一百二 is 120, 一百零二 is 102
    return Decimal(total + (digit or 0) * (last // 10 if lone else 1))


def read_neighbours(words: str) -> tuple[Decimal, Decimal] | None:
    """Read 三四十 as 30 to 40; None where the two figures are not neighbours."""
    match = _ADJACENT.fullmatch(words)
    if match is None or DIGITS[match["b"]] != DIGITS[match["a"]] + 1:
        return None
    head = match["head"] or ""
    low = _read_whole(head + match["a"] + match["rest"])
    high = _read_whole(head + match["b"] + match["rest"])
    return (low, high) if low is not None and high is not None else None
