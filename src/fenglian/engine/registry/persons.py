"""Who are the persons, which posts do they hold, what did they say?

A post of a person is not a post of the organisation, nor the other way: 韩珍堂 is 理事长, 太重集团
is 理事长单位. Two persons of one name are the same where they share a document or an
organisation, and two otherwise.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from fenglian.engine.intake.statements import Statement
from fenglian.engine.registry.gathering import Who
from fenglian.engine.registry.records import Person, PersonPost, Quotation, Stated


def build_persons(
    statements: Sequence[Statement], who: Who, days: Mapping[str, str]
) -> tuple[tuple[Person, ...], tuple[PersonPost, ...], tuple[Quotation, ...]]:
    """Return persons, their posts and their words."""
    told = [each for each in statements if each.fact in ("person_post", "quotation")]
    keys = _decide_persons(told, who)
    named: dict[str, list[Statement]] = defaultdict(list)
    posts: dict[tuple[str, str | None, str | None, str], list[Statement]] = defaultdict(list)
    quotations = []
    for each in told:
        person = keys[each.subject, each.document]
        named[person].append(each)
        if each.fact == "person_post":
            written = each.qualifier("organisation")
            posts[person, who.key(each.document, written), written, each.value].append(each)
        else:
            quoted = each.qualifier("speech") == "quoted"
            day = days.get(each.document)
            quotations.append(Quotation(person, each.value, quoted, day, (each.id,)))
    persons = tuple(
        Person(key, Stated(group[0].subject, tuple(each.id for each in group)))
        for key, group in named.items()
    )
    return (
        persons,
        tuple(_post(*place, group, days) for place, group in posts.items()),
        tuple(quotations),
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


def _decide_persons(told: Sequence[Statement], who: Who) -> dict[tuple[str, str], str]:
    """Return (name, document) → key: the name, and where several bear it also an organisation."""
    shared: dict[str, list[tuple[set[str], set[str]]]] = defaultdict(list)
    for each in told:
        organisation = who.key(each.document, each.qualifier("organisation"))
        documents, employers = {each.document}, {organisation} if organisation else set()
        kept = []
        for group in shared[each.subject]:
            if group[0] & documents or group[1] & employers:
                documents |= group[0]
                employers |= group[1]
            else:
                kept.append(group)
        shared[each.subject] = [*kept, (documents, employers)]
    keys: dict[tuple[str, str], str] = {}
    for name, groups in shared.items():
        for documents, employers in groups:
            more = f"@{min(employers or documents)}" if len(groups) > 1 else ""
            keys.update(dict.fromkeys(((name, document) for document in documents), name + more))
    return keys
