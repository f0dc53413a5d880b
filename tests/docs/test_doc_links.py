"""Does every relative link and image of the documentation lead somewhere?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(?P<title>.+?)\s*$", re.MULTILINE)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _prose(page: Path) -> str:
    return CODE.sub("", FENCE.sub("", page.read_text("utf-8")))


def _anchors(page: Path) -> set[str]:
    """Return the anchors that the usual Markdown viewers make of the headings."""
    titles = HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    missing = []
    for match in LINK.finditer(_prose(page)):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / target).resolve() if target else page
        there = file.exists() and file.is_relative_to(ROOT)
        if not there or (anchor and anchor not in _anchors(file)):
            missing.append(match["target"])
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_image_has_words_for_those_who_do_not_see_it(page: Path) -> None:
    assert re.findall(r"!\[\s*\]", _prose(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_page_can_be_reached_from_an_index(page: Path) -> None:
    if page.parent == ROOT:
        return
    indexes = [page.parent / "README.md", ROOT / "docs" / "README.md", ROOT / "README.md"]
    listed = {
        (index.parent / match["target"]).resolve()
        for index in indexes
        if index.exists() and index != page
        for match in LINK.finditer(index.read_text("utf-8"))
    }
    assert page in listed


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_no_page_names_a_place_on_somebodys_disk(page: Path) -> None:
    found = re.findall(r"(?:/(?:home|root|work|Users)/|[A-Z]:\\)\S*", page.read_text("utf-8"))
    assert found == []
