"""Who signed with whom, and how many of the parties are named?"""

from collections.abc import Iterator
from decimal import Decimal

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.counts import find_counts
from fenglian.engine.intake.mentions.events import Event, find_events
from fenglian.engine.intake.mentions.organisations import Organisation
from fenglian.engine.intake.mentions.parties import listed_by_count, parties
from fenglian.engine.intake.mentions.sentences import Mentions, find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Found, plain

_MOST_PLACEHOLDERS = 60  # more unnamed parties than a page can mean are a number, not a list


def extract_signings(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the named partners, how many there are, and a placeholder for each unnamed one."""
    mentions = find_mentions(page)
    for event in find_events(page):
        if event.type != "signed":
            continue
        signer, partners = parties(mentions, event.sentence)
        actor = signer or (event.subject if not partners else "")
        total = _total(mentions, event)
        if total:
            partners = listed_by_count(mentions, event.sentence, total.start, partners)
        when = (("date", event.date.iso),) if event.date else ()
        open_list = (("list", "open"),) if total else ()
        for partner in partners:
            yield Finding(
                actor, "partner", partner.name, partner.span, qualifiers=(*when, *open_list)
            )
        if total:
            yield from _numbers(actor, partners, total, when)


def _total(mentions: Mentions, event: Event) -> Found | None:
    for count in find_counts(mentions, event.sentence):
        if count.part == "partners":
            return count.found
    return None


def _numbers(
    actor: str,
    partners: tuple[Organisation, ...],
    total: Found,
    when: tuple[tuple[str, str], ...],
) -> Iterator[Finding]:
    span = Span(total.start, total.end)
    figure = total.quantity.figure
    named = (("unit", total.quantity.unit), ("named", str(len(partners))))
    yield Finding(actor, "partners", plain(figure), span, total.quantity, (*when, *named))
    unnamed = figure - len(partners)
    if total.quantity.bound == "eq" and Decimal(0) < unnamed <= _MOST_PLACEHOLDERS:
        for number in range(1, int(unnamed) + 1):
            place = (("placeholder", f"{number}/{int(unnamed)}"), ("derived", "partners - named"))
            yield Finding(actor, "unnamed_partner", str(number), span, None, (*when, *place))


FACT = FactType(
    name="signing",
    label=Label("签约", "signing"),
    version="1",
    properties=(
        FactProperty("partner", Label("签约方", "partner")),
        FactProperty("partners", Label("签约方数", "number of partners")),
        FactProperty("unnamed_partner", Label("未具名签约方", "unnamed partner")),
    ),
    extract=extract_signings,
)
