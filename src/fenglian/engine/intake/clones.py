"""Which pages are copies of one another, and where do the copies contradict?

Clone sites copy an article, often with one number changed. Copies are one source: however many
there are, they raise no grade. Two pages are copies where their fingerprints (simhash of four
characters each: Charikar 2002, doi:10.1145/509907.509965) differ in few of 64 bits.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

NEAR = 6  # bits of 64 that copies may differ in
_BANDS = 8  # parts of the fingerprint; of copies at most six bits apart, two parts are the same
_LENGTH = 4
_SILENT = re.compile(r"[\W_]+")
FEWEST = 40  # characters; what is shorter is no article, and has no copies
Fact = tuple[str, str, str]  # fact type, subject, property


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a page is compared by."""

    page: str  # its name
    bits: int  # 64


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What copies say differently."""

    fact: Fact
    values: Mapping[str, tuple[str, ...]]  # value → pages that say so


def fingerprint(text: str) -> int | None:
    """Return the simhash of a page's clean text; None where it is too short to have copies.

    Examples
    --------
    >>> one = "四月七日，山西省风电装备产业联盟成立大会在太原举行，共计六十六家单位的一百六十余位代表参加。" * 2
    >>> distance(fingerprint(one), fingerprint(one.replace("六十六", "六十七"))) <= NEAR
    True
    """
    words = _SILENT.sub("", text)
    if len(words) < FEWEST:
        return None
    weights = [0] * 64
    for at in range(len(words) - _LENGTH + 1):
        piece = words[at : at + _LENGTH].encode()
        number = int.from_bytes(hashlib.blake2b(piece, digest_size=8).digest())
        for bit in range(64):
            weights[bit] += 1 if number >> bit & 1 else -1
    return sum(1 << bit for bit, weight in enumerate(weights) if weight > 0)


def distance(one: int | None, other: int | None) -> int:
    """Return in how many bits two fingerprints differ; 64 where a page has none."""
    return 64 if one is None or other is None else (one ^ other).bit_count()


def find_clones(pages: Iterable[Fingerprint]) -> tuple[tuple[str, ...], ...]:
    """Return groups of copies, each in the order of the pages; pages without copies are in none."""
    listed = list(pages)
    parent = list(range(len(listed)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for one, other in _meeting(listed):
        if distance(listed[one].bits, listed[other].bits) <= NEAR:
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    groups: dict[int, list[str]] = {}
    for at, page in enumerate(listed):
        groups.setdefault(root(at), []).append(page.page)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _meeting(listed: Sequence[Fingerprint]) -> Iterator[tuple[int, int]]:
    """Yield pairs that share a part of their fingerprints: all that may be near are among them."""
    width = 64 // _BANDS
    for band in range(_BANDS):
        same: dict[int, list[int]] = {}
        for at, page in enumerate(listed):
            same.setdefault(page.bits >> band * width & (1 << width) - 1, []).append(at)
        for group in same.values():
            yield from ((one, other) for i, other in enumerate(group) for one in group[:i])


def find_contradictions(
    stated: Mapping[str, Iterable[tuple[Fact, str]]], group: Sequence[str]
) -> tuple[Contradiction, ...]:
    """Return what the copies of a group say differently.

    Parameters
    ----------
    stated
        Page → its facts with their values. A fact with several values on one page is a list, and
        only its difference between pages counts.
    group
        Names of the pages that are copies.
    """
    said: dict[Fact, dict[str, set[str]]] = {}
    for page in group:
        for fact, value in stated.get(page, ()):
            said.setdefault(fact, {}).setdefault(page, set()).add(value)
    found = []
    for fact, by_page in said.items():
        if len(by_page) < 2 or len({frozenset(values) for values in by_page.values()}) < 2:
            continue
        everywhere = set.intersection(*by_page.values())
        values = sorted(set().union(*by_page.values()) - everywhere)
        pages = {value: tuple(p for p in group if value in by_page.get(p, ())) for value in values}
        found.append(Contradiction(fact, pages))
    return tuple(found)
