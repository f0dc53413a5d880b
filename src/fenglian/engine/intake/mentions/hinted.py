"""Which hints are organisations that the rules do not see?

A known name is believed where no rule's mention covers it. What only the tagger takes for a name
must also look like one: no common word at its head, no verb inside, no kind of people at its end.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.hints import Hint
from fenglian.engine.intake.mentions.organisations import (
    BRAND_TAIL,
    COMMON_HEAD,
    Organisation,
    is_generic,
    joins_words,
)

UNSTATED = "organisation"  # the kind of a name that does not say what it is
_LONGEST = 20
# Parts of a house and kinds of people are no organisations of their own.
_PARTS = re.compile(
    r"^[^\W\d_]{0,5}(?:[部处科室组]|中心|董事会|理事会|监事会|大会|委员会|办公室|党委|支部)$|"
    r"(?:企业|机构|上下游|基金|队伍|[站团队班家]|单位|部门|产业|行业|产业链|项目|园区|平台|市场|论坛|峰会|展会|大会|会议|"
    r"[省市县区旗州盟][委部]|团委|工委|客户|供应商|厂商|高校|院校|政府|地区|集群|机组|风机|风场|电站|电场|风电场)$"
)
# 凌岳风 is no person where 凌岳风能 stands; 北峪重工生产部 is a part of 北峪重工.
_TRADES = rf"(?:{BRAND_TAIL}|风能|集团|绿能|复材|控股|实业)"
_BRAND = re.compile(rf"[^\W\d_]{{2,3}}{_TRADES}")
_PART_OF = re.compile(rf"(?P<whole>[^\W\d_]{{2,6}}?{_TRADES})[^\W\d_]{{1,6}}(?:[部处室]|中心)$")
_PLACE = re.compile(r"(?:省|市|县|区|旗|州|盟|镇|乡|村|街道|岛|湾|路)$")
_SIGNS = re.compile(r"[^\w·()&-]|\d{2,}")
# What follows makes a title, an event or the sign of a paper of it: 桐工信规[2021]3号.
_BEHIND = re.compile(r"书记|项目|机组|地区|大会|展[览会]|论坛|峰会|[规发办函字]{0,2}[\u3014\[]")
_TITLED = re.compile(
    r"(?:[校院所部局处科厂行站队会市县区省秘董事]长|总裁|经理|主任|书记|教授|院士|博士|主席|总工)$"
)
_KIND_ENDS = (
    ("department", re.compile(r"[部委署局厅]$|国务院|办公厅$")),
    ("financial_institution", re.compile(r"(?:银行|[农工中建交]行|证券|基金|保险|信托|国开行)$")),
    ("university", re.compile(r"(?:大学|学院|[^\W\d_]大)$")),
    ("institute", re.compile(r"(?:院|所|实验室)$")),
    ("association", re.compile(r"(?:会|联盟)$")),
    (
        "firm",
        re.compile(
            r"(?:科技|能源|电气|重工|重能|智能|股份|风电|风能|新能|电力|电缆|传动|海装|装备|动力|新材|新材料|机电|"
            r"重机|轴承|锻造|精工|集团|实业|材料|控股|铸造|钢铁|制造|机械|复材|电机|绿能|光伏|储能|电子|物流|重装|"
            r"汽车|航空|船舶|石化|化工|电器|工业|投资|资本|环保|检测)$"
        ),
    ),
)


def hinted_organisations(
    text: str, hints: Iterable[Hint], ruled: Iterable[Organisation]
) -> Iterator[tuple[Organisation, bool]]:
    """Yield what the hints add to the rules' mentions, and whether the name is known.

    Parameters
    ----------
    text
        In half width, as the rules read it.
    hints
        Of the page, by place.
    ruled
        What the rules found; what overlaps it is left out, unless it covers a mention whole.
    """
    ruled = tuple(ruled)
    taken = [mention.span for mention in ruled]
    full = {mention.name for mention in ruled}
    read = (hint if hint.known else _as_organisation(text, hint) for hint in hints)
    for hint in sorted(read, key=lambda hint: (not hint.known, hint.span)):
        if hint.kind == "person" or any(_forbids(span, hint) for span in taken):
            continue
        name = text[hint.span.start : hint.span.end]
        if hint.known:
            kind = hint.kind
        elif _looks_like_one(text, hint.span) and not any(_shortens(name, other) for other in full):
            kind = _kind_of(name)
        else:
            continue
        taken.append(hint.span)
        yield Organisation(name, kind, hint.span), hint.known


def _as_organisation(text: str, hint: Hint) -> Hint:
    """Return a guess with the ends that its trade gives it: 凌岳风|能, 北峪重工|生产部."""
    start, end = hint.span
    brand = _BRAND.match(text, start, start + 7)
    if brand and brand.end() > end:
        return replace(hint, kind="organisation", span=Span(start, brand.end()))
    if hint.kind == "person":
        return hint
    part = _PART_OF.match(text[start:end])
    return replace(hint, span=Span(start, start + part.end("whole"))) if part else hint


def _forbids(taken: Span, hint: Hint) -> bool:
    """Tell whether a mention leaves no room for a hint; a known name may cover a shorter mention."""
    span = hint.span
    if hint.known and span.start <= taken.start and taken.end <= span.end:
        return span == taken
    return taken.start < span.end and span.start < taken.end


def hinted_persons(hints: Iterable[Hint], within: Span) -> tuple[Span, ...]:
    """Return where in a sentence the tagger sees persons."""
    return tuple(
        hint.span
        for hint in hints
        if hint.kind == "person" and within.start <= hint.span.start and hint.span.end <= within.end
    )


def _looks_like_one(text: str, span: Span) -> bool:
    name, behind = text[slice(*span)], text[span.end : span.end + 3]
    if len(name) == 3 and _TITLED.search(text[max(0, span.start - 2) : span.start]):
        return False  # 校长文景行
    if not 3 <= len(name) <= _LONGEST or _SIGNS.search(name):
        return False
    if COMMON_HEAD.match(name) or is_generic(name) or joins_words(name):
        return False
    if _PARTS.search(name) or _PLACE.search(name):
        return False
    return not _BEHIND.match(behind)


def _shortens(name: str, full: str) -> bool:
    """Tell whether a name is a full one cut short: 中昊风能 of 中昊风能传动集团有限公司."""
    if name[:2] != full[:2] and name not in full:
        return False
    rest = iter(full)
    return all(sign in rest for sign in name)


def _kind_of(name: str) -> str:
    return next((kind for kind, end in _KIND_ENDS if end.search(name)), UNSTATED)
