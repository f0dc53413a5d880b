"""May this xlsx be unpacked at all? Looked at in streams, before any parser sees it.

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

from fenglian.outside import faults

SIGNATURE = b"PK\x03\x04"
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


def check_archive(content: bytes, name: str, limits: Limits = LIMITS) -> None:
    """Refuse an archive that would harm whoever unpacks it.

    Raises
    ------
    WorkbookError
        The first fault that is met, named by its kind.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN:
        raise faults.BrokenWorkbook(name=name, part="zip") from None
    with archive:
        parts = archive.infolist()
        if len(parts) > limits.parts:
            raise faults.TooManyParts(name=name, count=len(parts), limit=limits.parts)
        if not any(part.filename.casefold() == "[content_types].xml" for part in parts):
            raise faults.NotAWorkbook(
                name=name, found_zh="是别的 zip 压缩包", found_en="it is some other zip archive"
            )
        total = 0
        for part in parts:
            total += _check_part(archive, part, name, limits, total)


def _check_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, limits: Limits, total: int
) -> int:
    """Return the bytes of a part, counted as they come out."""
    shown = part.filename[:80]
    prolog = _Prolog()
    size = 0
    try:
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                _check_size(part, size, total, name, limits)
                prolog.feed(block)
    except DefusedXmlException:
        raise faults.ForbiddenMarkup(name=name, part=shown) from None
    except _BROKEN:
        raise faults.BrokenWorkbook(name=name, part=shown) from None
    except RuntimeError:  # zipfile's word for a part under a password
        raise faults.NotAWorkbook(
            name=name, found_zh="带有密码", found_en="it has a password"
        ) from None
    return size


def _check_size(part: zipfile.ZipInfo, size: int, total: int, name: str, limits: Limits) -> None:
    shown = part.filename[:80]
    if size > limits.part_bytes:
        raise faults.ExpandsTooFar(name=name, part=shown, size=size, limit=limits.part_bytes)
    if total + size > limits.total_bytes:
        raise faults.ExpandsTooFar(name=name, part=shown, size=size, limit=limits.total_bytes)
    if size > _SMALL and size > limits.ratio * max(part.compress_size, 1):
        ratio = size // max(part.compress_size, 1)
        raise faults.PackedTooTight(name=name, part=shown, ratio=ratio, limit=limits.ratio)


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
