"""What does the charter say on a day: quorum, majority, terms, tiers? And what did a version change?

A charter's text is for people; what is counted by stands beside it as ``Charter``. Where an alliance
has put none on record, ``MODEL`` holds: the model charter for associations (民政部).
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from fenglian.engine.alliance import tiers
from fenglian.engine.alliance.faults import UnreadableCharter
from fenglian.engine.alliance.terms import NOTICE_DAYS
from fenglian.engine.alliance.tiers import TIERS, Tier
from fenglian.engine.alliance.voting import ASSEMBLY, BASES, COUNCIL, Rule
from fenglian.engine.labels import Label

Body = Literal["council", "assembly"]
BODIES: Mapping[Body, Label] = {
    "council": Label("理事会", "the council"),
    "assembly": Label("会员大会", "the assembly"),
}
TERM_YEARS = 5  # 社会团体章程示范文本：每届不超过 5 年
MOST_YEARS, MOST_NOTICE = 10, 730


@dataclass(frozen=True, slots=True)
class Charter:
    """What a charter's text says in numbers."""

    council: Rule
    assembly: Rule
    term_years: int
    notice_days: int  # before the end of a term that its election is announced
    seated: frozenset[Tier]  # tiers that sit in the council
    voting: frozenset[Tier]  # tiers with a vote in the assembly
    fees: Mapping[Tier, int]  # yuan a year; a tier that is not among them: not said

    def rule(self, body: Body) -> Rule:
        """Return what a body's decisions need."""
        return self.council if body == "council" else self.assembly

    def entitled(self, body: Body) -> frozenset[Tier]:
        """Return the tiers with a vote in a body."""
        return self.seated if body == "council" else self.voting


MODEL = Charter(
    council=COUNCIL,
    assembly=ASSEMBLY,
    term_years=TERM_YEARS,
    notice_days=NOTICE_DAYS,
    seated=tiers.COUNCIL,
    voting=tiers.ASSEMBLY,
    fees={},
)


def read_charter(words: Mapping[str, str]) -> Charter:
    """Read a charter's numbers as they were typed, or as ``spell_charter`` wrote them.

    Parameters
    ----------
    words
        ``council_quorum`` and the like as fractions (``2/3``), ``council_of`` as a base,
        ``council_more_than`` as ``yes`` or empty, ``term_years``, ``notice_days``, ``seated`` and
        ``voting`` as tiers with blanks between, ``fee_`` + tier in yuan or empty.

    Raises
    ------
    UnreadableCharter
        Where a field holds something else; names it.

    Examples
    --------
    >>> read_charter(spell_charter(MODEL)) == MODEL
    True
    """
    return Charter(
        council=_rule(words, "council"),
        assembly=_rule(words, "assembly"),
        term_years=_whole(words, "term_years", 1, MOST_YEARS),
        notice_days=_whole(words, "notice_days", 1, MOST_NOTICE),
        seated=_tiers(words, "seated"),
        voting=_tiers(words, "voting"),
        fees={
            tier: _whole(words, f"fee_{tier}", 0, 1_000_000_000)
            for tier in TIERS
            if words.get(f"fee_{tier}", "").strip()
        },
    )


def spell_charter(charter: Charter) -> dict[str, str]:
    """Return a charter's numbers as words, as ``read_charter`` takes them."""
    words = {"term_years": str(charter.term_years), "notice_days": str(charter.notice_days)}
    for body, rule in (("council", charter.council), ("assembly", charter.assembly)):
        words[f"{body}_quorum"] = str(rule.quorum)
        words[f"{body}_majority"] = str(rule.majority)
        words[f"{body}_of"] = rule.of
        words[f"{body}_more_than"] = "yes" if rule.more_than else ""
    words["seated"] = " ".join(tier for tier in TIERS if tier in charter.seated)
    words["voting"] = " ".join(tier for tier in TIERS if tier in charter.voting)
    words.update({f"fee_{tier}": str(charter.fees.get(tier, "")) for tier in TIERS})
    return words


def _rule(words: Mapping[str, str], body: str) -> Rule:
    base = next((each for each in BASES if each == words.get(f"{body}_of")), None)
    if base is None:
        raise UnreadableCharter(field=f"{body}_of", words=words.get(f"{body}_of", ""))
    return Rule(
        quorum=_share(words, f"{body}_quorum"),
        majority=_share(words, f"{body}_majority"),
        of=base,
        more_than=bool(words.get(f"{body}_more_than")),
    )


def _share(words: Mapping[str, str], field: str) -> Fraction:
    said = words.get(field, "").strip()
    try:
        found = Fraction(said)
    except (ValueError, ZeroDivisionError):
        raise UnreadableCharter(field=field, words=said) from None
    if not 0 < found <= 1:
        raise UnreadableCharter(field=field, words=said)
    return found


def _whole(words: Mapping[str, str], field: str, least: int, most: int) -> int:
    said = words.get(field, "").strip()
    if not (said.isascii() and said.isdigit() and len(said) < 12 and least <= int(said) <= most):
        raise UnreadableCharter(field=field, words=said)
    return int(said)


def _tiers(words: Mapping[str, str], field: str) -> frozenset[Tier]:
    said = words.get(field, "").split()
    found = frozenset(tier for tier in TIERS if tier in said)
    if not found or len(found) != len(set(said)):
        raise UnreadableCharter(field=field, words=" ".join(said))
    return found


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the charter, and from when it holds."""

    key: str
    since: date


def in_force(versions: Iterable[Version], on: date) -> str | None:
    """Return the version that holds on a day: the last that had come into force; None: none.

    Examples
    --------
    >>> first, second = Version("1", date(2023, 4, 7)), Version("2", date(2025, 1, 1))
    >>> in_force([second, first], date(2024, 12, 31))
    '1'
    """
    begun = [each for each in versions if each.since <= on]
    return max(begun, key=lambda each: each.since).key if begun else None


Change = Literal["same", "gone", "new"]


def compare(before: str, after: str) -> list[tuple[Change, str]]:
    r"""Return the paragraphs of two texts in order, each with what became of it.

    Examples
    --------
    >>> compare("一\n二", "一\n三")
    [('same', '一'), ('gone', '二'), ('new', '三')]
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[tuple[Change, str]] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            found += [("same", line) for line in old[i:j]]
        else:
            found += [("gone", line) for line in old[i:j]]
            found += [("new", line) for line in new[k:m]]
    return found


def _paragraphs(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def changed_numbers(before: Charter, after: Charter) -> list[tuple[str, str, str]]:
    """Return the fields that two charters say differently: name, before, after.

    Examples
    --------
    >>> from dataclasses import replace
    >>> changed_numbers(MODEL, replace(MODEL, term_years=4))
    [('term_years', '5', '4')]
    """
    old, new = spell_charter(before), spell_charter(after)
    return [(name, old[name], new[name]) for name in old if old[name] != new[name]]
