"""Is this a reading of that character, tone and odd letters of pinyin fonts set aside or not?"""

import re
from functools import lru_cache

from fenglian.engine.intake.tables import Tables

# Letters of pinyin, the odd g and a of pinyin fonts (U+0261, U+0251, alpha) among them.
LETTERS = "a-züāáǎàēéěèêīíǐìōóǒòūúǔùǖǘǚǜńňǹɡ\u0251α"
MARKED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")

_PLAIN = str.maketrans(
    "āáǎà\u0251αēéěèêīíǐìōóǒòūúǔùǖǘǚǜüvńňǹɡ", "aaaaaaeeeeeiiiioooouuuuuuuuuunnng"
)
_FONT = str.maketrans("\u0251αɡ", "aag")
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan"
    "|uang|ue|ui|un|uo)"
)


@lru_cache(maxsize=4096)
def plain(pinyin: str) -> str:
    """Return pinyin without tones and spaces, ü and v as u.

    Examples
    --------
    >>> plain("chuàng "), plain("lǜ")
    ('chuang', 'lu')
    """
    return pinyin.strip().translate(_PLAIN)


def is_reading(pinyin: str, character: str, tables: Tables) -> bool:
    """Whether the pinyin is a known reading of the character, its tone set aside."""
    wanted = plain(pinyin)
    return any(plain(reading) == wanted for reading in tables.readings.get(character, ()))


@lru_cache(maxsize=4096)
def _toned(pinyin: str) -> str:
    return pinyin.strip().translate(_FONT)


def is_exact_reading(pinyin: str, character: str, tables: Tables) -> bool:
    """Whether the pinyin is a known reading with its tone; where it shows none, any tone does."""
    if not MARKED.search(pinyin):
        return is_reading(pinyin, character, tables)
    wanted = _toned(pinyin)
    return any(_toned(reading) == wanted for reading in tables.readings.get(character, ()))


def is_syllable(pinyin: str) -> bool:
    """Whether the pinyin is one syllable with its tone marked."""
    return bool(MARKED.search(pinyin) and _SYLLABLE.fullmatch(plain(pinyin)))
