"""The command ``resolve``: one outcome a name, and what a bad list is told."""

import csv
import io
from pathlib import Path

from tests.cli.test_read import run

REGISTRY = "单位名称,统一社会信用代码,又名\n江苏甲鼎集团有限公司,91140100MA0ABCDE6K,甲鼎系\n乙电山西能源有限公司,,\n"
NAMES = "名称\n江苏甲鼎集团有限责任公司\n甲鼎系\n乙电陕西能源有限公司\n\n=1+1\n"


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_names_are_held_against_a_registry(tmp_path: Path) -> None:
    names, registry, out = (tmp_path / each for each in ("a.csv", "b.csv", "out.csv"))
    names.write_text(NAMES, "utf-8")
    registry.write_bytes(REGISTRY.encode("gb18030"))
    done = run("resolve", names, "--against", registry, "--out", out)
    assert done.returncode == 0, done.stderr.decode()
    head, *rows = rows_of(out)
    assert head == ["行", "名称", "结果", "对应", "依据", "相近的"]
    assert [row[:4] for row in rows] == [
        ["2", "江苏甲鼎集团有限责任公司", "归并", "江苏甲鼎集团有限公司"],
        ["3", "甲鼎系", "归并", "江苏甲鼎集团有限公司"],
        ["4", "乙电陕西能源有限公司", "新单位", ""],
        ["6", "'=1+1", "新单位", ""],
    ]
    assert rows[2][4:] == ["省份不同，不归并", "乙电山西能源有限公司"]
    assert "归并 2" in done.stdout.decode()
    assert "没有名称的行 1" in done.stdout.decode()


def test_without_a_registry_names_are_held_against_each_other(tmp_path: Path) -> None:
    names, out = tmp_path / "a.csv", tmp_path / "out.csv"
    names.write_text("甲鼎有限公司\n甲鼎有限责任公司\n", "utf-8")  # no heading: one column
    assert run("resolve", names, "--out", out, "--lang", "en").returncode == 0
    assert [row[2:4] for row in rows_of(out)[1:]] == [["new", ""], ["linked", "甲鼎有限公司"]]


def test_a_list_without_names_is_told_so(tmp_path: Path) -> None:
    names, out = tmp_path / "a.csv", tmp_path / "out.csv"
    names.write_text("年份,产值\n2023,5\n", "utf-8")
    done = run("resolve", names, "--out", out)
    assert done.returncode == 1
    assert "没有“名称”一列" in done.stderr.decode()
    assert not out.exists()


def test_what_cannot_be_opened_or_written_is_told_so(tmp_path: Path) -> None:
    names, bad = tmp_path / "a.csv", tmp_path / "b.csv"
    assert "打不开" in run("resolve", names, "--out", bad).stderr.decode()
    names.write_text("名称\n甲\n", "utf-8")
    done = run("resolve", names, "--out", tmp_path / "none" / "out.csv")
    assert (done.returncode, "写不了" in done.stderr.decode()) == (1, True)
    bad.write_bytes(("名称\n" + "甲" * 200_000 + "\n").encode())
    done = run("resolve", bad, "--out", names)
    assert (done.returncode, "CSV" in done.stderr.decode()) == (1, True)
