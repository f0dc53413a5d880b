"""What happened, who played which part in it, how many came?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fenglian.engine.intake.statements import Statement
from fenglian.engine.quantities import Quantity
from fenglian.engine.registry.gathering import Who
from fenglian.engine.registry.names import normal_form
from fenglian.engine.registry.organisations import collect
from fenglian.engine.registry.records import (
    PARTS,
    UNIT_POSTS,
    Attendance,
    Event,
    PartPlayed,
    Stated,
    UnitPost,
)

_GATHERINGS = ("alliance_founded", "meeting", "signed", "negotiated")  # what can be hosted


@dataclass(frozen=True, slots=True)
class Events:
    """The events, and where each document speaks of which."""

    records: tuple[Event, ...]
    told: dict[str, tuple[Event, ...]]  # document → its events

    def of(self, document: str, subject: str | None, types: Iterable[str]) -> Event | None:
        """Return a document's event of a subject, of the first type that it has."""
        for kind in types:
            for event in self.told.get(document, ()):
                if event.type == kind and event.subject is not None and event.subject == subject:
                    return event
        return None


def build_events(statements: Sequence[Statement], who: Who) -> Events:
    """Return the events: one a type, subject and day, whatever many documents tell of it."""
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for each in statements:
        if each.fact == "event" and each.property == "type":
            subject = who.key(each.document, each.subject) or normal_form(each.subject)
            day = each.qualifier("date") or f"@{each.document[:16]}"
            groups[each.value, subject, day].append(each)
    details: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for each in statements:
        if each.fact == "event" and each.property != "type":
            kind = each.qualifier("event") or ""
            details[each.document, normal_form(each.subject), kind].append(each)
    records: dict[str, Event] = {}
    told: dict[str, tuple[Event, ...]] = defaultdict(tuple)
    for (kind, subject, day), group in sorted(groups.items()):
        more = [
            detail
            for each in group
            for detail in details[each.document, normal_form(each.subject), kind]
        ]
        event = _event(f"{kind}/{subject}/{day}", group, more, who)
        records[event.key] = event
        for each in group:
            if event not in told[each.document]:
                told[each.document] = (*told[each.document], event)
    return Events(tuple(records.values()), dict(told))


def _event(key: str, group: list[Statement], details: list[Statement], who: Who) -> Event:
    first = group[0]
    days = [(day, each.id) for each in group if (day := each.qualifier("date"))]
    days += [(each.value, each.id) for each in details if each.property == "date"]
    places = [(code, each.id) for each in group if (code := each.qualifier("code"))]
    places += [(each.value, each.id) for each in details if each.property == "place"]
    names = [each.qualifier("place") or each.qualifier("name") for each in (*group, *details)]
    inferred = [
        part
        for part in ("year", "day")
        if any("inferred" in (each.qualifier(part) or "") for each in group)
    ]
    return Event(
        key=key,
        type=first.value,
        subject=who.key(first.document, first.subject),
        subject_name=first.subject,
        day=next(iter(collect(days)), None),
        half_day=next((half for each in group if (half := each.qualifier("half_day"))), None),
        inferred=tuple(inferred),
        place=next(iter(collect(places)), None),
        place_name=next(filter(None, names), None),
        evidence=tuple(dict.fromkeys(each.id for each in (*group, *details))),
    )


def build_parts(
    statements: Sequence[Statement], who: Who, events: Events
) -> tuple[PartPlayed, ...]:
    """Return who guided, hosted and organised what, in the order of the sources."""
    groups: dict[tuple[str, str, str | None, str | None], list[str]] = defaultdict(list)
    days: dict[str | None, str | None] = {}
    for each in statements:
        organisation = who.key(each.document, each.value)
        if each.fact != "role" or each.property not in PARTS or organisation is None:
            continue
        body = who.key(each.document, each.subject)
        event = events.of(each.document, body, _GATHERINGS)
        name = event.key if event else None
        days[name] = event.day.value if event and event.day else None
        groups[organisation, each.property, name, body].append(each.id)
    return tuple(
        PartPlayed(organisation, part, event, body, days[event], tuple(numbers))
        for (organisation, part, event, body), numbers in groups.items()
    )


def build_unit_posts(
    statements: Sequence[Statement], who: Who, events: Events
) -> tuple[UnitPost, ...]:
    """Return the posts that organisations hold in alliances, since their election if known."""
    groups: dict[tuple[str, str | None, str], list[Statement]] = defaultdict(list)
    for each in statements:
        organisation = who.key(each.document, each.value)
        if each.fact == "role" and each.property in UNIT_POSTS and organisation is not None:
            groups[organisation, who.key(each.document, each.subject), each.property].append(each)
    posts = []
    for (organisation, body, post), group in groups.items():
        elections = [
            events.of(each.document, organisation, ("elected", "joined")) for each in group
        ]
        dated = [(each.day.value, each.evidence) for each in elections if each and each.day]
        since, election = min(dated, default=(None, ()))
        evidence = dict.fromkeys((*(each.id for each in group), *election))
        posts.append(UnitPost(organisation, body, post, since, tuple(evidence)))
    return tuple(posts)


def build_attendances(statements: Sequence[Statement], events: Events) -> tuple[Attendance, ...]:
    """Return how many attended each meeting; sources that differ stand side by side."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for each in statements:
        if each.fact == "attendance" and each.quantity is not None:
            groups[each.document, each.subject].append(each)
    merged: dict[str, list[Statement]] = defaultdict(list)
    found: dict[str, tuple[Event | None, str]] = {}
    for (document, meeting), group in groups.items():
        event = _meeting(meeting, events.told.get(document, ()))
        name = event.key if event else f"@{document[:16]}/{meeting}"
        merged[name] += group
        found.setdefault(name, (event, meeting))
    return tuple(_attendance(*found[name], group) for name, group in merged.items())


def _meeting(words: str, events: Iterable[Event]) -> Event | None:
    """Return the event whose subject the meeting's name begins with: …联盟|成立大会."""
    for event in events:
        if (
            event.type in _GATHERINGS
            and event.subject_name
            and words.startswith(event.subject_name)
        ):
            return event
    return None


def _attendance(event: Event | None, meeting: str, group: list[Statement]) -> Attendance:
    kinds = collect((kinds, each.id) for each in group if (kinds := each.qualifier("kinds")))
    return Attendance(
        event=event.key if event else None,
        meeting=meeting,
        day=event.day.value if event and event.day else None,
        units=_quantities(group, "units"),
        persons=_quantities(group, "persons"),
        kinds=kinds[0] if kinds else None,
        evidence=tuple(each.id for each in group),
    )


def _quantities(group: Iterable[Statement], name: str) -> tuple[Stated[Quantity], ...]:
    return collect(
        (each.quantity, each.id) for each in group if each.property == name and each.quantity
    )
