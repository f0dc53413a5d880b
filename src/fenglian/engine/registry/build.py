"""How do accepted statements become the registry?

Derived, never typed in: equal statements give an equal registry, and each property keeps the
ids of what it rests on. Nothing is summed across sources, and no total is divided.
"""

from collections.abc import Iterable

from fenglian.engine.intake.statements import Statement
from fenglian.engine.registry.events import (
    build_attendances,
    build_events,
    build_parts,
    build_unit_posts,
)
from fenglian.engine.registry.gathering import Background, decide_who
from fenglian.engine.registry.organisations import build_organisations
from fenglian.engine.registry.persons import build_persons
from fenglian.engine.registry.records import Registry
from fenglian.engine.registry.signings import build_signings

NOTHING = Background()


def build_registry(statements: Iterable[Statement], background: Background = NOTHING) -> Registry:
    """Put accepted statements together into organisations, persons, posts, events and signings.

    Parameters
    ----------
    statements
        Accepted statements; their order does not matter.
    background
        Divisions, home province and day of each document, definitions, reviewed aliases and
        pairs kept apart, and the rows of a region pack.

    Returns
    -------
    Registry
        Sorted records. Reporter, editor and site of a page are no organisations of it.
    """
    ordered = sorted(statements, key=lambda each: (each.document, each.clean, each.id))
    who = decide_who(ordered, background)
    events = build_events(ordered, who)
    persons, person_posts, quotations = build_persons(ordered, who, background)
    return Registry(
        organisations=build_organisations(who, background),
        persons=persons,
        person_posts=person_posts,
        unit_posts=build_unit_posts(ordered, who, events),
        parts=build_parts(ordered, who, events),
        events=events.records,
        attendances=build_attendances(ordered, events),
        signings=build_signings(ordered, who),
        quotations=quotations,
        unsure=tuple(
            match
            for _place, match in sorted(who.matches.items())
            if match.target is None and match.rivals
        ),
    )
