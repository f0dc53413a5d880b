"""The alliance's and the agreements' pages in both languages, light and dark, on a desk and in a hand."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, expect

from fenglian.data import article
from tests.browser.conftest import Visit, enter, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = {
    "secretariat": (
        "/alliance/",
        "/alliance/members/owing/",
        "/alliance/meetings/",
        "/alliance/resolutions/",
        "/alliance/elections/",
        "/alliance/ideas/",
        "/alliance/actions/",
        "/alliance/posts/",
        "/alliance/charters/",
        "/alliance/book/",
        "/alliance/activity/",
        "/alliance/outward/",
        "/overview/year/",
    ),
    "council": (
        "/alliance/apply/",
        "/contracts/",
        "/contracts/needs/",
        "/contracts/signings/",
        "/contracts/sourcing/?local=alliance&points=10",
        "/contracts/links/",
        "/overview/replay/",
    ),
}
SET_IT = {"zh-CN": "据此交办", "en-GB": "Set what follows from it"}
SPEAKER = "省工信厅副厅长张占祥"


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize("language", SET_IT)
def test_each_page_is_fit_for_everybody(
    browser: Browser, server: str, language: str, role: str
) -> None:
    with visiting(browser, server, language, role) as visit:
        for path in PAGES[role]:
            page = visit.open(path)
            expect(page.locator("h1")).to_be_visible()
            assert page.locator(".problem").count() == 0, path
            visit.check_everywhere()


def accept_the_words(context: BrowserContext, server: str) -> None:
    """Read the founding article and accept what people said in it, and their posts."""
    enter(context, server)
    file: FilePayload = {"name": "a.txt", "mimeType": "text/plain", "buffer": article()}
    path = f"{server}/api/v1/intake/readings/file"
    body = context.request.post(path, multipart={"file": file}).json()
    for item in body["statements"]:
        if item["statement"]["fact"] in ("quotation", "person_post", "role", "organisation"):
            number = item["statement"]["id"]
            said = f"{server}/api/v1/intake/statements/{number}/decisions"
            context.request.post(said, data={"kind": "accept"})


@pytest.mark.parametrize("language", SET_IT)
def test_an_officials_advice_becomes_a_task_that_leads_back_to_the_words(
    browser: Browser, server: str, language: str
) -> None:
    context = browser.new_context(locale=language, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(90_000)  # milliseconds
    accept_the_words(context, server)
    visit = Visit(context.new_page(), server)
    visit.watch()
    page = visit.open("/alliance/actions/")
    advice = page.locator("details").filter(has_text="千亿级产业链市场规模").first
    expect(advice.locator("summary")).to_contain_text(SPEAKER)
    advice.locator("summary").click()
    visit.check_everywhere()
    page.get_by_role("link", name=SET_IT[language]).click()
    expect(page.locator("#t-source")).to_have_value("advice")
    expect(page.locator("#t-grounds")).to_have_value(f"{SPEAKER} 2023-04-18")
    expect(page.locator("#t-text")).to_have_value(re.compile("千亿级产业链市场规模"))
    page.locator("#t-text").fill(f"提交补链项目清单 {language}")
    page.locator("#t-due").fill("2099-06-30")
    page.locator("section[aria-labelledby=set-title] button[type=submit]").click()
    row = page.locator("tr").filter(has_text=f"提交补链项目清单 {language}")
    row.locator("a.src").click()
    expect(page).to_have_url(re.compile(r"/intake/[0-9a-f]{64}/\?statement=[0-9a-f]{16}"))
    number = page.url.rpartition("#")[2]
    expect(page.locator(f"#{number}")).to_contain_text("张占祥")
    context.close()
    assert visit.faults == []
