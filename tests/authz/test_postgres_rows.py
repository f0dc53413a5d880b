"""The same rules on PostgreSQL, where row-level security is the second wall.

The proof itself is run there as it stands: the same tests, on a fresh server, where the web works
as a role that owns nothing.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.test_postgres import server

__all__ = ["server"]  # the fixture: a fresh server of each kind
pytestmark = [pytest.mark.postgres, pytest.mark.slow]
RULES = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
assert connection.vendor == "postgresql"
call_command("migrate", verbosity=0)
from fenglian.web.access.wall import APP_ROLE, lower_wall, raise_wall
from fenglian.web.accounts.actions import create_owner
from fenglian.web.accounts.models import Alliance
from fenglian.web.registry.models import OWNED
from tests.authz.probe import prepare, probe
from tests.authz.world import build_world
with transaction.atomic():
    world = build_world()
    alliance = Alliance.objects.get(pk=world.people["member"].alliance.id)
    world.owners["gone"] = create_owner(alliance, "演示已退厂")
    prepare(world)
with transaction.atomic():
    found = probe(world)
assert found == [], found
with connection.cursor() as cursor:
    cursor.execute("SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    assert cursor.fetchone() == (False, False, False)
member = world.people["member"]
for model in OWNED:
    with connection.cursor() as cursor:
        raise_wall(member)
        # Whoever forgets the scope still gets no foreign secret, and changes nothing foreign.
        cursor.execute(f"SELECT DISTINCT alliance_id FROM {model._meta.db_table}")
        assert {row[0] for row in cursor.fetchall()} <= {member.alliance.id}
        cursor.execute(f"UPDATE {model._meta.db_table} SET key = key WHERE owner_id <> %s", [member.owner])
        assert cursor.rowcount == 0, model
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
        assert cursor.rowcount == 0, model
        lower_wall()
print("rules hold")
"""


HERE = Path(__file__).parent
PROOF = {  # what is run together → options and files
    "rules": ("-m", "not slow and not sqlite", "test_rows.py", "test_proof.py", "test_chain.py"),
    "sequences": ("-m", "not slow", "test_story.py", "test_sequences.py", "test_mutants.py"),
    "worlds": ("--slow", "test_worlds.py"),
    "mutants": ("--slow", "test_mutants.py"),
}


@pytest.mark.parametrize("part", PROOF)
@pytest.mark.parametrize("server", ["embedded"], indirect=True)
def test_the_proof_holds_on_postgresql(server: str, tmp_path: Path, part: str) -> None:
    own = ("PYTEST_", "COV_")  # what the run around this one tells its own processes
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    fixed = {"DATABASE_URL": server, "FENGLIAN_HOME": str(tmp_path / "home")}
    words = [str(HERE / word) if word.endswith(".py") else word for word in PROOF[part]]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words],
        cwd=HERE.parents[1],
        env={**kept, **fixed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


def test_the_rules_hold_on_postgresql(server: str, tmp_path: Path) -> None:
    fixed = {
        "DATABASE_URL": server,
        "DJANGO_SETTINGS_MODULE": "fenglian.web.settings",
        "FENGLIAN_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        [sys.executable, "-c", RULES],
        env={**os.environ, **fixed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("rules hold\n"), done.stdout + done.stderr
