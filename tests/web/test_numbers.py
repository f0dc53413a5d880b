"""Every number on every page has a unit, says how exact it is, and leads to its source."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product

import pytest
from django.test import Client

from fenglian.data import article
from fenglian.web.accounts.actions import REAL, SYNTHETIC
from fenglian.web.intake import actions
from tests.web.conftest import secretary

pytestmark = pytest.mark.django_db
PAGES = (
    "/", "/?place=140900", "/chain/", "/chain/?show=all", "/chain/?view=table",
    "/chain/?product=flange", "/chain/flange/", "/advice/", "/advice/?verb=build&show=all",
    "/advice/?verb=extend", "/advice/?verb=strengthen", "/registry/",
)  # fmt: skip
VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "line", "path", "circle"}
WHOLE = ("ledger", "total", "sign", "kp")  # parts whose marks stand beside the figures


@dataclass
class Element:
    """A part of a page."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    def all(self) -> "list[Element]":
        found = [self]
        for each in self.children:
            if isinstance(each, Element):
                found += each.all()
        return found


class Reader(HTMLParser):
    """Reads a page into elements."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("root", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.here.children.append(Element(tag, values, self.here))

    def handle_endtag(self, tag: str) -> None:
        at: Element | None = self.here
        while at is not None and at.tag != tag:
            at = at.parent
        if at is not None and at.parent is not None:
            self.here = at.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def faults_of(page: str) -> list[str]:
    """Return the numbers of a page that lack unit, exactness or source."""
    reader = Reader()
    reader.feed(page)
    elements = reader.root.all()
    marks = {each.attributes.get("popovertarget", "") for each in elements}
    found = []
    for figure in (each for each in elements if "q" in each.classes):
        words = " ".join(figure.text.split())
        if not re.search(r"\d", words):  # a place or a word in the same dress
            continue
        parts = {name for each in figure.all() for name in each.classes}
        if "v" not in parts:
            found.append(f"no value: {words}")
        if "u" not in parts and not re.fullmatch(r"[\d-]{4,10}", words):
            found.append(f"no unit: {words}")
        if not (figure.attributes.get("title") or "b" in parts or "–" in words or _is_day(words)):
            found.append(f"neither interval nor exact: {words}")
        if not _has_source(figure, marks):
            found.append(f"no source: {words}")
    return found


def _is_day(words: str) -> bool:
    return re.match(r"\d{4}-\d\d(-\d\d)?", words) is not None


def _has_source(figure: Element, marks: set[str]) -> bool:
    at: Element | None = figure
    for _ in range(12):
        if at is None:
            return False
        if at.attributes.get("data-mark", "") in marks - {""}:
            return True
        near = at.tag in ("span", "p", "dd", "td", "div", "li", "a") or "total" in at.classes
        if near and any("src" in each.classes for each in at.all()):
            return True
        if at.attributes.get("href", "").startswith("#"):
            return True
        at = at.parent
    return False


@pytest.mark.parametrize("slug", [REAL, SYNTHETIC])
def test_no_number_stands_bare(client: Client, slug: str) -> None:
    if slug == REAL:
        me = secretary()
        document = actions.receive_document(me, content=article(), name="article.txt")
        for statement in document.statements.all():
            actions.accept_statement(me, statement.identifier)
    client.post("/accounts/alliance/", {"alliance": slug})
    found, seen = [], Counter[str]()
    for language, path in product(("zh", "en"), PAGES):
        answer = client.get(path, headers={"accept-language": language})
        if answer.status_code == 404:  # a product that this alliance's chain does not have
            continue
        page = answer.content.decode()
        seen[language] += page.count('class="q')
        found += [f"{path} ({language}): {fault}" for fault in faults_of(page)]
    assert found == []
    assert min(seen.values()) > 300 or slug == SYNTHETIC


def test_a_bare_number_is_found() -> None:
    assert faults_of('<p><span class="q"><span class="v">5</span></span></p>') == [
        "no unit: 5",
        "neither interval nor exact: 5",
        "no source: 5",
    ]
