"""From the founding article to the brief in hand: the whole way, once in each language."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fenglian.data import article
from tests.browser.conftest import Visit, confirm_as_another, new_visit

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    """What the pages say in one language."""

    locale: str
    registry: str
    chain: str
    verbs: str
    overview: str
    brief: str
    docx: str
    flange: str
    unknown: str
    signed: str


WORDS = {
    "zh": Words("zh-CN", "名录", "产业链", "四链建议", "总览", "出简报",
                "公开 docx", "塔筒法兰", "未查到", "逾 21 亿元"),
    "en": Words("en-GB", "Registry", "Industry chain", "Four verbs",
                "Overview", "Brief", "Public docx", "tower flange", "not found", "over 2.1 billion yuan"),
}  # fmt: skip


@pytest.fixture(params=["zh", pytest.param("en", marks=pytest.mark.slow)])
def words(request: pytest.FixtureRequest) -> Words:
    return WORDS[str(request.param)]


@pytest.fixture
def traveller(browser: Browser, server: str, words: Words) -> Iterator[Visit]:
    context = browser.new_context(
        locale=words.locale, viewport={"width": 1440, "height": 900}, accept_downloads=True
    )
    visit = new_visit(context, server)
    yield visit
    context.close()
    assert visit.faults == []


def go(page: Page, room: str) -> None:
    page.locator("nav.rooms a").filter(has_text=room).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(room)


def read_and_accept(page: Page, words: Words, folder: Path) -> None:
    file = folder / "article.txt"
    file.write_bytes(article() + b"\n" * (50 if words.locale == "zh-CN" else 51))
    page.locator("nav.rooms a[href='/intake/']").click()
    page.set_input_files("#file", file)
    page.locator("form[enctype] button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("重磅")
    waiting = page.locator(".fact[data-state=proposed]:has(form[action$='/accept/'])")
    everything = waiting.count()
    page.locator("form[action$='/accept-undoubted/'] button").click()
    expect(waiting).not_to_have_count(everything)
    while before := waiting.count():
        waiting.first.click()
        page.keyboard.press("a")
        expect(waiting).to_have_count(before - 1)


def test_from_the_article_to_the_brief(
    browser: Browser, server: str, traveller: Visit, words: Words, tmp_path: Path
) -> None:
    page = traveller.open("/")
    read_and_accept(page, words, tmp_path)
    confirm_as_another(browser, server)  # large sums, and who has the chair

    go(page, words.overview)
    strip = page.locator(".ledger")
    for figure in ("2023-04-07", "66", "160", words.signed, "太原重型机械集团有限公司"):
        expect(strip).to_contain_text(figure)
    strip.locator(".src").first.click()
    expect(page.locator(".clean .f.on").first).to_be_in_viewport()

    go(page, words.registry)
    expect(page.locator("main")).to_contain_text("太原重型机械集团有限公司")

    go(page, words.chain)
    page.locator(".node[data-node=flange]").click()
    expect(page.locator("#panel h2")).to_have_text(words.flange)
    expect(page.locator("#panel")).to_contain_text(words.unknown)
    expect(page.locator(".node[data-node=flange]")).to_be_focused()
    page.locator("#panel .src").first.click()
    expect(page.locator(".pop:popover-open")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".pop:popover-open")).to_have_count(0)
    assert traveller.check_accessibility() == []

    go(page, words.verbs)
    assert traveller.check_accessibility() == []
    page.locator("summary").filter(has_text=words.brief).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=words.docx).click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


@pytest.mark.slow
def test_the_map_is_walked_by_keys(visit: Visit) -> None:
    page = visit.open("/chain/?product=flange")
    page.locator(".node[data-node=flange]").focus()
    page.keyboard.press("ArrowRight")
    here = page.evaluate("document.activeElement.dataset.node")
    assert here != "flange"
    page.keyboard.press("Enter")
    expect(page.locator(f".node[data-node={here}]")).to_have_class("node unknown sel")
    page.go_back()
    expect(page.locator(".node[data-node=flange]")).to_have_attribute("aria-current", "true")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/chain/", "/advice/"])
def test_the_pages_of_the_demo_say_that_it_is_one(visit: Visit, path: str) -> None:
    page = visit.open("/")
    page.locator("summary.where").click()
    page.locator("button[name=alliance][value=demo]").click()
    visit.open(path)
    expect(page.locator("header.top > .badge.demo")).to_be_visible()
    assert visit.check_accessibility() == []
