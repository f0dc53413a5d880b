"""What would the clone sites' program make of a text? The damage, forwards.

It is the exact inverse to test a repair by: damaging the repaired page with the page's own
glosses must give the page back, byte for byte.

1. Simplified → traditional, character by character.
2. Encode in CP936 (GBK).
3. For each gloss in turn, put ``(pinyin)`` behind its character — as a replacement of bytes that
   does not know where characters begin, so that it also strikes across two of them.
4. Cut at the byte pairs of 、 and the wide comma, then of the wide ! and ? (unaligned too).
5. Decode each piece: an invalid pair becomes one ``?`` and swallows both bytes, a lead byte at a
   piece's end becomes ``?``, a user-defined pair becomes a private-use character.
6. The corpus later narrowed the wide , ! ? : ( and ).

Source: found on cloned pages of 2009–2025 and proved on nine byte-level fragments; no public
description of it is known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fenglian.engine.intake.damage import codepage
from fenglian.engine.intake.tables import Tables

_NARROWED = str.maketrans(codepage.NARROW)
_WIDENED = str.maketrans(codepage.WIDE)
_CUTS = (re.compile(b"(\\xa1\\xa2|\\xa3\\xac)"), re.compile(b"(\\xa3\\xa1|\\xa3\\xbf)"))


@dataclass(frozen=True, slots=True)
class Gloss:
    """A character and the pinyin that the page puts behind it."""

    character: str
    pinyin: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text and how many bytes of it are gone for good."""

    text: str
    destroyed: int  # bytes swallowed, or lost as "?"; 0: nothing was destroyed


def is_narrowed(text: str) -> bool:
    """Whether a text has narrow commas and brackets where Chinese prints wide ones."""
    return not any(wide in text for wide in codepage.NARROW)


def damage(
    text: str,
    tables: Tables,
    glosses: tuple[Gloss, ...] = (),
    *,
    narrowed: bool = False,
    converted: bool = True,
) -> Damaged:
    r"""Return the text as the clone sites' program would show it.

    Parameters
    ----------
    text
        Clean Chinese. Line ends and characters that CP936 lacks stop the program's byte runs.
    tables
        Simplified → traditional characters.
    glosses
        The page's own, in the order of its table; empty for a page that was only converted.
    narrowed
        Whether the text's , ! ? : ( ) were wide when the page was damaged (step 6).
    converted
        Whether the page went into traditional characters (step 1); some sites leave that out.

    Returns
    -------
    Damaged
        The text, and the number of bytes destroyed.

    References
    ----------
    The steps are the module's; the decoder is CP936 as in PHP's mbstring.

    Examples
    --------
    鏈市 is E69C CAD0, and its middle, 9CCA, is 準: the gloss of 準 strikes there.

    >>> from types import SimpleNamespace
    >>> tables = SimpleNamespace(traditional={"链": "鏈", "场": "場", "规": "規"})
    >>> damage("产业链市场规模", tables, (Gloss("準", "zhǔn"), Gloss("規", "guī"))).text
    '产业鏈?zhǔn)袌鲆?guī)模'

    模可 is C4A3 BFC9, and its middle a wide question mark.

    >>> damage("规模可谓", SimpleNamespace(traditional={"谓": "謂"}), narrowed=True).text
    '规??芍^'
    """
    source = "".join(tables.traditional.get(c, c) for c in text) if converted else text
    if narrowed:
        source = source.translate(_WIDENED)
    table = [(codepage_octets(g.character), codepage_octets(f"({g.pinyin})")) for g in glosses]
    shown: list[str] = []
    destroyed = 0
    for run in _runs(source):
        if isinstance(run, str):
            shown.append(run)
            continue
        for piece in _pieces(_glossed(run, table)):
            decoded, lost = _decode(piece)
            shown.append(decoded)
            destroyed += lost
    result = "".join(shown)
    return Damaged(result.translate(_NARROWED) if narrowed else result, destroyed)


def codepage_octets(text: str) -> bytes:
    """Return the bytes of a text, less those of characters that the code page lacks."""
    return b"".join(codepage.octets(shown) or b"" for shown in text)


def _runs(text: str) -> Iterator[bytes | str]:
    """Yield runs of bytes, and between them the line ends and characters that bar the way."""
    run = bytearray()
    for shown in text:
        octets = codepage.octets(shown)
        if octets is not None and shown not in "\r\n":
            run += octets
            continue
        yield bytes(run)
        run.clear()
        yield shown
    yield bytes(run)


def _glossed(run: bytes, table: list[tuple[bytes, bytes]]) -> bytes:
    for struck, bracket in table:
        run = run.replace(struck, struck + bracket)
    return run


def _pieces(run: bytes) -> Iterator[bytes]:
    for outer in _CUTS[0].split(run):
        yield from _CUTS[1].split(outer)


def _decode(piece: bytes) -> tuple[str, int]:
    """Return the characters of a piece and the number of bytes that went lost."""
    shown: list[str] = []
    destroyed = at = 0
    while at < len(piece):
        lead = piece[at]
        if lead <= 0x80:
            shown.append("€" if lead == 0x80 else chr(lead))
            at += 1
            continue
        pair = piece[at : at + 2]
        found = codepage.character(*pair) if len(pair) == 2 else None
        shown.append(found or "?")
        destroyed += 0 if found else len(pair)
        at += 2
    return "".join(shown), destroyed
