"""Takes the text layer out of a PDF: lines put together to paragraphs, page by page.

Lines as ``web_page`` yields them; running heads, feet and page numbers come last and say so. A
glyph that the file gives no character for is ``□``, as in a damaged page: a number beside it is
not believed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

LOST = "□"
GUESSED = "\x1f"  # a blank that the file does not have: there is a gap between two characters
_EDGE = 0.09  # of a page's height, at its top and its foot, where running heads stand
_OFTEN = 3  # pages on which a line repeats, to be a running head
_FOLIO = re.compile(
    r"[\W_]*(?:第|page|p\.?)?\s*\d{1,4}\s*(?:页|/\s*\d{1,4}|of\s*\d{1,4})?[\W_]*", re.IGNORECASE
)
# Between Chinese and digits a compositor leaves a gap that nobody typed.
_BESIDE_WIDE = re.compile(rf"(?<=[\u2e80-\uffef]){GUESSED}|{GUESSED}(?=[\u2e80-\uffef])")
_ENDS = tuple("。！？!?：:；;”」』")
_UNREADABLE = 0.5  # share of glyphs without a character, from which a layer is none


@dataclass(slots=True)
class _Line:
    page: int
    left: float
    right: float
    bottom: float
    top: float
    text: str
    group: int = 0
    margin: bool = False

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass(slots=True)
class _Block:
    """Lines below each other: one column of one page."""

    lines: list[_Line] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)


def read(content: bytes, longest: int, pages: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of a PDF, and at last how it ended; ``longest`` is in characters."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  after the limits are set
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError:
        password = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
        yield {"end": "password" if password else "broken"}
        return
    if count > pages:
        yield {"end": "pages", "count": count}
        return
    lines: list[_Line] = []
    unread, length, glyphs, lost = [], 0, 0, 0
    for number in range(count):
        found = list(_page_lines(document, number, pdfium))
        length += sum(len(line.text) + 1 for line in found)
        glyphs += sum(len(line.text) for line in found)
        lost += sum(line.text.count(LOST) for line in found)
        if length > longest:
            yield {"end": "long"}
            return
        if not found:
            unread.append(number + 1)
        lines.extend(found)
    if not lines or lost > _UNREADABLE * glyphs:
        yield {"end": "scanned", "count": count}
        return
    yield from _paragraphs(lines)
    yield {"end": "done", "unread": unread}


def _page_lines(document: Any, number: int, pdfium: Any) -> Iterator[_Line]:
    import ctypes  # noqa: PLC0415

    try:
        page = document[number]
        layer = page.get_textpage()
    except Exception:  # noqa: BLE001  a page that cannot be loaded holds no text
        return
    height = page.get_height()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places = [ctypes.byref(each) for each in (left, right, bottom, top)]
    text: list[str] = []
    box = [1e9, -1e9, 1e9, -1e9]
    get, place = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharBox
    for at in range(layer.count_chars()):
        code = get(layer, at)
        if code in (10, 13):
            if line := _line(number + 1, text, box, height):
                yield line
            text, box = [], [1e9, -1e9, 1e9, -1e9]
            continue
        if code == 32 and pdfium.FPDFText_IsGenerated(layer, at) == 1:
            text.append(GUESSED)
            continue
        text.append(_character(code))
        if place(layer, at, *places) and right.value > left.value:
            box = [
                min(box[0], left.value), max(box[1], right.value),
                min(box[2], bottom.value), max(box[3], top.value),
            ]  # fmt: skip
    if line := _line(number + 1, text, box, height):
        yield line
    layer.close()
    page.close()


def _character(code: int) -> str:
    if code in (0, 0xFFFD, 0xFFFF):
        return LOST
    if code in (2, 0xAD, 0xFFFE):  # the hyphen of a word that goes on
        return "\xad"
    if code == 9 or 0xDC00 <= code <= 0xDFFF:
        return " " if code == 9 else ""
    if 0xD800 <= code <= 0xDBFF:
        return LOST
    return chr(code) if code >= 32 and not 0x7F <= code <= 0x9F else ""


def _line(page: int, text: list[str], box: Sequence[float], height: float) -> _Line | None:
    whole = _BESIDE_WIDE.sub("", "".join(text)).replace(GUESSED, " ")
    words = re.sub(r" {2,}", " ", whole).strip()
    words = words[:-1].replace("\xad", "") + words[-1:]
    if not words or words == "\xad":
        return None
    left, right, bottom, top = box
    line = _Line(page, left, right, bottom, top, words)
    at_edge = line.bottom > height * (1 - _EDGE) or line.top < height * _EDGE
    line.margin = at_edge
    return line


def _paragraphs(lines: list[_Line]) -> Iterator[dict[str, Any]]:
    margins = _margins(lines)
    body = [line for line in lines if id(line) not in margins]
    blocks = _blocks(body)
    open_lines: list[_Line] = []
    for block in blocks:
        for at, line in enumerate(block.lines):
            if open_lines and not _goes_on(open_lines[-1], line, block, at):
                yield _joined(open_lines)
                open_lines = []
            line.group = int(_is_full(line, block))
            open_lines.append(line)
    if open_lines:
        yield _joined(open_lines)
    for line in lines:
        if id(line) in margins:
            yield {"t": _clean(line.text), "p": [[0, "page", line.page, "margin", 0]]}


def _margins(lines: list[_Line]) -> set[int]:
    """Return the lines at the edges that are page numbers, or stand there page after page."""
    at_edge = [line for line in lines if line.margin]
    shapes = Counter({(re.sub(r"\d+", "0", line.text), line.page): 1 for line in at_edge})
    often = Counter(shape for shape, _page in shapes)
    needed = min(_OFTEN, max(lines[-1].page - 1, 2))  # of two pages both, of three two
    return {
        id(line)
        for line in at_edge
        if _FOLIO.fullmatch(line.text) or often[re.sub(r"\d+", "0", line.text)] >= needed
    }


def _blocks(lines: list[_Line]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in lines:
        last = blocks[-1].lines[-1] if blocks else None
        if last is None or not _below(last, line):
            blocks.append(_Block())
        blocks[-1].lines.append(line)
    return blocks


def _below(upper: _Line, lower: _Line) -> bool:
    overlap = min(upper.right, lower.right) - max(upper.left, lower.left)
    narrow = min(upper.right - upper.left, lower.right - lower.left)
    return upper.page == lower.page and lower.top < upper.top and overlap >= 0.3 * narrow


def _is_full(line: _Line, block: _Block) -> bool:
    room = 8 if line.text[-1:].isascii() else 1.6  # a long word goes to the next line whole
    return line.right >= block.right - room * line.height


def _goes_on(last: _Line, line: _Line, block: _Block, at: int) -> bool:
    """Tell whether a line goes on with what the one before began."""
    alike = 0.75 < last.height / line.height < 1.34
    if not last.group or not alike:
        return False
    indented = line.left > block.left + 1.2 * line.height
    if at:
        near = last.bottom - line.top <= 1.5 * max(last.height, line.height)
        return near and not indented
    # Over the end of a column or a page: only what has not come to its full stop.
    return len(block.lines) > 1 and not indented and not last.text.endswith(_ENDS)


def _joined(lines: Sequence[_Line]) -> dict[str, Any]:
    text, page = "", 0
    parts: list[tuple[int, list[Any]]] = []
    for line in lines:
        words = line.text
        if text.endswith("\xad"):
            text = text[:-1]
        elif text and text[-1].isascii() and words[0].isascii() and text[-1] != " ":
            text += " "
        if line.page != page:
            page = line.page
            parts.append((len(text), ["page", page, "", 0]))
        text += words
    whole = _clean(text)
    return {"t": whole, "p": [[min(at, len(whole)), *rest] for at, rest in parts]}


def _clean(text: str) -> str:
    return text.replace("\xad", "")
