"""What does the article name: sentence by sentence its organisations, persons and dates?"""

from dataclasses import dataclass, replace
from functools import lru_cache

from fenglian.engine.intake.dates import DateWords, find_dates
from fenglian.engine.intake.document import Span
from fenglian.engine.intake.organisations import Organisation, find_organisations
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.persons import Person, find_persons
from fenglian.engine.intake.places import Place, find_places
from fenglian.engine.intake.prose import sentences
from fenglian.engine.intake.tables import Tables


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body with what it names."""

    span: Span
    paragraph: int  # number of the paragraph
    organisations: tuple[Organisation, ...]
    persons: tuple[Person, ...]
    dates: tuple[DateWords, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """The body's sentences; ``text`` is in half width, names are as written."""

    text: str
    sentences: tuple[Sentence, ...]
    organisations: tuple[Organisation, ...]

    def alliance(self, before: int) -> str | None:
        """Return the alliance or association last named before a place, else the first after it."""
        named = [m for m in self.organisations if m.kind == "association"]
        earlier = [m.name for m in named if m.span.start < before]
        if earlier:
            return earlier[-1]
        return named[0].name if named else None

    def named(self, alias: str, before: int) -> str | None:
        """Return the full name that 联盟 or 公司 stands for: the last before that ends so."""
        ends = [
            m.name for m in self.organisations if m.span.end <= before and m.name.endswith(alias)
        ]
        return ends[-1] if ends else None


@lru_cache(maxsize=2)  # every fact type of one reading asks for the same page
def find_mentions(page: Page) -> Mentions:
    """Return what the body of the page names."""
    text = page.folded
    organisations = tuple(
        replace(mention, name=page.text[mention.span.start : mention.span.end])
        for mention in find_organisations(text, page.body)
    )
    published = page.header.published.value if page.header.published else None
    parts = page.body
    found = []
    for span in sentences(page):
        inside = tuple(m for m in organisations if span.start <= m.span.start < span.end)
        paragraph = sum(1 for part in parts if part.end <= span.start)
        persons = find_persons(text, span, organisations)
        dates = find_dates(text, span, published)
        found.append(Sentence(span, paragraph, inside, persons, dates))
    return Mentions(text, tuple(found), organisations)


def places_of(page: Page, tables: Tables) -> tuple[Place, ...]:
    """Return the places that the body of the page names."""
    return find_places(page.folded, page.body, tables.divisions, page.year, page.home)
