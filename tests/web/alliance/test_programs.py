"""What a member's own software reads and sends: as the pages have it, by the same rules."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenglian.engine.alliance.charter import MODEL, spell_charter
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Call, Motion, Standing, Text
from fenglian.web.alliance.models import Box, Meeting, Presence
from fenglian.web.audit.models import Entry
from tests.web.alliance.conftest import Cast

pytestmark = pytest.mark.django_db
API = "/api/v1/alliance"
CHAIR, FLANGE, BANK = "演示整机厂", "演示法兰厂", "演示银行"


@pytest.fixture
def cast(bare: Cast) -> Cast:
    """Return the people; what their units say of themselves does not matter here."""
    return bare


def get(browser: Client, path: str, status: int = 200) -> Any:
    answer = browser.get(f"{API}/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def post(browser: Client, path: str, body: Any, status: int = 200) -> Any:
    answer = browser.post(f"{API}/{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def call(cast: Cast, days: int = 3) -> str:
    begins = timezone.now() + timedelta(days=days)
    notice = Call("council", "理事会", "太原", begins, begins + timedelta(hours=2), "入会")
    return actions.call_meeting(cast["secretary"], notice)


# Ideas.


def test_an_idea_goes_from_a_program_to_an_agenda(cast: Cast) -> None:
    member, chair, keeper = (cast.browser(who) for who in ("member", "chair", "secretary"))
    made = post(member, "ideas", {"title": "共用试验台", "text": "排出日历"}, 201)
    assert (made["unit"], made["state"], made["backers"]) == (FLANGE, "put", [])
    assert get(chair, "ideas")["ideas"] == [{**made, "may_back": True}]
    assert post(chair, f"ideas/{made['id']}/backing", {})["backers"] == [CHAIR]
    again = post(chair, f"ideas/{made['id']}/backing", {}, 422)
    assert again["type"].endswith("may-not-back")
    post(chair, f"ideas/{made['id']}/outcome", {"answer": "不办"}, 403)
    meeting = call(cast)
    settled = post(keeper, f"ideas/{made['id']}/outcome", {"meeting": meeting})
    assert (settled["state"], settled["meeting"]) == ("agenda", meeting)
    assert get(member, f"meetings/{meeting}")["agenda"] == ["入会", "共用试验台"]
    assert len(get(member, f"ideas?meeting={meeting}")["ideas"]) == 1
    assert get(member, f"ideas?meeting={'0' * 16}")["ideas"] == []


def test_what_is_no_idea_is_refused_with_its_place(cast: Cast) -> None:
    member = cast.browser("member")
    blank = post(member, "ideas", {"title": " ", "text": "排出日历"}, 422)
    assert "建议题目" in blank["detail"]
    for wrong in (
        {"title": "x" * 121, "text": "y"},
        {"title": "x\x00", "text": "y"},
        {"title": "x"},
    ):
        assert post(member, "ideas", wrong, 422)["facts"]["places"][0].startswith("body.body.")
    for who, status in (("department", 403), ("analyst", 403), ("system", 403)):
        post(cast.browser(who), "ideas", {"title": "x", "text": "y"}, status)
    assert queries.list_ideas(cast["secretary"]) == []


# What is to be done.


def test_a_question_is_asked_handed_on_and_reported_done_by_programs(cast: Cast) -> None:
    member, bank, keeper = (cast.browser(who) for who in ("member", "bank", "secretary"))
    today = timezone.localdate()
    due, later = (today + timedelta(days=days) for days in (3, 9))
    asked = {"source": "support", "text": "用地", "due_on": due.isoformat()}
    made = post(member, "actions", asked, 201)
    assert (made["asked_for"], made["unit"], made["due_soon"]) == (FLANGE, "", True)
    slug = made["id"]
    assert get(bank, "actions")["actions"] == []
    post(bank, f"actions/{slug}/outcome", {"words": "x"}, 404)
    post(member, f"actions/{slug}/hand-on", {"unit": BANK}, 403)
    unknown = post(keeper, f"actions/{slug}/hand-on", {"unit": "没有的厂"}, 422)
    assert "没有的厂" in unknown["detail"]
    handed = post(keeper, f"actions/{slug}/hand-on", {"unit": BANK, "due_on": later.isoformat()})
    assert (handed["unit"], handed["due_on"]) == (BANK, later.isoformat())
    [seen] = get(bank, "actions")["actions"]
    assert seen["may_close"]
    assert post(bank, f"actions/{slug}/outcome", {"words": " "}, 422)
    done = post(bank, f"actions/{slug}/outcome", {"words": "已对接"})
    assert (done["state"], done["evidence"], done["may_close"]) == ("done", "已对接", False)
    post(bank, f"actions/{slug}/outcome", {"words": "再报"}, 404)
    assert get(bank, "actions?overdue=true")["actions"] == []


def test_a_unit_may_ask_and_only_the_secretariat_sets(cast: Cast) -> None:
    due = (timezone.localdate() - timedelta(days=1)).isoformat()
    task = {"source": "advice", "text": "列清单", "due_on": due, "grounds": "会上", "unit": FLANGE}
    for who in ("member", "chair", "department"):
        post(cast.browser(who), "actions", task, 403)
    keeper, meeting = cast.browser("secretary"), call(cast)
    made = post(keeper, "actions", {**task, "meeting": meeting}, 201)
    assert (made["unit"], made["meeting"], made["overdue"]) == (FLANGE, meeting, True)
    assert len(get(cast.browser("member"), f"actions?meeting={meeting}")["actions"]) == 1
    dropped = post(keeper, f"actions/{made['id']}/outcome", {"words": "撤销", "done": False})
    assert dropped["state"] == "dropped"
    assert "source" in post(keeper, "actions", {**task, "source": "rumour"}, 422)["detail"]
    post(keeper, "actions", {**task, "idea": "0" * 16}, 404)


# Meetings.


def test_the_desk_notes_who_came_and_the_quorum_follows(cast: Cast) -> None:
    cast.admit("chair", "chair")
    meeting, keeper = call(cast, 0), cast.browser("secretary")
    path = f"meetings/{meeting}"
    before = get(cast.browser("member"), path)
    assert (before["quorum"]["reached"], before["came"]) == (False, [])
    post(cast.browser("chair"), f"{path}/presence", {"unit": CHAIR}, 403)
    after = post(keeper, f"{path}/presence", {"unit": CHAIR, "persons": 2, "names": "张三、李四"})
    assert after["quorum"] == {"entitled": 1, "present": 1, "needed": 1, "reached": True}
    post(keeper, f"{path}/presence", {"unit": CHAIR, "persons": -1}, 422)
    post(keeper, "meetings/0000000000000000/presence", {"unit": CHAIR}, 404)
    assert get(cast.browser("member"), path)["came"] == [
        {
            "unit": CHAIR, "persons": 2, "names": "张三、李四", "by_code": False,
            "how": "came", "stands_in": "",
        }
    ]  # fmt: skip
    other = Meeting.objects.get(slug=meeting)
    Meeting.objects.filter(pk=other.pk).update(kind="other")
    assert get(keeper, path)["quorum"] is None


def test_a_unit_signs_itself_in_with_the_code_of_the_screen(cast: Cast) -> None:
    meeting = call(cast, 0)
    token = queries.sign_in_token(cast["secretary"], meeting)
    body = {"token": token, "persons": 2, "names": "张三"}
    signed = post(cast.browser("member"), "sign-in", body)
    assert signed == {"meeting": meeting, "unit": FLANGE, "confirmed": False}
    for who, status in (("secretary", 404), ("foreign", 404), ("analyst", 403), ("auditor", 403)):
        post(cast.browser(who), "sign-in", body, status)
    post(cast.browser("member"), "sign-in", {"token": f"{token}x"}, 404)
    [row] = Presence.objects.whole()
    assert (row.by_code, row.persons, row.owner_id) == (True, 2, cast["member"].owner)
    actions.note_presence(cast["secretary"], meeting, FLANGE, 1)
    assert post(cast.browser("member"), "sign-in", body)["confirmed"]
    late = queries.sign_in_token(cast["secretary"], call(cast, 9))
    assert "签到时间" in post(cast.browser("member"), "sign-in", {"token": late}, 422)["detail"]


# Charter, elections, votes, activity.


def test_versions_of_the_charter_are_read_and_compared(cast: Cast) -> None:
    keeper, today = cast["secretary"], timezone.localdate()
    browser = cast.browser("member")
    assert get(browser, "charters")["charters"] == []
    assert get(browser, "charters")["numbers"]["term_years"] == "5"
    words = spell_charter(MODEL)
    slugs = [
        actions.adopt_charter(
            keeper,
            Text(f"章程{years}", f"第一条 {years}", since, {**words, "term_years": years}, grounds="大会"),
        )
        for since, years in ((today - timedelta(9), "3"), (today, "4"))
    ]  # fmt: skip
    listed = get(browser, "charters")
    assert [each["standing"] for each in listed["charters"]] == ["in force", "past"]
    assert listed["numbers"]["term_years"] == "4"
    new = get(browser, f"charters/{slugs[1]}")
    assert new["against"] == slugs[0]
    assert new["changed"] == [{"name": "term_years", "before": "3", "after": "4"}]
    assert {each["change"] for each in new["changes"]} == {"gone", "new"}
    assert get(browser, f"charters/{slugs[0]}")["against"] is None
    assert get(browser, f"charters/{slugs[0]}?against={slugs[1]}")["against"] == slugs[1]
    get(browser, f"charters/{'0' * 16}", 404)
    get(browser, f"charters/{slugs[0]}?against={'0' * 16}", 404)
    get(browser, f"charters/{slugs[0]}?against=x", 422)


def test_an_election_tells_its_count_and_never_a_slip(cast: Cast) -> None:
    cast.admit("chair", "chair")
    cast.admit("member")
    today = timezone.localdate()
    standing = Standing("换届", "理事长单位", f"{CHAIR}\n{FLANGE}", 1, today)
    slug = actions.open_election(cast["secretary"], standing)
    member, chair = cast.browser("member"), cast.browser("chair")
    before = get(member, f"elections/{slug}")
    assert before["may_vote"]
    assert [each["votes"] for each in before["candidates"]] == [None, None]
    wanted = next(each["id"] for each in before["candidates"] if each["unit"] == CHAIR)
    for who in ("member", "chair"):
        actions.give_slip(cast[who], slug, [wanted])
    waiting = get(member, f"elections/{slug}")
    assert (waiting["given"], waiting["has_voted"], waiting["count"]) == (2, True, None)
    assert [each["votes"] for each in waiting["candidates"]] == [None, None]
    assert not get(cast.browser("department"), f"elections/{slug}")["has_voted"]
    actions.close_election(cast["secretary"], slug)
    after = get(chair, f"elections/{slug}")
    assert [(each["unit"], each["votes"], each["elected"]) for each in after["candidates"]] == [
        (CHAIR, 2, True),
        (FLANGE, 0, False),
    ]
    assert after["count"] == {"units": 2, "present": 2, "quorate": True, "slips": 2, "needed": 1}
    assert Box.objects.get().slips == [[wanted], [wanted]]  # in the box, and in no answer
    assert "slips" not in {*after, *after["election"]}
    [line] = get(chair, "elections")["elections"]
    assert line == after["election"]
    get(chair, f"elections/{'0' * 16}", 404)


def test_a_vote_on_record_is_read_by_those_who_may_see_it(cast: Cast) -> None:
    cast.admit("chair", "chair")
    open_to_all = actions.open_vote(cast["secretary"], Motion("other", "修订办法"))
    actions.cast_ballot(cast["chair"], open_to_all, "for")
    found = get(cast.browser("member"), f"resolutions/{open_to_all}")
    assert found["ballots"] == [{"unit": CHAIR, "choice": "for"}]
    assert (found["entitled"], found["may_vote"]) == (1, False)
    cast.apply("bank")
    cast.review("bank")
    about = actions.open_vote(
        cast["secretary"], Motion("admit", "入会", "council", "open", cast.slug("bank"))
    )
    assert get(cast.browser("chair"), f"resolutions/{about}")["may_vote"]
    assert get(cast.browser("bank"), f"resolutions/{about}")["resolution"]["about"] == BANK
    get(cast.browser("member"), f"resolutions/{about}", 404)


def test_the_score_of_the_year_says_what_is_not_known(cast: Cast) -> None:
    score = get(cast.browser("member"), "activity")
    assert (score["low"], score["high"], score["band"]) == (0, 100, None)
    assert [each["low"] for each in score["parts"]] == [None, None, None]
    call(cast, -3)
    [organisation, *_others] = get(cast.browser("member"), "activity")["parts"]
    assert organisation["low"] == 0
    assert {"done": False, "name": "minutes"}.items() <= organisation["missing"][2].items()


# Applications.


def test_an_application_is_for_the_unit_and_for_those_who_judge(cast: Cast) -> None:
    path = f"units/{cast.slug('member')}/application"
    assert get(cast.browser("member"), path)["state"] is None
    get(cast.browser("chair"), path, 404)  # there is nothing to judge yet
    cast.apply("member")
    before = Entry.objects.filter(act="read", role="council").count()
    for who in ("member", "chair", "secretary"):
        found = get(cast.browser(who), path)
        assert (found["state"], found["asked"]["delegate"]) == ("applied", "演示代表member")
        assert {each["kind"] for each in found["papers"]} == {"application", "licence"}
        assert [each["name"] for each in found["steps"]] == ["apply"]
        assert {"name", "outcome", "label", "words"} == set(found["checks"][0])
    assert Entry.objects.filter(act="read", role="council").count() > before
    for who, status in (("bank", 404), ("department", 404), ("analyst", 403), ("foreign", 404)):
        get(cast.browser(who), path, status)
    for who in ("secretary", "chair"):
        [waiting] = get(cast.browser(who), "applications")["applications"]
        assert (waiting["id"], waiting["state"]) == (cast.slug("member"), "applied")
    for who in ("member", "bank", "department"):
        get(cast.browser(who), "applications", 403)


def test_fees_and_yearly_checks_come_with_the_application(cast: Cast) -> None:
    cast.admit("member")
    keeper, slug, year = cast["secretary"], cast.slug("member"), timezone.localdate().year
    actions.note_fee(keeper, slug, 2000, "收据一")
    actions.issue_certificate(keeper, slug)
    actions.note_yearly_check(keeper, slug, year, "齐全", passed=True)
    found = get(cast.browser("member"), f"units/{slug}/application")
    assert (found["fees"][0]["yuan"], found["years"][0]["passed"]) == (2000, True)
    assert "withdraw" in found["open_steps"]
