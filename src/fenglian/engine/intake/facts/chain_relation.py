"""Which part feeds which product, who makes what, who supplies whom?

A list that ends in 等 is open: what it does not name is unknown, not missing.
"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.organisations import Organisation
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
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
_WHOLE = {
    "主机": "整机",
    "风电机组": "整机",
    "风力发电机组": "整机",
    "风机": "整机",
    "机组": "整机",
}
_PRODUCT = (
    r"(?P<product>[^\W\d_]{0,8}?(?:轮毂|叶片|塔筒|齿轮箱|发电机|法兰|轴承|主轴|底座|机舱罩|导流罩|变流器|"
    r"变桨系统|控制系统|电缆|铸件|锻件|整机|风机|机组|电池|组件|设备|装备|产品))"
)
_MADE = re.compile(
    rf"(?:自主)?(?:研发|生产|制造|研制|打造)?(?:生产|制造)?的(?:首[台套批件支片])?{_PRODUCT}(?=等待|正|成功|顺利|下线|出厂|发往|已|将|即将|陆续|装车|起运|,|。|在)"
)
_FOR = re.compile(r"(?P<for>为|向)[^,。]{2,60}?(?:配套|供应|提供|供货|供)(?!服务|全方位|支持)")
_BY = re.compile(rf"{_PRODUCT}(?:均|全部|主要|也)?由$")
_OF_WHOM = re.compile(r"^(?P<buyer>.+?|公司|集团)的(?=[^\W_]{2,8}$)")
# 塔筒采用乙公司生产的中厚板: the maker's own product, bought by whom the sentence is about.
_USED = re.compile(r"(?:采用|选用|使用|采购|配备|搭载)了?$")
_MADE_BY = re.compile(
    r"(?:自主)?(?:研发|生产|制造|研制|供应|提供)的(?:(?:首|第)[\d一二三四五六七八九十]*[台套批件支片根])?(?P<product>[^\W_]{2,16}?)(?=[,。;、)]|$)"
)
_SUPPLIED = re.compile(r"(?:提供|供应|供货|配套|生产|供)")


def extract_chain_relations(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield part supports product, product leads the chain, product of maker, buyer supplied by."""
    mentions = find_mentions(page)
    root: str | None = None
    for sentence in mentions.sentences:
        led = _LED.search(mentions.text, sentence.span.start, sentence.span.end)
        if led:
            root = led["root"]
            span = Span(led.start(), led.end("how"))
            yield Finding(root, "leads", "产业链", span, qualifiers=(("how", led["how"]),))
        yield from _supports(mentions, sentence, root, led)
        for match in _ROOT.finditer(mentions.text, sentence.span.start, sentence.span.end):
            root = root if led else _WHOLE.get(match.group(), match.group())
        yield from _products(page, mentions, sentence)
        yield from _supplies(mentions, sentence)


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


def _products(page: Page, mentions: Mentions, sentence: Sentence) -> Iterator[Finding]:
    for mention in sentence.organisations:
        if mention.kind not in ("firm", "facility", "institute"):
            continue
        match = _MADE.match(mentions.text, mention.span.end, sentence.span.end)
        if match:
            yield Finding(
                match["product"], "product_of", mention.name, Span(mention.span.start, match.end())
            )


def _supplies(mentions: Mentions, sentence: Sentence) -> Iterator[Finding]:
    """Yield buyer supplied_by supplier from 甲为乙、丙配套 …, and part product_of maker."""
    text = mentions.text
    firms = [m for m in sentence.organisations if m.kind == "firm"]
    for match in _FOR.finditer(text, sentence.span.start, sentence.span.end):
        buyers = [m for m in firms if match.start() < m.span.start and m.span.end <= match.end()]
        before = [m for m in firms if m.span.end <= match.start("for")]
        alias = mentions.named("公司", match.start("for"))
        supplier = before[-1].name if before else alias
        if supplier:
            for buyer in buyers:
                span = Span(buyer.span.start, match.end())
                yield Finding(buyer.name, "supplied_by", supplier, span)
    for mention in firms:
        yield from _supplied_by(mentions, sentence, mention)


def _supplied_by(mentions: Mentions, sentence: Sentence, maker: Organisation) -> Iterator[Finding]:
    """Yield from 甲的法兰由乙供应 and 甲采用乙生产的钢板 whose product it is, and who buys it."""
    text = mentions.text
    left = max(sentence.span.start, maker.span.start - 40)
    before = text[left : maker.span.start]
    made = _BY.search(before)
    used = _MADE_BY.match(text, maker.span.end, sentence.span.end) if _USED.search(before) else None
    if used:
        product, start, end = used["product"], maker.span.start, used.end()
    elif made and _SUPPLIED.match(text, maker.span.end):
        product, start, end = made["product"], left + made.start("product"), maker.span.end
    else:
        return
    owner = _OF_WHOM.match(product)
    part = product[owner.end() :] if owner else product
    yield Finding(part, "product_of", maker.name, Span(start, end))
    buyer = _buyer(mentions, sentence, maker.span.start)
    if buyer and buyer.name != maker.name:
        yield Finding(buyer.name, "supplied_by", maker.name, Span(start, end))


def _buyer(mentions: Mentions, sentence: Sentence, at: int) -> Organisation | None:
    """Return the firm that the words are about: named before in the sentence, else in the text.

    A supplier named in the same breath is none: 电池由甲供应,变流器由乙供应.
    """
    text = mentions.text
    firms = mentions.register.of_kind("firm").within(0, at)
    buyers = [
        each
        for each in firms
        if text[each.span.start - 1 : each.span.start] != "由"
        and not _SUPPLIED.match(text, each.span.end)
    ]
    here = [each for each in buyers if each.span.start >= sentence.span.start]
    return next(reversed(here or buyers), None)


FACT = FactType(
    name="chain_relation",
    label=Label("产业链关系", "chain relation"),
    version="1",
    properties=(
        FactProperty("supports", Label("配套于", "supports")),
        FactProperty("leads", Label("引领", "leads")),
        FactProperty("product_of", Label("产自", "product of")),
        FactProperty("supplied_by", Label("供货方", "supplied by")),
    ),
    extract=extract_chain_relations,
)
