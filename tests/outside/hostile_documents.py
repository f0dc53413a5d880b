"""Documents that mean harm, or are broken: Word, PDF and web pages, each made by code on demand."""

import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import docx

from tests.outside.hostile import HEAD, PACKAGE, REL, zip_parts

Case = tuple[Callable[[], bytes], frozenset[str]]  # its bytes, the kinds of fault that refuse it
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATIONS = {
    "an entity": '<!ENTITY a "b">',
    "a file": '<!ENTITY a SYSTEM "file:///etc/passwd">',
    "an address": '<!ENTITY a SYSTEM "http://127.0.0.1:1/x">',
    "a parameter": '<!ENTITY % a SYSTEM "file:///dev/zero"> %a;',
    "laughs": '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)),
}  # fmt: skip
_BOMB = frozenset(("TooTight", "GrowsTooFar"))
_BROKEN = frozenset(("BrokenFile",))
_OTHER = frozenset(("OtherFile",))
_SLOW = frozenset(("FileGaveUp", "BrokenFile", "TextTooLarge", "ScannedDocument", "EmptyDocument"))


def word_parts(body: str = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>") -> dict[str, str | bytes]:
    """Return the parts of the smallest Word document with this body."""
    office = f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{office}</Relationships>',
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }


def make_word(*paragraphs: str) -> bytes:
    """Return an honest Word document."""
    document, stream = docx.Document(), io.BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(stream)
    return stream.getvalue()


def make_pdf(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered objects with a table of their places."""
    content, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + words + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root %d 0 R %s>>\n" % (len(objects) + 1, root, trailer)
    return content + b"startxref\n%d\n%%%%EOF\n" % start


def stream_of(content: bytes, words: bytes = b"") -> bytes:
    """Return a packed stream."""
    packed = zlib.compress(content)
    head = b"<< /Length %d /Filter /FlateDecode %s>>\nstream\n" % (len(packed), words)
    return head + packed + b"\nendstream"


def one_page(drawn: bytes, *more: bytes) -> bytes:
    """Return a PDF of one page with this drawn on it in a common font."""
    return make_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        stream_of(drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )


def _word(name: str, content: str | bytes) -> bytes:
    return zip_parts({**word_parts(), name: content})


def _declares(name: str, body: str, encoding: str) -> bytes:
    words = str(word_parts()[name]).removeprefix(HEAD)
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{body}]>'
    return _word(name, (declared + words).encode(encoding))


def _words() -> Iterator[tuple[str, Case]]:
    markup = frozenset(("ForbiddenDeclaration",))
    for part in word_parts():
        for what, body in DECLARATIONS.items():
            yield f"{part} declares {what}", (partial(_declares, part, body, "utf-8"), markup)
    for encoding in ("utf-16", "iso-8859-1"):
        yield (
            f"a declaration in {encoding}",
            (partial(_declares, "[Content_Types].xml", DECLARATIONS["a file"], encoding), markup),
        )
    for part in (
        "word/document.xml",
        "word/media/image1.png",
        "word/styles.xml",
        "customXml/a.xml",
    ):
        yield f"{part} grows", (partial(_word, part, b"<x>" + b" " * 40_000_000), _BOMB)
    for depth in (5_000, 200_000):
        deep = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>' + "<w:p>" * depth
        yield f"{depth} paragraphs deep", (partial(_word, "word/document.xml", deep), _BROKEN)
    yield (
        "an attribute without end",
        (partial(_word, "word/document.xml", f'{HEAD}<a b="{"x" * 12_000_000}"/>'), _BOMB | _SLOW),
    )
    for what, content in (
        ("empty", b""),
        ("noise", bytes(range(256)) * 4),
        ("cut", HEAD + "<w:document"),
    ):
        yield f"a body that is {what}", (partial(_word, "word/document.xml", content), _BROKEN)
    for share in (5, 40, 80, 99):
        yield f"Word cut off at {share} %", (partial(_cut, share), _BROKEN | _OTHER)
    yield from _other_words()


def _other_words() -> Iterator[tuple[str, Case]]:
    yield (
        "no relations",
        (lambda: zip_parts({k: v for k, v in word_parts().items() if "rels" not in k}), _BROKEN),
    )
    yield (
        "a relation to a file outside",
        (
            partial(
                _word,
                "_rels/.rels",
                f'{HEAD}<R><Relationship Type="/officeDocument" Target="../../etc/passwd"/></R>',
            ),
            _BROKEN,
        ),
    )
    yield (
        "Word of many parts",
        (
            lambda: zip_parts({**word_parts(), **{f"x{n}": "" for n in range(2_001)}}),
            frozenset(("ManyParts",)),
        ),
    )
    yield (
        "a workbook",
        (lambda: zip_parts({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), _OTHER),
    )
    yield "some archive", (lambda: zip_parts({"readme.txt": "hello"}), _OTHER)
    yield "Word without a word", (lambda: make_word(""), frozenset(("EmptyDocument",)))
    yield (
        "text beyond measure",
        (lambda: make_word("风机" * 600_000), frozenset(("TextTooLarge", "TooTight"))),
    )
    yield "an old doc", (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, _OTHER)
    yield "Word under a password", (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") * 9, frozenset(("PasswordNeeded",)))  # fmt: skip


def _cut(share: int) -> bytes:
    content = make_word(*(f"第{number}段" for number in range(400)))
    return content[: len(content) * share // 100]


def _growing() -> bytes:
    many = zlib.compressobj(9)
    once = b"".join(many.compress(b"\0" * 9_000_000) for _ in range(100)) + many.flush()
    bomb = zlib.compress(once, 9)
    twice = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(bomb)
    return one_page(b"").replace(stream_of(b""), twice + bomb + b"\nendstream")


def _drawn_pdfs() -> Iterator[tuple[str, Case]]:
    yield "a stream that grows", (_growing, _SLOW)
    yield (
        "a picture beyond measure",
        (
            lambda: one_page(
                b"/X Do",
                stream_of(
                    b"\0" * 9,
                    b"/Type /XObject /Subtype /Image /Width 99999 /Height 99999 /BitsPerComponent 8 /ColorSpace /DeviceRGB ",
                ),
            ),
            _SLOW,
        ),
    )
    yield (
        "a form that draws itself",
        (
            lambda: one_page(
                b"/X Do",
                stream_of(
                    b"/X Do /X Do",
                    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> ",
                ),
            ),
            _SLOW,
        ),
    )
    yield (
        "text without end",
        (
            lambda: one_page(b"BT /F 9 Tf 9 9 Td " + b"(wind wind wind) Tj " * 900_000 + b"ET"),
            _SLOW,
        ),
    )
    yield "saved states without end", (lambda: one_page(b"q " * 3_000_000), _SLOW)


def _pdfs() -> Iterator[tuple[str, Case]]:
    yield from _drawn_pdfs()
    yield (
        "pages that are their own kids",
        (
            lambda: make_pdf(
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>",
            ),
            _SLOW,
        ),
    )
    yield "a scan", (lambda: one_page(b""), frozenset(("ScannedDocument",)))
    yield (
        "a scan that says it has a million pages",
        (
            lambda: make_pdf(
                b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 1000000 >>"
            ),
            _SLOW | {"TooManyPages"},
        ),
    )
    yield "two thousand pages", (_many_pages, frozenset(("TooManyPages",)))
    yield "a PDF under a password", (_encrypted, frozenset(("PasswordNeeded",)))
    for what, content in {
        "without an end": b"%PDF-1.7\n1 0 obj\n<<",
        "of noise": b"%PDF-1.7\n" + bytes(range(256)) * 40,
        "that is only a header": b"%PDF-1.7\n",
        "whose table leads nowhere": b"%PDF-1.7\nstartxref\n999999999\n%%EOF",
        "whose table is its own past": b"%PDF-1.7\nxref\n0 0\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF",
        "of brackets": b"%PDF-1.7\n1 0 obj\n" + b"[" * 900_000,
        "of dictionaries": b"%PDF-1.7\n1 0 obj\n" + b"<</a" * 400_000,
    }.items():
        yield f"a PDF {what}", (partial(bytes, content), _SLOW)
    for share in (10, 50, 90):
        yield f"a PDF cut off at {share} %", (partial(_cut_pdf, share), _SLOW)


def _cut_pdf(share: int) -> bytes:
    content = one_page(b"")
    return content[: len(content) * share // 100]


def _many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 2_003))
    pages = [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * 2_000
    return make_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 2000 >>" % kids,
        *pages,
    )


def _encrypted() -> bytes:
    words = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)
    plain = make_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        words,
        trailer=b"/Encrypt 3 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] ",
    )
    return plain


def _pages() -> Iterator[tuple[str, Case]]:
    start = b"<!DOCTYPE html><html><body>"
    none = frozenset(("EmptyDocument",))
    yield (
        "a page without a word",
        (lambda: start + b"<script>alert(1)</script><style>a{}</style>", none),
    )
    yield "a page of one remark", (lambda: start + b"<!--" + b"x" * 900_000, none | _BROKEN)
    yield "a page of brackets", (lambda: start + b"<" * 3_000_000, none | _SLOW)
    yield "a page with a zero byte", (lambda: start + b"<p>a\0b", frozenset(("NotText",)))
    yield (
        "a page beyond measure",
        (lambda: start + b"<p>" + b"x" * 6_000_000, frozenset(("DocumentTooLarge",))),
    )
    yield (
        "a page of too much text",
        (lambda: start + b"<p>" + b"x y " * 600_000, frozenset(("TextTooLarge",))),
    )
    yield "a page in no charset", (lambda: start + b"<p>" + bytes(range(128, 256)) * 9, frozenset(("UndecidedCharset", "WrongCharset")))  # fmt: skip


CASES: Mapping[str, Case] = {
    name: case for family in (_words, _pdfs, _pages) for name, case in family()
}

# Web pages that are ugly and yet read: whatever stands in them, some words come out, within limits.
UGLY: Mapping[str, Callable[[], bytes]] = {
    "elements without end": lambda: "<!DOCTYPE html><html><body>甲".encode() + b"<div>" * 200_000,
    "attributes without end": lambda: b"<!DOCTYPE html><html><body><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + ">甲".encode(),
    "entities that nobody declared": '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>甲 &a; &b;'.encode,
    "laughs": f"<!DOCTYPE html [{DECLARATIONS['laughs']}]><html><p>甲 &a9;".encode,
    "links in links": lambda: "<!DOCTYPE html><html><body>甲".encode() + b"<a href=x>" * 50_000,
    "tables in tables": lambda: "<!DOCTYPE html><html><body>甲".encode() + b"<table><tr><td>" * 20_000,
    "a style without end": lambda: b"<!DOCTYPE html><html><head><style>" + b"a{" * 400_000 + "</style></head><p>甲".encode(),
    "media rules without end": lambda: b"<!DOCTYPE html><html><head><style>" + b"@media x{" * 90_000 + "</style></head><p>甲".encode(),
    "formatting misnested": lambda: "<!DOCTYPE html><html><body>甲".encode() + b"<b><i></b>" * 60_000,
    "blanks without end": lambda: "<!DOCTYPE html><html><body><p>甲".encode() + b" " * 3_000_000 + "乙".encode(),
    "references to characters": "<!DOCTYPE html><html><body><p>甲&#0;&#1;&#xD800;&#x110000;&#xE145;&nbsp;乙".encode,
}  # fmt: skip
