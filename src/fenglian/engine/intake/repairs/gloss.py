"""Pinyin in brackets behind a character: 產(chǎn)業(yè) … cut it.

Found by reading, not by a list of characters: which characters a page glosses follows no rule.
An annotation that means something — 乐(yuè), 亳(bó)州 — stays: a page counts as glossed only if
it glosses what nobody needs to be told, traditional characters or common ones with their
ordinary reading.

The table's bytes are put in without regard to characters, so a gloss may stand behind a letter
that is the last byte of its character, and inside another gloss: the ǒu of 培(pǒu) is A8 AF 75,
and AF75 is a character too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fenglian.engine.intake.damage import codepage
from fenglian.engine.intake.damage.clone_site import Gloss
from fenglian.engine.intake.damage.draft import Change, Repair
from fenglian.engine.intake.damage.pinyin import LETTERS, is_reading, is_syllable, plain
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

ENOUGH = 3  # evidence that makes a page glossed
COMMON = -11.0  # ln frequency of a character that needs no annotation

_OPEN = re.compile(rf"\([ \u00a0]*(?=[{LETTERS}])")
_PINYIN = re.compile(rf"[{LETTERS}]{{1,6}}")
_CLOSE = re.compile(r"[ \u00a0]*\)")


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A gloss as it stands in the text, with those that were struck inside its own bytes."""

    start: int
    end: int
    gloss: Gloss
    inner: tuple["_Bracket", ...]

    def cuts(self, tables: Tables) -> Iterator[Change]:
        """Yield the cuts of this bracket and of those inside it, by place."""
        character, pinyin = self.gloss.character, self.gloss.pinyin
        sure = 1.0 if is_reading(pinyin, character, tables) else 0.9
        at = self.start
        gloss: Gloss | None = self.gloss
        for nested in self.inner:
            yield Change(at, nested.start, "", "gloss", sure, gloss=gloss)
            yield from nested.cuts(tables)
            at, gloss = nested.end, None
        yield Change(at, self.end, "", "gloss", sure, gloss=gloss)


def _brackets(text: str, at: int, character: str, tables: Tables) -> list[_Bracket]:
    """Return the glosses of a character that stand at a place, one behind the other."""
    found: list[_Bracket] = []
    while bracket := _bracket(text, at, character, tables):
        found.append(bracket)
        at = bracket.end
    return found


def _bracket(text: str, at: int, character: str, tables: Tables) -> _Bracket | None:
    opening = _OPEN.match(text, at)
    if opening is None:
        return None
    inner: list[_Bracket] = []
    pinyin, done = opening[0][1:], opening.end()
    while letters := _PINYIN.match(text, done):
        pinyin, done = pinyin + letters[0], letters.end()
        nested = _brackets(text, done, codepage.last_pair(pinyin), tables)
        inner += nested
        done = nested[-1].end if nested else done
    closing = _CLOSE.match(text, done)
    if closing is None:
        return None
    gloss = Gloss(character, pinyin + closing[0][:-1])
    known = is_reading(gloss.pinyin, character, tables)
    if not known and (inner or not _is_chinese(character) or not is_syllable(gloss.pinyin.strip())):
        return None
    return _Bracket(at, closing.end(), gloss, tuple(inner))


def _is_chinese(shown: str) -> bool:
    return "\u3400" <= shown <= "\u9fff"


def _glossed(text: str, tables: Tables) -> Iterator[_Bracket]:
    """Yield every gloss behind its character, or behind a letter that is its last byte.

    The character whose other byte the letter has may be glossed itself: 司(sī)V(gāng).
    """
    done, last = 0, (0, 0)  # where the latest glosses stand
    while (at := text.find("(", done)) >= 0:
        done = at + 1
        shown = text[at - 1 : at]
        if not _is_chinese(shown):
            before = last[0] if last[1] == at - 1 else at - 1
            shown = codepage.last_pair(text[max(before - 1, 0) : before] + shown)
        found = _brackets(text, at, shown, tables) if shown else []
        yield from found
        if found:
            done = found[-1].end
            last = (at, done)


def _evidence(gloss: Gloss, tables: Tables) -> int:
    """Return how much a gloss speaks for a glossed page: 3 for a traditional character."""
    character, pinyin = gloss.character, gloss.pinyin
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
    found = list(_glossed(text, tables))
    evidence = sum(_evidence(each.gloss, tables) for each in found)
    if evidence < ENOUGH:
        return ()
    return [cut for each in found for cut in each.cuts(tables)]


REPAIR = Repair(
    "gloss",
    Label("字后括号里的拼音：删去", "Pinyin in brackets behind a character: cut"),
    find,
)
