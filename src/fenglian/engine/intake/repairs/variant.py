"""著 for 着: the clone sites write one for both, so the words around must tell them apart.

著名, 显著 and 著作 keep their 著; 看著, 沿著 and 随著 get their 着 back.
"""

from collections.abc import Sequence

from fenglian.engine.intake.damage.draft import Change, Repair
from fenglian.engine.intake.damage.language import best_reading, certainty, forms, simple
from fenglian.engine.intake.repairs.script import traditional_lines
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

AROUND = 6  # characters on either side that are looked at
LISTED = -15.6  # ln frequency of a word with 著; rarer ones (标志著) are slips of the word list
MARGIN = 3.0  # ln by which 着 must win: it is so much commoner that it wins beside 著作 as well


def _is_word_with_zhu(line: str, at: int, tables: Tables) -> bool:
    """Whether a word that keeps its 著 stands at the place."""
    words = {line[max(at - n, 0) : at + m] for n, m in ((0, 2), (1, 1), (1, 2), (0, 3), (2, 1))}
    found = ("".join(simple(shown, tables) for shown in word) for word in words if len(word) > 1)
    return any((tables.words.log_frequency(word) or LISTED) > LISTED for word in found)


def _choice(line: str, at: int, tables: Tables) -> tuple[str, float]:
    """Return 着 or 著, and how sure that is."""
    if not _is_word_with_zhu(line, at, tables):
        return "着", 1.0
    start = max(at - AROUND, 0)
    lattice = [forms(shown, tables) for shown in line[start : at + AROUND]]
    scores = {}
    for choice in ("着", "著"):
        lattice[at - start] = (choice,)
        scores[choice] = best_reading(lattice, tables).score
    best = "着" if scores["着"] > scores["著"] + MARGIN else "著"
    return best, certainty(max(scores.values()), min(scores.values()))


def find(text: str, tables: Tables) -> Sequence[Change]:
    """Return a change for every 著 of a traditional line that stands for 着."""
    if "著" not in text:
        return ()
    changes = []
    for start, line in traditional_lines(text, tables):
        for at, shown in enumerate(line):
            if shown == "著":
                choice, sure = _choice(line, at, tables)
                if choice == "着":
                    changes.append(
                        Change(start + at, start + at + 1, choice, "variant", confidence=sure)
                    )
    return changes


REPAIR = Repair(
    "variant",
    Label("“着”被写成“著”：按词义还原", "著 written for 着: told apart by the words around"),
    find,
)
