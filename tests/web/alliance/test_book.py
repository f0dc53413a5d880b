"""The contact book is made for its reader; the score counts what is on record; programs get the same."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.actions import give_grant
from fenglian.web.accounts.actor import Role
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Call, Errand, Motion, Office, fill_demo_alliance
from fenglian.web.alliance.models import Meeting, Member, Step
from fenglian.web.audit.models import Entry
from fenglian.web.registry.actions import fill_demo_units
from tests.web.alliance.conftest import Cast
from tests.web.conftest import person, secretary

pytestmark = pytest.mark.django_db


def cells(content: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_the_book_has_a_contact_only_where_its_reader_may_see_it(cast: Cast) -> None:
    cast.admit("member")
    cast.admit("chair", "chair")
    own, other = cast.browser("member"), cast.browser("chair")
    page = own.get("/alliance/book/").content.decode()
    secret = next(each for each in cast.world.canaries["member", DataClass.P] if each in page)
    assert secret not in other.get("/alliance/book/").content.decode()
    assert secret not in cast.browser("department").get("/alliance/book/").content.decode()
    today = timezone.localdate()
    give_grant(cast["member"], "演示整机厂", DataClass.P, purpose="联络", until=today)
    before = Entry.objects.filter(act="read", role="council").count()
    assert secret in other.get("/alliance/book/").content.decode()
    assert Entry.objects.filter(act="read", role="council").count() > before
    file = other.get("/alliance/book/contacts.xlsx")
    assert secret in cells(file.content)
    assert "demo-contacts.xlsx" in file.headers["Content-Disposition"]


def test_the_workbook_holds_posts_and_delegates_as_text(cast: Cast) -> None:
    cast.admit("member")
    office = Office("理事", "演示法兰厂", timezone.localdate(), "选举", person="=1+1")
    actions.fill_post(cast["secretary"], office)
    found = cells(cast.browser("department").get("/alliance/book/contacts.xlsx").content)
    assert "理事（=1+1）" in found
    assert "演示代表member 经理" in found
    assert "未对您开放或未填" in found


def test_an_empty_alliance_scores_nothing_known(cast: Cast) -> None:
    found = queries.score_year(cast["member"])
    assert (found.low, found.high) == (0, 100)
    assert all(part.low is None for part in found.parts)
    page = cast.browser("member").get("/alliance/activity/").content.decode()
    assert "0–100" in page
    assert "跨档" in page


def test_the_score_follows_what_is_on_record(cast: Cast) -> None:
    keeper, now = cast["secretary"], timezone.now()
    cast.admit("chair", "chair")
    for days in (40, 10):
        begins = now - timedelta(days=days)
        call = Call("council", "理事会", "太原", begins, begins + timedelta(hours=1))
        actions.keep_minutes(keeper, actions.call_meeting(keeper, call), "纪要")
    done = {each.name for part in queries.score_year(keeper).parts[:1] for each in part.missing}
    assert done == {"assembly", "votes", "posts", "tasks", "certificates"}
    actions.set_action(keeper, Errand("advice", "x", timezone.localdate() - timedelta(1), "y"))
    actions.open_vote(keeper, Motion("other", "预算"))
    [missing] = [part.missing for part in queries.score_year(keeper).parts[:1]]
    assert {each.name: each.done for each in missing} == {
        "assembly": False, "votes": False, "posts": None, "tasks": False, "certificates": False,
    }  # fmt: skip


def test_programs_get_what_the_pages_show(cast: Cast) -> None:
    cast.admit("member")
    browser, slug = cast.browser("chair"), cast.slug("member")
    office = Office("监事", "演示法兰厂", timezone.localdate(), "选举", years=3)
    actions.fill_post(cast["secretary"], office)
    actions.set_action(cast["secretary"], Errand("advice", "x", timezone.localdate(), "y"))
    now = timezone.now()
    actions.call_meeting(cast["secretary"], Call("other", "x", "y", now, now + timedelta(1)))
    one = browser.get(f"/api/v1/alliance/members/{slug}").json()
    assert one in browser.get("/api/v1/alliance/members").json()["members"]
    assert (one["state"], one["tier"]) == ("admitted", "member")
    for name in ("resolutions", "meetings", "posts", "actions"):
        body = browser.get(f"/api/v1/alliance/{name}").json()
        assert body["synthetic"] is True
        assert len(body[name]) == 1, name
    assert cast.browser("analyst").get("/api/v1/alliance/members").status_code == 403


def test_the_demo_alliance_has_members_a_vote_and_marks_and_the_real_one_nothing() -> None:
    keeper, real = secretary("demo"), secretary()
    fill_demo_units(keeper)
    for _ in range(2):
        fill_demo_alliance(keeper)
        fill_demo_alliance(real)
    assert {row.alliance_id for row in Member.objects.whole()} == {keeper.alliance.id}
    assert Member.objects.whole().count() == 4
    assert Meeting.objects.count() == 2
    assert not Step.objects.whole().filter(alliance_id=real.alliance.id).exists()
    browser = person(Role.COUNCIL)
    browser.post("/accounts/alliance/", {"alliance": "demo"})
    [vote] = [each for each in queries.list_resolutions(keeper) if each.carried is None]
    page = browser.get(f"/alliance/resolutions/{vote.slug}/").content.decode()
    assert 'name="choice" value="for"' in page
    for path in ("", "meetings/", "posts/", "actions/", "book/", "activity/", "resolutions/"):
        assert "演示数据" in browser.get(f"/alliance/{path}").content.decode()
