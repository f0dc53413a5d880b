"""A tail of links to elsewhere: 图们市| 怀远县| 探索| … cut it, and say why.

The tail has nothing to do with the article, but its place names are real: 平陆县 and 芮城县 lie
in Shanxi, and a reader of places would report them. So it goes before anything is read.
"""

from collections.abc import Sequence

from fenglian.engine.intake.damage.draft import Change, Repair
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

FEWEST = 8  # items of a line
LONGEST = 9  # characters of an item


def is_farm(line: str) -> bool:
    """Whether a line is nothing but short names between bars."""
    items = [item.strip() for item in line.split("|")]
    if not items[0]:  # a row of a table begins with its bar
        return False
    names = [item for item in items if item]
    return len(names) >= FEWEST and all(
        len(name) <= LONGEST and all("\u4e00" <= shown <= "\u9fff" for shown in name)
        for name in names
    )


def find(text: str, tables: Tables) -> Sequence[Change]:
    """Return the cut of the last lines, as far as they are link farm."""
    cut = end = len(text.rstrip())
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if line.strip() and not is_farm(line):
            break
        cut = start if line.strip() else cut
        end = start - 1
    return () if cut == len(text.rstrip()) else (Change(cut, len(text.rstrip()), "", "farm"),)


REPAIR = Repair(
    "link_farm",
    Label(
        "页尾链接农场：一行里八个以上、以竖线分隔的短地名，与文章无关，删去",
        "Link farm at the page's end: a line of eight or more short names between bars, "
        "nothing to do with the article: cut",
    ),
    find,
)
