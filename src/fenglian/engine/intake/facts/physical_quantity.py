"""Which capacities, masses, areas and lengths does the article give?"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.columns import find_figures
from fenglian.engine.intake.mentions.prose import clause
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Found, find_quantities, plain

_SIZE_OF = re.compile(
    r"(?:级|海上|陆上|直驱|双馈|半直驱|整机|风机|风电机组|风力发电机组|机组|机型|叶片|发电机|齿轮箱)"
)
_WHAT_BEHIND = re.compile(
    r"(?:的)?(?P<what>[^\W\d_]{2,10}?(?:电场|电站|基地|项目|产能|装机|机组|工程|风电|光伏))"
)
_WHAT_AHEAD = re.compile(
    r"(?P<what>年产能力|年产量|年产能|产能|年产|总装机容量|装机容量|总装机|装机|规模|容量|发电量|年发电量|上网电量|重量|总重|长度|高度|直径|占地面积|占地|建筑面积|面积)"
    r"[^,。]{0,8}$"
)


def extract_quantities(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the physical quantities; a rating that only names a model (2MW整机) says so."""
    mentions = find_mentions(page)
    for sentence in mentions.sentences:
        for found in find_quantities(mentions.text, sentence.span.start, sentence.span.end):
            if found.dimension in (None, "money", "count"):
                continue
            what = _what(mentions, sentence, found)
            rating = found.dimension == "power" and _SIZE_OF.match(mentions.text, found.end)
            yield _finding(found, what, (("rating", "of one machine"),) if rating else ())
    for figure in find_figures(page):
        if figure.found.dimension not in (None, "money", "count"):
            yield _finding(figure.found, figure.heading, ())


def _finding(found: Found, what: str, more: tuple[tuple[str, str], ...]) -> Finding:
    fixed = [("what", what), ("written", plain(found.written.figure))]
    fixed.append(("written_unit", found.written.unit))
    if found.written.top is not None:
        fixed.append(("written_top", plain(found.written.top)))
    return Finding(
        what,
        str(found.dimension),
        plain(found.quantity.figure),
        Span(found.start, found.end),
        found.quantity,
        (*fixed, *more),
    )


def _what(mentions: Mentions, sentence: Sentence, found: Found) -> str:
    text = mentions.text
    around = clause(text, found.start, sentence.span)
    ahead = _WHAT_AHEAD.search(text[around.start : found.start])
    if ahead:
        return ahead["what"]
    behind = _WHAT_BEHIND.match(text, found.end, sentence.span.end)
    return behind["what"] if behind else text[around.start : found.start].strip()


FACT = FactType(
    name="physical_quantity",
    label=Label("物理量", "physical quantity"),
    version="2",
    properties=(
        FactProperty("power", Label("功率、容量", "power")),
        FactProperty("energy", Label("电量", "energy")),
        FactProperty("mass", Label("质量", "mass")),
        FactProperty("length", Label("长度", "length")),
        FactProperty("area", Label("面积", "area")),
        FactProperty("voltage", Label("电压", "voltage")),
        FactProperty("share", Label("比例", "share")),
    ),
    extract=extract_quantities,
)
