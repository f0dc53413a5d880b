"""The meeting of journey 4: notice, agenda, sign-in by telephone, decision, outcome, in each language."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
UNIT, OTHER = "演示整机01厂", "演示研究院02"
HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Words:
    """What the pages say in one language."""

    locale: str
    title: str
    quorum: str
    noted: str
    carried: str


WORDS = {
    "zh": Words("zh-CN", "演示对接会甲", "达到法定人数", "已登记", "通过"),
    "en": Words("en-GB", "演示对接会乙", "a quorum", "is noted", "carried"),
}


@pytest.fixture(params=list(WORDS))
def words(request: pytest.FixtureRequest) -> Words:
    return WORDS[str(request.param)]


def test_a_meeting_from_its_notice_to_its_outcome(
    browser: Browser, server: str, words: Words
) -> None:
    with visiting(browser, server, words.locale, "secretariat") as secretary:
        call(secretary, words)
        meeting = secretary.page.url
        with visiting(browser, server, words.locale, "member") as member:
            agree_on_an_idea(member, secretary, words, meeting)
        secretary.page.goto(meeting)
        secretary.follow(secretary.page.locator("a[href$='/sign-in/']"))
        secretary.check_everywhere()
        code = secretary.page.locator("code.address").text_content() or ""
        with visiting(browser, server, words.locale) as guest:
            for unit in (UNIT, OTHER):
                sign_in(guest, code, unit, words)
        secretary.page.goto(meeting)
        confirm(secretary, words)
        decide(secretary, words, meeting)
        outcome(secretary, words, meeting)
        with visiting(browser, server, words.locale) as stranger:
            page = stranger.open("/public/alliance/demo/")
            expect(page.locator("main")).to_contain_text(words.title)
            stranger.check_everywhere()


def call(secretary: Visit, words: Words) -> None:
    page, now = secretary.open("/alliance/meetings/"), datetime.now(HERE)
    secretary.check_everywhere()
    page.locator("#c-kind").select_option("council")
    page.locator("#c-title").fill(words.title)
    page.locator("#c-place").fill("太原（演示）")
    page.locator("#c-starts").fill(f"{now:%Y-%m-%dT%H:%M}")
    page.locator("#c-ends").fill(f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.locator("#c-agenda").fill("演示议题一\n演示议题二")
    page.locator("form[action$='/meetings/'] button[type=submit]").click()
    expect(page.locator("#notice")).to_contain_text("2. 演示议题二")
    page.locator("button[data-copy=notice]").click()
    assert words.title in page.evaluate("navigator.clipboard.readText()")
    secretary.check_everywhere()


def agree_on_an_idea(member: Visit, secretary: Visit, words: Words, meeting: str) -> None:
    """Have a member propose something, and the secretariat put it on the agenda."""
    page = member.open("/alliance/ideas/")
    page.locator("#p-title").fill(f"演示建议 {words.title}")
    page.locator("#p-text").fill("演示：排出共用设备日历")
    page.locator("section[aria-labelledby=put-title] button").click()
    expect(page.locator("main")).to_contain_text(f"演示建议 {words.title}")
    member.check_everywhere()
    there = secretary.open("/alliance/ideas/")
    idea = there.locator("section.panel").filter(has_text=f"演示建议 {words.title}")
    idea.locator("select[name=meeting]").select_option(label=words.title)
    idea.locator("form[action$='/settle/'] button").click()
    secretary.page.goto(meeting)
    expect(there.locator(".agenda li")).to_have_count(3)


def sign_in(guest: Visit, code: str, unit: str, words: Words) -> None:
    page: Page = guest.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(code)
    guest.check_everywhere()
    page.locator("#s-unit").fill(unit)
    page.locator("#s-persons").fill("2")
    page.locator("#s-names").fill("演示代表")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".msg.ok")).to_contain_text(words.noted)


def confirm(secretary: Visit, words: Words) -> None:
    """Confirm at the desk who signed in; then, and not before, there is a quorum."""
    came = secretary.page.locator("section[aria-labelledby=came-title]")
    expect(came.locator(".badge.gap")).to_be_visible()
    for _unit in (UNIT, OTHER):
        came.locator("td form button").first.click()
    expect(came.locator("td form")).to_have_count(0)
    expect(came.locator(".badge.good")).to_have_text(words.quorum)


def decide(secretary: Visit, words: Words, meeting: str) -> None:
    page = secretary.page
    page.locator("#r-text").fill("演示：每季度对接一次")
    page.locator("form[action$='/resolutions/'] button").click()
    for name, number in (
        ("entitled", 3), ("present", 2), ("votes_for", 2), ("against", 0), ("abstain", 0),
    ):  # fmt: skip
        page.locator(f"#c-{name}").fill(str(number))
    page.locator("form[action$='/close/'] button").click()
    expect(page.locator(".head .badge.good")).to_have_text(words.carried)
    page.goto(meeting)


def outcome(secretary: Visit, words: Words, meeting: str) -> None:
    """Keep the minutes, set what follows, publish; all of it stands on the meeting's page."""
    page = secretary.page
    page.locator("#m-words").fill("演示纪要")
    page.locator("form[action$='/minutes/'] button").click()
    page.locator("#a-text").fill("演示：报送需求清单")
    page.locator("#a-unit").fill(UNIT)
    page.locator("#a-due").fill(f"{datetime.now(HERE) + timedelta(days=3):%Y-%m-%d}")
    page.locator("form[action$='/actions/'] button").click()
    expect(page).to_have_url(meeting)
    page.locator("form[action$='/publish/'] button").click()
    expect(page.locator("section[aria-labelledby=tasks-title]")).to_contain_text(UNIT)
    expect(page.locator("section[aria-labelledby=decided-title]")).to_contain_text(words.carried)
    expect(page.locator("section[aria-labelledby=minutes-title]")).to_contain_text("演示纪要")
    secretary.check_everywhere()
    with page.expect_download() as download:
        page.locator("a[href$='meeting.ics']").click()
    assert download.value.suggested_filename.endswith(".ics")
