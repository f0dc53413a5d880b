"""Where on the page may a name stand that no rule of its own finds?

Two sources: the names that the alliance knows already, and the tagger's guesses. A hint is no
fact: ``mentions`` takes it up only where the rules see nothing, and what rests on the tagger
alone stays doubted until a person has looked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.tables import Weights
from fenglian.engine.quantities import fold_width

SHORTEST = 3  # characters; what is shorter stands inside too many other words
_KINDS: dict[str, Literal["organisation", "person"]] = {"ORG": "organisation", "PERSON": "person"}


@dataclass(frozen=True, slots=True)
class Hint:
    """A run of characters that may be a name."""

    kind: str  # "person", "organisation", or of a known name its kind of organisation
    span: Span  # clean characters
    known: bool  # in the registry or among the aliases; otherwise the tagger's guess


class Gazetteer:
    """The names of organisations that are known, to be found in a text in one pass."""

    __slots__ = ("_by_start", "size")

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take names with their kinds; of one name twice the first kind counts."""
        self._by_start: dict[str, dict[str, str]] = {}
        for name, kind in names:
            folded = fold_width(name.strip())
            if len(folded) >= SHORTEST and not folded.isdigit():
                self._by_start.setdefault(folded[:SHORTEST], {}).setdefault(folded, kind)
        self.size = sum(map(len, self._by_start.values()))  # names that can be found

    def find(self, text: str, part: Span) -> Iterator[Hint]:
        """Yield the known names of a part by place, of two at one place the longer."""
        at = part.start
        while at < part.end:
            names = self._by_start.get(text[at : at + SHORTEST], {})
            fits = [name for name in names if _stands(text, at, name, part.end)]
            if fits:
                name = max(fits, key=len)
                yield Hint(names[name], Span(at, at + len(name)), known=True)
                at += len(name)
            else:
                at += 1


def _stands(text: str, at: int, name: str, end: int) -> bool:
    """Tell whether a name stands at a place, and not inside a longer word of Latin letters."""
    stop = at + len(name)
    if stop > end or not text.startswith(name, at):
        return False
    before, after = text[at - 1 : at], text[stop : stop + 1]
    return not (_latin(name[0]) and _latin(before)) and not (_latin(name[-1]) and _latin(after))


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def find_hints(
    text: str,
    sentences: tuple[Span, ...],
    gazetteer: Gazetteer | None,
    tagger: Weights | None,
) -> tuple[Hint, ...]:
    """Return the hints of the sentences by place; without either source there are none.

    Parameters
    ----------
    text
        The clean text in half width.
    sentences
        The spans to look in: the article's sentences.
    """
    found: list[Hint] = []
    if gazetteer is not None:
        for sentence in sentences:
            found.extend(gazetteer.find(text, sentence))
    if tagger is not None:
        # numpy is not loaded where the rules read alone.
        from fenglian.engine.intake.recogniser import Recogniser  # noqa: PLC0415

        named = Recogniser(tagger).recognise([text[start:end] for start, end in sentences])
        for sentence, names in zip(sentences, named, strict=True):
            for name in names:
                if kind := _KINDS.get(name.kind):
                    start, end = (sentence.start + place for place in name.span)
                    found.append(Hint(kind, Span(start, end), known=False))
    return tuple(sorted(found, key=lambda hint: (hint.span, not hint.known)))
