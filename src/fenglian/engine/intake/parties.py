"""Who signs with whom in a sentence?"""

import re

from fenglian.engine.intake.mentions import Mentions, Sentence
from fenglian.engine.intake.organisations import Organisation

_WITH = re.compile(r"(?<!参)[与和同跟]$")
_DIVISION = re.compile(
    r"(?:^|[,。])(?P<name>[^\W\d_]{2,8}(?:省|市|县|区|旗|州|盟)(?:人民)?(?:政府)?)(?:分别)?[与和同跟]$"
)
_ALIAS = re.compile(
    r"(?:^|[,。;])(?:该|本)?(?P<alias>联盟|协会|商会|公司|集团|学会|促进会)(?:分别)?[与和同跟]$"
)
_SIGN = re.compile(r"签约|签订|签署|签下|签定")


def parties(mentions: Mentions, sentence: Sentence) -> tuple[str | None, tuple[Organisation, ...]]:
    """Return who signed, and the parties behind 与; without 与 all but the first.

    A division may sign as well (锡林浩特市与 …); it is named as written.
    """
    text = mentions.text
    signing = _SIGN.search(text, sentence.span.start, sentence.span.end)
    edge = signing.start() if signing else sentence.span.end
    named = [m for m in sentence.organisations if m.kind != "association"]
    for number, mention in enumerate(named):
        before = text[max(sentence.span.start, mention.span.start - 24) : mention.span.start]
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
        return actor, _listed(text, named[number:], edge)
    if not named:
        return None, ()
    return named[0].name, _listed(text, named[1:], edge)


def _listed(text: str, named: list[Organisation], edge: int) -> tuple[Organisation, ...]:
    """Return the list's members: joined by 、 or 和, without a comma between."""
    members: list[Organisation] = []
    for mention in named:
        if members and re.search(r"[,;]", text[members[-1].span.end : mention.span.start]):
            break
        if mention.span.start < edge or not members:
            members.append(mention)
    return tuple(members)
