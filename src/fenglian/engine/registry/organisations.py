"""How do the places where an organisation is named become one record?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from fenglian.engine.registry.gathering import Background, Naming, Who
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.records import Organisation, Stated

T = TypeVar("T")


def build_organisations(who: Who, background: Background) -> tuple[Organisation, ...]:
    """Return the organisations by key."""
    days = {**background.days, **{row.id: row.day for row in background.listed if row.day}}
    grouped: dict[str, list[Naming]] = defaultdict(list)
    for naming in who.namings:
        place = (naming.mention.document, normal_form(naming.mention.name))
        grouped[who.keys[place]].append(naming)
    return tuple(_organisation(key, grouped[key], who, days) for key in sorted(grouped))


def _organisation(
    key: str, namings: list[Naming], who: Who, days: Mapping[str, str]
) -> Organisation:
    names = sorted(
        collect((naming.mention.name, naming.evidence) for naming in namings),
        key=lambda each: -len(each.value),
    )
    full = _full_name(key, names, namings)
    places = {(n.mention.document, normal_form(n.mention.name)) for n in namings}
    return Organisation(
        key=key,
        name=full,
        kinds=by_weight((n.kind, n.evidence) for n in namings if n.kind),
        names=tuple(names),
        provinces=by_weight(_provinces(namings, who, full, key)),
        places=collect((n.place, n.evidence) for n in namings if n.place),
        notes=collect((n.note, n.evidence) for n in namings if n.note),
        matches=tuple(who.matches[place] for place in sorted(places)),
        first_known=_first_known(namings, days),
    )


def _full_name(key: str, names: list[Stated[str]], namings: list[Naming]) -> Stated[str]:
    """Return the fullest name; where a document only completes it, that with what led there."""
    for each in names:
        if normal_form(each.value) == key:
            return each
    completed = collect(
        (naming.mention.resolved, naming.evidence)
        for naming in namings
        if naming.mention.resolved and normal_form(naming.mention.resolved) == key
    )
    if completed:
        return completed[0]
    known = key.partition("@")[0]
    everything = tuple(dict.fromkeys(number for each in names for number in each.evidence))
    return names[0] if "@" in key else Stated(known, everything)


def _provinces(
    namings: list[Naming], who: Who, full: Stated[str], key: str
) -> Iterable[tuple[str, str]]:
    for naming in namings:
        if naming.mention.province:
            yield naming.mention.province, naming.evidence
    for code in who.parts[key].provinces:
        for number in full.evidence:
            yield code, number


def _first_known(namings: list[Naming], days: Mapping[str, str]) -> str | None:
    found = [days.get(n.evidence) or days.get(n.mention.document) for n in namings]
    return min((day for day in found if day), default=None)


def collect(pairs: Iterable[tuple[T, str]]) -> tuple[Stated[T], ...]:
    """Return each value once, in order, with everything that states it."""
    found: dict[T, dict[str, None]] = {}
    for value, number in pairs:
        found.setdefault(value, {})[number] = None
    return tuple(Stated(value, tuple(numbers)) for value, numbers in found.items())


def by_weight(pairs: Iterable[tuple[T, str]]) -> tuple[Stated[T], ...]:
    """Return each value once, the one with most evidence first."""
    return tuple(sorted(collect(pairs), key=lambda each: -len(each.evidence)))
