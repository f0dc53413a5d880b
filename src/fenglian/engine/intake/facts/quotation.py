"""Who said what: quoted or reported?"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.events import event_before
from fenglian.engine.intake.mentions.persons import Person
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

_SAID = re.compile(
    r"(?:[^,。“”:]{0,12}?)(?P<verb>表示|介绍说?|说|称|认为|指出|强调|建议|坦言|透露|告诉[^,。:]{0,8}|提出|呼吁|要求|回应|表态|希望)(?:道)?[:,]?"
)
_DIRECT = re.compile(r"“(?P<words>[^“”]+)”")


def extract_quotations(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield what each speaker said, with the speaker's words, also where the quote comes first."""
    mentions = find_mentions(page)
    known: dict[str, Person] = {}
    for sentence in mentions.sentences:
        for person in _speakers(mentions, sentence, known):
            known.setdefault(person.name, person)
            match = _SAID.match(mentions.text, person.span.end, sentence.span.end)
            if match is None:
                continue
            verb = match["verb"]
            before = _quote_before(mentions.text, person)
            if before:
                yield _finding(page, person, known, before, (("speech", "quoted"), ("verb", verb)))
            yield from _after(page, person, known, match, sentence)


def _speakers(mentions: Mentions, sentence: Sentence, known: dict[str, Person]) -> Iterator[Person]:
    """Yield the persons of the sentence, and those known before who speak again (韩珍堂说)."""
    yield from sentence.persons
    start, end = sentence.span
    for name in list(known):
        at = mentions.text.find(name, start, end)
        if at >= 0 and not any(person.span.start == at for person in sentence.persons):
            yield Person(name, Span(at, at + len(name)), ())


def _quote_before(text: str, person: Person) -> Span | None:
    """Return the quotation that ends right before the speaker: “…意义重大。”冯永赵表示."""
    at = person.whole.start
    if text[at - 1 : at] != "”":
        return None
    opened = text.rfind("“", 0, at)
    return Span(opened + 1, at - 1) if opened >= 0 else None


def _after(
    page: Page, person: Person, known: dict[str, Person], match: re.Match[str], sentence: Sentence
) -> Iterator[Finding]:
    text = find_mentions(page).text
    start, end = match.end(), sentence.span.end
    if text[start : start + 1] == "“":
        close = text.find("”", start)
        if close > start:
            fixed = (("speech", "quoted"), ("verb", match["verb"]))
            yield _finding(page, person, known, Span(start + 1, close), fixed)
        return
    while end > start and text[end - 1] in "。!?;”":
        end -= 1
    if end - start >= 2 and text[match.end() - 1] in ":,":
        fixed = (("speech", "reported"), ("verb", match["verb"]))
        yield _finding(page, person, known, Span(start, end), fixed)


def _finding(
    page: Page,
    person: Person,
    known: dict[str, Person],
    span: Span,
    fixed: tuple[tuple[str, str], ...],
) -> Finding:
    words = page.text[span.start : span.end]
    held = known[person.name].posts
    if held and held[0].organisation:
        fixed = (*fixed, ("organisation", held[0].organisation))
    if "今天" in words or "今日" in words:
        event = event_before(page, span.start)
        if event and event.date:
            fixed = (*fixed, ("today", event.date.iso))
    return Finding(person.name, "said", words, span, qualifiers=fixed)


FACT = FactType(
    name="quotation",
    label=Label("发言", "quotation"),
    version="1",
    properties=(FactProperty("said", Label("说", "said")),),
    extract=extract_quotations,
)
