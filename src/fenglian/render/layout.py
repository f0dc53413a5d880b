"""How is a page of a brief laid out? The measures of GB/T 9704, once for docx and its tests.

The standard gives 22 lines of 28 characters in 三号 (16 pt) on a type area of 156 × 225 mm. A
brief in English keeps the page and takes smaller type.
"""

from dataclasses import dataclass, replace
from math import floor
from unicodedata import east_asian_width

POINTS_PER_MM = 72 / 25.4
PAGE_MM = (210.0, 297.0)
TYPE_AREA_MM = (156.0, 225.0)
TOP_MM, LEFT_MM = 37.0, 28.0
RIGHT_MM = PAGE_MM[0] - LEFT_MM - TYPE_AREA_MM[0]
BOTTOM_MM = PAGE_MM[1] - TOP_MM - TYPE_AREA_MM[1]
LINES, CHARACTERS = 22, 28
FOOTER_MM = 25.0  # so that the dash of the page number stands 7 mm below the type area
HEADER_MM = 20.0
RED = "C8102E"
UNBROKEN_ROWS = 6  # a table with no more rows stays on one page


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in points; the pitch is from line to line."""

    body: float
    title: float
    small: float  # titles of tables and charts
    fine: float  # cells and the list of sources
    note: float
    pitch: float
    indent: int  # characters of body type at the start of a paragraph


# The pitch is cut to the twentieth of a point: rounded up, the 22nd line would not fit.
PITCH = floor(TYPE_AREA_MM[1] * POINTS_PER_MM / LINES * 20) / 20
CHINESE = Sizes(body=16, title=22, small=12, fine=10, note=9, pitch=PITCH, indent=2)
ENGLISH = Sizes(body=12, title=17, small=10, fine=9, note=8, pitch=18, indent=2)
# The grounds are to be looked up, not to be read out: 小四 on a closer pitch.
CHINESE_GROUNDS = replace(CHINESE, body=12, title=18, small=10.5, pitch=20)
ENGLISH_GROUNDS = replace(ENGLISH, body=10, title=15, small=9, pitch=14.5)
# What a character of 16 pt gives up so that 28 of them fill the line.
CHARACTER_SPACE = TYPE_AREA_MM[0] * POINTS_PER_MM / CHARACTERS - CHINESE.body


@dataclass(frozen=True, slots=True)
class Faces:
    """Names of typefaces; they are named, not shipped."""

    text: str = "仿宋_GB2312"
    title: str = "方正小标宋简体"
    first: str = "黑体"
    second: str = "楷体_GB2312"
    page: str = "宋体"
    latin: str = "Times New Roman"


FACES = Faces()


def sizes(language: str) -> Sizes:
    """Return the type sizes of a language."""
    return CHINESE if language == "zh" else ENGLISH


def grounds_sizes(language: str) -> Sizes:
    """Return the type sizes of the grounds of a brief."""
    return CHINESE_GROUNDS if language == "zh" else ENGLISH_GROUNDS


def width(text: str) -> float:
    """Return the width in characters; a Latin letter or a figure counts half."""
    return sum(1.0 if east_asian_width(each) in "WFA" else 0.5 for each in text)


def signature_indents(organ: str, day: str) -> tuple[float, float]:
    """Return how far organ and date stay from the right edge, in characters.

    The date begins two characters to the right of the organ; the longer of the two ends two
    characters from the edge.
    """
    over = width(organ) - width(day) - 2
    return 2 + max(0.0, -over), 2 + max(0.0, over)
