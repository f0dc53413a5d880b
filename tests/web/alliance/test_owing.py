"""Who owes a fee or a yearly check: by the charter in force, for the secretariat alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fenglian.engine.alliance.charter import MODEL, spell_charter
from fenglian.engine.alliance.terms import years_after
from fenglian.web.access.table import NotPermitted
from fenglian.web.alliance import actions, queries
from fenglian.web.alliance.actions import Text
from fenglian.web.alliance.models import Member
from fenglian.web.audit.models import Entry
from tests.web.alliance.conftest import Cast
from tests.web.contracts.conftest import page

pytestmark = pytest.mark.django_db
FLANGE = "演示法兰厂"


def charter(cast: Cast, fee: str) -> None:
    numbers = {**spell_charter(MODEL), "fee_member": fee}
    since = timezone.localdate() - timedelta(days=1)
    actions.adopt_charter(cast["secretary"], Text("章程", "第一条", since, numbers, grounds="大会"))


def admitted(cast: Cast, since: date) -> None:
    cast.admit("member")
    Member.objects.whole().update(member_since=since, certificate="演-1")


def test_each_anniversary_asks_a_fee_until_it_is_noted(bare: Cast) -> None:
    keeper, today = bare["secretary"], timezone.localdate()
    charter(bare, "2000")
    since = years_after(today, -2)
    admitted(bare, since)
    Member.objects.whole().update(valid_until=today + timedelta(days=61))
    [line] = queries.list_owing(keeper)
    assert [day.year for day in line.fees] == [since.year, since.year + 1, today.year]
    assert (line.yuan, line.total, line.late) == (2000, 6000, False)
    before = Entry.objects.filter(act="read", table="alliance.fee").count()
    for owed in (4000, 2000):
        actions.note_fee(keeper, bare.slug("member"), 2000, "收据")
        [line] = queries.list_owing(keeper)
        assert line.total == owed
    assert Entry.objects.filter(act="read", table="alliance.fee").count() == before + 2
    actions.note_fee(keeper, bare.slug("member"), 2000, "收据")
    assert queries.list_owing(keeper) == []


def test_what_the_charter_does_not_say_is_not_owed_and_a_check_falls_due(bare: Cast) -> None:
    keeper, today = bare["secretary"], timezone.localdate()
    admitted(bare, years_after(today, -2))
    for days, late in ((60, False), (-1, True)):
        Member.objects.whole().update(valid_until=today + timedelta(days=days))
        [line] = queries.list_owing(keeper)
        assert (line.yuan, line.fees, line.total, line.late) == (None, (), None, late)
    Member.objects.whole().update(valid_until=today + timedelta(days=61))
    assert queries.list_owing(keeper) == []
    charter(bare, "0")
    assert queries.list_owing(keeper) == []
    Member.objects.whole().update(certificate="", valid_until=None)
    assert [each.line.name for each in queries.list_owing(keeper)] == [FLANGE]


def test_the_page_and_programs_tell_the_secretariat_and_nobody_else(bare: Cast) -> None:
    today = timezone.localdate()
    charter(bare, "2000")
    admitted(bare, today)
    Member.objects.whole().update(valid_until=today - timedelta(days=1))
    shown = page(bare.browser("secretary"), "/alliance/members/owing/")
    for words in (FLANGE, "2000", "演-1", today.isoformat(), "年检"):
        assert words in shown
    assert "/alliance/members/owing/" in page(bare.browser("secretary"), "/alliance/")
    [told] = bare.browser("secretary").get("/api/v1/alliance/owing").json()
    assert (told["name"], told["total"], told["late"]) == (FLANGE, 2000, True)
    for who in ("chair", "member", "department", "analyst"):
        with pytest.raises(NotPermitted):
            queries.list_owing(bare[who])
        assert bare.browser(who).get("/alliance/members/owing/").status_code == 403
        assert bare.browser(who).get("/api/v1/alliance/owing").status_code == 403
