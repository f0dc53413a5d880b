"""Families of hostile files: each a way of doing harm, turned through every part it can be done in.

Made by code on demand; no file of harm lies in the repository.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tests.outside.hostile import CELL, HEAD, make_book, make_parts, zip_parts

Case = tuple[Callable[[], bytes], frozenset[str]]  # its bytes, the kinds of fault that refuse it
_PARTS = tuple(make_parts())
_BOMB = frozenset(("PackedTooTight", "ExpandsTooFar"))
_BROKEN = frozenset(("BrokenWorkbook", "NotAWorkbook"))
_MARKUP = frozenset(("ForbiddenMarkup",))
_FAR = frozenset(("FarCell",))


def _replace(name: str, content: str | bytes) -> bytes:
    return zip_parts({**make_parts(), name: content})


def _book(rows: str) -> bytes:
    return zip_parts(make_parts(rows))


def _without(name: str) -> bytes:
    return zip_parts({part: words for part, words in make_parts().items() if part != name})


def _declared(name: str, body: str, encoding: str = "utf-8") -> bytes:
    words = make_parts()[name].removeprefix(HEAD)
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{body}]>'
    return _replace(name, (declared + words).encode(encoding))


def _cut(share: int) -> bytes:
    content = make_book([["甲" * 9, number] for number in range(400)])
    return content[: len(content) * share // 100]


def _markup() -> Iterator[tuple[str, Case]]:
    entities = {
        "an entity": '<!ENTITY a "b">',
        "a file": '<!ENTITY a SYSTEM "file:///etc/passwd">',
        "an address": '<!ENTITY a SYSTEM "http://127.0.0.1:1/x">',
        "a parameter": '<!ENTITY % a SYSTEM "file:///dev/zero"> %a;',
        "an attribute list": "<!ATTLIST x y CDATA 'z'>",
        "an element": "<!ELEMENT x ANY>",
    }
    for part in _PARTS:
        for what, body in entities.items():
            yield f"{part} declares {what}", (partial(_declared, part, body), _MARKUP)
    sheet = "xl/worksheets/sheet1.xml"
    for encoding in ("utf-16", "utf-16-le", "iso-8859-1"):
        kinds = _MARKUP if encoding != "utf-16-le" else _MARKUP | _BROKEN
        yield (
            f"a declaration in {encoding}",
            (partial(_declared, sheet, entities["a file"], encoding), kinds),
        )


def _broken() -> Iterator[tuple[str, Case]]:
    for part in (_PARTS[0], *_PARTS[2:4]):
        yield f"{part} is not there", (partial(_without, part), _BROKEN)
    for part in _PARTS[2:]:
        yield f"{part} is empty", (partial(_replace, part, b""), _BROKEN)
        yield f"{part} breaks off", (partial(_replace, part, make_parts()[part][:-12]), _BROKEN)
        yield f"{part} is noise", (partial(_replace, part, bytes(range(256)) * 4), _BROKEN)
    for share in (1, 5, 20, 40, 60, 80, 95, 99):
        yield f"cut off at {share} %", (partial(_cut, share), _BROKEN)
    for depth in (5_000, 50_000):
        deep = HEAD + "<worksheet>" + "<a>" * depth
        yield (
            f"{depth} elements deep",
            (partial(_replace, "xl/worksheets/sheet1.xml", deep), _BROKEN | {"ReadingGaveUp"}),
        )


def _bombs() -> Iterator[tuple[str, Case]]:
    for part in (*_PARTS, "xl/sharedStrings.xml", "xl/styles.xml", "docProps/app.xml"):
        grown = b"<x>" + b" " * 40_000_000
        yield f"{part} grows", (partial(_replace, part, grown), _BOMB)
    yield "many parts that grow", (_many, _BOMB | {"TooManyParts"})
    yield "an archive within the archive", (_nested, _BOMB | _BROKEN)


def _many() -> bytes:
    return zip_parts({**make_parts(), **{f"xl/m{n}.bin": b"\0" * 900_000 for n in range(300)}})


def _nested() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 60_000_000)
    return zip_parts({"a.zip": inner.getvalue(), "[Content_Types].xml": b"<x>" + b" " * 40_000_000})


def _far() -> Iterator[tuple[str, Case]]:
    for place in ("IW1", "ZZ9", "AAA1", "XFD1", "XFD1048576", "A200001", "B300000", "A1048576"):
        row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell = f'{CELL}<row r="{row}"><c r="{place}"><v>1</v></c></row>'
        yield f"something in {place}", (partial(_book, cell), _FAR)


def _delimited() -> Iterator[tuple[str, Case]]:
    bad = frozenset(("BadDelimited",))
    yield "a quotation without an end", (lambda: b'a,b\n"x,1\n' * 3 + b'"', bad)
    yield "text behind a quotation", (lambda: b'a\n"x"y\n', bad)
    yield "a field without an end", (lambda: b"a,b\n" + b"x" * 200_000 + b",1\n", bad)
    for width in (257, 1_000, 20_000):
        yield f"{width} columns", (partial(bytes, b"," * (width - 1) + b"x\n"), _FAR)
    for name, start in _SIGNATURES.items():
        yield f"a {name}", (partial(bytes, start + bytes(range(256)) * 20), _OTHER)
    yield "zero bytes", (lambda: b"\0" * 9_000, _OTHER)
    yield "controls", (lambda: bytes(range(1, 9)) * 500, _OTHER)


_OTHER = frozenset(
    (
        "NotText",
        "UndecidedCharset",
        "EmptyDocument",
        "WrongCharset",
        "NotAWorkbook",
        "BrokenWorkbook",
    )
)
_SIGNATURES = {
    "pdf": b"%PDF-1.7\n", "png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff\xe0", "gif": b"GIF89a",
    "gzip": b"\x1f\x8b\x08", "7z": b"7z\xbc\xaf\x27\x1c", "rar": b"Rar!\x1a\x07\x01\x00", "elf": b"\x7fELF",
    "exe": b"MZ\x90\x00", "class": b"\xca\xfe\xba\xbe", "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sqlite": b"SQLite format 3\0",
    "xz": b"\xfd7zXZ\0", "bz2": b"BZh91AY&SY", "wasm": b"\0asm\x01\0\0\0", "parquet": b"PAR1\x15\x04",
}  # fmt: skip
FAMILIES = (_markup, _broken, _bombs, _far, _delimited)
CASES: Mapping[str, Case] = {name: case for family in FAMILIES for name, case in family()}
# Row numbers that no spreadsheet writes: a parser may put them right, or refuse the file.
SLIPS = ("-1", "1e9", "\uff19", "0x10", " ")


def slip(row: str) -> bytes:
    """Return a workbook whose one row has such a number."""
    return zip_parts(make_parts(f'<row r="{row}"><c r="A1"><v>1</v></c></row>'))
