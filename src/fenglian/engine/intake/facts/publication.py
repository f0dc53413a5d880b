"""What does the page say of itself: title, section path, site, source, time, authors?"""

from collections.abc import Iterator

from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label


def extract_publication(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the header's fields; the subject is the page, named by its title."""
    header = page.header
    subject = header.title.value if header.title else ""
    for number, item in enumerate(header.breadcrumb, start=1):
        place = (("position", str(number)),)
        yield Finding(subject, "breadcrumb", item.value, item.span, qualifiers=place)
    for name in ("title", "publisher", "source", "published", "reporter", "editor"):
        field = getattr(header, name)
        if field is not None:
            yield Finding(subject, name, field.value, field.span)


FACT = FactType(
    name="publication",
    label=Label("刊载信息", "publication"),
    version="1",
    properties=(
        FactProperty("title", Label("标题", "title")),
        FactProperty("breadcrumb", Label("栏目路径", "section path")),
        FactProperty("publisher", Label("刊载方", "publisher")),
        FactProperty("source", Label("来源", "source")),
        FactProperty("published", Label("发布时间", "published")),
        FactProperty("reporter", Label("记者", "reporter")),
        FactProperty("editor", Label("责编", "editor")),
    ),
    extract=extract_publication,
)
