"""Ideas become tasks, tasks are reminded of, and letters say what their reader may see."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from fenglian.web.access.table import NotPermitted
from fenglian.web.alliance import actions, faults, queries
from fenglian.web.alliance.actions import Call, Errand
from fenglian.web.alliance.models import Action
from fenglian.web.audit.models import Entry
from tests.web.alliance.conftest import Cast

pytestmark = pytest.mark.django_db
FLANGE = "演示法兰厂"


def call(cast: Cast) -> str:
    begins = timezone.now() + timedelta(days=3)
    notice = Call("council", "理事会", "太原", begins, begins + timedelta(hours=2), "入会")
    return actions.call_meeting(cast["secretary"], notice)


def test_an_idea_is_supported_put_on_an_agenda_and_done(cast: Cast) -> None:
    member, chair, keeper = (cast.browser(who) for who in ("member", "chair", "secretary"))
    meeting = call(cast)
    member.post("/alliance/ideas/", {"title": "共用试验台", "text": "排出日历"})
    [idea] = queries.list_ideas(cast["chair"])
    assert idea.may_back
    chair.post(f"/alliance/ideas/{idea.slug}/back/")
    keeper.post(f"/alliance/ideas/{idea.slug}/settle/", {"meeting": meeting})
    due = (timezone.localdate() + timedelta(days=3)).isoformat()
    task = {"source": "idea", "idea": idea.slug, "meeting": meeting, "text": "列清单"}
    there = keeper.post(
        "/alliance/actions/", {**task, "unit": FLANGE, "due_on": due, "back": meeting}
    )
    assert there.headers["Location"] == f"/alliance/meetings/{meeting}/"
    [idea] = queries.list_ideas(cast["member"], meeting=meeting)
    assert (idea.backers, idea.tasks) == (("演示整机厂",), (("列清单", "open"),))
    assert queries.find_meeting(cast["member"], meeting).agenda == ("入会", "共用试验台")
    page = member.get(f"/alliance/meetings/{meeting}/").content.decode()
    assert "列清单" in page
    assert "附议" in member.get("/alliance/ideas/").content.decode()
    assert Action.objects.get().grounds == "共用试验台"


def test_an_idea_is_settled_once_and_backed_by_others_only(cast: Cast) -> None:
    slug = actions.put_idea(cast["member"], "题目", "内容")
    for who in ("member", "secretary"):
        with pytest.raises((faults.MayNotBack, NotPermitted)):
            actions.back_idea(cast[who], slug)
    actions.back_idea(cast["bank"], slug)
    with pytest.raises(faults.MayNotBack):
        actions.back_idea(cast["bank"], slug)
    with pytest.raises(NotPermitted):
        actions.settle_idea(cast["chair"], slug, answer="不办")
    with pytest.raises(faults.FieldMissing):
        actions.settle_idea(cast["secretary"], slug)
    actions.settle_idea(cast["secretary"], slug, answer="已有安排")
    with pytest.raises(faults.IdeaSettled):
        actions.settle_idea(cast["secretary"], slug, answer="再来")
    with pytest.raises(faults.MayNotBack):
        actions.back_idea(cast["institute"], slug)
    with pytest.raises(ObjectDoesNotExist):
        actions.back_idea(cast["foreign"], slug)
    with pytest.raises(NotPermitted):
        actions.put_idea(cast["department"], "题目", "内容")
    assert "已有安排" in cast.browser("department").get("/alliance/ideas/").content.decode()


def test_a_call_for_support_is_seen_by_who_asks_and_who_is_to_answer(cast: Cast) -> None:
    asked = actions.set_action(cast["member"], Errand("support", "用地", timezone.localdate()))
    for who, sees in (("member", 1), ("secretary", 1), ("bank", 0), ("chair", 0)):
        assert len(queries.list_tasks(cast[who])) == sees, who
    cast.browser("secretary").post(f"/alliance/actions/{asked}/hand-on/", {"unit": "演示银行"})
    assert len(queries.list_tasks(cast["bank"])) == 1
    assert queries.list_tasks(cast["chair"]) == []
    actions.close_action(cast["bank"], asked, "已对接")
    with pytest.raises(ObjectDoesNotExist):
        actions.hand_on(cast["secretary"], asked, "演示银行")
    with pytest.raises(NotPermitted):
        actions.hand_on(cast["member"], asked, "演示银行")


def set_tasks(cast: Cast) -> None:
    for words, unit, days in (
        ("早的", FLANGE, -2), ("近的", FLANGE, 5), ("远的", FLANGE, 50), ("别家的", "演示银行", 1),
    ):  # fmt: skip
        due = timezone.localdate() + timedelta(days=days)
        actions.set_action(cast["secretary"], Errand("advice", words, due, "会上", unit))


def test_what_is_due_before_long_is_told_to_its_unit_and_to_the_secretariat(cast: Cast) -> None:
    set_tasks(cast)
    assert [each.text for each in queries.list_due(cast["member"])] == ["早的", "近的"]
    assert "贵单位有 2 件" in cast.browser("member").get("/alliance/actions/").content.decode()
    assert queries.list_reminders(cast["member"]) == {}
    page = cast.browser("secretary").get("/alliance/actions/").content.decode()
    assert "2. 近的" in page
    assert "逐家发邮件" not in page  # nothing leaves where no server is named


def test_without_a_server_no_letter_leaves(cast: Cast, settings: Any) -> None:
    cast.admit("member")
    assert settings.MAIL is False
    with pytest.raises(faults.MailOff):
        actions.mail_welcome(cast["secretary"], cast.slug("member"))
    settings.MAIL = True
    with pytest.raises(NotPermitted):
        actions.mail_reminders(cast["chair"])
    assert mail.outbox == []


def test_a_letter_goes_to_its_own_unit_and_is_on_record_without_its_words(
    cast: Cast, settings: Any
) -> None:
    settings.MAIL = True
    cast.admit("member")
    cast.admit("bank", "council")
    set_tasks(cast)
    browser, meeting = cast.browser("secretary"), call(cast)
    answer = browser.post(f"/alliance/members/{cast.slug('member')}/welcome/", follow=True)
    assert "已向 1 家单位发信" in answer.content.decode()
    browser.post(f"/alliance/meetings/{meeting}/notice/")
    browser.post("/alliance/actions/reminders/")
    welcome, *others = mail.outbox
    assert FLANGE in welcome.body
    assert all("canarymember" in each for each in welcome.to)
    notices = [each for each in others if each.subject == "理事会"]
    assert len(notices) == 2
    assert all(each.attachments for each in notices)
    reminders = {each.body for each in others if each.subject != "理事会"}
    [mine] = [each for each in reminders if FLANGE in each]
    assert "早的" in mine
    assert "别家的" not in mine
    kept = Entry.objects.filter(act="mail")
    assert kept.count() == 5
    assert not any("早的" in each.detail for each in kept)


def test_who_has_no_address_is_named_and_a_server_that_refuses_is_told(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL = True
    cast.admit("member")
    browser, path = cast.browser("secretary"), f"/alliance/members/{cast.slug('member')}/welcome/"

    def refuse(*_messages: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert "ConnectionRefusedError" in browser.post(path, follow=True).content.decode()
    assert not Entry.objects.filter(act="mail").exists()
    monkeypatch.setattr("fenglian.web.registry.queries.list_contacts", lambda _actor: {})
    assert "没有登记联系人邮箱" in browser.post(path, follow=True).content.decode()
    notice = browser.post(f"/alliance/meetings/{call(cast)}/notice/", follow=True)
    assert f"没有邮箱：{FLANGE}" in notice.content.decode()
