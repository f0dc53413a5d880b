"""A process killed while it imports leaves each file whole or not at all, and what it told is kept."""

import json
import sys
from pathlib import Path

import pytest

from tests.web.archive.homes import run_python

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL"),
]
TRIALS = 200
SCRIPT = f"""
from fenglian.cli.serve import open_database
open_database()
from tests.web.registry.import_trials import run
print(run({TRIALS}))
"""


def test_an_import_that_is_killed_is_whole_or_not_there(tmp_path: Path) -> None:
    tally = json.loads(run_python(tmp_path / "home", SCRIPT))
    assert tally["trials"] == TRIALS
    assert tally["untold"] + tally["rolled_back"] + tally["not_begun"] == TRIALS
    assert tally["kept"] >= TRIALS // 2
    # Else the kills missed what they are to hit, and the test would say nothing.
    assert tally["rolled_back"] >= TRIALS // 4
