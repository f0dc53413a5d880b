"""Journey 5: government sees what lacks, opens one gap, chooses, and the line moves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAYS = {"zh-CN": 400, "en-GB": 500}  # until a task is due: a word found nowhere else
JOURNEYS = {  # language → gap, name, option, words of the pages
    "zh-CN": (
        "main-bearing",
        "主轴轴承",
        "attract",
        ("在办", "招引", "已公开", "还没有公开过决定"),
    ),
    "en-GB": (
        "pitch-system",
        "pitch system",
        "expand",
        ("under way", "expand", "published", "published no decision yet"),
    ),
}


@pytest.fixture(params=list(JOURNEYS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def government(browser: Browser, server: str, language: str) -> Iterator[Visit]:
    with visiting(browser, server, language, "government") as visit:
        yield visit


def test_government_decides_on_a_gap(
    browser: Browser, server: str, language: str, government: Visit
) -> None:
    product, name, way, (under_way, chosen, published, nothing) = JOURNEYS[language]
    due = (datetime.now(UTC) + timedelta(days=DAYS[language])).date().isoformat()
    page = government.open("/")
    page.locator("a[href='/advice/gaps/']").last.click()
    expect(page.locator("section[aria-labelledby=known-title]")).to_contain_text("MW")
    expect(page.locator("section[aria-labelledby=unknown-title] .q2").first).to_contain_text(
        "?" if language == "en-GB" else "？"
    )
    government.check_everywhere()
    before = left_of(government.open("/advice/history/"))
    assert before[0] >= before[1]

    page = government.open("/advice/gaps/")
    page.locator(f"a[href='/advice/gaps/{product}/']").click()
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator(".way")).to_have_count(3)
    government.check_everywhere()
    page.locator(f"#w-{way}").check()
    page.locator("#c-reason").fill("演示：先例齐全")
    page.locator("#c-due").fill(due)
    page.locator("form.choice").first.locator("button").click()
    expect(page.locator("h1 .badge").first).to_contain_text(under_way)
    record = page.url
    government.check_everywhere()
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        got = page.context.request.get(f"{record}brief.{form}")
        assert got.status == 200
        assert got.body().startswith(start)

    expect(government.open("/alliance/actions/").locator("main")).to_contain_text(name)
    after = left_of(government.open("/advice/history/"))
    assert after[0] == before[0]
    assert after[1] < before[1]
    government.check_everywhere()

    with visiting(browser, server, language, "member") as member:
        there = member.open("/advice/history/")
        if there.locator(".rec").count() == 0:  # the other language may have been first
            expect(there.locator("main")).to_contain_text(nothing)
        expect(there.locator("main")).not_to_contain_text(name)
        expect(there.locator("main")).not_to_contain_text(due)
        expect(member.open("/alliance/actions/").locator("main")).not_to_contain_text(due)
        assert member.page.context.request.get(record).status == 404

        page = government.page
        page.goto(record)
        page.locator("form[action$='/publish/'] button").click()
        expect(page.locator("h1 .badge").last).to_contain_text(published)
        there = member.open("/advice/history/")
        expect(there.locator(".rec").first).to_contain_text(chosen)
        member.check_everywhere()


def left_of(page: Page) -> tuple[float, float]:
    """Return what lacks now, and what is left once what was decided is done."""
    now, left = (
        page.locator("section[aria-labelledby=line-title] .steps .v").nth(place).text_content()
        for place in (0, 1)
    )
    return float((now or "").replace(",", "")), float((left or "").replace(",", ""))


def test_of_the_real_alliance_nothing_is_invented(
    browser: Browser, server: str, language: str, government: Visit
) -> None:
    page = government.open("/advice/gaps/")
    page.locator("summary.where").click()
    page.locator("form button:not([value=demo])").first.click()
    page = government.open("/advice/gaps/main-bearing/")
    unknown = page.locator(".way").first.locator(".badge.unk")
    expect(unknown.first).to_be_visible()
    expect(page.locator("section[aria-labelledby=out-title]")).to_contain_text("瓦轴")
    government.check_everywhere()
