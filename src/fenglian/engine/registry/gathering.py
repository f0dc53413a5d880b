"""Which names do the statements and packs write, and which organisation does each stand for?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fenglian.engine.intake.mentions.hinted import UNSTATED
from fenglian.engine.intake.places import Rows
from fenglian.engine.intake.statements import Statement
from fenglian.engine.registry.definitions import Definition
from fenglian.engine.registry.listing import Listed
from fenglian.engine.registry.names import (
    NameParts,
    Regions,
    build_regions,
    is_relative,
    normal_form,
    split_alias,
    split_name,
)
from fenglian.engine.registry.records import KINDS, PARTS, UNIT_POSTS, Kind
from fenglian.engine.registry.resolution import Directory, Match, Mention, resolve_name

# An ending that makes a name whole; 集团, 公司 or 综改区 alone may be short forms.
_WHOLE = (
    "有限公司",
    "股份公司",
    "大学",
    "学院",
    "研究院",
    "研究所",
    "设计院",
    "产业联盟",
    "联盟",
    "协会",
    "商会",
)
_OFFICES = ("厅", "局", "委员会", "人民政府", "管委会")


@dataclass(frozen=True, slots=True)
class Background:
    """What is known besides the statements."""

    divisions: Mapping[str, Rows] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)  # document → province of its source
    days: Mapping[str, str] = field(default_factory=dict)  # document → ISO date of publication
    definitions: tuple[Definition, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)  # reviewed, as written: short → full
    apart: frozenset[frozenset[str]] = frozenset()  # pairs, as written, that are not the same
    same_persons: tuple[tuple[str, str], ...] = ()  # keys of persons that are one: later → first
    persons_apart: frozenset[frozenset[str]] = frozenset()  # name@unit: pairs that are two people
    listed: tuple[Listed, ...] = ()
    regions: Regions | None = None  # that ``build_regions`` made of the divisions; None: not yet


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where an organisation is named, and what is said of it there."""

    mention: Mention
    evidence: str  # statement id, or pack/table/row
    kind: Kind | None = None
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is who, decided: the organisation's key for every name in every document."""

    keys: Mapping[tuple[str, str], str]  # (document, normal form as written) → key
    matches: Mapping[tuple[str, str], Match]
    namings: tuple[Naming, ...]
    parts: Mapping[str, NameParts]  # key → its name taken apart

    def key(self, document: str, name: str | None) -> str | None:
        """Return the key of an organisation by its name in a document; None where it is none."""
        return self.keys.get((document, normal_form(name))) if name else None


def decide_who(statements: Iterable[Statement], background: Background) -> Who:
    """Decide for every name which organisation it stands for."""
    namings = (*_gather(tuple(statements)), *_gather_listed(background.listed))
    directory = _directory(namings, background)
    keys: dict[tuple[str, str], str] = {}
    matches: dict[tuple[str, str], Match] = {}
    for naming in namings:
        place = (naming.mention.document, normal_form(naming.mention.name))
        if place not in keys:
            match = resolve_name(naming.mention, directory)
            matches[place] = match
            keys[place] = match.target or _own_key(naming.mention)
    parts = {key: split_name(key.partition("@")[0], directory.regions) for key in keys.values()}
    return Who(keys, matches, namings, parts)


def _own_key(mention: Mention) -> str:
    """Return the key of a name that stays apart; a relative one is of its document alone."""
    name = normal_form(mention.name)
    return f"{name}@{mention.document[:16]}" if is_relative(name) else name


def _gather(statements: tuple[Statement, ...]) -> Iterator[Naming]:
    """Yield where organisations are named; the fullest context of a document serves all of it."""
    context = {
        (each.document, normal_form(each.value)): (full, each.qualifier("province"))
        for each in statements
        if each.fact == "role" and (full := each.qualifier("resolved"))
    }
    for each in statements:
        for name, kind in _named_in(each):
            resolved, province = context.get((each.document, normal_form(name)), (None, None))
            yield Naming(Mention(name, each.document, resolved, province), each.id, kind)


def _named_in(statement: Statement) -> Iterator[tuple[str, Kind | None]]:
    """Yield the organisations that a statement names, with the kind that it gives them."""
    match statement.fact, statement.property:
        case "organisation", "kind" if statement.value in KINDS or statement.value == UNSTATED:
            yield statement.subject, _kind(statement.value)
        case "role", role if role in PARTS or role in UNIT_POSTS:
            yield statement.value, _kind(statement.qualifier("kind"))
            if _ends_whole(statement.subject):
                yield statement.subject, None
        case "signing", "partner":
            yield statement.value, None
            yield statement.subject, None
        case "signing", _:
            yield statement.subject, None
        case "person_post", _:
            organisation = statement.qualifier("organisation")
            if organisation and statement.qualifier("code") is None:
                yield organisation, None


def _kind(word: str | None) -> Kind | None:
    return word if word in KINDS else None


def _gather_listed(listed: Iterable[Listed]) -> Iterator[Naming]:
    for row in listed:
        pack = row.id.partition("/")[0]
        name, alias = split_alias(row.name)
        if alias and _ends_whole(alias) and not _ends_whole(name):
            name, alias = alias, name
        yield Naming(Mention(name, pack, None, row.province), row.id, row.kind, row.place, row.note)
        if alias:
            yield Naming(Mention(alias, pack, name, row.province), row.id)


def _directory(namings: Iterable[Naming], background: Background) -> Directory:
    regions = background.regions or build_regions(background.divisions)
    full: dict[str, set[str]] = {}
    second: dict[str, str] = {}
    for naming in namings:
        mention = naming.mention
        name = normal_form(mention.name)
        if "/" in naming.evidence and mention.resolved:  # the second name of a pack's row
            second.setdefault(name, normal_form(mention.resolved))
        elif mention.resolved:
            full.setdefault(normal_form(mention.resolved), set()).add(mention.document)
        elif "/" in naming.evidence or _is_whole(split_name(name, regions)):
            full.setdefault(name, set()).add(mention.document)
    return Directory(
        divisions=background.divisions,
        full_names=frozenset(full),
        homes=background.homes,
        aliases={normal_form(a): normal_form(b) for a, b in background.aliases.items()},
        second_names=second,
        apart=frozenset(frozenset(map(normal_form, pair)) for pair in background.apart),
        definitions=background.definitions,
        seen_in={name: frozenset(documents) for name, documents in full.items()},
        given=regions,
    )


def _is_whole(parts: NameParts) -> bool:
    if is_relative(parts.normal):
        return False
    if parts.form in _OFFICES:
        return bool(parts.region)
    return _ends_whole(parts.normal) and bool(parts.region or parts.brand or parts.trade)


def _ends_whole(name: str) -> bool:
    return normal_form(name).endswith(_WHOLE)
