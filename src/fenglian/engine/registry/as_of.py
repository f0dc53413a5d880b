"""What of the registry was so, or known, on a day?

What happened counts from its day, what a source merely states from the day of the source.
Undated records stay: that they are undated is shown, not settled.
"""

from dataclasses import replace

from fenglian.engine.registry.records import Registry


def registry_as_of(registry: Registry, day: str) -> Registry:
    """Return the registry without what happened or was first stated after a day.

    Parameters
    ----------
    registry
        As built from all accepted statements.
    day
        ISO date; its evening counts.
    """

    def known(since: str | None) -> bool:
        return since is None or since[:10] <= day

    posts = tuple(each for each in registry.person_posts if known(each.stated_on))
    quotations = tuple(each for each in registry.quotations if known(each.stated_on))
    seen = {each.person for each in posts} | {each.person for each in quotations}
    return replace(
        registry,
        organisations=tuple(each for each in registry.organisations if known(each.first_known)),
        persons=tuple(each for each in registry.persons if each.key in seen),
        person_posts=posts,
        unit_posts=tuple(each for each in registry.unit_posts if known(each.since)),
        parts=tuple(each for each in registry.parts if known(each.day)),
        events=tuple(
            each for each in registry.events if known(each.day.value if each.day else None)
        ),
        attendances=tuple(each for each in registry.attendances if known(each.day)),
        signings=tuple(each for each in registry.signings if known(each.day)),
        quotations=quotations,
    )
