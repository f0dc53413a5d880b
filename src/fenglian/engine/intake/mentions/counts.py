"""What do the article's counts count: units that attended, persons, parties of a signing, else?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fenglian.engine.intake.mentions.sentences import Mentions, Sentence
from fenglian.engine.quantities import Found, find_quantities

_ATTENDED = re.compile(
    r"参加|参会|出席|到会|与会|相聚|齐聚|欢聚|汇聚|共聚|莅临|来自[^。]*代表|代表[^。]*来自"
)
_SIGNED = re.compile(r"签约|签订|签署|签下")
_UNIT = re.compile(r"^家")
_PERSON = re.compile(r"^(?:位|名|人)(?!次)")


@dataclass(frozen=True, slots=True)
class Count:
    """A count with its part in the sentence."""

    found: Found
    part: str  # "attending_units", "attending_persons", "partners" or "other"


def find_counts(mentions: Mentions, sentence: Sentence) -> Iterator[Count]:
    """Yield the counts of one sentence, by place."""
    text = mentions.text
    words = text[sentence.span.start : sentence.span.end]
    attended, signed = _ATTENDED.search(words), _SIGNED.search(words)
    for found in find_quantities(text, sentence.span.start, sentence.span.end):
        # 一 alone is an article more often than a count: 一个里程碑, 一批项目.
        if found.dimension != "count" or text[slice(*found.number)] == "一":
            continue
        unit = found.quantity.unit
        if _UNIT.match(unit) and signed and text[found.start - 1] == "等":
            yield Count(found, "partners")
        elif attended and _UNIT.match(unit):
            yield Count(found, "attending_units")
        elif attended and _PERSON.match(unit):
            yield Count(found, "attending_persons")
        else:
            yield Count(found, "other")
