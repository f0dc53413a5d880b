"""How many of what does the article count, besides attendance and the parties of a signing?"""

from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.counts import find_counts
from fenglian.engine.intake.mentions.prose import clause
from fenglian.engine.intake.mentions.sentences import find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label
from fenglian.engine.quantities import plain


def extract_counts(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the counts; the subject is the clause up to the number."""
    mentions = find_mentions(page)
    for sentence in mentions.sentences:
        for count in find_counts(mentions, sentence):
            found = count.found
            if count.part != "other":
                continue
            around = clause(mentions.text, found.start, sentence.span)
            subject = page.text[around.start : found.start].strip() or found.quantity.unit
            yield Finding(
                subject,
                "count",
                plain(found.quantity.figure),
                Span(found.start, found.end),
                found.quantity,
                (("unit", found.quantity.unit),),
            )


FACT = FactType(
    name="count",
    label=Label("计数", "count"),
    version="1",
    properties=(FactProperty("count", Label("数量", "count")),),
    extract=extract_counts,
)
