"""Who holds which post in which organisation?"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.persons import Post
from fenglian.engine.intake.mentions.sentences import find_mentions, places_of
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.places import Place
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

_LEVEL = re.compile(r"^(?:副|常务副)?(?P<level>省|市|县|区|旗|州|盟)(?:委|长)")


def extract_posts(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield one finding a post; reporters and editors stand in the credits and are none."""
    places = _by_level(places_of(page, tables))
    for sentence in find_mentions(page).sentences:
        for person in sentence.persons:
            for post in person.posts:
                span = Span(
                    min(post.span.start, person.span.start), max(post.span.end, person.span.end)
                )
                yield Finding(
                    person.name,
                    "post",
                    post.title,
                    span,
                    qualifiers=_qualifiers(post, span, places),
                )


def _by_level(places: tuple[Place, ...]) -> dict[str, tuple[Place, ...]]:
    levels: dict[str, list[Place]] = {}
    for place in places:
        levels.setdefault(place.full[-1], []).append(place)
    return {
        level: tuple(sorted(same, key=lambda place: place.span)) for level, same in levels.items()
    }


def _qualifiers(
    post: Post, span: Span, places: dict[str, tuple[Place, ...]]
) -> tuple[tuple[str, str], ...]:
    if post.organisation:
        fixed = [("organisation", post.organisation)]
        if post.written and post.written != post.organisation:
            fixed.append(("written", post.written))
        return tuple(fixed)
    level = _LEVEL.match(post.title)
    if level is None:
        return ()
    level_of = places.get(level["level"], ())
    # 哈密市|市长 and 张北|县|委书记 name their place; 县委书记 alone means the county that the
    # article is about, the first it names.
    number = bisect_right(level_of, span.start + 1, key=lambda place: place.span.end)
    near = level_of[max(0, number - 2) : number]
    beside = [place for place in near if place.span.end >= span.start]
    before = [place for place in level_of[:1] if place.span.end <= span.start]
    for place in (*beside, *before):
        return (("organisation", place.full), ("code", place.code))
    return ()


FACT = FactType(
    name="person_post",
    label=Label("人员职务", "post of a person"),
    version="1",
    properties=(FactProperty("post", Label("职务", "post")),),
    extract=extract_posts,
)
