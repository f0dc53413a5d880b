"""A person is invited, joins with both factors, and finds the own unit in the frame."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, visitor_of

pytestmark = pytest.mark.browser
PASSWORD = "lanse-fengche-7"  # noqa: S105  # of nobody
UNIT = "虚构轴承有限公司"
WORDS = {
    "zh-CN": ("生成链接", "继续", "已经存好，继续", "复制链接", "已复制"),
    "en-GB": ("Make the link", "Go on", "I have kept them, go on", "Copy the link", "Copied"),
}


@pytest.fixture(params=list(WORDS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def secretary(browser: Browser, server: str, language: str) -> Iterator[Visit]:
    yield from visitor_of(browser, server, language, role="secretariat")


@pytest.fixture
def newcomer(browser: Browser, server: str, language: str) -> Iterator[Visit]:
    yield from visitor_of(browser, server, language)


@pytest.mark.slow
def test_who_is_invited_joins_with_both_factors_and_sees_the_own_unit(
    secretary: Visit, newcomer: Visit, language: str, tmp_path: Path
) -> None:
    make, go_on, kept, copy, copied = WORDS[language]
    page = secretary.open("/accounts/people/")
    secretary.check_everywhere()
    page.locator("#id_name").fill("张三")
    page.locator("#id_role").select_option("member")
    page.locator("#id_unit").fill(UNIT)
    page.get_by_role("button", name=make).click()
    expect(page.locator("#link")).to_contain_text("/accounts/join/")
    secretary.check_everywhere()
    page.get_by_role("button", name=copy).click()
    expect(page.get_by_role("button", name=copied)).to_be_visible()
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert link == page.locator("#link").text_content()

    there = newcomer.page
    there.goto(link)
    expect(there.locator("main")).to_contain_text(UNIT)
    newcomer.check_everywhere()
    username = f"zhang-{language}"
    there.locator("#id_username").fill(username)
    there.locator("#id_password").fill(PASSWORD)
    there.locator("#id_again").fill(PASSWORD)
    there.get_by_role("button", name=go_on).click()
    secret = (there.locator("#secret").text_content() or "").replace(" ", "")
    newcomer.check_everywhere()
    there.locator("#id_code").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    there.get_by_role("button", name=go_on).click()
    expect(there.locator("#codes li")).to_have_count(10)
    newcomer.check_everywhere()
    code = there.locator("#codes code").first.text_content() or ""
    there.get_by_role("link", name=kept).click()
    expect(there.locator("header.top .unit")).to_have_text(UNIT)
    sign_out_and_in(newcomer, username, code)
    check_pages_of_ones_own(newcomer)

    there.goto(link)  # a second time
    expect(there.locator(".msg.bad")).to_be_visible()
    newcomer.check_everywhere()
    secretary.open("/accounts/people/")
    expect(page.locator("main")).to_contain_text(username)
    secretary.check_everywhere()
    secretary.open(f"/accounts/seats/{username}/")
    secretary.check_everywhere()


def sign_out_and_in(newcomer: Visit, username: str, code: str) -> None:
    page = newcomer.page
    page.locator(".who summary").click()
    page.locator("form[action='/accounts/sign-out/'] button").click()
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form[action='/accounts/sign-in/'] button").click()
    expect(page.locator("#id_code")).to_be_visible()
    newcomer.check_everywhere()
    page.locator("#id_code").fill(code)
    page.locator("#id_code").press("Enter")
    expect(page.locator("header.top .unit")).to_have_text(UNIT)


def check_pages_of_ones_own(newcomer: Visit) -> None:
    for path in ("", "password/", "second-step/renew/", "recovery-codes/", "people/"):
        newcomer.open(f"/accounts/{path}")
        newcomer.check_everywhere()
