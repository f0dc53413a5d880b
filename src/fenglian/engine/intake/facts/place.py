"""Which places does the article's body name?"""

from collections.abc import Iterator

from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.sentences import places_of
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label


def extract_places(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield each division once, at its first mention, with the code valid when the page appeared."""
    seen: set[str] = set()
    for place in places_of(page, tables):
        if place.code not in seen:
            seen.add(place.code)
            fixed = (("full", place.full),)
            yield Finding(place.name, "code", place.code, place.span, qualifiers=fixed)


FACT = FactType(
    name="place",
    label=Label("地点", "place"),
    version="1",
    properties=(FactProperty("code", Label("行政区划代码", "division code (GB/T 2260)")),),
    extract=extract_places,
)
