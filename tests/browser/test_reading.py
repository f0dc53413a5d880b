"""A person reads the founding article: by mouse, by key, without script."""

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fenglian.data import article
from tests.browser.conftest import Visit, enter

pytestmark = pytest.mark.browser
_copies = itertools.count(1)


def read_article(visit: Visit, folder: Path) -> Page:
    """Upload a copy of the article that was never read before, and open its reading."""
    file = folder / "article.txt"
    file.write_bytes(article() + b"\n" * next(_copies))
    page = visit.open("/intake/")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="读这一篇").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("重磅")
    return page


def test_the_article_is_read_decided_on_and_listed_by_mouse(visit: Visit, tmp_path: Path) -> None:
    page = read_article(visit, tmp_path)
    amount = page.locator(".fact", has_text="逾 21 亿元")
    words = page.locator(".clean .f", has_text="逾21亿元").first

    words.hover()
    for place in (".raw .f.on", ".fact.on"):
        expect(page.locator(place).first).to_be_visible()
    words.click()
    amount.get_by_role("button", name="采纳").click()
    expect(page.locator(".fact", has_text="逾 21 亿元")).to_contain_text("已采纳")

    attendance = page.locator(".fact", has_text="66 家单位")
    attendance.click()
    attendance.get_by_role("link", name="修改").click()
    field = page.get_by_label("值", exact=True)
    field.fill("四点五吧")
    page.get_by_role("button", name="改好并采纳").click()
    expect(page.locator(".err")).to_contain_text("四点五吧")
    expect(field).to_have_value("四点五吧")
    field.fill("67家单位")
    page.get_by_role("button", name="改好并采纳").click()
    edited = page.locator(".fact", has_text="67 家单位")
    expect(edited).to_contain_text("有修改")
    expect(edited.locator("del")).to_contain_text("66 家单位")

    persons = page.locator(".fact", has_text="160 位代表")
    persons.click()
    persons.get_by_role("button", name="驳回").click()
    expect(page.locator(".fact", has_text="160 位代表")).to_contain_text("已驳回")
    page.get_by_role("button", name="撤销上一步").click()
    expect(page.locator(".fact", has_text="160 位代表")).to_contain_text("待核")

    page.get_by_role("link", name="陈述", exact=True).click()
    row = page.locator("tr", has_text="67 家单位").first
    row.get_by_role("link").click()
    expect(page.locator(".fact.sel")).to_contain_text("67 家单位")
    expect(page.locator(".clean .f.on").first).to_be_in_viewport()


@pytest.mark.slow
def test_the_keys_do_what_the_buttons_do(visit: Visit, tmp_path: Path) -> None:
    page = read_article(visit, tmp_path)
    selected = page.locator(".fact.sel")
    first = selected.get_attribute("id")
    page.keyboard.press("j")
    assert selected.get_attribute("id") != first
    page.keyboard.press("k")
    assert selected.get_attribute("id") == first

    page.keyboard.press("a")
    expect(page.locator(f"#{first}")).to_contain_text("已采纳")
    second = selected.get_attribute("id")
    assert second != first
    page.keyboard.press("r")
    expect(page.locator(f"#{second}")).to_contain_text("已驳回")
    page.keyboard.press("u")
    expect(page.locator(f"#{second}")).to_contain_text("待核")

    third = selected.get_attribute("id")
    page.keyboard.press("e")
    field = page.get_by_label("值", exact=True)
    expect(page.get_by_label("主体")).to_be_focused()
    field.fill("改过的值 ajkr")
    field.press("Enter")
    expect(page.locator(f"#{third}")).to_contain_text("改过的值 ajkr")
    expect(page.locator(f"#{third}")).to_contain_text("有修改")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("启用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    here = selected.get_attribute("id")
    page.keyboard.press("j")
    assert selected.get_attribute("id") == here


def test_the_undoubted_are_accepted_at_once(visit: Visit, tmp_path: Path) -> None:
    page = read_article(visit, tmp_path)
    page.get_by_role("button", name="采纳无疑义的").click()
    expect(page.locator("#messages")).to_contain_text("已采纳")
    expect(page.get_by_role("button", name="采纳无疑义的")).to_have_count(0)
    expect(page.locator(".fact.sel")).to_contain_text("待核")


@pytest.mark.slow
def test_a_doubtful_charset_is_asked_and_the_file_stays_chosen(
    visit: Visit, tmp_path: Path
) -> None:
    file = tmp_path / "big5.txt"
    file.write_bytes(("風電裝備產業聯盟成立。" * 20).encode("big5"))
    page = visit.open("/intake/")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="读这一篇").click()
    page.get_by_label("编码").select_option("big5")
    page.get_by_role("button", name="读这一篇").click()
    expect(page.locator(".scroll.raw")).to_contain_text("風電裝備")


@pytest.mark.slow
def test_all_of_it_works_without_script(
    browser: Browser, server: str, visit: Visit, tmp_path: Path
) -> None:
    address = read_article(visit, tmp_path).url
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    enter(context, server)
    page = context.new_page()
    page.goto(address)
    amount = page.locator(".fact", has_text="逾 21 亿元")
    amount.get_by_role("button", name="采纳").click()
    assert "#s-" in page.url
    expect(amount).to_contain_text("已采纳")
    amount.get_by_role("link", name="修改").click()
    page.get_by_label("值", exact=True).fill("22亿元")
    page.get_by_role("button", name="改好并采纳").click()
    expect(page.locator(".fact", has_text="22 亿元")).to_contain_text("有修改")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()
