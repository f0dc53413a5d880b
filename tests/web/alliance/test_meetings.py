"""Meetings, posts and what is to be done: called, counted, closed with evidence, seen by the right ones."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fenglian.web.access.table import NotPermitted
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Call, Errand, Motion, Office
from fenglian.web.alliance.faults import EndsBeforeItBegins, FieldMissing, TermOver, UnitMissing
from fenglian.web.alliance.models import Meeting
from fenglian.web.audit.models import Entry
from tests.web.alliance.conftest import Cast

pytestmark = pytest.mark.django_db
FLANGE, CHAIR = "演示法兰厂", "演示整机厂"


def call(cast: Cast, kind: str = "council") -> str:
    now = timezone.now()
    notice = Call(kind, "第一次会议", "太原", now, now + timedelta(hours=2), "入会\n\n 预算 ")
    return actions.call_meeting(cast["secretary"], notice)


def test_a_quorum_is_counted_of_units_with_a_vote_and_no_others(cast: Cast) -> None:
    for who, tier in (
        ("chair", "chair"),
        ("institute", "council"),
        ("bank", "council"),
        ("member", "member"),
    ):
        cast.admit(who, tier)
    slug = call(cast)
    actions.note_presence(cast["secretary"], slug, CHAIR, 3)
    actions.note_presence(cast["secretary"], slug, FLANGE)  # no seat in the council
    view = queries.find_meeting(cast["member"], slug)
    assert view.agenda == ("入会", "预算")
    assert view.quorum is not None
    assert (view.quorum.entitled, view.quorum.present, view.quorum.needed) == (3, 1, 2)
    assert not view.quorum.reached
    actions.note_presence(cast["secretary"], slug, "演示银行", 1)
    quorum = queries.find_meeting(cast["member"], slug).quorum
    assert quorum is not None
    assert quorum.reached
    assert queries.find_meeting(cast["member"], call(cast, "other")).quorum is None


def test_who_came_counts_as_present_in_a_vote_of_the_meeting(cast: Cast) -> None:
    cast.admit("chair", "chair")
    cast.admit("bank", "council")
    slug = call(cast)
    for unit in (CHAIR, "演示银行"):
        actions.note_presence(cast["secretary"], slug, unit)
    motion = Motion("other", "预算", meeting=slug)
    vote = actions.open_vote(cast["secretary"], motion)
    actions.cast_ballot(cast["chair"], vote, "for")
    assert not actions.close_vote(cast["secretary"], vote)  # one of two there is not two thirds
    result = queries.find_resolution(cast["member"], vote).result
    assert result is not None
    assert (result["present"], result["needed"], result["quorate"]) == (2, 2, True)
    assert [each.slug for each in queries.find_meeting(cast["bank"], slug).resolutions] == [vote]


def test_the_pages_of_a_meeting_from_notice_to_minutes(cast: Cast) -> None:
    browser = cast.browser("secretary")
    typed = {
        "kind": "assembly",
        "title": "年会",
        "place": "太原, 迎泽",
        "starts_at": "2027-03-01T09:00",
        "ends_at": "2027-03-01T11:30",
        "agenda": "报告\n换届",
    }
    path = browser.post("/alliance/meetings/", typed).headers["Location"]
    browser.post(f"{path}presence/", {"unit": FLANGE, "persons": 2, "names": "甲、乙"})
    browser.post(f"{path}presence/", {"unit": FLANGE, "persons": 3})
    browser.post(f"{path}minutes/", {"words": "同意报告"})
    page = cast.browser("member").get(path).content.decode()
    for words in ("2027-03-01 09:00", "1. 报告\n2. 换届", "同意报告", FLANGE):
        assert words in page
    file = cast.browser("department").get(f"{path}meeting.ics")
    assert file.headers["Content-Type"].startswith("text/calendar")
    text = file.content.decode()
    assert "DTSTART:20270301T010000Z\r\n" in text
    assert "LOCATION:太原\\, 迎泽\r\n" in text
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
    for wrong in (
        {**typed, "ends_at": "2027-03-01T09:00"},
        {**typed, "title": " "},
        {**typed, "starts_at": "x"},
    ):
        assert (
            'class="msg info"'
            in browser.post("/alliance/meetings/", wrong, follow=True).content.decode()
        )
    assert Meeting.objects.count() == 1
    assert "年会" in cast.browser("bank").get("/alliance/meetings/").content.decode()


def test_only_the_secretariat_keeps_meetings_and_posts(cast: Cast) -> None:
    slug, member, now = call(cast), cast["member"], timezone.now()
    for act in (
        lambda: actions.call_meeting(member, Call("council", "x", "y", now, now + timedelta(1))),
        lambda: actions.note_presence(member, slug, FLANGE),
        lambda: actions.keep_minutes(member, slug, "x"),
        lambda: actions.fill_post(member, Office("理事长单位", FLANGE, date(2026, 1, 1), "自封")),
        lambda: actions.set_action(member, Errand("advice", "x", date(2026, 1, 1), "y")),
        lambda: queries.list_meetings(cast["analyst"]),
        lambda: queries.list_tasks(cast["auditor"]),
    ):
        with pytest.raises(NotPermitted):
            act()
    secretary = cast["secretary"]
    with pytest.raises(EndsBeforeItBegins):
        actions.call_meeting(secretary, Call("council", "x", "y", now, now))
    with pytest.raises(UnitMissing):
        actions.note_presence(secretary, slug, "无此厂")
    with pytest.raises(FieldMissing):
        actions.keep_minutes(secretary, slug, " ")
    for missing in (
        lambda: actions.call_meeting(secretary, Call("party", "x", "y", now, now)),
        lambda: queries.find_meeting(secretary, "0" * 16),
    ):
        with pytest.raises(ObjectDoesNotExist):
            missing()


def test_a_post_is_held_as_of_a_day_and_its_end_is_announced(cast: Cast) -> None:
    secretary, today = cast["secretary"], timezone.localdate()
    since = today - timedelta(days=4 * 365 + 250)
    office = Office("理事长单位", CHAIR, since, "成立大会选举", years=5)
    actions.fill_post(secretary, office)
    actions.fill_post(secretary, Office("秘书长", CHAIR, since, "聘任", person="演示人"))
    lines = {each.name: each for each in queries.list_posts(cast["member"])}
    assert (lines["理事长单位"].standing, lines["理事长单位"].person) == ("due", "")
    assert (lines["秘书长"].standing, lines["秘书长"].last_day) == ("running", None)
    assert queries.list_posts(cast["member"], since - timedelta(days=1)) == []
    browser, slug = cast.browser("secretary"), lines["理事长单位"].slug
    assert "换届" in browser.get("/alliance/posts/").content.decode()
    browser.post(f"/alliance/posts/{slug}/leave/", {"on": today.isoformat()})
    assert [each.name for each in queries.list_posts(cast["member"])] == ["秘书长"]
    yesterday = (today - timedelta(days=1)).isoformat()
    assert "理事长单位" in browser.get(f"/alliance/posts/?as_of={yesterday}").content.decode()
    with pytest.raises(TermOver):
        actions.leave_post(secretary, slug, today)
    typed = {
        "name": "监事",
        "unit": FLANGE,
        "since": today.isoformat(),
        "years": 3,
        "grounds": "选举",
    }
    browser.post("/alliance/posts/", typed)
    assert "监事" in cast.browser("member").get("/alliance/posts/").content.decode()


def test_what_is_to_be_done_ends_with_evidence_from_whose_it_is(cast: Cast) -> None:
    secretary, today = cast["secretary"], timezone.localdate()
    late = Errand("advice", "报清单", today - timedelta(days=1), "张厅长建议", FLANGE)
    slug = actions.set_action(secretary, late)
    [line] = queries.list_tasks(cast["department"], overdue=True)
    assert (line.overdue, line.unit, line.may_close) == (True, FLANGE, False)
    with pytest.raises(ObjectDoesNotExist):
        actions.close_action(cast["chair"], slug, "替办")
    with pytest.raises(FieldMissing):
        actions.close_action(cast["member"], slug, " ")
    before = Entry.objects.count()
    cast.browser("member").post(f"/alliance/actions/{slug}/close/", {"words": "已报，文号 3"})
    assert Entry.objects.count() == before + 1
    [line] = queries.list_tasks(cast["chair"])
    assert (line.state, line.evidence, line.overdue) == ("done", "已报，文号 3", False)
    with pytest.raises(ObjectDoesNotExist):
        actions.close_action(secretary, slug, "再办")
    with pytest.raises(ObjectDoesNotExist):
        actions.set_action(secretary, Errand("whim", "x", today, "y"))


def test_a_question_is_between_the_unit_and_the_secretariat(cast: Cast) -> None:
    browser = cast.browser("member")
    typed = {"source": "question", "text": "何时年检？", "due_on": "2027-01-01"}
    assert browser.post("/alliance/actions/", typed).status_code == 302
    for who in ("member", "secretary"):
        assert "何时年检" in cast.browser(who).get("/alliance/actions/").content.decode()
    for who in ("chair", "bank", "department", "steward"):
        assert "何时年检" not in cast.browser(who).get("/alliance/actions/").content.decode()
    [line] = queries.list_tasks(cast["secretary"])
    assert line.asked_for == FLANGE
    cast.browser("secretary").post(
        f"/alliance/actions/{line.slug}/close/", {"words": "不再需要", "dropped": "on"}
    )
    assert queries.list_tasks(cast["member"])[0].state == "dropped"
    page = browser.post(
        "/alliance/actions/", {**typed, "due_on": "x"}, follow=True
    ).content.decode()
    assert 'class="msg info"' in page
