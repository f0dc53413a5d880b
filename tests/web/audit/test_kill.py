"""A process killed while it writes leaves a whole log, with every entry that it was told is kept."""

import sys
from pathlib import Path

import pytest

from tests.web.archive.homes import run_python

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL"),
]
TRIALS = 50
# One process sets Django up, then forks a writer a trial: each tells through a pipe what was kept.
SCRIPT = """
import os, random, select, signal, time
from fenglian.cli.serve import open_database
open_database()
from django.db import connection, transaction
from fenglian.web.audit.actions import Occurrence, System, record
from fenglian.web.audit.chain import Anchor
from fenglian.web.audit.queries import check_log, find_anchor
draw = random.Random(5)

def write(pipe, batch):
    number = 0
    while True:
        with transaction.atomic():
            record(System("writer"), [Occurrence("add", "x.y", (f"{number}",))] * batch)
        os.write(pipe, b".")
        number += 1

acknowledged, anchors, slack = 0, [], 0
for trial in range({trials}):
    connection.close()
    batch = draw.choice((1, 7, 50))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        write(writing, batch)
    os.close(writing)
    select.select([reading], [], [], 60)
    until = time.monotonic() + draw.random() * 0.08
    while True:
        report = check_log(anchors)  # while the other one writes
        assert report.whole, report
        if time.monotonic() > until:
            break
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = 0
    while data := os.read(reading, 65536):
        told += len(data)
    os.close(reading)
    connection.close()
    acknowledged += told * batch
    report = check_log(anchors)
    assert report.whole, report
    # A batch may have been kept when the killed one had no time left to say so; none is half.
    assert acknowledged <= report.count <= acknowledged + batch, (acknowledged, report)
    assert (report.count - acknowledged) in (0, batch)
    acknowledged = report.count
    anchors = [*anchors[-5:], find_anchor()]
print(acknowledged)
"""


def test_nothing_that_was_acknowledged_is_lost(tmp_path: Path) -> None:
    said = run_python(tmp_path / "home", SCRIPT.replace("{trials}", str(TRIALS)))
    assert int(said) >= TRIALS
