"""Files that mean harm, or are broken, each made by code and named by what is wrong with it."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def make_parts(rows: str = CELL, sheets: int = 1, prolog: str = HEAD) -> dict[str, str]:
    """Return the parts of the smallest workbook, with these rows on every sheet."""
    numbers = range(1, sheets + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET_TYPE}"/>'
        for n in numbers
    )
    listed = "".join(f'<sheet name="S" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    office = f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{BOOK_TYPE}"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{office}</Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
    sheet = f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return parts | {f"xl/worksheets/sheet{n}.xml": sheet for n in numbers}


def zip_parts(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the parts as an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def make_book(rows: Iterable[Iterable[object]], sheet: str = "单位概况") -> bytes:
    """Return an honest workbook of one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, list(row))
    return stream.getvalue()


def _doctype(body: str, encoding: str = "utf-8") -> bytes:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{body}]>'
    parts: dict[str, str | bytes] = dict(make_parts())
    text = make_parts(prolog=declared)["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = text.encode(encoding)
    return zip_parts(parts)


def _laughs() -> bytes:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return _doctype("".join(lines))


def _far(place: str) -> bytes:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return zip_parts(make_parts(f'{CELL}<row r="{row}"><c r="{place}"><v>1</v></c></row>'))


def _with(name: str, content: bytes) -> bytes:
    return zip_parts({**make_parts(), name: content})


def _encrypted() -> bytes:
    content = bytearray(zip_parts(make_parts()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def _damaged() -> bytes:
    """Return an archive with a bit turned in a part's packed bytes."""
    content = bytearray(make_book([["a" * 50, "b" * 70]] * 200))
    content[len(content) // 3] ^= 0x10
    return bytes(content)


def _unpackable() -> bytes:
    """Return an archive whose part names a way of packing that nobody has."""
    content = bytearray(zip_parts(make_parts()))
    at = content.find(b"PK\x01\x02")
    content[at + 10] = 99
    return bytes(content)


CORPUS: Mapping[str, tuple[Callable[[], bytes], str]] = {  # name → its bytes, the fault's kind
    "one part grows": (lambda: _with("xl/media/a.bin", b"\0" * 101_000_000), "PackedTooTight"),
    "a sheet grows": (lambda: _with("xl/x.xml", b"<x>" + b" " * 30_000_000), "PackedTooTight"),
    "far corner": (lambda: _far("XFD1048576"), "FarCell"),
    "far row": (lambda: _far("A200001"), "FarCell"),
    "far column": (lambda: _far("IW1"), "FarCell"),
    "document type": (lambda: _doctype(""), "ForbiddenMarkup"),
    "document type in utf-16": (lambda: _doctype("", "utf-16"), "ForbiddenMarkup"),
    "file from outside": (lambda: _doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'), "ForbiddenMarkup"),
    "billion laughs": (_laughs, "ForbiddenMarkup"),
    "cut off": (lambda: make_book([["a"] * 9] * 99)[:-400], "BrokenWorkbook"),
    "a bit turned": (_damaged, "BrokenWorkbook"),
    "packed like nobody packs": (_unpackable, "BrokenWorkbook"),
    "only the signature": (lambda: b"PK\x03\x04", "BrokenWorkbook"),
    "a zip of something else": (lambda: zip_parts({"readme.txt": "hello"}), "NotAWorkbook"),
    "a password": (_encrypted, "NotAWorkbook"),
    "an old xls": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "BrokenWorkbook"),
    "an old xls under a password": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") * 9, "NotAWorkbook"),
    "thousands of parts": (lambda: zip_parts({f"x{n}": "" for n in range(2_001)}), "TooManyParts"),
    "no workbook within": (lambda: zip_parts({"[Content_Types].xml": "<Types/>"}), "BrokenWorkbook"),
    "a sheet that breaks off": (lambda: zip_parts({**make_parts(), "xl/worksheets/sheet1.xml": HEAD + "<worksheet><shee"}), "BrokenWorkbook"),
    "a sheet of noise": (lambda: zip_parts({**make_parts(), "xl/worksheets/sheet1.xml": zlib.compress(b"x")}), "BrokenWorkbook"),
    "a cell without a place": (lambda: zip_parts(make_parts('<row r="1"><c r="?"><v>1</v></c></row>')), "BrokenWorkbook"),
    "a row of no number": (lambda: zip_parts(make_parts('<row r="x"><c r="A1"><v>1</v></c></row>')), "BrokenWorkbook"),
    "empty": (lambda: b"", "EmptyDocument"),
    "blank": (lambda: b" \n\n ", "EmptyDocument"),
    "a pdf": (lambda: b"%PDF-1.7 ...", "NotText"),
    "bytes of no charset": (lambda: bytes(range(128, 256)) * 9, "UndecidedCharset"),
    "a quotation mark too many": (lambda: b'a,b\n"x"y,1\n', "BadDelimited"),
    "a column too many": (lambda: b"," * 300 + b"x", "FarCell"),
}  # fmt: skip
