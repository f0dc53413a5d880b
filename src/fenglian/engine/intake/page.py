"""Which lines of a clean page are the article, and which are furniture?"""

from dataclasses import dataclass

from fenglian.engine.intake.document import Span
from fenglian.engine.labels import Label


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the page that is not the article's own text, and why we think so."""

    kind: str  # "breadcrumb", "title", "publication", "credit", "copyright", "blank" …
    span: Span  # clean characters
    reason: Label


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A value of the page's header and the words it stands in."""

    value: str
    span: Span  # clean characters


@dataclass(frozen=True, slots=True)
class Header:
    """Who published the page, where it comes from, and who wrote it; None where it does not say."""

    title: HeaderField | None
    breadcrumb: tuple[HeaderField, ...]
    publisher: HeaderField | None  # the site that the page stands on, where the page says so
    source: HeaderField | None  # what stands behind 来源
    published: HeaderField | None  # ISO date, or date and time
    reporter: HeaderField | None
    editor: HeaderField | None


@dataclass(frozen=True, slots=True)
class Page:
    """The clean text of a page, its furniture told apart from the article."""

    text: str
    header: Header
    marks: tuple[Mark, ...]  # by place; what no mark covers is the article's body
    home: str | None  # GB/T 2260 code of the province that 我省 and 省科技厅 mean; by source, not by site
