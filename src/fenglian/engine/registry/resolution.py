"""Who is who: which known organisation does a written name stand for?

Evidence is asked in order of its strength: the word of a person; the same normal form; a second
name in a region pack; a definition in the document; a short form that the document's province
completes (省工信厅); last the alignment of a short name with full ones. Names are never compared by
their sound. A differing province or legal form vetoes, and what is not sure stays apart, with its
candidates on record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fenglian.engine.intake.offices import full_office
from fenglian.engine.intake.places import Rows
from fenglian.engine.labels import Label
from fenglian.engine.registry.alignment import Weights, align, weigh_characters
from fenglian.engine.registry.definitions import Definition
from fenglian.engine.registry.names import (
    NameParts,
    Regions,
    build_regions,
    is_relative,
    normal_form,
    split_name,
)

MARGIN = 1.5  # weight that the best alignment must have over the next
SHORTEST = 3  # characters of a name that may be aligned; two fit too many


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as one document writes it, and what that document adds to it."""

    name: str  # as written
    document: str  # sha256, or the id of a pack
    resolved: str | None = None  # full name that the document's own context gives
    province: str | None = None  # code of the province that goes with it


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score, in words."""

    rule: str
    weight: float  # 0 to 1; negative for a veto
    label: Label


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known organisation that a name may stand for."""

    target: str  # normal form of its name
    score: float  # 0 to 1
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a mention: the organisation it stands for, or why it stays apart."""

    mention: Mention
    target: str | None  # normal form; None: unsure, an organisation of its own
    score: float
    reasons: tuple[Reason, ...]
    rivals: tuple[Candidate, ...] = ()  # for a person to look at, the likeliest first


@dataclass(frozen=True)
class Directory:
    """The known full names, and what else decides who is who."""

    divisions: Mapping[str, Rows]
    full_names: frozenset[str]  # normal forms
    homes: Mapping[str, str] = field(default_factory=dict)  # document → code of its province
    aliases: Mapping[str, str] = field(default_factory=dict)  # reviewed: short → full, normal forms
    second_names: Mapping[str, str] = field(default_factory=dict)  # that a pack gives: the same
    apart: frozenset[frozenset[str]] = frozenset()  # pairs that a person found not to be the same
    definitions: tuple[Definition, ...] = ()
    seen_in: Mapping[str, frozenset[str]] = field(default_factory=dict)  # full name → documents
    given: Regions | None = None  # that ``build_regions`` made of the divisions; None: not yet

    @cached_property
    def regions(self) -> Regions:
        """What names are split with."""
        return self.given or build_regions(self.divisions)

    @cached_property
    def parts(self) -> Mapping[str, NameParts]:
        """The full names, taken apart."""
        return {name: split_name(name, self.regions) for name in sorted(self.full_names)}

    @cached_property
    def weights(self) -> Weights:
        """What each character says about who is meant."""
        return weigh_characters(self.full_names)


Rule = Callable[[Mention, Directory], Iterable[Candidate]]


def resolve_name(mention: Mention, directory: Directory) -> Match:
    """Return the organisation that a mention stands for, with the reasons.

    The first rule that finds candidates decides. Where a veto removes them all, or two are too
    close, the name stays apart: ``target`` is None and ``rivals`` holds what was considered.
    """
    for rule in CATALOGUE:
        found = sorted(rule(mention, directory), key=lambda each: (-each.score, each.target))
        if not found:
            continue
        kept = [each for each in found if not _is_vetoed(each)]
        best = kept[0] if kept else None
        if best is None or best.score < 0.5 or (len(kept) > 1 and kept[1].score == best.score):
            return Match(mention, None, 0.0, (UNSURE,), tuple(found))
        rivals = tuple(each for each in found if each is not best)
        return Match(mention, best.target, best.score, best.reasons, rivals)
    return Match(mention, None, 0.0, (ALONE,))


def _is_vetoed(candidate: Candidate) -> bool:
    return any(reason.weight < 0 for reason in candidate.reasons)


def _same_form(mention: Mention, directory: Directory) -> Iterable[Candidate]:
    """Yield the same normal form; 省工信厅 of two documents is not the same for that."""
    name = normal_form(mention.name)
    if name in directory.full_names and not is_relative(name):
        yield Candidate(name, 1.0, (_reason("same_form", 1.0),))


def _reviewed_alias(mention: Mention, directory: Directory) -> Iterable[Candidate]:
    target = directory.aliases.get(normal_form(mention.name))
    if target is not None:
        yield Candidate(target, 0.99, (_reason("alias", 0.99),))


def _second_name(mention: Mention, directory: Directory) -> Iterable[Candidate]:
    target = directory.second_names.get(normal_form(mention.name))
    if target is not None:
        vetoes = _vetoes(mention, target, directory)
        yield Candidate(target, 0.98, (_reason("second_name", 0.98), *vetoes))


def _defined_here(mention: Mention, directory: Directory) -> Iterable[Candidate]:
    name = normal_form(mention.name)
    for each in directory.definitions:
        if each.document == mention.document and each.short == name:
            reasons = (_reason("defined", 0.98), *_vetoes(mention, each.full, directory))
            yield Candidate(each.full, 0.98, reasons)


def _completed_by_context(mention: Mention, directory: Directory) -> Iterable[Candidate]:
    """Yield what a short form of an office means: its document says so, or its province does."""
    full = mention.resolved
    if full is None:
        home = mention.province or directory.homes.get(mention.document)
        office = full_office(mention.name, home, directory.divisions)
        full = office[0] if office else None
    if full is not None:
        target = normal_form(full)
        reasons = (_reason("context", 0.95), *_vetoes(mention, target, directory))
        yield Candidate(target, 0.95, reasons)


def _aligned(mention: Mention, directory: Directory) -> Iterable[Candidate]:
    """Yield the full names that a short one runs through; the best must lead by the margin."""
    short = normal_form(mention.name)
    if len(short) < SHORTEST or is_relative(short):
        return
    weights = {
        name: weight
        for name, full in directory.parts.items()
        if len(full.normal) > len(short) and (weight := align(short, full, directory.weights))
    }
    free = {name: w for name, w in weights.items() if not any(_vetoes(mention, name, directory))}
    for name, weight in weights.items():
        rival = max((other for each, other in free.items() if each != name), default=0.0)
        anchored = _is_anchored(short, mention, directory.parts[name], directory)
        doubts = (
            *((CLOSE,) if weight - rival < MARGIN else ()),
            *(() if anchored else (BRAND_ALONE,)),
        )
        score = 0.4 if doubts else 0.6 + 0.3 * min((weight - rival) / (2 * MARGIN), 1.0)
        vetoes = _vetoes(mention, name, directory)
        yield Candidate(name, score, (_reason("aligned", score), *doubts, *vetoes))


def _is_anchored(short: str, mention: Mention, full: NameParts, directory: Directory) -> bool:
    """Whether the short name begins where the full one does, or stands beside it in its document.

    A brand alone (九鼎集团) names firms in many provinces.
    """
    here = mention.document in directory.seen_in.get(full.normal, frozenset())
    if here:
        brand = full.brand or full.region
        return not brand or brand[0] in short
    return short[0] == full.normal[0] and (not full.brand or full.brand[0] in short)


def _vetoes(mention: Mention, target: str, directory: Directory) -> Iterable[Reason]:
    """Yield what forbids that two names are one: another province or form, a person's word."""
    mine = split_name(mention.name, directory.regions)
    theirs = directory.parts.get(target) or split_name(target, directory.regions)
    provinces = mine.provinces or frozenset(filter(None, (mention.province,)))
    if provinces and theirs.provinces and not provinces & theirs.provinces:
        yield _veto("province")
    if forms_differ(mine.form, theirs.form):
        yield _veto("form")
    if frozenset((mine.normal, target)) in directory.apart:
        yield _veto("apart")


def forms_differ(one: str, other: str) -> bool:
    """Group and listed subsidiary are two: 太重集团 is not 太原重工股份有限公司."""
    if not one or not other:
        return False
    if "分公司" in one + other or "子公司" in one + other:
        return one != other
    group = ("集团" in one) != ("集团" in other)
    shares = ("股份" in one) != ("股份" in other)
    return group and shares


def _reason(rule: str, weight: float) -> Reason:
    return Reason(rule, weight, LABELS[rule])


def _veto(rule: str) -> Reason:
    return Reason(rule, -1.0, LABELS[rule])


LABELS = {
    "same_form": Label("规范名相同", "same normal form"),
    "alias": Label("已核的别名", "reviewed alias"),
    "second_name": Label("地区包写明的又名", "second name in the region pack"),
    "defined": Label("文中写明的简称", "short name that the document defines"),
    "context": Label("按文中所在省补全", "completed by the document's province"),
    "aligned": Label("简称逐字对上全称", "short name runs through the full one"),
    "close": Label("与别家也相近", "others are as near"),
    "brand": Label("只有字号，缺地区", "brand alone, no region"),
    "province": Label("省份不同，不归并", "another province: never the same"),
    "form": Label("集团与股份公司是两家", "group and listed company are two"),
    "apart": Label("人工判为两家", "a person found them to be two"),
    "unsure": Label("不能确定，单列", "not sure, stays apart"),
    "alone": Label("没有相近的单位", "no organisation is near"),
}
CLOSE, BRAND_ALONE = _reason("close", 0.0), _reason("brand", 0.0)
UNSURE, ALONE = _reason("unsure", 0.0), _reason("alone", 0.0)
CATALOGUE: tuple[Rule, ...] = (
    _reviewed_alias,
    _same_form,
    _second_name,
    _defined_here,
    _completed_by_context,
    _aligned,
)
