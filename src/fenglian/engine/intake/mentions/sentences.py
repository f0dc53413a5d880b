"""What does the article name: sentence by sentence its organisations, persons and dates?"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.dates import DateWords, find_dates
from fenglian.engine.intake.mentions.hinted import hinted_organisations, hinted_persons
from fenglian.engine.intake.mentions.organisations import Organisation, Register, find_organisations
from fenglian.engine.intake.mentions.persons import Person, find_persons
from fenglian.engine.intake.mentions.prose import sentences
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.places import Place, find_places
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
    register: Register  # of all organisations that the body names

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations of the body, by place."""
        return self.register.mentions

    def alliance(self, before: int) -> str | None:
        """Return the alliance or association last named before a place, else the first after it."""
        named = self.register.of_kind("association")
        nearest = named.last_begun(before) or named.first_begun(before)
        return nearest.name if nearest else None

    def named(self, alias: str, before: int) -> str | None:
        """Return the full name that 联盟 or 公司 stands for: the last before that ends so."""
        nearest = self.register.named_so(alias).last_ended(before)
        return nearest.name if nearest else None


@lru_cache(maxsize=2)  # every fact type of one reading asks for the same page
def find_mentions(page: Page) -> Mentions:
    """Return what the body of the page names."""
    text = page.folded
    register = Register(_organisations(page))
    published = page.header.published.value if page.header.published else None
    ends = [part.end for part in page.body]
    found: list[Sentence] = []
    last: str | None = None  # day named last
    for span in sentences(page):
        inside = register.within(span.start, span.end)
        paragraph = bisect_right(ends, span.start)
        persons = find_persons(text, span, register, hinted_persons(page.hints, span))
        dates = find_dates(text, span, published, last)
        last = next((each.iso for each in reversed(dates) if len(each.iso) == 10), last)
        found.append(Sentence(span, paragraph, inside, persons, dates))
    return Mentions(text, tuple(found), register)


def _organisations(page: Page) -> tuple[Organisation, ...]:
    """Return what the rules see and what the hints add, by place, the names as written."""
    ruled = find_organisations(page.folded, page.body)
    added = [
        replace(mention, guessed=not known)
        for mention, known in hinted_organisations(page.folded, page.hints, ruled)
    ]
    covers = [mention.span for mention in added]
    kept = [
        mention
        for mention in ruled
        if not any(c.start <= mention.span.start and mention.span.end <= c.end for c in covers)
    ]
    return tuple(
        replace(mention, name=page.text[mention.span.start : mention.span.end])
        for mention in sorted((*kept, *added), key=lambda mention: mention.span)
    )


def places_of(page: Page, tables: Tables) -> tuple[Place, ...]:
    """Return the places that the body of the page names."""
    return find_places(page.folded, page.body, tables.divisions, page.year, page.home)
