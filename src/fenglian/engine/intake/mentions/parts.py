"""Which part goes into which product, said without a firm: 齿轮箱是风电机组的核心部件?"""

import re
from collections.abc import Iterator

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.masking import FIRM, Masked
from fenglian.engine.intake.mentions.products import product_name, product_names, without_rating

_WORDS = r"[^,。;:!?“”的\U00100000-\U0010fffd]"
_EDGE = rf"(?<!{_WORDS})"  # a phrase begins where a clause does: else each character would be tried
_KEY = r"(?:最|最为)?(?:核心|关键|重要|主要|必备|基础|上游|连接|传动|承载|支撑|配套|之一)*"
_IS_PART = re.compile(
    rf"{_EDGE}(?P<items>{_WORDS}{{2,24}}?)(?:是|作为|被称为)(?P<whole>{_WORDS}{{2,20}}?)(?:的{_KEY}|(?:核心|关键|重要|主要)+)(?:零部件|部件|组件|构件|连接件|结构件|件|材料|原料|配件|设备)"
)
_USED_FOR = re.compile(
    rf"{_EDGE}(?P<items>{_WORDS}{{2,24}}?)(?:全部|主要|广泛|可|将|直接|均|都|已|批量|分别|大量|成功)*(?:用于|应用于|配套于|用在|装在|装到|应用在|适配)(?:[^,。;:!?“”]{{0,8}}?[的\U00100000-\U0010fffd]的?)?(?P<whole>{_WORDS}{{2,20}}?)(?=等|[,。;:!?”]|上|中|的|制造|生产|领域|$)"
)
_FITTED = re.compile(
    rf"(?:为|与)(?:{FIRM}(?:生产|研制|制造)?的?)?(?P<whole>{_WORDS}{{2,20}}?)(?:提供)?配套(?!企业|能力|产业|设施|服务|政策)"
)
_YEARLY = re.compile(rf"年产(?P<items>{_WORDS}{{2,12}}?)(?=\d)")
_THESE = re.compile(
    rf"(?:这批|该批|首批|这些|这种|该|此批)(?P<items>{_WORDS}{{2,12}}?)(?=共|将|已|[,\d]|主要|全部|重|总)"
)
_MADE_OF = re.compile(
    rf"{_EDGE}(?P<whole>{_WORDS}{{2,16}}?)(?:主要|通常|大致)?由(?P<items>{_WORDS}{{3,60}}?)(?:等)?(?:多个|多种|核心|关键|主要|几大)?"
    r"(?:零部件|部件|部分|系统|组件|环节)?(?:组成|构成|组装而成|装配而成)"
)
_NEEDED = re.compile(
    rf"{_EDGE}(?P<whole>{_WORDS}{{2,12}}?)(?:生产)?(?:所用|所需|需用)的?(?P<items>{_WORDS}{{2,16}}?)(?=,?(?:均|则|全部|都|主要|也)*(?:由|来自|采购自|购自|从))"
)
_SUCH = re.compile(
    rf"{_EDGE}(?P<items>{_WORDS}{{3,60}}?)等(?P<whole>{_WORDS}{{2,12}}?)的?(?:核心|关键|重要|主要)(?:零部件|部件|组件)"
)
_MATCHED = re.compile(
    rf"(?:^|[:,])(?P<items>{_WORDS}{{2,24}}),配套(?P<whole>{_WORDS}{{2,20}}?)(?=[,。;]|$)"
)
_PRONOUN = re.compile(r"^(?:这|那|它|他|她|我们|公司|目前|其)$")


def find_parts(masked: Masked) -> Iterator[tuple[str, str, Span]]:
    """Yield part, what it goes into, and where it says so."""
    for frame in (_IS_PART, _USED_FOR, _MADE_OF, _NEEDED, _SUCH, _MATCHED):
        for match in frame.finditer(masked.text):
            yield from _pairs(masked, match, match["items"])
    for match in _FITTED.finditer(masked.text):
        these = _last(_THESE, masked.text, match.start()) or _last(
            _YEARLY, masked.text, match.start()
        )
        if these:
            yield from _pairs(masked, match, these["items"])


def _last(frame: re.Pattern[str], text: str, before: int) -> re.Match[str] | None:
    """Return the last match in front of a place."""
    return max(frame.finditer(text, 0, before), key=lambda each: each.start(), default=None)


def _pairs(masked: Masked, match: re.Match[str], items: str) -> Iterator[tuple[str, str, Span]]:
    named = product_name(match["whole"])
    whole = without_rating(named) if named else None
    for part in map(without_rating, product_names(items)):
        if whole and part != whole and not _PRONOUN.match(part):
            yield part, whole, masked.span(match)
