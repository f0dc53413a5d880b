"""May this archive be unpacked at all? A workbook or a Word document, looked at in streams, before any parser sees it.

Bytes are counted as they come out, whatever the archive says of itself; and no part may declare a
DTD, through which entities grow without end or fetch what is not in the file.
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from fenglian.engine.errors import FenglianError
from fenglian.outside import document_faults, faults

SIGNATURE = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"  # doc and xls, and what is under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What zipfile raises of an archive whose bytes were changed; ValueError of a seek before its start.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    OverflowError,
    KeyError,
    IndexError,
    ValueError,
)
_BLOCK = 64 * 1024
_KIB = 1024
_SMALL = 1024 * _KIB  # bytes; what stays below may be packed as tight as it likes


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a workbook may have."""

    file_bytes: int = 20 * 1024 * _KIB
    parts: int = 2_000
    part_bytes: int = 100 * 1024 * _KIB  # unpacked
    total_bytes: int = 200 * 1024 * _KIB  # unpacked
    ratio: int = 200  # unpacked to packed, of a part
    rows: int = 200_000  # of a sheet, and of all sheets together
    columns: int = 256
    cells: int = 1_000_000  # of all sheets together, that have something in them
    memory_bytes: int = 1024 * 1024 * _KIB  # of the child that parses
    seconds: int = 30


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Kind:
    """What an archive is to be, and what its faults are called."""

    within: tuple[str, ...]  # one of these parts makes it what it is, in small letters
    other: type[FenglianError]
    broken: type[FenglianError]
    many: type[FenglianError]
    grows: type[FenglianError]
    tight: type[FenglianError]
    markup: type[FenglianError]


BOOK = Kind(
    ("[content_types].xml", "content.xml"),
    faults.NotAWorkbook,
    faults.BrokenWorkbook,
    faults.TooManyParts,
    faults.ExpandsTooFar,
    faults.PackedTooTight,
    faults.ForbiddenMarkup,
)
DOCX = Kind(
    ("word/document.xml", "word/document2.xml"),
    document_faults.OtherFile,
    document_faults.BrokenFile,
    document_faults.ManyParts,
    document_faults.GrowsTooFar,
    document_faults.TooTight,
    document_faults.ForbiddenDeclaration,
)


def check_archive(content: bytes, name: str, limits: Limits = LIMITS, kind: Kind = BOOK) -> None:
    """Refuse an archive that would harm whoever unpacks it.

    Raises
    ------
    WorkbookError, DocumentError
        The first fault that is met, named by its kind.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN:
        raise kind.broken(name=name, part="zip") from None
    with archive:
        parts = archive.infolist()
        if len(parts) > limits.parts:
            raise kind.many(name=name, count=len(parts), limit=limits.parts)
        if not any(part.filename.casefold() in kind.within for part in parts):
            raise kind.other(
                name=name, found_zh="是别的 zip 压缩包", found_en="it is some other zip archive"
            )
        looked = _Look(archive, name, limits, kind)
        for part in parts:
            looked.total += looked.measure(part)


@dataclass(slots=True)
class _Look:
    """A look at the parts of an archive, one after the other."""

    archive: zipfile.ZipFile
    name: str
    limits: Limits
    kind: Kind
    total: int = 0  # bytes, unpacked

    def measure(self, part: zipfile.ZipInfo) -> int:
        """Return the bytes of a part, counted as they come out."""
        prolog = _Prolog()
        shown, size = part.filename[:80], 0
        try:
            with self.archive.open(part) as stream:
                while block := stream.read(_BLOCK):
                    size += len(block)
                    self._check_size(part, size)
                    prolog.feed(block)
        except DefusedXmlException:
            raise self.kind.markup(name=self.name, part=shown) from None
        except _BROKEN:
            raise self.kind.broken(name=self.name, part=shown) from None
        except RuntimeError:  # zipfile's word for a part under a password
            raise self.kind.other(
                name=self.name, found_zh="带有密码", found_en="it has a password"
            ) from None
        return size

    def _check_size(self, part: zipfile.ZipInfo, size: int) -> None:
        facts, limits = {"name": self.name, "part": part.filename[:80]}, self.limits
        if size > limits.part_bytes:
            raise self.kind.grows(**facts, size=size, limit=limits.part_bytes)
        if self.total + size > limits.total_bytes:
            raise self.kind.grows(**facts, size=size, limit=limits.total_bytes)
        if size > _SMALL and size > limits.ratio * max(part.compress_size, 1):
            ratio = size // max(part.compress_size, 1)
            raise self.kind.tight(**facts, ratio=ratio, limit=limits.ratio)


class _RootReached(Exception):
    """The first element: a DTD cannot come after it."""


class _Root(ContentHandler):
    def startElement(self, name: str, attrs: object) -> None:
        raise _RootReached


class _Prolog:
    """Reads a part up to its first element; what is no XML is left to whoever wants it."""

    def __init__(self) -> None:
        self.parser = DefusedExpatParser(forbid_dtd=True)
        self.parser.setContentHandler(_Root())
        self.done = False

    def feed(self, block: bytes) -> None:
        if self.done:
            return
        try:
            self.parser.feed(block)
        except DefusedXmlException:  # a ValueError too
            raise
        except (_RootReached, SAXException, ValueError):
            self.done = True
