"""The audit log is anchored and checked at the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.web.archive.homes import fenglian, filled, refused


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("audit") / "home")


@pytest.mark.slow
def test_an_anchor_is_written_where_it_is_wanted_and_holds(home: Path, tmp_path: Path) -> None:
    line = fenglian(home, "audit", "anchor", "--out", str(tmp_path / "kept.txt"))
    assert line.startswith("fenglian-audit ")
    assert (tmp_path / "kept.txt").read_text("utf-8") == line
    said = fenglian(home, "audit", "verify", "--anchor", str(tmp_path / "kept.txt"))
    assert said == "日志完整：20 条逐条重算，对上 2 个锚。\n"
    assert "Cannot write" in refused(
        home, "audit", "anchor", "--out", str(tmp_path / "no" / "file"), "--lang", "en"
    )


def test_a_file_without_an_anchor_is_refused(home: Path, tmp_path: Path) -> None:
    assert "没有一行锚" in refused(home, "audit", "verify", "--anchor", str(tmp_path / "none"))


@pytest.mark.slow
def test_a_tail_that_was_cut_off_is_told_by_the_anchor_alone(home: Path) -> None:
    with closing(sqlite3.connect(home / "fenglian.sqlite3")) as database, database:
        database.execute("DROP TRIGGER audit_entry_stays")
        database.execute("DELETE FROM audit_entry WHERE number > 18")
        database.execute(
            "UPDATE audit_head SET count = 18, "
            "digest = (SELECT digest FROM audit_entry WHERE number = 18)"
        )
    assert "1 faults, the first at entry 19" in refused(home, "audit", "verify", "--lang", "en")
    (home / "anchors.txt").unlink()
    assert "18 entries recomputed" in fenglian(home, "audit", "verify", "--lang", "en")
