"""The pages that the tests of the reading share: the article's clean text and the samples."""

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fenglian.data.divisions import divisions
from fenglian.engine.intake.document import Document, Span
from fenglian.engine.intake.facts import CATALOGUE
from fenglian.engine.intake.page import Page, analyse_page
from fenglian.engine.intake.reading import Reading
from fenglian.engine.intake.statements import Finding, Statement

HERE = Path(__file__).parent
SAMPLES = tuple(sorted(path.stem for path in (HERE / "samples").glob("*.json")))
Rows = tuple[tuple[str, int, int | None], ...]


class NoWords:
    """A word list that knows no word."""

    def log_frequency(self, word: str) -> float | None:
        return None


@dataclass(frozen=True)
class PlaceTables:
    """Tables with the divisions alone; the facts need no other."""

    divisions: Mapping[str, Rows] = field(default_factory=divisions)
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    simplified: Mapping[str, str] = field(default_factory=dict)
    simplified_words: Mapping[str, str] = field(default_factory=dict)
    traditional: Mapping[str, str] = field(default_factory=dict)
    words: NoWords = field(default_factory=NoWords)
    tagger: None = None


TABLES = PlaceTables()


@cache
def article() -> Page:
    return page_of((HERE / "article_clean.txt").read_text("utf-8"))


def sample(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((HERE / "samples" / f"{name}.json").read_text("utf-8"))
    return content


def page_of(text: str) -> Page:
    return analyse_page(text, TABLES)


def body(text: str, *, source: str = "山西日报", day: str = "2023-04-18") -> Page:
    """A page around a paragraph: title, publication line, text."""
    return page_of(f"标题\n\n发布时间:{day} 来源:{source}\n\n  {text}\n")


def findings(page: Page, fact: str, name: str | None = None) -> list[Finding]:
    """What one fact type finds on a page, or one property of it."""
    [kind] = [each for each in CATALOGUE if each.name == fact]
    return [f for f in kind.extract(page, TABLES) if name is None or f.property == name]


def words(page: Page, finding: Finding) -> str:
    return page.text[finding.span.start : finding.span.end]


def reading_of(page: Page) -> Reading:
    """A reading without bytes: clean text as raw text, for what is projected from it."""
    nowhere = Span(0, 0)
    statements = [
        Statement(
            id="",
            fact=fact.name,
            subject=found.subject,
            property=found.property,
            value=found.value,
            quantity=found.quantity,
            qualifiers=found.qualifiers,
            words=words(page, found),
            clean=found.span,
            raw=nowhere,
            octets=nowhere,
            document="",
            extractor=fact.name,
            version=fact.version,
            grade="B",
            standing="public",
        )
        for fact in CATALOGUE
        for found in fact.extract(page, TABLES)
    ]
    statements.sort(key=lambda statement: statement.clean)
    return Reading(_document(page.text), page, tuple(statements), ())


def _document(text: str) -> Document:
    return Document("page", "", 0, "utf-8", text, text, (), (), array("i"))
