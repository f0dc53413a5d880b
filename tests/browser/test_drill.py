"""A leading firm drills the stop of a flange plant: from the question to the log of who answered."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, visitor_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = {
    "zh-CN": ("停产应急预案", "亿元", "能", "从第 8 天起", "三班倒", "留存并通知单位"),
    "en-GB": ("Emergency plan", "yuan", "can", "from day 8", "three shifts", "Keep, and ask units"),
}
WEEKS = 6
FLANGE = "flange:demo-flange-04"
ASKED = ("demo-flange-01:flange", "demo-tower-02:flange")
NAMES = {"zh-CN": "演示法兰04厂", "en-GB": "Demo Flange Plant 04"}


@pytest.fixture(params=list(WORDS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextmanager
def visiting(browser: Browser, server: str, language: str, role: str) -> Iterator[Visit]:
    """Let someone in, the synthetic alliance before their eyes."""
    visits = visitor_of(browser, server, language, role)
    visit = next(visits)
    page = visit.open("/registry/")
    page.locator("summary.where").click()
    page.locator("form button[value=demo]").click()
    expect(page.locator("header.top .badge.demo").last).to_be_visible()
    yield visit
    assert next(visits, None) is None


def test_a_leading_firm_drills_a_stop_and_hears_from_those_it_asked(
    browser: Browser, server: str, language: str
) -> None:
    document, money, verdict, day, message, keeping = WORDS[language]
    with ExitStack() as both:
        leader, maker = (
            both.enter_context(visiting(browser, server, language, role))
            for role in ("council", "member")
        )
        page = leader.open("/analysis/")
        page.locator("nav.parts a[href^='/analysis/drill/']").click()
        page.locator("#stop").select_option(FLANGE)
        page.locator("#weeks").fill(str(WEEKS))
        page.locator("form.drill-form button[type=submit]").click()

        losses = page.locator("section[aria-labelledby=cost-title]")
        expect(losses).to_contain_text("MW")
        expect(losses).to_contain_text(money)
        expect(losses.locator(".ends").first).to_contain_text("–")  # an interval, never bare
        expect(page.locator("svg.drill title").first).to_contain_text(NAMES[language])
        table = page.locator("section[aria-labelledby=table-title]")
        assert table.locator("tbody tr").count() > 3
        expect(page.locator("section[aria-labelledby=others-title] tbody tr").first).to_be_visible()
        leader.check_everywhere()
        plan(page, document if language == "zh-CN" else NAMES[language])

        page.get_by_role("button", name=keeping).click()
        kept = page.url
        boxes = page.locator("input[name=to]")
        boxes.evaluate_all("boxes => boxes.forEach(each => { each.checked = false; })")
        for each in ASKED:
            page.locator(f"input[name=to][value='{each}']").check()
        page.locator("#words").fill(message)
        page.locator("form[action$='/notices/'] button[type=submit]").click()
        log = page.locator("section[aria-labelledby=log-title]")
        expect(log.locator("tbody tr")).to_have_count(len(ASKED))
        leader.check_everywhere()

        answer(maker, message, day)

        page.goto(kept)
        row = log.locator("tbody tr", has_text=message).filter(has=page.locator(".reply"))
        expect(row).to_contain_text(verdict)
        expect(row).to_contain_text(day)
        expect(row.locator(".reply .note")).to_contain_text("202")  # when, and by whom
        others = page.locator(
            "section[aria-labelledby=others-title] tbody tr", has=page.locator(".q")
        )
        expect(others.first).to_be_visible()
        expect(page.locator("section[aria-labelledby=todo-title] li").first).to_be_visible()
        leader.check_everywhere()
        plan(page, document if language == "zh-CN" else NAMES[language])
        page.locator("form[action$='/end/'] button").click()


def plan(page: Page, words: str) -> None:
    """Take the emergency plan along, and look whether it is a document of that title."""
    with page.expect_download() as caught:
        page.locator("a[href*='/analysis/drill/plan.docx']").click()
    with zipfile.ZipFile(caught.value.path()) as archive:
        assert words in archive.read("word/document.xml").decode()


def answer(maker: Visit, message: str, day: str) -> None:
    """Find the notice in the room of analyses, and answer it."""
    there = maker.open("/")
    there.locator("nav a[href='/analysis/']").first.click()
    there.locator("nav.parts a[href^='/analysis/drill/']").click()
    there.locator("a[href^='/analysis/notices/']").first.click()
    expect(there.locator("main")).to_contain_text(message)
    expect(there.locator("main")).not_to_contain_text("塔筒02")
    there.locator("input[value=can]").check()
    for name, words in (("stock_days", "9"), ("room", "800"), ("from_day", "8")):
        there.locator(f"#{name}").fill(words)
    there.locator("#words").fill(message)
    there.locator("form.form button[type=submit]").click()
    expect(there.locator(".reply")).to_contain_text(day)
    maker.check_everywhere()
