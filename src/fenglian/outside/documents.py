"""What text does a stranger's document hold: Word, PDF, web page, or text as it is?

What a file is, its bytes say and not its name. Parsers of foreign bytes run in a child with limits;
a Word document is looked at before it is unpacked. Text itself needs no parser.
"""

import re
from dataclasses import dataclass
from typing import Any

from fenglian.engine.errors import DocumentTooLarge, EmptyDocument
from fenglian.engine.intake.boilerplate import ASIDE
from fenglian.engine.intake.charset import MAX_BYTES, decode_text
from fenglian.engine.intake.document import Part
from fenglian.engine.intake.extract import Extract
from fenglian.outside import document_faults as faults
from fenglian.outside.archive import (
    COMPOUND,
    DOCX,
    ENCRYPTED,
    SIGNATURE,
    Limits,
    check_archive,
)
from fenglian.outside.running import Room, run_parser

_HEADER = 1024  # bytes within which a PDF says that it is one
_MIB = 1024 * 1024
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|article|p|h[1-6]|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})")
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}


_ROOM = Room(memory_bytes=512 * _MIB, seconds=5)


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """The most that a document may have."""

    file_bytes: int = 20 * _MIB  # of Word and PDF
    page_bytes: int = MAX_BYTES  # of text and of web pages
    pages: int = 1_000
    characters: int = 1_000_000
    room: Room = _ROOM


LIMITS = DocumentLimits()
_ARCHIVE = Limits(part_bytes=50 * _MIB, total_bytes=100 * _MIB)


def limit_of(content: bytes, limits: DocumentLimits = LIMITS) -> int:
    """Return how many bytes a document may have that begins so: text less than what is packed."""
    packed = content.startswith((SIGNATURE, COMPOUND)) or b"%PDF-" in content[:_HEADER]
    return limits.file_bytes if packed else limits.page_bytes


def extract_text(
    content: bytes, name: str, charset: str | None = None, limits: DocumentLimits = LIMITS
) -> Extract | None:
    """Return the text that a document holds; None where its bytes are text themselves.

    Parameters
    ----------
    content
        The bytes as received.
    name
        What the sender calls the file; used in messages only.
    charset
        Of a web page, where the sender knows it.
    limits
        The most that is taken.

    Raises
    ------
    DocumentError
        Why nothing of it is read, with the way out.
    """
    if len(content) > limits.file_bytes:
        raise faults.FileTooLarge(name=name, size=len(content), limit=limits.file_bytes)
    if b"%PDF-" in content[:_HEADER]:
        return _parse("pdf", content, name, limits, limits.characters, limits.pages)
    if content.startswith(SIGNATURE):
        check_archive(content, name, _ARCHIVE, DOCX)
        return _parse("word", content, name, limits, limits.characters)
    if content.startswith(COMPOUND):
        if ENCRYPTED in content:
            raise faults.PasswordNeeded(name=name)
        raise faults.OtherFile(
            name=name,
            found_zh="是旧的 Office 文件（.doc 之类），请另存为 .docx",
            found_en="it is an old Office file such as .doc; save it as .docx",
        )
    return _web_page(content, name, charset, limits)


def _web_page(
    content: bytes, name: str, charset: str | None, limits: DocumentLimits
) -> Extract | None:
    if len(content) > limits.page_bytes:
        raise DocumentTooLarge(name=name, size=len(content), limit=limits.page_bytes)
    if b"<" not in content[:_HEADER]:
        return None
    charset = charset or _declared_charset(content)
    text, _, _ = decode_text(content, name, charset)
    if not _MARKUP.match(text):
        return None
    return _parse("web_page", text.encode(), name, limits, limits.characters)


def _declared_charset(content: bytes) -> str | None:
    """Return the charset that a page names, where its bytes are not UTF-8 after all."""
    try:
        content.decode()
    except UnicodeDecodeError:
        found = _DECLARED.search(content[: 2 * _HEADER])
        return _CHARSETS.get(found[1].decode().lower()) if found else None
    return None


_FORMS = {"pdf": "pdf", "word": "docx", "web_page": "html"}


def _parse(parser: str, content: bytes, name: str, limits: DocumentLimits, *bounds: int) -> Extract:
    """Let the child read, and put together what it says: what is not the article comes last."""
    lines: list[dict[str, Any]] = []
    unread: tuple[int, ...] = ()
    for line in run_parser(parser, content, limits.room, bounds):
        if "end" in line:
            _check_end(line, parser, name, limits)
            unread = tuple(line.get("unread", ()))
        else:
            lines.append(line)
    if not lines:
        raise EmptyDocument(name=name)
    lines.sort(key=lambda line: line["p"][0][3] in ASIDE)
    parts: list[Part] = []
    start = 0
    for line in lines:
        parts.extend(Part(start + offset, *rest) for offset, *rest in line["p"])
        start += len(line["t"]) + 1
    text = "\n".join(line["t"] for line in lines)
    return Extract(_FORMS[parser], text, tuple(parts), unread)


def _check_end(line: dict[str, Any], parser: str, name: str, limits: DocumentLimits) -> None:
    end = line["end"]
    if end == "password":
        raise faults.PasswordNeeded(name=name)
    if end == "scanned":
        raise faults.ScannedDocument(name=name, pages=line["count"])
    if end == "pages":
        raise faults.TooManyPages(name=name, count=line["count"], limit=limits.pages)
    if end == "long":
        raise faults.TextTooLarge(name=name, limit=limits.characters)
    if end == "broken":
        raise faults.BrokenFile(name=name, part=_FORMS[parser])
    if end != "done":
        raise faults.FileGaveUp(name=name, seconds=limits.room.seconds)
