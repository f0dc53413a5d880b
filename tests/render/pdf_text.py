"""Reads back what a PDF of ours says: its pages' text and its fonts, by the PDF's own tables."""

import re
import zlib

_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>", re.DOTALL)
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\[((?:\((?:[^()\\]|\\.)*\)|[^\]()])*)\]\s*TJ", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def objects(pdf: bytes) -> dict[int, bytes]:
    found = re.finditer(rb"(?:^|\n)(\d+) 0 obj\r?\n(.*?)\nendobj", pdf, re.DOTALL)
    return {int(each[1]): each[2] for each in found}


def stream(body: bytes) -> bytes:
    content = body[body.index(b"stream") + 6 : body.rindex(b"endstream")].lstrip(b"\r\n")
    return zlib.decompress(content) if b"FlateDecode" in body else content


def refer(body: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb"[\s\[]*(\d+) 0 R", body)
    assert found, key
    return int(found[1])


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, in the order of the page tree."""
    known = objects(pdf)
    pages = [body for _, body in sorted(known.items()) if re.search(rb"/Type ?/Page\b", body)]
    return [_page_text(known, page) for page in pages]


def _page_text(known: dict[int, bytes], page: bytes) -> str:
    resources = known[refer(page, b"Resources")]
    fonts = re.search(rb"/Font ?<<(.*?)>>", resources, re.DOTALL) or re.search(
        rb"<<(.*?)>>", known[refer(resources, b"Font")], re.DOTALL
    )
    assert fonts
    maps = {
        name: _characters(stream(known[refer(known[int(number)], b"ToUnicode")]))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", fonts[1])
    }
    content, text, font = stream(known[refer(page, b"Contents")]), "", b""
    for found in _SHOWN.finditer(content):
        if found[1]:
            font = found[1]
            continue
        for string in _STRING.findall(found[2]):
            inside = string[1:-1]
            hexadecimal = string.startswith(b"<")
            raw = bytes.fromhex(inside.decode()) if hexadecimal else _ESCAPED.sub(_plain, inside)
            codes = [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]
            text += "".join(maps[font].get(code, "\ufffd") for code in codes)
    return text


def _plain(found: "re.Match[bytes]") -> bytes:
    if found[1].isdigit():
        return bytes([int(found[1], 8)])
    return _LETTERS.get(found[1], found[1])


def _characters(table: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def font_names(pdf: bytes) -> set[str]:
    """Return the names of the fonts whose programs are inside."""
    bodies = [body for body in objects(pdf).values() if b"/FontFile3" in body]
    names = [re.search(rb"/FontName ?/([^/\s>]+)", body) for body in bodies]
    return {name[1].decode() for name in names if name}
