"""Text read one byte out of step: 鏈?zhǔn)袌鲆?guī)模 → 鏈市場規模.

It opens at a ``?``: a gloss whose bracket was swallowed, or a piece's last byte before a cut. In
between every byte is known and nothing is chosen. Where one byte of a character is gone, the
words around choose among the characters that fit the other byte; where more is gone, ``□`` says
so. A question mark that leads nowhere is a question mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from fenglian.engine.intake.damage.alignment import Misread, Path
from fenglian.engine.intake.damage.clone_site import Gloss, is_narrowed
from fenglian.engine.intake.damage.codepage import NARROW, WIDE
from fenglian.engine.intake.damage.draft import Change, Repair
from fenglian.engine.intake.damage.language import LONGEST, best_reading, certainty, forms, simple
from fenglian.engine.intake.document import LOST, Span
from fenglian.engine.intake.repairs.script import is_traditional
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

AROUND = 5  # characters on either side that are looked at
MARGIN = 3.0  # ln by which a reading must beat leaving a question mark alone
RUN = "?????"  # no damage of this kind leaves so many; such text is lost otherwise
# Choosing by the words around costs milliseconds; a page made of question marks gets no more than
# this. Real pages need one choice in a hundred characters or fewer.
FEWEST_READS, CHARACTERS_A_READ = 50, 40
# ln by which a choice must beat every other one; below it the character is lost. Counted on 500
# simulated pages full of names: of 2,180 Chinese characters above CERTAIN none was wrong, of
# 1,740 below it 335: a name is never likely, so 武钢 loses to 舞钢 by more than 5. Before a cut the
# choice is among a hundred, of which few make a word with what stands there: a word says more.
CERTAIN, CERTAIN_MARK = 6.5, 2.0
# ln frequency of the word, bar; in a list, where names stand, a common word is no better.
IN_A_WORD = ((-16.0, 5.5),)
BEFORE_A_CUT = ((-10.5, 0.6), (-12.0, 1.8), (-16.0, 3.5))
IN_A_LIST = ((-16.0, 3.5),)
DOUBTFUL = 0.4  # ln below which half the choices of a mark were wrong
ENDS = frozenset("。!?\uff01\uff1f")
WIDENED = str.maketrans(WIDE)
PAIRS = tuple(zip("“‘《\uff08【〈", "”’》\uff09】〉", strict=True))


@dataclass(frozen=True, slots=True)
class Choice:
    """A path with the character that the words around choose at each step."""

    path: Path
    made: tuple[str, ...]  # (steps,) empty where a step makes none
    score: float
    margins: tuple[float, ...]  # (steps,) ln by which it beats what would differ there


def _paired(choices: tuple[str, ...], line: str, ends: Sequence[str]) -> tuple[str, ...]:
    """Return the choices less the brackets that cannot stand behind this line and its end."""
    wrong = ""
    for opener, closer in PAIRS:
        if line.count(opener) > line.count(closer):
            wrong += opener
        elif len(ends) != 1 or ends[0] not in ENDS:
            wrong += closer  # behind a full stop it may close a quotation from an earlier line
    return tuple(choice for choice in choices if choice not in wrong) or choices


def _read(path: Path, before: str, after: str, tables: Tables) -> Choice:
    """Return the best reading of a path between the words around it."""
    line = before[before.rfind("\n") + 1 :].translate(WIDENED)
    ends = [line[-1:], *(step.choices for step in path.steps)]
    wanted = [_paired(step.choices, line, ends[place]) for place, step in enumerate(path.steps)]
    choice = _choose(path, wanted, (before, after), tables)
    if min(choice.margins) < DOUBTFUL:
        # A quotation from an earlier line may end here after all.
        free = _choose(path, [step.choices for step in path.steps], (before, after), tables)
        choice = max(choice, free, key=lambda made: min(made.margins))
    return choice


def _choose(
    path: Path, wanted: Sequence[Sequence[str]], around: tuple[str, str], tables: Tables
) -> Choice:
    # Of two candidates that are one simplified character, the code page's first is kept.
    written = [{simple(c, tables): c for c in reversed(choices)} for choices in wanted]
    left = [forms(shown, tables) for shown in around[0][-AROUND:]]
    middle = [tuple(choices) for choices in written if choices]
    right = [forms(shown, tables) for shown in around[1]]
    asked = range(len(left), len(left) + len(middle))
    reading = best_reading([*left, *middle, *right], tables, asked)
    found = iter(reading.chosen[asked.start : asked.stop])
    made = tuple(choices[next(found)] if choices else "" for choices in written)
    ahead = reading.score - reading.rival
    margins = tuple(ahead if len(choices) > 1 else inf for choices in written)
    return Choice(path, made, reading.score, margins)


def _sure(paths: Sequence[Path]) -> Choice | None:
    """Return the only path where one opens with a gloss and leaves no choice; None otherwise."""
    if len(paths) != 1 or paths[0].steps[0].kind != "gloss":
        return None
    if any(len(step.choices) > 1 for step in paths[0].steps):
        return None
    steps = paths[0].steps
    return Choice(paths[0], tuple("".join(s.choices) for s in steps), 0.0, (inf,) * len(steps))


def _best(page: Misread, at: int, before: str, paths: Sequence[Path]) -> Choice | None:
    """Return the best way to read on from a ``?``; None where it is a question mark."""
    known = page.tables
    end = max(path.end for path in paths) + AROUND
    tail = page.text[at:end]
    if end > len(page.text):
        tail += "\n"  # the end of the text ends a line
    choices = [_read(path, before, tail[path.end - at :], known) for path in paths]
    ranked = sorted(choices, key=lambda choice: -choice.score)
    best = ranked[0]
    if best.path.steps[0].kind != "gloss":
        shown = before[-AROUND:] + tail
        alone = best_reading([forms(c, known) for c in shown], known).score
        if best.score < alone + MARGIN:
            return None
    best = _against(best, ranked[1:])
    return _settled(best, (before, tail[best.path.end - at :]), known)


def _against(best: Choice, rivals: Sequence[Choice]) -> Choice:
    """Return the best choice with its margins over the paths that make something else there."""
    margins = list(best.margins)
    for rival in rivals:
        there = dict(zip(rival.path.steps, rival.made, strict=True))
        made = {(step.start, step.end): shown for step, shown in there.items()}
        for place, step in enumerate(best.path.steps):
            if made.get((step.start, step.end)) != best.made[place]:
                margins[place] = min(margins[place], best.score - rival.score)
    return Choice(best.path, best.made, best.score, tuple(margins))


def _word(line: str, at: int, tables: Tables) -> float:
    """Return the ln frequency of the commonest word around a place; -inf where there is none."""
    known = tables.words.log_frequency
    best = -inf
    for start in range(max(at - LONGEST + 1, 0), at + 1):
        for end in range(max(at, start + 1) + 1, min(start + LONGEST, len(line)) + 1):
            alone = not _is_chinese(line[start - 1 : start]) and not _is_chinese(line[end:][:1])
            # An item of a list may be a name: 田德 is no 田地.
            frequency = None if alone else known(line[start:end])
            best = max(best, -inf if frequency is None else frequency)
    return best


def _is_chinese(shown: str) -> bool:
    return "\u4e00" <= shown <= "\u9fff"


def _bar(kind: str, made: str, word: float, *, listed: bool) -> float:
    """Return the margin that a choice must have; ``word`` is the ln frequency of its word."""
    if not _is_chinese(made):
        return CERTAIN_MARK
    words = (IN_A_LIST if listed else BEFORE_A_CUT) if kind == "orphan" else IN_A_WORD
    return next((bar for frequency, bar in words if word >= frequency), CERTAIN)


def _settled(choice: Choice, around: tuple[str, str], tables: Tables) -> Choice:
    """Return the choice with ``□`` wherever it is not near-certain."""
    before, after = around[0][-LONGEST:], around[1][:LONGEST]
    sure = [
        shown if m == inf else LOST for shown, m in zip(choice.made, choice.margins, strict=True)
    ]
    made = list(sure)
    listed = after.startswith("、")
    for place, (step, margin) in enumerate(zip(choice.path.steps, choice.margins, strict=True)):
        shown = choice.made[place]
        if margin == inf or not shown:
            continue
        left = before + "".join(sure[:place])
        line = "".join(
            simple(c, tables) for c in f"{left}{shown}{''.join(sure[place + 1 :])}{after}"
        )
        if margin >= _bar(step.kind, shown, _word(line, len(left), tables), listed=listed):
            made[place] = shown
    return Choice(choice.path, tuple(made), choice.score, choice.margins)


def _changes(choice: Choice, page: Misread) -> Iterator[Change]:
    for step, wide, margin in zip(choice.path.steps, choice.made, choice.margins, strict=True):
        made = NARROW.get(wide, wide) if page.narrowed else wide
        sure = 1.0 if margin == inf else certainty(margin, 0.0)
        gloss = Gloss(step.struck or made, step.pinyin) if step.pinyin else None
        source = Span(step.source, step.end)
        kind = step.kind
        if made == LOST:
            kind, sure, gloss = "lost", 1.0, None
        yield Change(step.start, step.end, made, kind, sure, source, gloss)


def find(text: str, tables: Tables) -> Sequence[Change]:
    """Return the changes that bring every misread stretch back into step."""
    at = text.find("?")
    if at < 0:
        return ()
    traditional = is_traditional(text, tables)
    converted = tables.traditional if traditional else tables.simplified

    def fits(character: str) -> bool:
        return character not in converted

    page = Misread(text, is_narrowed(text), tables, fits)
    changes: list[Change] = []
    before, done = "", 0
    budget = FEWEST_READS + len(text) // CHARACTERS_A_READ
    while at >= 0:
        before, done = (before + text[done:at])[-200:], at
        paths = [] if text.startswith(RUN, at) else list(page.paths(at, before[-1:]))
        choice = _sure(paths)
        if paths and choice is None and budget > 0:
            choice = _best(page, at, before, paths)
            budget -= 1
        if choice is None:
            at = text.find("?", at + 1)
            continue
        changes += _changes(choice, page)
        before += "".join(choice.made)
        done = choice.path.end
        at = text.find("?", done)
    return changes


REPAIR = Repair(
    "shift",
    Label(
        "错开一个字节读出的字：按字节还原", "Text read one byte out of step: rebuilt from its bytes"
    ),
    find,
)
