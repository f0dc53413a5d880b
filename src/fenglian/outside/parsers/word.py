"""Takes the text out of a Word document: paragraphs, rows of tables, notes, headers and footers.

Lines as ``web_page`` yields them. Deleted text, field codes and remarks are passed over; hidden
text is said to be hidden. The archive was looked at before, see ``archive``.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

_PASSED = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText"))
_SHORT = 60  # characters of a cell that stands in one line with its neighbours
_OFFICE = "/officeDocument"
_MARGIN = re.compile(r"(?:header|footer)\d*\.xml")
_NOTES = re.compile(r"(?:footnotes|endnotes)\d*\.xml")
_HEADING = re.compile(r"(?i)heading|title|标题")


def read(content: bytes, longest: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of a document, and at last how it ended; ``longest`` is in characters."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415  limits are set

    length = 0
    try:
        for line in _lines(zipfile.ZipFile(io.BytesIO(content)), etree):
            length += len(line["t"]) + 1
            if length > longest:
                yield {"end": "long"}
                return
            yield line
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        yield {"end": "broken"}
        return
    except Exception as fault:  # noqa: BLE001  zlib.error and what else a changed archive raises
        yield {"end": "memory" if isinstance(fault, MemoryError) else "broken"}
        return
    yield {"end": "done"}


def _lines(archive: zipfile.ZipFile, etree: Any) -> Iterator[dict[str, Any]]:
    names = archive.namelist()
    main = _main_part(archive, etree)
    folder = posixpath.dirname(main)
    yield from _Part("").lines(_events(archive, main, etree))
    for name in sorted(names):
        place, last = posixpath.split(name)
        if place != folder:
            continue
        if _NOTES.fullmatch(last):
            yield from _Part("note").lines(_events(archive, name, etree))
    margins = _Part("margin")
    for name in sorted(names):
        place, last = posixpath.split(name)
        if place == folder and _MARGIN.fullmatch(last):
            yield from margins.lines(_events(archive, name, etree))


def _main_part(archive: zipfile.ZipFile, etree: Any) -> str:
    root = etree.fromstring(archive.read("_rels/.rels"), _parser(etree))
    for each in root:
        if str(each.get("Type", "")).endswith(_OFFICE):
            return str(each.get("Target", "")).lstrip("/")
    raise KeyError(_OFFICE)


def _parser(etree: Any) -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )


def _events(archive: zipfile.ZipFile, name: str, etree: Any) -> Any:
    root = etree.fromstring(archive.read(name), _parser(etree))
    return etree.iterwalk(root, events=("start", "end"))


class _Part:
    """One part of the archive: its paragraphs in the order in which they end."""

    def __init__(self, kind: str) -> None:
        self.kind = kind  # "" of the body
        self.number = 0
        self.passed = 0  # elements around that are passed over
        self.shown: list[list[str]] = []  # of the paragraphs that are open, the innermost last
        self.hidden: list[list[str]] = []
        self.heading = self.vanish = False
        self.cells: list[list[str]] = []  # of the row that is open
        self.rows = 0  # that are open, one in the other

    def lines(self, events: Any) -> Iterator[dict[str, Any]]:
        """Yield the lines of a part as its events come."""
        for event, element in events:
            tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if tag in _PASSED or (tag in ("footnote", "endnote") and _separates(element)):
                self.passed += 1 if event == "start" else -1
            elif self.passed:
                continue
            elif event == "start":
                self._open(tag, element)
            else:
                yield from self._close(tag, element)

    def _open(self, tag: str, element: Any) -> None:
        if tag == "p":
            self.shown.append([])
            self.hidden.append([])
            self.heading = False
        elif tag == "r":
            self.vanish = False
        elif tag == "vanish":
            self.vanish = _value(element) not in ("0", "false")
        elif tag == "pStyle":
            self.heading = bool(_HEADING.match(_value(element)))
        elif tag == "outlineLvl":
            self.heading = True
        elif tag == "tr":
            self.rows += 1
            if self.rows == 1:
                self.cells = []
        elif tag == "tc" and self.rows == 1:
            self.cells.append([])

    def _close(self, tag: str, element: Any) -> Iterator[dict[str, Any]]:
        if tag == "t":
            self._take(element.text or "")
        elif tag in ("tab", "ptab"):
            self._take("\t")
        elif tag == "noBreakHyphen":
            self._take("-")
        elif tag in ("br", "cr"):
            self._take("\n")
        elif tag == "p" and self.shown:
            yield from self._paragraph("".join(self.shown.pop()), "".join(self.hidden.pop()))
        elif tag == "tr":
            self.rows -= 1
            if self.rows == 0:
                yield from self._row()

    def _take(self, text: str) -> None:
        if self.shown:
            (self.hidden if self.vanish else self.shown)[-1].append(text)

    def _paragraph(self, shown: str, hidden: str) -> Iterator[dict[str, Any]]:
        if self.rows and self.cells and shown.strip():
            self.cells[-1].append(shown)
        elif shown.strip():
            yield from self._say(shown, self.kind or ("heading" if self.heading else "paragraph"))
        if hidden.strip():
            yield from self._say(hidden, self.kind or "paragraph", "hidden")

    def _row(self) -> Iterator[dict[str, Any]]:
        cells, self.cells = self.cells, []
        if all(len(cell) <= 1 and len("".join(cell)) <= _SHORT for cell in cells):
            words = ["".join(cell).replace("\n", " ").strip() for cell in cells]
            if any(words):
                yield from self._say(f"| {' | '.join(words)} |", self.kind or "row")
            return
        for cell in cells:
            for paragraph in cell:
                yield from self._say(paragraph, self.kind or "row")

    def _say(self, text: str, unit: str, aside: str = "") -> Iterator[dict[str, Any]]:
        self.number += 1
        aside = aside or ("margin" if self.kind == "margin" else "")
        for line in text.splitlines():
            if words := _plain(line):
                yield {"t": words, "p": [[0, unit, self.number, aside, 0]]}


def _separates(element: Any) -> bool:
    return any(name.endswith("}type") for name in element.attrib)


def _value(element: Any) -> str:
    return next((str(value) for name, value in element.attrib.items() if name.endswith("}val")), "")


def _plain(line: str) -> str:
    return "".join(each for each in line if each >= " " or each == "\t").strip()
