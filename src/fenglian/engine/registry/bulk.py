"""Who is who among very many names: which are the same, which must a person look at, which are new?

The evidence is that of ``resolution``, in the same order: code with its check character, normal
form, other names, a short name that runs through a full one. Instead of holding every name against
every other one, names meet only where they share a key: their core (brand and trade), one half of
it in the same region, or the characters in which a short name and a full one begin. What differs in
province, in legal form or in trade is never linked, however alike the rest is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

import numpy as np

from fenglian.engine.errors import CodeError
from fenglian.engine.intake.places import PROVINCES
from fenglian.engine.labels import Label
from fenglian.engine.registry.alignment import Weights, align, weigh_characters
from fenglian.engine.registry.codes import check_uscc
from fenglian.engine.registry.names import (
    FORMS,
    NameParts,
    Regions,
    find_trade,
    is_relative,
    normal_form,
    split_name,
)
from fenglian.engine.registry.resolution import MARGIN, SHORTEST, forms_differ

Outcome = Literal["linked", "person", "new"]
FEWEST_WEIGHED = 10_000  # names from which the weight of characters is taken, evenly spread
CROWD = 64  # names that share a key: more say nothing, and are left to a person
LONG_CORE = 4  # characters of brand and trade of which one may be a slip of the pen
_FULL = ("有限公司", "股份公司", "集团公司", "总公司", "分公司", "子公司")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of one name; ``target`` and ``rivals`` count in the registry, from 0."""

    outcome: Outcome
    reason: str  # key of LABELS
    target: int | None = None
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NameList:
    """Names, one a row; codes and other names beside them where they are known."""

    names: Sequence[str]
    codes: Sequence[str] = ()  # unified social credit codes; empty: unknown
    aliases: Sequence[tuple[str, ...]] = ()

    def code(self, row: int) -> str:
        """Return the code of a row as written; empty where it has none."""
        return self.codes[row] if self.codes else ""

    def others(self, row: int) -> tuple[str, ...]:
        """Return the other names of a row."""
        return self.aliases[row] if self.aliases else ()


class _Key(NamedTuple):
    """What a full name meets others by."""

    region: str
    core: str  # brand and trade
    form: str


@dataclass(slots=True)
class _Index:
    """The registry by everything that names can meet by."""

    listed: NameList
    regions: Regions
    forms: dict[str, int] = field(default_factory=dict)  # normal form → first row
    codes: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)  # other names → row; -1: of several
    begins: dict[str, list[int]] = field(default_factory=dict)  # two characters → rows
    provinces: dict[str, frozenset[str]] = field(default_factory=dict)  # region → codes
    keys: dict[int, _Key] = field(default_factory=dict)  # of full names


def resolve_names(
    names: NameList, regions: Regions, registry: NameList | None = None
) -> list[Resolved]:
    """Return what became of each name, in the order of the names.

    Parameters
    ----------
    names
        What is asked.
    regions
        What names are split with; see ``build_regions``.
    registry
        What is known. None: the names are held against each other, and the first of several that
        are the same is the new one to which the later are linked.

    Returns
    -------
    list
        ``linked``: the same, with the row it is. ``person``: near, somebody must decide.
        ``new``: nothing near, or what is near has another province, legal form or trade.
    """
    listed = names if registry is None else registry
    index = _Index(listed, regions)
    own = registry is None
    if not own:
        for row in range(len(listed.names)):
            _enter(index, row, normal_form(listed.names[row]))
    found = [_by_evidence(index, names, row, own) for row in range(len(names.names))]
    open_rows = [row for row, each in enumerate(found) if each.reason == "none"]
    _by_core(index, names, open_rows, found, own)
    _by_alignment(index, names, found, own)
    return found


_NONE, _RELATIVE = Resolved("new", "none"), Resolved("new", "relative")
_LEVELS = frozenset("我本该省市县区")


def _enter(index: _Index, row: int, spoken: str) -> None:
    index.forms.setdefault(spoken, row)
    if index.listed.codes and (code := _valid(index.listed.code(row))):
        index.codes.setdefault(code, row)
    for other in index.listed.others(row):
        spoken = normal_form(other)
        if index.others.setdefault(spoken, row) != row:
            index.others[spoken] = -1


@cache
def _valid(code: str) -> str:
    """Return a code that holds, as it is compared; empty where there is none or it is wrong."""
    if not code:
        return ""
    try:
        return check_uscc(code).code
    except CodeError:
        return ""


def _by_evidence(index: _Index, names: NameList, row: int, own: bool) -> Resolved:
    """Return what code, normal form and other names say; reason ``none`` where they say nothing."""
    spoken = normal_form(names.names[row])
    code = _valid(names.code(row)) if names.codes else ""
    same = index.codes.get(code) if code else None
    known = index.forms.get(spoken)
    if same is not None:
        other = index.listed.names[same]
        veto = None if known == same else _veto(_split(other, index), _split(spoken, index))
        found = Resolved("person", f"code_{veto}", None, (same,)) if veto else _link("code", same)
    elif known is not None and not is_relative(spoken):
        theirs = _valid(index.listed.code(known))
        differ = bool(code and theirs and code != theirs)
        found = (
            Resolved("person", "codes_differ", None, (known,)) if differ else _link("form", known)
        )
    else:
        found = _by_other_name(index, spoken)
    if own:
        _enter(index, row, spoken)
    return found


def _link(reason: str, row: int) -> Resolved:
    return Resolved("linked", reason, row)


def _by_other_name(index: _Index, spoken: str) -> Resolved:
    other = index.others.get(spoken)
    if other is None:
        return _RELATIVE if spoken[:1] in _LEVELS and is_relative(spoken) else _NONE
    if other < 0:
        return Resolved("person", "alias_of_several")
    veto = _veto(_split(spoken, index), _split(index.listed.names[other], index))
    return Resolved("person", "alias_veto", None, (other,)) if veto else _link("alias", other)


def _split(name: str, index: _Index) -> NameParts:
    return split_name(name, index.regions)


def _veto(one: NameParts, other: NameParts) -> str | None:
    """Return what forbids that two names are one; None where nothing does."""
    if one.provinces and other.provinces and not one.provinces & other.provinces:
        return "province"
    if forms_differ(one.form, other.form):
        return "legal_form"
    mine, theirs = one.trade, other.trade
    return "trade" if mine and theirs and _differ_in_trade(mine, theirs) else None


def _within(short: str, long: str) -> bool:
    """Tell whether the characters of one stand in the other, in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _by_core(
    index: _Index, names: NameList, rows: list[int], found: list[Resolved], own: bool
) -> None:
    """Hold full names against those of the same core, and those one character away."""
    split = _Splitter(index.regions)
    for spoken, row in index.forms.items():
        if spoken.endswith(_FULL):
            index.keys[row] = split.key(spoken)
    asked = {}
    if not own:
        spoken_forms = ((row, normal_form(names.names[row])) for row in rows)
        asked = {row: split.key(spoken) for row, spoken in spoken_forms if spoken.endswith(_FULL)}
    for row, rivals in _met(asked, index.keys, own).items():
        if found[row].reason == "none":
            key = index.keys[row] if own else asked[row]
            found[row] = _judge(index, key, rivals)


def _met(asked: dict[int, _Key], known: dict[int, _Key], own: bool) -> dict[int, list[int]]:
    """Return, for names asked, the known rows with the same core or one character else."""
    met: dict[int, list[int]] = {}
    sides = [(True, row, key) for row, key in known.items()]
    if not own:
        sides += [(False, row, key) for row, key in asked.items()]
    for hashed in _hashes([key for _, _, key in sides]):
        order = np.argsort(hashed, kind="stable")
        ordered = hashed[order]
        edges = np.flatnonzero(np.diff(ordered)) + 1
        starts = np.concatenate(([0], edges))
        ends = np.concatenate((edges, [len(ordered)]))
        for at in np.flatnonzero((ends - starts > 1) & (ends - starts <= CROWD)):
            group = [sides[place] for place in order[starts[at] : ends[at]].tolist()]
            _compare(group, own, met)
    return met


def _hashes(keys: list[_Key]) -> Iterator["np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """Yield the numbers by which names meet: equal keys have equal ones, and are looked at again."""
    if not keys:
        return
    yield np.fromiter([hash(key.core) for key in keys], np.int64, len(keys))
    # Short cores have too many neighbours to say anything: each gets a number of its own.
    long = [(at, key) for at, key in enumerate(keys) if len(key.core) >= LONG_CORE]
    for half in (0, 1):
        numbers = np.arange(len(keys), dtype=np.int64)
        for at, (region, core, _) in long:
            middle = len(core) // 2
            numbers[at] = hash((half, region, core[middle:] if half else core[:middle], len(core)))
        yield numbers


def _compare(group: list[tuple[bool, int, _Key]], own: bool, met: dict[int, list[int]]) -> None:
    for number, (known, row, key) in enumerate(group):
        if known and not own:
            continue
        # Held against themselves, names meet those that came before them.
        others = group[:number] if own else [each for each in group if each[0]]
        near = [other for _, other, theirs in others if _near(key, theirs)]
        if near:
            rivals = met.setdefault(row, [])
            rivals += [each for each in near if each not in rivals]


def _near(one: _Key, other: _Key) -> bool:
    """Tell whether two cores are one, or differ in one character and no more."""
    if one.core == other.core:
        return len(one.core) > 1
    if len(one.core) != len(other.core) or len(one.core) < LONG_CORE or one.region != other.region:
        return False
    return sum(mine != theirs for mine, theirs in zip(one.core, other.core, strict=True)) == 1


def _judge(index: _Index, mine: _Key, rivals: list[int]) -> Resolved:
    """Return what becomes of a name that has near ones, none of them the same."""
    vetoes = {rival: _veto_of_keys(index, mine, rival) for rival in rivals}
    free = tuple(rival for rival, veto in vetoes.items() if veto is None)
    if free:
        return Resolved("person", "near", None, free)
    return Resolved("new", next(filter(None, vetoes.values()), "none"), None, tuple(rivals))


def _veto_of_keys(index: _Index, mine: _Key, rival: int) -> str | None:
    """Return the veto between two names with near cores; only other regions are looked up."""
    theirs = index.keys[rival]
    if mine.region != theirs.region and mine.region and theirs.region:
        here, there = (_provinces(index, key.region) for key in (mine, theirs))
        if here and there and not here & there:
            return "province"
    if forms_differ(mine.form, theirs.form):
        return "legal_form"
    if mine.core == theirs.core:
        return None
    one, other = find_trade(mine.core), find_trade(theirs.core)
    return "trade" if one and other and _differ_in_trade(one, other) else None


def _provinces(index: _Index, region: str) -> frozenset[str]:
    """Return the codes of the provinces that a region in front of a name speaks of."""
    if region not in index.provinces:
        index.provinces[region] = _split(region, index).provinces
    return index.provinces[region]


def _differ_in_trade(one: str, other: str) -> bool:
    return not _within(one, other) and not _within(other, one)


class _Splitter:
    """Takes names apart as ``split_name`` does, many times as fast: a look-up by two characters."""

    def __init__(self, regions: Regions) -> None:
        self.regions = regions
        self.begins: dict[str, list[str]] = {}
        for part in sorted({*regions.full, *regions.short}, key=len, reverse=True):
            if len(part) <= 9:
                self.begins.setdefault(part[:2], []).append(part)
        self.inner = {province[:2]: province for province in PROVINCES}

    def key(self, spoken: str) -> _Key:
        """Return region, core and form of a normal form."""
        form = ""
        for each in _FORMS_BY_END.get(spoken[-2:], ()):
            if spoken.endswith(each):
                form = each
                break
        stem = spoken[: len(spoken) - len(form)]
        at = 0
        while candidates := self.begins.get(stem[at : at + 2]):
            for part in candidates:
                if stem.startswith(part, at):
                    at += len(part)
                    break
            else:
                break
        if at or len(stem) < 5:
            return _Key(stem[:at], stem[at:], form)
        return self._inner(stem, form)

    def _inner(self, stem: str, form: str) -> _Key:
        for start in (2, 3, 4):
            province = self.inner.get(stem[start : start + 2])
            if province and stem.startswith(province, start):
                return _Key(province, stem[:start] + stem[start + len(province) :], form)
        return _Key("", stem, form)


def _by_alignment(index: _Index, names: NameList, found: list[Resolved], own: bool) -> None:
    """Hold short names against the full ones that they may run through."""
    rows = [
        row
        for row, each in enumerate(found)
        if each.reason == "none"
        and SHORTEST <= len(spoken := normal_form(names.names[row])) <= 8
        and not spoken.endswith(_FULL)
    ]
    if not rows:
        return
    short = (normal_form(names.names[row]) for row in rows)
    _index_begins(index, {each[0] + character for each in short for character in each})
    step = max(1, len(index.forms) // FEWEST_WEIGHED)
    weights = weigh_characters(list(index.forms)[::step])
    for row in rows:
        found[row] = _align(index, normal_form(names.names[row]), weights, row if own else None)


def _index_begins(index: _Index, wanted: set[str]) -> None:
    """Enter full names by their first character and the one with which their core begins."""
    for row, key in index.keys.items():
        if key.core:
            begin = (key.region[0] if key.region else key.core[0]) + key.core[0]
            if begin in wanted:
                index.begins.setdefault(begin, []).append(row)


def _align(index: _Index, short: str, weights: Weights, besides: int | None) -> Resolved:
    met = {
        row
        for character in set(short)
        for row in index.begins.get(short[0] + character, ())
        if row != besides and _within(short, normal_form(index.listed.names[row]))
    }
    if len(met) > CROWD:
        return Resolved("person", "crowd")
    mine = _split(short, index)
    scored = []
    for row in met:
        full = _split(index.listed.names[row], index)
        weight = align(short, full, weights)
        if weight is not None and _veto(mine, full) is None:
            scored.append((weight, row))
    scored.sort(key=lambda each: (-each[0], each[1]))
    if not scored:
        return Resolved("new", "none", None, tuple(sorted(met)))
    lead = scored[0][0] - (scored[1][0] if len(scored) > 1 else 0.0)
    rivals = tuple(row for _, row in scored)
    full = _split(index.listed.names[scored[0][1]], index)
    if lead < MARGIN or (full.brand and full.brand[0] not in short):
        return Resolved("person", "short", None, rivals)
    return Resolved("linked", "short", scored[0][1], rivals[1:])


_FORMS_BY_END: dict[str, tuple[str, ...]] = {}
for _form in sorted(FORMS, key=len, reverse=True):
    _FORMS_BY_END[_form[-2:]] = (*_FORMS_BY_END.get(_form[-2:], ()), _form)

LABELS = {
    "code": Label("统一社会信用代码相同", "same unified social credit code"),
    "code_province": Label("代码相同，省份不同", "same code, another province"),
    "code_legal_form": Label(
        "代码相同，一个是集团，一个是股份公司", "same code, group and listed company"
    ),
    "code_trade": Label("代码相同，行业不同", "same code, another trade"),
    "codes_differ": Label("名称相同，代码不同", "same name, another code"),
    "form": Label("规范名相同", "same normal form"),
    "alias": Label("名录里的又名", "another name in the registry"),
    "alias_of_several": Label("几家都有这个又名", "another name of several"),
    "alias_veto": Label(
        "又名对上，但省份、形式或行业不合", "other name, but province, form or trade differ"
    ),
    "short": Label("简称逐字对上全称", "short name runs through the full one"),
    "crowd": Label("对得上的太多", "too many fit"),
    "near": Label("只差一字，或只差地区、形式", "one character, the region or the form apart"),
    "province": Label("省份不同，不归并", "another province: never the same"),
    "legal_form": Label("集团与股份公司是两家", "group and listed company are two"),
    "trade": Label("行业不同，是两家", "another trade: two"),
    "relative": Label(
        "省、市、县开头，不知是哪里的", "begins with 省, 市 or 县: nobody knows whose"
    ),
    "none": Label("没有相近的单位", "no organisation is near"),
}
