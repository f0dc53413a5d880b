"""Who signs with whom in a sentence?"""

import re

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.organisations import Organisation
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence

_WITH = re.compile(r"(?<!参)[与和同跟]$")
_DIVISION = re.compile(
    r"(?:^|[,。])(?P<name>[^\W\d_]{2,8}(?:省|市|县|区|旗|州|盟)(?:人民)?(?:政府)?)(?:分别)?[与和同跟]$"
)
_ALIAS = re.compile(
    r"(?:^|[,。;])(?:该|本)?(?P<alias>联盟|协会|商会|公司|集团|学会|促进会)(?:分别)?[与和同跟]$"
)
# Who stands in front of 与 though its name has no end we know: 亿华通与河钢集团签订.
_WRITTEN = re.compile(
    r"(?:^|[,。;:])(?:日前|近日|会上|会后|当天|当日|随后|现场|其中|同时|期间|上午|下午|仪式上)*"
    r"(?P<name>[^\W\d_]{2,8})(?:已|还|也|现场)?(?:分别)?[与和同跟]$"
)
_NOBODY = re.compile(
    r"双方|我们|他们|各方|多方|大会|会议|会上|现场|期间|仪式|活动|代表|先后|正式|成功|共同|[将已还也并就在上中后日时]"
)
# A partner that is not the first of the list: 与兰州新区、白银有色集团.
_LATER = re.compile(r"(?<!参)(?P<with>[与同跟])[^,。;:与]{1,60}[、和]$")
_LIST = re.compile(r"(?<!参)[与同跟和](?P<items>[^,。;:与]{2,200})等$")
_ITEM = re.compile(r"(?:(?!、|以及|及|和(?!信息|城乡|改革|社会))[^\W_])+")
_LONGEST_ITEM = 14  # characters; more is no name
_SIGN = re.compile(r"签约|签订|签署|签下|签定")
_REACH = 24  # characters in front of a partner that may name who signs with it


def parties(mentions: Mentions, sentence: Sentence) -> tuple[str | None, tuple[Organisation, ...]]:
    """Return who signed, and the parties behind 与; without 与 all but the first.

    A division may sign as well (锡林浩特市与 …); it is named as written.
    """
    text = mentions.text
    signing = _SIGN.search(text, sentence.span.start, sentence.span.end)
    edge = signing.start() if signing else sentence.span.end
    named = [m for m in sentence.organisations if m.kind != "association"]
    for number, mention in enumerate(named):
        before = text[max(sentence.span.start, mention.span.start - _REACH) : mention.span.start]
        if mention.span.start > edge or not _WITH.search(before.removesuffix("分别")):
            continue
        division = _DIVISION.search(before)
        alias = _ALIAS.search(before)
        actor: str | None = None
        if alias:
            actor = mentions.named(alias["alias"], mention.span.start)
        elif number:
            actor = named[number - 1].name
        elif division:
            actor = division["name"]
        else:
            actor = _written(before)
        return actor, _listed(text, named[number:], edge)
    if not named:
        return None, ()
    later = _LATER.search(text, sentence.span.start, named[0].span.start)
    if later and named[0].span.start <= edge:
        start = max(sentence.span.start, later.end("with") - _REACH)
        return _written(text[start : later.end("with")]), _listed(text, named, edge)
    return named[0].name, _listed(text, named[1:], edge)


def _written(before: str) -> str | None:
    match = _WRITTEN.search(before)
    if match is None or _NOBODY.search(match["name"]):
        return None
    return match["name"]


def listed_by_count(
    mentions: Mentions, sentence: Sentence, at: int, known: tuple[Organisation, ...]
) -> tuple[Organisation, ...]:
    """Return the list in front of 等5家 item by item, those included that no rule knows.

    Parameters
    ----------
    mentions
        Of the page.
    sentence
        The sentence of the signing.
    at
        Where the count begins, right behind 等.
    known
        The partners found by their names; they are returned where there is no such list.
    """
    match = _LIST.search(mentions.text, sentence.span.start, at)
    if match is None or not known:
        return known
    items: list[Organisation] = []
    for item in _ITEM.finditer(mentions.text, *match.span("items")):
        inside = [m for m in known if m.span.start < item.end() and item.start() < m.span.end]
        if not inside:
            if not 2 <= len(item.group()) <= _LONGEST_ITEM:
                return known
            items.append(Organisation(item.group(), "party", Span(*item.span())))
        items.extend(each for each in inside if each not in items)
    return tuple(items) if set(known) <= set(items) else known


def _listed(text: str, named: list[Organisation], edge: int) -> tuple[Organisation, ...]:
    """Return the list's members: joined by 、 or 和, without a comma between."""
    members: list[Organisation] = []
    for mention in named:
        if members and re.search(r"[,;]", text[members[-1].span.end : mention.span.start]):
            break
        if mention.span.start < edge or not members:
            members.append(mention)
    return tuple(members)
