"""The log in the database is checked: the triggers are gone here, as for whoever owns it."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection

from fenglian.web.accounts.actor import Role
from fenglian.web.audit import anchors, queries
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.audit.chain import GENESIS, Kind
from fenglian.web.audit.faults import NoAnchor
from fenglian.web.audit.wording import FAULTS, say_fault, say_report
from tests.web.audit.cast import actor_of_role
from tests.web.conftest import secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> None:
    record(secretary(), [Occurrence("read", "registry.capacity", (f"r{n}",)) for n in range(9)])


@pytest.fixture
def unguarded() -> None:
    with connection.cursor() as cursor:
        for name in ("kept", "stays", "once"):
            cursor.execute(f"DROP TRIGGER audit_entry_{name}")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_log_as_written_is_whole(log: None) -> None:
    report = queries.check_log([queries.find_anchor()])
    assert report.whole
    assert report.count == 9
    assert say_report(report).zh == "日志完整：9 条逐条重算，对上 1 个锚。"


def test_an_empty_log_is_whole() -> None:
    assert queries.check_log([queries.find_anchor()]).whole
    assert queries.find_anchor().digest == GENESIS


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE audit_entry SET purpose = 'x' WHERE number = 4", {Kind.EDITED}),
        ("UPDATE audit_entry SET purpose = CAST(x'ff' AS TEXT) WHERE number = 4", {Kind.EDITED}),
        ("UPDATE audit_entry SET owner = 'x' WHERE number = 4", {Kind.EDITED}),
        ("DELETE FROM audit_entry WHERE number = 4", {Kind.MISSING, Kind.BROKEN}),
        ("DELETE FROM audit_entry WHERE number = 9", {Kind.CUT}),
        ("DELETE FROM audit_entry", {Kind.CUT}),
        ("DELETE FROM audit_head", {Kind.STRAY}),
        ("UPDATE audit_head SET digest = 'x'", {Kind.REWRITTEN}),
    ],
)
def test_what_is_done_past_the_application_is_found(
    log: None, unguarded: None, statement: str, kinds: set[Kind]
) -> None:
    run(statement)
    report = queries.check_log()
    assert {each.kind for each in report.faults} == kinds
    assert "日志被动过" in say_report(report).zh


def test_other_trouble_of_the_database_is_not_taken_for_odd_bytes(unguarded: None) -> None:
    run("DROP TABLE audit_entry")
    with pytest.raises(Exception, match="no such table"):
        queries.check_log()


def test_only_the_auditor_has_the_log_checked(log: None) -> None:
    assert queries.check_for(actor_of_role(Role.AUDITOR)).whole
    for role in set(Role) - {Role.AUDITOR}:
        with pytest.raises(PermissionDenied):
            queries.check_for(actor_of_role(role))


def test_an_anchor_is_kept_once_a_day(log: None, home: Path) -> None:
    assert anchors.kept_anchors() == ()
    first = anchors.keep_anchor()
    record(None, [Occurrence("sign-in", "accounts.user", ())])
    second = anchors.keep_anchor()
    assert (first.count, second.count) == (9, 10)
    assert (home / "anchors.txt").read_text("utf-8") == f"{first.line()}\n"
    assert anchors.kept_anchors() == (first,)
    assert queries.check_log([*anchors.kept_anchors(), second]).whole
    assert queries.anchor_line("demo") == f"{second.line()} demo"


def test_anchors_are_read_from_files_and_a_file_without_one_is_named(log: None, home: Path) -> None:
    anchor = queries.find_anchor()
    letter, empty = home / "letter.txt", home / "empty.txt"
    letter.write_bytes("简报".encode("gb18030") + f" {anchor.line()}".encode())
    empty.write_text("nothing", "utf-8")
    assert anchors.load_anchors([letter]) == (anchor,)
    for file in (empty, home / "missing"):
        with pytest.raises(NoAnchor) as caught:
            anchors.load_anchors([letter, file])
        assert caught.value.facts == {"place": str(file)}


def test_every_fault_is_said_in_both_languages_with_its_place(log: None, unguarded: None) -> None:
    assert set(FAULTS) == set(Kind)
    anchor = queries.find_anchor()
    run("DELETE FROM audit_entry WHERE number > 7")
    run("DELETE FROM audit_head")
    [stray, cut] = queries.check_log([anchor]).faults[::-1]
    assert cut.anchor == anchor
    today = anchor.day.isoformat()
    assert say_fault(cut).zh == f"从第 8 条起被截去（{today} 的锚：9 条）"
    assert (
        say_fault(cut).en
        == f"the log is cut off from entry 8 on (by the anchor of {today}: 9 entries)"
    )
    assert say_fault(stray).en.startswith("at entry 1 there is one too many")
    assert isinstance(anchor.day, date)
