"""Which organisations does the article name, and of what kind are they?"""

from collections.abc import Iterator

from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.sentences import find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label


def extract_organisations(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield each organisation once, at its first mention, with its kind."""
    seen: set[str] = set()
    for mention in find_mentions(page).organisations:
        if mention.name not in seen:
            seen.add(mention.name)
            yield Finding(mention.name, "kind", mention.kind, mention.span)


FACT = FactType(
    name="organisation",
    label=Label("单位", "organisation"),
    version="1",
    properties=(FactProperty("kind", Label("类别", "kind")),),
    extract=extract_organisations,
)
