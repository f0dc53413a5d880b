"""Which part feeds which product, who makes what, who supplies whom?

A list that ends in 等 is open: what it does not name is unknown, not missing.
"""

import re
from collections.abc import Iterable, Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.masking import FIRM, FIRMS, Masked, mask_sentences
from fenglian.engine.intake.mentions.parts import find_parts
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.mentions.supply import find_deals
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label

_ITEM = r"[^\W_]{1,10}?"
_NAME = r"[^\W_和与及等、]{1,16}"
_LED = re.compile(
    rf"以(?P<root>{_ITEM})(?:制造|生产|研发)?(?:企业)?为(?P<how>引领|龙头|核心|主导|牵引|主体|中心)[,、]?"
)
_PARTS = re.compile(
    # Names without the separators in them: else every way to cut a long list would be tried.
    rf"(?P<items>{_NAME}(?:[、和与及]{_NAME}){{1,30}})(?P<open>等)(?:关键|核心|主要|重要|上下游|各类|\d+[余多]?[种类]){{0,3}}"
    r"(?P<tail>配套(?:产品|设备|部件|零部件|企业|产业|件|环节)?|零部件|部件|组件)"
)
_SPLIT = re.compile(r"、|以及|和|与|及")
_ROOT = re.compile(r"整机|主机|整车|风电机组|风力发电机组|风机|机组")
_LEAD_IN = re.compile(r"^.*?(?:以及|包括|涵盖|形成|拥有|生产|制造|为|的|了|与|和)(?=[^\W\d_]{2,})")
_LEADER = re.compile(
    rf"(?P<chain>[^\W\d_]{{2,8}}?产业链)?(?:的)?[“\"]?链主[”\"]?(?:企业|单位)?(?:为|是|:|由)?(?P<firms>{FIRMS})"
)
_NAMED_LEADER = re.compile(
    rf"(?P<firms>{FIRM})(?:作为|是|为|担任|被确定为|被认定为|入选为?|成为)(?:我省|全省|该市|全市|省级|市级)?(?P<chain>[^\W\d_]{{2,8}}?产业链)?(?:的)?[“\"]?链主"
)
_WHOLE = {
    "主机": "整机",
    "风电机组": "整机",
    "风力发电机组": "整机",
    "风机": "整机",
    "机组": "整机",
}


def extract_chain_relations(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield part supports product, product leads the chain, product of maker, buyer supplied by."""
    mentions = find_mentions(page)
    root: str | None = None
    for sentence, masked in zip(mentions.sentences, mask_sentences(mentions), strict=True):
        led = _LED.search(mentions.text, sentence.span.start, sentence.span.end)
        if led:
            root = led["root"]
            span = Span(led.start(), led.end("how"))
            yield Finding(root, "leads", "产业链", span, qualifiers=(("how", led["how"]),))
        yield from _unique((*_supports(mentions, sentence, root, led), *_said(masked)))
        for match in _ROOT.finditer(mentions.text, sentence.span.start, sentence.span.end):
            root = root if led else _WHOLE.get(match.group(), match.group())


def _leaders(masked: Masked) -> Iterator[Finding]:
    """Yield the firms that lead a chain: 风电产业链链主企业甲, 甲是链主."""
    for match in (*_LEADER.finditer(masked.text), *_NAMED_LEADER.finditer(masked.text)):
        chain = match["chain"] or "产业链"
        for firm in masked.firms(match["firms"]):
            how = (("how", "链主"),)
            yield Finding(firm, "leads", chain, masked.span(match), qualifiers=how)


def _unique(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what a sentence says, each once: two frames may say the same."""
    seen = set()
    for each in found:
        said = (each.subject, each.property, each.value)
        if said not in seen:
            seen.add(said)
            yield each


def _said(masked: Masked) -> Iterator[Finding]:
    yield from _leaders(masked)
    for part, whole, span in find_parts(masked):
        yield Finding(part, "supports", whole, span)
    for deal in find_deals(masked):
        # Where the words name no buyer, whose goods they are is all that a supply verb says.
        for product in deal.goods if deal.makes or not deal.buyers else ():
            yield Finding(product, "product_of", deal.supplier, deal.span)
        goods = (("product", "、".join(deal.goods)),) if deal.goods else ()
        for buyer in deal.buyers:
            yield Finding(buyer, "supplied_by", deal.supplier, deal.span, qualifiers=goods)


def _supports(
    mentions: Mentions, sentence: Sentence, root: str | None, led: re.Match[str] | None
) -> Iterator[Finding]:
    text = mentions.text
    for match in _PARTS.finditer(
        text, led.end() if led else sentence.span.start, sentence.span.end
    ):
        items, whole = _items(match, root)
        if whole is None or len(items) < 2:
            continue
        start = led.start() if led and led.end() == match.start() else match.start()
        for part in items:
            yield Finding(
                part, "supports", whole, Span(start, match.end()), qualifiers=(("list", "open"),)
            )


def _items(match: re.Match[str], root: str | None) -> tuple[list[str], str | None]:
    """Return the parts, and what they go into: 风机机舱罩 names it itself."""
    items = [item for item in _SPLIT.split(match["items"]) if item]
    first = _LEAD_IN.sub("", items[0])
    prefix = _ROOT.match(first)
    if prefix and prefix.end() < len(first):
        first = first[prefix.end() :]
        root = root or _WHOLE.get(prefix.group(), prefix.group())
    return [first, *items[1:]], root


FACT = FactType(
    name="chain_relation",
    label=Label("产业链关系", "chain relation"),
    version="3",
    properties=(
        FactProperty("supports", Label("配套于", "supports")),
        FactProperty("leads", Label("引领", "leads")),
        FactProperty("product_of", Label("产自", "product of")),
        FactProperty("supplied_by", Label("供货方", "supplied by")),
    ),
    extract=extract_chain_relations,
)
