"""Who is who among very many names: which are the same, which must a person look at, which are new?

The evidence is that of ``resolution``, in the same order: code with its check character, normal
form, other names, a short name that runs through a full one. Instead of holding every name against
every other one, names meet only where they share a key: their core (brand and trade), one half of
it in the same region, or the characters in which a short name and a full one begin. What differs in
province, in legal form or in trade is never linked, however alike the rest is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Literal

from fenglian.engine.errors import CodeError
from fenglian.engine.labels import Label
from fenglian.engine.registry.alignment import Weights, align, weigh_characters
from fenglian.engine.registry.codes import check_uscc
from fenglian.engine.registry.names import (
    NameParts,
    Regions,
    find_trade,
    is_relative,
    normal_form,
    normal_forms,
    split_name,
)
from fenglian.engine.registry.nearness import CROWD, FULL, Keys, find_near
from fenglian.engine.registry.resolution import MARGIN, SHORTEST, forms_differ

Outcome = Literal["linked", "person", "new"]
FEWEST_WEIGHED = 10_000  # names from which the weight of characters is taken, evenly spread
LONGEST_SHORT = 8  # characters of a short name


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


@dataclass(slots=True)
class _Index:
    """The registry by everything that names can meet by."""

    listed: NameList
    spoken: Sequence[str]  # normal forms of the names listed
    regions: Regions
    forms: dict[str, int] = field(default_factory=dict)  # normal form → first row
    codes: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)  # other names → row; -1: of several
    begins: dict[str, list[int]] = field(default_factory=dict)  # two characters → rows
    provinces: dict[str, frozenset[str]] = field(default_factory=dict)  # region → codes
    keys: Keys = field(init=False)  # of full names, those listed before those asked
    full: int = 0  # how many of them are listed

    def __post_init__(self) -> None:
        self.keys = Keys(self.regions)


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
    own = registry is None
    asked = normal_forms(names.names)
    known = asked if own else normal_forms(listed.names)
    index = _Index(listed, known, regions)
    if not own:
        for row, spoken in enumerate(known):
            _enter(index, row, spoken)
    found = _by_all_evidence(index, names, asked, own)
    _by_core(index, asked, found, own)
    _by_alignment(index, asked, found, own)
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


def _by_all_evidence(
    index: _Index, names: NameList, asked: Sequence[str], own: bool
) -> list[Resolved]:
    """Return what code, normal form and other names say of each name."""
    listed = index.listed
    if names.codes or listed.codes or listed.aliases:
        return [_by_evidence(index, names, row, spoken, own) for row, spoken in enumerate(asked)]
    found, forms = [], index.forms  # names alone: most are in the list once, or not at all
    for row, spoken in enumerate(asked):
        known = forms.setdefault(spoken, row) if own else forms.get(spoken, -1)
        if spoken[:1] in _LEVELS and is_relative(spoken):
            found.append(_RELATIVE)
        elif known < 0 or (own and known == row):
            found.append(_NONE)
        else:
            found.append(_link("form", known))
    return found


def _by_evidence(index: _Index, names: NameList, row: int, spoken: str, own: bool) -> Resolved:
    """Return what code, normal form and other names say; reason ``none`` where they say nothing."""
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
    at = 0
    for character in short:
        at = long.find(character, at) + 1
        if not at:
            return False
    return True


def _by_core(index: _Index, asked: Sequence[str], found: list[Resolved], own: bool) -> None:
    """Hold full names against those of the same core, and those one character away."""
    keys = index.keys
    keys.add(index.forms.items())
    index.full = len(keys.rows)
    if not own:
        keys.add((spoken, row) for row, spoken in enumerate(asked) if found[row].reason == "none")
    for place, rivals in find_near(keys, index.full, own=own).items():
        row = keys.rows[place]
        if found[row].reason == "none":
            found[row] = _judge(index, place, rivals)


def _judge(index: _Index, mine: int, rivals: list[int]) -> Resolved:
    """Return what becomes of a name that has near ones, none of them the same; by their keys."""
    vetoes = [_veto_of_keys(index, mine, rival) for rival in rivals]
    rows = index.keys.rows
    free = tuple(rows[rival] for rival, veto in zip(rivals, vetoes, strict=True) if veto is None)
    if free:
        return Resolved("person", "near", None, free)
    near = tuple(rows[rival] for rival in rivals)
    return Resolved("new", next(filter(None, vetoes), "none"), None, near)


def _veto_of_keys(index: _Index, mine: int, rival: int) -> str | None:
    """Return the veto between two names with near cores; only other regions are looked up."""
    keys = index.keys
    region, their_region = keys.regions[mine], keys.regions[rival]
    if region is not their_region:
        here, there = _provinces(index, region), _provinces(index, their_region)
        if here and there and here.isdisjoint(there):
            return "province"
    form, their_form = keys.forms[mine], keys.forms[rival]
    if form is not their_form and forms_differ(form, their_form):
        return "legal_form"
    core, their_core = keys.cores[mine], keys.cores[rival]
    if core == their_core:
        return None
    one, other = find_trade(core), find_trade(their_core)
    return "trade" if one and other and _differ_in_trade(one, other) else None


def _provinces(index: _Index, region: str) -> frozenset[str]:
    """Return the codes of the provinces that a region in front of a name speaks of."""
    found = index.provinces.get(region)
    if found is None:
        found = index.provinces[region] = _split(region, index).provinces
    return found


def _differ_in_trade(one: str, other: str) -> bool:
    return not _within(one, other) and not _within(other, one)


def _by_alignment(index: _Index, asked: Sequence[str], found: list[Resolved], own: bool) -> None:
    """Hold short names against the full ones that they may run through."""
    rows = [
        row
        for row, spoken in enumerate(asked)
        if SHORTEST <= len(spoken) <= LONGEST_SHORT
        and found[row].reason == "none"
        and not spoken.endswith(FULL)
    ]
    if not rows:
        return
    short = (asked[row] for row in rows)
    _index_begins(index, {each[0] + character for each in short for character in each})
    step = max(1, len(index.forms) // FEWEST_WEIGHED)
    weights = weigh_characters(list(index.forms)[::step])
    for row in rows:
        found[row] = _align(index, asked[row], weights, row if own else None)


def _index_begins(index: _Index, wanted: set[str]) -> None:
    """Enter full names by their first character and the one with which their core begins."""
    keys = index.keys
    known = islice(zip(keys.rows, keys.regions, keys.cores, strict=True), index.full)
    for row, region, core in known:
        if core:
            begin = (region[0] if region else core[0]) + core[0]
            if begin in wanted:
                index.begins.setdefault(begin, []).append(row)


def _align(index: _Index, short: str, weights: Weights, besides: int | None) -> Resolved:
    met = {
        row
        for character in set(short)
        for row in index.begins.get(short[0] + character, ())
        if row != besides and _within(short, index.spoken[row])
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
