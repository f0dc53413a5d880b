"""Which characters do bytes spell that were read one byte out of step?

Where the damage struck between the two bytes of a character, all that follows was decoded one
byte late, until a single byte, a cut or the next strike brought it back into step. Reading
resumes with a *pending* lead byte: it leads the pair whose trail is the next shown character's
first byte. Nothing is guessed here: where several characters fit, all are given.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fenglian.engine.intake.damage import codepage
from fenglian.engine.intake.damage.pinyin import LETTERS, is_exact_reading, is_reading
from fenglian.engine.intake.document import LOST
from fenglian.engine.intake.tables import Tables

FARTHEST = 300  # characters out of step; a comma, at the latest, brings real text back

_STRIKE = re.compile(rf"\?([{LETTERS}]{{1,6}})[ \u00a0]*\)")  # the "(" was swallowed
_GLOSS = re.compile(rf"\([ \u00a0]*([{LETTERS}]{{1,6}})[ \u00a0]*\)")
_CUTS = "、\uff0c\uff01\uff1f"
_MARKS = frozenset("\u3000、。·—…‘’“”\u3014\u3015〈〉《》「」『』【】±×÷°℃‰№→~") | frozenset(
    codepage.NARROW
)


class Step(NamedTuple):
    """Some shown characters and the ones that they stand for."""

    start: int
    end: int
    source: int  # the place of the first byte: made from [source, end)
    choices: tuple[str, ...]  # none where the shown characters carry no character's last byte
    kind: str
    pinyin: str = ""  # of the gloss that shows here
    struck: str = ""  # the character whose gloss it is, where it is not the choice


class Path(NamedTuple):
    """One way from a ``?`` back into step."""

    end: int
    steps: tuple[Step, ...]


def is_plausible(shown: str) -> bool:
    """Whether an article may have the character: Chinese, or a mark of its punctuation."""
    return "\u4e00" <= shown <= "\u9fff" or shown in _MARKS or "\uff05" <= shown <= "\uff5e"


@dataclass(frozen=True, slots=True)
class Misread:
    """A text with places that were read out of step."""

    text: str
    narrowed: bool  # whether its , ! ? : ( ) were wide when it was damaged
    tables: Tables
    fits: Callable[[str], bool]  # whether the page may have such a character

    def paths(self, at: int, before: str) -> Iterator[Path]:
        """Yield every way to read on from the ``?`` at a place; ``before`` is what stands there."""
        strike = _STRIKE.match(self.text, at)
        octets = self._octets(before) or b"" if strike and before else b""
        if strike and len(octets) == 2:
            yield from self._strikes(at, strike, octets[-1])
        cut = self._wide(at + 1)
        if cut and cut in _CUTS:
            first, second = codepage.octets(cut) or b""
            choices = self._choices(codepage.column(first))
            step = Step(at, at + 2, at, choices, "orphan")
            if choices:
                yield from self._pending(at + 2, second, at + 1, step)

    def _strikes(self, at: int, strike: re.Match[str], lead: int) -> Iterator[Path]:
        """Yield the ways to read on from a gloss that struck between two characters."""
        row = [(trail, shown) for trail, shown in codepage.row(lead) if trail in codepage.LEADS]
        for is_right in (is_exact_reading, is_reading):
            found = False
            for trail, struck in row:
                if is_right(strike[1], struck, self.tables):
                    step = Step(at, strike.end(), at, (), "gloss", strike[1], struck)
                    for path in self._pending(strike.end(), trail, at, step):
                        found = True
                        yield path
            if found:  # the tone decides, where the page gives it
                return

    def _pending(self, at: int, lead: int, source: int, first: Step) -> Iterator[Path]:
        """Yield the ways back into step from a pending lead byte."""
        steps = [first]
        while at < len(self.text) and len(steps) < FARTHEST:
            if self.text[at] == "?":
                yield from self._closings(at, lead, source, steps)
                if not self.narrowed:
                    return
            octets = self._octets(self.text[at])
            made = octets and codepage.character(lead, octets[0])
            if not octets or not made or not is_plausible(made):
                return
            if len(octets) == 1:
                end, pinyin = self._glossed(at + 1, made)
                yield Path(end, (*steps, Step(at, end, source, (made,), "shift", pinyin)))
                return
            steps.append(Step(at, at + 1, source, (made,), "shift"))
            lead, source, at = octets[1], at, at + 1

    def _closings(self, at: int, lead: int, source: int, steps: list[Step]) -> Iterator[Path]:
        """Yield the ways back into step at a ``?`` that holds the trail of a pending lead byte."""
        strike = _STRIKE.match(self.text, at)
        if strike:
            pinyin, end = strike[1], strike.end()
            choices = self._readers(pinyin, lead)
            if choices:
                step = Step(at, end, source, choices, "shift", pinyin)
                yield from self._chained(step, steps)
                return
        cut = self._wide(at + 1)
        if cut is None or cut in _CUTS or codepage.octets(cut) is None or cut in "\r\n":
            choices = self._choices(codepage.row(lead), at_line_end=cut is None or cut in "\r\n")
            if choices:
                yield Path(at + 1, (*steps, Step(at, at + 1, source, choices, "orphan")))
                return
        yield Path(at + 1, (*steps, Step(at, at + 1, source, (LOST,), "lost")))

    def _chained(self, last: Step, steps: list[Step]) -> Iterator[Path]:
        """Yield the ways on where another gloss follows at once; it was struck on a last byte."""
        found = False
        if _STRIKE.match(self.text, last.end):
            for choice in last.choices:
                one = last._replace(choices=(choice,))
                for path in self.paths(last.end, choice):
                    found = True
                    yield Path(path.end, (*steps, one, *path.steps))
        if not found:
            yield Path(last.end, (*steps, last))

    def _readers(self, pinyin: str, lead: int) -> tuple[str, ...]:
        """Return the characters of a lead byte that are read so, with the tone if any are."""
        row = [shown for _, shown in codepage.row(lead) if is_reading(pinyin, shown, self.tables)]
        exact = [shown for shown in row if is_exact_reading(pinyin, shown, self.tables)]
        return tuple(exact or row)

    def _choices(
        self, candidates: tuple[tuple[int, str], ...], *, at_line_end: bool = False
    ) -> tuple[str, ...]:
        openers = "“‘《〈「『【\uff08" if at_line_end else ""
        return tuple(
            shown
            for _, shown in candidates
            if is_plausible(shown) and self.fits(shown) and shown not in openers
        )

    def _glossed(self, at: int, character: str) -> tuple[int, str]:
        """Return where the glosses of a character end, and the pinyin of the first."""
        pinyin = ""
        while gloss := _GLOSS.match(self.text, at):
            if not is_reading(gloss[1], character, self.tables):
                break
            at, pinyin = gloss.end(), pinyin or gloss[0][1:-1]
        return at, pinyin

    def _wide(self, at: int) -> str | None:
        """Return the character at a place as it was when the page was damaged; None at the end."""
        if at >= len(self.text):
            return None
        shown = self.text[at]
        return codepage.WIDE.get(shown, shown) if self.narrowed else shown

    def _octets(self, shown: str) -> bytes | None:
        return codepage.octets(codepage.WIDE.get(shown, shown) if self.narrowed else shown)
