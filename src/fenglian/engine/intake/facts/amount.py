"""Which sums of money does the article give, and for what?"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.fact_type import FactProperty, FactType
from fenglian.engine.intake.mentions.columns import find_figures
from fenglian.engine.intake.mentions.events import Event, find_events
from fenglian.engine.intake.mentions.parties import parties
from fenglian.engine.intake.mentions.prose import clause
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence, find_mentions
from fenglian.engine.intake.page import Page
from fenglian.engine.intake.statements import Finding
from fenglian.engine.intake.tables import Tables
from fenglian.engine.labels import Label
from fenglian.engine.quantities import Bound, Found, Quantity, find_quantities, plain

# Role → words in front of the number; the nearest decides.
_ROLES: tuple[tuple[str, str], ...] = (
    (
        "signed_total",
        (
            r"(?:签约|协议|成交|订单|意向|授信)[^,。;]{0,8}(?:金额|总额|额)|(?:合同|中标)[^,。;]{0,6}(?:总额|总金额|总价)|"
            r"(?<!投资)(?<!利润)(?<!资产)总额|(?<!投资)总金额|(?:意向|在手|新增)订单|授信|协议总?(?:投资|引资)(?:总?额)?"
        ),
    ),
    ("output", r"产值|产出|生产总值|增加值"),
    ("revenue", r"营业?收入|营收|销售(?:收入|额)|主营业务收入|收入|创汇|出口额"),
    ("profit", r"利税|利润|净利|盈利"),
    ("tax", r"税收|纳税|税金|上缴税"),
    (
        "price",
        r"单价|售价|价格|均价|每[台吨千]|报价|中标(?:价|金额)|合同(?:金额|价|额)(?!总|合计)|签订[^,。;]{0,12}合同,?(?:金额|价)?|票价|费用|运费|房价|收费",
    ),
    ("investment", r"投资额?|固投|注资|增资|出资|资金|投入|斥资|耗资|概算|造价"),
)
_ROLE_RULES = tuple((name, re.compile(words)) for name, words in _ROLES)
_PROJECTS = re.compile(r"签约[^。]{0,14}?(?P<n>\d+)个(?=[^,。]{0,8}项目|,)")
_FARTHEST = 1000  # characters that a sum may stand behind the firm it is about
_COUNTED_NOUN = re.compile(r"的?[^,。;\d]{0,10}?(?:项目|工程|企业|合同|订单)")
_NUMBER = r"(?:\d+|[一二两三四五六七八九十百]+)[余多]?[个家项份]"
_COUNTED_BEHIND = re.compile(rf"{_COUNTED_NOUN.pattern}[^,。;\d]{{0,4}}{_NUMBER}")
_COUNTED_AHEAD = re.compile(rf"{_NUMBER}(?:投资|金额|合同额?)?$")
_EXPECTED = re.compile(r"预计|预估|估计|估算|有望达?")
# 约每千瓦7800元, 最高300万元奖励: the bound stands off, or means a bound of money alone.
_STANDS_OFF: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("approx", re.compile(r"约(?:为|合)?每[^,。\d]{1,4}$")),
    ("le", re.compile(r"最高(?:可?达|可?给予|可?奖励|可?补助|可获|为)?$")),
)
_BEHIND = re.compile(
    r"(?:的)?年?(?P<what>产值|销售收入|营业收入|营收|利税|税收|利润|投资(?!者|公司))"
)


def extract_amounts(page: Page, tables: Tables) -> Iterator[Finding]:
    """Yield the sums with role and bound; a total of several parties is never divided."""
    mentions = find_mentions(page)
    signings = {
        event.sentence.span: event
        for event in reversed(find_events(page))
        if event.type == "signed"
    }
    carried = ""
    for sentence in mentions.sentences:
        signed = signings.get(sentence.span)
        previous = sentence.span.start
        carried = carried if _goes_on(mentions.text, sentence) else ""
        for found in find_quantities(mentions.text, sentence.span.start, sentence.span.end):
            if found.dimension != "money" or found.level:
                continue
            if _is_threshold(mentions.text, sentence, found):
                continue
            role = _role(mentions.text, sentence, previous, found, signed) or carried or "amount"
            if role == "signed_total" and _is_part(mentions.text, sentence, found):
                role = "signed_part"
            previous, carried = found.end, role
            quantity = _expected(mentions.text, sentence, found)
            yield Finding(
                _subject(page, mentions, sentence, found, signed),
                role,
                plain(quantity.figure),
                Span(found.start, found.end),
                quantity,
                _qualifiers(mentions.text, found, signed),
            )
    yield from _in_columns(page, mentions)


def _goes_on(text: str, sentence: Sentence) -> bool:
    """Tell whether the sums are of the kind of the last: 其中,一季度268.3亿元; 12月19.2亿元."""
    start = sentence.span.start
    return text.startswith("其中", start) or ";" in text[max(0, start - 2) : start]


def _in_columns(page: Page, mentions: Mentions) -> Iterator[Finding]:
    """Yield the sums of a table, each about the firm of its line, its role from its heading."""
    for figure in find_figures(page):
        if figure.found.dimension != "money":
            continue
        firms = mentions.register.within(figure.line.start, figure.line.end)
        yield Finding(
            firms[0].name if firms else "",
            next((name for name, words in _ROLE_RULES if words.search(figure.heading)), "amount"),
            plain(figure.found.quantity.figure),
            Span(figure.found.start, figure.found.end),
            figure.found.quantity,
            _qualifiers(mentions.text, figure.found, None),
        )


def _role(text: str, sentence: Sentence, previous: int, found: Found, signed: Event | None) -> str:
    behind = _BEHIND.match(text, found.end)
    if behind:
        return next(name for name, words in _ROLE_RULES if words.search(behind["what"]))
    nearest, role = -1, ""
    for name, words in _ROLE_RULES:
        for match in words.finditer(text, previous, found.start):
            if match.end() > nearest:
                nearest, role = match.end(), name
    if role == "investment" and signed and previous == sentence.span.start:
        # 集中签约15个项目,总投资额111亿元: the sum of what was signed.
        projects = _PROJECTS.search(text, sentence.span.start, found.start)
        if projects and int(projects["n"]) > 1:
            return "signed_total"
    if text[found.end : found.end + 1] == "/":
        return "price"
    if role:
        return role
    return "signed_total" if signed and found.start > signed.span.start else ""


def _is_threshold(text: str, sentence: Sentence, found: Found) -> bool:
    """Tell whether the sum only says which projects are counted: 5亿元以上项目4个."""
    if found.quantity.bound not in ("ge", "gt"):
        return False
    around = clause(text, found.start, sentence.span)
    if "总" in text[around.start : found.start]:
        return False
    if _COUNTED_BEHIND.match(text, found.end, sentence.span.end):
        return True
    counted = _COUNTED_AHEAD.search(text[around.start : found.start])
    return bool(counted and _COUNTED_NOUN.match(text, found.end, sentence.span.end))


def _is_part(text: str, sentence: Sentence, found: Found) -> bool:
    around = clause(text, found.start, sentence.span)
    part = text.rfind("其中", sentence.span.start, found.start)
    return part >= 0 and "总" not in text[max(part, around.start) : found.start]


def _expected(text: str, sentence: Sentence, found: Found) -> Quantity:
    """Return the sum; with the bound that its clause gives it from afar where it has no other."""
    quantity = found.quantity
    if quantity.bound != "eq":
        return quantity
    around = clause(text, found.start, sentence.span)
    before = text[around.start : found.start]
    bound: Bound = "approx" if _EXPECTED.search(before) else "eq"
    bound = next((far for far, words in _STANDS_OFF if words.search(before)), bound)
    return Quantity(quantity.figure, bound, quantity.unit, quantity.top)


def _subject(
    page: Page, mentions: Mentions, sentence: Sentence, found: Found, signed: Event | None
) -> str:
    """Return who the sum is about: the signer, else the firm or works last named before it."""
    if signed and (signed.subject or parties(mentions, sentence)[1]):
        return signed.subject  # empty where only the partners are known
    first = page.text.rfind("\n", 0, found.start)
    before = mentions.register.within(max(first, found.start - _FARTHEST), found.start)
    actors = [m for m in before if m.kind not in ("zone", "department")]
    here = [m for m in actors if m.span.start >= sentence.span.start]
    for named in (here, actors, before):
        if named:
            return named[-1].name
    around = clause(mentions.text, found.start, sentence.span)
    return page.text[around.start : found.start].strip()


def _qualifiers(text: str, found: Found, signed: Event | None) -> tuple[tuple[str, str], ...]:
    fixed = [("currency", "CNY" if found.quantity.unit == "yuan" else found.quantity.unit)]
    if signed:
        fixed.append(("parts", "not stated"))
        if signed.date:
            fixed.append(("date", signed.date.iso))
    return tuple(fixed)


FACT = FactType(
    name="amount",
    label=Label("金额", "amount"),
    version="2",
    properties=(
        FactProperty("signed_total", Label("签约总额", "signed total")),
        FactProperty("signed_part", Label("签约额的一部分", "part of a signed total")),
        FactProperty("investment", Label("投资", "investment")),
        FactProperty("output", Label("产值", "output")),
        FactProperty("revenue", Label("收入", "revenue")),
        FactProperty("profit", Label("利润、利税", "profit")),
        FactProperty("tax", Label("税收", "tax")),
        FactProperty("price", Label("价格", "price")),
        FactProperty("amount", Label("金额", "amount")),
    ),
    extract=extract_amounts,
)
