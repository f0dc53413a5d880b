"""Who are the persons, which posts do they hold, what did they say?

A post of a person is not a post of the organisation, nor the other way: 韩珍堂 is 理事长, 太重集团
is 理事长单位. Two persons of one name are the same where they share a document or an
organisation, and two otherwise; what people said of them goes before.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenglian.engine.intake.statements import Statement
from fenglian.engine.registry.gathering import Background, Who
from fenglian.engine.registry.records import Person, PersonPost, Quotation, Stated


def build_persons(
    statements: Sequence[Statement], who: Who, background: Background
) -> tuple[tuple[Person, ...], tuple[PersonPost, ...], tuple[Quotation, ...]]:
    """Return persons, their posts and their words."""
    told = [each for each in statements if each.fact in ("person_post", "quotation")]
    keys, days = _decide_persons(told, who, background), background.days
    named: dict[str, list[Statement]] = defaultdict(list)
    posts: dict[tuple[str, str | None, str | None, str], list[Statement]] = defaultdict(list)
    said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for each in told:
        person = keys[each.id]
        named[person].append(each)
        if each.fact == "person_post":
            written = each.qualifier("organisation")
            posts[person, who.key(each.document, written), written, each.value].append(each)
        else:
            said[person, each.value].append(each)
    persons = tuple(
        Person(key, Stated(group[0].subject, tuple(each.id for each in group)))
        for key, group in named.items()
    )
    return (
        persons,
        tuple(_post(*place, group, days) for place, group in posts.items()),
        tuple(_quotation(*place, group, days) for place, group in said.items()),
    )


def _post(
    person: str,
    organisation: str | None,
    written: str | None,
    title: str,
    group: list[Statement],
    days: Mapping[str, str],
) -> PersonPost:
    stated = max((day for each in group if (day := days.get(each.document))), default=None)
    evidence = tuple(each.id for each in group)
    return PersonPost(person, organisation, written, title, stated, evidence)


def _quotation(
    person: str, words: str, group: list[Statement], days: Mapping[str, str]
) -> Quotation:
    """Put together who printed the same words: copies of a page do not make them said twice."""
    quoted = any(each.qualifier("speech") == "quoted" for each in group)
    first = min((day for each in group if (day := days.get(each.document))), default=None)
    return Quotation(person, words, quoted, first, tuple(each.id for each in group))


@dataclass(slots=True)
class _Group:
    """What is told of one person."""

    documents: set[str]
    employers: set[str]
    told: list[str]  # ids of statements

    @property
    def anchors(self) -> set[str]:
        return self.documents | self.employers


def _decide_persons(told: Sequence[Statement], who: Who, background: Background) -> dict[str, str]:
    """Return statement → key: the name, and where several bear it also an organisation."""
    apart = _pairs_apart(background)
    shared: dict[str, list[_Group]] = defaultdict(list)
    for each in told:
        employer = who.key(each.document, each.qualifier("organisation"))
        mine = _Group({each.document}, {employer} if employer else set(), [each.id])
        kept = []
        for group in shared[each.subject]:
            if mine.anchors & group.anchors and not _are_two(mine, group, apart[each.subject]):
                mine = _joined(group, mine)
            else:
                kept.append(group)
        shared[each.subject] = [*kept, mine]
    found: dict[str, _Group] = {}
    for name, groups in shared.items():
        for group in groups:
            more = f"@{min(group.employers or group.documents)}" if len(groups) > 1 else ""
            known = found.get(name + more)
            found[name + more] = _joined(known, group) if known else group
    keys = {number: key for key, group in found.items() for number in group.told}
    one = _said_to_be_one(found, background.same_persons)
    return {number: one.get(key, key) for number, key in keys.items()}


def _joined(one: _Group, other: _Group) -> _Group:
    return _Group(
        one.documents | other.documents, one.employers | other.employers, [*one.told, *other.told]
    )


def _pairs_apart(background: Background) -> dict[str, list[tuple[str, str]]]:
    """Return, by name, the pairs of units whose people of that name are two."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in background.persons_apart:
        ends = [each.partition("@")[::2] for each in sorted(pair)]
        if len(ends) == 2 and ends[0][0] == ends[1][0] and ends[0][1] and ends[1][1]:
            found[ends[0][0]].append((ends[0][1], ends[1][1]))
    return found


def _are_two(one: _Group, other: _Group, apart: Sequence[tuple[str, str]]) -> bool:
    together = one.employers | other.employers
    return any({first, second} <= together for first, second in apart)


def _said_to_be_one(found: Mapping[str, _Group], same: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return key → key of the person that people said it is; what is no longer found lapses."""
    one: dict[str, str] = {}
    for name, other in same:
        mine, theirs = _key_of(name, found), _key_of(other, found)
        if mine and theirs:
            mine, theirs = one.get(mine, mine), one.get(theirs, theirs)
            if mine != theirs:
                one = {key: theirs if to == mine else to for key, to in one.items()}
                one[mine] = theirs
    return one


def _key_of(said: str, found: Mapping[str, _Group]) -> str | None:
    """Return the key that stands now for name or name@unit."""
    if said in found:
        return said
    name, _at, anchor = said.partition("@")
    keys = [key for key in found if key.partition("@")[0] == name]
    if anchor:
        keys = [key for key in keys if anchor in found[key].anchors]
    return keys[0] if len(keys) == 1 else None
