"""Pinyin in brackets behind a character: 產(chǎn)業(yè) … cut it.

Found by reading, not by a list of characters: which characters a page glosses follows no rule.
An annotation that means something — 乐(yuè), 亳(bó)州 — stays: a page counts as glossed only if
it glosses what nobody needs to be told, traditional characters or common ones with their
ordinary reading.
"""

import re
from collections.abc import Sequence

from fenglian.engine.intake.damage import Gloss
from fenglian.engine.intake.draft import Change, Repair
from fenglian.engine.intake.pinyin import LETTERS, is_reading, is_syllable, plain
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

BRACKET = rf"\([ \u00a0]*([{LETTERS}]{{1,6}})[ \u00a0]*\)"
ENOUGH = 3  # evidence that makes a page glossed
COMMON = -11.0  # ln frequency of a character that needs no annotation

_GLOSSED = re.compile(rf"([\u3400-\u9fff])((?:{BRACKET})+)")
_BRACKET = re.compile(BRACKET)


def _evidence(character: str, pinyin: str, tables: Tables) -> int:
    """Return how much a gloss speaks for a glossed page: 3 for a traditional character."""
    readings = tables.readings.get(character, ())
    if not any(plain(reading) == plain(pinyin) for reading in readings):
        return 0
    if character in tables.simplified:
        return ENOUGH
    frequency = tables.words.log_frequency(character)
    ordinary = plain(readings[0]) == plain(pinyin)
    return int(ordinary and frequency is not None and frequency > COMMON)


def find(text: str, tables: Tables) -> Sequence[Change]:
    """Return a cut for every gloss of a glossed page."""
    if ")" not in text:
        return ()
    found = list(_GLOSSED.finditer(text))
    evidence = sum(_evidence(match[1], match[3], tables) for match in found)
    if evidence < ENOUGH:
        return ()
    changes: list[Change] = []
    for match in found:
        for bracket in _BRACKET.finditer(text, match.start(2), match.end(2)):
            known = is_reading(bracket[1], match[1], tables)
            if not known and not is_syllable(bracket[1]):
                break
            changes.append(
                Change(
                    bracket.start(),
                    bracket.end(),
                    "",
                    "gloss",
                    confidence=1.0 if known else 0.9,
                    gloss=Gloss(match[1], bracket[0][1:-1]),
                )
            )
    return changes


REPAIR = Repair(
    "gloss",
    Label("字后括号里的拼音：删去", "Pinyin in brackets behind a character: cut"),
    find,
)
