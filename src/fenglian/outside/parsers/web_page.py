"""Takes the text out of a web page: whole, for the repair comes before any cleaning.

Each line is ``{"t": text, "p": [[offset, unit, number, aside, linked], …]}``; the last is
``{"end": …}``. Private-use characters stay as they are: they carry bytes of damaged text.
"""

import re
from collections.abc import Iterator
from typing import Any

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BREAKS = _HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "button",
        "canvas",
        "head",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    ]
)
_NAVIGATION = frozenset(("nav", "footer", "aside", "menu"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search"))
_NAMES = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "footer",
        "sidebar",
        "related",
        "recommend",
        "friendlink",
        "friendlinks",
        "toolbar",
        "share",
    ]
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0+(?![.\d])|"
    r"opacity\s*:\s*0+(?:\.0*)?\s*(?:;|!|$)|(?:left|top|right|text-indent|margin-left|margin-top)"
    r"\s*:\s*-\s*\d{3,}|(?:max-)?(?:height|width)\s*:\s*0+(?:px|em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_MEDIA = re.compile(r"@[^{}]{0,400}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{1,4000})\}")
_SELECTOR = re.compile(r"[.#][\w-]+")
_GAP = re.compile(r"[ \t\n\r\f\v]+")
_BYTES_OF_STYLE = 200_000
CELL = "\x1f"  # between the cells of a row, until the line is whole


def read(content: bytes, longest: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of a page in UTF-8, and at last how it ended; ``longest`` is in characters."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415  limits are set

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        yield {"end": "broken"}
        return
    if root is None:
        yield {"end": "broken"}
        return
    length = 0
    for line in _Walk(_hidden_names(root)).lines(etree.iterwalk(root, events=("start", "end"))):
        length += len(line["t"]) + 1
        if length > longest:
            yield {"end": "long"}
            return
        yield line
    yield {"end": "done"}


def _hidden_names(root: Any) -> frozenset[str]:
    """Return the classes and ids that the page's own style sheet does not show on a screen."""
    style = "\n".join(each.text or "" for each in root.iter("style"))[:_BYTES_OF_STYLE]
    return frozenset(
        selector.strip()
        for selectors, rules in _RULE.findall(_MEDIA.sub("", style))
        if _HIDING.search(rules)
        for selector in selectors.split(",")
        if _SELECTOR.fullmatch(selector.strip())
    )


class _Walk:
    """Gathers text between the tags that break lines."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self.hidden = hidden
        self.number = 0
        self.buffer: list[tuple[str, bool]] = []  # text, whether it is within a link
        self.states = [("", False, False, False)]  # aside, in a link, silent, within the article
        self.heading = self.row = self.pre = 0

    def lines(self, events: Any) -> Iterator[dict[str, Any]]:
        """Yield the lines of a tree as its events come."""
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _BREAKS:
                    yield from self._flush()
                self._open(tag, element)
                self._take(element.text)
            else:
                if tag in _BREAKS:
                    yield from self._flush()
                self._close(tag)
                self._take(element.tail)
        yield from self._flush()

    def _open(self, tag: str, element: Any) -> None:
        aside, linked, silent, article = self.states[-1]
        article = article or tag in ("article", "main")
        aside = aside if aside == "hidden" else self._aside(tag, element, article) or aside
        linked = linked or (tag == "a" and element.get("href") is not None)
        self.states.append((aside, linked, silent or tag in _SILENT, article))
        self._count(tag, 1)
        if tag in ("td", "th"):
            self.buffer.append((CELL, False))

    def _close(self, tag: str) -> None:
        self.states.pop()
        self._count(tag, -1)

    def _count(self, tag: str, step: int) -> None:
        self.heading += step * (tag in _HEADINGS)
        self.row += step * (tag == "tr")
        self.pre += step * (tag == "pre")

    def _aside(self, tag: str, element: Any, article: bool) -> str:
        if "hidden" in element.attrib or _HIDING.search(element.get("style") or ""):
            return "hidden"
        names = (element.get("class") or "")[:400].split()
        marks = [f".{name}" for name in names] + [f"#{element.get('id')}"]
        if any(mark in self.hidden for mark in marks):
            return "hidden"
        if tag in _NAVIGATION or element.get("role") in _ROLES:
            return "navigation"
        if tag == "header" and not article:
            return "block"
        words = re.split(r"[\s_-]+", " ".join((*names, element.get("id") or "")).lower())
        return "block" if not _NAMES.isdisjoint(words) else ""

    def _take(self, text: str | None) -> None:
        _aside, linked, silent, _article = self.states[-1]
        if text and not silent:
            self.buffer.append((text.replace(CELL, " "), linked))

    def _flush(self) -> Iterator[dict[str, Any]]:
        taken, self.buffer = self.buffer, []
        whole = "".join(text for text, _ in taken)
        lines = whole.splitlines() if self.pre else [whole]
        share = [text for text, linked in taken if linked]
        for line in lines:
            words = _row(_tidy(line))
            if words:
                self.number += 1
                unit = "heading" if self.heading else "row" if self.row else "paragraph"
                linked = min(sum(len(_tidy(text)) for text in share), len(words))
                yield {"t": words, "p": [[0, unit, self.number, self.states[-1][0], linked]]}


def _row(line: str) -> str:
    """Return a line of several cells between bars; a cell that stands alone lays out the page."""
    cells = [cell.strip() for cell in line.split(CELL)]
    if len([cell for cell in cells if cell]) < 2:
        return "".join(cells)
    return f"| {' | '.join(cells[1:] if not cells[0] else cells)} |"


def _tidy(text: str) -> str:
    """Fold white space as a browser does; a line end between two Chinese characters is none."""
    shown = "".join(
        each
        for each in text
        if (each >= " " and not "\x7f" <= each <= "\x9f") or each in f"\t\n\r\f{CELL}"
    )
    return _GAP.sub(_gap, shown.strip())


def _gap(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    wide = text[start - 1 : start] > "\u2e7f" and text[end : end + 1] > "\u2e7f"
    return "" if wide and "\n" in found.group() else " "
