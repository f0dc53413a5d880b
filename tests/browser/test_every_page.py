"""Every page in both languages and both themes, on a desk and in a hand, and on paper."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, expect

from fenglian.data import article
from tests.browser.conftest import Visit, enter, new_visit

pytestmark = pytest.mark.browser
PAGES = ("/", "/?place=140900", "/chain/", "/chain/?product=flange", "/chain/?view=table", "/chain/flange/", "/analysis/", "/analysis/throughput/", "/analysis/risk/", "/analysis/what-if/?product=flange&amount=2000&demand=4", "/analysis/synchrony/", "/advice/", "/advice/?verb=build", "/intake/", "/intake/{sha}/", "/intake/{short}/repairs/", "/intake/statements/", "/audit/", "/api/v1/docs", "/nowhere/")  # fmt: skip
READINGS = "/api/v1/intake/readings/file"


@pytest.fixture(scope="module")
def sha(browser: Browser, server: str) -> str:
    """Return the article's hash, read, with its undoubted statements accepted."""
    context = browser.new_context()
    enter(context, server)
    body = read(context, server, article())
    for item in body["statements"]:
        if not item["doubts"]:
            path = f"/api/v1/intake/statements/{item['statement']['id']}/decisions"
            context.request.post(f"{server}{path}", data={"kind": "accept"})
    context.close()
    return str(body["sha256"])


@pytest.fixture(scope="module")
def short(browser: Browser, server: str) -> str:
    """Return the hash of the article's head: its log is quick to check."""
    context = browser.new_context()
    enter(context, server)
    body = read(context, server, article()[:400].rpartition(b"\n")[0])
    context.close()
    return str(body["sha256"])


def read(context: BrowserContext, server: str, content: bytes) -> Any:
    file: FilePayload = {"name": "article.txt", "mimeType": "text/plain", "buffer": content}
    return context.request.post(f"{server}{READINGS}", multipart={"file": file}).json()


@pytest.fixture(params=["zh-CN", "en-GB"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(params=[1440, 390])
def visitor(
    request: pytest.FixtureRequest,
    browser: Browser,
    server: str,
    language: str,
    theme: Literal["light", "dark"],
) -> Iterator[Visit]:
    context = browser.new_context(
        locale=language, color_scheme=theme, viewport={"width": request.param, "height": 844}
    )
    visit = new_visit(context, server)
    yield visit
    context.close()
    assert visit.faults == []


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(visitor: Visit, sha: str, short: str, path: str) -> None:
    page = visitor.open(path.format(sha=sha, short=short))
    assert visitor.check_accessibility() == []
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


@pytest.mark.slow
def test_the_reading_is_accessible(visit: Visit, sha: str) -> None:
    page = visit.open(f"/intake/{sha}/")
    assert visit.check_accessibility() == []
    page.keyboard.press("e")
    expect(page.get_by_label("主体")).to_be_focused()
    assert visit.check_accessibility() == []
    page.keyboard.press("Escape")
    expect(page.locator("[data-correction]")).to_have_count(0)
    page.keyboard.press("?")
    assert visit.check_accessibility() == []


def test_theme_and_language_are_remembered(visit: Visit) -> None:
    page = visit.open("/intake/")
    with page.expect_response(lambda answer: "theme" in answer.url):
        page.get_by_role("button", name="切换明暗").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Readings")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Readings")


@pytest.mark.slow
def test_the_first_stop_of_the_keyboard_leads_to_the_content(visit: Visit) -> None:
    page = visit.open("/intake/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.slow
def test_on_paper_there_is_text_and_nothing_to_press(visit: Visit, sha: str) -> None:
    page = visit.open(f"/intake/{sha}/")
    page.emulate_media(media="print")
    for gone in (".top", ".rooms", ".acts", ".keys", ".ops"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".scroll.clean")).to_be_visible()
