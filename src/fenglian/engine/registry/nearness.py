"""Which of very many names have the same core, or cores that differ in one character?

Names meet only where a number made of their key is the same: the core itself, or one half of it
together with the region and the length. Whoever meets is compared again, character by character,
in arrays; so a number that two keys have by chance leads to nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from fenglian.engine.intake.places import PROVINCES
from fenglian.engine.registry.names import FORMS, Regions

CROWD = 64  # names that share a key: more say nothing, and are left to a person
LONG_CORE = 4  # characters of brand and trade of which one may be a slip of the pen
LONGEST_REGION = 9  # characters; a longer division does not begin the name of a firm
FULL = ("有限公司", "股份公司", "集团公司", "总公司", "分公司", "子公司")  # how full names end
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: spreads neighbours far apart

Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.uint64]]"
Places: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
Pairs: TypeAlias = tuple[Places, Places]  # earlier, later


class Keys:
    """Full names taken apart as ``split_name`` does, many times as fast, in lists side by side.

    Lists of text and not records: millions of records would keep the collector of garbage busy.
    """

    def __init__(self, regions: Regions) -> None:
        self.rows: list[int] = []
        self.regions: list[str] = []
        self.cores: list[str] = []  # brand and trade
        self.forms: list[str] = []
        self._pool: dict[str, str] = {}  # one object a region: compared and hashed at once
        self._parts = {
            part for part in (*regions.full, *regions.short) if len(part) <= LONGEST_REGION
        }
        lengths: dict[str, set[int]] = {}
        for part in self._parts:
            lengths.setdefault(part[:2], set()).add(len(part))
        self._lengths = {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    def add(self, names: Iterable[tuple[str, int]]) -> None:
        """Take in the full ones of some names in normal form, with their rows."""
        parts, lengths_of = self._parts, self._lengths
        pool = self._pool
        for spoken, row in names:
            if not spoken.endswith("公司"):
                continue
            for form in _FORMS:  # the longest that fits is the one
                if spoken.endswith(form):
                    break
            else:
                continue
            stem = spoken[: -len(form)]
            at = 0
            while lengths := lengths_of.get(stem[at : at + 2]):
                for length in lengths:
                    if (part := stem[at : at + length]) in parts:
                        at += len(part)
                        break
                else:
                    break
            self.rows.append(row)
            self.forms.append(form)
            region, core = (stem[:at], stem[at:]) if at else _inner_region(stem)
            self.regions.append(pool.setdefault(region, region))
            self.cores.append(core)


def _inner_region(stem: str) -> tuple[str, str]:
    """Return a province behind a short brand, and the rest: 华电|山西|能源."""
    if len(stem) >= 5:
        for start in (2, 3, 4):
            province = _PROVINCES.get(stem[start : start + 2])
            if province and stem.startswith(province, start):
                return province, stem[:start] + stem[start + len(province) :]
    return "", stem


def find_near(keys: Keys, known: int, *, own: bool) -> dict[int, list[int]]:
    """Return, for places among the keys, the earlier places whose core is theirs or nearly so.

    Parameters
    ----------
    keys
        Of the names known, then of those asked.
    known
        How many of them are known.
    own
        Whether names known are held against each other: each meets those before it. Otherwise
        those asked meet those known.

    Returns
    -------
    dict
        Place → places, those of the same core first. A crowd that shares a key meets nobody.
    """
    first, second, turn = [], [], []
    for number, (earlier, later) in _passes(keys):
        if not own:
            wanted = (earlier < known) & (later >= known)
            earlier, later = earlier[wanted], later[wanted]  # noqa: PLW2901  # the ones wanted
        first.append(earlier)
        second.append(later)
        turn.append(np.full(len(earlier), number))
    if not first:
        return {}
    ones, others = np.concatenate(first), np.concatenate(second)
    order = np.lexsort((ones, np.concatenate(turn), others))
    near: dict[int, list[int]] = {}
    for place, other in zip(others[order].tolist(), ones[order].tolist(), strict=True):
        met = near.setdefault(place, [])
        if other not in met:
            met.append(other)
    return near


def _passes(keys: Keys) -> Iterator[tuple[int, Pairs]]:
    """Yield the pairs of equal cores, then those of one first half, then of one second half."""
    cores = keys.cores
    if not cores:
        return
    lengths = np.fromiter(map(len, cores), np.int64, len(cores))
    # A core of one character says nothing, but counts in a crowd: equal ones never meet others.
    for earlier, later in _meet(_numbers(cores), None):
        alike = lengths[earlier] > 1
        yield 0, (earlier[alike], later[alike])
    regions = _numbers(keys.regions)
    for rows in _by_length(lengths):
        length = int(lengths[rows[0]])
        if length < LONG_CORE:
            continue
        letters = _letters([cores[row] for row in rows.tolist()], length)
        for half in (0, 1):
            part = letters[:, length // 2 :] if half else letters[:, : length // 2]
            for earlier, later in _meet(_mixed(part, regions[rows]), letters):
                one, other = rows[earlier], rows[later]
                same = regions[one] == regions[other]
                yield 1 + half, (one[same], other[same])


def _by_length(lengths: Places) -> Iterator[Places]:
    """Yield the places of each length, in order."""
    order = np.argsort(lengths, kind="stable")
    edges = np.flatnonzero(np.diff(lengths[order])) + 1
    yield from np.split(order, edges)


def _numbers(texts: Sequence[str]) -> Numbers:
    return np.fromiter(map(hash, texts), np.int64, len(texts)).view(np.uint64)


def _letters(texts: list[str], length: int) -> "np.ndarray[tuple[int, int], np.dtype[np.uint32]]":
    """Return texts of one length as a table of code points."""
    return np.array(texts, dtype=f"<U{length}").view(np.uint32).reshape(len(texts), length)


def _mixed(
    letters: "np.ndarray[tuple[int, int], np.dtype[np.uint32]]", regions: Numbers
) -> Numbers:
    """Return a number of each row and its region."""
    mixed = regions.copy()
    for column in letters.T:
        mixed ^= mixed >> np.uint64(29)
        mixed *= _ODD  # wraps around, as is meant
        mixed += column
    return mixed


def _meet(
    numbers: Numbers, letters: "np.ndarray[tuple[int, int], np.dtype[np.uint32]] | None"
) -> Iterator[Pairs]:
    """Yield the places that share a number, crowds left out, the earlier first.

    With ``letters`` only those that differ in one character at most.
    """
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    sizes = np.diff(np.concatenate(([0], edges, [len(ordered)])))
    ends = np.repeat(np.cumsum(sizes), sizes)
    ends[np.repeat((sizes < 2) | (sizes > CROWD), sizes)] = 0
    at = np.arange(len(ordered))
    for apart in range(1, CROWD):
        at = at[at + apart < ends[at]]
        if not len(at):
            return
        earlier, later = order[at], order[at + apart]
        if letters is not None:
            one = (letters[earlier] != letters[later]).sum(axis=1) <= 1
            earlier, later = earlier[one], later[one]
        yield earlier, later


_PROVINCES = {province[:2]: province for province in PROVINCES}
_FORMS = tuple(sorted((form for form in FORMS if form.endswith(FULL)), key=len, reverse=True))
