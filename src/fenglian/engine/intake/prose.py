"""Where do the sentences and clauses of the article begin and end?"""

import re

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.page import Page

_SENTENCE = re.compile(r"[^。!?;]*(?:[。!?;]+[”’」』)]*|$)")


def sentences(page: Page) -> tuple[Span, ...]:
    """Return the sentences of the body, by place; a closing quote stays with its full stop."""
    text = page.folded
    found: list[Span] = []
    for part in page.body:
        for match in _SENTENCE.finditer(text, part.start, part.end):
            start, end = match.span()
            while start < end and text[start] in " \t\u200b\ufeff":
                start += 1
            if start < end:
                found.append(Span(start, end))
    return tuple(found)


def clause(text: str, at: int, within: Span) -> Span:
    """Return the part between commas that holds the place ``at``."""
    start = max(text.rfind(mark, within.start, at) for mark in ",;:。") + 1
    ends = [place for mark in ",;。" if (place := text.find(mark, at, within.end)) >= 0]
    return Span(max(start, within.start), min(ends, default=within.end))


def in_quotation(text: str, at: int, within: Span) -> bool:
    """Tell whether the place stands between “ and ”."""
    opened = text.rfind("“", within.start, at)
    return opened >= 0 and text.find("”", opened, at) < 0
