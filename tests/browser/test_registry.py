"""From the article to the registry and back to its characters, in a real browser."""

import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from fenglian.data import article
from tests.browser.conftest import Visit, confirm_as_another, enter, new_visit

pytestmark = pytest.mark.browser
COPY = article() + b"\n\n\n\n\n\n\n\n\n"  # bytes that no other test reads


@pytest.fixture(scope="module")
def read(browser: Browser, server: str) -> str:
    """Return the hash of a copy of the article, every statement of it accepted by the API."""
    context = browser.new_context()
    enter(context, server)
    file: FilePayload = {"name": "article.txt", "mimeType": "text/plain", "buffer": COPY}
    path = f"{server}/api/v1/intake/readings/file"
    body: Any = context.request.post(path, multipart={"file": file}).json()
    for item in body["statements"]:
        if item["doubts"]:
            path = f"{server}/api/v1/intake/statements/{item['statement']['id']}/decisions"
            context.request.post(path, data={"kind": "accept"})
    context.close()
    return str(body["sha256"])


@pytest.mark.slow
def test_accepted_statements_become_organisations_and_lead_back_to_their_characters(
    browser: Browser, server: str, visit: Visit, read: str
) -> None:
    page = visit.open(f"/intake/{read}/")
    accept = page.get_by_role("button", name="无疑义")
    if accept.count():
        accept.click()
        expect(page.locator("#messages")).to_contain_text("已采纳")
    confirm_as_another(browser, server)
    page.get_by_role("link", name="名录", exact=True).click()
    check_overview(page)
    page.locator(".names").get_by_role("link", name="太原重型机械集团有限公司").first.click()
    expect(page.get_by_role("heading", level=2, name="太原重型机械集团有限公司")).to_be_visible()

    total = page.locator(".sign .total .src").first
    total.click()
    expect(page.locator(".clean .f.on").first).to_contain_text("逾21亿元")
    expect(page.locator(".raw .f.on").first).to_contain_text("逾21億元")
    expect(page.locator(".fact.sel")).to_contain_text("签约总额")
    expect(page.locator(".clean .f.on").first).to_be_in_viewport()


def check_overview(page: Page) -> None:
    founding = page.get_by_role("region", name="联盟成立")
    for words in ("2023-04-07", "太原", "66", "逾 160", "到会不等于入会"):
        expect(founding).to_contain_text(words)
    signing = page.get_by_role("region", name="签约").first
    expect(signing).to_contain_text("未具名 4 家")
    expect(signing).to_contain_text("逾 21 亿元")
    people = page.get_by_role("region", name="人员")
    for name in ("韩珍堂", "冯永赵", "张占祥"):
        expect(people).to_contain_text(name)
    expect(page.locator("main")).not_to_contain_text("刘瑞强")


def test_two_characters_and_the_slash_key_find_an_organisation(visit: Visit, read: str) -> None:
    page = visit.open("/intake/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="查单位").first).to_be_focused()
    page.keyboard.type("九鼎")
    page.keyboard.press("Enter")
    expect(page.locator(".names a b")).to_have_text(["江苏九鼎集团有限公司"])


@pytest.mark.slow
def test_the_demo_alliance_is_chosen_in_the_top_bar_and_says_so(visit: Visit) -> None:
    page = visit.open("/registry/")
    page.locator("summary.where").click()
    page.get_by_role("button", name="演示联盟").click()
    expect(page.locator("header.top .badge.demo").last).to_be_visible()
    # Other visitors of this server may have brought a unit in.
    expect(page.locator(".list")).to_contain_text(re.compile(r"已知 6[6-9] 家"))
    page.keyboard.press("Escape")
    page.locator(".names a b").first.click()
    expect(page.locator("main .badge.demo").first).to_be_visible()


@pytest.mark.slow
def test_a_member_reads_and_finds_no_button_to_decide(
    browser: Browser, server: str, read: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    enter(context, server, "member")
    page = context.new_page()
    page.goto(f"{server}/intake/{read}/")
    expect(page.locator(".fact").first).to_be_visible()
    expect(page.get_by_role("button", name="采纳")).to_have_count(0)
    page.locator(".who summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    context.close()


@pytest.fixture(params=["zh-CN", "en-GB"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture
def visitor(
    browser: Browser, server: str, language: str, theme: Literal["light", "dark"]
) -> Iterator[Visit]:
    context = browser.new_context(
        locale=language, color_scheme=theme, viewport={"width": 1440, "height": 900}
    )
    visit = new_visit(context, server)
    yield visit
    context.close()
    assert visit.faults == []


@pytest.mark.slow
def test_the_registry_is_accessible_in_both_languages_and_themes(visitor: Visit, read: str) -> None:
    page = visitor.open("/registry/")
    assert visitor.check_accessibility() == []
    page.locator("summary.where").click()
    visitor.follow(page.locator(".names a").first)
    assert visitor.check_accessibility() == []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    visitor.open("/registry/rows/shanxi/organisations/taizhong/")
    assert visitor.check_accessibility() == []
    visitor.open("/accounts/")
    assert visitor.check_accessibility() == []
    page.locator(".who summary").click()
    visitor.follow(page.locator("form[action='/accounts/sign-out/'] button"))
    assert visitor.check_accessibility() == []
