"""What happened, when and where?"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.events import Event, find_events
from fenglian.engine.intake.mentions.sentences import places_of
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.places import Place
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label


def extract_events(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield each event's type, and its day and place with the words that give them."""
    places = places_of(page, tables)
    for event in find_events(page):
        place = _place(page, event, places)
        when = _when(event)
        where = (("place", place.name), ("code", place.code)) if place else ()
        yield Finding(event.subject, "type", event.type, event.span, qualifiers=(*when, *where))
        kind = (("event", event.type),)
        if event.date and not event.same_day:
            yield Finding(
                event.subject,
                "date",
                event.date.iso,
                event.date.span,
                qualifiers=(*kind, *(pair for pair in when if pair[0] != "date")),
            )
        if place:
            yield Finding(
                event.subject,
                "place",
                place.code,
                place.span,
                qualifiers=(*kind, ("name", place.name), ("full", place.full)),
            )


def _when(event: Event) -> tuple[tuple[str, str], ...]:
    if event.date is None:
        return ()
    fixed = [("date", event.date.iso)]
    if event.date.half_day:
        fixed.append(("half_day", event.date.half_day))
    if event.date.year_from != "written":
        fixed.append(("year", f"inferred from {event.date.year_from}"))
    if event.date.year_from == "unknown":
        fixed[-1] = ("year", "unknown")
    if event.same_day:
        fixed.append(("day", "inferred from the event before"))
    return tuple(fixed)


def _place(page: Page, event: Event, places: tuple[Place, ...]) -> Place | None:
    """Return the sentence's place: one that stands alone (在太原) before one inside a name."""
    sentence = event.sentence.span
    begin = bisect_left(places, sentence.start, key=lambda place: place.span.start)
    past = bisect_left(places, sentence.end, key=lambda place: place.span.start)
    inside = places[begin:past]
    names = event.sentence.organisations
    alone = [
        p
        for p in inside
        if not any(m.span.start <= p.span.start < m.span.end for m in names)
        and page.text[p.span.start - 1] in "在于至到"
    ]
    for first, second in pairwise(alone or inside):
        if first.span.end == second.span.start and second.code[:2] == first.code[:2]:
            return second  # 河北省张北县: the nearer one
        break
    return next(iter(alone or inside), None)


FACT = FactType(
    name="event",
    label=Label("活动", "event"),
    version="2",
    properties=(
        FactProperty("type", Label("类型", "type")),
        FactProperty("date", Label("日期", "date")),
        FactProperty("place", Label("地点", "place")),
    ),
    extract=extract_events,
)
