"""Where do the sentences and clauses of the article begin and end?"""

import re

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.page import Page

_SENTENCE = re.compile(r"[^。!?;]*(?:[。!?;]+[”’」』)]*|$)")

LONGEST = 600  # characters of one sentence; the longest in the samples has 215


def sentences(page: Page) -> tuple[Span, ...]:
    """Return the sentences of the body, by place; a closing quote stays with its full stop.

    What runs on beyond ``LONGEST`` characters is no sentence and is cut, so that rules which look
    through the sentence around each find stay linear in the page.
    """
    text = page.folded
    found: list[Span] = []
    for part in page.body:
        for match in _SENTENCE.finditer(text, part.start, part.end):
            start, end = match.span()
            while start < end and text[start] in " \t\u200b\ufeff":
                start += 1
            while end - start > LONGEST:
                cut = max(text.rfind(mark, start, start + LONGEST) for mark in ",、 ") + 1
                cut = cut or start + LONGEST
                found.append(Span(start, cut))
                start = cut
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
