"""A member sees who read its data, and nobody else's; the auditor sees all and checks it."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.web.accounts.actor import Role
from fenglian.web.audit import queries, views
from fenglian.web.audit.actions import Occurrence, System, record
from fenglian.web.cells import BYTE_ORDER_MARK
from tests.web.audit.cast import actor_of_role, browser_of, unit
from tests.web.conftest import secretary

pytestmark = pytest.mark.django_db
ENTRIES = "/api/v1/audit/entries"


@pytest.fixture
def log(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two units, each read once by the bank, one changed by itself, and a start of the house."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    ours, theirs = unit("甲公司"), unit("乙公司")
    bank = actor_of_role(Role.BANK, unit("丙银行"))
    read = {"act": "read", "table": "registry.organisation", "data_class": "S2"}
    record(bank, [Occurrence(**read, rows=("k1",), owner=ours.pk, purpose="订单融资")])  # type: ignore[arg-type]
    record(bank, [Occurrence(**read, rows=("secret-2",), owner=theirs.pk, purpose="尽调乙")])  # type: ignore[arg-type]
    change = Occurrence(
        "change",
        "registry.gone",
        ("k1", "k2", "k3", "k4", "k5"),
        ours.pk,
        detail={"fields": ["price"]},
    )
    record(actor_of_role(Role.MEMBER, ours), [change])
    record(System("fenglian serve"), [Occurrence("=2+3", "accounts.user", ())])
    record(None, [Occurrence("sign-in", "accounts.user", ())])


def test_a_member_sees_who_read_or_changed_its_data_and_why(log: None) -> None:
    page = browser_of(Role.MEMBER, unit("甲公司")).get("/audit/").content.decode()
    assert "谁看过我的数据" in page
    assert "丙银行，银行" in page
    assert "订单融资" in page
    assert "名录 · organisation" in page
    assert "registry.gone" in page
    assert "另有 2 项" in page
    assert "fields: price" in page
    assert page.index("registry.gone") < page.index("订单融资")  # the newest first
    for foreign in ("secret-2", "尽调乙", "乙公司", "fenglian serve", "立即查验"):
        assert foreign not in page


def test_reads_and_changes_are_told_apart(log: None) -> None:
    member = browser_of(Role.MEMBER, unit("甲公司"), english=True)
    reads = member.get("/audit/?kind=reads").content.decode()
    changes = member.get("/audit/?kind=changes").content.decode()
    assert "订单融资" in reads
    assert "registry.gone" not in reads
    assert "registry.gone" in changes
    assert "订单融资" not in changes
    assert "订单融资" in member.get("/audit/?kind=nonsense&page=x").content.decode()


def test_what_others_did_can_be_told_from_ones_own(log: None) -> None:
    ours = unit("甲公司")
    look = Occurrence("read", "registry.organisation", ("k9",), ours.pk, purpose="从前在别家")
    record(actor_of_role(Role.MEMBER, unit("戊公司")), [look])
    page = browser_of(Role.MEMBER, ours).get("/audit/?kind=others").content.decode()
    assert "订单融资" in page
    assert "从前在别家" in page  # the same person, who spoke for another unit then
    assert "registry.gone" not in page
    assert "?kind=others" not in browser_of(Role.AUDITOR).get("/audit/").content.decode()


def test_an_empty_log_says_so_and_so_does_a_filter_that_leaves_nothing() -> None:
    member = browser_of(Role.MEMBER, unit("甲公司"))
    assert "还没有人看过或改过" in member.get("/audit/").content.decode()
    page = member.get("/audit/?kind=reads").content.decode()
    assert "没有这一类" in page
    assert 'href="/audit/"' in page


def test_who_speaks_for_no_unit_has_nothing_to_see(log: None) -> None:
    for role in set(Role) - {Role.AUDITOR}:
        client = browser_of(role)
        page = client.get("/audit/").content.decode()
        assert "没有您的数据" in page, role
        assert "订单融资" not in page
        assert client.get(ENTRIES).json()["entries"] == []


def test_a_stranger_is_sent_to_the_door(stranger: Client) -> None:
    assert stranger.get("/audit/").status_code == 302
    assert stranger.post("/audit/check/").status_code == 302
    assert stranger.get("/audit/entries.csv").status_code == 302
    assert stranger.get(ENTRIES).status_code == 401


def test_the_auditor_sees_all_of_the_alliance_and_of_the_house(log: None) -> None:
    page = browser_of(Role.AUDITOR).get("/audit/").content.decode()
    for words in ("订单融资", "尽调乙", "fenglian serve", "本系统", "无人登录", "登录", "=2+3"):
        assert words in page
    record(secretary("demo"), [Occurrence("read", "registry.organisation", ("elsewhere",))])
    assert "elsewhere" not in browser_of(Role.AUDITOR).get("/audit/").content.decode()


def test_the_auditor_checks_the_log_and_is_told_what_is_wrong(log: None) -> None:
    auditor = browser_of(Role.AUDITOR)
    assert "日志完整：5 条" in auditor.post("/audit/check/").content.decode()
    good = auditor.get("/api/v1/audit/check").json()
    assert good == {
        "whole": True, "count": 5, "digest": queries.find_end().digest, "anchors": 0, "found": 0,
        "faults": [],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_entry_kept")
        cursor.execute("UPDATE audit_entry SET purpose = 'x' WHERE number = 2")
    page = browser_of(Role.AUDITOR, english=True).post("/audit/check/").content.decode()
    assert "The log was tampered with: 1 faults, the first at entry 2." in page
    assert "entry 2 is not what was written" in page
    bad = auditor.get("/api/v1/audit/check").json()
    assert (bad["whole"], bad["faults"]) == (False, [{"number": 2, "kind": "edited"}])


def test_nobody_else_checks_the_log(log: None) -> None:
    for role in set(Role) - {Role.AUDITOR}:
        client = browser_of(role, unit("甲公司"))
        assert client.post("/audit/check/").status_code == 403
        assert client.get("/api/v1/audit/check").status_code == 403


def test_entries_leave_as_csv_without_formulas(log: None) -> None:
    answer = browser_of(Role.AUDITOR).get("/audit/entries.csv")
    text = answer.getvalue().decode()
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    assert [row["number"] for row in rows] == ["5", "4", "3", "2", "1"]
    assert rows[1]["act"] == "'=2+3"
    assert rows[2]["rows"] == "k1 k2 k3 k4 k5"
    own = browser_of(Role.MEMBER, unit("甲公司")).get("/audit/entries.csv?kind=reads").getvalue()
    assert len(own.decode().splitlines()) == 2


def test_a_long_log_comes_in_pages(log: None, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = actor_of_role(Role.AUDITOR)
    first = queries.list_entries(auditor, queries.Filter(), size=3)
    assert [line.number for line in first.lines] == [5, 4, 3]
    assert first.has_more
    second = queries.list_entries(auditor, queries.Filter(page=2), size=3)
    assert [line.number for line in second.lines] == [2, 1]
    assert not second.has_more
    record(secretary(), [Occurrence("read", "registry.organisation", ())] * 60)
    client = browser_of(Role.AUDITOR)
    page = client.get("/audit/?kind=reads").content.decode()
    assert "/audit/?kind=reads&amp;page=2" in page
    assert "更早的" not in client.get("/audit/?kind=reads&page=2").content.decode()
    assert "没有这一类" in client.get("/audit/?page=99999999").content.decode()
    assert views.LAST_PAGE > 1000


def test_programs_get_the_same_entries(log: None) -> None:
    answer = browser_of(Role.MEMBER, unit("甲公司")).get(f"{ENTRIES}?kind=reads").json()
    [entry] = answer["entries"]
    assert (entry["who"], entry["unit"], entry["rows"]) == ("演示用户戊", "丙银行", ["k1"])
    assert json.loads(entry["detail"]) == {}
    assert (entry["number"], entry["digest"], answer["has_more"]) == (None, "", False)
    assert browser_of(Role.MEMBER).get(f"{ENTRIES}?kind=all").status_code == 422


def test_what_others_do_does_not_show_in_a_members_numbers(log: None) -> None:
    def seen() -> list[object]:
        member = browser_of(Role.MEMBER, unit("甲公司"))
        return [
            member.get(ENTRIES).json(),
            member.get("/audit/entries.csv").getvalue(),
            member.get("/audit/").content.split(b"<main")[1],
        ]

    before = seen()
    theirs = Occurrence("read", "registry.organisation", ("k",), unit("乙公司").pk)
    record(secretary(), [theirs] * 60)
    assert seen() == before


def test_a_page_costs_the_same_however_long_it_is(
    log: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    record(secretary(), [Occurrence("read", "registry.organisation", ())] * 60)
    client = browser_of(Role.AUDITOR)
    with django_assert_max_num_queries(6):
        client.get("/audit/")
