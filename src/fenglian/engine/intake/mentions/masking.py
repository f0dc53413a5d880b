"""How does a sentence read when every firm in it is one sign?

Rules of who supplies whom are written on such text: 甲由乙供应 is the same sentence however long
the two names are. 公司, 该公司 and short names that the page defines stand for the firm they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.organisations import Organisation
from fenglian.engine.intake.mentions.sentences import Mentions, Sentence

_FIRST = 0x100000  # private use, plane 16; the page's own characters of that plane are no firms
FIRM = "[\U00100000-\U0010fffd]"
FIRMS = (
    rf"{FIRM}(?:(?:、|和|与|及|以及)(?:[^\W\d_]{{1,4}}的)?{FIRM})*"
    r"(?:等)?(?:[\d一二两三四五六七八九十]*[余多]?家)?(?:企业|厂家|单位)?"
)
_SIGN = re.compile(FIRM)
_MAKERS = ("firm", "institute")
_DEFINED = re.compile(
    r"\((?:以下|下文|下)?(?:简?称)[:为是]?[“\"']?(?P<alias>[^”\"'()、,]{2,10})[”\"']?\)"
)
_GENERIC = r"(?:该|本|我们|这家)?公司(?!制)|该厂|我厂|我们|该企业|这家企业|该集团"
_TENDER = re.compile(rf"(?P<firm>{FIRM})[^。;]{{0,30}}?(?:公示|公布|招标|采购|开标|定标|发布)")
_FORM = re.compile(r"(?:集团)?(?:股份)?有限(?:责任)?公司$|(?:集团|股份)公司$")
_WORKS_OF = re.compile(r"^.{2,24}?(?:公司|集团)(?=.)")
_ROLE_BEFORE = re.compile(
    r"(?:由|为|向|给|从|与|和|、|用|自|于|购|付|应|对|被|同|及|以及|供|往|是|有|括|:|至|在|的)$"
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with each firm as one sign."""

    text: str
    names: tuple[str, ...]  # of the signs, by number
    starts: tuple[int, ...]  # places in the page's text of each character, and of the end
    topic: str | None  # the firm that the sentences before are about
    tenderer: str | None = None  # the firm whose purchase the sentences before announce

    def name(self, sign: str) -> str:
        """Return the firm of a sign."""
        return self.names[ord(sign) - _FIRST]

    def firms(self, words: str) -> list[str]:
        """Return the firms of a piece of masked text, each once."""
        return list(dict.fromkeys(self.name(sign) for sign in _SIGN.findall(words)))

    def actors(self, before: int | None = None) -> list[str]:
        """Return the firms that no preposition governs, in front of a place."""
        return [
            self.name(match.group())
            for match in _SIGN.finditer(self.text, 0, len(self.text) if before is None else before)
            if not _ROLE_BEFORE.search(self.text[max(0, match.start() - 2) : match.start()])
        ]

    def span(self, match: re.Match[str]) -> Span:
        """Return where a match stands on the page, with the firm whose goods it names first."""
        start = match.start()
        if start and _SIGN.match(self.text[start - 1]):
            start -= 1
        return Span(self.starts[start], self.starts[match.end()])


def mask_sentences(mentions: Mentions) -> Iterator[Masked]:
    """Yield the sentences of a page in order, masked."""
    aliases = _aliases(mentions)
    written = "|".join(re.escape(alias) for alias in sorted(aliases, key=len, reverse=True))
    short = re.compile(rf"(?P<alias>{written})|{_GENERIC}" if written else _GENERIC)
    topic = tenderer = None
    for sentence in mentions.sentences:
        masked = _mask(mentions, sentence, short, aliases, topic)
        tender = _TENDER.search(masked.text)
        tenderer = masked.name(tender["firm"]) if tender else tenderer
        yield replace(masked, tenderer=tenderer)
        topic = _topic(masked) or topic


def _aliases(mentions: Mentions) -> dict[str, str]:
    """Return the short names that the page defines behind a full one, and names less their form."""
    found: dict[str, str] = {}
    for firm in mentions.organisations:
        match = _DEFINED.match(mentions.text, firm.span.end)
        if match and firm.kind in _MAKERS:
            found.setdefault(match["alias"], firm.name)
    for firm in mentions.organisations:
        stem = _FORM.sub("", firm.name)
        if firm.kind == "firm" and 4 <= len(stem) < len(firm.name):
            found.setdefault(stem, firm.name)
    return {alias: name for alias, name in found.items() if alias not in ("公司", "集团")}


def _mask(
    mentions: Mentions,
    sentence: Sentence,
    short: re.Pattern[str],
    aliases: dict[str, str],
    topic: str | None,
) -> Masked:
    signs = [(firm.span, aliases.get(firm.name, _owner(firm))) for firm in _named(sentence)]
    taken = [firm.span for firm in sentence.organisations]
    for match in short.finditer(mentions.text, sentence.span.start, sentence.span.end):
        if any(span.start < match.end() and match.start() < span.end for span in taken):
            continue
        meant = aliases.get(match.group()) or _meant(mentions, sentence, match, topic)
        if meant:
            signs.append((Span(*match.span()), meant))
    return _build(mentions.text, sentence.span, sorted(signs), topic)


def _named(sentence: Sentence) -> list[Organisation]:
    return [
        firm
        for firm in sentence.organisations
        if firm.kind in _MAKERS or (firm.kind == "facility" and _WORKS_OF.match(firm.name))
    ]


def _owner(firm: Organisation) -> str:
    """Return the firm itself, or whose works they are: 甲有限公司大丰基地."""
    works = _WORKS_OF.match(firm.name) if firm.kind == "facility" else None
    return works.group() if works else firm.name


def _meant(
    mentions: Mentions, sentence: Sentence, match: re.Match[str], topic: str | None
) -> str | None:
    """Return whom 公司 stands for: who the words are about, else the firm named last."""
    here = [firm for firm in _named(sentence) if firm.span.end <= match.start()]
    if here and match.group() != "我们":
        return here[0].name
    return topic or mentions.named("公司", match.start())


def _build(text: str, within: Span, signs: list[tuple[Span, str]], topic: str | None) -> Masked:
    pieces: list[str] = []
    starts: list[int] = []
    names: list[str] = []
    at = within.start
    for span, name in signs:
        pieces.append(_SIGN.sub(" ", text[at : span.start]))
        starts.extend(range(at, span.start))
        pieces.append(chr(_FIRST + len(names)))
        starts.append(span.start)
        names.append(name)
        at = span.end
    pieces.append(_SIGN.sub(" ", text[at : within.end]))
    starts.extend(range(at, within.end + 1))
    return Masked("".join(pieces), tuple(names), tuple(starts), topic)


def _topic(masked: Masked) -> str | None:
    """Return the firm that a sentence is about: the first that no preposition governs."""
    return next(iter(masked.actors()), None)
