"""Who supplies whom with what, and who makes what, in a masked sentence?

Each frame is one way of saying it. What is negated, planned or only talked about is not said.
The verb decides: 由甲生产 says who made it, 由甲供应 who supplied it; a dealer supplies too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.masking import FIRM, FIRMS, Masked
from fenglian.engine.intake.mentions.products import is_goods, product_names


@dataclass(frozen=True, slots=True)
class Deal:
    """One supplier with what the words say of its buyers and goods."""

    supplier: str
    buyers: tuple[str, ...]
    goods: tuple[str, ...]  # as written
    span: Span
    makes: bool = False  # whether the words say that the supplier made the goods


_MANNER = (
    r"(?:分别|各自|自主|独立|联合|共同|就近|独家|统一|全部|稳定|长期|批量|累计|直接|专门|专业|成功|负责|全程|主要|持续|率先|自行|"
    r"精心|定向|优先|独自|陆续|已经?|可|还|也|均|都|正在|同步|定制|量身){0,3}"
)
_MAKE = r"(?:(?:设计|研发|开发|研制|生产|制造|打造|承制|加工|锻造|铸造|锻制|铸制|组装|总装|建造|冶炼|轧制)[、和]?(?:并)?){1,3}"
_SUPPLY = r"(?:配套供应|配套提供|配套生产|中标供货|供货|供应|提供|配套|供给|承供|供|交付|中标)"
# Goods begin where a clause does or behind a firm: else each character would be tried.
_ITEMS = (
    r"(?<![^,。;:!?“”\U00100000-\U0010fffd])(?P<items>[^,。;:!?“”\U00100000-\U0010fffd]{2,44}?)"
)
_BEHIND = r"(?P<items>[^,。;:!?“”\U00100000-\U0010fffd]{2,30}?)"
_STOP = (
    r"(?=[,。;:!?”“)]|$|[\U00100000-\U0010fffd]|(?:主要|广泛|可|将|已经?|均|全部|都|直接|目前|现)*(?:用于|应用|用在|用到|装在|供应|销往|出口|远销|发往|运往)|"
    r"配套|(?:正式|成功|顺利|陆续|即将|已经?|正|等待|在|今日|日前|全部|[在从][^,。;]{1,24}?)*(?:下线|出厂|发运|起运|装车|启运|完工|交付|投用|问世|亮相|通过|获|吊装|安装))"
)
_NEAR = r"(?:(?:本地|当地|同城|邻近|附近|省内|市内|县内|园区内?|区内|[^\W\d_]{1,4}?)的)?"
_PASSIVE = re.compile(
    rf"{_ITEMS},?(?:均|则|全部|都|主要|也|分别|大多|将)*由{_NEAR}(?P<firms>{FIRMS}){_MANNER}"
    rf"(?:(?P<make>{_MAKE})|(?P<supply>{_SUPPLY}))(?!服务|支持|保障|担保)"
)
_ORIGIN = re.compile(
    rf"{_ITEMS}(?:均|则|全部|都|主要|也|大多)*(?P<from>来自|采购自|采购于|购自|产自|出自|源自){_NEAR}(?P<firms>{FIRMS})"
)
_USED = re.compile(
    rf"(?:采用|选用|使用|采购|配备|搭载|安装|订购|购买|购置|引进|装配|用上|换上)(?:了|的是|的)?(?P<firms>{FIRMS}){_MANNER}"
    rf"(?:(?P<make>{_MAKE})|{_SUPPLY})?的{_BEHIND}{_STOP}"
)
_BOUGHT = re.compile(
    rf"(?<!面)[从向](?P<firms>{FIRMS})(?:{_MANNER})(?:采购|订购|购买|购进|购入|购置|进口|引进|订货)(?:了)?{_BEHIND}{_STOP}"
)
_MADE = re.compile(
    rf"(?P<firms>{FIRM})(?:[^\W\d_]{{2,4}}(?:基地|工厂|车间))?(?:,(?=专门|主要|专业))?(?:为(?P<buyers>{FIRMS}))?(?:所|一直|目前|现|年|成功|可|能|已|今年|去年|全年)?{_MANNER}"
    rf"(?:(?P<year>年产)|{_MAKE}(?:出|了|的)?){_BEHIND}(?(year)(?=[\d约超近]|[,。;])|{_STOP})"
)
_OWN = re.compile(
    rf"(?P<firms>{FIRM})(?:自主)?的{_BEHIND}(?=(?:正|已|将|即将|陆续|全部|日前|等待|成功|顺利|正式|近日|在[^,。;]{{1,12}}?)*"
    rf"(?:下线|出厂|发运|起运|装车|启运|发往|完工交付|等待出厂))"
)
_SELLS = re.compile(
    rf"(?P<firms>{FIRM})的?(?P<items>[^,。;:!?“”的\U00100000-\U0010fffd]{{2,16}}?)(?:现|已|主要|全部|大量|还|也|均)*"
    r"(?:为[^,。;]{1,16}?配套|远销|畅销|出口(?!创)|销往|打入[^,。;]{1,8}市场)"
)
_AT = re.compile(
    rf"{_ITEMS}(?:正|日前|近日|今天|当天)*[在从](?P<firms>{FIRM})[^,。;]{{0,10}}?(?:下线|出厂|发运|起运|装车|启运|完工)"
)
_FOR = re.compile(
    rf"(?:为|向|给|对)(?:[^\W\d_]{{0,6}}?)(?P<buyers>{FIRM}[^,。;]{{0,60}}?)(?<!不)(?P<verb>供货|供应|提供|配套|供给|交付|发运|供)"
    rf"(?:了)?(?P<items>[^,。;:!?“”\U00100000-\U0010fffd]{{0,30}})"
)
_TO = re.compile(
    rf"(?:全部|主要|直接|将|已|均|都|批量|陆续|独家)*(?:供应|供给|交付|销往|卖给|送往|送到|发给|售予|销售给)(?:给|到|至)?(?P<buyers>{FIRMS})"
)
_SUPPLIER_OF = re.compile(
    rf"(?P<firms>{FIRM})(?:已|早已|还|也|现)?(?:是|为|成为|成了|作为)(?P<buyers>{FIRMS})(?:的)?[^,。;\U00100000-\U0010fffd]{{0,10}}?(?:供应商|配套商|供货商|配套企业|配套厂家?|供应企业)"
)
_SUPPLIERS = re.compile(
    rf"(?:(?<=[,。;:“])|^)(?P<items>[^,。;:“\U00100000-\U0010fffd]{{0,12}}?)(?:供应商|供货商|配套商)(?:有|为|是|包括|主要|:)+(?P<firms>{FIRMS})"
)
_CUSTOMERS = re.compile(
    rf"(?:客户|用户|买家|采购方|下游企业)(?:有|为|是|包括|主要|涵盖|:)+(?P<buyers>{FIRMS})"
)
_BID = re.compile(
    rf"(?P<firms>{FIRM})(?:成功|顺利|预|独家|先后|联合体)*中标(?:了)?{_BEHIND}{_STOP}"
)
_ORDERED = re.compile(
    rf"(?P<buyers>{FIRM})(?:[^,。;\U00100000-\U0010fffd]{{0,20}}?)[与和同](?P<firms>{FIRMS})(?:正式|成功|日前|近日|当场|现场)*(?:签订|签署|签下|签了)(?:了|的)?"
    r"(?P<items>[^,。;:\U00100000-\U0010fffd]{2,24}?)(?:框架)?(?:采购|订购|订货)(?:框架)?(?:合同|协议|订单)"
)
_UNSAID = re.compile(
    r"不再|并非|不是|未能|没有|尚未|取消|终止|停止|拒绝|洽谈|有意|意向|如果|若能|一旦|假如|传言|谣传|据传|拟|计划|有望|希望|争取|考虑|不得|禁止|不由"
)
_FOR_THEM = re.compile(
    rf"(?P<firms>{FIRM})[^,。;\U00100000-\U0010fffd]{{0,12}}?[与和同](?P<buyers>{FIRMS})[^,。;\U00100000-\U0010fffd]{{2,24}},"
    rf"(?:并|将|长期)*(?:为|向|给)(?:其|它们|他们|对方|后者){_MANNER}(?:供货|供应|提供|配套|供给)(?:了)?{_BEHIND}{_STOP}"
)
_CLAUSE = re.compile(r"[,。;:!?]")
_OWNED = re.compile(rf"(?P<owner>{FIRM})(?:$|的$)")


def find_deals(masked: Masked) -> Iterator[Deal]:
    """Yield what the frames find, in the order of the frames."""
    for frame, read in _FRAMES:
        for match in frame.finditer(masked.text):
            if not _is_unsaid(masked.text, match):
                yield from read(masked, match)


def _is_unsaid(text: str, match: re.Match[str]) -> bool:
    """Tell whether the words around negate, plan or doubt what they say."""
    marks = [mark.end() for mark in _CLAUSE.finditer(text, 0, match.start())]
    start = marks[-1] if marks else 0
    return _UNSAID.search(text, start, match.end()) is not None


def _subject(masked: Masked, before: int, besides: list[str]) -> str | None:
    """Return the firm that a clause is about: named before in the sentence, else the topic."""
    ahead = [name for name in masked.actors(before) if name not in besides]
    used = set(_suppliers_ahead(masked, before))
    free = [name for name in ahead if name not in used]
    found = free[-1] if free else masked.topic
    return None if found in besides else found


def _suppliers_ahead(masked: Masked, before: int) -> Iterator[str]:
    """Yield the firms that the words ahead have in the part of a supplier: 由甲供应,…"""
    for frame in (_PASSIVE, _ORIGIN, _USED):
        for match in frame.finditer(masked.text, 0, before):
            yield from masked.firms(match["firms"])


def _owner(masked: Masked, match: re.Match[str]) -> str | None:
    """Return the firm whose goods they are: 甲的法兰由乙供应."""
    ahead = _OWNED.search(masked.text[: match.start("items")])
    return masked.name(ahead["owner"]) if ahead else None


def _pairs(match: re.Match[str], firms: list[str], goods: list[str]) -> list[tuple[str, list[str]]]:
    """Return each firm with its goods: 由甲、乙分别供应 goes one by one."""
    if "分别" in match.group() and len(firms) == len(goods) > 1:
        return [(firm, [item]) for firm, item in zip(firms, goods, strict=True)]
    return [(firm, goods) for firm in firms]


def _passive(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    firms, goods = masked.firms(match["firms"]), product_names(match["items"])
    if not goods and (match["make"] or not is_goods(match["items"])):
        return
    buyer = _owner(masked, match)
    if buyer is None and match["supply"]:
        buyer = _subject(masked, match.start("items"), firms)
    for firm, own in _pairs(match, firms, goods):
        yield _deal(masked, match, firm, buyer, own, makes=bool(match["make"]))


def _origin(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    firms, goods = masked.firms(match["firms"]), product_names(match["items"])
    if not goods and not is_goods(match["items"]):
        return
    buyer = _owner(masked, match) or _subject(masked, match.start("items"), firms)
    makes = match["from"] in ("产自", "出自", "源自")
    for firm, own in _pairs(match, firms, goods):
        yield _deal(masked, match, firm, buyer, own, makes=makes)


def _used(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    firms, goods = masked.firms(match["firms"]), product_names(match["items"])
    if not goods and not is_goods(match["items"]):
        return
    makes = bool(match.groupdict().get("make"))
    # 采用甲生产的铸件: who made them is said, who sold them is not.
    buyer = None if makes else _subject(masked, match.start(), firms)
    for firm, own in _pairs(match, firms, goods):
        yield _deal(masked, match, firm, buyer, own, makes=makes)


def _made(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    goods = product_names(match["items"])
    if not goods:
        return
    buyers = match.groupdict().get("buyers")
    for firm in masked.firms(match["firms"]):
        named = tuple(each for each in masked.firms(buyers or "") if each != firm)
        yield Deal(firm, named, tuple(goods), masked.span(match), makes=match.re is not _FOR_THEM)


def _for(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    goods = product_names(match["items"])
    if (
        match["verb"] in ("提供", "交付", "发运", "供")
        and not goods
        and not is_goods(match["items"])
    ):
        return
    buyers = masked.firms(match["buyers"])
    yield from _sold(masked, match, buyers, goods)


def _to(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    yield from _sold(masked, match, masked.firms(match["buyers"]), [])


def _sold(
    masked: Masked, match: re.Match[str], buyers: list[str], goods: list[str]
) -> Iterator[Deal]:
    ahead = [name for name in masked.actors(match.start()) if name not in buyers]
    supplier = ahead[-1] if ahead else masked.topic
    if supplier and supplier not in buyers:
        yield Deal(supplier, tuple(buyers), tuple(goods), masked.span(match))


def _supplier_of(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    supplier = masked.name(match["firms"])
    buyers = tuple(each for each in masked.firms(match["buyers"]) if each != supplier)
    yield Deal(supplier, buyers, (), masked.span(match))


def _suppliers(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    firms, goods = masked.firms(match["firms"]), product_names(match["items"])
    buyer = None if goods else _subject(masked, match.start(), firms)
    for firm in firms:
        yield _deal(masked, match, firm, buyer, goods)


def _ordered(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    """Yield from 甲与乙签订叶片采购合同: who sells is only known where its name tells the trade."""
    goods = product_names(match["items"])
    parties = [masked.name(match["buyers"]), *masked.firms(match["firms"])]
    sellers = [firm for firm in parties if any(item[-2:] in firm for item in goods)]
    if len(sellers) == 1 and len(parties) == 2:
        [seller] = sellers
        buyer = next(firm for firm in parties if firm != seller)
        yield _deal(masked, match, seller, buyer, goods)


def _bid(masked: Masked, match: re.Match[str]) -> Iterator[Deal]:
    goods = product_names(match["items"])
    if not goods:
        return
    buyer = masked.tenderer
    for firm in masked.firms(match["firms"]):
        yield _deal(masked, match, firm, buyer, goods)


def _deal(
    masked: Masked,
    match: re.Match[str],
    firm: str,
    buyer: str | None,
    goods: list[str],
    *,
    makes: bool = False,
) -> Deal:
    buyers = (buyer,) if buyer and buyer != firm else ()
    return Deal(firm, buyers, tuple(goods), masked.span(match), makes)


_Frame = Callable[[Masked, re.Match[str]], Iterator[Deal]]
_FRAMES: tuple[tuple[re.Pattern[str], _Frame], ...] = (
    (_PASSIVE, _passive),
    (_ORIGIN, _origin),
    (_USED, _used),
    (_BOUGHT, _used),
    (_MADE, _made),
    (_OWN, _made),
    (_SELLS, _made),
    (_FOR_THEM, _made),
    (_AT, _made),
    (_FOR, _for),
    (_TO, _to),
    (_SUPPLIER_OF, _supplier_of),
    (_SUPPLIERS, _suppliers),
    (_CUSTOMERS, _to),
    (_BID, _bid),
    (_ORDERED, _ordered),
)
