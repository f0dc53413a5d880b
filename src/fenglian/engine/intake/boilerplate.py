"""Which lines of a web page or a printed one are not its article? Told by markup *after* the repair.

Cleaners that run before the repair delete private-use characters, and with them the bytes that the
repair needs. So the text is taken out whole, repaired whole, and only then are the lines judged, by
what their markup says of them and by what stands in them. Nothing is removed: they are marked.

The steps are those of jusText (Pomikálek 2011, *Removing Boilerplate and Duplicate Content from Web
Corpora*, chapter 3): lines that are long and hardly linked are good; short ones are judged by their
neighbours. Its list of function words is replaced by sentence marks, which Chinese writes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fenglian.engine.intake.document import Document, Part, Span
from fenglian.engine.labels import Label

HIDDEN = Label("不给人看的文字", "text that is hidden from those who look at it")
REASONS = {
    "hidden": HIDDEN,
    "navigation": Label(
        "在网页的导航、页眉或页脚区块里", "stands in the page's navigation, header or footer"
    ),
    "links": Label("一行里大半是链接", "most of the line is links"),
    "margin": Label("页眉、页脚或页码", "a running head, a foot or a page number"),
    "scrap": Label("正文以外的短行", "a short line outside the article"),
}
ASIDE = frozenset(("hidden", "navigation", "margin"))  # by markup alone, whatever stands in it
WEAK = "block"  # the name of a block around the line says navigation: sentences know better
LINKED = 0.5  # share of a line's characters in links, from which it is no sentence
HARDLY_LINKED = 0.2
LONG = 30  # characters of a line that is surely a sentence, where it has the marks of one
_SENTENCE = re.compile(r"[。！？；!?;]")
_ENDED = re.compile(r"[。！？!?：:”』」）)]$")


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span  # clean characters
    text: str
    part: Part
    share: float  # of its characters in links

    @property
    def good(self) -> bool:
        return (
            self.part.aside in ("", WEAK)
            and len(self.text) >= LONG
            and self.share < HARDLY_LINKED
            and bool(_SENTENCE.search(self.text))
        )


def find_boilerplate(document: Document) -> tuple[tuple[Span, Label], ...]:
    """Return the lines of the clean text that the markup tells from the article, with the reason.

    Parameters
    ----------
    document
        After the repair; one without parts has none.

    Returns
    -------
    tuple
        (clean characters, reason), by place; what is not named may still be furniture by its words,
        see ``page``.
    """
    lines = _lines(document) if document.parts else []
    reasons = [_own_reason(line) for line in lines]
    if document.form == "html":
        for at in _scraps(lines, reasons):
            reasons[at] = "scrap"
    return tuple(
        (line.span, REASONS[reason])
        for line, reason in zip(lines, reasons, strict=True)
        if reason is not None
    )


def _lines(document: Document) -> list[_Line]:
    ends = [part.start for part in document.parts[1:]] + [len(document.raw_text)]
    found = []
    for part, end in zip(document.parts, ends, strict=True):
        span = document.clean_span(Span(part.start, end))
        text = document.clean_text[span.start : span.end]
        if stripped := text.strip():
            start = span.start + len(text) - len(text.lstrip())
            share = part.linked / max(len(document.raw_text[part.start : end].strip()), 1)
            found.append(_Line(Span(start, start + len(stripped)), stripped, part, share))
    return found


def _own_reason(line: _Line) -> str | None:
    if line.part.aside == WEAK:
        return None if line.good or _is_path(line.text) else "navigation"
    if line.part.aside:
        return line.part.aside
    return "links" if line.share > LINKED and not _is_path(line.text) else None


def _is_path(text: str) -> bool:
    """Tell whether a line of links is the path to the page: it names the site that it stands on."""
    return bool(re.search(r"[>\u203a»→＞]|位置", text))


def _scraps(lines: Sequence[_Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the short lines in front of the headline and behind the last sentence."""
    good = [at for at, line in enumerate(lines) if line.good and reasons[at] is None]
    if not good:
        return []
    heads = [
        at for at in range(good[0] + 1) if lines[at].part.unit == "heading" and reasons[at] is None
    ]
    begin = heads[0] if heads else 0
    outside = (*range(begin), *range(good[-1] + 1, len(lines)))
    return [
        at
        for at in outside
        if reasons[at] is None
        and len(lines[at].text) < LONG
        and not _ENDED.search(lines[at].text)
        and not _is_path(lines[at].text)
    ]
