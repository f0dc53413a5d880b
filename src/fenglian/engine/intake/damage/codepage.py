"""Which two bytes does the damaging program see behind a character, and which does it show?

The clone sites work in CP936 (GBK): a byte up to 0x80 is a character of its own, one above leads a
pair. Pairs that no character has are user-defined and come out as private-use characters,
which carry their two bytes invisibly:

=============  ==================
pairs          characters
=============  ==================
AAA1 … AFFE    U+E000 … U+E233
F8A1 … FEFE    U+E234 … U+E4C5
A140 … A7A0    U+E4C6 … U+E765
=============  ==================

Source: Microsoft code page 936; the tables of user-defined characters as PHP's mbstring maps
them, which the damage seen on real pages agrees with.
"""

from functools import cache

LEADS = range(0x81, 0xFF)
EURO_IN_GB18030 = (0xA2, 0xE3)  # in CP936 a free cell; € is the single byte 0x80 there
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))

# The corpus later narrowed these; the damage saw the wide forms, U+FF01 … U+FF1F.
WIDE = {narrow: chr(ord(narrow) + 0xFEE0) for narrow in ",!?:()"}
NARROW = {wide: narrow for narrow, wide in WIDE.items()}


def _user_defined(lead: int, trail: int) -> int | None:
    if 0xAA <= lead <= 0xAF and trail >= 0xA1:
        return 0xE000 + 94 * (lead - 0xAA) + trail - 0xA1
    if 0xF8 <= lead <= 0xFE and trail >= 0xA1:
        return 0xE234 + 94 * (lead - 0xF8) + trail - 0xA1
    if 0xA1 <= lead <= 0xA7 and trail <= 0xA0:
        return 0xE4C6 + 96 * (lead - 0xA1) + trail - (0x41 if trail > 0x7F else 0x40)
    return None


def _user_pair(code: int) -> bytes | None:
    if 0xE000 <= code < 0xE234:
        row, cell = divmod(code - 0xE000, 94)
        return bytes((0xAA + row, 0xA1 + cell))
    if 0xE234 <= code < 0xE4C6:
        row, cell = divmod(code - 0xE234, 94)
        return bytes((0xF8 + row, 0xA1 + cell))
    if 0xE4C6 <= code < 0xE766:
        row, cell = divmod(code - 0xE4C6, 96)
        return bytes((0xA1 + row, cell + (0x41 if cell >= 0x3F else 0x40)))
    return None


@cache
def character(lead: int, trail: int) -> str | None:
    r"""Return the character of a pair of bytes; None where the pair is not valid.

    Examples
    --------
    >>> character(0xCA, 0xD0)
    '市'
    >>> ascii(character(0xAD, 0xCC))
    "'\\ue145'"
    """
    if lead not in LEADS or trail < 0x40 or trail in (0x7F, 0xFF):
        return None
    code = _user_defined(lead, trail)
    if code is not None:
        return chr(code)
    if (lead, trail) == EURO_IN_GB18030:
        return "\ue76c"
    try:
        # GB18030 knows the two-byte cells that GBK leaves empty, as private-use characters too.
        return bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None


@cache
def octets(shown: str) -> bytes | None:
    """Return the one or two bytes of a character; None where the code page has none for it.

    Examples
    --------
    >>> octets("市").hex(), octets("K").hex(), octets("ḗ")
    ('cad0', '4b', None)
    """
    if shown < "\x80":
        return shown.encode()
    if shown in ("€", "\ue76c"):
        return b"\x80" if shown == "€" else bytes(EURO_IN_GB18030)
    found = _user_pair(ord(shown))
    if found is None:
        try:
            found = shown.encode("gb18030")
        except UnicodeEncodeError:
            return None
    return found if len(found) == 2 else None


def last_pair(shown: str) -> str:
    """Return the character that a text's last letter and the byte before it make; else nothing.

    Examples
    --------
    >>> last_pair("“A"), last_pair("AA"), last_pair("风")
    ('癆', '', '')
    """
    if not "@" <= shown[-1:] <= "~":
        return ""
    before = octets(shown[-2:-1]) or b""
    return (len(before) == 2 and character(before[1], ord(shown[-1]))) or ""


@cache
def row(lead: int) -> tuple[tuple[int, str], ...]:
    """Return trail byte and character of every real (not private-use) character of a lead byte."""
    found = ((trail, character(lead, trail)) for trail in TRAILS)
    return tuple((trail, shown) for trail, shown in found if shown and not is_private(shown))


@cache
def column(trail: int) -> tuple[tuple[int, str], ...]:
    """Return lead byte and character of every real (not private-use) character of a trail byte."""
    found = ((lead, character(lead, trail)) for lead in LEADS)
    return tuple((lead, shown) for lead, shown in found if shown and not is_private(shown))


def is_private(shown: str) -> bool:
    """Whether the character is a private-use one, which only carries bytes."""
    return "\ue000" <= shown <= "\uf8ff"
