"""Each unit is told once what is due, and once more when it is late; in its own letter alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django.utils.translation import override

from fenglian.web.accounts.models import Owner
from fenglian.web.alliance import actions, faults, letters
from fenglian.web.alliance.actions import Call, Errand, Office, Waiting
from fenglian.web.alliance.models import Action, Member, Told
from fenglian.web.audit.models import Entry
from fenglian.web.registry.actions import Entry as Row
from fenglian.web.registry.actions import save_rows
from tests.web.alliance.conftest import Cast

pytestmark = pytest.mark.django_db
FLANGE, BANK = "演示法兰厂", "演示银行"


def here(cast: Cast) -> str:
    return cast["secretary"].alliance.slug


@pytest.fixture
def mailed(bare: Cast) -> Cast:
    """Return the people of two units that have said where letters go, and nothing else."""
    for who in ("member", "bank"):
        values = {"uscc": "x", "name": "演示联系人", "email": f"{who}@example.invalid"}
        save_rows(bare[who], bare[who].owner or 0, "contacts", [Row("k", values)])
    return bare


def set_task(cast: Cast, words: str, unit: str, days: int) -> str:
    due = timezone.localdate() + timedelta(days=days)
    return actions.set_action(cast["secretary"], Errand("advice", words, due, "会上", unit))


def told(waiting: list[Waiting]) -> dict[str, list[tuple[str, str]]]:
    return {
        each.unit.name: [(one.due.kind, one.stage) for one in each.reminders] for each in waiting
    }


def test_a_unit_is_told_of_tasks_meetings_certificate_and_term(bare: Cast) -> None:
    keeper, today = bare["secretary"], timezone.localdate()
    bare.admit("member")
    set_task(bare, "早的", FLANGE, -1)
    set_task(bare, "远的", FLANGE, 90)
    set_task(bare, "外的", BANK, 3)
    for days in (-3, 5, 60):
        begins = timezone.now() + timedelta(days=days)
        actions.call_meeting(
            keeper, Call("other", f"会{days}", "太原", begins, begins + timedelta(hours=2))
        )
    Member.objects.whole().update(certificate="演-1", valid_until=today + timedelta(days=30))
    begun = today - timedelta(days=365)
    actions.fill_post(keeper, Office("监事", FLANGE, begun, "选举", "张三", years=1))
    actions.fill_post(keeper, Office("顾问", FLANGE, begun, "聘任"))  # without an end
    assert told(actions.list_waiting(here(bare))) == {
        FLANGE: [
            ("task", "late"),
            ("term", "late"),
            ("meeting", "ahead"),
            ("certificate", "ahead"),
        ],
        BANK: [("task", "ahead")],  # is no member: of the meeting it is not told
    }
    mine = next(each for each in actions.list_waiting(here(bare)) if each.unit.name == FLANGE)
    words = letters.dues(FLANGE, mine.reminders, "演示联盟")
    assert "1. 早的（" in words
    assert "2. 监事 张三的任期已于" in words
    assert "会议（" in words
    assert "会5" in words
    assert "会员证书 演-1 有效期至" in words
    assert "远的" not in words
    far = actions.list_waiting(here(bare), today + timedelta(days=100))
    assert len(told(far)[FLANGE]) == 6
    assert told(actions.list_waiting(here(bare), today))[FLANGE] == [
        ("task", "late"),
        ("term", "late"),
    ]


def test_a_letter_goes_out_once_and_once_more_when_the_day_is_gone(
    mailed: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL = True
    mailed.admit("member")
    slug = set_task(mailed, "近的", FLANGE, 5)
    set_task(mailed, "别家的", BANK, 5)
    first = actions.list_waiting(here(mailed))
    assert actions.send_waiting(first).units == 2
    assert actions.send_waiting(first).units == 2  # as if two runs had begun at once
    assert actions.list_waiting(here(mailed)) == []
    assert len(mail.outbox) == 2
    [mine] = [each for each in mail.outbox if FLANGE in each.body]
    assert "1. 近的" in mine.body
    assert "别家的" not in mine.body
    assert Told.objects.whole().count() == 2
    [kept] = Entry.objects.filter(act="mail", owner=mailed.world.owners["member"].pk)
    assert (kept.who, kept.role) == ("fenglian remind", "system")
    assert "近的" not in kept.detail + kept.rows
    assert set(Entry.objects.filter(act="read", who="fenglian remind").values_list("role")) == {
        ("member",)
    }
    tomorrow = timezone.now() + timedelta(days=6)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert told(actions.list_waiting(here(mailed)))[FLANGE] == [("task", "late")]
    Action.objects.filter(slug=slug).update(due_on=date(2099, 1, 1))  # put off: told anew, then
    assert FLANGE not in told(actions.list_waiting(here(mailed)))
    assert FLANGE in told(actions.list_waiting(here(mailed), date(2099, 1, 1)))


def test_what_the_secretariat_reminded_of_by_hand_is_not_told_again(
    mailed: Cast, settings: Any
) -> None:
    settings.MAIL = True
    mailed.admit("member")
    set_task(mailed, "近的", FLANGE, 5)
    for _time in range(2):
        assert actions.mail_reminders(mailed["secretary"]).units == 1
    assert actions.list_waiting(here(mailed)) == []
    assert len(mail.outbox) == 2


def test_a_server_that_refuses_leaves_everything_due(
    mailed: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL = True
    set_task(mailed, "近的", FLANGE, 5)

    def refuse(*_messages: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(faults.MailRefused):
            actions.send_waiting(actions.list_waiting(here(mailed)))
    assert not Told.objects.whole().exists()
    assert not Entry.objects.filter(act="mail").exists()
    assert actions.send_waiting(actions.list_waiting(here(mailed))).units == 1


def test_a_unit_without_an_address_stays_due_and_one_that_left_is_left_in_peace(
    bare: Cast, settings: Any
) -> None:
    set_task(bare, "近的", FLANGE, 5)
    set_task(bare, "近的", BANK, 5)
    Owner.objects.filter(name=BANK).update(left_on=timezone.localdate())
    waiting = actions.list_waiting(here(bare))
    assert list(told(waiting)) == [FLANGE]
    with pytest.raises(faults.MailOff):
        actions.send_waiting(waiting)
    settings.MAIL = True
    sent = actions.send_waiting(waiting)
    assert (sent.units, sent.without) == (0, (FLANGE,))
    assert list(told(actions.list_waiting(here(bare)))) == [FLANGE]


def test_a_letter_speaks_the_language_that_was_asked_for(mailed: Cast, settings: Any) -> None:
    settings.MAIL = True
    set_task(mailed, "近的", FLANGE, -5)
    with override("en"):
        actions.send_waiting(actions.list_waiting(here(mailed)))
    [letter] = mail.outbox
    assert letter.subject.startswith("A reminder from")
    assert "overdue" in letter.body
