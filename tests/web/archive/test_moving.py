"""Backups while others write, and moving house between SQLite and PostgreSQL: the long tests."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fenglian.web.archive.backup import restore_backup
from tests.web.archive.homes import (
    contents,
    environment,
    fenglian,
    filled,
    opened,
    refused,
    run_python,
)
from tests.web.test_postgres import server

__all__ = ["server"]  # a fixture
pytestmark = pytest.mark.slow
WRITERS, BACKUPS = 3, 8
WRITE = """
import sys
from fenglian.cli.serve import open_database
open_database()
from django.db import transaction
from fenglian.engine.labels import Label
from fenglian.web.accounts.actions import create_alliance
for number in range(100_000):
    with transaction.atomic():
        create_alliance(f"w{sys.argv[1]}-{number}", Label("甲", "A"))  # tells the log
    print(number, flush=True)
"""


def test_backups_under_writers_are_each_one_moment(tmp_path: Path) -> None:
    home = tmp_path / "home"
    opened(home)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(number)],
            env=environment(home, {}),
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    try:
        for each in writers:
            assert each.stdout is not None
            each.stdout.readline()
        for number in range(BACKUPS):
            fenglian(home, "backup", "--to", str(tmp_path / f"{number}.tar"))
    finally:
        for each in writers:
            each.kill()
            each.communicate()
    counts = []
    for number in range(BACKUPS):
        restored = restore_backup(tmp_path / f"{number}.tar", tmp_path / f"home-{number}")
        assert restored.log.whole
        # Every alliance came with its entry: at any one moment there are as many of both.
        assert restored.manifest.tables["accounts_alliance"] == restored.log.count
        counts.append(restored.log.count)
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    last = tmp_path / f"home-{BACKUPS - 1}"
    fenglian(last, "export", "--all", str(tmp_path / "a"))
    fenglian(tmp_path / "moved", "import", str(tmp_path / "a"))
    fenglian(tmp_path / "moved", "export", "--all", str(tmp_path / "b"))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.postgres
def test_data_move_to_postgresql_and_back(server: str, tmp_path: Path) -> None:
    old, other, new = (tmp_path / name for name in ("old", "other", "new"))
    filled(old)
    fenglian(old, "export", "--all", str(tmp_path / "a"))
    assert "日志完整：20 条" in fenglian(other, "import", str(tmp_path / "a"), DATABASE_URL=server)
    fenglian(other, "export", "--all", str(tmp_path / "b"), DATABASE_URL=server)
    fenglian(new, "import", str(tmp_path / "b"))
    fenglian(new, "export", "--all", str(tmp_path / "c"))
    assert contents(tmp_path / "a") == contents(tmp_path / "b") == contents(tmp_path / "c")
    assert "pg_dump" in refused(other, "backup", DATABASE_URL=server)
    added = run_python(other, GUARDED, DATABASE_URL=server)
    assert added.strip() == "guarded"
    said = fenglian(other, "audit", "verify", DATABASE_URL=server)
    [count] = re.findall(r"日志完整：(\d+) 条", said)
    assert int(count) == 20 + 1 + 4 * 25  # the alliance that came after tells the log too


GUARDED = """
import os
from fenglian.cli.serve import open_database
open_database()
from django.db import DatabaseError, connection, transaction
from fenglian.engine.labels import Label
from fenglian.web.accounts.actions import create_alliance
from fenglian.web.audit.actions import Occurrence, System, record
from fenglian.web.audit.queries import check_log
create_alliance("after", Label("后来", "Later"))
for statement in (
    "UPDATE audit_entry SET purpose = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"
):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as fault:
        assert "only ever added to" in str(fault)
    else:
        raise SystemExit(statement)
connection.close()
children = []
for number in range(4):
    child = os.fork()
    if child == 0:
        for _entry in range(25):
            with transaction.atomic():
                record(System(f"child {number}"), [Occurrence("add", "x.y", ())])
        os._exit(0)
    children.append(child)
for child in children:
    assert os.waitpid(child, 0)[1] == 0
report = check_log()
assert report.whole and report.count == 121, report
print("guarded")
"""
