"""A member sees a need that fits, offers, records the order; the buyer confirms; the first step comes."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = {
    "zh-CN": (
        r"\d+ 项需求适合本单位",
        r"\d+ 项因证书不符",
        "缺",
        "订单已记",
        "双方",
        "计入本地配套",
    ),
    "en-GB": (
        r"\d+ needs? fits? you",
        r"\d+ fails? by certificates",
        "lacks",
        "order recorded",
        "both",
        "counts as local",
    ),
}


@pytest.fixture(params=list(WORDS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fill(visit: Visit, form: str, **typed: str) -> None:
    """Have a unit keep a row of a form by the form's page."""
    page = visit.open("/registry/unit/")
    visit.page.goto(f"{page.url}{form}/")
    for name, words in typed.items():
        field = page.locator(f"#f-{name}")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(words)
        else:
            field.fill(words)
    page.locator("main form").first.locator("button[type=submit]").first.click()
    expect(page.locator(".msg.bad")).to_have_count(0)


def need(page: Page, ref: str) -> Locator:
    """Return what the page of needs says of one."""
    return page.locator("li.chance").filter(has_text=ref)


def test_a_need_becomes_an_order_in_both_ledgers(
    browser: Browser, server: str, language: str
) -> None:
    fits, fails, lacks, recorded, both, counts = WORDS[language]
    one, two = f"需甲{language}", f"需乙{language}"
    model, certificate, number = f"型{language}", f"演示认证{language}", f"演订{language}"
    with (
        visiting(browser, server, language, "council") as buyer,
        visiting(browser, server, language, "member") as seller,
    ):
        asked = {"product": "flange", "certificates": certificate, "needed_by": "2099-06-30"}
        fill(buyer, "needs", ref=one, **asked)
        fill(buyer, "needs", ref=two, **{**asked, "certificates": f"别的{certificate}"})
        offered = {"product": "flange", "model": model, "certificates": certificate}
        fill(seller, "offerings", lead_days="30", **offered)

        sells = seller.open("/contracts/needs/")
        expect(sells.locator("#fits")).to_contain_text(re.compile(fits))
        expect(sells.locator("#fits")).to_contain_text(re.compile(fails))
        expect(need(sells, one).locator(".badge.met")).to_be_visible()
        expect(need(sells, two)).to_contain_text(lacks)
        seller.check_everywhere()
        need(sells, one).get_by_role("button").click()
        expect(need(sells, two).get_by_role("button")).to_have_count(0)

        buys = buyer.open("/contracts/needs/")
        buys.locator("li", has_text=one).get_by_role("link", name="演示法兰01厂").click()
        take_up(buys, f"{number}意")
        buyer.check_everywhere()

        sells.goto(f"{server}/contracts/needs/")
        need(sells, one).locator("[name=number]").fill(number)
        need(sells, one).locator("[name=amount]").fill("180万元")
        need(sells, one).get_by_role("button").click()
        expect(need(sells, one)).to_contain_text(recorded)
        need(sells, one).get_by_role("link").last.click()
        order = sells.url

        buys.goto(f"{server}/contracts/")
        buys.locator("section.answers li").filter(has_text=number).locator("a.btn").click()
        take_up(buys, number, "180万元")
        row = buys.locator("tr").filter(has_text=number)
        expect(row).to_contain_text(both)
        row.get_by_role("link").first.click()
        expect(buys.locator("section[aria-labelledby=part-title]")).to_contain_text(counts)
        buyer.check_everywhere()

        sells.goto(order)
        reference = sells.locator("h1").inner_text().split(" ", 1)[1]
        step = {"contract": reference, "step": "1", "delivered_on": "2026-03-01"}
        fill(seller, "deliveries", amount="60万元", **step)
        sells.goto(order)
        expect(sells.locator("section[aria-labelledby=steps-title]")).to_contain_text("2026-03-01")
        expect(sells.locator("section[aria-labelledby=part-title]")).to_be_visible()
        seller.check_everywhere()


def take_up(page: Page, ref: str, amount: str = "") -> None:
    """Confirm what another recorded, by its page."""
    page.locator("#ref").fill(ref)
    page.locator("#amount").fill(amount)
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".msg.bad")).to_have_count(0)
