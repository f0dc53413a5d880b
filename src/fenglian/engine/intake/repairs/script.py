"""Simplified text turned into traditional characters: 產業 → 产业.

Decided by what each line shows: characters that only traditional text has against those that
only simplified text has. A line without enough of either follows the page. So a clean page with
a stray 陳 or 喆 in a name stays as it is.
"""

from collections.abc import Iterator, Sequence, Set

from fenglian.engine.intake.damage.draft import Change, Repair
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

ENOUGH = 6  # telling characters by which a line decides for itself


def balance(text: str, tables: Tables) -> tuple[int, int]:
    """Return how many characters of a text are only traditional, and how many only simplified."""
    simplified, traditional = tables.simplified, tables.traditional
    old = sum(1 for shown in text if shown in simplified and shown not in traditional)
    # 着 does not tell: the 著 that it is written as stands in simplified text too.
    new = sum(1 for shown in text if traditional.get(shown, "") in simplified)
    return old, new


def is_traditional(text: str, tables: Tables) -> bool:
    """Whether a text is written in traditional characters."""
    old, new = balance(text, tables)
    return old > new


def traditional_lines(text: str, tables: Tables) -> Iterator[tuple[int, str]]:
    """Yield start and text of each line that is to be made simplified."""
    page = is_traditional(text, tables)
    start = 0
    for line in text.splitlines(keepends=True):
        old, new = balance(line, tables)
        decided = old > new if old + new >= ENOUGH else page
        if decided and (old or page):
            yield start, line
        start += len(line)


def _simplified(line: str, tables: Tables, firsts: Set[str]) -> str:
    """Return a line in simplified characters, longest words first, then characters."""
    words = tables.simplified_words
    made = [tables.simplified.get(shown, shown) for shown in line]
    at = 0
    while at < len(line):
        size = 1
        if line[at] in firsts:
            sizes = range(min(len(line) - at, 8), 1, -1)
            size = next((n for n in sizes if line[at : at + n] in words), 1)
            if size > 1:
                made[at : at + size] = words[line[at : at + size]]
        at += size
    return "".join(made)


def find(text: str, tables: Tables) -> Sequence[Change]:
    """Return a change for every traditional character of a traditional line."""
    firsts = {word[0] for word in tables.simplified_words}
    return [
        Change(start + at, start + at + 1, made, "script")
        for start, line in traditional_lines(text, tables)
        for at, (shown, made) in enumerate(
            zip(line, _simplified(line, tables, firsts), strict=True)
        )
        if shown != made
    ]


REPAIR = Repair(
    "script",
    Label("简体被转成繁体：转回简体", "Turned into traditional characters: back to simplified"),
    find,
)
