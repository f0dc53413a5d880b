"""Installations on the disk for the tests of backup and export: made by the product's own commands."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

FILL = """
from fenglian.cli.serve import open_database
open_database()
from django.db import transaction
from fenglian.data import article
from fenglian.web.accounts.actions import REAL, open_demo
from fenglian.web.accounts.happened import happened
from fenglian.web.audit.actions import Occurrence, record
from fenglian.web.audit.anchors import keep_anchor
from fenglian.web.intake.actions import receive_document
happened.disconnect(dispatch_uid="audit")  # the seats of the cast are not counted here
me = open_demo()[REAL]
document = receive_document(me, content=article(), name="article.txt")
with transaction.atomic():
    record(me, [Occurrence("read", "intake.document", (document.sha256,), purpose="对接")] * 20)
keep_anchor()
"""


OPEN = "from fenglian.cli.serve import open_database; open_database()"


def opened(home: Path) -> Path:
    """Make an installation without data: a copy of one that the product made."""
    return _copied(OPEN, home)


def filled(home: Path) -> Path:
    """Make an installation with the article in it and twenty entries in its log, likewise."""
    return _copied(FILL, home)


def run_python(home: Path, code: str, **more: str) -> str:
    """Run a script in an installation and return what it printed."""
    return _run([sys.executable, "-c", code], home, more)


def fenglian(home: Path, *words: str, **more: str) -> str:
    """Run a command in an installation and return what it printed."""
    return _run([sys.executable, "-m", "fenglian", *words], home, more)


def refused(home: Path, *words: str, **more: str) -> str:
    """Run a command that is to fail, and return what it said."""
    command = [sys.executable, "-m", "fenglian", *words]
    done = subprocess.run(
        command, env=environment(home, more), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr.replace("\n", "")


def environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    """Return the environment of an installation; what the tester's own shell sets is left out."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("FENGLIAN_")}
    return {**own, "FENGLIAN_HOME": str(home), "PYTHONUTF8": "1", **more}


def _run(command: list[str], home: Path, more: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=environment(home, more), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@cache
def _made(code: str) -> Path:
    home = Path(tempfile.mkdtemp(prefix="fenglian-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    if code != OPEN:
        _copied(OPEN, home)  # its empty database is the costliest part
    run_python(home, code)
    return home


def _copied(code: str, home: Path) -> Path:
    return Path(shutil.copytree(_made(code), home, dirs_exist_ok=True))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}
