"""Journey 2: a firm opens a link, and at its end is a member, once in each language.

Link, code, licence, products, sites and capacities, review, the council's vote, fee, certificate;
at the end the member row, the certificate's number, the meter, the welcome letter, the votes.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fenglian.engine.registry.codes import organisation_check, uscc_check
from tests.browser.conftest import Visit, visiting
from tests.render.pdf_text import page_texts

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COUNCIL = ("council", "institute", "bank")  # roles whose units sit in the demo's council


@dataclass(frozen=True)
class Words:
    """What the pages say in one language."""

    locale: str
    number: int
    state: str  # of a member
    passed: str  # of a check
    check: str  # of a wrong code
    welcome: str
    copied: str


WORDS = {
    "zh": Words("zh-CN", 1, "在册", "合格", "校验", "欢迎", "已复制"),
    "en": Words("en-GB", 2, "admitted", "in order", "Character 18", "welcome to", "Copied"),
}  # fmt: skip


@pytest.fixture(params=list(WORDS))
def words(request: pytest.FixtureRequest) -> Words:
    return WORDS[str(request.param)]


def code(number: int) -> str:
    body = f"JRNY{number:04d}"
    first = f"91140100{body}{organisation_check(body)}"
    return f"{first}{uscc_check(first)}"


def name(words: Words) -> str:
    return f"演示入会厂{words.number:02d}"


def test_a_firm_with_a_link_becomes_a_member(
    browser: Browser, server: str, words: Words, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7 demo")
    with visiting(browser, server, words.locale, "secretariat") as secretary:
        page = secretary.open("/alliance/outward/")
        secretary.check_everywhere()
        page.locator("form[action$='/outward/links/'] button").click()
        link = page.locator("#address").text_content() or ""
        secretary.check_everywhere()
        with visiting(browser, server, words.locale) as firm:
            apply(firm, link, words, paper)
            fill_in(firm, words)
        unit = review(secretary, words)
        address = put_to_the_vote(secretary)
        for role in COUNCIL:
            with visiting(browser, server, words.locale, role) as voter:
                vote(voter, address)
        close_and_admit(secretary, address, unit)
        member(secretary, unit, words)


def apply(firm: Visit, link: str, words: Words, paper: Path) -> None:
    page = firm.page
    page.goto(link)
    firm.check_everywhere()
    page.set_viewport_size({"width": 390, "height": 844})
    good = code(words.number)
    wrong = good[:-1] + ("1" if good[-1] == "0" else "0")
    send(page, words, wrong, paper)
    expect(page.locator(".msg.bad")).to_contain_text(words.check)
    expect(page.locator("#a-name")).to_have_value(name(words))
    firm.check_everywhere()
    send(page, words, good, paper)
    expect(page.locator("#address")).to_be_visible()
    firm.check_everywhere()


def send(page: Page, words: Words, number: str, paper: Path) -> None:
    page.locator("#a-name").fill(name(words))
    page.locator("#a-code").fill(number)
    page.locator("#a-delegate").fill("演示新代表")
    for kind in ("application", "licence"):
        page.set_input_files(f"#p-{kind}", paper)
    page.locator("main form button[type=submit]").click()


def fill_in(firm: Visit, words: Words) -> None:
    """Go on to what the unit is, where it works, and how much it can make."""
    page = firm.page
    page.locator("a.btn.pri").click()
    page.locator("#f-uscc").fill(code(words.number))
    page.locator("#f-name_zh").fill(name(words))
    page.locator("#f-kind").select_option(index=1)
    page.locator("#f-status").select_option(index=1)
    page.locator("#f-region").fill("太原市")
    deliver(page, 1)
    page.locator("nav.filter a[href*='form=sites']").click()
    page.locator("#f-name").fill("演示一厂区")
    page.locator("#f-region").fill("太原市")
    deliver(page, 2)
    page.locator("nav.filter a[href*='form=offerings']").click()
    page.locator("#f-product").select_option("flange")
    page.locator("#f-model").fill("演示型号")
    deliver(page, 3)
    page.locator("nav.filter a[href*='form=capacities']").click()
    page.locator("#f-product").select_option("flange")
    for field, said in (("period", "2026"), ("quantity", "约1.2万"), ("unit", "吨")):
        page.locator(f"#f-{field}").fill(said)
    page.locator("#f-basis").select_option(index=1)
    deliver(page, 4)
    firm.check_everywhere()


def deliver(page: Page, received: int) -> None:
    page.locator("section[aria-labelledby=form-title] button[type=submit]").click()
    told = page.locator("section[aria-labelledby=sent-title] li")
    expect(told).to_have_count(received)


def review(secretary: Visit, words: Words) -> str:
    """Read the checks, take the step of review; return the unit's address in the registry's words."""
    page = secretary.open("/alliance/")
    page.locator("section[aria-labelledby=waiting-title] a").filter(has_text=name(words)).click()
    checks = page.locator("section[aria-labelledby=checks-title] tbody tr")
    expect(checks).to_have_count(5)
    expect(checks.locator(".badge.good")).to_have_count(5)
    expect(checks.first).to_contain_text(words.passed)
    secretary.check_everywhere()
    page.locator("#s-review").fill("材料齐全")
    page.locator("#s-review ~ .send button").click()
    return page.url.rstrip("/").split("/")[-2]


def put_to_the_vote(secretary: Visit) -> str:
    page = secretary.page
    page.locator("#put-body").select_option("council")
    page.locator("#put-way").select_option("open")
    page.locator("form[action$='/vote/'] button").click()
    expect(page.locator("section[aria-labelledby=ballots-title] tbody tr")).to_have_count(3)
    secretary.check_everywhere()
    return page.url


def vote(voter: Visit, address: str) -> None:
    page = voter.page
    page.goto(address)
    page.locator("button[name=choice][value=for]").click()
    expect(page.locator("button[name=choice]")).to_have_count(0)


def close_and_admit(secretary: Visit, address: str, unit: str) -> None:
    page = secretary.page
    page.goto(address)
    expect(page.locator("section[aria-labelledby=ballots-title] .badge.good")).to_have_count(3)
    page.locator("form[action$='/close/'] button").click()
    expect(page.locator("section[aria-labelledby=count-title] .badge.good")).to_be_visible()
    secretary.open(f"/alliance/units/{unit}/application/")
    page.locator("form[action$='/steps/']:has(input[value=admit]) button").click()


def member(secretary: Visit, unit: str, words: Words) -> None:
    """Note the fee, issue the certificate; then look at all that must be there at the end."""
    page = secretary.open(f"/alliance/members/{unit}/")
    fees = page.locator("form[action$='/fees/']")
    fees.locator("[name=yuan]").fill("2000")
    fees.locator("[name=receipt]").fill("演示收据")
    fees.locator("button").click()
    page.locator("form[action$='/certificate/'] button").click()
    number = page.locator("section[aria-labelledby=about-title] code").text_content() or ""
    assert number.startswith("DEMO-")
    with page.expect_download() as download:
        page.locator("a[href$='certificate.pdf']").click()
    text = "".join(page_texts(Path(download.value.path()).read_bytes()))
    assert number in text
    assert name(words) in text
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator("#welcome")).to_contain_text(words.welcome)
    expect(page.locator("#welcome")).to_contain_text(number)
    page.locator("button[data-copy=welcome]").click()
    expect(page.locator("button[data-copy=welcome]")).to_have_text(words.copied)
    assert number in page.evaluate("navigator.clipboard.readText()")
    expect(page.locator("section[aria-labelledby=votes-title] .badge.good")).to_be_visible()
    secretary.check_everywhere()
    secretary.open("/alliance/")
    row = page.locator("section[aria-labelledby=members-title] tr").filter(has_text=name(words))
    expect(row).to_contain_text(words.state)
    expect(row).to_contain_text(number)
