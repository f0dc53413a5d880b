"""A firm becomes a unit that fills itself in, and every page that a unit sees fits and is heard."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CODES = {"zh-CN": "91140100MA0ABCDE6K", "en-GB": "91140200MA0ABCDE6Q"}
WORDS = {
    "zh-CN": ("新建单位", "生成链接", "送出", "校验", "另一家单位", "太原市登记", "不对您开放"),
    "en-GB": (
        "New unit",
        "Make a link",
        "Send",
        "Character 18",
        "another unit",
        "registered in 大同市",
        "Not open to you",
    ),
}
OF_ROLES = {
    "secretariat": ("/registry/units/", "/accounts/people/", "/access/", "/access/table/"),
    "member": ("/registry/unit/", "/access/", "/audit/", "/accounts/"),
    "council": ("/registry/units/", "/registry/unit/"),
    "government": ("/registry/units/", "/audit/", "/access/"),
    "bank": ("/registry/unit/", "/access/"),
    "steward": ("/access/", "/audit/"),
    "auditor": ("/audit/", "/access/table/"),
    "security_admin": ("/accounts/people/", "/accounts/proposals/"),
    "system_admin": ("/accounts/people/", "/accounts/"),
}


@pytest.fixture(params=list(WORDS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_firm_without_an_account_fills_in_its_profile(
    browser: Browser, server: str, language: str
) -> None:
    new, make, send, check, another, registered, closed = WORDS[language]
    with (
        visiting(browser, server, language, "secretariat") as secretary,
        visiting(browser, server, language) as firm,
    ):
        page = secretary.open("/registry/units/")
        page.locator("#name").fill(f"演示来料厂{language}")
        page.get_by_role("button", name=new).click()
        unit = page.url
        page.get_by_role("button", name=make).click()
        link = page.locator(".address").text_content() or ""
        secretary.check_everywhere()

        there = firm.page
        there.goto(link)
        firm.check_everywhere()
        there.set_viewport_size({"width": 390, "height": 844})
        fill_profile(there, language, "91140100MA0ABCDE60")
        there.get_by_role("button", name=send).click()
        expect(there.locator(".msg.bad")).to_contain_text(check)
        expect(there.locator("#f-name_zh")).to_have_value(f"演示来料厂{language}")
        firm.check_everywhere()
        there.locator("#f-uscc").fill("91140000DEMX00014M")
        there.get_by_role("button", name=send).click()
        expect(there.locator(".msg.bad")).to_contain_text(another)
        there.locator("#f-uscc").fill(CODES[language])
        there.get_by_role("button", name=send).click()
        expect(there.locator(".receipt [role=status]")).to_contain_text(CODES[language])
        fill_capacity(there)
        there.get_by_role("button", name=send).click()
        expect(there.locator(".receipt [role=status]").locator("li")).to_have_count(2)
        firm.check_everywhere()

        page.goto(unit)
        expect(page.locator("main")).to_contain_text(registered)
        capacities = page.locator("section[aria-labelledby=capacities-title]")
        expect(capacities).to_contain_text(closed)
        secretary.check_everywhere()


def fill_profile(page: Page, language: str, code: str) -> None:
    page.locator("#f-uscc").fill(code)
    page.locator("#f-name_zh").fill(f"演示来料厂{language}")
    page.locator("#f-kind").select_option(index=1)
    page.locator("#f-status").select_option(index=1)
    page.locator("#f-region").fill("太原市")


def fill_capacity(page: Page) -> None:
    page.locator("nav.filter a[href*='form=capacities']").click()
    page.locator("#f-product").select_option("flange")
    for name, words in (("period", "2026"), ("quantity", "约1.2万"), ("unit", "吨")):
        page.locator(f"#f-{name}").fill(words)
    page.locator("#f-basis").select_option(index=1)


def test_a_member_corrects_a_row_and_grants_a_look(
    browser: Browser, server: str, language: str
) -> None:
    with visiting(browser, server, language, "member") as member:
        page = member.open("/registry/unit/")
        own = page.url
        page.goto(f"{own}capacities/")
        page.locator("#f-period").fill("明年")
        page.locator("main form").first.locator("button[type=submit]").first.click()
        expect(page.locator(".msg.bad")).to_contain_text("明年")
        member.check_everywhere()
        fill_capacity_row(page)
        page.locator("main form").first.locator("button[type=submit]").first.click()
        expect(page).to_have_url(own)
        expect(page.locator("main")).to_contain_text("2031")
        member.open("/access/")
        page.locator("[name=purpose]").fill("排产对账")
        page.locator("[name=until]").fill("2027-03-01")
        page.locator("form.form button").click()
        expect(page.locator("main table")).to_contain_text("排产对账")
        member.check_everywhere()


def fill_capacity_row(page: Page) -> None:
    page.locator("#f-product").select_option("flange")
    for name, words in (("period", "2031"), ("quantity", "1200"), ("unit", "吨")):
        page.locator(f"#f-{name}").fill(words)
    page.locator("#f-basis").select_option(index=1)


@pytest.mark.parametrize("role", list(OF_ROLES))
def test_the_pages_of_a_role_are_accessible_and_fit(
    browser: Browser, server: str, language: str, role: str
) -> None:
    with visiting(browser, server, language, role) as visit:
        for path in OF_ROLES[role]:
            visit.open(path)
            visit.check_everywhere()
