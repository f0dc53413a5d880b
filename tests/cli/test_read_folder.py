"""The command ``read`` on a folder: a line a page, going on where it stopped, copies told apart."""

import json
from pathlib import Path
from typing import Any

import pytest

from fenglian.data import article
from tests.cli.test_read import run

PAGE = "标题\n\n发布时间:2023-04-18 来源:甲日报\n\n  {}\n"
STORY = (
    "4月7日,甲源重工有限公司与乙川锻造有限公司在太原签约,总额{}亿元。项目位于山西省定襄县,占地150亩,"
    "建成后年产风电主轴1200根。甲源重工有限公司董事长王建国介绍,法兰由丙河锻造有限公司供应,今年还将招收工人。"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "页"
    (pages / "再").mkdir(parents=True)
    (pages / "甲.txt").write_text(PAGE.format(STORY.format(21)), "utf-8")
    (pages / "再" / "乙.txt").write_text(
        PAGE.format(STORY.format(12)).replace("甲日报", "乙网"), "utf-8"
    )
    (pages / "丙.txt").write_bytes(article())
    (pages / "坏.txt").write_bytes(b"%PDF-1.7")
    (pages / "图.png").write_bytes(b"x")
    return pages


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_every_page_has_a_line_and_copies_count_once(folder: Path) -> None:
    out = folder.parent / "out.jsonl"
    done = run("read", folder, "--out", out)
    assert done.returncode == 0, done.stderr.decode()
    found = {line["page"]: line for line in lines(out)}
    assert sorted(found) == ["丙.txt", "再/乙.txt", "坏.txt", "甲.txt"]
    assert "error" in found["坏.txt"]
    assert found["甲.txt"]["reading"]["statements"]
    [group] = json.loads(out.with_suffix(".clones.json").read_text("utf-8"))
    assert (group["pages"], group["counts_as_sources"]) == (["再/乙.txt", "甲.txt"], 1)
    differing = [set(each["values"]) for each in group["contradictions"]]
    assert {"2100000000", "1200000000"} in differing
    assert "读了 3  已读过 0  退回 1" in done.stdout.decode()
    assert "2100000000" in done.stdout.decode()


def test_it_goes_on_where_it_stopped(folder: Path) -> None:
    out = folder.parent / "out.jsonl"
    run("read", folder, "--out", out)
    whole = out.read_bytes()
    first = whole.index(b"\n") + 1
    out.write_bytes(whole[: first + 40])  # stopped in the middle of the second line
    done = run("read", folder, "--out", out, "--lang", "en")
    assert "read before 1" in done.stdout.decode()
    assert len(lines(out)) == 4
    assert (
        "read 0  read before 4" in run("read", folder, "--out", out, "--lang", "en").stdout.decode()
    )


def test_a_page_that_changed_is_read_again(folder: Path) -> None:
    out = folder.parent / "out.jsonl"
    run("read", folder, "--out", out)
    (folder / "甲.txt").write_text(PAGE.format("另一篇。"), "utf-8")
    assert "读了 1  已读过 3" in run("read", folder, "--out", out).stdout.decode()
    assert json.loads(out.with_suffix(".clones.json").read_text("utf-8")) == []


def test_a_folder_needs_a_file_to_write_and_pages_to_read(folder: Path, tmp_path: Path) -> None:
    assert "--out" in run("read", folder).stderr.decode()
    empty = tmp_path / "空"
    empty.mkdir()
    assert "没有 .txt" in run("read", empty, "--out", tmp_path / "a.jsonl").stderr.decode()
    done = run("read", folder, "--out", tmp_path / "none" / "a.jsonl")
    assert (done.returncode, "写不了" in done.stderr.decode()) == (1, True)
