"""In which charset was a document written, and where does each character start in its bytes?

Order of decision: byte order mark → UTF-8 without a fault → GB18030 where it yields no
private-use character and at least 90 % of the Han characters are common ones. Anything else is
a question to the user, never a guess: Big5 decodes *silently* as rare GB18030 characters.
"""

import codecs
import re
from array import array
from itertools import accumulate

from fenglian.engine.errors import (
    DocumentTooLarge,
    EmptyDocument,
    NotText,
    UndecidedCharset,
    WrongCharset,
)

MAX_BYTES = 5 * 1024 * 1024  # a printed newspaper has about 200 kB of text
COMMON_SHARE = 0.9  # of the Han characters, for text to pass as GB18030

_MARKS = (  # longest first: the mark of UTF-32 begins with the one of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip, docx, xlsx"),
    (b"\xd0\xcf\x11\xe0", "doc, xls"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0c")
_NAMES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
}


def decode_text(
    content: bytes, name: str, charset: str | None = None, *, limit: int = MAX_BYTES
) -> tuple[str, str, "array[int]"]:
    """Decode a document, sure of its charset or not at all.

    Parameters
    ----------
    content
        The bytes as received.
    name
        What the user calls the document; used in messages only.
    charset
        ``utf-8``, ``utf-16``, ``gb18030`` or ``big5`` where the user knows better.
    limit
        The most bytes that are taken: ``MAX_BYTES`` of a page, more of a table.

    Returns
    -------
    tuple
        The text without byte order mark, the charset's name, and (characters + 1,) the byte
        offsets at which each character starts.

    Raises
    ------
    DocumentTooLarge, EmptyDocument, NotText, UndecidedCharset, WrongCharset
        Each with the offset of the byte that decided it.
    """
    text, found, skip = decode_whole(content, name, charset, limit=limit)
    return text, found, byte_starts(text, found, skip)


def decode_whole(
    content: bytes, name: str, charset: str | None = None, *, limit: int = MAX_BYTES
) -> tuple[str, str, int]:
    """Do what ``decode_text`` does, but say only how many bytes the byte order mark has.

    Of a table nobody asks at which byte a character starts, and it is many characters.
    """
    if len(content) > limit:
        raise DocumentTooLarge(name=name, size=len(content), limit=limit)
    if not content.strip():
        raise EmptyDocument(name=name)
    _check_signature(content, name)
    found, skip = _marked_charset(content)
    if charset is not None:
        found, skip = _asked_charset(content, name, charset)
    body = content[skip:]
    found = found or _unmarked_charset(body, name)
    try:
        text = body.decode(found)
    except UnicodeDecodeError as fault:
        raise WrongCharset(name=name, charset=found, offset=skip + fault.start) from None
    if control := _CONTROL.search(text):
        offset = skip + len(text[: control.start()].encode(found))
        raise NotText(name=name, found=f"0x{ord(control.group()):02X}", offset=offset)
    if not text.strip():
        raise EmptyDocument(name=name)
    return text, found, skip


def _check_signature(content: bytes, name: str) -> None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            shown = " ".join(f"0x{byte:02X}" for byte in signature[:4])
            raise NotText(name=name, found=f"{shown} ({kind})", offset=0)


def _marked_charset(content: bytes) -> tuple[str | None, int]:
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return charset, len(mark)
    return None, 0


def _asked_charset(content: bytes, name: str, charset: str) -> tuple[str, int]:
    wanted = _NAMES.get(charset.lower().replace("_", "-"))
    if wanted is None:
        raise WrongCharset(name=name, charset=charset, offset=0)
    marked, skip = _marked_charset(content)
    if wanted == "utf-16":
        wanted = marked if marked and marked.startswith("utf-16") else _utf16_order(content)
    return wanted, skip if marked == wanted else 0


def _utf16_order(content: bytes) -> str:
    """Guess the byte order of unmarked UTF-16: blanks and line ends have their zero byte high."""
    little = sum(content[1::2].count(byte) for byte in (0x00, 0x4E, 0x5B, 0x65, 0x7F))
    big = sum(content[0::2].count(byte) for byte in (0x00, 0x4E, 0x5B, 0x65, 0x7F))
    return "utf-16-le" if little >= big else "utf-16-be"


def _unmarked_charset(body: bytes, name: str) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as fault:
        offset = fault.start
    else:
        if b"\x00" in body and _looks_like_utf16(body):
            raise UndecidedCharset(name=name, offset=body.index(b"\x00"))
        return "utf-8"
    if _looks_like_utf16(body):
        raise UndecidedCharset(name=name, offset=offset)
    for at, byte in enumerate(body):
        if byte < 0x20 and byte not in _TEXT_CONTROLS:
            raise NotText(name=name, found=f"0x{byte:02X}", offset=at)
    if _is_common_gb18030(body):
        return "gb18030"
    raise UndecidedCharset(name=name, offset=offset)


def _looks_like_utf16(body: bytes) -> bool:
    if len(body) % 2:
        return False
    sample = body[:20_000]
    try:
        text = sample.decode(_utf16_order(sample))
    except UnicodeDecodeError:
        return False
    plain = sum(character.isprintable() or character in "\t\r\n" for character in text)
    return plain == len(text) and _common_share(text) >= COMMON_SHARE


def _is_common_gb18030(body: bytes) -> bool:
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    if any("\ue000" <= character <= "\uf8ff" for character in text):
        return False
    return _common_share(text) >= COMMON_SHARE


def _common_share(text: str) -> float:
    """Share of the characters beyond ASCII that GB 2312 or the first level of Big5 knows."""
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 1.0
    return sum(map(_is_common, beyond)) / len(beyond)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        code = character.encode("big5", "ignore")
        return len(code) == 2 and 0xA1 <= code[0] <= 0xC6
    return True


def byte_starts(text: str, charset: str, skip: int = 0) -> "array[int]":
    """Return (characters + 1,) the byte offsets at which the characters of a text start."""
    widths = (len(character.encode(charset)) for character in text)
    return array("L", accumulate(widths, initial=skip))
